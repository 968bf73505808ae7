import Crypto
import Domain
import Foundation

/// The second factor of an account as it is kept.
package struct SecondFactor: Sendable {
    package let secret: OneTimeSecret
    /// Since when it is asked for; nil while it is being set up.
    package let since: Instant?
    /// The last step of which a code was taken; 0 before the first.
    package let spent: Int64
    /// How many recovery codes are left.
    package let recoveryCodes: Int

    package init(secret: OneTimeSecret, since: Instant?, spent: Int64, recoveryCodes: Int) {
        self.secret = secret
        self.since = since
        self.spent = spent
        self.recoveryCodes = recoveryCodes
    }
}

/// What lets somebody in whose telephone is gone: once, instead of a code.
package enum RecoveryCode {
    /// How many somebody gets.
    package static let count = 10

    /// Three groups of four digits, for the keys of a telephone: 40 bits, at which is guessed slower and slower.
    static func generate() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<3).map { _ in
            let number = String(Int.random(in: 0..<10_000, using: &random))
            return String(repeating: "0", count: 4 - number.count) + number
        }.joined(separator: " ")
    }

    /// What the store is given of it, which seals it once more. How it was typed, in groups or not, does not matter.
    static func digest(_ code: String, of person: PersonID) -> Data {
        Data(SHA256.hash(data: Data("recovery|\(person)|\(code.filter(\.isNumber))".utf8)))
    }
}

// The second factor: an app on one's own telephone.
extension Accounts {
    /// The second factor that is asked for when this person signs in; nil when there is none.
    package func secondFactor(of person: PersonID) async throws -> SecondFactor? {
        try await store.secondFactor(of: person).flatMap { $0.since == nil ? nil : $0 }
    }

    /// The secret that is being set up: the same one until a code of it was given, so that a page can be opened twice.
    ///
    /// - Throws: `AccountRefusal`: `unknownAccount`, `secondFactorThere` when one is asked for already.
    package func secretToSetUp(of person: PersonID) async throws -> OneTimeSecret {
        let kept = try await store.secondFactorToSetUp(.generate(), of: person)
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
        try beginProof(of: person, source: source, at: at)
        guard let step = kept.secret.step(of: Self.digits(code), at: at, after: kept.spent) else {
            throw AccountRefusal.wrongCode
        }
        endProof(of: person, source: source)
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.generate() }
        let taken = try await store.confirmSecondFactor(
            of: person, spent: step, recovery: codes.map { RecoveryCode.digest($0, of: person) }, at: at)
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
            digest: secret.digest, person: session.person, csrf: .generate(), created: session.created, seen: at, proved: at)
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
    private func takeCode(_ code: String, of person: PersonID, source: String, at: Instant) async throws {
        try beginProof(of: person, source: source, at: at)
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
        endProof(of: person, source: source)
    }

    /// Counts an attempt as failed until it has succeeded.
    private func beginProof(of person: PersonID, source: String, at: Instant) throws(AccountRefusal) {
        if let until = perSource.begin(source, at: at) { throw .wait(until: until) }
        if let until = perAccount.begin(Self.proofKey(person), at: at) {
            perSource.takeBack(source)
            throw .wait(until: until)
        }
    }

    private func endProof(of person: PersonID, source: String) {
        perSource.takeBack(source)
        perAccount.forget(Self.proofKey(person))
    }

    /// Codes are counted apart from passwords: a right password must not wipe out wrong codes.
    private static func proofKey(_ person: PersonID) -> String { "code|\(person)" }

    /// Apps show a code in two groups.
    private static func digits(_ code: String) -> String { code.filter { !$0.isWhitespace } }
}
