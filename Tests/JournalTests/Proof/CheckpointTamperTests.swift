import Domain
import Foundation
import GRDB
import Journal
import JournalSQLite
import Testing

/// What the rows' own chain cannot show, and a checkpoint that was kept elsewhere does.
@Suite("A journal held to its checkpoints")
struct CheckpointTamperTests {
    private static let key = try? CheckpointKey.generate(name: "sentrum/test")

    /// Twelve events in two streams in turn, with a checkpoint after each four.
    private func withFile(
        _ body: (SQLiteJournal, _ file: DatabaseQueue, _ kept: [Checkpoint]) async throws -> Void
    ) async throws {
        let key = try #require(Self.key)
        try await withSQLite { journal, directory, _ in
            for number in 0..<12 {
                _ = try await journal.append(
                    .noting("event \(number)", in: StreamID(rawValue: "dossier-\(number % 2 + 1)"), after: number / 2))
                if number % 4 == 3 { _ = try await journal.makeCheckpoint(by: key, at: minute(Int64(number))) }
            }
            let kept = try await journal.checkpoints(after: 0, limit: 100).map { kept in
                try #require(SignedNote(whole: kept.note).flatMap { Checkpoint(text: $0.text) })
            }
            #expect(kept.map(\.size) == [4, 8, 12])
            let whole = try await journal.verify(contents: true, against: kept)
            #expect(whole.isWhole && whole.checkpoints == 3)
            let file = try DatabaseQueue(path: directory.appending(path: "journal.sqlite").path)
            try await body(journal, file, kept)
        }
    }

    private func dropGuards(_ file: DatabaseQueue) async throws {
        try await file.write { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
        }
    }

    @Test("A journal written anew with the right keys is whole by itself, and another than was signed for")
    func rewritten() async throws {
        try await withFile { journal, _, kept in
            // The owner of the machine makes a new journal in which the sixth event says something else.
            try await withSQLite { forged, _, _ in
                for number in 0..<12 {
                    _ = try await forged.append(
                        .noting(
                            number == 5 ? "forged" : "event \(number)", in: StreamID(rawValue: "dossier-\(number % 2 + 1)"),
                            after: number / 2))
                }
                #expect(try await forged.verify(contents: true).isWhole)
                let found = try await forged.verify(contents: true, against: kept)
                #expect(!found.isWhole)
                // Sealed anew, every row is another: the first checkpoint shows it.
                #expect(found.firstMismatch?.checkpoint.size == 4)
                #expect(found.firstMismatch?.firstRow == 1)
            }
        }
    }

    @Test("Rows of two streams that changed places are found, which their chains do not show")
    func swapped() async throws {
        try await withFile { journal, file, kept in
            try await dropGuards(file)
            try await file.write { db in
                for (from, to) in [(6, 100), (7, 6), (100, 7)] {
                    try db.execute(sql: "UPDATE events SET sequence = \(to) WHERE sequence = \(from)")
                }
            }
            #expect(try await journal.verify(contents: true).firstBreak == nil)
            let found = try await journal.verify(contents: true, against: kept)
            #expect(found.checkpoints == 1)
            #expect(found.firstMismatch == .init(checkpoint: kept[1], firstRow: 5, isCutOff: false))
        }
    }

    @Test("A journal whose end is gone is shorter than was signed for", arguments: [1, 4, 5, 12])
    func cutOff(rows: Int) async throws {
        try await withFile { journal, file, kept in
            try await dropGuards(file)
            try await file.write { try $0.execute(sql: "DELETE FROM events WHERE sequence > \(12 - rows)") }
            #expect(try await journal.verify(contents: true).firstBreak == nil)
            let found = try await journal.verify(contents: true, against: kept)
            let mismatch = try #require(found.firstMismatch)
            #expect(mismatch.isCutOff)
            #expect(mismatch.firstRow == Int64(12 - rows + 1))
            #expect(mismatch.checkpoint.size == Int64((12 - rows) / 4 * 4 + 4))
            // And nothing is signed that would hide it.
            let key = try #require(Self.key)
            await #expect(throws: JournalFault.shortened) { try await journal.makeCheckpoint(by: key, at: minute(60)) }
        }
    }

    @Test("A row taken out, with all behind it made to fit, is found")
    func takenOut() async throws {
        try await withFile { _, _, kept in
            try await withSQLite { forged, _, _ in
                for number in 0..<12 where number != 9 {
                    let stream = StreamID(rawValue: "dossier-\(number % 2 + 1)")
                    _ = try await forged.append(
                        .noting("event \(number)", in: stream, after: try await forged.read(stream).count))
                }
                let found = try await forged.verify(contents: false, against: kept)
                #expect(found.firstMismatch?.firstRow == 1)
            }
        }
    }

    @Test("A checkpoint that was tampered with is refused by the database, or known by its signature")
    func checkpointsStay() async throws {
        try await withFile { journal, file, _ in
            for statement in [
                "UPDATE checkpoints SET note = 'x' WHERE size = 4", "DELETE FROM checkpoints WHERE size = 12",
                "INSERT INTO checkpoints (size, at, note, roots) VALUES (11, 0, 'x', x'')",
            ] {
                await #expect(throws: DatabaseError.self) { try await file.write { try $0.execute(sql: statement) } }
            }
            try await dropGuards(file)
            try await file.write {
                try $0.execute(
                    sql: "UPDATE checkpoints SET note = replace(note, char(10) || '8' || char(10), char(10) || '9' || char(10))")
            }
            let key = try #require(Self.key)
            let signed = try await journal.checkpoints(after: 0, limit: 10).map { kept in
                SignedNote(whole: kept.note)?.isSigned(by: key.verifier)
            }
            #expect(signed == [true, false, true])
            #expect(try await journal.verify(contents: false).missingGuards.contains("checkpoints_kept"))
        }
    }
}
