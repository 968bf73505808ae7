import Domain
import Journal

/// What a letter of a decision says, by the names that a plan's letter may use.
package struct LetterValues: Sendable {
    package var texts: [String: String] = [:]
    /// One entry for each advice: `name`, `discipline`, `day`.
    package var experts: [[String: String]] = []
    package let letter: PlanRules.Letter
}

extension Installation {
    /// The decision of a procedure with the letter that belongs to it.
    ///
    /// - Throws: `NotFound` when the procedure ended without a numbered decision, or it is not for this reader.
    package func decision(
        of instance: InstanceID, in seen: SeenDossier
    ) async throws -> (decision: Decision, procedure: Procedure, rules: PlanRules, route: ProcedureRule, rule: DecisionRule) {
        guard seen.sight.sees(.decisions), let procedure = seen.dossier.procedure(instance),
            let decision = seen.dossier.decisions.last(where: { $0.instance == instance }), let rules = shelf[procedure.plan],
            let route = rules.procedure(procedure.rule), let rule = route.outcome(decision.outcome)?.decision
        else { throw NotFound() }
        return (decision, procedure, rules, route, rule)
    }

    /// Fills the values of a decision's letter.
    ///
    /// - Parameters:
    ///   - day: how a day is written out.
    ///   - value: how an answer to a field is read.
    ///   - explained: a line of the explanation in words.
    package func letter(
        of instance: InstanceID, in seen: SeenDossier, language: Language, day: (Day) -> String,
        value: (Answer, Field) -> String, explained: (Explained) -> String
    ) async throws -> LetterValues {
        let (decision, _, rules, _, rule) = try await self.decision(of: instance, in: seen)
        guard let letter = rules.letters[rule.letter], let child = seen.dossier.child else { throw NotFound() }
        var values = LetterValues(letter: letter)
        let names = try await names.people([decision.by] + decision.advices.map(\.by))
        let school: String =
            if let id = seen.dossier.school { try await self.names.organisation(id)?.name ?? "" } else { "" }
        values.texts = [
            "number": decision.number, "child": child.fullName, "given": child.givenName, "born": day(child.born),
            "school": school, "begin": decision.begin.map(day) ?? "", "end": decision.end.map(day) ?? "",
            "reasons": decision.reasons, "decisionMaker": names[decision.by] ?? "", "decided": day(decision.issued),
            "objectionUntil": decision.objectionUntil.map(day) ?? "", "appealUntil": decision.appealUntil.map(day) ?? "",
            "partnership": rules.partnership.name,
            "address": rules.partnership.address.joined(separator: ", "), "email": rules.partnership.email,
            "explanation": decision.explanation.map(explained).joined(separator: " "),
        ]
        for (id, answer) in decision.copies {
            guard let field = rules.fields[id] else { continue }
            // What the decision says itself counts: an answer of the same name may be what was asked, not what was given.
            let name = LetterWords.word(ofField: id)
            if values.texts[name, default: ""].isEmpty { values.texts[name] = value(answer, field) }
        }
        values.experts = decision.advices.map { advice in
            // A section of a letter is drawn for an empty text too, so what is not known is not there at all.
            [
                "name": names[advice.by],
                "discipline": advice.discipline.flatMap { id in rules.disciplines.first { $0.id == id }?.title[language] },
                "day": day(advice.on),
            ].compactMapValues { $0 }
        }
        return values
    }
}
