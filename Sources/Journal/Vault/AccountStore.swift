import Domain
import Foundation

/// The rows behind `Accounts`: accounts, sessions and tokens, stored as they are given.
///
/// Nothing is decided here but what only a database can decide: that an address and a person have one account.
package protocol AccountStore: Sendable {
    /// Counts attempts of one kind, for all who use the same database.
    func attempts(_ kind: String, by rule: AttemptRule) -> any Attempts
    /// The places that are known to all who use the same database.
    func knownPlaces() -> any Places

    /// Throws `emailTaken` or `alreadyOpened`.
    func insert(_ account: Account, password: PasswordHash?) async throws
    func account(of person: PersonID) async throws -> Account?
    func account(email: String) async throws -> Account?
    func password(of person: PersonID) async throws -> PasswordHash?
    /// Throws `unknownAccount`. Ends the person's sessions in the same write if `endSessions`.
    ///
    func setPassword(_ hash: PasswordHash, of person: PersonID, origin: PasswordOrigin, endSessions: Bool) async throws
    /// Throws `unknownAccount` or `emailTaken`.
    func setEmail(_ email: String, of person: PersonID) async throws
    /// Throws `unknownAccount`. Closing ends the person's sessions, revokes the keys for programs and deletes the identities
    /// elsewhere in the same write.
    func setDisabled(_ moment: Instant?, of person: PersonID) async throws

    /// Throws `unknownAccount` if there is none or it is closed.
    func insert(_ session: Session) async throws
    /// The session, if its account is open.
    func session(_ digest: Data) async throws -> Session?
    func touchSession(_ digest: Data, at: Instant) async throws
    func endSession(_ digest: Data) async throws
    func endSessions(of person: PersonID, except digest: Data?) async throws
    /// Newest first.
    func sessions(of person: PersonID) async throws -> [Session]
    /// Deletes sessions not used since one moment or begun before another; returns how many.
    func deleteSessions(seenBefore: Instant, createdBefore: Instant) async throws -> Int

    /// Writes down that a session was proved by more than a password, and so its owner recognised.
    func proveSession(_ digest: Data, at: Instant) async throws
    /// Writes down that the owner of a session was recognised again.
    func recogniseSession(_ digest: Data, at: Instant) async throws

    /// The second factor of a person, also one that is being set up.
    func secondFactor(of person: PersonID) async throws -> SecondFactor?
    /// Keeps this secret to be set up in a session, unless that session has one or one is asked for; returns the one that is
    /// kept. Throws `unknownAccount`.
    func secondFactorToSetUp(_ secret: OneTimeSecret, of person: PersonID, in session: Data) async throws -> SecondFactor
    /// Turns a secret on that was set up in this session, with these digests of recovery codes; false if it was on already
    /// or is another session's.
    func confirmSecondFactor(
        of person: PersonID, in session: Data, spent: Int64, recovery: [Data], at: Instant
    ) async throws -> Bool
    /// Spends a step; false if it or a later one was spent before.
    func spendStep(_ step: Int64, of person: PersonID) async throws -> Bool
    /// Spends a recovery code; false if there is none like it.
    func spendRecoveryCode(_ digest: Data, of person: PersonID) async throws -> Bool
    func replaceRecoveryCodes(_ digests: [Data], of person: PersonID) async throws
    /// Deletes the secret and all recovery codes.
    func deleteSecondFactor(of person: PersonID) async throws

    /// Keeps the only link of its person. Throws `unknownAccount` if there is no account or it is closed.
    func replacePasswordLink(_ link: PasswordLink) async throws
    func passwordLink(_ digest: Data) async throws -> PasswordLink?
    /// Deletes a link, sets the password of its person to one of their own and ends their sessions, in one write; false if
    /// there is no such link.
    func spendPasswordLink(_ digest: Data, settingPassword hash: PasswordHash) async throws -> Bool
    func deletePasswordLinks(expiredBefore moment: Instant) async throws

    /// Keeps an identity as a way in, by a mark of its digest; a password that was handed out goes, and so does the link to
    /// choose one. Throws `unknownAccount` if there is no account or it is closed, `identityTaken` when either has one already.
    ///
    /// - Parameter link: a link to choose a password that is spent by it in the same write; false if there is no such link.
    func insert(_ identity: LinkedIdentity, subject: Data, spending link: Data?) async throws -> Bool
    /// Whose way in it is.
    func identity(_ subject: Data, at provider: String) async throws -> LinkedIdentity?
    /// Oldest first.
    func identities(of person: PersonID) async throws -> [LinkedIdentity]
    func touchIdentity(of person: PersonID, at provider: String, organisation: String, at: Instant) async throws
    /// Deletes an identity and ends the sessions begun by it, but for one; false if there is none. Throws `lastWayIn` when the
    /// account has no password and no other identity.
    func deleteIdentity(of person: PersonID, at provider: String, except session: Data?) async throws -> Bool
    func deleteIdentities(of person: PersonID) async throws

    /// Throws `unknownAccount` if there is none or it is closed, `ownPasswordFirst` while the password is a handed-out one.
    func insert(_ token: APIToken, digest: Data) async throws
    /// The token, valid or not, if its account is open and its password is the person's own.
    func token(_ digest: Data) async throws -> APIToken?
    func touchToken(_ id: String, at: Instant) async throws
    /// False if the person has no such token, or it was revoked before.
    func revokeToken(_ id: String, of person: PersonID, at: Instant) async throws -> Bool
    /// Newest first.
    func tokens(of person: PersonID) async throws -> [APIToken]
}

extension AccountStore {
    // What one process has alone it can count in memory.
    package func attempts(_ kind: String, by rule: AttemptRule) -> any Attempts { Throttle(rule) }
    package func knownPlaces() -> any Places { KnownPlaces() }
}
