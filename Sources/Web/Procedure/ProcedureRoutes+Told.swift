import Domain
import Journal
import UseCases

/// What a procedure was told so far, to read while one writes.
extension ProcedureRoutes {
    /// What it began with and what each step said, the last first; what the step at hand rests on stands open.
    func told(
        _ procedure: Procedure, _ route: ProcedureRule, _ seen: SeenDossier, _ words: Words, for step: StepRule? = nil
    ) async throws -> [FactGroup] {
        let done = procedure.told(toDo: seen.toDo(in: procedure, route, words.rules))
        var people = Set(procedure.actors)
        for (id, answer) in done.flatMap(\.answers) {
            if case .person = words.rules.fields[id]?.kind { people.insert(PersonID(answer.text)) }
        }
        var names = try await site.installation.names.people(people)
        for (id, answer) in procedure.answers where words.rules.fields[id]?.kind.isSchool == true && !answer.isEmpty {
            let school = try await site.installation.names.organisation(OrganisationID(answer.text))
            names[PersonID(answer.text)] = school?.name
        }
        let last = done.last
        let groups = done.reversed().map { one in
            // What was done is told in the words of the version that it was done under.
            let then = site.installation.shelf[procedure.plan(at: one.at)]?.procedure(procedure.rule)
            let rule = then?.step(one.step) ?? route.step(one.step)
            let outcome = rule?.choice(one.choice).map { Fact(words.texts("known.outcome"), $0.title[words.language]) }
            let asks = (rule?.asks ?? []) + (rule?.choice(one.choice)?.asks ?? [])
            return FactGroup(
                words.texts(
                    "known.step",
                    [
                        "step": rule?.title[words.language] ?? one.step, "who": names[one.by] ?? "",
                        "day": words.format.plainDay(one.at.day),
                    ]),
                ((rule?.choices.count ?? 0) > 1 ? [outcome].compactMap { $0 } : []) + facts(one.answers, to: asks, words, names),
                isOpen: step.map { $0.waitsFor.isEmpty ? one == last : $0.waitsFor.contains(one.step) } ?? false)
        }
        let begun = facts(beganWith(procedure, route, seen, words.rules), to: route.start.asks, words, names)
        guard !begun.isEmpty else { return groups }
        let title = words.texts(
            "known.start",
            ["who": names[procedure.startedBy] ?? "", "day": words.format.plainDay(procedure.startedAt.day)])
        return groups + [FactGroup(title, begun, isOpen: step.map { done.isEmpty || $0.marksComplete } ?? false)]
    }

    /// What must have been there to begin, for whoever checks whether all is complete.
    func beginning(
        _ step: StepRule, _ procedure: Procedure, _ route: ProcedureRule, _ seen: SeenDossier, _ rules: PlanRules
    ) -> [NeedState] {
        guard step.marksComplete else { return [] }
        return seen.dossier.states(
            of: route.start.needs, rules, facts: seen.dossier.facts(rules, on: seen.today, in: procedure), on: seen.today)
    }

    /// The answers a procedure began with, those that were known already too; of the groeidocument only for its readers.
    private func beganWith(
        _ procedure: Procedure, _ route: ProcedureRule, _ seen: SeenDossier, _ rules: PlanRules
    ) -> Answers {
        let facts = seen.dossier.facts(rules, on: seen.today, in: procedure)
        var answers: Answers = [:]
        for ask in route.start.asks {
            let isWritten = rules.groeidocument.parts.contains { $0.fields.contains(ask.field) }
            answers[ask.field] =
                procedure.answers[ask.field]
                ?? (isWritten && !seen.sight.sees(.groeidocument) ? nil : facts[ask.field])
        }
        return answers
    }

    private func facts(_ answers: Answers, to asks: [Ask], _ words: Words, _ names: [PersonID: String]) -> [Fact] {
        asks.compactMap { ask in
            guard let answer = answers[ask.field], !answer.isEmpty, let field = words.rules.fields[ask.field] else { return nil }
            return Fact(
                field.title[words.language], lines: words.paragraphs(words.answer(answer, to: field, people: names)))
        }
    }
}

extension StepRule {
    /// Whether this is where a request is found complete.
    fileprivate var marksComplete: Bool { choices.contains { $0.marksComplete } }
}
