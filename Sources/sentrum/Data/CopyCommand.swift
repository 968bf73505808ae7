import ArgumentParser
import Domain
import Foundation
import Journal
import UseCases

/// Copies the stores of an installation from its folder into a database, or back.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy an installation from its folder into a PostgreSQL database, or back.",
        discussion: """
            One of FROM and TO is the data folder, the other the address of a database. The plan and the master key stay in the \
            folder either way. Nobody may work with what is copied meanwhile. What is copied to must be empty; a copy that was \
            stopped is begun again by the same command. At the end both are compared and the journal is verified.
            """)

    @Argument(help: "The data folder or the database to copy from.")
    var from: String

    @Argument(help: "The data folder or the database to copy to.")
    var to: String

    @Option(help: "The file of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @Option(help: "The database of the keys, when it is another one.")
    var keysDatabase: String?

    @Option(help: "The schema in the database; that of the keys has _keys behind its name.")
    var schema = "sentrum"

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let rows: [String: Int]
        let events: Int64
        let head: String
        let registers: [String: String]
    }

    /// Whether it is the address of a database: the two forms that its library reads.
    private static func isDatabase(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") || text.contains("=")
    }

    func run() async throws {
        guard Self.isDatabase(from) != Self.isDatabase(to) else {
            throw ValidationError("one of FROM and TO is a data folder and the other postgresql://…")
        }
        let isIn = Self.isDatabase(to)
        let database = try StorePlace(database: isIn ? to : from, keys: keysDatabase, schema: schema)
        // Back into a folder that has the plan and the key, and may have no stores yet.
        let folder = try DataFolder.find(isIn ? from : to, keyFile: keyFile, in: isIn ? .folder : database)
        let source = try OpenStores(folder, isIn ? .folder : database)
        let target = try OpenStores(folder, isIn ? database : .folder)
        let tally = Tally()
        try await Self.aside { [json] in
            try StoreCopy.copy(from: source.copy, to: target.copy) { table, rows in
                tally.rows[table] = rows
                if !json, rows > 0 { Output.line("\(table): \(rows)") }
            }
        }
        let (before, after) = (try await Sum(source.journal), try await Sum(target.journal))
        guard before == after else {
            throw CommandRefusal(
                "the copy is not equal to what was copied: was somebody working with it? Begin anew, in an empty one")
        }
        let found = try await target.journal.verify(contents: true)
        guard found.isWhole else { throw CommandRefusal("the journal of the copy is not whole: see sentrum journal verify") }
        try await source.close()
        try await target.close()
        let result = Result(
            rows: tally.rows, events: after.head, head: after.hash,
            registers: Dictionary(after.digests.map { ($0.table, $0.digest) }, uniquingKeysWith: { first, _ in first }))
        if json { return try Output.json(result) }
        Output.line("\(after.head) events, the last with hash \(after.hash)")
        Output.line("registers, numbers, checkpoints and erasures are equal, and the journal of the copy is whole")
    }

    /// What both must have in common.
    private struct Sum: Equatable {
        let head: Int64
        /// Of the last row, in hexadecimal.
        let hash: String
        let digests: [RegisterDigest]
        let counters: [String: Int64]
        let checkpoints: [KeptCheckpoint]
        let erasures: [Erasure]

        init(_ journal: any OpenStores.WholeJournal) async throws {
            head = try await journal.head()
            let last = try await journal.hashes(after: head - 1, limit: 1).first ?? Data()
            hash = last.hexadecimal
            digests = try await journal.registerDigests()
            counters = try await journal.counters()
            checkpoints = try await journal.checkpoints(after: 0, limit: .max)
            erasures = try await journal.erasures()
        }
    }

    /// How many rows there were; filled on one thread and read after it.
    private final class Tally: @unchecked Sendable {
        var rows: [String: Int] = [:]
    }

    private static func aside(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}
