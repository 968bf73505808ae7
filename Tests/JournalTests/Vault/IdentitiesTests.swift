import Domain
import Foundation
import Testing

@testable import Journal

@Suite("Who people are where they sign in elsewhere", .onEachStore)
struct IdentitiesTests {
    private let start = Instant(milliseconds: 1_800_000_000_000)
    private let noor = PersonID("p-noor")
    private let teun = PersonID("p-teun")
    private let vault: VaultUnderTest
    private let accounts: Accounts
    private let subject = LinkedIdentity.digest(issuer: "https://id.example", subject: "noor-248289761001")
    private let other = LinkedIdentity.digest(issuer: "https://id.example", subject: "teun-248289761002")

    private static let password = "de kraan staat open"

    init() throws {
        vault = try #require(VaultUnderTest.current)
        accounts = Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration))
    }

    private func later(_ seconds: Int64) -> Instant { start.adding(milliseconds: seconds * 1000) }

    private func open(_ person: PersonID, password: String? = nil, handedOut: Bool = false) async throws {
        try await accounts.open(
            person, email: "\(person)@school.example", password: password, name: nil, handedOut: handedOut, at: start)
    }

    private func identity(_ person: PersonID, _ provider: String = "entree") -> LinkedIdentity {
        LinkedIdentity(provider: provider, person: person, organisation: "99AA00", since: start)
    }

    @Test("an identity leads to the account it was linked to, at its own provider and issuer only")
    func found() async throws {
        try await open(noor)
        #expect(try await accounts.identity(subject, at: "entree") == nil)
        try await accounts.link(subject, to: identity(noor))
        #expect(try await accounts.identity(subject, at: "entree") == identity(noor))
        #expect(try await accounts.identities(of: noor) == [identity(noor)])
        #expect(try await accounts.identity(subject, at: "entra") == nil)
        #expect(try await accounts.identity(other, at: "entree") == nil)
        let elsewhere = LinkedIdentity.digest(issuer: "https://evil.example", subject: "noor-248289761001")
        #expect(try await accounts.identity(elsewhere, at: "entree") == nil)
        // Where the one ends and the other begins is no matter of luck.
        #expect(
            LinkedIdentity.digest(issuer: "https://a", subject: "b|c")
                != LinkedIdentity.digest(issuer: "https://a|b", subject: "c"))
    }

    @Test("an identity is the way in of one account, and an account has one of each provider")
    func once() async throws {
        try await open(noor)
        try await open(teun)
        try await accounts.link(subject, to: identity(noor))
        await #expect(throws: AccountRefusal.identityTaken) { try await accounts.link(subject, to: identity(teun)) }
        await #expect(throws: AccountRefusal.identityTaken) { try await accounts.link(other, to: identity(noor)) }
        try await accounts.link(other, to: identity(teun))
        try await accounts.link(subject, to: identity(noor, "entra"))
        #expect(try await accounts.identities(of: noor).map(\.provider) == ["entra", "entree"])
        await #expect(throws: AccountRefusal.unknownAccount) {
            try await accounts.link(LinkedIdentity.digest(issuer: "i", subject: "s"), to: identity(PersonID("p-nobody")))
        }
    }

    @Test("a password that two people know goes with the first identity; one's own stays")
    func handedOut() async throws {
        try await open(noor, password: Self.password, handedOut: true)
        try await open(teun, password: Self.password)
        try await accounts.link(subject, to: identity(noor))
        try await accounts.link(other, to: identity(teun))
        #expect(try await accounts.account(of: noor)?.hasPassword == false)
        #expect(try await accounts.account(of: noor)?.handedOut == false)
        #expect(try await accounts.account(of: teun)?.hasPassword == true)
        let signedIn = try await accounts.begin(
            by: identity(noor), organisation: "99AA00", isProved: false, recognised: start, at: start)
        #expect(!signedIn.session.choosesPassword)
    }

    @Test("an invitation is taken up with an identity once, and with one that is another's it still works")
    func invitation() async throws {
        try await open(noor, password: Self.password, handedOut: true)
        try await open(teun)
        try await accounts.link(other, to: identity(teun))
        let link = try await accounts.makePasswordLink(for: noor, .invited, at: start).text
        func take(_ subject: Data, at: Instant) async throws -> PersonID? {
            try await accounts.link(subject, at: "entree", organisation: "99AA00", byLink: link, at: at)?.person
        }
        await #expect(throws: AccountRefusal.identityTaken) { _ = try await take(other, at: later(1)) }
        #expect(try await take(subject, at: later(8 * 24 * 3600)) == nil)
        #expect(try await take(subject, at: later(2)) == noor)
        #expect(try await accounts.account(of: noor)?.hasPassword == false)
        #expect(try await accounts.owner(ofLink: link, at: later(3)) == nil)
        #expect(try await take(LinkedIdentity.digest(issuer: "i", subject: "s"), at: later(3)) == nil)
    }

    @Test("a session knows where its owner signed in and whether that proved them; theirs was recognised when they were there")
    func session() async throws {
        try await open(noor)
        try await accounts.link(subject, to: identity(noor))
        let weak = try await accounts.begin(
            by: identity(noor), organisation: "99AA", isProved: false, recognised: nil, at: later(60))
        #expect(weak.session.provider == "entree")
        #expect(!weak.session.isProvedElsewhere && weak.session.proved == nil)
        #expect(!accounts.isFresh(weak.session, at: later(60)))
        #expect(accounts.isNew(weak.session, at: later(60)) && !accounts.isNew(weak.session, at: later(960)))
        try await accounts.recogniseElsewhere(weak.session, at: later(70))
        let again = try #require(try await accounts.session(weak.secret.text, at: later(71)))
        #expect(accounts.isFresh(again, at: later(71)))

        let strong = try await accounts.begin(
            by: identity(noor), organisation: "99AA", isProved: true, recognised: later(90), at: later(100))
        #expect(strong.session.isProvedElsewhere && strong.session.proved == later(100))
        #expect(strong.session.recognised == later(90))
        let kept = try await accounts.begin(after: strong.session, of: noor, at: later(110))
        #expect(kept.session.isProvedElsewhere && kept.session.provider == "entree")
        // A provider whose clock is ahead does not make it fresher than now.
        let ahead = try await accounts.begin(
            by: identity(noor), organisation: "99AA", isProved: false, recognised: later(999), at: later(100))
        #expect(ahead.session.recognised == later(100))
        #expect(try await accounts.identities(of: noor).map(\.used) == [later(100)])
        #expect(try await accounts.identities(of: noor).map(\.organisation) == ["99AA"])
        #expect(try await accounts.begin(noor, at: start).session.provider == nil)
    }

    @Test("taken away it opens nothing, and the sessions that began by it end; the last way in stays")
    func unlinked() async throws {
        try await open(noor)
        try await accounts.link(subject, to: identity(noor))
        await #expect(throws: AccountRefusal.lastWayIn) { _ = try await accounts.unlink("entree", of: noor) }
        try await accounts.link(subject, to: identity(noor, "entra"))
        #expect(try await !accounts.unlink("google", of: noor))
        let there = try await accounts.begin(
            by: identity(noor), organisation: "99AA", isProved: false, recognised: nil, at: start)
        let here = try await accounts.begin(
            by: identity(noor), organisation: "99AA", isProved: false, recognised: nil, at: start)
        let otherwise = try await accounts.begin(
            by: identity(noor, "entra"), organisation: "99AA", isProved: false, recognised: nil, at: start)
        #expect(try await accounts.unlink("entree", of: noor, except: here.session))
        #expect(try await accounts.identity(subject, at: "entree") == nil)
        #expect(try await accounts.session(there.secret.text, at: start) == nil)
        #expect(try await accounts.session(here.secret.text, at: start) != nil)
        #expect(try await accounts.session(otherwise.secret.text, at: start) != nil)
        await #expect(throws: AccountRefusal.lastWayIn) { _ = try await accounts.unlink("entra", of: noor) }
        try await accounts.setPassword(Self.password, of: noor, name: nil)
        #expect(try await accounts.unlink("entra", of: noor))
    }

    @Test("a closed account has no way in left when it is opened again, and a destroyed one leaves nothing")
    func ended() async throws {
        try await open(noor)
        try await accounts.link(subject, to: identity(noor))
        try await accounts.disable(noor, at: later(1))
        await #expect(throws: AccountRefusal.unknownAccount) { try await accounts.link(other, to: identity(noor)) }
        try await accounts.enable(noor)
        #expect(try await accounts.identity(subject, at: "entree") == nil)
        try await accounts.link(subject, to: identity(noor))
        try await vault.upkeep.forget(dossiers: [], people: [noor], streams: [])
        #expect(try await accounts.identity(subject, at: "entree") == nil)
        #expect(try await accounts.identities(of: noor).isEmpty)
    }

    @Test("neither the subject nor its digest is in the database")
    func marked() async throws {
        try await open(noor)
        try await accounts.link(subject, to: identity(noor))
        let kept = try await vault.bytes("SELECT subject FROM identities")
        #expect(kept.count == 1 && kept != [subject])
    }

    @Test("whoever tries and tries waits, by where it comes from; who gets in is not counted")
    func throttled() async throws {
        for _ in 0..<40 {
            try await accounts.beginElsewhere(source: "192.0.2.1", at: start)
            try await accounts.endElsewhere(source: "192.0.2.1")
        }
        for _ in 0..<20 { try await accounts.beginElsewhere(source: "192.0.2.1", at: start) }
        await #expect(throws: AccountRefusal.wait(until: later(1))) {
            try await accounts.beginElsewhere(source: "192.0.2.1", at: start)
        }
        try await accounts.beginElsewhere(source: "192.0.2.2", at: start)
    }
}
