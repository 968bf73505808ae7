import Domain
import Journal

extension Installation {
    /// Lets somebody take another one's place in a function for a time, and closes it again by itself.
    ///
    /// - Parameters:
    ///   - absent: who is away.
    ///   - grant: key of the function of theirs.
    ///   - email: address of whoever takes the place; somebody whom the administrator sees.
    ///   - from: the first day.
    ///   - until: the last day; without one it is refused.
    /// - Throws: `Refused` beside the field that it is about, or the journal's fault.
    package func replace(
        _ absent: PersonID, in grant: String, by email: String, from: Day, until: Day?, as actor: Actor
    ) async throws -> PersonID {
        guard let reach = actor.administers else { throw Refused(.notAllowed) }
        guard let row = try await known(email: email), try await sees(row.id, within: reach) else {
            throw Refused(.unknownPerson, field: "email")
        }
        let given = try await person(row.id).replacing(
            try await person(absent), in: grant, from: from, until: until, key: chance.key())
        do {
            _ = try await perform(.grant(given), on: row.id, as: actor)
        } catch let refused as Refused {
            // The form asks an address; what is held already is held by whoever has it.
            throw Refused(refused.reasons.map { $0.field == "function" ? Refusal($0.code, field: "email") : $0 })
        }
        return row.id
    }

    /// Who takes somebody's place in a function today.
    package func standIns(for absent: PersonID, in held: HeldFunction) async throws -> [FunctionRow] {
        try await registers.functions(at: held.organisation, function: held.function, on: today)
            .filter { $0.replaces == absent }
    }
}

extension [FunctionRow] {
    /// Each person once in each discipline: somebody who stands in for a colleague may hold the same of their own.
    package var ofEach: [FunctionRow] {
        var seen: Set<[String?]> = []
        return filter { seen.insert([$0.person.rawValue, $0.discipline]).inserted }
    }
}
