import Domain
import Foundation

/// Signing in and out, passwords, and keys for programs: the rules, over any store.
///
/// All moments are given, none is taken from a clock here.
package struct Accounts: Sendable {
    /// Somebody who just signed in; `secret` belongs in the cookie and nowhere else.
    package struct SignedIn: Sendable {
        package let session: Session
        package let secret: SecretToken
    }

    /// A key that was just made; `secret` is shown once.
    package struct Issued: Sendable {
        package let token: APIToken
        package let secret: SecretToken
    }

    /// The beginning of every key for programs, by which a leaked one is recognised.
    package static let tokenPrefix = "sen_"

    let store: any AccountStore
    private let hasher: PasswordHasher
    private let times: SessionTimes
    let perAccount: any Attempts
    let perSource: any Attempts
    /// Counts per account at an address from which somebody signed in to it rightly before.
    private let perPlace: any Attempts
    private let places: any Places

    /// How long it is known whose a session was that ended of itself, in days.
    package static let rememberedDays = 1
    /// A session's or token's last use is written down once a minute at most, not with every request.
    private static let touchEvery: Int64 = 60_000

    /// - Parameters:
    ///   - perAccount: counts per account; as the store does when it is not given. So with the others.
    ///   - perSource: counts per address that requests come from.
    ///   - perPlace: counts per account at an address from which it was signed in to rightly.
    package init(
        store: any AccountStore, hasher: PasswordHasher = PasswordHasher(), times: SessionTimes = .standard,
        perAccount: (any Attempts)? = nil, perSource: (any Attempts)? = nil, perPlace: (any Attempts)? = nil
    ) {
        self.store = store
        self.hasher = hasher
        self.times = times
        self.perAccount = perAccount ?? store.attempts("account", by: .account)
        self.perSource = perSource ?? store.attempts("source", by: .source)
        self.perPlace = perPlace ?? store.attempts("place", by: .account)
        places = store.knownPlaces()
    }
}

// Accounts.
extension Accounts {
    /// Gives a person an account, with or without a password.
    ///
    /// - Parameters:
    ///   - name: the person's name, which may not be in the password.
    ///   - handedOut: whether somebody else gives the person this password, so that it has to be changed first of all.
    /// - Throws: `AccountRefusal`: `password`, `emailTaken`, `alreadyOpened`, `busy`.
    package func open(
        _ person: PersonID, email: String, password: String?, name: String?, handedOut: Bool = false, at: Instant
    ) async throws {
        let email = Account.folded(email)
        var hash: PasswordHash?
        if let password { hash = try await hashed(password, email: email, name: name) }
        let account = Account(
            person: person, email: email, hasPassword: hash != nil, created: at, disabled: nil,
            handedOut: handedOut && hash != nil, handedSince: handedOut && hash != nil ? at : nil)
        try await store.insert(account, password: hash)
    }

    package func account(of person: PersonID) async throws -> Account? { try await store.account(of: person) }

    package func account(email: String) async throws -> Account? { try await store.account(email: Account.folded(email)) }

    /// Chooses a new password and ends every session of the person, wherever it is.
    ///
    /// The password of before is no new one, least of all when somebody else handed it out.
    /// - Parameter handedOut: when somebody else gives the person this password, so that it has to be changed first of all, and
    ///   soon; nil when its owner chose it.
    /// - Throws: `AccountRefusal`: `password`, `unknownAccount`, `busy`.
    package func setPassword(
        _ password: String, of person: PersonID, name: String?, handedOut: Instant? = nil
    ) async throws {
        guard let account = try await store.account(of: person) else { throw AccountRefusal.unknownAccount }
        let hash = try await hashed(password, email: account.email, name: name)
        if let before = try await store.password(of: person), try await hasher.verify(password, against: before) {
            throw AccountRefusal.password([.unchanged])
        }
        try await store.setPassword(hash, of: person, origin: handedOut.map { .handedOut($0) } ?? .own, endSessions: true)
    }

    /// - Throws: `AccountRefusal`: `emailTaken`, `unknownAccount`.
    package func setEmail(_ email: String, of person: PersonID) async throws {
        try await store.setEmail(Account.folded(email), of: person)
    }

    /// Closes the account: its sessions end at once, and its keys for programs are revoked for good.
    ///
    /// - Throws: `AccountRefusal.unknownAccount`.
    package func disable(_ person: PersonID, at: Instant) async throws { try await store.setDisabled(at, of: person) }

    /// Opens a closed account again.
    ///
    /// - Throws: `AccountRefusal.unknownAccount`.
    package func enable(_ person: PersonID) async throws { try await store.setDisabled(nil, of: person) }

    func hashed(_ password: String, email: String, name: String?) async throws -> PasswordHash {
        let faults = PasswordRule.faults(password, email: email, name: name)
        guard faults.isEmpty else { throw AccountRefusal.password(faults) }
        return try await hasher.hash(password)
    }
}

