import Domain
import Foundation
import Journal
import Synchronization
import TestKit
import Testing

@testable import JournalPostgres

/// `SENTRUM_TORTURE=200` kills so many times, `SENTRUM_SIMULATE_SEED=17` has one history again.
@Suite("A node of several is killed", .enabled(if: PostgresServer.isAvailable, "PostgreSQL is not installed"))
struct PostgresKillTests {
    private static let rounds = number("SENTRUM_TORTURE") ?? 3
    private static let seed = UInt64(number("SENTRUM_SIMULATE_SEED") ?? 1)

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap(Int.init) }

    @Test(
        "under load: what either node acknowledged is there, once, and the one that is left goes on", .timeLimit(.minutes(30)))
    func killed() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let master = try MasterKey.create(at: folder.appending(path: "master.key"))
        let server = try PostgresServer(durable: true)
        let schema = server.freshSchema()
        try Data("\(server.address)\n\(schema)".utf8).write(to: folder.appending(path: "address"))
        let store = try Self.open(folder, master)
        defer { store.close() }
        let journal = PostgresJournal(store)
        let stays = Worker(journal, folder.appending(path: "stays"))
        var random = TestKit.SeededRandom(seed: Self.seed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 { group.addTask { try await stays.work("s\(task)") } }
            for round in 1...Self.rounds {
                let acts = random.number(5...60)
                let microseconds = random.number(0...8_000)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [path = folder.path as String, round = round as Int, acts = acts as Int, microseconds = microseconds as Int]
                    in
                    try await PostgresKillTests.workUntilKilled(path, round: round, after: acts, and: microseconds)
                }
                let before = stays.count
                // Whatever the killed one held is given back, and nobody waits for it.
                for _ in 0..<200 where stays.count == before { try await Task.sleep(for: .milliseconds(50)) }
                #expect(
                    stays.count > before, "round \(round), killed after \(acts) acts and \(microseconds) µs, seed \(Self.seed)")
            }
            stays.end()
            try await group.waitForAll()
        }
        let acknowledged = try Self.lines(folder, "stays") + Self.lines(folder, "killed")
        #expect(try Self.lines(folder, "killed").count > Self.rounds)
        let stored = try await journal.events(after: 0, limit: 1_000_000).map(\.text)
        #expect(Set(stored).count == stored.count, "nothing twice")
        #expect(Set(stored).isSuperset(of: acknowledged.map { "{\"text\":\"\($0)\"}" }), "nothing lost")
        #expect(try await journal.counters() == ["tlv": Int64(stored.count)])
        let found = try await journal.verify(contents: true)
        #expect(found.isWhole && found.opened == Int64(stored.count))
    }

    private static func open(_ folder: URL, _ master: MasterKey) throws -> PostgresStore {
        let lines = try String(contentsOf: folder.appending(path: "address"), encoding: .utf8).split(separator: "\n")
        let (place, schema) = (String(try #require(lines.first)), String(try #require(lines.last)))
        let address = try #require(PostgresAddress(place, schema: schema))
        let keys = try #require(PostgresAddress(place, schema: "\(schema)_keys"))
        return try PostgresStore.open(address, keys: keys, master: master)
    }

    private static func lines(_ folder: URL, _ name: String) throws -> [String] {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// In the process that is killed: works on all streams at once; after so many acts, and some microseconds more, it ends.
    private static func workUntilKilled(_ path: String, round: Int, after acts: Int, and microseconds: Int) async throws {
        let folder = URL(filePath: path)
        let store = try open(folder, try MasterKey.load(from: folder.appending(path: "master.key")))
        let worker = Worker(PostgresJournal(store), folder.appending(path: "killed"), last: acts) {
            Thread.detachNewThread {
                usleep(UInt32(microseconds))
                kill(getpid(), SIGKILL)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 { group.addTask { try await worker.work("k\(round)-\(task)") } }
            try await group.waitForAll()
        }
    }
}

/// Appends to a few streams, and writes down what was acknowledged.
private final class Worker: Sendable {
    private let journal: PostgresJournal
    private let descriptor: Int32
    private let last: Int
    private let atLast: @Sendable () -> Void
    private let state = Mutex((count: 0, isOver: false))

    init(
        _ journal: PostgresJournal, _ file: URL, last: Int = .max, atLast: @escaping @Sendable () -> Void = {}
    ) {
        self.journal = journal
        self.last = last
        self.atLast = atLast
        descriptor = Foundation.open(file.path, O_CREAT | O_WRONLY | O_APPEND, 0o600)
    }

    var count: Int { state.withLock { $0.count } }

    func end() { state.withLock { $0.isOver = true } }

    func work(_ name: String) async throws {
        var number = 0
        while !state.withLock({ $0.isOver }) {
            number += 1
            let text = "\(name)-\(number)"
            let stream = StreamID(rawValue: "dossier-\(number % 3)")
            let version = try await journal.read(stream).count
            do {
                _ = try await journal.append(
                    Appending(stream: stream, expectedVersion: version, at: minute(0), actor: "person-a", draws: ["tlv"]) { _ in
                        Act(events: [event(text)])
                    })
            } catch is JournalConflict {
                continue
            }
            let line = Array("\(text)\n".utf8)
            _ = write(descriptor, line, line.count)
            let isLast = state.withLock { state in
                state.count += 1
                return state.count == last
            }
            if isLast { atLast() }
        }
    }
}
