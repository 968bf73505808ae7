import Domain

/// Why something with an account is not done.
package enum AccountRefusal: Error, Hashable, Sendable {
    /// Address or password is wrong, or there is no such account, or it is closed: one answer for all, on purpose.
    case wrongCredentials
    /// Too many attempts; the next one is looked at from this moment on.
    case wait(until: Instant)
    /// The chosen password may not be chosen, for these reasons.
    case password([PasswordRule.Fault])
    /// Another account has this address.
    case emailTaken
    /// The person has an account already.
    case alreadyOpened
    /// The person has no account.
    case unknownAccount
    /// The password is still the one that was handed out; one's own has to be chosen first.
    case ownPasswordFirst
    /// The password is right, and one that was handed out too long ago. Who does not know it hears `wrongCredentials`.
    case firstPasswordEnded
    /// The code is wrong, too old, or was used before.
    case wrongCode
    /// Codes are asked for already when this person signs in.
    case secondFactorThere
    /// The identity elsewhere is another account's way in, or this account has one of that provider already.
    case identityTaken
    /// It is the only way in that is left.
    case lastWayIn
    /// Too many passwords are being checked at once; try again in a moment.
    case busy

    /// The stable name of the refusal.
    package var code: String {
        switch self {
        case .wrongCredentials: "account.wrong-credentials"
        case .wait: "account.wait"
        case .password: "account.password"
        case .emailTaken: "account.email-taken"
        case .alreadyOpened: "account.already-opened"
        case .unknownAccount: "account.unknown"
        case .ownPasswordFirst: "account.own-password-first"
        case .firstPasswordEnded: "account.first-password-ended"
        case .wrongCode: "account.wrong-code"
        case .secondFactorThere: "account.second-factor-there"
        case .identityTaken: "account.identity-taken"
        case .lastWayIn: "account.last-way-in"
        case .busy: "account.busy"
        }
    }
}
