import Domain
import ArgumentParser
import Journal
import JournalSQLite

/// Goes through every row of the journal.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Go through the whole journal and name the first row that is broken.")

    @Argument(help: "The data folder.")
    var directory: String

    @Option(help: "The file of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @OptionGroup var stores: DatabaseOptions

    @Flag(help: "Check the rows alone, without opening what is sealed.")
    var withoutKeys = false

    @Option(
        help:
            "A file with checkpoints that were kept elsewhere, such as the mails that brought them; the journal is held to them.")
    var checkpoints: String?

    @Option(help: "The public key that checkpoints are signed with, when you do not trust the one beside the data.")
    var key: String?

    @Option(help: "The folder of an older copy; the first row that is another is named.")
    var copy: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Broken: Encodable {
            let sequence: Int64
            let stream: String
            let version: Int
            let reason: String
        }

        let whole: Bool
        let events: Int64
        let streams: Int
        let opened: Int64
        let erased: Int64
        let broken: Broken?
        let missingGuards: [String]
        /// The number of checkpoints that the rows agree with.
        let checkpoints: Int
        let mismatch: Mismatch?
        /// Checkpoints that were not believed.
        let refusedCheckpoints: [String]
        /// The first row that is another than in the copy.
        let firstOtherThanCopy: Int64?

        struct Mismatch: Encodable {
            /// The number of rows of the checkpoint that says otherwise.
            let size: Int64
            let at: Instant
            let firstRow: Int64
            let cutOff: Bool
        }
    }

    func run() async throws {
        let place = try stores.place()
        let folder = try DataFolder.find(directory, keyFile: keyFile, in: place)
        let (journal, close) = try open(folder, place)
        var known = try KnownCheckpoints.key(given: key, folder: folder).map(KnownCheckpoints.init)
        guard known != nil || checkpoints == nil else {
            throw CommandRefusal("to hold it to checkpoints the key is needed that they are signed with: --key")
        }
        known?.add(kept: try await journal.checkpoints(after: 0, limit: .max))
        if let checkpoints { try known?.add(file: checkpoints) }
        let found = try await journal.verify(contents: !withoutKeys, against: known?.trusted ?? [])
        let other = if let copy { try await Self.firstOther(journal, than: copy) } else { nil as Int64? }
        try await close()
        let refused = known?.refused ?? []
        let result = Result(
            whole: found.isWhole && refused.isEmpty && other == nil, events: found.events, streams: found.streams,
            opened: found.opened, erased: found.erased,
            broken: found.firstBreak.map {
                Result.Broken(
                    sequence: $0.sequence, stream: $0.stream.rawValue, version: $0.version, reason: $0.reason.rawValue)
            }, missingGuards: found.missingGuards, checkpoints: found.checkpoints,
            mismatch: found.firstMismatch.map {
                Result.Mismatch(
                    size: $0.checkpoint.size, at: $0.checkpoint.at, firstRow: $0.firstRow, cutOff: $0.isCutOff)
            }, refusedCheckpoints: refused, firstOtherThanCopy: other)
        if json { try Output.json(result) } else { print(result) }
        if !result.whole { throw ExitCode(Ending.refused) }
    }

    /// The journal, and what closes it.
    private func open(
        _ folder: DataFolder, _ place: StorePlace
    ) throws -> (journal: any OpenStores.WholeJournal, close: @Sendable () async throws -> Void) {
        guard withoutKeys else {
            let stores = try OpenStores(folder, place)
            return (stores.journal, { try await stores.close() })
        }
        guard case .folder = place else {
            throw CommandRefusal("--without-keys is for stores in a folder; nodes that share a database have the keys")
        }
        let store = try SQLiteStore.openWithoutKeys(directory: folder.root)
        return (SQLiteJournal(store), { try store.close() })
    }

    private func print(_ result: Result) {
        Output.line("\(result.events) events in \(result.streams) streams, \(result.opened) opened, \(result.erased) erased")
        if let broken = result.broken {
            Output.line("broken: row \(broken.sequence), version \(broken.version) of \(broken.stream): \(broken.reason)")
        }
        if let mismatch = result.mismatch {
            Output.line(
                "altered: the checkpoint of \(mismatch.at) was of other rows; the first that may be another is row \(mismatch.firstRow)"
                    + (mismatch.cutOff ? ", and rows are missing at the end" : ""))
        }
        if let row = result.firstOtherThanCopy { Output.line("altered: row \(row) is another than in the copy") }
        for line in result.refusedCheckpoints { Output.line("not believed: \(line)") }
        for name in result.missingGuards { Output.line("missing or altered: trigger \(name)") }
        if result.checkpoints > 0 { Output.line("\(result.checkpoints) checkpoints agree") }
        if result.whole { Output.line("the journal is whole") }
    }

    /// The sequence of the first row that is not as in an older copy; nil when all rows of the copy are there as they were.
    private static func firstOther(_ journal: any Checkpoints, than path: String) async throws -> Int64? {
        let store = try SQLiteStore.openWithoutKeys(directory: DataFolder.find(path).root)
        let copy = SQLiteJournal(store)
        var after: Int64 = 0
        while true {
            let (here, there) = (
                try await journal.hashes(after: after, limit: 10_000), try await copy.hashes(after: after, limit: 10_000)
            )
            if let place = there.indices.first(where: { $0 >= here.count || here[$0] != there[$0] }) {
                try store.close()
                return after + Int64(place) + 1
            }
            if there.isEmpty { break }
            after += Int64(there.count)
        }
        try store.close()
        return nil
    }
}
