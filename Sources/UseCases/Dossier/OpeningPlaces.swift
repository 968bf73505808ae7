import Domain
import Journal

/// What the form that opens a dossier offers to choose from at one school.
package struct OpeningPlace: Sendable {
    package let school: OrganisationRow
    /// Who can be named for the child, by function of the plan.
    package let people: [String: [ProcedureForm.Candidate]]
}

extension PlanRules {
    /// Functions at a school whose holders see a dossier because it names them, such as the teacher.
    package var namedFunctions: [FunctionRule] {
        functions.filter { $0.place == .school && $0.sight.contains(.named) }
    }
}

extension Installation {
    /// The schools at which somebody may open a dossier, by name; none for who may not.
    package func openingPlaces(for actor: Actor) async throws -> [OpeningPlace] {
        let rules = rules
        let schools = Set(
            actor.functions.filter { rules.function($0.function)?.may.contains(.openDossier) == true }.map(\.organisation))
        var places: [OpeningPlace] = []
        for id in schools {
            guard let school = try await names.organisation(id) else { continue }
            places.append(OpeningPlace(school: school, people: try await nameable(at: id, rules)))
        }
        return places.sorted { ($0.school.name, $0.school.id) < ($1.school.name, $1.school.id) }
    }

    /// Who holds a function at a school by which a dossier can name them; by function, in order of name.
    package func nameable(
        at school: OrganisationID, _ rules: PlanRules
    ) async throws -> [String: [ProcedureForm.Candidate]] {
        var people: [String: [ProcedureForm.Candidate]] = [:]
        for function in rules.namedFunctions {
            let held = try await registers.functions(at: school, function: function.id, on: today).ofEach
            let names = try await names.people(held.map(\.person))
            people[function.id] = held.map {
                ProcedureForm.Candidate(person: $0.person, name: names[$0.person] ?? "", discipline: $0.discipline)
            }.sorted { ($0.name, $0.person) < ($1.name, $1.person) }
        }
        return people
    }
}

extension Installation {
    /// Everything that the rules would have against opening this dossier, so that nobody mends a form one error at a time.
    ///
    /// People who are named in it are not looked at.
    package func problems(opening new: NewDossier, as actor: Actor) -> [Refusal] {
        let open = DossierCommand.Open(child: new.child, school: new.school, guardians: guardians(new.guardians))
        do {
            _ = try Dossier(id: DossierID("")).decide(
                .open(open), Setting(now: clock.now(), actor: actor, shelf: shelf))
            return []
        } catch {
            return error.reasons.filter { $0.field != nil }
        }
    }
}
