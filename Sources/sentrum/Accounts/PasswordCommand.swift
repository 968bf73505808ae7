import ArgumentParser
import Domain
import Journal
import UseCases

/// Gives somebody a new first password.
struct PasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Give somebody a new first password, printed once; every session ends.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Mail address of the person.")
    var email: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let email: String
        let password: String
    }

    func run() async throws {
        let opened = try await place.open()
        let person = try await opened.installation.person(email: email)
        let password = try await opened.installation.renewPassword(of: person.id, as: .program)
        try await opened.close()
        if json { return try Output.json(Result(email: person.email, password: password)) }
        Output.line("the new password is \(password)   shown once")
    }
}
