import Domain
import Hummingbird
import Logging

/// What happened around signing in, for whoever watches over the server (ASVS 5.0, 16.3.1).
///
/// The rest of what people do stands in the journal and in the log of reads; this stands in neither. People are named by
/// their keys only: a name, an address or a secret has no place in a log.
enum AccountNote: String {
    case signedIn = "signed-in"
    case refused = "sign-in-refused"
    case slowed = "sign-in-slowed"
    case signedOut = "signed-out"
    case sessionsEnded = "sessions-ended"
    case passwordChanged = "password-changed"
    case passwordRenewed = "password-renewed"
    case passwordMailed = "password-link-mailed"
    case passwordNotMailed = "password-link-not-mailed"
    case accountClosed = "account-closed"
    case accountReopened = "account-reopened"
    case codeGiven = "code-given"
    case codeRefused = "code-refused"
    case recognised = "recognised-again"
    case notRecognised = "not-recognised-again"
    case secondFactorSet = "second-factor-set"
    case secondFactorRemoved = "second-factor-removed"
    case secondFactorReset = "second-factor-reset"
    case recoveryCodesRenewed = "recovery-codes-renewed"
    case keyMade = "key-made"
    case keyRevoked = "key-revoked"
}

extension SiteContext {
    /// Writes a line in the log of the server.
    ///
    /// - Parameter person: whose account it is; nil when nobody was recognised.
    func note(_ note: AccountNote, of person: PersonID? = nil) {
        var metadata: Logger.Metadata = [:]
        if let person { metadata["account"] = "\(person)" }
        if let actor, actor.person != person { metadata["by"] = "\(actor.person)" }
        logger.notice("\(note.rawValue)", metadata: metadata)
    }
}