// Signing in and out.
extension Accounts {
    /// Signs in with address and password.
    ///
    /// It takes the same time, and gives the same answer, whether the account does not exist, is closed, has no password or
    /// has another one.
    /// - Parameter source: the address that the request came from.
    /// - Throws: `AccountRefusal`: `wait`, `wrongCredentials`, `firstPasswordEnded`, `busy`.
    package func signIn(email: String, password: String, source: String, at: Instant) async throws -> SignedIn {
        let email = Account.folded(email)
        let account = try await store.account(email: email)
        let person = try await confirm(account, email: email, password: password, source: source, at: at)
        return try await begin(person, at: at, isProved: false)
    }

    /// Asks a person who is signed in for the password again, before something that matters.
    ///
    /// - Throws: `AccountRefusal`: `wait`, `wrongCredentials`, `busy`.
    package func confirm(_ person: PersonID, password: String, source: String, at: Instant) async throws {
        let account = try await store.account(of: person)
        _ = try await confirm(account, email: account?.email ?? person.rawValue, password: password, source: source, at: at)
    }

    /// Whether the owner was recognised so short a while ago that they may do what matters most, such as signing (ASVS 5.0,
    /// 7.5.3).
    package func isFresh(_ session: Session, at: Instant) -> Bool {
        at < session.recognised.adding(milliseconds: Int64(times.fresh) * 1000)
    }

    /// Whether a session began so short a while ago that its owner would be recognised by that alone.
    package func isNew(_ session: Session, at: Instant) -> Bool {
        at < session.created.adding(milliseconds: Int64(times.fresh) * 1000)
    }

    /// Recognises the owner of a session again: by a code where codes are asked for, else by the password.
    ///
    /// - Throws: `AccountRefusal`: `wait`, `wrongCode`, `wrongCredentials`, `busy`.
    package func recognise(_ word: String, in session: Session, source: String, at: Instant) async throws {
        if session.hasSecondFactor {
            try await takeCode(word, of: session.person, source: source, at: at)
        } else {
            try await confirm(session.person, password: word, source: source, at: at)
        }
        try await store.recogniseSession(session.digest, at: at)
    }

    /// Begins a session for somebody who was recognised in another way than by a password alone.
    ///
    /// - Parameters:
    ///   - isProved: false when it was a password after all, so that a code is asked for where there is one.
    ///   - provider: where they signed in when it was elsewhere.
    ///   - isProvedElsewhere: whether that provider asked a second factor and is trusted with it.
    ///   - recognised: when the owner was recognised; now, unless it was elsewhere and longer ago.
    /// - Throws: `AccountRefusal.unknownAccount` if there is no account or it is closed.
    package func begin(
        _ person: PersonID, at: Instant, isProved: Bool = true, by provider: String? = nil, isProvedElsewhere: Bool = false,
        recognised: Instant? = nil
    ) async throws -> SignedIn {
        let secret = SecretToken.generate()
        let session = Session(
            digest: secret.digest, person: person, csrf: .generate(), created: at, seen: at, proved: isProved ? at : nil,
            recognised: recognised.map { min($0, at) }, provider: provider, isProvedElsewhere: isProvedElsewhere)
        try await store.insert(session)
        // What is asked first is the account's: it was read when the session was written.
        guard let kept = try await store.session(secret.digest) else { throw AccountRefusal.unknownAccount }
        return SignedIn(session: kept, secret: secret)
    }

    private func confirm(
        _ account: Account?, email: String, password: String, source: String, at: Instant
    ) async throws -> PersonID {
        // The source first: whoever has to wait there must not be able to count against the account.
        if let until = try await perSource.begin(source, at: at) { throw AccountRefusal.wait(until: until) }
        // Where the owner was before, failures elsewhere do not count: else whoever knows an address keeps its owner out.
        let place = KnownPlaces.place(email, source)
        let (counter, key) = try await places.contains(place) ? (perPlace, place) : (perAccount, email)
        if let until = try await counter.begin(key, at: at) {
            try await perSource.takeBack(source)
            throw AccountRefusal.wait(until: until)
        }
        let hash: PasswordHash?
        let matches: Bool
        do {
            hash = if let account { try await store.password(of: account.person) } else { nil }
            matches = try await hasher.verify(password, against: hash)
        } catch {
            try await perSource.takeBack(source)
            try await counter.takeBack(key)
            throw error
        }
        guard matches, let account, account.disabled == nil else { throw AccountRefusal.wrongCredentials }
        try await perSource.takeBack(source)
        try await counter.forget(key)
        try await places.insert(place, at: at)
        if let hash, hash.cost != hasher.cost {
            // The only moment at which the password is known, and so the only one to raise what its hash costs.
            try await store.setPassword(
                try await hasher.hash(password), of: account.person, origin: .asBefore, endSessions: false)
        }
        // Said only to who knows it: to everybody else there is no such account.
        if let ends = account.firstPasswordEnds, ends <= at { throw AccountRefusal.firstPasswordEnded }
        return account.person
    }

