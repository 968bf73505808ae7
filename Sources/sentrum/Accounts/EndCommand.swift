import ArgumentParser
import Domain
import Journal
import UseCases

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
        let opened = try await place.open()
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
