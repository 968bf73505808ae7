import ArgumentParser

/// Makes backups of an installation while it runs, and looks at them.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Make a backup of an installation while it runs, list them, or try one.",
        usage: """
            sentrum backup DIR TO --keys KEYDIR [--check] [--keep-daily N] [--keep-weekly N]
            sentrum backup list TO
            sentrum backup check DIR TO --keys KEYDIR [--at MOMENT]
            """,
        discussion: """
            TO gets everything but the keys, and KEYDIR gets the keys; neither gets the master key or the list of erasures. Without \
            KEYDIR and the master key nobody reads what was written about a child; names in lists can be read.
            """,
        subcommands: [MakeBackupCommand.self, ListBackupsCommand.self, CheckBackupCommand.self],
        defaultSubcommand: MakeBackupCommand.self)
}
