import Domain
import Foundation
import Journal
import Logging
import SignIn
import UseCases
import Web

/// An installation that is open, with all that serves it: its site, and the house that is kept meanwhile.
struct ServedInstallation: Sendable {
    let opened: OpenInstallation
    /// Who can be signed in by one press; nil but in a demo.
    let practice: Site.Practice?
    let site: Site
    let watch: HealthWatch
    let housekeeping: Housekeeping

    /// How it is served.
    struct Way: Sendable {
        let settings: ServeSettings
        /// The address at which people reach it; nil when nobody is sent a link.
        let address: String?
        /// Who keeps an eye on its journal.
        let witnesses: [String]
        /// The certificate that browsers are shown here.
        var certificate: @Sendable () async -> Surroundings.Certificate = { .notHere }
        /// Whether there is a bare page as well, to measure by.
        var isMeasured = false
    }

    /// Makes all that serves it, and lets its registers follow the plan in force.
    ///
    /// - Throws: `PlanProblems`, `SignInSettings.SecretProblem`, `CommandRefusal` when nobody who signs in elsewhere could come
    ///   back, `JournalFault`.
    init(_ opened: OpenInstallation, _ way: Way, face: Face, logger: Logger) async throws {
        let settings = way.settings
        self.opened = opened
        practice = try opened.practice()
        var options = Site.Options(
            secureCookies: settings.isSecure, practice: practice, trustsProxy: settings.isBehindProxy)
        options.isMeasured = way.isMeasured
        options.isCounted = settings.operations != nil
        options.asksSecondFactor = practice == nil
        options.address = way.address
        let post = RecordedPost(
            Sendmail(program: settings.sendmail, from: opened.installation.rules.partnership.email), opened.installation.upkeep,
            clock: opened.installation.clock)
        var surroundings = opened.surroundings
        surroundings.certificate = way.certificate
        watch = HealthWatch(
            opened.installation, surroundings, sendsMail: way.address != nil || !way.witnesses.isEmpty)
        site = Site(
            installation: opened.installation, face: face, options: options,
            paper: WeasyPrint(
                program: settings.weasyprint, style: Site.resources.appending(path: "Public/letter.css").path),
            qrCodes: QREncode(program: settings.qrencode), post: post,
            providers: try Self.providers(of: opened, at: way.address), healthWatch: watch)
        housekeeping = Housekeeping(
            installation: opened.installation, stores: opened.stores,
            witnessing: Witnessing(
                opened.journal,
                key: try CheckpointKey.loadOrCreate(
                    at: opened.folder.checkpointKeyFile, name: try opened.folder.journalName()),
                witnesses: way.witnesses, post: post),
            forgetting: opened.forgetting, logger: logger)
        for key in opened.installation.plans.faults.keys.sorted() {
            logger.warning("a version of the plan cannot be followed", metadata: ["version": "\(key)"])
        }
        // Before anybody is let in: it takes a while where there is much, and nothing can be written meanwhile.
        // Of several nodes one does it.
        if try await opened.stores.isTheOne(), try await opened.installation.followPlan(opened.journal) {
            logger.notice("the registers follow the plan in force")
        }
    }

    /// Where people may sign in elsewhere, by the settings in the data folder.
    private static func providers(of opened: OpenInstallation, at address: String?) throws -> [OpenIDProvider] {
        guard let settings = try SignInSettings.of(opened.folder.root) else { return [] }
        guard let address, SignInSettings.isSafe(address) else {
            throw CommandRefusal(
                "with \(SignInSettings.fileName) say the address of the site with --address or in \(ServeSettings.fileName): people are sent back there",
                details: ["it begins with https://, or with http:// on this machine itself only"])
        }
        return try settings.open(
            in: opened.folder.root, environment: ProcessInfo.processInfo.environment, outside: OutsideWeb(),
            clock: opened.installation.clock)
    }
}
