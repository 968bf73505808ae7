import Domain
import Foundation

/// A link by mail with which the owner of an address chooses a password: once, until a moment.
///
/// Nobody else ever knows the password then. Whoever signs in with a second factor still gives a code: the link is a way to a
/// password and not a way in.
package struct PasswordLink: Hashable, Sendable {
    /// Digest of the secret in the link; the link itself is kept nowhere.
    package let digest: Data
    package let person: PersonID
    package let expires: Instant

    package init(digest: Data, person: PersonID, expires: Instant) {
        self.digest = digest
        self.person = person
        self.expires = expires
    }

    /// Why somebody gets one, and so how long it works.
    package enum Occasion: String, Hashable, Sendable, CaseIterable {
        /// An account was opened for them: a week, because not everybody reads mail at once.
        case invited
        /// They asked for it themselves a moment ago: an hour.
        case forgotten

        /// How long the link works, in seconds.
        package var lasts: Int64 {
            switch self {
            case .invited: 7 * 24 * 3600
            case .forgotten: 3600
            }
        }
    }
}
