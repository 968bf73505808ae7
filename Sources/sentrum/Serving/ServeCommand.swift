import ArgumentParser
import Domain
import Foundation
import Hummingbird
import Journal
import Logging
import Metrics
import ServiceLifecycle
import SignIn
import UnixSignals
import UseCases
import Web

/// Serves an installation to browsers and programs.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve an installation over HTTP.")

    @OptionGroup var place: InstallationOptions

    @OptionGroup var options: ServeOptions

    @Flag(help: "Also serve the bare page /gezond/kaal, to hold the others against when measuring.")
    var bench = false

    func run() async throws {
        // Before anything is opened: with settings that cannot be used nothing happens.
        let settings = try options.settings(of: URL(filePath: place.directory, directoryHint: .isDirectory))
        let opened = try await place.open()
        if settings.log == .json { LoggingSystem.bootstrap { JSONLog(label: $0) } }
        var logger = Logger(label: "sentrum")
        logger.logLevel = .notice
        let face = try Face(resources: Site.resources)
        let practice = try opened.practice()
        var options = Site.Options(
            secureCookies: settings.isBehindProxy, practice: practice, trustsProxy: settings.isBehindProxy)
        options.isMeasured = bench
        options.asksSecondFactor = practice == nil
        options.address = settings.address
        let providers = try providers(of: opened, settings)
        let upkeep = opened.installation.upkeep
        let post = RecordedPost(
            Sendmail(program: settings.sendmail, from: opened.installation.rules.partnership.email), upkeep,
            clock: opened.installation.clock)
        let watch = HealthWatch(opened.installation, opened.surroundings, sendsMail: settings.sendsMail)
        var keepers: [any Service] = []
        if let (host, port) = settings.operations {
            let exposition = Exposition()
            MetricsSystem.bootstrap(exposition)
            options.isCounted = true
            keepers.append(OperationsServer(watch, exposition, logger: logger).application(host: host, port: port))
        }
        let site = Site(
            installation: opened.installation, face: face, options: options,
            paper: WeasyPrint(
                program: settings.weasyprint, style: Site.resources.appending(path: "Public/letter.css").path),
            qrCodes: QREncode(program: settings.qrencode), post: post, providers: providers, healthWatch: watch)
        let server = WebServer(site: site, logger: logger)
        let application = server.application(host: settings.host, port: settings.port) { channel in
            let port = channel.localAddress?.port ?? 0
            FileHandle.standardOutput.write(Data("SENtrum: http://\(settings.host):\(port)\n".utf8))
            if let practice {
                for role in practice.roles {
                    FileHandle.standardOutput.write(
                        Data("  \(role.title.nl): \(role.email)  \(role.password)\n".utf8))
                }
            }
        }
        for key in opened.installation.plans.faults.keys.sorted() {
            logger.warning("a version of the plan cannot be followed", metadata: ["version": "\(key)"])
        }
        // Before anybody is let in: it takes a while where there is much, and nothing can be written meanwhile.
        // Of several nodes one does it.
        if try await opened.stores.isTheOne(), try await opened.installation.followPlan(opened.journal) {
            logger.notice("the registers follow the plan in force")
        }
        let witnessing = Witnessing(
            opened.journal,
            key: try CheckpointKey.loadOrCreate(at: opened.folder.checkpointKeyFile, name: try opened.folder.journalName()),
            witnesses: settings.witnesses, post: post)
        do {
            try await ServiceGroup(
                configuration: .init(
                    services: keepers.map { .init(service: $0) } + [
                        .init(service: application),
                        .init(
                            service: Housekeeping(
                                installation: opened.installation, stores: opened.stores, witnessing: witnessing,
                                forgetting: opened.forgetting, logger: logger)),
                    ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            ).run()
        } catch  where WebServer.isTaken(error) {
            throw CommandRefusal(
                "another program listens on \(settings.host) port \(settings.port) already: say another with --port")
        }
        try await opened.close()
    }

    /// Where people may sign in elsewhere, by the settings in the data folder.
    ///
    /// - Throws: `PlanProblems`, `SignInSettings.SecretProblem`, or `CommandRefusal` when nobody could come back.
    private func providers(of opened: OpenInstallation, _ serving: ServeSettings) throws -> [OpenIDProvider] {
        guard let settings = try SignInSettings.of(opened.folder.root) else { return [] }
        guard let address = serving.address, SignInSettings.isSafe(address) else {
            throw CommandRefusal(
                "with \(SignInSettings.fileName) say the address of the site with --address or in \(ServeSettings.fileName): people are sent back there",
                details: ["it begins with https://, or with http:// on this machine itself only"])
        }
        return try settings.open(
            in: opened.folder.root, environment: ProcessInfo.processInfo.environment, outside: OutsideWeb(),
            clock: opened.installation.clock)
    }
}
