import Domain
import Foundation
import Journal
import Synchronization
import TestKit
import Testing

@testable import JournalPostgres

/// What is shared by acts that are told apart by their text.
private func appending(_ text: String, to stream: StreamID, after version: Int) -> Appending {
    Appending(stream: stream, expectedVersion: version, at: minute(0), actor: "person-a", draws: ["tlv"]) { _ in
        Act(events: [event(text)])
    }
}

@Suite(
    "A server that fails at the wrong moment", .enabled(if: PostgresServer.isAvailable, "PostgreSQL is not installed"))
struct PostgresOutageTests {
    /// Makes every commit of an event take so long that something can happen in the middle of it.
    private func slowCommits(_ place: PostgresPlace) throws {
        try place.shell(
            """
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.6); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION slow()
            """)
    }

    // The limits count while others have their turn as well: a run of all tests starts them together.
    @Test("a commit whose answer is lost is found in the database, and is not done twice", .timeLimit(.minutes(30)))
    func answerLost() async throws {
        // "Busy" is a true answer while a whole run keeps the machine busy: nothing was written then.
        for _ in 0..<3 {
            do { return try await loseAnswer() } catch JournalFault.busy { continue }
        }
        try await loseAnswer()
    }

    private func loseAnswer() async throws {
        try await withPostgres { postgres in
            let proxy = try CuttingProxy(to: postgres.place.server.folder)
            defer { proxy.stop() }
            let address = try #require(
                PostgresAddress("host=\(proxy.folder) user=sentrum dbname=postgres", schema: postgres.place.address.schema))
            let store = try PostgresStore.open(address, keys: postgres.place.keys, master: postgres.place.master)
            defer { store.close() }
            let journal = PostgresJournal(store)
            _ = try await journal.append(appending("first", to: "dossier-1", after: 0))
            try slowCommits(postgres.place)
            let second = Task { try await journal.append(appending("second", to: "dossier-1", after: 1)) }
            try await Task.sleep(for: .milliseconds(300))
            proxy.cut()
            #expect(try await second.value.map(\.version) == [2])
            #expect(
                try await postgres.journal.read("dossier-1").map(\.text) == ["first", "second"].map { "{\"text\":\"\($0)\"}" })
            #expect(try await postgres.journal.counters() == ["tlv": 2])
            #expect(try await postgres.journal.verify(contents: true).isWhole)
        }
    }

    @Test("a commit that the server broke off is done again, once", .timeLimit(.minutes(30)))
    func brokenOff() async throws {
        try await withPostgres { postgres in
            _ = try await postgres.journal.append(appending("first", to: "dossier-1", after: 0))
            try slowCommits(postgres.place)
            let journal = postgres.journal
            let second = Task { try await journal.append(appending("second", to: "dossier-1", after: 1)) }
            try await Task.sleep(for: .milliseconds(300))
            let ended = try postgres.place.shell(
                """
                SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l
                WHERE l.relation = 'turn'::regclass AND l.granted AND l.mode = 'ExclusiveLock'
                """)
            #expect(ended == "1\n")
            #expect(try await second.value.map(\.version) == [2])
            #expect(try await journal.read("dossier-1").count == 2)
            #expect(try await journal.counters() == ["tlv": 2])
        }
    }

    @Test("what stands between is stopped once, and takes nobody else's connection with it")
    func stoppedTwice() async throws {
        let server = try #require(PostgresServer.shared)
        for _ in 1...20 {
            let proxy = try CuttingProxy(to: server.folder)
            proxy.stop()
            // Whoever comes next has the number that was free.
            var others: [PostgresConnection] = []
            for _ in 1...5 {
                others.append(try PostgresConnection(try #require(PostgresAddress(server.address, schema: "nobodys"))))
            }
            proxy.stop()
            for other in others { #expect(try other.rows("SELECT 1").count == 1) }
        }
    }

    @Test("when nobody can be asked whether it was written, that is what is said", .timeLimit(.minutes(30)))
    func nobodyToAsk() async throws {
        try await withPostgres { postgres in
            let proxy = try CuttingProxy(to: postgres.place.server.folder)
            defer { proxy.stop() }
            let address = try #require(
                PostgresAddress("host=\(proxy.folder) user=sentrum dbname=postgres", schema: postgres.place.address.schema))
            var options = PostgresStore.Options()
            options.patience = 300
            let store = try PostgresStore.open(
                address, keys: postgres.place.keys, master: postgres.place.master, options: options)
            defer { store.close() }
            let journal = PostgresJournal(store)
            _ = try await journal.append(appending("first", to: "dossier-1", after: 0))
            try slowCommits(postgres.place)
            let second = Task { try await journal.append(appending("second", to: "dossier-1", after: 1)) }
            try await Task.sleep(for: .milliseconds(300))
            proxy.stop()
            await #expect(throws: JournalFault.uncertain) { _ = try await second.value }
            await #expect(throws: JournalFault.self) { try await journal.head() }
            // It was, as whoever reads the stream before trying again finds out.
            for _ in 0..<100 where try await postgres.journal.head() < 2 { try await Task.sleep(for: .milliseconds(20)) }
            #expect(try await postgres.journal.read("dossier-1").count == 2)
        }
    }

    @Test(
        "a restart under load loses nothing that was acknowledged, doubles nothing, and both nodes go on by themselves",
        .timeLimit(.minutes(30)), arguments: [true, false])
    func restart(atOnce: Bool) async throws {
        let server = try PostgresServer(durable: true)
        let place = try PostgresPlace(server)
        let stores = [try place.open(), try place.open()]
        defer { for store in stores { store.close() } }
        let ledger = Ledger()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let journal = PostgresJournal(stores[task % 2])
                    let stream = StreamID(rawValue: "dossier-\(task / 2)")
                    var number = 0
                    while !ledger.isOver {
                        number += 1
                        let text = "\(task)-\(number)"
                        do {
                            let version = try await journal.read(stream).count
                            let recorded = try await journal.append(appending(text, to: stream, after: version))
                            if !recorded.isEmpty { ledger.acknowledge(text) }
                        } catch is JournalConflict {
                            continue
                        } catch let fault as JournalFault {
                            ledger.note(fault.code)
                        }
                    }
                }
            }
            try await Task.sleep(for: .seconds(1))
            let before = ledger.acknowledged.count
            try server.stop(atOnce: atOnce)
            try await Task.sleep(for: .milliseconds(300))
            try server.start()
            try await Task.sleep(for: .seconds(2))
            #expect(ledger.acknowledged.count > before)
            ledger.end()
            try await group.waitForAll()
        }
        let journal = PostgresJournal(stores[0])
        let stored = try await journal.events(after: 0, limit: 100_000)
            .map { $0.text.replacing("{\"text\":\"", with: "").replacing("\"}", with: "") }
        #expect(Set(stored).count == stored.count, "nothing twice")
        #expect(Set(stored).isSuperset(of: ledger.acknowledged), "nothing lost")
        #expect(try await journal.counters() == ["tlv": Int64(stored.count)])
        #expect(try await journal.verify(contents: true).isWhole)
        let clear: Set<String> = ["journal.unreachable", "journal.busy", "journal.uncertain"]
        #expect(clear.isSuperset(of: ledger.faults), "\(ledger.faults)")
    }
}

/// What those who work say of it.
private final class Ledger: Sendable {
    private struct State {
        var acknowledged: Set<String> = []
        var faults: Set<String> = []
        var isOver = false
    }

    private let state = Mutex(State())

    var acknowledged: Set<String> { state.withLock { $0.acknowledged } }
    var faults: Set<String> { state.withLock { $0.faults } }
    var isOver: Bool { state.withLock { $0.isOver } }

    func acknowledge(_ text: String) { state.withLock { _ = $0.acknowledged.insert(text) } }
    func note(_ fault: String) { state.withLock { _ = $0.faults.insert(fault) } }
    func end() { state.withLock { $0.isOver = true } }
}
