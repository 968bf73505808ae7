import ArgumentParser
import Domain
import Journal
import UseCases

/// Looks after people and what they do here.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "List people, add them, and give or end their functions.",
        subcommands: [
            ListAccountsCommand.self, AddAccountCommand.self, GrantCommand.self, EndCommand.self, PasswordCommand.self,
            ResetSecondFactorCommand.self, ActivityCommand.self,
        ])
}

/// A function at a place, as typed.
struct FunctionOptions: ParsableArguments {
    @Option(help: "Key of the function in the plan, or `administrator`.")
    var function: String?

    @Option(help: "Code of the school, such as 12AB00; the partnership itself when not given.")
    var organisation: String?

    @Option(help: "Key of the discipline, for an expert.")
    var discipline: String?

    @Option(help: "The first day, such as 2026-11-02; today when not given.")
    var from: Day?

    @Option(help: "The last day; none when not given.")
    var until: Day?
}

extension Installation {
    /// The person with this mail address.
    ///
    /// - Throws: `CommandRefusal` when nobody has it.
    func person(email: String) async throws -> PersonRow {
        guard let row = try await registers.people(email: email.trimmed).first else {
            throw CommandRefusal("nobody has this mail address")
        }
        return row
    }

    /// The organisation with this code or key; the partnership when none is given.
    ///
    /// - Throws: `CommandRefusal` when there is none.
    func organisation(code: String?) async throws -> OrganisationID {
        guard let code, code != OrganisationID.partnership.rawValue else { return .partnership }
        if let row = try await registers.organisation(OrganisationID(code.lowercased())) { return row.id }
        let found = try await registers.organisations(search: code, kind: nil, limit: 50).filter { $0.code == code }
        guard let row = found.first else { throw CommandRefusal("no school has the code \(code)") }
        return row.id
    }

    /// Gives somebody a function.
    func grant(_ options: FunctionOptions, to person: PersonID) async throws {
        guard let function = options.function else { return }
        let place = try await organisation(code: options.organisation)
        let held = HeldFunction(
            function: function, organisation: place, discipline: options.discipline, from: options.from ?? today,
            until: options.until)
        let known = try await self.person(person)
        let same = known.functions.contains {
            $0.held.function == function && $0.held.organisation == place && $0.held.isHeld(on: held.from)
        }
        if same { throw CommandRefusal("this function is held there already") }
        _ = try await perform(.grant(FunctionGrant(id: chance.key(), held: held)), on: person, as: .program)
    }
}
