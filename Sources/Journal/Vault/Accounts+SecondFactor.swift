import Domain
import Foundation

// The second factor: an app on one's own telephone.
extension Accounts {
    /// The second factor that is asked for when this person signs in; nil when there is none.
    package func secondFactor(of person: PersonID) async throws -> SecondFactor? {
        try await store.secondFactor(of: person).flatMap { $0.since == nil ? nil : $0 }
    }

    /// The secret that is being set up: the same one for this session until a code of it was given, so that a page can be
    /// opened twice.
    ///
    /// Another session gets another: whoever knew the password before the owner came must not know the secret as well.
    /// - Throws: `AccountRefusal`: `unknownAccount`, `secondFactorThere` when one is asked for already.
    package func secretToSetUp(in session: Session) async throws -> OneTimeSecret {
        let kept = try await store.secondFactorToSetUp(.generate(), of: session.person, in: session.digest)
        guard kept.since == nil else { throw AccountRefusal.secondFactorThere }
        return kept.secret
    }

    /// Takes the first code of a secret that was set up: from now on codes are asked for.
    ///
    /// Other sessions end, because they began without one; the one that asks counts as proved.
    /// - Returns: the recovery codes, which are shown once.
    /// - Throws: `AccountRefusal`: `wrongCode`, `wait`, `secondFactorThere`.
    package func confirmSecondFactor(
        code: String, in session: Session, source: String, at: Instant
    ) async throws -> [String] {
        let person = session.person
        guard let kept = try await store.secondFactor(of: person), kept.since == nil else {
            throw AccountRefusal.secondFactorThere
        }
        try await beginProof(of: person, source: source, at: at)
        guard kept.session == session.digest,
            let step = kept.secret.step(of: Self.digits(code), at: at, after: kept.spent)
        else { throw AccountRefusal.wrongCode }
        try await endProof(of: person, source: source)
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.generate() }
        let taken = try await store.confirmSecondFactor(
            of: person, in: session.digest, spent: step, recovery: codes.map { RecoveryCode.digest($0, of: person) }, at: at)
        guard taken else { throw AccountRefusal.secondFactorThere }
        try await store.endSessions(of: person, except: session.digest)
        try await store.proveSession(session.digest, at: at)
        return codes
    }

    /// Proves with a code of the app, or with a recovery code, that it is the owner who signed in.
    ///
    /// - Returns: the session in which to go on; the one before has ended, so that nobody who knew its secret goes along.
    /// - Throws: `AccountRefusal`: `wrongCode`, `wait`.
    package func prove(code: String, in session: Session, source: String, at: Instant) async throws -> SignedIn {
        try await takeCode(code, of: session.person, source: source, at: at)
        let secret = SecretToken.generate()
        let proved = Session(
            digest: secret.digest, person: session.person, csrf: .generate(), created: session.created, seen: at, proved: at,
            recognised: at, provider: session.provider)
        try await store.insert(proved)
        try await store.endSession(session.digest)
        guard let kept = try await store.session(secret.digest) else { throw AccountRefusal.unknownAccount }
        return SignedIn(session: kept, secret: secret)
    }

    /// Draws new recovery codes; those of before open nothing any more.
    ///
    /// - Throws: `AccountRefusal`: `wrongCode`, `wait`.
    package func renewRecoveryCodes(of person: PersonID, code: String, source: String, at: Instant) async throws -> [String] {
        try await takeCode(code, of: person, source: source, at: at)
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.generate() }
        try await store.replaceRecoveryCodes(codes.map { RecoveryCode.digest($0, of: person) }, of: person)
        return codes
    }

    /// Takes the second factor away with a code of it, to set up another telephone.
    ///
    /// - Throws: `AccountRefusal`: `wrongCode`, `wait`.
    package func removeSecondFactor(of person: PersonID, code: String, source: String, at: Instant) async throws {
        try await takeCode(code, of: person, source: source, at: at)
        try await store.deleteSecondFactor(of: person)
    }

    /// Takes the second factor of somebody away whose telephone and codes are gone; every session of theirs ends.
    ///
    /// Whoever does this must know who asks: it is what an impostor would ask for.
    package func resetSecondFactor(of person: PersonID) async throws {
        try await store.deleteSecondFactor(of: person)
        try await store.endSessions(of: person, except: nil)
    }

    /// Takes one code, of the app or a recovery code, and spends it.
    func takeCode(_ code: String, of person: PersonID, source: String, at: Instant) async throws {
        try await beginProof(of: person, source: source, at: at)
        let digits = Self.digits(code)
        let taken: Bool
        if let kept = try await store.secondFactor(of: person), kept.since != nil {
            if let step = kept.secret.step(of: digits, at: at, after: kept.spent) {
                // The database takes a step once, also when two ask at the same time.
                taken = try await store.spendStep(step, of: person)
            } else {
                taken = try await store.spendRecoveryCode(RecoveryCode.digest(code, of: person), of: person)
            }
        } else {
            taken = false
        }
        guard taken else { throw AccountRefusal.wrongCode }
        try await endProof(of: person, source: source)
    }

    /// Counts an attempt as failed until it has succeeded.
    private func beginProof(of person: PersonID, source: String, at: Instant) async throws {
        if let until = try await perSource.begin(source, at: at) { throw AccountRefusal.wait(until: until) }
        if let until = try await perAccount.begin(Self.proofKey(person), at: at) {
            try await perSource.takeBack(source)
            throw AccountRefusal.wait(until: until)
        }
    }

    private func endProof(of person: PersonID, source: String) async throws {
        try await perSource.takeBack(source)
        try await perAccount.forget(Self.proofKey(person))
    }

    /// Codes are counted apart from passwords: a right password must not wipe out wrong codes. No address that somebody can type
    /// has a control character, so none is a key of codes.
    private static func proofKey(_ person: PersonID) -> String { "code\u{0}\(person)" }

    /// Apps show a code in two groups.
    private static func digits(_ code: String) -> String { code.filter { !$0.isWhitespace } }
}
