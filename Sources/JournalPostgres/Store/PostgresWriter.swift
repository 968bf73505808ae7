import Foundation
import Journal
import Synchronization

/// Writes in turn with all other nodes, and lets those who wait here share one commit.
///
/// The turn is the lock of an empty table, taken before the transaction looks at anything: so what a transaction sees is what
/// the one before it left, numbers are drawn without gaps, and the sequence is in the order of the commits. `SERIALIZABLE`
/// holds it against what is written beside the turn; whatever the server refuses for that reason is done again.
final class PostgresWriter: Sendable {
    typealias Item = CommitQueue<PostgresConnection>.Item

    private let lane: PostgresLane
    private let keys: PostgresKeys
    private let queue: CommitQueue<PostgresConnection>
    /// Names this store among the writers of the database.
    private let name = UUID().uuidString.lowercased()
    /// The number of the last try: no two tries have the same, so what stands in the database is of one alone.
    private let number = Mutex(Int64(0))

    /// How often a group is tried.
    private static let tries = 6
    /// Every item has a savepoint; beyond 64 of them the server keeps them apart from the transaction, which costs everybody.
    private static let largest = 60

    init(lane: PostgresLane, keys: PostgresKeys, largest: Int, most: Int) {
        self.lane = lane
        self.keys = keys
        queue = CommitQueue(largest: min(largest, Self.largest), most: most)
    }

    var commits: Int { queue.commits }
    var waiting: Int { queue.waiting }

    func submit(_ item: Item) {
        guard queue.submit(item) else { return }
        lane.async {
            while let group = self.queue.next() { self.commit(group) }
        }
    }

    /// Lets what waits fail, and takes the name off the list of writers.
    func close() {
        queue.close()
        let (lane, name) = (lane, name)
        lane.async {
            guard let connection = try? lane.connected() else { return }
            _ = try? connection.execute("DELETE FROM writers WHERE name = ?", [.text(name)])
        }
        lane.close()
    }

    // MARK: On the thread of the lane

    private func commit(_ group: [Item]) {
        do {
            let outcomes = try outcomes(of: group)
            queue.committed()
            for tell in outcomes { tell() }
        } catch {
            let fault = (error as? PostgresError).map { JournalFault($0) as any Error } ?? error
            for item in group { item.fail(fault) }
        }
    }

    private func outcomes(of group: [Item]) throws -> [@Sendable () -> Void] {
        var tries = 0
        while true {
            tries += 1
            do {
                return try attempt(group)
            } catch let error as PostgresError where (error.isRetried || error.isOutage) && tries < Self.tries {
                // Not at once again: who was in the way may still be.
                if error.isRetried { usleep(UInt32.random(in: 500...5_000) << UInt32(min(tries, 5))) }
            }
        }
    }

    /// One try; what it throws says that nothing was written, save `uncertain`.
    private func attempt(_ group: [Item]) throws -> [@Sendable () -> Void] {
        let number = number.withLock { number in
            number += 1
            return number
        }
        var outcomes: [@Sendable () -> Void] = []
        do {
            let connection = try lane.connected()
            try connection.script("BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE turn IN EXCLUSIVE MODE")
            if group.count == 1 {
                if group[0].alone { try connection.script("SET LOCAL statement_timeout = 0") }
                // Alone, its failure may end the transaction itself.
                outcomes.append(try group[0].run(connection))
            } else {
                for item in group { outcomes.append(try outcome(of: item, connection)) }
            }
            try keys.flush()
        } catch {
            keys.discard()
            if let error = error as? PostgresError, error.isOutage { lane.drop() } else { lane.tidy() }
            throw error
        }
        do {
            let connection = try lane.connected()
            let last = try connection.executeAll([
                PostgresConnection.Statement(
                    "INSERT INTO writers (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last",
                    [.text(name), .int(number)]), PostgresConnection.Statement("COMMIT"),
            ]).last
            guard last?.done == "COMMIT" else {
                throw PostgresError(state: "25P02", constraint: nil, table: nil, guardWords: nil, isLost: false)
            }
        } catch let error as PostgresError where error.isOutage {
            lane.drop()
            guard try wasWritten(number) else { throw error }
        } catch {
            lane.tidy()
            throw error
        }
        return outcomes
    }

    /// Whether a group whose commit was not answered stands in the database after all.
    ///
    /// Its transaction may still be under way at the server: having the turn means that it is over.
    ///
    /// - Throws: `uncertain` when the server is not reached in time.
    private func wasWritten(_ number: Int64) throws -> Bool {
        for _ in 1...3 {
            do {
                let connection = try lane.connected()
                try connection.script("BEGIN; LOCK TABLE turn IN EXCLUSIVE MODE")
                let last = try connection.rows("SELECT last FROM writers WHERE name = ?", [.text(name)]).first?.int(0)
                try connection.script("COMMIT")
                return last == number
            } catch let error as PostgresError {
                if error.isOutage { lane.drop() } else { lane.tidy() }
            } catch JournalFault.unreachable {
                break
            }
        }
        throw JournalFault.uncertain
    }

    /// Runs one item in a savepoint; throws only if the transaction as a whole is lost.
    private func outcome(of item: Item, _ connection: PostgresConnection) throws -> @Sendable () -> Void {
        try connection.script("SAVEPOINT item")
        do {
            let tell = try item.run(connection)
            try connection.script("RELEASE item")
            return tell
        } catch {
            if let error = error as? PostgresError, error.isOutage || error.isRetried { throw error }
            try connection.script("ROLLBACK TO item; RELEASE item")
            let fault = (error as? PostgresError).map { JournalFault($0) as any Error } ?? error
            return { item.fail(fault) }
        }
    }
}
