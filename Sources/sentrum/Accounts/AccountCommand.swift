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
        guard let held = try await held(options) else { return }
        let same = try await self.person(person).functions.contains {
            $0.held.function == held.function && $0.held.organisation == held.organisation && $0.held.isHeld(on: held.from)
        }
        if same { throw CommandRefusal("this function is held there already") }
        _ = try await perform(.grant(FunctionGrant(id: chance.key(), held: held)), on: person, as: .program)
    }

    /// Whether somebody new could be given a function, so that nobody is registered who cannot.
    ///
    /// - Throws: `CommandRefusal` that says which functions there are, or where this one is held; `Refused` for anything else.
    func tryGrant(_ options: FunctionOptions, name: String, email: String) async throws {
        guard let held = try await held(options) else { return }
        var somebody = Person(id: PersonID(chance.key()))
        let registered = try somebody.decide(.register(name: name.trimmed, email: Account.folded(email)), rules: rules)
        for event in registered { somebody.apply(event, version: 1) }
        let grant = FunctionGrant(id: chance.key(), held: held)
        let tried = Result { () throws(Refused) in try somebody.decide(.grant(grant), rules: rules) }
        if case .failure(let refused) = tried { throw explained(refused, held) }
    }

    /// What to say of a function that cannot be given: which there are, or where it is held.
    private func explained(_ refused: Refused, _ held: HeldFunction) -> any Error {
        switch refused.reasons.map(\.code) {
        case [.unknownFunction]:
            let known = rules.functions.filter { $0.place == .school || $0.place == .partnership }
            return CommandRefusal(
                "the plan has no function \(held.function) that is held at a school or at the partnership",
                details: ["there are:"] + known.map { "  \($0.id): \($0.title.en)" } + ["  \(Person.administrator)"])
        case [.unknownOrganisation]:
            let isOfSchool = rules.function(held.function)?.place == .school
            return CommandRefusal(
                isOfSchool
                    ? "\(held.function) is held at a school: name it with --organisation CODE"
                    : "\(held.function) is held at the partnership: leave --organisation out")
        default: return refused
        }
    }

    /// What the options mean; nil when they name no function.
    private func held(_ options: FunctionOptions) async throws -> HeldFunction? {
        guard let function = options.function else { return nil }
        return HeldFunction(
            function: function, organisation: try await organisation(code: options.organisation),
            discipline: options.discipline, from: options.from ?? today, until: options.until)
    }
}
