import Domain
import Hummingbird
import UseCases

/// Builds the forms of a procedure from the plan, and reads them back: one way for every step of every plan.
struct ProcedureForms {
    let words: Words
    let form: ProcedureForm

    /// Name of the radio group that holds the choices.
    static let choice = "choice"

    /// The fields of the form that starts a route.
    func startFields(_ sent: PostedForm?, _ problems: [Refusal]) -> [FormField] {
        form.asked.filter { $0.known == nil && !isNeedless($0) }.map { field($0, sent, problems, choice: nil) }
            + (form.meeting.map { meetingFields($0, sent, problems, choice: nil) } ?? [])
    }

    /// Whether a question only excuses that something is not there, while all of it is there: then nobody need read it.
    private func isNeedless(_ asked: AskedField) -> Bool {
        let excused = form.needs.filter { state in
            state.need.when.clauses.contains { $0.fact == asked.field.id && $0.match == .absent }
        }
        return !asked.field.required && !excused.isEmpty && excused.allSatisfy(\.isMet)
    }

    /// The fields of a step: what is asked in any case, and the choices, each with what it asks.
    func stepFields(_ sent: PostedForm?, _ problems: [Refusal]) -> [FormField] {
        var fields = form.asked.filter { $0.known == nil }.map { field($0, sent, problems, choice: nil) }
        // What is left of several is chosen all the same: it must not look as if the step came to this.
        guard form.choices.count > 1 || (form.step?.choices.count ?? 0) > 1 else {
            guard let only = form.choices.first else { return fields }
            fields.append(FormField(name: Self.choice, label: "", kind: .hidden, value: only.rule.id))
            return fields + choiceFields(only, sent, problems)
        }
        let chosen = sent?[Self.choice]
        var group = FormField(
            name: Self.choice, label: words.texts("step.choice"), kind: .choice, value: chosen ?? "",
            options: form.choices.map { choice in
                FormOption(
                    choice.rule.id, choice.rule.title[words.language], hint: hint(choice), selected: chosen == choice.rule.id,
                    fields: choiceFields(choice, sent, problems))
            })
        group.error = problems.first { $0.field == Self.choice }.map { words.refusal($0) }
        fields.append(group)
        return fields
    }

    private func hint(_ choice: ProcedureForm.Choice) -> String? {
        var lines = [choice.rule.explanation?[words.language]].compactMap { $0 }
        if let validity = choice.validity {
            if let end = validity.proposed {
                lines.append(
                    words.texts(
                        "step.validity", ["begin": words.format.plainDay(validity.begin), "end": words.format.plainDay(end)]))
            }
            lines.append(contentsOf: validity.explanation.map { words.explained($0) })
        }
        let missing = choice.needs.filter { !$0.isMet }.map { words.need($0.need) }
        if !missing.isEmpty { lines.append(words.texts("step.needsFirst", ["need": missing.joined(separator: "; ")])) }
        return lines.isEmpty ? nil : lines.joined(separator: " ")
    }

    private func choiceFields(
        _ choice: ProcedureForm.Choice, _ sent: PostedForm?, _ problems: [Refusal]
    ) -> [FormField] {
        let relevant = sent.map { $0[Self.choice] == choice.rule.id } ?? false
        let problems = relevant ? problems : []
        return choice.asked.filter { $0.known == nil }.map { field($0, sent, problems, choice: choice.rule.id) }
            + (choice.meeting.map { meetingFields($0, sent, problems, choice: choice.rule.id) } ?? [])
    }

    private func name(_ field: String, _ choice: String?) -> String {
        guard let choice, form.choices.count > 1 || (form.step?.choices.count ?? 0) > 1 else { return field }
        return "\(choice).\(field)"
    }

    private func field(_ asked: AskedField, _ sent: PostedForm?, _ problems: [Refusal], choice: String?) -> FormField {
        let name = name(asked.field.id, choice)
        return words.field(
            asked.field, value: sent?.answer(name, severalFor: asked.field.kind), required: asked.field.required,
            conditional: asked.isConditional, problems: problems, people: form.people[asked.field.id] ?? [], name: name)
    }

    private func meetingFields(
        _ meeting: MeetingRule, _ sent: PostedForm?, _ problems: [Refusal], choice: String?
    ) -> [FormField] {
        func error(_ field: String) -> String? { problems.first { $0.field == field }.map { words.refusal($0) } }
        func sentValue(_ field: String) -> String { sent?[name(field, choice)] ?? "" }
        var moment = FormField(
            name: name(MeetingField.moment, choice), label: words.texts("meeting.moment"), kind: .moment,
            value: sentValue(MeetingField.moment))
        moment.error = error(MeetingField.moment)
        if let ahead = meeting.ahead {
            moment.hint = words.texts(
                "meeting.ahead",
                ["period": words.period(ahead), "day": words.format.plainDay(ahead.after(words.today))])
        }
        var place = FormField(
            name: name(MeetingField.place, choice), label: words.texts("meeting.place"), kind: .text,
            value: sentValue(MeetingField.place))
        place.error = error(MeetingField.place)
        var fields = [moment, place]
        if !meeting.optional.isEmpty {
            let chosen = Set(sent?.values(name(MeetingField.also, choice)) ?? [])
            var also = FormField(
                name: name(MeetingField.also, choice), label: words.texts("meeting.also"), kind: .choices,
                options: meeting.optional.map { FormOption($0, words.function($0), selected: chosen.contains($0)) })
            also.required = false
            also.hint = words.texts(
                "meeting.required", ["who": words.functions(meeting.required)])
            also.error = error(MeetingField.also)
            fields.append(also)
        }
        if meeting.ahead != nil {
            var reason = FormField(
                name: name(MeetingField.reason, choice), label: words.texts("meeting.reason"), kind: .text,
                value: sentValue(MeetingField.reason))
            reason.error = error(MeetingField.reason)
            // Asked only of whoever plans nearer than the plan allows.
            if reason.error != nil || !reason.value.isEmpty { fields.append(reason) }
        }
        return fields
    }

