import Domain
import Foundation
import Journal
import JournalSQLite
import Synchronization
import TestKit
import Testing
import UseCases

@Suite("People and what they hold")
struct PeopleTests {
    private let id = DossierID("d-1")

    @Test("somebody registered twice by one address, however it is spelled, is one person with one account")
    func twice() async throws {
        let stage = try await Stage.inMemory()
        let first = try await stage.installation.register(name: "Kim Bos", email: "kim@testland.example", as: .program)
        let password = try #require(first.password)
        for email in [" Kim@Testland.example ", "KIM@TESTLAND.EXAMPLE", "kim@testland.example"] {
            let again = try await stage.installation.register(name: "Kim Bos-Dam", email: email, as: .program)
            #expect(again.person == first.person)
            #expect(again.password == nil)
        }
        #expect(try await stage.journal.people(email: "kim@testland.example").count == 1)
        let signedIn = try await stage.installation.vault.accounts.signIn(
            email: "Kim@testland.example", password: password, source: "test", at: stage.clock.now())
        #expect(signedIn.session.person == first.person)
        try await stage.expectSound()
    }

    @Test("registered many times at the same moment it is still one person, and one first password is given out")
    func atOnce() async throws {
        try await Stage.onFile { stage in
            let installation = stage.installation
            let all = try await withThrowingTaskGroup(returning: [(person: PersonID, password: String?)].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await installation.register(name: "Kim Bos", email: "kim@testland.example", as: .program)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(all.map(\.person)).count == 1)
            #expect(all.count { $0.password != nil } == 1)
            #expect(try await stage.journal.people(email: "kim@testland.example").map(\.id) == [all[0].person])
        }
    }

