import Domain
import UseCases

/// Where people may sign in elsewhere, and what is believed of what is said there; `sign-in.yaml` of an installation.
package struct SignInSettings: Hashable, Sendable {
    /// One provider.
    package struct Provider: Hashable, Sendable {
        /// Names it in addresses and in the store; changing it unlinks everybody.
        package let key: String
        /// What is on the button.
        package let name: Localized
        /// The address that names the provider, exactly as it says so itself.
        package let issuer: String
        /// What this installation is called there.
        package let client: String
        package let secret: Secret
        /// What is asked for; `openid` is always among it.
        package let scopes: [String]
        /// The claim that stays somebody's own.
        package let subject: String
        package let organisation: OrganisationClaim
        package let mail: MailClaim?
        /// What everybody must have to come in at all: claims, each with the values of which one is needed.
        package let requires: [Requirement]
        package let secondFactor: SecondFactor?
    }

    /// Where the secret of the client lies, which the settings never hold.
    package enum Secret: Hashable, Sendable {
        /// A file, from the folder of the settings.
        case file(String)
        /// A variable of the environment.
        case environment(String)
    }

    /// Which claim names the organisation, and which organisation here is meant.
    package struct OrganisationClaim: Hashable, Sendable {
        package enum Meaning: Hashable, Sendable {
            /// The value is the number of a school: a BRIN of four signs, or six with its location.
            case schoolNumber
            /// Each value that counts, with the organisations it stands for.
            case map([String: Set<ProvedIdentity.Place>])
        }

        package let claim: String
        package let meaning: Meaning
    }

    /// Which claim holds the mail address. Without it nobody is ever found by an address.
    package struct MailClaim: Hashable, Sendable {
        package let claim: String
        /// The claim that says whether the provider verified the address; it must be true.
        package let verified: String
    }

    package struct Requirement: Hashable, Sendable {
        package let claim: String
        package let oneOf: Set<String>
    }

    /// What counts as a second factor that was given there: one of these in `acr`, or one of these in `amr`.
    package struct SecondFactor: Hashable, Sendable {
        package let acr: Set<String>
        package let amr: Set<String>
    }

    package let providers: [Provider]
}
