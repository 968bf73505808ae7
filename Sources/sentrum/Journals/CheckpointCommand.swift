import ArgumentParser
import Foundation
import Journal
import JournalSQLite
import UseCases

/// Signs how the journal stands now.
struct CheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Sign how the journal stands now, and print it for whoever keeps an eye on it.",
        discussion: "A server does this every hour. Without news the last one is printed.")

    @OptionGroup var place: InstallationOptions

    @Flag(help: "Print the public key that checkpoints are checked with, and nothing else.")
    var key = false

    func run() async throws {
        let opened = try await place.open()
        let key = try CheckpointKey.loadOrCreate(
            at: opened.folder.checkpointKeyFile, name: try opened.folder.journalName())
        if self.key {
            Output.line(key.verifier.description)
        } else {
            let made = try await opened.journal.makeCheckpoint(by: key, at: opened.installation.clock.now())
            let last = if let made { made } else { try await opened.journal.lastCheckpoint() }
            guard let last else { throw CommandRefusal("the journal is empty: there is nothing to sign") }
            FileHandle.standardOutput.write(Data(last.note.utf8))
        }
        try await opened.close()
    }
}
