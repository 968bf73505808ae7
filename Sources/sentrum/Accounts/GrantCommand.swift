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
        let opened = try place.open()
        let person = try await opened.installation.person(email: email)
        try await opened.installation.grant(held, to: person.id)
        try await opened.close()
        Output.line("given")
    }
}

/// Ends a function of somebody.
struct EndCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "end", abstract: "End a function of somebody.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Mail address of the person.")
    var email: String

    @Option(help: "Key of the function in the plan, or `administrator`.")
    var function: String

    @Option(help: "Code of the school; the partnership itself when not given.")
    var organisation: String?

    @Option(help: "The last day, such as 2026-11-02; today when not given.")
    var until: Day?

    func run() async throws {
        let opened = try place.open()
        let installation = opened.installation
        let row = try await installation.person(email: email)
        let organisation = try await installation.organisation(code: organisation)
        let today = installation.today
        let held = try await installation.person(row.id).functions.filter {
            $0.held.function == function && $0.held.organisation == organisation && ($0.held.until.map { $0 >= today } ?? true)
        }
        guard !held.isEmpty else { throw CommandRefusal("this function is not held there") }
        for grant in held {
            _ = try await installation.perform(.end(id: grant.id, until: until ?? today), on: row.id, as: .program)
        }
        try await opened.close()
        Output.line("ended")
    }
}

/// Gives somebody a new first password.
struct PasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Give somebody a new first password, printed once; every session ends.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Mail address of the person.")
    var email: String

    func run() async throws {
        let opened = try place.open()
        let person = try await opened.installation.person(email: email)
        let password = try await opened.installation.renewPassword(of: person.id)
        try await opened.close()
        Output.line("the new password is \(password)   shown once")
    }
}
