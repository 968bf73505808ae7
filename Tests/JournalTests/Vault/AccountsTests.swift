import Domain
import Foundation
import Testing

@testable import Journal

@Suite("Accounts", .onEachStore)
struct AccountsTests {
    private let start = Instant(milliseconds: 1_800_000_000_000)
    private let noor = PersonID("p-noor")
    private let password = "de kraan staat open"
    private let vault: VaultUnderTest
    private let accounts: Accounts

    init() throws {
        vault = try #require(VaultUnderTest.current)
        accounts = Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration))
    }

    private func openNoor() async throws {
        try await accounts.open(noor, email: "Noor@School.example", password: password, name: "Noor Dijkgraaf", at: start)
    }

    private func signIn(
        _ email: String = "noor@school.example", _ password: String? = nil, source: String = "192.0.2.1", at: Instant? = nil
    ) async throws -> Accounts.SignedIn {
        try await accounts.signIn(email: email, password: password ?? self.password, source: source, at: at ?? start)
    }

    @Test("an account is found by its person and by its address in any spelling")
    func open() async throws {
        try await openNoor()
        let account = Account(person: noor, email: "noor@school.example", hasPassword: true, created: start, disabled: nil)
        #expect(try await accounts.account(of: noor) == account)
        #expect(try await accounts.account(email: " NOOR@school.EXAMPLE ") == account)
        #expect(try await accounts.account(email: "noor@school.exampl") == nil)
    }

    @Test("two accounts never share an address or a person")
    func unique() async throws {
        try await openNoor()
        await #expect(throws: AccountRefusal.emailTaken) {
            try await accounts.open(PersonID("p-2"), email: "NOOR@school.example", password: nil, name: nil, at: start)
        }
        await #expect(throws: AccountRefusal.alreadyOpened) {
            try await accounts.open(noor, email: "other@school.example", password: nil, name: nil, at: start)
        }
        try await accounts.open(PersonID("p-2"), email: "two@school.example", password: nil, name: nil, at: start)
        await #expect(throws: AccountRefusal.emailTaken) {
            try await accounts.setEmail("noor@school.example", of: PersonID("p-2"))
        }
        try await accounts.setEmail("Zwei@school.example", of: PersonID("p-2"))
        #expect(try await accounts.account(email: "zwei@school.example")?.person == PersonID("p-2"))
    }

    @Test("an unsuitable password opens no account and replaces none")
    func rule() async throws {
        await #expect(throws: AccountRefusal.password([.tooShort])) {
            try await accounts.open(noor, email: "n@school.example", password: "tuinhek zes", name: nil, at: start)
        }
        #expect(try await accounts.account(of: noor) == nil)
        try await openNoor()
        await #expect(throws: AccountRefusal.password([.aboutYou])) {
            try await accounts.setPassword("mevrouw dijkgraaf 9", of: noor, name: "Noor Dijkgraaf")
        }
        _ = try await signIn()
    }

    @Test("whoever has no account is unknown to everything that changes one")
    func unknown() async throws {
        let nobody = PersonID("p-nobody")
        await #expect(throws: AccountRefusal.unknownAccount) { try await accounts.setPassword(password, of: nobody, name: nil) }
        await #expect(throws: AccountRefusal.unknownAccount) { try await accounts.setEmail("a@b.example", of: nobody) }
        await #expect(throws: AccountRefusal.unknownAccount) { try await accounts.disable(nobody, at: start) }
        await #expect(throws: AccountRefusal.unknownAccount) { _ = try await accounts.begin(nobody, at: start) }
        await #expect(throws: AccountRefusal.unknownAccount) {
            _ = try await accounts.issueToken(for: nobody, name: "x", expires: start.adding(days: 1), at: start)
        }
    }

    @Test("signing in gives a session that only its secret opens")
    func signInOpens() async throws {
        try await openNoor()
        let signedIn = try await signIn("NOOR@school.example ")
        #expect(signedIn.session.person == noor)
        #expect(try await accounts.session(signedIn.secret.text, at: start) == signedIn.session)
        for wrong in ["", "x", signedIn.secret.text + "A", String(signedIn.secret.text.dropLast()), signedIn.session.csrf.text] {
            #expect(try await accounts.session(wrong, at: start) == nil)
        }
        #expect(signedIn.session.csrf.matches(signedIn.session.csrf.text))
        #expect(!signedIn.session.csrf.matches(signedIn.secret.text))
        #expect(try await signIn().session.csrf != signedIn.session.csrf)
    }

    @Test("a password of one's own is never too old")
    func lasts() async throws {
        try await openNoor()
        let later = start.adding(days: 3_650)
        let signedIn = try await accounts.signIn(email: "noor@school.example", password: password, source: "here", at: later)
        #expect(signedIn.session.person == noor)
    }

    @Test("wrong password, no such account, closed account and account without password get one answer")
    func oneAnswer() async throws {
        try await openNoor()
        try await accounts.open(PersonID("p-2"), email: "none@school.example", password: nil, name: nil, at: start)
        try await accounts.open(PersonID("p-3"), email: "closed@school.example", password: password, name: nil, at: start)
        try await accounts.disable(PersonID("p-3"), at: start)
        for (email, password) in [
            ("noor@school.example", "een ander wachtwoord"), ("nobody@school.example", password),
            ("none@school.example", password),
            ("none@school.example", ""), ("closed@school.example", password), ("", ""),
        ] {
            await #expect(throws: AccountRefusal.wrongCredentials) { _ = try await signIn(email, password) }
        }
        try await accounts.enable(PersonID("p-3"))
        _ = try await signIn("closed@school.example")
    }

    @Test("an unknown address costs as much time as a wrong password")
    func timing() async throws {
        let cost = PasswordCost(log2Rounds: 13, blockSize: 8, lanes: 1)
        let slow = Accounts(
            store: vault.accounts, hasher: PasswordHasher(cost: cost), perAccount: Throttle(free: 1000),
            perSource: Throttle(free: 1000))
        try await slow.open(noor, email: "noor@school.example", password: password, name: nil, at: start)
        func time(_ email: String) async throws -> Duration {
            let begun = ContinuousClock.now
            await #expect(throws: AccountRefusal.wrongCredentials) {
                _ = try await slow.signIn(email: email, password: "iets heel anders", source: "s", at: start)
            }
            return ContinuousClock.now - begun
        }
        // The shortest of several, in turn: whatever else the machine does makes them longer. On a busy one it takes more of them
        // until each was undisturbed once; where one is longer by itself, no number of them is enough.
        var (known, unknown) = (Duration.seconds(3600), Duration.seconds(3600))
        for _ in 0..<40 {
            known = min(known, try await time("noor@school.example"))
            unknown = min(unknown, try await time("nobody@school.example"))
            if unknown > known * 0.5, known > unknown * 0.5 { break }
        }
        #expect(unknown > known * 0.5 && known > unknown * 0.5, "\(unknown), \(known)")
    }

    @Test("after five failures an account waits, for everybody and from everywhere, and success ends it")
    func throttled() async throws {
        try await openNoor()
        for index in 0..<5 {
            await #expect(throws: AccountRefusal.wrongCredentials) {
                _ = try await signIn(nil ?? "noor@school.example", "raden maar", source: "192.0.2.\(index)")
            }
        }
        let later = start.adding(milliseconds: 1000)
        await #expect(throws: AccountRefusal.wait(until: later)) { _ = try await signIn(source: "192.0.2.99") }
        _ = try await signIn(at: later)
        for _ in 0..<5 {
            await #expect(throws: AccountRefusal.wrongCredentials) { _ = try await signIn(at: later, wrong: true) }
        }
        await #expect(throws: AccountRefusal.self) { _ = try await signIn(at: later, wrong: false) }
    }

    private func signIn(at: Instant, wrong: Bool) async throws -> Accounts.SignedIn {
        try await signIn("noor@school.example", wrong ? "raden maar" : password, source: "198.51.100.7", at: at)
    }

    @Test("whoever tries wrong passwords on purpose does not keep the owner out from where they were before")
    func lockedOut() async throws {
        try await openNoor()
        _ = try await signIn(source: "198.51.100.7")
        for index in 0..<12 { _ = try? await signIn("noor@school.example", "raden maar", source: "192.0.2.\(index)") }
        await #expect(throws: AccountRefusal.self) { _ = try await signIn(source: "192.0.2.50") }
        _ = try await signIn(source: "198.51.100.7")
        // That the owner came in helps nobody who guesses.
        await #expect(throws: AccountRefusal.self) { _ = try await signIn(source: "192.0.2.51") }
    }

    @Test("where the owner was before guessing is slowed as well, and slows nobody elsewhere")
    func knownPlace() async throws {
        try await openNoor()
        _ = try await signIn(source: "198.51.100.7")
        for _ in 0..<5 {
            await #expect(throws: AccountRefusal.wrongCredentials) {
                _ = try await signIn("noor@school.example", "raden maar", source: "198.51.100.7")
            }
        }
        await #expect(throws: AccountRefusal.wait(until: start.adding(milliseconds: 1000))) {
            _ = try await signIn(source: "198.51.100.7")
        }
        _ = try await signIn(source: "192.0.2.1")
    }

    @Test("an address that looks like what codes are counted by keeps nobody from giving a code")
    func addressLikeKey() async throws {
        try await openNoor()
        for _ in 0..<6 { _ = try? await signIn("code|\(noor)", "raden maar", source: "192.0.2.9") }
        let signedIn = try await accounts.begin(noor, at: start, isProved: false)
        await #expect(throws: AccountRefusal.wrongCode) {
            _ = try await accounts.prove(code: "000000", in: signedIn.session, source: "198.51.100.7", at: start)
        }
    }

    @Test("an address that does not exist waits as well, or waiting would tell that it exists")
    func throttledUnknown() async throws {
        for _ in 0..<5 { await #expect(throws: AccountRefusal.wrongCredentials) { _ = try await signIn("no@school.example") } }
        await #expect(throws: AccountRefusal.wait(until: start.adding(milliseconds: 1000))) {
            _ = try await signIn("NO@school.example")
        }
    }

    @Test("one source that tries many accounts waits; who signs in from there rightly is not counted")
    func throttledSource() async throws {
        try await openNoor()
        for _ in 0..<30 { _ = try await signIn() }
        for index in 0..<20 {
            await #expect(throws: AccountRefusal.wrongCredentials) { _ = try await signIn("a\(index)@school.example") }
        }
        await #expect(throws: AccountRefusal.wait(until: start.adding(milliseconds: 1000))) { _ = try await signIn() }
        _ = try await signIn(source: "192.0.2.2")
    }

    @Test("asking for the password again is counted like signing in")
    func confirm() async throws {
        try await openNoor()
        try await accounts.confirm(noor, password: password, source: "s", at: start)
        for _ in 0..<5 {
            await #expect(throws: AccountRefusal.wrongCredentials) {
                try await accounts.confirm(noor, password: "raden maar", source: "s", at: start)
            }
        }
        await #expect(throws: AccountRefusal.wait(until: start.adding(milliseconds: 1000))) { _ = try await signIn(source: "s") }
        await #expect(throws: AccountRefusal.wrongCredentials) {
            try await accounts.confirm(PersonID("p-nobody"), password: password, source: "s", at: start)
        }
    }

    @Test("a session ends after its idle time, and after its absolute time whatever is done")
    func times() async throws {
        let short = Accounts(
            store: vault.accounts, hasher: PasswordHasher(cost: .demonstration),
            times: SessionTimes(idle: 600, absolute: 1500))
        try await short.open(noor, email: "noor@school.example", password: nil, name: nil, at: start)
        let secret = try await short.begin(noor, at: start).secret.text
        func isOpen(_ seconds: Int64) async throws -> Bool {
            try await short.session(secret, at: start.adding(milliseconds: seconds * 1000)) != nil
        }
        #expect(try await isOpen(599))
        #expect(try await isOpen(599 + 599))
        #expect(try await isOpen(1499))
        #expect(try await !isOpen(1500))
        let idle = try await short.begin(noor, at: start).secret.text
        #expect(try await short.session(idle, at: start.adding(milliseconds: 600_000)) == nil)
        #expect(try await short.sessions(of: noor, at: start.adding(milliseconds: 600_000)).count == 1)
        #expect(try await short.sweepSessions(at: start.adding(milliseconds: 600_000)) == 1)
        #expect(try await short.sweepSessions(at: start.adding(milliseconds: 1_500_000)) == 1)
    }

    @Test("the last use is written once a minute, not with every request")
    func touch() async throws {
        try await openNoor()
        let secret = try await signIn().secret.text
        for second in [10, 59, 61, 70, 130] {
            _ = try await accounts.session(secret, at: start.adding(milliseconds: Int64(second) * 1000))
        }
        #expect(
            try await accounts.session(secret, at: start.adding(milliseconds: 130_000))?.seen
                == start.adding(milliseconds: 121_000 + 9000))
    }

    @Test("signing out ends one session, everywhere all of them, or all but the one that asks")
    func signOut() async throws {
        try await openNoor()
        let first = try await signIn()
        let second = try await signIn()
        let third = try await signIn()
        try await accounts.signOut(first.session)
        #expect(try await accounts.session(first.secret.text, at: start) == nil)
        try await accounts.signOutEverywhere(noor, except: second.session)
        #expect(try await accounts.session(second.secret.text, at: start) != nil)
        #expect(try await accounts.session(third.secret.text, at: start) == nil)
        try await accounts.signOutEverywhere(noor)
        #expect(try await accounts.sessions(of: noor, at: start).isEmpty)
    }

    @Test("a new password ends every session, closing the account ends sessions and keys at once")
    func ends() async throws {
        try await openNoor()
        let before = try await signIn()
        try await accounts.setPassword("een heel ander verhaal", of: noor, name: nil)
        #expect(try await accounts.session(before.secret.text, at: start) == nil)
        await #expect(throws: AccountRefusal.wrongCredentials) { _ = try await signIn() }
        let after = try await signIn("noor@school.example", "een heel ander verhaal")
        let token = try await accounts.issueToken(for: noor, name: "rapport", expires: start.adding(days: 1), at: start)
        try await accounts.disable(noor, at: start)
        #expect(try await accounts.session(after.secret.text, at: start) == nil)
        #expect(try await accounts.token(token.secret.text, at: start) == nil)
        await #expect(throws: AccountRefusal.unknownAccount) { _ = try await accounts.begin(noor, at: start) }
        try await accounts.enable(noor)
        #expect(try await accounts.session(after.secret.text, at: start) == nil, "an ended session does not come back")
        #expect(try await accounts.token(token.secret.text, at: start) == nil, "a revoked key does not come back")
    }

    @Test("a handed-out password makes no key and is no choice; one's own ends that, and the old one is never the new one")
    func handedOut() async throws {
        try await accounts.open(noor, email: "n@school.example", password: password, name: nil, handedOut: true, at: start)
        #expect(try await accounts.account(of: noor)?.handedOut == true)
        let first = try await signIn("n@school.example")
        #expect(first.session.choosesPassword)
        #expect(try await accounts.session(first.secret.text, at: start)?.choosesPassword == true)
        await #expect(throws: AccountRefusal.ownPasswordFirst) {
            _ = try await accounts.issueToken(for: noor, name: "x", expires: start.adding(days: 1), at: start)
        }
        await #expect(throws: AccountRefusal.password([.unchanged])) {
            try await accounts.setPassword(password, of: noor, name: nil)
        }
        try await accounts.setPassword("een heel ander verhaal", of: noor, name: nil)
        #expect(try await accounts.account(of: noor)?.handedOut == false)
        #expect(try await !signIn("n@school.example", "een heel ander verhaal").session.choosesPassword)
        let key = try await accounts.issueToken(for: noor, name: "x", expires: start.adding(days: 1), at: start)
        // Handed out anew, what was made before opens nothing.
        try await accounts.setPassword(password, of: noor, name: nil, handedOut: start)
        #expect(try await accounts.token(key.secret.text, at: start) == nil)
        #expect(try await signIn("n@school.example").session.choosesPassword)
    }

    @Test("a handed-out password that nobody used ends after its days, which only who knows it hears; a new one begins anew")
    func firstPasswordEnds() async throws {
        let end = start.adding(days: Account.firstPasswordDays)
        func signIn(_ password: String, at moment: Instant) async throws -> Accounts.SignedIn {
            try await accounts.signIn(email: "n@school.example", password: password, source: "s", at: moment)
        }
        try await accounts.open(noor, email: "n@school.example", password: password, name: nil, handedOut: true, at: start)
        #expect(try await accounts.account(of: noor)?.firstPasswordEnds == end)
        let last = try await signIn(password, at: end.adding(milliseconds: -1))
        #expect(last.session.choosesPassword)
        await #expect(throws: AccountRefusal.firstPasswordEnded) { _ = try await signIn(password, at: end) }
        await #expect(throws: AccountRefusal.wrongCredentials) { _ = try await signIn("een ander woord hier", at: end) }
        // Who came in just before chooses a password of their own, and that one does not end.
        try await accounts.setPassword("een heel ander verhaal", of: noor, name: nil)
        #expect(try await accounts.account(of: noor)?.firstPasswordEnds == nil)
        let late = end.adding(days: 1_000)
        #expect(try await !signIn("een heel ander verhaal", at: late).session.choosesPassword)
        try await accounts.setPassword(password, of: noor, name: nil, handedOut: late)
        #expect(try await signIn(password, at: late.adding(days: 1)).session.choosesPassword)
        await #expect(throws: AccountRefusal.firstPasswordEnded) {
            _ = try await signIn(password, at: late.adding(days: Account.firstPasswordDays))
        }
    }

    @Test("one that was handed out before that was written down ends by the day of the account")
    func firstPasswordOfBefore() async throws {
        try await accounts.open(noor, email: "n@school.example", password: password, name: nil, handedOut: true, at: start)
        try await vault.execute("UPDATE accounts SET handed_since = NULL")
        #expect(
            try await accounts.account(of: noor)?.firstPasswordEnds == start.adding(days: Account.firstPasswordDays))
    }

    @Test("a session that outlived the closing of its account opens nothing")
    func outlived() async throws {
        try await openNoor()
        let signedIn = try await signIn()
        try await vault.execute("UPDATE accounts SET disabled = 1")
        #expect(try await accounts.session(signedIn.secret.text, at: start) == nil)
        try await vault.execute("UPDATE accounts SET disabled = NULL")
        #expect(try await accounts.session(signedIn.secret.text, at: start) != nil)
    }

    @Test("a hash of another cost is renewed at the next sign-in, and the sessions stay")
    func rehash() async throws {
        try await openNoor()
        let before = try await signIn()
        let cost = PasswordCost(log2Rounds: 6, blockSize: 2, lanes: 1)
        let dearer = Accounts(store: vault.accounts, hasher: PasswordHasher(cost: cost))
        _ = try await dearer.signIn(email: "noor@school.example", password: password, source: "s", at: start)
        #expect(try await vault.accounts.password(of: noor)?.cost == cost)
        #expect(try await accounts.session(before.secret.text, at: start) != nil)
        _ = try await dearer.signIn(email: "noor@school.example", password: password, source: "s", at: start)
    }

    @Test("a key for programs opens until it expires or is revoked, and is recognised by its beginning")
    func tokens() async throws {
        try await openNoor()
        let issued = try await accounts.issueToken(for: noor, name: "koppeling", expires: start.adding(days: 30), at: start)
        #expect(issued.secret.text.hasPrefix("sen_"))
        #expect(issued.secret.text.count == 47)
        let opened = try #require(try await accounts.token(issued.secret.text, at: start))
        #expect(opened == issued.token)
        #expect(try await accounts.tokens(of: noor).first?.used == start)
        #expect(try await accounts.token(String(issued.secret.text.dropFirst(4)), at: start) == nil)
        #expect(try await accounts.token(issued.secret.text + "x", at: start) == nil)
        #expect(try await accounts.token(issued.secret.text, at: start.adding(days: 30)) == nil)
        #expect(try await accounts.session(issued.secret.text, at: start) == nil)
        #expect(try await !accounts.revokeToken(issued.token.id, of: PersonID("p-2"), at: start))
        #expect(try await accounts.revokeToken(issued.token.id, of: noor, at: start))
        #expect(try await !accounts.revokeToken(issued.token.id, of: noor, at: start))
        #expect(try await accounts.token(issued.secret.text, at: start) == nil)
        #expect(try await accounts.tokens(of: noor).map(\.revoked) == [start])
    }

    @Test("neither password nor secret is anywhere in the database, and neither prints itself")
    func secrets() async throws {
        try await openNoor()
        let signedIn = try await signIn()
        let issued = try await accounts.issueToken(for: noor, name: "k", expires: start.adding(days: 1), at: start)
        let secrets = [password, signedIn.secret.text, issued.secret.text, String(issued.secret.text.dropFirst(4))]
        let stored = try await vault.contents(of: ["accounts", "sessions", "api_tokens"])
        #expect(stored.contains("noor@school.example"))
        for secret in secrets { #expect(!stored.contains(secret)) }
        var printed = ""
        dump(signedIn, to: &printed)
        dump(issued, to: &printed)
        print(signedIn, issued, to: &printed)
        for secret in secrets { #expect(!printed.contains(secret)) }
        #expect(!printed.contains(signedIn.session.csrf.text))
    }

    @Test("a hundred guesses at once at one account: five are looked at")
    func parallelGuesses() async throws {
        try await openNoor()
        let accounts = accounts
        let start = start
        let looked = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                group.addTask {
                    do {
                        _ = try await accounts.signIn(
                            email: "noor@school.example", password: "poging nummer \(index)", source: "192.0.2.\(index)",
                            at: start)
                        return true
                    } catch AccountRefusal.wait {
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(looked == 5)
    }
}
