import Dispatch
import Domain
import Foundation
import GRDB
import Journal
import JournalSQLite
import Testing

@Suite("Writing together")
struct GroupCommitTests {
    @Test("lets those who wait share one commit")
    func sharesCommits() async throws {
        let store = try SQLiteStore.inMemory()
        let before = store.commits
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await store.write { _ in
                    enter.yield()
                    gate.wait()
                }
            }
            for await _ in entered.prefix(1) {}
            for _ in 0..<100 { group.addTask { try await store.write { _ in } } }
            while store.waiting < 100 { try await Task.sleep(for: .milliseconds(1)) }
            gate.signal()
            try await group.waitForAll()
        }
        #expect(store.commits == before + 2)
    }

    @Test("gives a large crowd several commits")
    func limitsGroups() async throws {
        var options = SQLiteStore.Options()
        options.largestGroup = 1
        let store = try SQLiteStore.inMemory(options: options)
        let before = store.commits
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { try await store.write { _ in } } }
            try await group.waitForAll()
        }
        #expect(store.commits == before + 20)
    }

    @Test("rolls back alone what fails, whatever it had written")
    func rollsBackAlone() async throws {
        let store = try SQLiteStore.inMemory()
        try await store.write { try $0.execute(sql: "CREATE TABLE numbers (number INTEGER PRIMARY KEY)") }
        let failed = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        try await store.write { db in
                            try db.execute(sql: "INSERT INTO numbers VALUES (?)", arguments: [number])
                            if number % 3 == 0 { throw Refused() }
                        }
                        return false
                    } catch is Refused {
                        return true
                    } catch {
                        Issue.record(error)
                        return false
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failed == 67)
        let numbers = try await store.read { try Int.fetchAll($0, sql: "SELECT number FROM numbers ORDER BY number") }
        #expect(numbers == (0..<200).filter { $0 % 3 != 0 })
    }

    @Test("hands errors of the database over as faults without values")
    func mapsErrors() async throws {
        let store = try SQLiteStore.inMemory()
        do {
            try await store.write { db in
                for _ in 0..<2 {
                    try db.execute(
                        sql: "INSERT INTO counters (name, last) VALUES (?, 1)", arguments: ["Anna Visser"])
                }
            }
            Issue.record("was written")
        } catch let fault as JournalFault {
            #expect(fault.code == "journal.storage")
            #expect("\(fault)".contains("counters.name"))
            #expect(!"\(fault)".contains("Visser"))
        }
        await #expect(throws: JournalFault.self) { try await store.read { try $0.execute(sql: "SELECT nothing") } }
    }

    /// What SQLite says when the system could not bring to the disk what was written.
    private static let syncFailed = DatabaseError(resultCode: .SQLITE_IOERR_FSYNC)

    /// Bytes in the log of the database.
    private static func log(_ folder: URL) throws -> Int {
        let path = folder.appending(path: "journal.sqlite-wal").path(percentEncoded: false)
        return try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }

    @Test("brings all that was acknowledged into the database after an fsync that failed, and goes on")
    func settles() async throws {
        try await withSQLite { journal, folder, _ in
            _ = try await journal.append(.noting("first", in: "dossier-0", after: 0))
            #expect(try Self.log(folder) > 0)
            let fault = await #expect(throws: JournalFault.self) { try await journal.store.write { _ in throw Self.syncFailed } }
            #expect(fault.flatMap { WriteOutage($0) } == .diskFailed)
            // Nothing of what failed can be found in the log by a later start.
            #expect(try Self.log(folder) == 0)
            _ = try await journal.append(.noting("second", in: "dossier-0", after: 1))
            let verification = try await journal.verify(contents: true)
            #expect(verification.isWhole)
            #expect(verification.opened == 2)
        }
    }

    @Test("says that it is not known what was written while it cannot be settled, and writes nothing until it is")
    func staysUnsettled() async throws {
        var options = SQLiteStore.Options()
        options.patience = 0.1
        try await withSQLite(options: options) { journal, folder, _ in
            _ = try await journal.append(.noting("first", in: "dossier-0", after: 0))
            // Somebody who reads keeps the log from being emptied.
            var reading = Configuration()
            reading.allowsUnsafeTransactions = true
            let reader = try DatabaseQueue(
                path: folder.appending(path: "journal.sqlite").path(percentEncoded: false), configuration: reading)
            try await reader.writeWithoutTransaction { db in
                try db.beginTransaction(.deferred)
                _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
            }
            _ = try await journal.append(.noting("second", in: "dossier-0", after: 1))
            let unknown = await #expect(throws: JournalFault.self) {
                try await journal.store.write { _ in throw Self.syncFailed }
            }
            #expect(unknown == .uncertain)
            let refused = await #expect(throws: JournalFault.self) {
                _ = try await journal.append(.noting("third", in: "dossier-0", after: 2))
            }
            #expect(refused.flatMap { WriteOutage($0) } == .diskFailed)
            try await reader.writeWithoutTransaction { try $0.commit() }
            try reader.close()
            _ = try await journal.append(.noting("third", in: "dossier-0", after: 2))
            let verification = try await journal.verify(contents: true)
            #expect(verification.isWhole)
            #expect(verification.opened == 3)
        }
    }

    @Test("lets a crowd read, of which some go through many rows, without any waiting for ever for another")
    func readsTogether() async throws {
        var options = SQLiteStore.Options()
        options.readers = 1
        try await withSQLite(options: options) { journal, _, _ in
            let store = journal.store
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<400 {
                    group.addTask {
                        let work: @Sendable (Database) throws -> Int = { db in
                            try Int.fetchOne(db, sql: "SELECT ?", arguments: [number]) ?? -1
                        }
                        return number.isMultiple(of: 2) ? try await store.readAlong(work) : try await store.read(work)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(numbers.sorted() == Array(0..<400))
        }
    }

    @Test("gives those who wait when the store is closed a fault, and does what was begun")
    func closes() async throws {
        try await withSQLite { journal, _, _ in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<50 {
                    group.addTask {
                        do {
                            _ = try await journal.append(
                                .noting("a", in: StreamID(rawValue: "dossier-\(index)"), after: 0))
                            return true
                        } catch {
                            #expect(error as? JournalFault == .closed)
                            return false
                        }
                    }
                }
                try? journal.store.close()
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count == 50)
        }
    }
}
