import ArgumentParser
import Foundation
import UseCases
import Web

/// Serves many partnerships from one program, each under its own name.
struct ServeManyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve-many",
        abstract: "Serve many partnerships over HTTP, each under the name of its data folder.",
        discussion: """
            Every folder in it that has the name of a site, such as west.sentrum.example, and holds an installation, is served under \
            that name. One that is added is there at once; one that is not asked for is closed after ten minutes.
            """)

    @OptionGroup var house: HouseOptions

    @OptionGroup var options: ServeOptions

    func run() async throws {
        let settings = try options.settings(of: URL(filePath: house.directory, directoryHint: .isDirectory))
        try Self.refuseAddress(settings)
        let house = try house.house()
        let serving = Serving(settings)
        let face = try Face(resources: Site.resources)
        let certificates = try serving.certificates(holds: { house.holds($0) })
        let partnerships = Partnerships(logger: serving.logger, names: { house.names }, holds: { house.holds($0) }) { name in
            try await house.opened(name, settings, certificates: certificates, face: face, logger: serving.logger)
        }
        let names = house.names
        let listener = serving.listener(files: names.count * House.filesOfOne, certificates: certificates) { line in
            Output.line(line)
            for name in names { Output.line("  \(name)") }
        }
        try await serving.run(
            [
                partnerships,
                try listener.application(
                    partnerships, face: face, secure: settings.isSecure, isCounted: settings.operations != nil),
            ], watched: { await partnerships.watched() })
        await partnerships.closeAll()
    }

    /// - Throws: `CommandRefusal` when an address is said for all: everybody's links would lead to one of them.
    static func refuseAddress(_ settings: ServeSettings) throws {
        guard let place = settings.found(.address)?.origin else { return }
        throw CommandRefusal(
            "address (\(place.rawValue)) is of one partnership and not of a house",
            details: [
                "it is https:// with its name; where it is another, it stands in \(ServeSettings.fileName) of its data folder"
            ])
    }
}
