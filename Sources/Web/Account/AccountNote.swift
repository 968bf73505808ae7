import Domain
import Hummingbird
import Logging

/// What happened around signing in, and what was refused, for whoever watches over the server (ASVS 5.0, 16.3).
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
    /// An address that is somebody's was given with the name of somebody else, by who may not see whose it is.
    case addressTried = "address-tried"
    case codeGiven = "code-given"
    case codeRefused = "code-refused"
    case recognised = "recognised-again"
    case notRecognised = "not-recognised-again"
    case refusedElsewhere = "sign-in-elsewhere-refused"
    case failedElsewhere = "sign-in-elsewhere-failed"
    case identityLinked = "identity-linked"
    case identityUnlinked = "identity-unlinked"
    case secondFactorSet = "second-factor-set"
    case secondFactorRemoved = "second-factor-removed"
    case secondFactorReset = "second-factor-reset"
    case recoveryCodesRenewed = "recovery-codes-renewed"
    case keyMade = "key-made"
    case keyRevoked = "key-revoked"
    case keyRefused = "key-refused"
    /// Who watches over the logs looked at the list of all of them, which stands in no log of one dossier.
    case readLogsSeen = "read-logs-seen"
    /// What was asked is not there for them, or not theirs to do.
    case pageRefused = "page-refused"
    /// A form that does not come from a page of this site.
    case formRefused = "form-refused"
    case emergencyOpened = "emergency-opened"
    case emergencyNotFound = "emergency-not-found"
}

extension SiteContext {
    /// Writes a line in the log of the server.
    ///
    /// - Parameters:
    ///   - person: whose account it is; nil when nobody was recognised.
    ///   - more: words of ours that say what kind it was.
    func note(_ note: AccountNote, of person: PersonID? = nil, _ more: Logger.Metadata = [:]) {
        var metadata = more
        if let person { metadata["account"] = "\(person)" }
        if let actor, actor.person != person { metadata["by"] = "\(actor.person)" }
        logger.notice("\(note.rawValue)", metadata: metadata)
    }

    /// Writes down what was refused of a request, when it may be an attempt to get round something.
    ///
    /// What is not there and what is not theirs are the same, to them and so here. Which page it was is told by its route,
    /// because an address holds keys of dossiers. Guests who ask for what is not there are not worth a line.
    func note(refused error: any Error) {
        let (code, status, _) = ErrorPages.kind(of: error)
        switch status {
        case .forbidden where code == BadRequest.Code.csrf.rawValue:
            logger.notice("\(AccountNote.formRefused.rawValue)", metadata: refusal)
        case .forbidden, .notFound:
            if actor != nil { logger.notice("\(AccountNote.pageRefused.rawValue)", metadata: refusal) }
        default: break
        }
    }

    private var refusal: Logger.Metadata {
        var metadata: Logger.Metadata = ["route": "\(endpointPath ?? "none")"]
        if let actor { metadata["account"] = "\(actor.person)" }
        return metadata
    }
}
