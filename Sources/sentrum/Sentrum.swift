import ArgumentParser
import Foundation

/// The platform of a samenwerkingsverband passend onderwijs.
@main
struct Sentrum: AsyncParsableCommand {
    /// By semantic versioning; the heading of CHANGELOG that is not released yet is of this one.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "sentrum", abstract: "The platform of a samenwerkingsverband passend onderwijs.",
        discussion: "Ends with 0 when done, 2 when refused, 64 when asked wrongly and 70 at a fault.",
        version: version,
        subcommands: [
            InitCommand.self, DemoCommand.self, ServeCommand.self, ServeManyCommand.self, ConfigCommand.self, CopyCommand.self,
            PlanCommand.self, JournalCommand.self, ImportCommand.self, AccountCommand.self, SignInCommand.self,
            TransferCommand.self, KeysCommand.self,
            BackupCommand.self, RestoreCommand.self, BenchCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            // Wrong usage, and help when it is asked for, are the parser's own.
            guard exitCode(for: error) == .failure else { exit(withError: error) }
            let ending = Ending(error)
            for line in ending.lines { Output.problem(line) }
            Foundation.exit(ending.code)
        }
    }
}
