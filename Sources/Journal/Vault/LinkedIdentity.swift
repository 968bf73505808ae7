import Crypto
import Domain
import Foundation

/// Who somebody is at a provider where they sign in elsewhere, as their own account here knows it.
///
/// Neither a name nor an address comes along from there, and the subject is kept as a mark only: it says the same to nobody
/// else.
package struct LinkedIdentity: Hashable, Sendable {
    /// The key of the provider in the settings of the installation.
    package let provider: String
    package let person: PersonID
    /// The organisation that the provider named when it was linked or used last, in the provider's own words: a BRIN, a domain.
    package let organisation: String
    package let since: Instant
    /// When somebody signed in by it last; nil when nobody did.
    package let used: Instant?

    package init(provider: String, person: PersonID, organisation: String, since: Instant, used: Instant? = nil) {
        self.provider = provider
        self.person = person
        self.organisation = organisation
        self.since = since
        self.used = used
    }

    /// What a subject is known by before the store marks it: no two providers and subjects have the same.
    package static func digest(issuer: String, subject: String) -> Data {
        Data(SHA256.hash(data: Data("identity|\(issuer.utf8.count)|\(issuer)|\(subject)".utf8)))
    }
}
