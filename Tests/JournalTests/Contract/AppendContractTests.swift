import Domain
import Foundation
import Journal
import Testing

@Suite("Every journal appends and reads alike")
struct AppendContractTests {
    @Test("What is appended is read back, with its place, moment and actors", arguments: StoreKind.allCases)
    func readsBack(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            let first = try await journal.append(.noting("a", "b", in: "dossier-1", after: 0, at: minute(1)))
            _ = try await journal.append(.noting("x", in: "dossier-2", after: 0, at: minute(2)))
            let second = try await journal.append(
                .noting("c", in: "dossier-1", after: 2, at: minute(3), actor: "person-b", onBehalfOf: "person-c"))
            let read = try await journal.read("dossier-1")
            #expect(read == first + second)
            #expect(read.map(\.version) == [1, 2, 3])
            #expect(read.map(\.sequence) == [1, 2, 4])
            #expect(read.map(\.text) == ["a", "b", "c"].map { "{\"text\":\"\($0)\"}" })
            #expect(read.map(\.at) == [minute(1), minute(1), minute(3)])
            #expect(read.map(\.actor) == ["person-a", "person-a", "person-b"])
            #expect(read.map(\.onBehalfOf) == [nil, nil, "person-c"])
            #expect(read.allSatisfy { $0.stream == "dossier-1" && $0.type == "sample.noted.v1" })
            #expect(try await journal.read("dossier-1", after: 2) == second)
            #expect(try await journal.read("dossier-1", after: 3).isEmpty)
            #expect(try await journal.read("dossier-9").isEmpty)
            #expect(try await journal.head() == 4)
        }
    }

    @Test("Contents of no bytes and of a megabyte come back as they were", arguments: StoreKind.allCases)
    func keepsContents(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            let contents = [Data(), Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })]
            _ = try await journal.append(
                Appending(stream: "dossier-1", expectedVersion: 0, at: minute(0), actor: "person-a") { _ in
                    Act(events: contents.map { NewEvent(type: "sample.kept.v1", payload: $0) })
                })
            #expect(try await journal.read("dossier-1").map(\.payload) == contents)
        }
    }

    @Test(
        "An act decided on another version than the stream's is a conflict and writes nothing", arguments: StoreKind.allCases,
        [0, 1, 3, 99])
    func refusesStale(kind: StoreKind, expected: Int) async throws {
        try await kind.withJournal { journal in
            _ = try await journal.append(.noting("a", "b", in: "dossier-1", after: 0))
            let conflict = JournalConflict(stream: "dossier-1", expectedVersion: expected, actualVersion: 2)
            await #expect(throws: conflict) {
                try await journal.append(.noting("c", in: "dossier-1", after: expected))
            }
            #expect(try await journal.read("dossier-1").count == 2)
            #expect(try await journal.head() == 2)
        }
    }

    @Test("What the act throws is rethrown and rolls everything back", arguments: StoreKind.allCases)
    func rollsBack(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            await #expect(throws: Refused.self) {
                try await journal.append(
                    Appending(stream: "dossier-1", expectedVersion: 0, at: minute(0), actor: "person-a", draws: ["tlv"]) {
                        #expect($0.drawn == [1])
                        throw Refused()
                    })
            }
            #expect(try await journal.head() == 0)
            #expect(try await journal.counters().isEmpty)
            _ = try await journal.append(
                Appending(stream: "dossier-1", expectedVersion: 0, at: minute(0), actor: "person-a", draws: ["tlv"]) {
                    #expect($0.drawn == [1])
                    return Act(events: [event("drawn")])
                })
            #expect(try await journal.counters() == ["tlv": 1])
        }
    }

    @Test("A register that refuses a row rolls events and numbers back", arguments: StoreKind.allCases)
    func rollsBackRegisters(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            let anna = DossierRow.sample("dossier-1", "Anna", "Visser")
            try await put([anna, anna.decision("instance-1", ordinal: 1)], in: journal)
            let twice = [anna.decision("instance-2", ordinal: 1)]
            await #expect(throws: JournalFault.registerClash(table: "decisions")) {
                try await journal.append(
                    Appending(stream: "dossier-2", expectedVersion: 0, at: minute(0), actor: "person-a", draws: ["tlv"]) { _ in
                        Act(events: [event("twice")], registers: RegisterChange(upserts: twice))
                    })
            }
            #expect(try await journal.head() == 1)
            #expect(try await journal.counters().isEmpty)
            #expect(try await journal.decisions(of: "dossier-1").map(\.instance) == ["instance-1"])
        }
    }

    @Test("Without events nothing is written: no row, no number, no register", arguments: StoreKind.allCases)
    func writesNothing(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            let row = DossierRow.sample("dossier-1", "Anna", "Visser")
            let recorded = try await journal.append(
                Appending(stream: "dossier-1", expectedVersion: 0, at: minute(0), actor: "person-a", draws: ["tlv"]) { _ in
                    Act(events: [], registers: RegisterChange(upserts: [row]))
                })
            #expect(recorded.isEmpty)
            #expect(try await journal.head() == 0)
            #expect(try await journal.counters().isEmpty)
            #expect(try await journal.dossier("dossier-1") == nil)
        }
    }

    @Test("The place tells the act its numbers and shows its events as they will be recorded", arguments: StoreKind.allCases)
    func knowsItsPlace(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            _ = try await journal.append(.noting("before", in: "dossier-0", after: 0))
            let seen = Seen()
            let recorded = try await journal.append(
                Appending(
                    stream: "dossier-1", expectedVersion: 0, at: minute(5), actor: "person-a", onBehalfOf: "person-b",
                    draws: ["tlv", "letter", "tlv"]
                ) { place in
                    let events = [event("a"), event("b")]
                    seen.set(place.drawn, place.recorded(events))
                    return Act(events: events)
                })
            #expect(seen.drawn == [1, 1, 2])
            #expect(seen.events == recorded)
            #expect(recorded.map(\.sequence) == [2, 3])
            #expect(try await journal.counters() == ["tlv": 2, "letter": 1])
        }
    }

    @Test("Many acts in one go see the ones before them, and all of them stand or none", arguments: StoreKind.allCases)
    func appendsAll(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            let both = try await journal.appendAll([
                .noting("a", in: "dossier-1", after: 0), .noting("b", "c", in: "dossier-1", after: 1),
                .noting("d", in: "dossier-2", after: 0),
            ])
            #expect(both.map { $0.map(\.sequence) } == [[1], [2, 3], [4]])
            let failing: [Appending] = [
                .noting("e", in: "dossier-1", after: 3),
                Appending(stream: "dossier-3", expectedVersion: 0, at: minute(0), actor: "person-a", draws: ["tlv"]) { _ in
                    Act(events: [event("f")])
                },
                .noting("g", in: "dossier-2", after: 0),
            ]
            await #expect(throws: JournalConflict(stream: "dossier-2", expectedVersion: 0, actualVersion: 1)) {
                try await journal.appendAll(failing)
            }
            #expect(try await journal.head() == 4)
            #expect(try await journal.read("dossier-1").count == 3)
            #expect(try await journal.read("dossier-3").isEmpty)
            #expect(try await journal.counters().isEmpty)
            #expect(try await journal.appendAll([]).isEmpty)
        }
    }

    @Test("Streams are listed by prefix, page by page", arguments: StoreKind.allCases)
    func listsStreams(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            for key in ["person-1", "dossier-b", "dossier-a", "dossier-c", "organisation-1"] {
                _ = try await journal.append(.noting("x", "y", in: StreamID(rawValue: key), after: 0))
            }
            #expect(try await journal.streams(prefix: "dossier-", after: nil, limit: 2) == ["dossier-a", "dossier-b"])
            #expect(try await journal.streams(prefix: "dossier-", after: "dossier-b", limit: 2) == ["dossier-c"])
            #expect(try await journal.streams(prefix: "dossier-", after: "dossier-c", limit: 2).isEmpty)
            #expect(try await journal.streams(prefix: "person-", after: "dossier-c", limit: 9) == ["person-1"])
            #expect(try await journal.streams(prefix: "", after: nil, limit: 9).count == 5)
            #expect(try await journal.streams(prefix: "dossier-", after: nil, limit: 0).isEmpty)
        }
    }

    @Test("All events, opened or sealed, are given in order of sequence, page by page", arguments: StoreKind.allCases)
    func pagesThroughAll(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            for index in 0..<5 {
                _ = try await journal.append(.noting("a\(index)", in: "dossier-1", after: index))
                _ = try await journal.append(.noting("b\(index)", in: "dossier-2", after: index))
            }
            let all = try await journal.events(after: 0, limit: 100)
            #expect(all.map(\.sequence) == Array(1...10))
            #expect(try await journal.events(after: 3, limit: 2) == Array(all[3...4]))
            let rows = try await journal.rows(after: 0, limit: 100)
            #expect(rows.map(\.sequence) == Array(1...10))
            #expect(try await journal.rows(after: 9, limit: 5) == [rows[9]])
            #expect(rows.allSatisfy { $0.hash == $0.computedHash && $0.hash.count == 32 })
            #expect(Set(rows.map(\.hash)).count == 10)
        }
    }
}

/// What an act saw, kept for after it.
private final class Seen: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: ([Int64], [RecordedEvent]) = ([], [])

    func set(_ drawn: [Int64], _ events: [RecordedEvent]) { lock.withLock { kept = (drawn, events) } }
    var drawn: [Int64] { lock.withLock { kept.0 } }
    var events: [RecordedEvent] { lock.withLock { kept.1 } }
}
