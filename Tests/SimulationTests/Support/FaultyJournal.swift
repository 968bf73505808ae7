import Domain
import Journal
import Synchronization

/// A journal whose next append goes wrong in a chosen way.
final class FaultyJournal: Journal {
    /// What goes wrong.
    enum Fault: Sendable {
        /// The disk is full before anything is written.
        case before
        /// Everything is written, and then the machine does not say so.
        case after
        /// Somebody else writes first.
        case overtaken(@Sendable () async throws -> Void)
    }

    /// What the disk says.
    static let disk = JournalFault.outage(.diskFull)

    private let journal: any Journal
    private let next = Mutex<Fault?>(nil)

    init(_ journal: any Journal) { self.journal = journal }

    /// The next append meets this; nil takes back what was not met.
    func meet(_ fault: Fault?) { next.withLock { $0 = fault } }

    /// Whether a fault that was set still waits.
    var isPending: Bool { next.withLock { $0 != nil } }

    func append(_ appending: Appending) async throws -> [RecordedEvent] {
        let fault = next.withLock { next in
            defer { next = nil }
            return next
        }
        switch fault {
        case nil: return try await journal.append(appending)
        case .before: throw FaultyJournal.disk
        case .after:
            _ = try await journal.append(appending)
            throw FaultyJournal.disk
        case .overtaken(let act):
            try await act()
            return try await journal.append(appending)
        }
    }

    func read(_ stream: StreamID, after version: Int) async throws(JournalFault) -> [RecordedEvent] {
        try await journal.read(stream, after: version)
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

/// A read log that can be full for a while.
final class FaultyReads: Reads {
    private let reads: any Reads
    private let full = Mutex(false)

    init(_ reads: any Reads) { self.reads = reads }

    func set(full: Bool) { self.full.withLock { $0 = full } }

    func log(_ entries: [ReadEntry]) async throws {
        if full.withLock({ $0 }) { throw FaultyJournal.disk }
        try await reads.log(entries)
    }
    func reads(of dossier: DossierID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads.reads(of: dossier, before: before, limit: limit)
    }
    func latest(before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads.latest(before: before, limit: limit)
    }
    func reads(by person: PersonID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
        try await reads.reads(by: person, before: before, limit: limit)
    }
    func lookedVersions(_ person: PersonID, dossiers: [DossierID]) async throws -> [DossierID: Int] {
        try await reads.lookedVersions(person, dossiers: dossiers)
    }
}
