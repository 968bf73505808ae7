import Domain
import Foundation
import Testing

@testable import Journal

@Suite("A password chosen by a link in a mail", .onEachStore)
struct PasswordLinkTests {
    private let start = Instant(milliseconds: 1_800_000_000_000)
    private let noor = PersonID("p-noor")
    private let accounts: Accounts

    private static let old = "de kraan staat open"
    private static let new = "elf rode fietsen bij de brug"

    init() throws {
        accounts = Accounts(
            store: try #require(VaultUnderTest.current).accounts, hasher: PasswordHasher(cost: .demonstration))
    }

    private func later(_ seconds: Int64) -> Instant { start.adding(milliseconds: seconds * 1000) }

    private func opened(handedOut: Bool = false) async throws {
        try await accounts.open(
            noor, email: "n@school.example", password: Self.old, name: nil, handedOut: handedOut, at: start)
    }

    private func signIn(_ password: String) async throws -> Session {
        try await accounts.signIn(email: "n@school.example", password: password, source: "192.0.2.1", at: later(1)).session
    }

    @Test("works once: the password is the person's own, and every session of before has ended")
    func once() async throws {
        try await opened(handedOut: true)
        let before = try await accounts.begin(noor, at: start)
        let secret = try await accounts.makePasswordLink(for: noor, .invited, at: start).text
        #expect(try await accounts.owner(ofLink: secret, at: later(60))?.person == noor)
        let signedIn = try await accounts.choosePassword(Self.new, byLink: secret, name: nil, at: later(60))
        #expect(signedIn?.session.choosesPassword == false)
        #expect(try await accounts.session(before.secret.text, at: later(61)) == nil)
        #expect(try await signIn(Self.new).person == noor)
        #expect(try await accounts.owner(ofLink: secret, at: later(61)) == nil)
        #expect(try await accounts.choosePassword("nog een heel ander woord", byLink: secret, name: nil, at: later(62)) == nil)
        #expect(try await signIn(Self.new).person == noor)
    }

    @Test("works a week for whoever is invited and an hour for whoever asked, to the second")
    func terms() async throws {
        try await opened()
        for occasion in PasswordLink.Occasion.allCases {
            let seconds = occasion == .invited ? Int64(604_800) : 3600
            let secret = try await accounts.makePasswordLink(for: noor, occasion, at: start).text
            #expect(try await accounts.owner(ofLink: secret, at: later(seconds - 1)) != nil)
            #expect(try await accounts.owner(ofLink: secret, at: later(seconds)) == nil)
            #expect(try await accounts.choosePassword(Self.new, byLink: secret, name: nil, at: later(seconds)) == nil)
        }
        #expect(try await signIn(Self.old).person == noor)
    }

    @Test("is the only one of its person: a newer one ends it, and so does closing the account")
    func only() async throws {
        try await opened()
        let first = try await accounts.makePasswordLink(for: noor, .invited, at: start).text
        let second = try await accounts.makePasswordLink(for: noor, .forgotten, at: start).text
        #expect(try await accounts.owner(ofLink: first, at: start) == nil)
        #expect(try await accounts.owner(ofLink: second, at: start) != nil)
        try await accounts.disable(noor, at: later(1))
        #expect(try await accounts.owner(ofLink: second, at: later(2)) == nil)
        await #expect(throws: AccountRefusal.unknownAccount) {
            _ = try await accounts.makePasswordLink(for: noor, .forgotten, at: later(2))
        }
    }

    @Test("works no more once the password or the address is another, or the account was closed and opened again")
    func overtaken() async throws {
        try await opened()
        func link() async throws -> String { try await accounts.makePasswordLink(for: noor, .invited, at: start).text }
        let before = try await link()
        try await accounts.setPassword(Self.new, of: noor, name: nil)
        #expect(try await accounts.owner(ofLink: before, at: start) == nil)
        let closed = try await link()
        try await accounts.disable(noor, at: start)
        try await accounts.enable(noor)
        #expect(try await accounts.owner(ofLink: closed, at: start) == nil)
        let moved = try await link()
        try await accounts.setEmail("noor@elders.example", of: noor)
        #expect(try await accounts.owner(ofLink: moved, at: start) == nil)
    }

    @Test("is not spent by a password that may not be chosen")
    func refused() async throws {
        try await opened()
        let secret = try await accounts.makePasswordLink(for: noor, .forgotten, at: start).text
        await #expect(throws: AccountRefusal.password([.tooShort])) {
            _ = try await accounts.choosePassword("kort zinnet", byLink: secret, name: nil, at: start)
        }
        #expect(try await accounts.choosePassword(Self.new, byLink: secret, name: nil, at: start) != nil)
    }

    @Test("opens once for two who use it at the same time")
    func twice() async throws {
        try await opened()
        let secret = try await accounts.makePasswordLink(for: noor, .forgotten, at: start).text
        let through = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 1...4 {
                group.addTask { [accounts, start] in
                    try await accounts.choosePassword("\(Self.new) \(number)", byLink: secret, name: nil, at: start) != nil
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(through == 1)
    }

    @Test("is no way round the code of a telephone")
    func secondFactor() async throws {
        try await opened()
        let session = try await signIn(Self.old)
        let secret = try await accounts.secretToSetUp(in: session)
        _ = try await accounts.confirmSecondFactor(
            code: secret.code(at: OneTimeSecret.step(at: start)), in: session, source: "192.0.2.1", at: start)
        let link = try await accounts.makePasswordLink(for: noor, .forgotten, at: start).text
        let signedIn = try await accounts.choosePassword(Self.new, byLink: link, name: nil, at: start)
        #expect(signedIn?.session.asksCode == true)
    }

    @Test("that nobody used is swept away when it works no more")
    func swept() async throws {
        try await opened()
        let secret = try await accounts.makePasswordLink(for: noor, .forgotten, at: start)
        _ = try await accounts.sweepSessions(at: later(3599))
        #expect(try await accounts.store.passwordLink(secret.digest) != nil)
        _ = try await accounts.sweepSessions(at: later(3600))
        #expect(try await accounts.store.passwordLink(secret.digest) == nil)
    }
}
