import ArgumentParser
import Domain
import Journal
import UseCases

/// Lets somebody take another one's place for a time.
struct ReplaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace", abstract: "Let somebody stand in for another one, until a day.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Mail address of who is away.")
    var email: String

    @Option(help: "Mail address of whoever stands in.")
    var by: String

    @Option(help: "Key of the function in the plan.")
    var function: String

    @Option(help: "Code of the school; the partnership itself when not given.")
    var organisation: String?

    @Option(help: "The first day, such as 2026-11-02; today when not given.")
    var from: Day?

    @Option(help: "The last day.")
    var until: Day

    func run() async throws {
        let opened = try await place.open()
        let installation = opened.installation
        let absent = try await installation.person(email: email).id
        let organisation = try await installation.organisation(code: organisation)
        let first = from ?? installation.today
        let grant = try await installation.person(absent).functions.first {
            $0.held.function == function && $0.held.organisation == organisation && $0.held.replaces == nil
                && $0.held.isHeld(on: first)
        }
        guard let grant else { throw CommandRefusal("this function is not held there") }
        _ = try await installation.person(email: by)
        _ = try await installation.replace(absent, in: grant.id, by: by, from: first, until: until, as: .program)
        try await opened.close()
        Output.line("replaced until \(until)")
    }
}
