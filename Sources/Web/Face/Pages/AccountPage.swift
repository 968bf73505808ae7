/// One's own account: language, sessions and keys for programs.
struct AccountPage: Page {
    static let template = "account/account"

    struct Session: Sendable {
        /// "Firefox op Windows"
        let device: String
        /// "sinds 9 maart, laatst gebruikt vandaag 9.12 uur"
        let use: String
        let current: Bool
        /// Where ending it is posted.
        let end: String
    }

    struct Key: Sendable {
        let name: String
        /// What it may do and until when, and when it was last used.
        let use: String
        let chip: Chip?
        /// Where revoking it is posted; nil once revoked.
        let revoke: String?
    }

    /// The code beside the password.
    struct SecondFactor: Sendable {
        /// Whether it is asked for, and how many recovery codes are left.
        let state: String
        /// To set it up; nil when it is there.
        let setUp: Link?
        /// Draws new recovery codes.
        let recovery: Form?
        /// Takes it away, for another telephone or for good.
        let end: Form?
    }

    /// A way in by a provider elsewhere.
    struct Elsewhere: Sendable {
        /// "Entree Federatie"
        let name: String
        /// The organisation that it names, since when, and when it was last used.
        let use: String
        /// Where taking it away is posted; nil when it is the only way in.
        let end: String?
    }

    let title: String
    let facts: [Fact]
    /// What this person is, where and since when.
    let functions: [Fact]
    /// Nil for who has no password here.
    let password: Form?
    let secondFactor: SecondFactor
    let elsewhere: [Elsewhere]
    /// Makes one more way in; posted to.
    let linkable: [Link]
    /// Whether there is anything to say about signing in elsewhere.
    let hasElsewhere: Bool
    let sessions: [Session]
    /// Where ending all but this one is posted; nil when there is at most one other.
    let endOthers: String?
    let keys: [Key]
    /// Makes a key; nil if this person may not.
    let newKey: Form?
    /// The key just made: shown this once.
    let madeKey: String?
}
