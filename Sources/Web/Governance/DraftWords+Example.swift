import Domain
import Plan
import UseCases

// One example in a draft.
extension DraftWords {
    /// The page of an example.
    func page(_ found: DraftExample, _ problems: [FormProblem] = [], scope refused: String = "") -> DraftExamplePage {
        var outcomes: [Fact] = []
        if let before = found.before { outcomes.append(Fact(texts("draftPlan.outcomeBefore"), outcome(before, found.example))) }
        if found.isOwn, found.expected != found.before {
            outcomes.append(Fact(texts("draftPlan.outcomeSaid"), outcome(found.expected, found.example)))
        }
        outcomes.append(Fact(texts("draftPlan.outcomeNow"), outcome(found.got, found.example)))
        return DraftExamplePage(
            title: found.example.why[language],
            around: [Link(texts("draftPlan.draft"), .planDraft(key))], chip: chip(found),
            situation: plan.situation(found.example), outcomes: outcomes,
            source: found.example.source.map { texts("draftPlan.source", ["source": $0]) },
            // What was typed stays, also when somebody else took out meanwhile what the example tries.
            meant: refused == "voorbeeld"
                ? meant(found, problems) : found.isDropped || !found.canBeMeant ? nil : meant(found, []),
            drop: found.isDropped || found.canBeMeant && found.before != nil
                ? nil : act(found, "voorbeeld-weg", "draftPlan.dropButton", refused == "voorbeeld-weg" ? problems : []),
            restore: found.before != nil && (found.isOwn || found.isDropped)
                ? act(found, "voorbeeld-terug", "draftPlan.back", []) : nil)
    }

    private func chip(_ found: DraftExample) -> Chip {
        if found.isDropped { return Chip(texts("draftPlan.exampleDropped")) }
        return found.passes ? Chip(texts("example.holds"), .ok) : Chip(texts("draftPlan.exampleTurned"), .late)
    }

    private func meant(_ found: DraftExample, _ problems: [FormProblem]) -> Form {
        let why = Language.allCases.map { language in
            var field = FormField(
                name: "why.\(language.rawValue)",
                label: texts("draftPlan.in.\(language.rawValue)", ["label": texts("draftPlan.shows")]), kind: .paragraph,
                value: found.example.why[language])
            field.rows = 2
            return field
        }
        var source = FormField(
            name: "source", label: texts("draftPlan.key.source"), kind: .text, value: found.example.source ?? "")
        source.required = false
        return Form(
            action: Address.planDraftExample(key).path, button: texts("draftPlan.meantButton"), scope: "voorbeeld",
            fields: why + [source, FormField(name: "naam", label: "", kind: .hidden, value: found.path)], problems: problems)
    }

    private func act(_ found: DraftExample, _ act: String, _ button: String, _ problems: [FormProblem]) -> Form {
        Form(
            action: Address.planDraftAct(key, act).path, button: texts(button), scope: act,
            fields: [FormField(name: "naam", label: "", kind: .hidden, value: found.path)], problems: problems)
    }
}
