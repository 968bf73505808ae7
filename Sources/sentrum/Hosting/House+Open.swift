import Foundation
import Logging
import UseCases
import Web

extension House {
    /// The most files that one open partnership has open.
    static let filesOfOne = 24

    /// What works for all partnerships, each in its turn.
    private static let turns = Turns()

    /// What is said of one partnership alone, in a file of settings in its data folder.
    private static let ofOne: Set<ServeSetting> = [.address, .witness]

    /// Opens a partnership with all that serves it.
    ///
    /// - Parameters:
    ///   - settings: those of the house.
    ///   - certificates: with what it answers over TLS; nil when it does not.
    /// - Throws: whatever keeps it from being opened.
    func opened(
        _ name: HostName, _ settings: ServeSettings, certificates: Certificates?, face: Face, logger: Logger
    ) async throws -> Partnerships.Opened {
        var logger = logger
        logger[metadataKey: "partnership"] = "\(name)"
        var way = try way(name, settings)
        if let certificates { way.certificate = { await certificates.standing(name) } }
        let opened = try await open(name)
        do {
            let served = try await ServedInstallation(opened, way, face: face, logger: logger)
            return Partnerships.Opened(
                answer: SiteAnswer(WebServer(site: served.site), on: Self.turns.lane()),
                // It says itself what goes wrong, and goes on.
                keepHouse: { try? await served.housekeeping.run() }, health: { await served.watch.look() },
                close: { try await opened.close() })
        } catch {
            try? await opened.close()
            throw error
        }
    }

    /// How a partnership is served: as the house is, under its own name.
    ///
    /// - Throws: `CommandRefusal` when its file says what holds for the whole house; `PlanProblems` when it cannot be used.
    func way(_ name: HostName, _ settings: ServeSettings) throws -> ServedInstallation.Way {
        let own = try ServeSettings.file(nil, in: try folder(name).root)
        if let foreign = own.keys.filter({ !Self.ofOne.contains($0) }).map(\.rawValue).min() {
            throw CommandRefusal(
                "\(name)/\(ServeSettings.fileName): \(foreign) holds for the whole house and is said there")
        }
        let all = try ServeSettings(commandLine: [:], environment: [:], file: own, standard: [:])
        return ServedInstallation.Way(
            settings: settings, address: all.address ?? (settings.isSecure ? "https://\(name)" : nil),
            witnesses: all.witnesses.isEmpty ? settings.witnesses : all.witnesses)
    }
}