    @Test("a registration that broke off half way is finished by the next one")
    func halfWay() async throws {
        for isWritten in [false, true] {
            let stage = try await Stage.inMemory()
            let once = Times(1)
            let fail: @Sendable () async throws -> Void = { if once.next() { throw diskFull } }
            let accounts = WatchedAccounts(
                SQLiteVault(stage.store, directory: nil).accounts, before: { if !isWritten { try await fail() } },
                after: { if isWritten { try await fail() } })
            let installation = stage.another(accounts: accounts)
            await #expect(throws: diskFull) {
                try await installation.register(name: "Kim Bos", email: "kim@testland.example", as: .program)
            }
            let (person, _) = try await installation.register(name: "Kim Bos", email: "kim@testland.example", as: .program)
            #expect(try await stage.journal.people(email: "kim@testland.example").map(\.id) == [person])
            let password = try await installation.renewPassword(of: person, as: .program)
            let signedIn = try await installation.vault.accounts.signIn(
                email: "kim@testland.example", password: password, source: "test", at: stage.clock.now())
            #expect(signedIn.session.person == person)
        }
    }

    @Test("somebody who was registered without an account gets one when asked for")
    func withoutAccount() async throws {
        let stage = try await Stage.inMemory()
        let (person, password) = try await stage.installation.register(
            name: "Wie dan ook", email: "\(Testland.ib.person)@testland.example", as: .program)
        #expect(person == Testland.ib.person)
        #expect(password != nil)
    }

    @Test(
        "a name or an address that is none leaves neither a person nor an account",
        arguments: [(" ", "kim@testland.example", "name"), ("Kim", "kim", "email"), ("Kim", "", "email")])
    func refused(_ name: String, _ email: String, _ field: String) async throws {
        let stage = try await Stage.inMemory()
        let head = try await stage.journal.head()
        let refused = await #expect(throws: Refused.self) {
            try await stage.installation.register(name: name, email: email, as: .program)
        }
        #expect(refused?.reasons.map(\.field) == [field])
        #expect(try await stage.journal.head() == head)
        #expect(try await stage.installation.vault.accounts.account(email: email) == nil)
    }

    @Test("a first password is four groups of five, may be chosen by its owner, and is never the same")
    func firstPassword() async throws {
        let passwords = (0..<50).map { _ in FirstPassword.make(SystemChance()) }
        #expect(Set(passwords).count == 50)
        for password in passwords {
            #expect(password.split(separator: "-").map(\.count) == [5, 5, 5, 5])
            #expect(PasswordRule.faults(password, email: "kim@testland.example", name: nil).isEmpty)
        }
        // Keys may be shorter than the machine's.
        #expect(FirstPassword.make(Fixed(["abc", "defghjkmnpqrstvwxyz", "0123"])).count == 23)
    }

    @Test("a first password that happens to hold the person's name is drawn again")
    func unluckyPassword() async throws {
        let stage = try await Stage.inMemory()
        let chance = Fixed(["k1", "bomen123456789bomen00", "qrs7tvw8xyz9abcd0efgh"])
        let (_, password) = try await stage.another(chance: chance).register(
            name: "Bomen", email: "kim@testland.example", as: .program)
        #expect(password?.contains("bomen") == false)
    }

    @Test("a new password ends every session; nobody without an account gets one")
    func renew() async throws {
        let stage = try await Stage.inMemory()
        let (person, _) = try await stage.installation.register(name: "Kim Bos", email: "kim@testland.example", as: .program)
        let accounts = stage.installation.vault.accounts
        let session = try await accounts.begin(person, at: stage.clock.now())
        _ = try await stage.installation.renewPassword(of: person, as: .program)
        #expect(try await accounts.session(session.secret.text, at: stage.clock.now()) == nil)
        await #expect(throws: NotFound()) {
            try await stage.installation.renewPassword(of: Testland.stranger.person, as: .program)
        }
    }

    @Test("a function that ends closes access at once, whatever session and memory there are")
    func end() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .written)
        let installation = stage.installation
        let (person, _) = try await installation.register(name: "Kim Bos", email: "kim@testland.example", as: .program)
        _ = try await installation.perform(
            .grant(
                FunctionGrant(
                    id: "g", held: HeldFunction(function: "ib", organisation: Testland.school, from: .of("2021-09-01")))),
            on: person, as: .program)
        let session = try await installation.vault.accounts.begin(person, at: stage.clock.now())
        let before = try await installation.actor(person)
        _ = try await installation.see(id, [.child], as: before)
        #expect(try await !installation.dossiers(for: before, search: nil, after: nil, limit: 10).rows.isEmpty)

        _ = try await installation.perform(.end(id: "g", until: .of("2021-09-01")), on: person, as: .program)
        // Until the end of the last day it is still held; the next morning it is not.
        #expect(try await installation.actor(person).functions.isEmpty)

        #expect(try await installation.vault.accounts.session(session.secret.text, at: stage.clock.now())?.person == person)
        let after = try await installation.actor(person)
        await #expect(throws: NotFound()) { try await installation.see(id, [.child], as: after) }
        await #expect(throws: NotFound()) { try await installation.perform(.lockVersion, on: id, as: after) }
        #expect(try await installation.dossiers(for: after, search: nil, after: nil, limit: 10).rows.isEmpty)
        #expect(try await installation.worklist(for: after).news.isEmpty)
        // Also with the actor that was looked up before: what is held is judged by its last day.
        _ = try await installation.perform(
            .end(id: "g", until: .of("2021-09-02")), on: person, as: .program)
        stage.clock.move("2021-09-03")
        await #expect(throws: NotFound()) { try await installation.glance(id, as: try await installation.actor(person)) }
        try await stage.expectSound()
    }

    @Test("a guardian who is taken out of the dossier is out at once")
    func guardian() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .talking)
        _ = try await stage.installation.see(id, [.child], as: Testland.mother)
        _ = try await stage.installation.perform(.endGuardian(Testland.motherInDossier.id), on: id, as: Testland.ib)
        await #expect(throws: NotFound()) { try await stage.installation.see(id, [.child], as: Testland.mother) }
        #expect(try await stage.installation.dossiers(for: Testland.mother, search: nil, after: nil, limit: 10).rows.isEmpty)
    }

    @Test("two grants to one person at the same moment both land")
    func grantsAtOnce() async throws {
        try await Stage.onFile { stage in
            let installation = stage.installation
            try await withThrowingTaskGroup { group in
                for number in 1...3 {
                    let held = HeldFunction(
                        function: ["ib", "teacher", "school-director"][number - 1], organisation: Testland.otherSchool,
                        from: .of("2021-09-01"))
                    group.addTask {
                        _ = try await installation.perform(
                            .grant(FunctionGrant(id: "g-\(number)", held: held)), on: Testland.stranger.person, as: .program)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await installation.actor(Testland.stranger.person).functions.count == 3)
            try await stage.expectSound()
        }
    }

    @Test("two changes of one school at the same moment both land, one after the other")
    func organisationsAtOnce() async throws {
        try await Stage.onFile { stage in
            let installation = stage.installation
            try await withThrowingTaskGroup { group in
                for name in ["De Eik", "De Es", "De Els"] {
                    group.addTask {
                        try await installation.register(Organisation(id: Testland.school, kind: "bo", name: name), as: .program)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await stage.journal.read(Projection.stream(Testland.school)).count == 4)
            try await stage.expectSound()
        }
    }

    @Test("the same grant, the same end and the same school again change nothing")
    func again() async throws {
        let stage = try await Stage.inMemory()
        let installation = stage.installation
        let grant = PersonCommand.grant(
            FunctionGrant(id: "g", held: HeldFunction(function: "ib", organisation: Testland.school, from: .of("2021-09-01"))))
        let end = PersonCommand.end(id: "g", until: .of("2021-09-30"))
        for command in [grant, end] {
            let once = try await installation.perform(command, on: Testland.stranger.person, as: .program)
            #expect(try await installation.perform(command, on: Testland.stranger.person, as: .program) == once)
        }
        let head = try await stage.journal.head()
        try await installation.register(
            Organisation(id: Testland.school, kind: "bo", name: "De Lindeboom", code: "99AA00"), as: .program)
        #expect(try await stage.journal.head() == head)
    }

    @Test("a guardian gets an account by the address in the dossier, once; somebody of the school gives it, not the parent")
    func giveAccount() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let installation = stage.installation
        var father = Testland.fatherInDossier
        await #expect(throws: Refused(.required, field: "guardian-email")) {
            try await installation.giveAccount(to: father.id, in: id, as: Testland.ib)
        }
        father.email = "piet@testland.example"
        _ = try await installation.perform(.recordGuardian(father), on: id, as: Testland.ib)
        await #expect(throws: Refused(.notAllowed)) {
            try await installation.giveAccount(to: father.id, in: id, as: Testland.mother)
        }
        await #expect(throws: NotFound()) {
            try await installation.giveAccount(to: father.id, in: id, as: Testland.otherIB)
        }
        let given = try await installation.giveAccount(to: father.id, in: id, as: Testland.ib)
        #expect(given.password != nil)
        let person = try #require(try await stage.replayed(id).guardian(father.id)?.person)
        #expect(try await installation.glance(id, as: installation.actor(person)).sight.isFamily)
        #expect(try await installation.giveAccount(to: father.id, in: id, as: Testland.ib).password == nil)
    }

    @Test("what others change about a guardian while the account is made is kept; with another address it is not given")
    func giveAccountMeanwhile() async throws {
        for email in ["piet@testland.example", "ander@testland.example"] {
            let stage = try await Stage.inMemory()
            try await stage.tell(id, to: .opened)
            var father = Testland.fatherInDossier
            father.email = "piet@testland.example"
            _ = try await stage.installation.perform(.recordGuardian(father), on: id, as: Testland.ib)
            father.authority = false
            father.email = email
            let accounts = WatchedAccounts(
                SQLiteVault(stage.store, directory: nil).accounts,
                before: { [id, installation = stage.installation, father] in
                    _ = try await installation.perform(.recordGuardian(father), on: id, as: Testland.ib)
                })
            let other = stage.another(accounts: accounts)
            if email == "piet@testland.example" {
                _ = try await other.giveAccount(to: father.id, in: id, as: Testland.ib)
            } else {
                await #expect(throws: Refused(.fieldChangedMeanwhile, field: "guardian-email")) {
                    try await other.giveAccount(to: father.id, in: id, as: Testland.ib)
                }
            }
            let recorded = try #require(try await stage.replayed(id).guardian(father.id))
            #expect(!recorded.authority)
            #expect((recorded.person == nil) == (email != "piet@testland.example"))
        }
    }
}

