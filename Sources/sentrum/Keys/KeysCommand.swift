import ArgumentParser
import Foundation
import Journal
import JournalPostgres
import JournalSQLite

/// What is done with the keys of an installation.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Change the master key of an installation.", subcommands: [RewrapCommand.self])
}

/// Wraps the keys of all dossiers by another master key.
struct RewrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewrap", abstract: "Wrap the keys of all dossiers by a new master key, while nothing else runs.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "The file of the new master key; it is made when it is not there.")
    var newKeyFile: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let keys: Int
        let masterKey: String
    }

    func run() async throws {
        let stores = try place.stores.place()
        let folder = try DataFolder.find(
            place.directory, keyFile: place.keyFile, erasures: place.erasures, in: stores)
        let file = URL(filePath: newKeyFile)
        let old = try MasterKey.load(from: folder.keyFile)
        let isThere = FileManager.default.fileExists(atPath: newKeyFile)
        let new = try isThere ? MasterKey.load(from: file) : MasterKey.create(at: file)
        let count =
            switch stores {
            case .folder: try SQLiteStore.rewrapKeys(in: folder.root, from: old, to: new)
            case .postgres(_, let keys): try PostgresKeys.rewrap(in: keys, from: old, to: new)
            }
        if json { return try Output.json(Result(keys: count, masterKey: newKeyFile)) }
        Output.line(
            count == 0 ? "the keys were wrapped by this master key already" : "\(count) keys are wrapped by the new master key")
        Output.line("start with --key-file \(newKeyFile) from now on, or put it in the place of \(folder.keyFile.path)")
    }
}
