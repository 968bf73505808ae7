import ArgumentParser

/// Proves, rebuilds and exports the journal.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Verify, rebuild or export the journal.",
        subcommands: [VerifyCommand.self, RebuildCommand.self, ExportCommand.self])
}
