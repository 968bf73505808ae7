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

    @Option(help: "The port to listen on.")
    var port = 8080

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Flag(help: "The site is reached over TLS by a proxy: cookies are for TLS only, and the proxy tells the visitor's address.")
    var behindProxy = false

    @Flag(help: "Also serve the bare page /gezond/kaal, to hold the others against when measuring.")
    var bench = false

    @Option(help: "Mail the hourly checkpoints of the journal to this address; can be given more than once.")
    var witness: [String] = []

    @Option(help: "Path or name of the program that takes mail, as sendmail does.")
    var sendmail = "/usr/sbin/sendmail"

    @Option(help: "The address at which people reach the site, such as https://sentrum.example: then accounts are sent by mail.")
    var address: String?

    @Option(
        help: """
            An address and port of their own for those who keep the machine, such as 127.0.0.1:9464: /gezond, /klaar and /metrics.
            """)
    var operations: String?

    @Option(help: "Path or name of the qrencode program, for pictures that an authenticator app reads.")
    var qrencode = "qrencode"

    @Option(help: "Path or name of the WeasyPrint program that makes PDFs.")
    var weasyprint = ProcessInfo.processInfo.environment["SENTRUM_WEASYPRINT"] ?? ServeCommand.foundWeasyPrint

    func validate() throws {
        if let operations, Self.address(operations) == nil {
            throw ValidationError("--operations is an address and a port, such as 127.0.0.1:9464")
        }
        guard let address else { return }
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host() != nil, url.query() == nil,
            url.fragment() == nil, ["", "/"].contains(url.path())
        else { throw ValidationError("--address is a whole address without a page, such as https://sentrum.example") }
    }

    func run() async throws {
        var logger = Logger(label: "sentrum")
        logger.logLevel = .notice
        let opened = try await place.open()
        let face = try Face(resources: Site.resources)
        let practice = try opened.practice()
        var options = Site.Options(secureCookies: behindProxy, practice: practice, trustsProxy: behindProxy)
        options.isMeasured = bench
        options.asksSecondFactor = practice == nil
        options.address = address.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        let providers = try providers(of: opened)
        let upkeep = opened.installation.upkeep
        let post = RecordedPost(
            Sendmail(program: sendmail, from: opened.installation.rules.partnership.email), upkeep,
            clock: opened.installation.clock)
        let watch = HealthWatch(
            opened.installation, opened.surroundings, sendsMail: address != nil || !witness.isEmpty)
        var keepers: [any Service] = []
        if let operations, let (host, port) = Self.address(operations) {
            let exposition = Exposition()
            MetricsSystem.bootstrap(exposition)
            options.isCounted = true
            keepers.append(OperationsServer(watch, exposition, logger: logger).application(host: host, port: port))
        }
        let site = Site(
            installation: opened.installation, face: face, options: options,
            paper: WeasyPrint(
                program: weasyprint, style: Site.resources.appending(path: "Public/letter.css").path),
            qrCodes: QREncode(program: qrencode), post: post, providers: providers, healthWatch: watch)
        let server = WebServer(site: site, logger: logger)
        let application = server.application(host: host, port: port) { channel in
            let port = channel.localAddress?.port ?? 0
            FileHandle.standardOutput.write(Data("SENtrum: http://\(host):\(port)\n".utf8))
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
            witnesses: witness, post: post)
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
        try await opened.close()
    }

    /// A host and a port as they are written: `127.0.0.1:9464`, `[::1]:9464`; nil for anything else.
    static func address(_ written: String) -> (host: String, port: Int)? {
        guard let colon = written.lastIndex(of: ":"), let port = Int(written[written.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        let host = written[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return host.isEmpty ? nil : (host, port)
    }

    /// Where people may sign in elsewhere, by the settings in the data folder.
    ///
    /// - Throws: `PlanProblems`, `SignInSettings.SecretProblem`, or `CommandRefusal` when nobody could come back.
    private func providers(of opened: OpenInstallation) throws -> [OpenIDProvider] {
        guard let settings = try SignInSettings.of(opened.folder.root) else { return [] }
        guard let address, SignInSettings.isSafe(address) else {
            throw CommandRefusal(
                "with \(SignInSettings.fileName) say the address of the site with --address: people are sent back there",
                details: ["it begins with https://, or with http:// on this machine itself only"])
        }
        return try settings.open(
            in: opened.folder.root, environment: ProcessInfo.processInfo.environment, outside: OutsideWeb(),
            clock: opened.installation.clock)
    }

    /// The program in the project's own environment when there is one, else the one on the path.
    private static var foundWeasyPrint: String {
        let own = FileManager.default.currentDirectoryPath + "/.venv/bin/weasyprint"
        return FileManager.default.isExecutableFile(atPath: own) ? own : "weasyprint"
    }
}
