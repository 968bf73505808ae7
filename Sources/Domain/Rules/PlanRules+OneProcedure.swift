extension PlanRules {
    /// Facts that are the child's own in every dossier; no answer replaces them.
    package static let childFacts: Set<String> = ["group", "born", "age"]

    /// Fields that each procedure asks for itself, whatever an earlier one was told: the people asked to act, and the begin,
    /// end and reasons of a decision.
    ///
    /// What was chosen or reasoned once must never pass unsaid into the next decision.
    package var fieldsOfOneProcedure: Set<String> {
        let document = Set(groeidocument.parts.flatMap(\.fields))
        var found: Set<String> = []
        for (id, field) in fields where !document.contains(id) {
            if case .person = field.kind { found.insert(id) }
        }
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
}
