import Domain
import Foundation

// A password chosen by a link in a mail.
extension Accounts {
    /// Makes a link for somebody; the one of before works no more.
    ///
    /// - Returns: the secret of the link, which goes into the mail and nowhere else.
    /// - Throws: `AccountRefusal.unknownAccount` when there is no account or it is closed.
    package func makePasswordLink(
        for person: PersonID, _ occasion: PasswordLink.Occasion, at: Instant
    ) async throws -> SecretToken {
        let secret = SecretToken.generate()
        try await store.replacePasswordLink(
            PasswordLink(
                digest: secret.digest, person: person, expires: at.adding(milliseconds: occasion.lasts * 1000)))
        return secret
    }

    /// Whose link this is; nil when it is nobody's, or not any more.
    package func owner(ofLink secret: String, at: Instant) async throws -> Account? {
        guard let token = SecretToken(secret), let link = try await store.passwordLink(token.digest), at < link.expires,
            let account = try await store.account(of: link.person), account.disabled == nil
        else { return nil }
        return account
    }

    /// Chooses a password by a link, which is spent by it; every session of the person ends.
    ///
    /// - Returns: the session in which to go on; nil when the link works no more.
    /// - Throws: `AccountRefusal`: `password`, and then the link still works; `busy`.
    package func choosePassword(
        _ password: String, byLink secret: String, name: String?, at: Instant
    ) async throws -> SignedIn? {
        guard let token = SecretToken(secret), let account = try await owner(ofLink: secret, at: at) else { return nil }
        let hash = try await hashed(password, email: account.email, name: name)
        // The database spends a link once, also when it is used twice at the same time.
        guard try await store.spendPasswordLink(token.digest, settingPassword: hash) else { return nil }
        return try await begin(account.person, at: at, isProved: false)
    }

    /// Counts a request for a link, for the address that it is asked for and for where it comes from.
    ///
    /// - Throws: `AccountRefusal.wait` when there were too many.
    package func beginPasswordMail(email: String, source: String, at: Instant) async throws {
        if let until = try await perSource.begin("mail|\(source)", at: at) { throw AccountRefusal.wait(until: until) }
        if let until = try await perAccount.begin("mail|\(Account.folded(email))", at: at) {
            throw AccountRefusal.wait(until: until)
        }
    }
}
