import Domain
import Foundation
import Journal
import Synchronization
import UseCases

/// A journal with something between it and its user: another writer, a failing disk, an eye on what is read.
final class WatchedJournal: Journal {
    typealias Hook = @Sendable (Appending) async throws -> Void

    private let journal: any Journal
    private let before: Hook
    private let after: Hook
    private let state = Mutex((appends: 0, reads: [(stream: StreamID, after: Int, found: Int)]()))

    /// - Parameters:
    ///   - before: done before each append reaches the journal; what it throws keeps the append from it.
    ///   - after: done once an append is on disk; what it throws hides that it is.
    init(_ journal: any Journal, before: @escaping Hook = { _ in }, after: @escaping Hook = { _ in }) {
        self.journal = journal
        self.before = before
        self.after = after
    }

    /// The number of appends asked for so far.
    var appends: Int { state.withLock { $0.appends } }
    /// What was read of streams, in order.
    var reads: [(stream: StreamID, after: Int, found: Int)] { state.withLock { $0.reads } }
    func forgetReads() { state.withLock { $0.reads = [] } }

    func read(_ stream: StreamID, after version: Int) async throws(JournalFault) -> [RecordedEvent] {
        let events = try await journal.read(stream, after: version)
        state.withLock { $0.reads.append((stream, version, events.count)) }
        return events
    }

    func append(_ appending: Appending) async throws -> [RecordedEvent] {
        state.withLock { $0.appends += 1 }
        try await before(appending)
        let events = try await journal.append(appending)
        try await after(appending)
        return events
    }

    func appendAll(_ appendings: [Appending]) async throws -> [[RecordedEvent]] { try await journal.appendAll(appendings) }
    func streams(prefix: String, after stream: StreamID?, limit: Int) async throws(JournalFault) -> [StreamID] {
        try await journal.streams(prefix: prefix, after: stream, limit: limit)
    }
    func head() async throws(JournalFault) -> Int64 { try await journal.head() }
    func events(after sequence: Int64, limit: Int) async throws(JournalFault) -> [RecordedEvent] {
        try await journal.events(after: sequence, limit: limit)
    }
    func rows(after sequence: Int64, limit: Int) async throws(JournalFault) -> [SealedEvent] {
        try await journal.rows(after: sequence, limit: limit)
    }
}

/// A disk that is full.
let diskFull = JournalFault.outage(.diskFull)

/// A read log that cannot be written.
struct FullReads: Reads {
    func log(_ reads: [ReadEntry]) async throws { throw diskFull }
    func reads(of dossier: DossierID, before: Int64?, limit: Int) async throws -> [LoggedRead] { [] }
    func latest(before: Int64?, limit: Int) async throws -> [LoggedRead] { [] }
    func reads(by person: PersonID, before: Int64?, limit: Int) async throws -> [LoggedRead] { [] }
    func lookedVersions(_ person: PersonID, dossiers: [DossierID]) async throws -> [DossierID: Int] { [:] }
}

/// Something that happens a number of times and then no more.
final class Times: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    /// True as long as there are some left; takes one.
    func next() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
