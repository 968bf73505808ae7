import Domain
import Foundation
import Journal

/// The list of erasures as a table beside the keys, which all nodes share; no backup of the journal has it.
package struct PostgresErasures: ErasureList {
    private let connections: PostgresBlocking

    init(_ connections: PostgresBlocking) { self.connections = connections }

    package func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>) {
        try faults {
            try connections.use { db in
                var entries: [ErasureEntry] = []
                var finished: Set<String> = []
                for row in try db.rows("SELECT id, entry, done FROM erasures ORDER BY place") {
                    guard let entry = try? JSONDecoder().decode(ErasureEntry.self, from: Data(try row.text(1).utf8)) else {
                        throw JournalFault.erasureList("a line cannot be read")
                    }
                    entries.append(entry)
                    if try row.truth(2) { finished.insert(try row.text(0)) }
                }
                return (entries, finished)
            }
        }
    }

    package func add(_ entry: ErasureEntry) throws(JournalFault) {
        try faults {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let text = String(decoding: try encoder.encode(entry), as: UTF8.self)
            try connections.use { db in
                _ = try db.execute(
                    "INSERT INTO erasures (id, entry) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", [.text(entry.id), .text(text)])
            }
        }
    }

    package func finish(_ id: String) throws(JournalFault) {
        try faults { try connections.use { db in _ = try db.execute("UPDATE erasures SET done = 1 WHERE id = ?", [.text(id)]) } }
    }

    /// Nothing is opened when the list is not known, whatever the reason.
    private func faults<T>(_ work: () throws -> T) throws(JournalFault) -> T {
        do {
            return try work()
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .erasureList("the database of the keys does not answer")
        }
    }
}
