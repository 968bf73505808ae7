import ArgumentParser
import Domain
import UseCases

/// Registers somebody with an account.
struct AddAccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Register somebody with an account and print the first password, once.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Name, as it is shown.")
    var name: String

    @Option(help: "Mail address.")
    var email: String

    @OptionGroup var held: FunctionOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let email: String
        let password: String
    }

    func run() async throws {
        let opened = try await place.open()
        let installation = opened.installation
        // Nobody is registered whose function cannot be given.
        try await installation.tryGrant(held, name: name, email: email)
        let (person, password) = try await installation.register(name: name, email: email, as: .program)
        guard let password else {
            try await opened.close()
            throw CommandRefusal("somebody has this mail address already")
        }
        try await installation.grant(held, to: person)
        try await opened.close()
        if json { return try Output.json(Result(email: email.trimmed, password: password)) }
        Output.line("\(email.trimmed) can sign in with the password \(password)   shown once")
    }
}
