import Domain
import Foundation

// Signing in by way of a provider elsewhere. Who somebody is there is a digest here; see `LinkedIdentity`.
extension Accounts {
    /// Makes an identity elsewhere a way in to an account.
    ///
    /// A password that was handed out is gone then: two people knew it, and nobody needs it any more.
    /// - Throws: `AccountRefusal`: `identityTaken`, `unknownAccount` if there is no account or it is closed.
    package func link(_ subject: Data, to identity: LinkedIdentity) async throws {
        _ = try await store.insert(identity, subject: subject, spending: nil)
    }

    /// Makes an identity elsewhere the way in of whoever a link was mailed to; the link is spent by it.
    ///
    /// - Returns: whose account it is; nil when the link works no more.
    /// - Throws: `AccountRefusal`: `identityTaken`, and then the link still works; `unknownAccount`.
    package func link(
        _ subject: Data, at provider: String, organisation: String, byLink secret: String, at: Instant
    ) async throws -> Account? {
        guard let token = SecretToken(secret), let account = try await owner(ofLink: secret, at: at) else { return nil }
        let identity = LinkedIdentity(
            provider: provider, person: account.person, organisation: organisation, since: at, used: at)
        // The database spends a link once, also when it is used twice at the same time.
        return try await store.insert(identity, subject: subject, spending: token.digest) ? account : nil
    }

    /// Whose way in it is; nil when it is nobody's.
    package func identity(_ subject: Data, at provider: String) async throws -> LinkedIdentity? {
        try await store.identity(subject, at: provider)
    }

    /// The ways in of a person by providers elsewhere, oldest first.
    package func identities(of person: PersonID) async throws -> [LinkedIdentity] { try await store.identities(of: person) }

    /// Begins a session for somebody who signed in elsewhere.
    ///
    /// - Parameters:
    ///   - organisation: what the provider named this time.
    ///   - isProved: whether the provider asked a second factor and is trusted with it; else ours is asked where there is one.
    ///   - recognised: when they signed in there; nil when the provider does not say, and then they are recognised anew before
    ///     what matters most.
    /// - Throws: `AccountRefusal.unknownAccount` if the account is closed.
    package func begin(
        by identity: LinkedIdentity, organisation: String, isProved: Bool, recognised: Instant?, at: Instant
    ) async throws -> SignedIn {
        let signedIn = try await begin(
            identity.person, at: at, isProved: isProved, by: identity.provider, isProvedElsewhere: isProved,
            recognised: recognised ?? Instant(milliseconds: 0))
        try await store.touchIdentity(of: identity.person, at: identity.provider, organisation: organisation, at: at)
        return signedIn
    }

    /// Begins a session in place of one that ended with a password that was changed; it proves as much as the one of before.
    package func begin(after session: Session?, of person: PersonID, at: Instant) async throws -> SignedIn {
        try await begin(
            person, at: at, isProved: session?.proved != nil, by: session?.provider,
            isProvedElsewhere: session?.isProvedElsewhere ?? false)
    }

    /// Recognises the owner of a session again, who has just signed in anew at a provider.
    package func recogniseElsewhere(_ session: Session, at: Instant) async throws {
        try await store.recogniseSession(session.digest, at: at)
    }

    /// Takes a way in away; the sessions that began by it end, but for the one that asks.
    ///
    /// - Returns: false if there is none.
    /// - Throws: `AccountRefusal.lastWayIn` when there is neither a password nor another way in.
    package func unlink(_ provider: String, of person: PersonID, except session: Session? = nil) async throws -> Bool {
        try await store.deleteIdentity(of: person, at: provider, except: session?.digest)
    }

    /// Takes every way in by a provider away, also the last one: for whoever hands out a password instead.
    package func unlinkAll(of person: PersonID) async throws { try await store.deleteIdentities(of: person) }

    /// Counts an attempt as failed until `endElsewhere`, by where it comes from.
    ///
    /// - Throws: `AccountRefusal.wait` when there were too many.
    package func beginElsewhere(source: String, at: Instant) async throws {
        if let until = try await perSource.begin("elsewhere|\(source)", at: at) { throw AccountRefusal.wait(until: until) }
    }

    package func endElsewhere(source: String) async throws { try await perSource.takeBack("elsewhere|\(source)") }
}
