extension PlanRules {
    /// Facts that are there in every dossier; no answer replaces them.
    package static let childFacts: Set<String> = ["group", "born", "age", schoolKind, today]

    /// The kind of the child's school, as it is registered (`SchoolLocation.Kind`).
    package static let schoolKind = "school-kind"
    /// The day itself, of which conditions compare the day and month.
    package static let today = "today"

    /// Fields that each procedure asks for itself, whatever an earlier one was told: the people asked to act, and the begin,
    /// end and reasons of a decision.
    ///
    /// What was chosen or reasoned once must never pass unsaid into the next decision.
    package var fieldsOfOneProcedure: Set<String> { oneProcedure.always }

    /// The same, with the fields that this route asks although an answer is known: left empty there, they are empty.
    package func fieldsOfOneProcedure(on route: ProcedureRule?) -> Set<String> {
        route.flatMap { oneProcedure.byRoute[$0.id] } ?? oneProcedure.always
    }

    /// The fields that each procedure asks for itself, gathered once from the whole plan.
    struct OneProcedure: Hashable, Sendable {
        /// On every route.
        let always: Set<String>
        /// By the key of a route, those on every route included.
        let byRoute: [String: Set<String>]

        init(_ fields: [String: Field], _ groeidocument: Groeidocument, _ routes: [ProcedureRule]) {
            let kept = groeidocument.parts.flatMap(\.fields)
            var found: Set<String> = []
            for (id, field) in fields {
                if case .person = field.kind { found.insert(id) }
            }
            found.subtract(kept)
            for route in routes {
                for step in route.steps {
                    if let chosen = step.by.chosenIn { found.insert(chosen) }
                }
                for case let decision? in route.outcomes.map(\.decision) {
                    found.insert(decision.reasonsField)
                    guard let validity = decision.validity else { continue }
                    found.formUnion([validity.beginField, validity.endField])
                    if let deviation = validity.deviationField { found.insert(deviation) }
                    if let conflict = validity.conflictField { found.insert(conflict) }
                }
            }
            always = found
            byRoute = Dictionary(
                routes.map { route in
                    let forms = [route.start.asks] + route.steps.flatMap { step in [step.asks] + step.choices.map(\.asks) }
                    let anew = Set(forms.joined().filter(\.anew).map(\.field)).subtracting(kept)
                    return (route.id, found.union(anew))
                }, uniquingKeysWith: { first, _ in first })
        }
    }
}
