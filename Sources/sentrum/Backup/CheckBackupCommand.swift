import ArgumentParser
import Foundation
import Journal
import UseCases

/// Puts a backup back on trial and verifies it.
struct CheckBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Put a backup back on trial, verify the journal and the registers, and take it away again.",
        discussion: """
            A piece that is not what it was is taken out of the way: what it is of is still in the data folder as a rule, and then the \
            next backup writes it anew.
            """)

    @OptionGroup var from: BackedUp

    @Option(
        help: "The newest backup at or before this moment, on the clock in Amsterdam or as listed; the newest when not given.")
    var at: BackupMoment?

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let folder = try from.folder()
        let (contents, keys) = try from.find(beside: folder)
        let locks = try from.locks(folder, contents, keys)
        let tried = try await from.trying(contents, keys, at?.instant).onTrial(folder)
        if var record = BackupRecord.read(in: folder.root) {
            record.checkedAt = SystemClock().now()
            try record.write(in: folder.root)
        }
        withExtendedLifetime(locks) {}
        if json { return try Output.json(tried) }
        tried.print()
    }
}
