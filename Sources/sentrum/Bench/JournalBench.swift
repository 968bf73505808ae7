import Domain
import Foundation
import Journal
import JournalSQLite
import Synchronization

/// How many events the journal takes a second: sealed, chained, and on disk before each is acknowledged.
struct JournalBench {
    private let store: SQLiteStore
    private let journal: SQLiteJournal

    init(folder: URL) throws {
        store = try SQLiteStore.open(directory: folder.appending(path: "journal"), master: .generate())
        journal = SQLiteJournal(store)
    }

    private static let event = NewEvent(
        type: "bench.written.v1", payload: Data("{\"text\":\"\(String(repeating: "x", count: 300))\"}".utf8))

    /// Each writer adds one event after the other to a stream of its own.
    func appends(_ writers: Int, for time: Duration) async throws -> Rate {
        let journal = journal
        let versions = Mutex([Int](repeating: 0, count: writers))
        let commits = store.commits
        let (times, whole) = try await timed(for: time, writers: writers) { writer in
            let version = versions.withLock { $0[writer] }
            _ = try await journal.append(
                Appending(
                    stream: StreamID("bench-\(writers)-\(writer)"), expectedVersion: version, at: Instant(milliseconds: 0),
                    actor: PersonID("bench"), make: { _ in Act(events: [Self.event]) }))
            versions.withLock { $0[writer] += 1 }
        }
        let shared = Double(times.count) / Double(max(1, store.commits - commits))
        return Rate(
            "append-\(writers)",
            "journal: one event an act, \(writers) writers, \((shared * 10).rounded() / 10) a commit", times, in: whole)
    }

    func close() throws { try store.close() }
}