    /// Who is signed in with this secret; nil if nobody is, or not any more.
    package func session(_ secret: String, at: Instant) async throws -> Session? {
        guard let token = SecretToken(secret), let session = try await store.session(token.digest),
            at < times.end(created: session.created, seen: session.seen)
        else { return nil }
        if at.milliseconds - session.seen.milliseconds >= min(Accounts.touchEvery, Int64(times.idle) * 100) {
            try await whereWritable { try await store.touchSession(session.digest, at: at) }
        }
        return session
    }

    /// The same without being a request of its own: asking whether a session still lasts does not make it last longer.
    package func glance(_ secret: String, at: Instant) async throws -> Session? {
        guard let token = SecretToken(secret), let session = try await store.session(token.digest), at < end(of: session) else {
            return nil
        }
        return session
    }

    /// Writes down when somebody was there last, and lets it be while nothing can be written: who only reads goes on, and is
    /// asked to sign in again the sooner.
    private func whereWritable(_ touch: () async throws -> Void) async throws {
        do { try await touch() } catch { guard WriteOutage(error) != nil else { throw error } }
    }

    /// The session of this secret if it ended of itself less than a day ago.
    ///
    /// It opens nothing any more; it only tells whose the form is that was being filled in when it ended. One in which nothing
    /// could be filled in yet, because a code was asked first, tells nothing.
    package func ended(_ secret: String, at: Instant) async throws -> Session? {
        guard let token = SecretToken(secret), let session = try await store.session(token.digest),
            end(of: session) <= at, at < end(of: session).adding(days: Self.rememberedDays),
            !session.asksCode, !session.choosesPassword
        else { return nil }
        return session
    }

    /// The moment at which a session ends if nothing more is asked, to warn somebody who is typing.
    package func end(of session: Session) -> Instant { times.end(created: session.created, seen: session.seen) }

    package func signOut(_ session: Session) async throws { try await store.endSession(session.digest) }

    /// Ends all sessions of a person, or all but the one that asks it.
    package func signOutEverywhere(_ person: PersonID, except session: Session? = nil) async throws {
        try await store.endSessions(of: person, except: session?.digest)
    }

    /// Those that have not ended, newest first.
    package func sessions(of person: PersonID, at: Instant) async throws -> [Session] {
        try await store.sessions(of: person).filter { at < end(of: $0) }
    }

    /// Deletes the sessions that had ended at a moment, and the links that worked no more; returns how many sessions.
    package func sweepSessions(at: Instant) async throws -> Int {
        try await store.deletePasswordLinks(expiredBefore: at)
        return try await store.deleteSessions(
            seenBefore: at.adding(milliseconds: Int64(times.idle) * -1000),
            createdBefore: at.adding(milliseconds: Int64(times.absolute) * -1000))
    }
}

// Keys for programs.
extension Accounts {
    /// Makes a key that acts for a person until a moment.
    ///
    /// - Throws: `AccountRefusal`: `unknownAccount` if there is no account or it is closed, `ownPasswordFirst` while the
    ///   password is one that was handed out.
    package func issueToken(for person: PersonID, name: String, expires: Instant, at: Instant) async throws -> Issued {
        let secret = SecretToken.generate(prefix: Accounts.tokenPrefix)
        let id = String(SecretToken.generate().text.prefix(16))
        let token = APIToken(id: id, person: person, name: String(name.prefix(100)), created: at, expires: expires)
        try await store.insert(token, digest: secret.digest)
        return Issued(token: token, secret: secret)
    }

    /// The key that this secret opens; nil if it opens nothing, or not any more.
    package func token(_ secret: String, at: Instant) async throws -> APIToken? {
        guard secret.hasPrefix(Accounts.tokenPrefix), let sent = SecretToken(secret),
            let token = try await store.token(sent.digest), token.isValid(at: at)
        else { return nil }
        if token.used.map({ at.milliseconds - $0.milliseconds >= Accounts.touchEvery }) ?? true {
            try await whereWritable { try await store.touchToken(token.id, at: at) }
        }
        return token
    }

    /// All keys of a person, newest first, also those that open nothing any more.
    package func tokens(of person: PersonID) async throws -> [APIToken] { try await store.tokens(of: person) }

    /// False if the person has no such key, or it was revoked before.
    package func revokeToken(_ id: String, of person: PersonID, at: Instant) async throws -> Bool {
        try await store.revokeToken(id, of: person, at: at)
    }
}
