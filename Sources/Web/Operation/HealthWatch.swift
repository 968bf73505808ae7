import Domain
import UseCases

/// How the site finds out whether all is well: with what only its machine knows.
package struct HealthWatch: Sendable {
    private let installation: Installation
    private let surroundings: Surroundings
    private let started: Instant
    private let sendsMail: Bool

    /// - Parameters:
    ///   - surroundings: room on the disk and backups.
    ///   - sendsMail: whether mail goes from here.
    package init(_ installation: Installation, _ surroundings: Surroundings = Surroundings(), sendsMail: Bool = false) {
        self.installation = installation
        self.surroundings = surroundings
        self.sendsMail = sendsMail
        started = installation.clock.now()
    }

    package func look() async -> Health {
        await installation.health(surroundings, since: started, sendsMail: sendsMail)
    }
}
