import Dispatch
import Domain
import Foundation
import Journal
import Synchronization

/// The keys of the streams, in a schema or a database of their own, each wrapped by the master key.
///
/// A new key is on disk before the first event of its stream is: the store flushes the new keys just before it commits. They
/// are made in turn, so two nodes never make one for the same stream. Everything here blocks: for use inside the work of a
/// store, which runs on threads of its own.
package final class PostgresKeys: Sendable {
    private let connections: PostgresBlocking
    private let master: MasterKey
    private let state: Mutex<State>

    private struct State {
        var cache: KeyCache
        var fresh: [StreamID: StreamKey] = [:]
    }

    init(_ connections: PostgresBlocking, master: MasterKey, capacity: Int) throws {
        self.connections = connections
        self.master = master
        state = Mutex(State(cache: KeyCache(capacity: capacity)))
        let mark = master.mark
        let known = try connections.use { db in
            try db.execute("INSERT INTO master (one, mark) VALUES (1, ?) ON CONFLICT DO NOTHING", [.bytes(mark)])
            return try db.rows("SELECT mark FROM master").first?.bytes(0)
        }
        guard known == mark else { throw JournalFault.masterKeyWrong }
    }

    /// The stream's key, or nil if it never had one or it was destroyed.
    package func existing(_ stream: StreamID) throws -> StreamKey? {
        let held = state.withLock { $0.cache.key(of: stream) ?? $0.fresh[stream] }
        if let held { return held }
        let wrapped = try connections.use { db in
            try db.rows("SELECT wrapped FROM keys WHERE stream = ?", [PostgresValue(stream)]).first?.bytes(0)
        }
        guard let wrapped else { return nil }
        let key = try StreamKey(wrapped: wrapped, by: master, for: stream)
        state.withLock { $0.cache.insert(key, for: stream) }
        return key
    }

    /// The same of many streams at once; one without a key is left out.
    func existing(_ streams: some Sequence<StreamID>) throws -> [StreamID: StreamKey] {
        var found: [StreamID: StreamKey] = [:]
        var asked: [String] = []
        state.withLock { state in
            for stream in Set(streams) {
                if let key = state.cache.key(of: stream) { found[stream] = key } else { asked.append(stream.rawValue) }
            }
        }
        for (stream, wrapped) in try stored(asked) {
            // One wrapped key that was tampered with must not keep the others from being told.
            guard let key = try? StreamKey(wrapped: wrapped, by: master, for: stream) else { continue }
            found[stream] = key
            state.withLock { $0.cache.insert(key, for: stream) }
        }
        return found
    }

    /// Which of these streams have a key in the database, whatever is remembered here.
    func areKept(_ streams: some Sequence<StreamID>) throws -> Set<StreamID> {
        Set(try stored(streams.map(\.rawValue)).map(\.0))
    }

    private func stored(_ streams: [String]) throws -> [(StreamID, Data)] {
        guard !streams.isEmpty else { return [] }
        return try connections.use { db in
            try db.rows("SELECT stream, wrapped FROM keys WHERE stream = ANY (?::text[])", [.texts(streams)]).map { row in
                (try row.id(0), try row.bytes(1))
            }
        }
    }

    /// The stream's key, made if it has none yet. Only in turn: `PostgresStore.write` sees to it that it is stored.
    package func orCreate(_ stream: StreamID) throws -> StreamKey {
        if let key = try existing(stream) { return key }
        let key = StreamKey.generate()
        state.withLock { $0.fresh[stream] = key }
        return key
    }

    /// Puts the keys made since the last flush on disk.
    func flush() throws {
        let fresh = state.withLock { $0.fresh }
        guard !fresh.isEmpty else { return }
        // Only while the master key is the one that this node has: it may have been changed meanwhile.
        let inserts = try fresh.map { stream, key in
            PostgresConnection.Statement(
                "INSERT INTO keys (stream, wrapped) SELECT ?, ? :: bytea FROM master WHERE mark = ?",
                [PostgresValue(stream), .bytes(try key.wrapped(by: master, for: stream)), .bytes(master.mark)])
        }
        // Never twice: whether it was written when the answer was lost is asked the next time the stream needs a key.
        try connections.once { db in
            let results = try db.executeAll([.init("BEGIN")] + inserts)
            guard results.dropFirst().allSatisfy({ $0.changed == 1 }) else { throw JournalFault.masterKeyWrong }
            guard try db.execute("COMMIT").done == "COMMIT" else {
                throw JournalFault.storage(code: 0, message: "keys were not committed")
            }
        }
        state.withLock { state in
            for (stream, key) in fresh { state.cache.insert(key, for: stream) }
            state.fresh = [:]
        }
    }

    /// Forgets the keys made since the last flush, because what they were made for is not stored either.
    func discard() { state.withLock { $0.fresh = [:] } }

    /// Forgets what is remembered of streams that another node has forgotten.
    func drop(_ streams: some Sequence<StreamID>) {
        state.withLock { state in
            for stream in streams {
                state.cache.remove(stream)
                state.fresh.removeValue(forKey: stream)
            }
        }
    }

    /// Destroys the keys of these streams, and writes the table anew so that its pages do not hold them any longer.
    func destroy(_ streams: [StreamID]) throws {
        drop(streams)
        var deleted = 0
        for start in stride(from: 0, to: streams.count, by: 5_000) {
            let names = streams[start..<min(start + 5_000, streams.count)].map(\.rawValue)
            deleted += try connections.use { db in
                try db.execute("DELETE FROM keys WHERE stream = ANY (?::text[])", [.texts(names)]).changed
            }
        }
        if deleted > 0 { try settle() }
    }

    /// Goes through all wrapped keys in order of stream.
    func each(_ body: (String, Data) throws -> Void) throws {
        var last = ""
        while true {
            let rows = try connections.use { db in
                try db.rows("SELECT stream, wrapped FROM keys WHERE stream > ? ORDER BY stream LIMIT 1000", [.text(last)])
            }
            for row in rows {
                last = try row.text(0)
                try body(last, try row.bytes(1))
            }
            guard rows.count == 1_000 else { return }
        }
    }

    /// Takes wrapped keys from another store that has the same master key, in place of those of a copy that was stopped.
    func fill(_ keys: [(String, Data)]) throws {
        let inserts = keys.map { stream, wrapped in
            PostgresConnection.Statement(
                "INSERT INTO keys (stream, wrapped) VALUES (?, ?) ON CONFLICT (stream) DO UPDATE SET wrapped = excluded.wrapped",
                [.text(stream), .bytes(wrapped)])
        }
        _ = try connections.use { db in try db.executeAll(inserts) }
        drop(keys.map { StreamID(rawValue: $0.0) })
    }

    /// Wraps the keys of all streams by another master key, in one transaction; no contents are touched.
    ///
    /// No node should run meanwhile: what it has in memory still opens, but from then on it can neither read nor make a key.
    /// Done again it does no harm.
    ///
    /// - Returns: how many keys; 0 when they were wrapped by the new one already.
    /// - Throws: `masterKeyWrong` when they were wrapped by neither.
    package static func rewrap(
        in address: PostgresAddress, from old: MasterKey, to new: MasterKey
    ) throws(JournalFault) -> Int {
        do {
            let db = try PostgresConnection(address)
            try db.script("BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE keys, master IN ACCESS EXCLUSIVE MODE")
            let mark = try db.rows("SELECT mark FROM master").first?.bytes(0)
            guard mark != new.mark else { return 0 }
            guard mark == old.mark else { throw JournalFault.masterKeyWrong }
            let updates = try db.rows("SELECT stream, wrapped FROM keys").map { row in
                let stream: StreamID = try row.id(0)
                let key = try StreamKey(wrapped: try row.bytes(1), by: old, for: stream)
                return PostgresConnection.Statement(
                    "UPDATE keys SET wrapped = ? WHERE stream = ?",
                    [.bytes(try key.wrapped(by: new, for: stream)), PostgresValue(stream)])
            }
            try db.executeAll(updates)
            try db.execute("UPDATE master SET mark = ?", [.bytes(new.mark)])
            guard try db.execute("COMMIT").done == "COMMIT" else { throw JournalFault.unexpected(type: "rollback") }
            // Nothing that the old master key opens stays in the pages of the table.
            try db.script("VACUUM (FULL) keys")
            return updates.count
        } catch {
            throw JournalFault(any: error)
        }
    }

    /// Writes the table of the keys anew.
    func settle() throws {
        try connections.use { db in try db.script("VACUUM (FULL) keys") }
    }

    func close() { connections.close() }
}
