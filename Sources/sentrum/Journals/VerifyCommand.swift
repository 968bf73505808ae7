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

    @Flag(help: "Check the rows alone, without opening what is sealed.")
    var withoutKeys = false

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
    }

    func run() async throws {
        let folder = try DataFolder.find(directory, keyFile: keyFile)
        let store =
            withoutKeys
            ? try SQLiteStore.openWithoutKeys(directory: folder.root)
            : try SQLiteStore.open(directory: folder.root, master: try MasterKey.load(from: folder.keyFile))
        let found = try await SQLiteJournal(store).verify(contents: !withoutKeys)
        try store.close()
        let result = Result(
            whole: found.isWhole, events: found.events, streams: found.streams, opened: found.opened, erased: found.erased,
            broken: found.firstBreak.map {
                Result.Broken(
                    sequence: $0.sequence, stream: $0.stream.rawValue, version: $0.version, reason: $0.reason.rawValue)
            }, missingGuards: found.missingGuards)
        if json { try Output.json(result) } else { print(result) }
        if !found.isWhole { throw ExitCode(Ending.refused) }
    }

    private func print(_ result: Result) {
        Output.line("\(result.events) events in \(result.streams) streams, \(result.opened) opened, \(result.erased) erased")
        if let broken = result.broken {
            Output.line("broken: row \(broken.sequence), version \(broken.version) of \(broken.stream): \(broken.reason)")
        }
        for name in result.missingGuards { Output.line("missing or altered: trigger \(name)") }
        if result.whole { Output.line("the journal is whole") }
    }
}