/// Keys in a given order, then counted ones.
private final class Fixed: Chance {
    private let state: Mutex<(keys: [String], count: Int)>

    init(_ keys: [String]) { state = Mutex((keys, 0)) }

    func key() -> String {
        state.withLock { state in
            state.count += 1
            return state.keys.isEmpty ? "key\(state.count)abcdefghjkmnpqrstvw" : state.keys.removeFirst()
        }
    }
}

/// Accounts with something that happens before and after each new one.
private struct WatchedAccounts: AccountStore {
    typealias Hook = @Sendable () async throws -> Void

    private let store: any AccountStore
    private let before: Hook
    private let after: Hook

    init(_ store: any AccountStore, before: @escaping Hook = {}, after: @escaping Hook = {}) {
        self.store = store
        self.before = before
        self.after = after
    }

    func insert(_ account: Account, password: PasswordHash?) async throws {
        try await before()
        try await store.insert(account, password: password)
        try await after()
    }

    func account(of person: PersonID) async throws -> Account? { try await store.account(of: person) }
    func account(email: String) async throws -> Account? { try await store.account(email: email) }
    func password(of person: PersonID) async throws -> PasswordHash? { try await store.password(of: person) }
    func setPassword(_ hash: PasswordHash, of person: PersonID, origin: PasswordOrigin, endSessions: Bool) async throws {
        try await store.setPassword(hash, of: person, origin: origin, endSessions: endSessions)
    }
    func setEmail(_ email: String, of person: PersonID) async throws { try await store.setEmail(email, of: person) }
    func setDisabled(_ moment: Instant?, of person: PersonID) async throws { try await store.setDisabled(moment, of: person) }
    func insert(_ session: Session) async throws { try await store.insert(session) }
    func session(_ digest: Data) async throws -> Session? { try await store.session(digest) }
    func touchSession(_ digest: Data, at: Instant) async throws { try await store.touchSession(digest, at: at) }
    func endSession(_ digest: Data) async throws { try await store.endSession(digest) }
    func endSessions(of person: PersonID, except digest: Data?) async throws {
        try await store.endSessions(of: person, except: digest)
    }
    func sessions(of person: PersonID) async throws -> [Session] { try await store.sessions(of: person) }
    func proveSession(_ digest: Data, at: Instant) async throws { try await store.proveSession(digest, at: at) }
    func replacePasswordLink(_ link: PasswordLink) async throws { try await store.replacePasswordLink(link) }
    func passwordLink(_ digest: Data) async throws -> PasswordLink? { try await store.passwordLink(digest) }
    func spendPasswordLink(_ digest: Data, settingPassword hash: PasswordHash) async throws -> Bool {
        try await store.spendPasswordLink(digest, settingPassword: hash)
    }
    func deletePasswordLinks(expiredBefore moment: Instant) async throws {
        try await store.deletePasswordLinks(expiredBefore: moment)
    }
    func recogniseSession(_ digest: Data, at: Instant) async throws { try await store.recogniseSession(digest, at: at) }
    func secondFactor(of person: PersonID) async throws -> SecondFactor? { try await store.secondFactor(of: person) }
    func secondFactorToSetUp(_ secret: OneTimeSecret, of person: PersonID, in session: Data) async throws -> SecondFactor {
        try await store.secondFactorToSetUp(secret, of: person, in: session)
    }
    func confirmSecondFactor(
        of person: PersonID, in session: Data, spent: Int64, recovery: [Data], at: Instant
    ) async throws -> Bool {
        try await store.confirmSecondFactor(of: person, in: session, spent: spent, recovery: recovery, at: at)
    }
    func spendStep(_ step: Int64, of person: PersonID) async throws -> Bool { try await store.spendStep(step, of: person) }
    func spendRecoveryCode(_ digest: Data, of person: PersonID) async throws -> Bool {
        try await store.spendRecoveryCode(digest, of: person)
    }
    func replaceRecoveryCodes(_ digests: [Data], of person: PersonID) async throws {
        try await store.replaceRecoveryCodes(digests, of: person)
    }
    func deleteSecondFactor(of person: PersonID) async throws { try await store.deleteSecondFactor(of: person) }
    func insert(_ identity: LinkedIdentity, subject: Data, spending link: Data?) async throws -> Bool {
        try await store.insert(identity, subject: subject, spending: link)
    }
    func identity(_ subject: Data, at provider: String) async throws -> LinkedIdentity? {
        try await store.identity(subject, at: provider)
    }
    func identities(of person: PersonID) async throws -> [LinkedIdentity] { try await store.identities(of: person) }
    func touchIdentity(of person: PersonID, at provider: String, organisation: String, at: Instant) async throws {
        try await store.touchIdentity(of: person, at: provider, organisation: organisation, at: at)
    }
    func deleteIdentity(of person: PersonID, at provider: String, except session: Data?) async throws -> Bool {
        try await store.deleteIdentity(of: person, at: provider, except: session)
    }
    func deleteIdentities(of person: PersonID) async throws { try await store.deleteIdentities(of: person) }
    func deleteSessions(seenBefore: Instant, createdBefore: Instant) async throws -> Int {
        try await store.deleteSessions(seenBefore: seenBefore, createdBefore: createdBefore)
    }
    func insert(_ token: APIToken, digest: Data) async throws { try await store.insert(token, digest: digest) }
    func token(_ digest: Data) async throws -> APIToken? { try await store.token(digest) }
    func touchToken(_ id: String, at: Instant) async throws { try await store.touchToken(id, at: at) }
    func revokeToken(_ id: String, of person: PersonID, at: Instant) async throws -> Bool {
        try await store.revokeToken(id, of: person, at: at)
    }
    func tokens(of person: PersonID) async throws -> [APIToken] { try await store.tokens(of: person) }
}
