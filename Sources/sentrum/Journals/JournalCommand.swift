import ArgumentParser

/// Proves, signs, rebuilds and exports the journal.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Verify, sign, prove, rebuild or export the journal.",
        subcommands: [
            VerifyCommand.self, CheckpointCommand.self, ProveCommand.self, CheckProofCommand.self, RebuildCommand.self,
            ExportCommand.self,
        ])
}
