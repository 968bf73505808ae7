import ArgumentParser
import Domain
import Journal
import UseCases

/// Lists people with what they do.
struct ListAccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List people by name with the functions that they hold today.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Only people whose name fits.")
    var search: String?

    @Option(help: "At most so many; that there are more is told.")
    var limit = 100

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on") }
    }

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Function: Encodable {
            let function: String
            let organisation: String
            let discipline: String?
            let from: Day
            let until: Day?
        }

        let name: String
        let email: String
        let canSignIn: Bool
        let functions: [Function]
    }

    func run() async throws {
        let opened = try await place.open()
        let installation = opened.installation
        var results: [Result] = []
        let people = try await installation.registers.people(search: search, limit: limit + 1)
        for person in people.prefix(limit) {
            var functions: [Result.Function] = []
            for row in try await installation.registers.functions(of: person.id, on: installation.today) {
                let organisation = try await installation.names.organisation(row.organisation)
                functions.append(
                    Result.Function(
                        function: row.function, organisation: organisation?.name ?? row.organisation.rawValue,
                        discipline: row.discipline, from: row.from, until: row.until))
            }
            let account = try await installation.vault.accounts.account(of: person.id)
            results.append(
                Result(
                    name: person.name, email: person.email, canSignIn: account.map { $0.disabled == nil } ?? false,
                    functions: functions))
        }
        try await opened.close()
        // Who is not in a list that was cut off looks as if they were not there at all.
        if people.count > limit {
            Output.problem("there are more than \(limit): ask for more with --limit, or for some with --search")
        }
        if json { return try Output.json(results) }
        for result in results {
            Output.line("\(result.name) <\(result.email)>" + (result.canSignIn ? "" : ", cannot sign in"))
            for held in result.functions {
                let discipline = held.discipline.map { " (\($0))" } ?? ""
                let until = held.until.map { " until \($0)" } ?? ""
                Output.line("    \(held.function)\(discipline), \(held.organisation), from \(held.from)\(until)")
            }
        }
    }
}
