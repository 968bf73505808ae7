import Foundation
import Logging
import Synchronization
import Testing
import UseCases

@testable import Web
@testable import sentrum

/// What happens to partnerships that are opened, without any partnership.
private final class Door: Sendable {
    struct Seen {
        var opened: [String: Int] = [:]
        var closed: [String: Int] = [:]
        var broken: Set<String> = []
        var there: Set<String> = ["a.example", "b.example"]
    }

    let seen = Mutex(Seen())
    private let clock = Mutex(ContinuousClock.now)
    /// Holds up whoever opens `slow.example`.
    private let gate = Mutex<[CheckedContinuation<Void, Never>]>([])

    func partnerships(_ limits: Partnerships.Limits = .init()) -> Partnerships {
        Partnerships(
            limits, now: { self.clock.withLock { $0 } },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            names: { self.seen.withLock { $0.there }.compactMap { HostName($0) }.sorted() },
            holds: { name in self.seen.withLock { $0.there.contains(name.text) } }
        ) { name in
            if name.text == "slow.example" { await withCheckedContinuation { wait in self.gate.withLock { $0.append(wait) } } }
            if self.seen.withLock({ $0.broken.contains(name.text) }) { throw CommandRefusal("damaged") }
            self.seen.withLock { $0.opened[name.text, default: 0] += 1 }
            return Partnerships.Opened(
                answer: SiteAnswer { .init(status: .ok) },
                keepHouse: { while !Task.isCancelled { try? await Task.sleep(for: .seconds(60)) } },
                health: { Health(findings: []) }, close: { self.seen.withLock { $0.closed[name.text, default: 0] += 1 } })
        }
    }

    /// Lets time go by.
    func pass(_ seconds: Int) { clock.withLock { $0 += .seconds(seconds) } }
    func openGate() { for wait in gate.withLock({ $0 }) { wait.resume() } }
    func opened(_ name: String) -> Int { seen.withLock { $0.opened[name] ?? 0 } }
    func closed(_ name: String) -> Int { seen.withLock { $0.closed[name] ?? 0 } }
}

extension HostedEntry {
    fileprivate var word: String {
        switch self {
        case .letIn: "let in"
        case .unknown: "unknown"
        case .opening: "opening"
        case .outOfOrder: "out of order"
        case .busy: "busy"
        }
    }
}

@Suite("Many partnerships in one program")
struct PartnershipsTests {
    private let a: HostName
    private let b: HostName
    private let slow: HostName

    init() throws {
        a = try #require(HostName("a.example"))
        b = try #require(HostName("b.example"))
        slow = try #require(HostName("slow.example"))
    }

    /// Waits until something is so.
    private func until(_ isSo: () -> Bool) async throws {
        for _ in 0..<500 where !isSo() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(isSo())
    }

    @Test("One is opened once, by the first who asks, and then it is open for everybody")
    func once() async {
        let door = Door()
        let house = door.partnerships()
        let entries = await withTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { await house.enter(a).word } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries == Array(repeating: "let in", count: 20))
        #expect(door.opened("a.example") == 1)
        #expect(door.opened("b.example") == 0)
    }

    @Test("A name that no folder has is unknown, also when a thousand of them are asked for; one that is added is there at once")
    func unknown() async throws {
        let door = Door()
        let house = door.partnerships()
        for number in 0..<1_000 {
            #expect(await house.enter(try #require(HostName("x\(number).example"))).word == "unknown")
        }
        door.seen.withLock { _ = $0.there.insert("x1.example") }
        #expect(await house.enter(try #require(HostName("x1.example"))).word == "let in")
    }

    @Test("One that cannot be opened is out of order for itself alone, and is tried again after a pause")
    func damaged() async throws {
        let door = Door()
        door.seen.withLock { $0.broken = ["a.example"] }
        let house = door.partnerships()
        #expect(await house.enter(a).word == "out of order")
        #expect(await house.enter(b).word == "let in")
        door.seen.withLock { $0.broken = [] }
        // Not yet: whoever asks again and again does not open it again and again.
        #expect(await house.enter(a).word == "out of order")
        #expect(door.opened("a.example") == 0)
        door.pass(11)
        #expect(await house.enter(a).word == "let in")
    }

    @Test("One has room for so many at once and for so many that wait; another has its own")
    func room() async throws {
        let door = Door()
        let house = door.partnerships(.init(room: 2, waiting: 1))
        #expect(await house.enter(a).word == "let in")
        #expect(await house.enter(a).word == "let in")
        async let third = house.enter(a).word
        try await Task.sleep(for: .milliseconds(100))
        #expect(await house.enter(a).word == "busy")
        #expect(await house.enter(b).word == "let in")
        house.leave(a)
        #expect(await third == "let in")
        // The room that came free was taken over: there is none left.
        async let fourth = house.enter(a).word
        try await Task.sleep(for: .milliseconds(100))
        door.pass(11)
        house.tick()
        #expect(await fourth == "busy")
    }

    @Test("Whoever waits too long for the opening hears so, and others go on meanwhile")
    func slowOpening() async throws {
        let door = Door()
        door.seen.withLock { _ = $0.there.insert("slow.example") }
        let house = door.partnerships()
        async let waits = house.enter(slow).word
        try await Task.sleep(for: .milliseconds(100))
        #expect(await house.enter(b).word == "let in")
        door.pass(11)
        house.tick()
        #expect(await waits == "opening")
        async let next = house.enter(slow).word
        try await Task.sleep(for: .milliseconds(100))
        door.openGate()
        #expect(await next == "let in")
        #expect(door.opened("slow.example") == 1)
    }

    @Test("One that nobody asks for is closed, but not while somebody is answered, and opens again for the next")
    func quiet() async throws {
        let door = Door()
        let house = door.partnerships(.init(round: .seconds(100_000)))
        #expect(await house.enter(a).word == "let in")
        door.pass(700)
        house.tick()
        try await Task.sleep(for: .milliseconds(50))
        #expect(door.closed("a.example") == 0)
        house.leave(a)
        #expect(await house.enter(a).word == "let in")
        house.leave(a)
        door.pass(599)
        house.tick()
        try await Task.sleep(for: .milliseconds(50))
        #expect(door.closed("a.example") == 0)
        door.pass(1)
        house.tick()
        try await until { door.closed("a.example") == 1 }
        #expect(await house.enter(a).word == "let in")
        #expect(door.opened("a.example") == 2)
    }

    @Test("Each is opened once in a round, one after the other, for what must be done by itself")
    func rounds() async throws {
        let door = Door()
        let house = door.partnerships()
        house.tick()
        #expect(door.opened("a.example") + door.opened("b.example") == 0)
        door.pass(3_601)
        house.tick()
        try await until { door.opened("a.example") + door.opened("b.example") == 1 }
        house.tick()
        try await until { door.opened("a.example") == 1 && door.opened("b.example") == 1 }
        // They are closed again when nobody came.
        door.pass(700)
        house.tick()
        try await until { door.closed("a.example") == 1 && door.closed("b.example") == 1 }
        await house.closeAll()
    }

    @Test("At the end all that are open are closed")
    func end() async {
        let door = Door()
        let house = door.partnerships()
        for name in [a, b] {
            #expect(await house.enter(name).word == "let in")
            house.leave(name)
        }
        await house.closeAll()
        #expect(door.closed("a.example") == 1)
        #expect(door.closed("b.example") == 1)
    }
}

