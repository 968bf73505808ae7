import Foundation
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals
import Web

/// A program that serves until it is told to stop: what it logs, where it listens, and what it tells those who keep the machine.
struct Serving {
    let settings: ServeSettings
    let logger: Logger
    private let exposition: Exposition?

    /// Begins the log, and the counting when somebody listens to it; once in a process.
    init(_ settings: ServeSettings) {
        self.settings = settings
        if settings.log == .json { LoggingSystem.bootstrap { JSONLog(label: $0) } }
        var logger = Logger(label: "sentrum")
        logger.logLevel = .notice
        self.logger = logger
        exposition = settings.operations.map { _ in Exposition() }
        if let exposition { MetricsSystem.bootstrap(exposition) }
    }

    /// With what it answers over TLS; nil when it does not.
    ///
    /// - Parameter holds: whether a site has a name; nil for a server of one site, whose certificate is the same for every name.
    /// - Throws: `CommandRefusal` when there is none that can be used now.
    func certificates(holds: (@Sendable (HostName) -> Bool)? = nil) throws -> Certificates? {
        guard let files = settings.certificate else { return nil }
        if files.isOfEachName {
            guard let holds else {
                throw CommandRefusal("\(Certificates.Files.name) stands in a path of the certificate, and here is one site alone")
            }
            return Certificates(files, logger: logger, holds: holds)
        }
        do throws(Certificates.Fault) { _ = try Certificates.Certificate(files) } catch { throw CommandRefusal("\(error)") }
        return Certificates(files, logger: logger)
    }

    /// Where it listens.
    ///
    /// - Parameters:
    ///   - files: the most files that the stores have open.
    ///   - certificates: with what it answers over TLS; nil when it does not.
    ///   - said: what is done with the line that says where it listens.
    func listener(files: Int = 0, certificates: Certificates?, said: @escaping @Sendable (String) -> Void) -> Listener {
        let host = settings.host
        let way = certificates == nil ? "http" : "https"
        return Listener(
            host: host, port: settings.port, most: OpenFiles.connections(besides: files), certificates: certificates,
            logger: logger
        ) { port in said("SENtrum: \(way)://\(host):\(port)") }
    }

    /// Runs all of it until the process is told to stop.
    ///
    /// - Parameters:
    ///   - services: in the order in which they begin; they end in the other one.
    ///   - watched: what those who keep the machine ask.
    /// - Throws: `CommandRefusal` when another program listens at this address.
    func run(_ services: [any Service], watched: @escaping @Sendable () async -> Watched) async throws {
        var all = services
        if let (host, port) = settings.operations, let exposition {
            all.insert(OperationsServer(exposition, logger: logger, look: watched).application(host: host, port: port), at: 0)
        }
        do {
            try await ServiceGroup(
                configuration: .init(
                    services: all.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            ).run()
        } catch  where Listener.isTaken(error) {
            throw CommandRefusal(
                "another program listens on \(settings.host) port \(settings.port) already: say another with --port")
        }
    }
}
