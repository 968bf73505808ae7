import Domain
import Journal
import Synchronization

/// What was found out of a request by the time that something goes wrong: told where nothing else is known of it.
final class KnownSoFar: Sendable {
    /// Who asks: through all that has to be done first.
    struct SignedIn: Sendable {
        let session: Session
        let actor: Actor
    }

    private let kept = Mutex<(form: PostedForm?, signedIn: SignedIn?)>((nil, nil))

    /// Nil while the form was not read, or not taken as one of this site's own.
    var form: PostedForm? {
        get { kept.withLock { $0.form } }
        set { kept.withLock { $0.form = newValue } }
    }

    /// Nil for a guest, and for who has something to do first.
    var signedIn: SignedIn? {
        get { kept.withLock { $0.signedIn } }
        set { kept.withLock { $0.signedIn = newValue } }
    }
}
