import Domain
import Foundation

/// The second factor of an account as it is kept.
package struct SecondFactor: Sendable {
    package let secret: OneTimeSecret
    /// Since when it is asked for; nil while it is being set up.
    package let since: Instant?
    /// The last step of which a code was taken; 0 before the first.
    package let spent: Int64
    /// How many recovery codes are left.
    package let recoveryCodes: Int
    /// Digest of the session in which it is being set up; nil once it is asked for.
    package let session: Data?

    package init(secret: OneTimeSecret, since: Instant?, spent: Int64, recoveryCodes: Int, session: Data?) {
        self.secret = secret
        self.since = since
        self.spent = spent
        self.recoveryCodes = recoveryCodes
        self.session = session
    }
}
