import Journal
import ArgumentParser
import Domain
import UseCases

/// Gives somebody a function.
struct GrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "grant", abstract: "Give somebody a function.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Mail address of the person.")
    var email: String

    @OptionGroup var held: FunctionOptions

    func validate() throws {
        guard held.function != nil else { throw ValidationError("--function is missing") }
    }

    func run() async throws {
        let opened = try await place.open()
        let person = try await opened.installation.person(email: email)
        try await opened.installation.grant(held, to: person.id)
        try await opened.close()
        Output.line("given")
    }
}
