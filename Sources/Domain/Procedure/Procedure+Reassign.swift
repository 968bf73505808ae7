extension Dossier {
    /// Whether this person may choose another one for an open step: who chose the first, or whom the plan lets (`replaced-by`).
    ///
    /// - Returns: the field in which the person is chosen; nil when nobody was chosen, or it is not up to this person.
    package func reassignable(
        _ step: StepRule, in procedure: Procedure, _ route: ProcedureRule, _ sight: Sight, by actor: Actor
    ) -> String? {
        guard procedure.open.contains(where: { $0.step == step.id }), let field = step.by.chosenIn,
            procedure.answers[field]?.isEmpty == false
        else { return nil }
        let asksAtStart = route.start.asks.contains { $0.field == field }
        if asksAtStart, sight.functions.contains(where: route.start.by.contains) { return field }
        if sight.functions.contains(where: step.by.replacedBy.contains) { return field }
        let chose = route.steps.contains { chooser in
            guard (chooser.asks + chooser.choices.flatMap(\.asks)).contains(where: { $0.field == field }),
                sight.functions.contains(where: chooser.by.functions.contains)
            else { return false }
            // Somebody who was chosen to choose does so alone.
            return chooser.by.chosenIn.map { isChosen(actor, procedure.answers[$0], for: chooser.by) } ?? true
        }
        return chose ? field : nil
    }

    /// Chooses another person for an open step, by the same rules as the first.
    func decide(
        _ reassign: DossierCommand.Reassign, _ sight: Sight, _ setting: Setting
    ) throws(Refused) -> [DossierEvent] {
        guard let procedure = procedure(reassign.instance), let rules = setting.shelf[procedure.plan],
            let route = rules.procedure(procedure.rule)
        else { throw Refused(.unknownProcedure) }
        guard let step = route.step(reassign.step) else { throw Refused(.unknownStep) }
        guard procedure.open.contains(where: { $0.step == step.id }) else {
            throw Refused(procedure.isRunning ? .stepNotOpen : .notRunning)
        }
        guard let chosenIn = step.by.chosenIn else { throw Refused(.nobodyChosen) }
        guard let id = reassignable(step, in: procedure, route, sight, by: setting.actor), id == chosenIn,
            let field = rules.fields[id]
        else { throw Refused(.notYourStep, source: step.by.source) }
        let answer = Answer.text(reassign.person.rawValue)
        guard procedure.answers[id] != answer else { return [] }
        var reasons = answer.isEmpty ? [Refusal(.required, field: id)] : personProblems(field, answer, setting, rules)
        if reasons.isEmpty { reasons = chosenPeople([id: answer], route, procedure, taking: nil, setting) }
        if reassign.reason.allSatisfy(\.isWhitespace) { reasons.append(Refusal(.required, field: ReassignField.reason)) }
        if Field.isLonger(reassign.reason, than: Field.longestText) {
            reasons.append(Refusal(.tooLong, field: ReassignField.reason, values: ["most": String(Field.longestText)]))
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        return [
            .stepReassigned(
                .init(instance: procedure.id, field: id, person: reassign.person, reason: reassign.reason))
        ]
    }
}

/// Keys of the questions that every plan has when another person is chosen for a step.
package enum ReassignField {
    package static let reason = "reassign-reason"
}
