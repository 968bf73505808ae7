import Domain

/// The moment at which somebody asks who reads along in a dossier.
///
/// Whoever a route asks for a step is asked, and both kinds of guardian have an account; so everybody who can see the dossier
/// then does. Answered by the function that opens dossiers, and no other.
package struct SightCase: Hashable, Sendable {
    /// Functions for which the dossier names somebody.
    package let named: [String]
    /// How long ago the routes ended; nil while they run.
    package let ended: Period?
    /// How long ago the child went to another school; nil when it did not. Then it is asked of the school that it left.
    package let left: Period?

    private static let school = OrganisationID("school")
    private static let end = Day("2021-11-02") ?? .earliest

    func lines(by rules: PlanRules, of things: Set<String>) -> [PlanCard.Line] {
        var lines: [PlanCard.Line] = []
        let nothing = seen(rules, [])
        lines.add("sees", "", nothing.map(\.function))
        for route in rules.procedures where things.contains("while.\(route.id)") {
            let also = seen(rules, [route]).map(\.function).filter { id in !nothing.contains { $0.function == id } }
            lines.add("while.\(route.id)", "", also)
        }
        if things.contains("reads") || things.contains("may") {
            for (function, sight) in seen(rules, rules.procedures) {
                for part in sight.parts { lines.add("reads", part.rawValue, function) }
                for act in sight.acts { lines.add("may", act.rawValue, function) }
            }
        }
        for rule in rules.functions {
            lines.add("place", rule.place.rawValue, rule.id)
            lines.add("disciplines", rule.id, rule.disciplines)
        }
        return lines
    }

    /// Everybody who sees the dossier, by function, with what they see and may do.
    private func seen(_ rules: PlanRules, _ running: [ProcedureRule]) -> [(function: String, sight: Sight)] {
        guard let shelf = PlanShelf([rules]) else { return [] }
        let today = ended?.after(Self.end) ?? left?.after(Self.end) ?? Self.end
        let openings = dossier(rules, running).openings(shelf, on: today)
        return rules.functions.compactMap { rule in
            let place = rule.place == .school ? Self.school : .partnership
            let held = HeldFunction(function: rule.id, organisation: place, from: .earliest)
            let actor = Actor(person: PersonID(rule.id), functions: rule.place == .family ? [] : [held])
            return actor.sight(of: openings, rules: rules, on: today).map { (rule.id, $0) }
        }
    }

    private func dossier(_ rules: PlanRules, _ running: [ProcedureRule]) -> Dossier {
        let moment = Instant("\(Self.end)T10:00:00Z") ?? Instant(milliseconds: 0)
        let nobody = PersonID("nobody")
        var dossier = Dossier(id: DossierID("card"))
        dossier.child = Child(givenName: "", familyName: "", born: Self.end, group: rules.groups.first?.id ?? "")
        dossier.school = Self.school
        dossier.changedAt = moment
        dossier.guardians = PlanFacts.guardians.map { function in
            Guardian(
                id: GuardianID(function), name: "", relation: "", authority: function == PlanFacts.guardians[0],
                person: PersonID(function))
        }
        dossier.named = named.map { NamedPerson(person: PersonID($0), function: $0) }
        dossier.procedures = running.map { route in
            var procedure = Procedure(
                id: InstanceID(route.id), rule: route.id, plan: rules.key, startedBy: nobody, startedAt: moment, answers: [:],
                open: [])
            for step in route.steps {
                guard let field = step.by.chosenIn, let function = step.by.functions.first else { continue }
                procedure.answers[field] = .text(function)
            }
            if ended != nil { procedure.ended = Procedure.Ending(outcome: "", at: moment, by: nobody) }
            return procedure
        }
        if left != nil {
            let next = OrganisationID("next-school")
            dossier.school = next
            dossier.moves = [
                SchoolMove(from: Self.school, to: next, instance: InstanceID("move"), by: nobody, at: moment)
            ]
        }
        return dossier
    }
}
