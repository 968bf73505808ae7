import ArgumentParser

/// Takes over what others registered.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over what others registered.", subcommands: [ImportSchoolsCommand.self])
}
