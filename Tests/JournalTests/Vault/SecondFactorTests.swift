import Domain
import Foundation
import Testing

@testable import Journal

@Suite("The second factor of an account", .onEachStore)
struct SecondFactorTests {
    private let start = Instant(milliseconds: 1_800_000_000_000)
    private let noor = PersonID("p-noor")
    private let vault: VaultUnderTest
    private let accounts: Accounts

    init() throws {
        vault = try #require(VaultUnderTest.current)
        accounts = Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration))
    }

    private func later(_ seconds: Int64) -> Instant { start.adding(milliseconds: seconds * 1000) }

    private func signIn(at: Instant) async throws -> Accounts.SignedIn {
        try await accounts.signIn(email: "n@school.example", password: "de kraan staat open", source: "192.0.2.1", at: at)
    }

    /// An account with an app, set up at `start`, and its recovery codes.
    private func setUp() async throws -> (secret: OneTimeSecret, codes: [String], session: Session) {
        try await accounts.open(noor, email: "n@school.example", password: "de kraan staat open", name: nil, at: start)
        let session = try await signIn(at: start).session
        #expect(!session.hasSecondFactor && !session.asksCode && session.proved == nil)
        let secret = try await accounts.secretToSetUp(in: session)
        let codes = try await accounts.confirmSecondFactor(
            code: secret.code(at: OneTimeSecret.step(at: start)), in: session, source: "192.0.2.1", at: start)
        return (secret, codes, session)
    }

    // The vectors of RFC 6238, appendix B, for SHA-1; their last six digits.
    @Test(
        "gives the codes that the standard gives",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func vectors(seconds: Int64, code: String) {
        let secret = OneTimeSecret(bytes: Data("12345678901234567890".utf8))
        #expect(secret.code(at: seconds / 30) == code)
        #expect(secret.step(of: code, at: Instant(milliseconds: seconds * 1000), after: 0) == seconds / 30)
    }

    @Test("is typed as letters and digits, or taken as a picture")
    func text() {
        let secret = OneTimeSecret(bytes: Data("12345678901234567890".utf8))
        #expect(secret.text == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(OneTimeSecret(bytes: Data("foob".utf8)).text == "MZXW6YQ")
        #expect(
            secret.address(issuer: "SWV Één", account: "n@school.example")
                == "otpauth://totp/SWV%20%C3%89%C3%A9n:n%40school.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=SWV%20%C3%89%C3%A9n"
        )
        #expect("\(secret)" == "secret")
        #expect(OneTimeSecret.generate() != OneTimeSecret.generate())
    }

    @Test("is asked for from then on, and nothing opens before; other sessions end")
    func asked() async throws {
        try await accounts.open(noor, email: "n@school.example", password: "de kraan staat open", name: nil, at: start)
        let other = try await signIn(at: start)
        let mine = try await signIn(at: start)
        let secret = try await accounts.secretToSetUp(in: mine.session)
        #expect(try await accounts.secretToSetUp(in: mine.session) == secret, "a page that is opened again shows the same")
        #expect(try await accounts.secondFactor(of: noor) == nil)
        await #expect(throws: AccountRefusal.wrongCode) {
            _ = try await accounts.confirmSecondFactor(code: "000000", in: mine.session, source: "s", at: start)
        }
        let codes = try await accounts.confirmSecondFactor(
            code: secret.code(at: OneTimeSecret.step(at: start)), in: mine.session, source: "s", at: start)
        #expect(Set(codes).count == RecoveryCode.count)
        #expect(try await accounts.session(other.secret.text, at: start) == nil)
        let proved = try #require(try await accounts.session(mine.secret.text, at: start))
        #expect(proved.proved == start && !proved.asksCode)
        #expect(try await accounts.secondFactor(of: noor)?.recoveryCodes == 10)
        await #expect(throws: AccountRefusal.secondFactorThere) { _ = try await accounts.secretToSetUp(in: mine.session) }

        let next = try await signIn(at: later(60))
        #expect(next.session.asksCode)
        let through = try await accounts.prove(
            code: secret.code(at: OneTimeSecret.step(at: later(60))), in: next.session, source: "s", at: later(60))
        #expect(!through.session.asksCode && through.session.proved == later(60))
        #expect(try await accounts.session(next.secret.text, at: later(60)) == nil, "the half-way session is gone")
    }

    @Test("whoever knew the password before the owner came does not know the secret that the owner sets up")
    func anotherSession() async throws {
        try await accounts.open(noor, email: "n@school.example", password: "de kraan staat open", name: nil, at: start)
        let intruder = try await signIn(at: start)
        let seen = try await accounts.secretToSetUp(in: intruder.session)
        let owner = try await signIn(at: later(60))
        let secret = try await accounts.secretToSetUp(in: owner.session)
        #expect(secret != seen)
        let now = OneTimeSecret.step(at: later(60))
        for (session, other) in [(intruder.session, seen), (intruder.session, secret), (owner.session, seen)] {
            await #expect(throws: AccountRefusal.wrongCode) {
                _ = try await accounts.confirmSecondFactor(code: other.code(at: now), in: session, source: "s", at: later(60))
            }
        }
        _ = try await accounts.confirmSecondFactor(code: secret.code(at: now), in: owner.session, source: "s", at: later(60))
    }

    @Test("a code opens once, for half a minute before and after, and in two groups as well")
    func once() async throws {
        let (secret, _, _) = try await setUp()
        let step = OneTimeSecret.step(at: later(300))
        func prove(_ code: String, at: Instant) async throws {
            _ = try await accounts.prove(code: code, in: try await signIn(at: at).session, source: "s", at: at)
        }
        let code = secret.code(at: step)
        try await prove("\(code.prefix(3)) \(code.suffix(3))", at: later(300))
        await #expect(throws: AccountRefusal.wrongCode) { try await prove(code, at: later(301)) }
        // The one before was made earlier than one that was used: over somebody's shoulder it is worth nothing.
        await #expect(throws: AccountRefusal.wrongCode) { try await prove(secret.code(at: step - 1), at: later(301)) }
        try await prove(secret.code(at: step + 1), at: later(301))
        await #expect(throws: AccountRefusal.wrongCode) { try await prove(secret.code(at: step + 4), at: later(310)) }
        await #expect(throws: AccountRefusal.wrongCode) { try await prove("", at: later(320)) }
    }

    @Test("the same code sent twice at once opens one time")
    func race() async throws {
        let (secret, _, _) = try await setUp()
        let code = secret.code(at: OneTimeSecret.step(at: later(300)))
        var sessions: [Session] = []
        for _ in 0..<4 { sessions.append(try await signIn(at: later(300)).session) }
        let opened = await withTaskGroup(of: Bool.self) { group in
            for session in sessions {
                group.addTask {
                    (try? await accounts.prove(code: code, in: session, source: "s", at: later(300))) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(opened == 1)
    }

    @Test("a recovery code opens once, however it is typed; new ones end those of before")
    func recovery() async throws {
        let (secret, codes, _) = try await setUp()
        func prove(_ code: String, at: Instant) async throws {
            _ = try await accounts.prove(code: code, in: try await signIn(at: at).session, source: "s", at: at)
        }
        try await prove(codes[0].replacing(" ", with: "-"), at: later(60))
        await #expect(throws: AccountRefusal.wrongCode) { try await prove(codes[0], at: later(61)) }
        #expect(try await accounts.secondFactor(of: noor)?.recoveryCodes == 9)
        let fresh = try await accounts.renewRecoveryCodes(
            of: noor, code: secret.code(at: OneTimeSecret.step(at: later(300))), source: "s", at: later(300))
        #expect(Set(fresh).isDisjoint(with: codes))
        await #expect(throws: AccountRefusal.wrongCode) { try await prove(codes[1], at: later(301)) }
        try await prove(fresh[1], at: later(310))
        await #expect(throws: AccountRefusal.wrongCode) {
            _ = try await accounts.renewRecoveryCodes(of: noor, code: "nothing", source: "s", at: later(320))
        }
    }

    @Test("whoever guesses waits longer and longer, whatever password goes before")
    func throttled() async throws {
        _ = try await setUp()
        var waited = false
        for number in 0..<8 {
            let session = try await signIn(at: later(60)).session
            do {
                _ = try await accounts.prove(code: "00000\(number)", in: session, source: "s\(number)", at: later(60))
            } catch AccountRefusal.wait { waited = true } catch AccountRefusal.wrongCode {}
        }
        #expect(waited)
    }

    @Test("goes away with a code of it, or by whoever knows the person, and then every session ends")
    func removed() async throws {
        let (secret, _, session) = try await setUp()
        await #expect(throws: AccountRefusal.wrongCode) {
            try await accounts.removeSecondFactor(of: noor, code: "123", source: "s", at: later(60))
        }
        try await accounts.removeSecondFactor(
            of: noor, code: secret.code(at: OneTimeSecret.step(at: later(90))), source: "s", at: later(90))
        #expect(try await accounts.secondFactor(of: noor) == nil)
        #expect(try await !signIn(at: later(91)).session.asksCode)
        let again = try await signIn(at: later(91)).session
        #expect(try await accounts.secretToSetUp(in: again) != secret, "another telephone gets another secret")
        try await accounts.resetSecondFactor(of: noor)
        #expect(try await accounts.sessions(of: noor, at: later(92)).isEmpty)
        _ = session
    }

    @Test("a session that waited for a code until it ended belongs to nobody afterwards")
    func ended() async throws {
        let (secret, _, _) = try await setUp()
        let waiting = try await signIn(at: later(60))
        let through = try await accounts.prove(
            code: secret.code(at: OneTimeSecret.step(at: later(60))), in: try await signIn(at: later(60)).session, source: "s",
            at: later(60))
        #expect(try await accounts.ended(waiting.secret.text, at: later(60 + 7200)) == nil)
        #expect(try await accounts.ended(through.secret.text, at: later(60 + 7200))?.person == noor)
    }

    @Test("lies sealed, and recovery codes as digests only")
    func atRest() async throws {
        let (secret, codes, _) = try await setUp()
        #expect(codes.allSatisfy { $0.wholeMatch(of: /\d{4} \d{4} \d{4}/) != nil })
        let rows = try await vault.bytes("SELECT sealed FROM second_factors UNION ALL SELECT code FROM recovery_codes")
        #expect(rows.count == 11)
        for row in rows {
            #expect(row.range(of: secret.bytes) == nil)
            #expect(codes.allSatisfy { row != RecoveryCode.digest($0, of: noor) }, "without the key nobody can try codes")
        }
        // Put in another person's place the secret does not open.
        try await accounts.open(PersonID("p-2"), email: "2@school.example", password: nil, name: nil, at: start)
        let second = try await accounts.begin(PersonID("p-2"), at: start).session
        _ = try await accounts.secretToSetUp(in: second)
        try await vault.execute(
            "UPDATE second_factors SET sealed = (SELECT sealed FROM second_factors WHERE person = 'p-noor')")
        await #expect(throws: VaultFault.self) { _ = try await accounts.secretToSetUp(in: second) }
    }

    @Test("whoever recognises somebody in another way than by a password asks no code")
    func otherwise() async throws {
        _ = try await setUp()
        #expect(try await !accounts.begin(noor, at: later(60)).session.asksCode)
        #expect(try await accounts.begin(noor, at: later(60), isProved: false).session.asksCode)
    }
}