    /// Refuses an answer to a question of the plan that is not asked any more, because something outside the form changed while it
    /// was filled in: it would be gone without a word.
    ///
    /// - Throws: `Refused`, `unknownField`.
    func checkAsked(_ sent: PostedForm, choice: String?) throws {
        let chosen = form.choices.first { $0.rule.id == choice }
        let asked = Set(form.asked.map { name($0.field.id, nil) } + (chosen?.asked ?? []).map { name($0.field.id, choice) })
        for (key, values) in sent.fields where !asked.contains(key) && values.contains(where: { !$0.isEmpty }) {
            let own = choice.map { key.hasPrefix("\($0).") ? String(key.dropFirst($0.count + 1)) : key } ?? key
            if form.rules.fields[own] != nil { throw Refused(.unknownField) }
        }
    }

    /// The answers to a step of which there is no form any more: to what the plan asks in it and of a choice.
    static func answers(
        _ sent: PostedForm, to step: StepRule, _ choice: ChoiceRule, _ rules: PlanRules
    ) -> Answers {
        let place = step.choices.count > 1 ? "\(choice.id)." : ""
        var answers: Answers = [:]
        for (asks, place) in [(step.asks, ""), (choice.asks, place)] {
            for ask in asks { answers[ask.field] = sent.answer(place + ask.field, severalFor: rules.fields[ask.field]?.kind) }
        }
        for field in [MeetingField.moment, MeetingField.place, MeetingField.reason] where !sent[place + field].isEmpty {
            answers[field] = .text(sent[place + field])
        }
        return answers
    }

    /// The answers in a posted form, as the use case wants them.
    func answers(_ sent: PostedForm, choice: String?) -> Answers {
        var answers: Answers = [:]
        let chosen = form.choices.first { $0.rule.id == choice }
        func take(_ asked: [AskedField], _ choice: String?) {
            for field in asked {
                if let answer = sent.answer(name(field.field.id, choice), severalFor: field.field.kind) {
                    answers[field.field.id] = answer
                }
            }
        }
        take(form.asked, nil)
        if let chosen { take(chosen.asked, chosen.rule.id) }
        if form.meeting != nil || chosen?.meeting != nil {
            for field in [MeetingField.moment, MeetingField.place, MeetingField.reason] {
                let text = sent[name(field, choice)]
                if !text.isEmpty { answers[field] = .text(text) }
            }
            answers[MeetingField.also] = .list(sent.values(name(MeetingField.also, choice)).filter { !$0.isEmpty })
        }
        return answers
    }

    /// The problems above the form, each pointing at the field as it is named here.
    func problems(_ refusals: [Refusal], choice: String?) -> [FormProblem] {
        let inChoice = Set(form.choices.first { $0.rule.id == choice }?.asked.map(\.field.id) ?? [])
            .union(form.choices.first { $0.rule.id == choice }?.meeting == nil ? [] : MeetingField.all)
        return refusals.map { refusal in
            let field = refusal.field.map { inChoice.contains($0) ? name($0, choice) : $0 }
            if let field, field.hasPrefix("need-") {
                let need = (form.needs + form.choices.flatMap(\.needs)).first { "need-\($0.need.id)" == field }
                return FormProblem(
                    words.texts("step.needsFirst", ["need": need.map { words.need($0.need) } ?? String(field.dropFirst(5))]))
            }
            return FormProblem(words.refusal(refusal), field: field)
        }
    }

    /// What is known already and so not asked: for the reader to check, of the groeidocument only for its readers.
    func known(_ seen: SeenDossier) -> [FactGroup] {
        let asked = form.asked + form.choices.flatMap(\.asked)
        let written = Set(form.rules.groeidocument.parts.flatMap(\.fields))
        var shown: Set<String> = []
        let facts = asked.compactMap { asked -> Fact? in
            guard let known = asked.known, shown.insert(asked.field.id).inserted else { return nil }
            guard seen.sight.sees(written.contains(asked.field.id) ? .groeidocument : .procedures) else { return nil }
            return Fact(asked.field.title[words.language], words.answer(known, to: asked.field))
        }
        return facts.isEmpty ? [] : [FactGroup(words.texts("known.asked"), facts)]
    }
}
