import Domain
import Foundation
import Journal

/// A place elsewhere where people sign in, such as the federation of schools: it proves who somebody is and of which organisation.
///
/// What somebody may do here it does not say: functions are given here, by an administrator.
package protocol SignInProvider: Sendable {
    /// Names it in addresses and in the store.
    var key: String { get }
    /// What is on the button.
    var name: Localized { get }
    /// Where a browser is sent to sign in.
    func address(asking question: SignInQuestion) async throws(SignInTrouble) -> String
    /// Who signed in, from the code that the browser brought back.
    ///
    /// - Parameters:
    ///   - code: what the provider gave the browser, worth one exchange.
    ///   - issuer: who says to have answered (RFC 9207); nil when nobody did.
    func identity(
        of code: String, from issuer: String?, answering question: SignInQuestion, at: Instant
    ) async throws(SignInTrouble) -> ProvedIdentity
    /// Where somebody signs out there as well; nil when there is no such place.
    func signOutAddress() async -> String?
}

/// One question to a provider: who is this? Only the browser that asked can bring the answer.
package struct SignInQuestion: Hashable, Sendable {
    /// Goes to the provider and comes back with the answer.
    package let state: String
    /// Stands in the token that answers.
    package let nonce: String
    /// The secret half of PKCE (RFC 7636): only who has it can exchange the code.
    package let verifier: String
    /// Where the provider sends the browser, exactly as it knows it.
    package let back: String
    /// Whether somebody has to sign in anew, also who is signed in there already.
    package let isAnew: Bool
    /// When it was asked.
    package let asked: Instant

    package init(state: String, nonce: String, verifier: String, back: String, isAnew: Bool, asked: Instant) {
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.back = back
        self.isAnew = isAnew
        self.asked = asked
    }
}

/// What a provider proved of somebody.
package struct ProvedIdentity: Hashable, Sendable {
    /// An organisation in the words of this installation.
    package enum Place: Hashable, Sendable {
        case partnership
        /// A school by its number: all its locations when it has no number of a location behind it.
        case school(String)

        /// Whether an organisation of the registers is meant.
        package func matches(_ row: OrganisationRow) -> Bool {
            switch self {
            case .partnership: row.id == .partnership
            case .school(let number):
                row.id != .partnership
                    && row.code.map { $0 == number || (number.count == 4 && $0.count == 6 && $0.hasPrefix(number)) } ?? false
            }
        }
    }

    package let provider: String
    /// Who it is there; a digest, see `LinkedIdentity`.
    package let subject: Data
    /// The organisation in the provider's words.
    package let organisation: String
    package let places: Set<Place>
    /// The mail address, only when the settings let it find an account and the provider verified it.
    package let mail: String?
    /// Whether a second factor was given there that the settings let count.
    package let isProved: Bool
    /// When somebody signed in there; nil when the provider does not say. It may be long ago: whoever is signed in there already
    /// is let through without a word.
    package let signedIn: Instant?

    package init(
        provider: String, subject: Data, organisation: String, places: Set<Place>, mail: String? = nil, isProved: Bool = false,
        signedIn: Instant? = nil
    ) {
        self.provider = provider
        self.subject = subject
        self.organisation = organisation
        self.places = places
        self.mail = mail
        self.isProved = isProved
        self.signedIn = signedIn
    }
}

/// Why a provider's answer is not taken. It names a kind and never what was answered: that may hold anything.
package enum SignInTrouble: String, Error, CaseIterable {
    /// No answer, too late, too long, or none that can be read.
    case unreachable
    /// The provider's own description is not to be trusted: another issuer, or addresses that are not safe.
    case wrongDescription
    /// The code was not exchanged.
    case codeRefused
    /// The answer says to be from another provider.
    case otherIssuer
    /// The token is no token, or signed in a way that is not allowed.
    case unreadableToken
    /// Signed by a key that the provider does not name, also after its keys were asked again.
    case unknownKey
    case wrongSignature
    case otherAudience
    case otherNonce
    /// Too old, or from the future.
    case wrongTime
    /// Somebody was to sign in anew, and nothing shows that they did.
    case notAnew
    /// It does not say who it is.
    case noSubject
    /// It names no organisation that the settings know.
    case otherOrganisation
    /// What the settings ask of everybody is not there, such as being of the staff.
    case notMeant
}
