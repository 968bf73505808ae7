import Domain
import Foundation
import Journal
import Testing

@Suite("Every journal proves, rebuilds and forgets alike")
struct UpkeepContractTests {
    @Test("An untouched journal verifies, with and without keys", arguments: StoreKind.allCases)
    func verifies(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            #expect(try await journal.verify(contents: true) == Verification())
            try await fill(journal)
            var expected = Verification()
            expected.events = 12
            expected.streams = 3
            #expect(try await journal.verify(contents: false) == expected)
            expected.opened = 12
            #expect(try await journal.verify(contents: true) == expected)
        }
    }

    @Test("A rebuilt register equals the live one row for row", arguments: StoreKind.allCases)
    func rebuilds(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await fill(journal)
            let live = try await journal.registerDigests()
            let dumps = try await dump(journal)
            #expect(live.map(\.table) == RegisterRows.tables.map(\.name))
            #expect(live.first { $0.table == "dossiers" }?.rows == 3)
            #expect(live.first { $0.table == "changes" }?.rows == 12)
            let counters = try await journal.counters()
            try await journal.rebuild { stream, events in
                // A row that comes twice counts once, live and rebuilt alike.
                let rows = try project(stream, events)
                return rows + rows.suffix(1)
            }
            #expect(try await journal.registerDigests() == live)
            #expect(try await dump(journal) == dumps)
            #expect(try await journal.counters() == counters)

            // A row that no event accounts for goes, and the digest shows it.
            try await put([DossierRow.sample("dossier-x", "Nobody", "Never")], in: journal)
            #expect(try await journal.registerDigests() != live)
            try await journal.rebuild { stream, events in stream == "rows" ? [] : try project(stream, events) }
            #expect(try await journal.registerDigests() == live)
            #expect(try await journal.dossier("dossier-x") == nil)
        }
    }

    @Test("A projection that throws leaves the registers as they were", arguments: StoreKind.allCases)
    func keepsRegisters(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await fill(journal)
            let live = try await journal.registerDigests()
            await #expect(throws: Refused.self) {
                try await journal.rebuild { stream, events in
                    if stream == "dossier-2" { throw Refused() }
                    return try project(stream, events)
                }
            }
            #expect(try await journal.registerDigests() == live)
        }
    }

    @Test("Two streams that claim one row are found out by the rebuild", arguments: StoreKind.allCases)
    func refusesSharedRows(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await fill(journal)
            await #expect(throws: JournalFault.registerClash(table: "dossiers")) {
                try await journal.rebuild { _, _ in [DossierRow.sample("dossier-1", "Anna", "Visser")] }
            }
        }
    }

    @Test("A rebuild raises a counter to the highest decision and never lowers one", arguments: StoreKind.allCases)
    func restoresCounters(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await fill(journal)
            for _ in 0..<3 {
                let version = try await journal.read("dossier-1").count
                _ = try await journal.append(
                    Appending(
                        stream: "dossier-1", expectedVersion: version, at: minute(9), actor: "person-a", draws: ["letter"]
                    ) { _ in Act(events: [event("letter")]) })
            }
            try await journal.rebuild { stream, events in
                let rows = try project(stream, events)
                guard stream == "dossier-2" else { return rows }
                let anna = DossierRow.sample("dossier-2", "Bram", "Bakker")
                return rows + [
                    anna.decision("instance-7", ordinal: 41), anna.decision("instance-8", counter: "letter", ordinal: 2),
                ]
            }
            #expect(try await journal.counters() == ["tlv": 41, "letter": 3])
        }
    }

    @Test("A forgotten stream is unreadable and closed; the chain and the others stay whole", arguments: StoreKind.allCases)
    func erases(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await fill(journal)
            let row = try #require(try await journal.dossier("dossier-2"))
            try await journal.erase(["dossier-2"], at: minute(77), registers: RegisterChange(deletes: [row.key]))
            await #expect(throws: JournalFault.erased("dossier-2")) { try await journal.read("dossier-2") }
            await #expect(throws: JournalFault.erased("dossier-2")) { try await journal.read("dossier-2", after: 99) }
            await #expect(throws: JournalFault.erased("dossier-2")) {
                try await journal.append(.noting("again", in: "dossier-2", after: 4))
            }
            #expect(try await journal.dossier("dossier-2") == nil)
            #expect(try await journal.read("dossier-1").count == 4)
            #expect(try await journal.events(after: 0, limit: 99).map(\.stream).contains("dossier-2") == false)
            let rows = try await journal.rows(after: 0, limit: 99)
            #expect(rows.count == 12)
            #expect(rows.allSatisfy { ($0.payload == nil) == ($0.stream == "dossier-2") })
            var expected = Verification()
            expected.events = 12
            expected.streams = 3
            expected.opened = 8
            expected.erased = 4
            #expect(try await journal.verify(contents: true) == expected)
            #expect(try await journal.erasures() == [Erasure(stream: "dossier-2", at: minute(77))])
        }
    }

    @Test("Erasing again, as after a restore, keeps the first moment and does no harm", arguments: StoreKind.allCases)
    func erasesAgain(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await fill(journal)
            try await journal.erase(["dossier-2"], at: minute(77), registers: RegisterChange())
            try await journal.erase(["dossier-2", "dossier-9"], at: minute(88), registers: RegisterChange())
            #expect(
                try await journal.erasures() == [
                    Erasure(stream: "dossier-2", at: minute(77)), Erasure(stream: "dossier-9", at: minute(88)),
                ])
            await #expect(throws: JournalFault.erased("dossier-9")) {
                try await journal.append(.noting("never", in: "dossier-9", after: 0))
            }
            #expect(try await journal.verify(contents: true).isWhole)
        }
    }

    @Test("A rebuild leaves forgotten streams out", arguments: StoreKind.allCases)
    func rebuildsWithoutErased(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await fill(journal)
            try await journal.erase(["dossier-2"], at: minute(77), registers: RegisterChange())
            try await journal.rebuild(project: project)
            #expect(try await journal.dossier("dossier-2") == nil)
            #expect(try await journal.dossier("dossier-1") != nil)
            #expect(try await journal.counters() == ["tlv": 3])
        }
    }

    /// Three dossiers of four events each, mixed, and a decision in each.
    private func fill(_ journal: any WholeJournal) async throws {
        for index in 0..<4 {
            for number in 1...3 {
                let stream = StreamID(rawValue: "dossier-\(number)")
                let before = try await journal.read(stream)
                _ = try await journal.append(
                    Appending(
                        stream: stream, expectedVersion: index, at: minute(Int64(index * 10 + number)), actor: "person-a",
                        draws: index == 2 ? ["tlv"] : []
                    ) { place in
                        let events = [
                            index == 2
                                ? NewEvent(type: "sample.decided.v1", payload: Data("\(place.drawn[0])".utf8))
                                : event("\(index)")
                        ]
                        let change = RegisterChange.between(
                            old: try project(stream, before), new: try project(stream, before + place.recorded(events)))
                        return Act(events: events, registers: change)
                    })
            }
        }
    }

    private func dump(_ journal: any WholeJournal) async throws -> [[[RegisterValue]]] {
        var dumps: [[[RegisterValue]]] = []
        for table in RegisterRows.tables { dumps.append(try await journal.registerDump(table)) }
        return dumps
    }
}

/// What a stream of the tests stands for.
private let project: @Sendable (StreamID, [RecordedEvent]) throws -> [any RegisterRow] = { stream, events in
    guard let last = events.last else { return [] }
    let dossier = DossierRow.sample(
        DossierID(rawValue: stream.rawValue), "Anna", "Visser-\(stream)", version: last.version, changedAt: last.at)
    var rows: [any RegisterRow] = [dossier, dossier.opening(for: "ib@school-1")]
    for event in events {
        rows.append(
            ChangeRow(
                dossier: dossier.id, version: event.version, at: event.at, actor: event.actor, code: event.type, detail: ""))
        if event.type == "sample.decided.v1", let ordinal = Int64(event.text) {
            rows.append(dossier.decision(InstanceID(rawValue: "instance-\(stream)"), ordinal: ordinal))
        }
    }
    return rows
}