@Suite("A house with many partnerships")
struct HouseTests {
    private func house(_ make: (URL) throws -> Void) throws -> House {
        let root = FileManager.default.temporaryDirectory.appending(path: "sentrum-house-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try make(root)
        return try House(root.path)
    }

    private func partnership(_ name: String, in root: URL) throws {
        try FileManager.default.createDirectory(
            at: root.appending(path: "\(name)/plans"), withIntermediateDirectories: true)
    }

    @Test(
        "Its partnerships are the folders with the name of a site and a plan in it; a link is none, so that none is opened twice")
    func names() throws {
        let house = try house { root in
            try partnership("b.example", in: root)
            try partnership("a.example", in: root)
            try partnership("Hoofd.Example", in: root)
            try partnership("met spatie", in: root)
            try FileManager.default.createDirectory(at: root.appending(path: "leeg.example"), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: root.appending(path: "a.example.erasures"))
            try FileManager.default.createSymbolicLink(
                at: root.appending(path: "c.example"), withDestinationURL: root.appending(path: "a.example"))
        }
        defer { try? FileManager.default.removeItem(at: house.root) }
        #expect(house.names.map(\.text) == ["a.example", "b.example"])
        #expect(throws: CommandRefusal.self) { _ = try House(house.root.appending(path: "a.example").path) }
        #expect(throws: CommandRefusal.self) { _ = try House(house.root.appending(path: "nergens").path) }
    }

    @Test("No two partnerships have one schema in a database")
    func schemas() throws {
        let names = ["a-b.nl", "a.b.nl", "a--b.nl", "a.b-nl", "xn--caf-dma.nl", "1.nl"].compactMap { HostName($0) }
        #expect(Set(names.map { House.schema($0) }).count == names.count)
        #expect(House.schema(try #require(HostName("spow-west.sentrum.example"))) == "sentrum_spow__west_sentrum_example")
        let long = try #require(HostName(String(repeating: "a", count: 60) + ".nl"))
        #expect(throws: (any Error).self) {
            _ = try StorePlace(database: "postgresql:///x", keys: nil, schema: House.schema(long))
        }
    }

    @Test("A partnership is served under its own name; its file says another address or witness, and nothing that holds for all")
    func way() throws {
        let house = try house { root in
            for name in ["a.example", "b.example", "c.example"] {
                try partnership(name, in: root)
                try Data().write(to: root.appending(path: "\(name)/journal.sqlite"))
            }
            try Data("address: https://ander.example\nwitness: w@b.example\n".utf8)
                .write(to: root.appending(path: "b.example/serve.yaml"))
            try Data("port: 81\n".utf8).write(to: root.appending(path: "c.example/serve.yaml"))
        }
        defer { try? FileManager.default.removeItem(at: house.root) }
        let over = try ServeSettings(
            commandLine: [.behindProxy: ["true"], .witness: ["alle@example.org"]], environment: [:], file: [:])
        let a = try house.way(try #require(HostName("a.example")), over)
        #expect(a.address == "https://a.example")
        #expect(a.witnesses == ["alle@example.org"])
        let b = try house.way(try #require(HostName("b.example")), over)
        #expect(b.address == "https://ander.example")
        #expect(b.witnesses == ["w@b.example"])
        let refused = #expect(throws: CommandRefusal.self) { _ = try house.way(try #require(HostName("c.example")), over) }
        #expect(refused?.message.contains("c.example/serve.yaml: port") == true)
        let plain = try ServeSettings(commandLine: [:], environment: [:], file: [:])
        #expect(try house.way(try #require(HostName("a.example")), plain).address == nil)
    }
}
