import Synchronization

/// The form that came with a request, once it was read: what goes wrong later is told where nothing else is known of it.
final class SentForm: Sendable {
    private let kept = Mutex<PostedForm?>(nil)

    /// Nil while the form was not read, or not taken as one of this site's own.
    var form: PostedForm? {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }
}
