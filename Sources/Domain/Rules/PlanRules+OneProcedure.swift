extension PlanRules {
    /// Facts that are the child's own in every dossier; no answer replaces them.
    package static let childFacts: Set<String> = ["group", "born", "age"]

    /// Fields that each procedure asks for itself, whatever an earlier one was told: the people asked to act, and the begin,
    /// end and reasons of a decision.
    ///
    /// What was chosen or reasoned once must never pass unsaid into the next decision.
    package var fieldsOfOneProcedure: Set<String> {
        var found: Set<String> = []
        for (id, field) in fields {
            if case .person = field.kind { found.insert(id) }
        }
        found.subtract(groeidocument.parts.flatMap(\.fields))
        for route in procedures {
            for step in route.steps {
                if let chosen = step.by.chosenIn { found.insert(chosen) }
            }
            for case let decision? in route.outcomes.map(\.decision) {
                found.insert(decision.reasonsField)
                guard let validity = decision.validity else { continue }
                found.formUnion([validity.beginField, validity.endField, validity.deviationField])
                if let conflict = validity.conflictField { found.insert(conflict) }
            }
        }
        return found
    }

    /// The same, with the fields that this route asks although an answer is known: left empty there, they are empty.
    package func fieldsOfOneProcedure(on route: ProcedureRule?) -> Set<String> {
        guard let route else { return fieldsOfOneProcedure }
        let forms = [route.start.asks] + route.steps.flatMap { step in [step.asks] + step.choices.map(\.asks) }
        let anew = Set(forms.joined().filter(\.anew).map(\.field)).subtracting(groeidocument.parts.flatMap(\.fields))
        return fieldsOfOneProcedure.union(anew)
    }
}
