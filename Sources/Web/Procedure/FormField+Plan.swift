import Domain
import Hummingbird
import UseCases

extension Words {
    /// A question of the plan as it stands in a form, with what was typed and what is wrong with it.
    func field(
        _ asked: Field, value: Answer?, required: Bool? = nil, conditional: Bool = false, problems: [Refusal] = [],
        people: [ProcedureForm.Candidate] = [], name: String? = nil
    ) -> FormField {
        let text = (asked.kind == .texts ? value?.values.joined(separator: "\n") : value?.text) ?? ""
        let chosen = Set(value?.values ?? [])
        var options = asked.options.map { FormOption($0.id, $0.title[language], selected: chosen.contains($0.id)) }
        let kind: FormField.Kind
        switch asked.kind {
        case .text: kind = .text
        case .paragraph: kind = .paragraph
        case .day: kind = .date
        case .moment: kind = .moment
        case .choice: kind = options.count > 6 ? .select : .choice
        case .choices: kind = .choices
        case .yesNo: kind = .yesNo
        case .school:
            kind = .select
            options = people.map { school in
                FormOption(
                    school.key, [school.name, school.place].compactMap(\.self).joined(separator: ", "),
                    selected: school.key == text)
            }
        case .number: kind = .number
        case .week(let rule):
            kind = .week
            options = days(of: asked, rule, value: value, name: name ?? asked.id)
        // One text a line: so as many fit as somebody needs, without a script.
        case .texts: kind = .paragraph
        case .person(let function, _):
            kind = .select
            options = people.map { candidate in
                let discipline = candidate.discipline.flatMap { id in
                    rules.disciplines.first { $0.id == id }?.title[language]
                }
                return FormOption(
                    candidate.person.rawValue,
                    "\(candidate.name), \(discipline ?? self.function(function))",
                    selected: candidate.person.rawValue == text)
            }
        }
        // Nobody is chosen by being the first of the list.
        if kind == .select {
            options.insert(FormOption("", texts("form.choose"), selected: !options.contains(where: \.selected)), at: 0)
        }
        var field = FormField(name: name ?? asked.id, label: asked.title[language], kind: kind, value: text, options: options)
        field.why = asked.why?[language]
        field.required = (required ?? asked.required) && !conditional
        field.voice = asked.voice.map { voice($0) }
        field.error = problems.first { $0.field == asked.id }.map { refusal($0) }
        let hints = [
            bounds(asked), asked.withoutName ? texts("form.withoutName") : nil, conditional ? texts("form.conditional") : nil,
        ].compactMap(\.self)
        if !hints.isEmpty { field.hint = hints.joined(separator: " ") }
        return field
    }

    /// How a number or several answers are filled in: the unit, and between which bounds.
    func bounds(_ asked: Field) -> String? {
        switch asked.kind {
        case .number(let rule):
            let unit = rule.unit == .count ? nil : texts("form.unit.\(rule.unit.rawValue)")
            let most = rule.most == NumberRule.largest ? nil : texts("form.most", ["most": amount(rule.most, rule.unit)])
            let least = rule.least == 0 ? nil : texts("form.least", ["least": amount(rule.least, rule.unit)])
            let beside = format.list(rule.togetherWith.map { field($0) })
            let other = rule.mostField.map { other in
                texts(beside.isEmpty ? "form.mostField" : "form.mostTogether", ["other": field(other), "beside": beside])
            }
            let hints = [unit, least, most, other].compactMap(\.self)
            return hints.isEmpty ? nil : hints.joined(separator: " ")
        case .texts, .choices:
            let lines = asked.kind == .texts ? texts("form.lines") : nil
            let least = asked.atLeast > 1 ? texts("form.atLeast", ["least": String(asked.atLeast)]) : nil
            let most = asked.atMost.map { texts("form.atMost", ["most": String($0)]) }
            let hints = [lines, least, most].compactMap(\.self)
            return hints.isEmpty ? nil : hints.joined(separator: " ")
        case .week(let rule): return bounds(rule)
        default: return nil
        }
    }

    /// Whose words belong in a field.
    func voice(_ id: String) -> FormField.Voice {
        let kind: FormField.Voice.Kind =
            switch id {
            case "parents": .parents
            case "child": .child
            case "teacher": .teacher
            default: .other
            }
        return FormField.Voice(kind: kind, label: texts.ifKnown("voice.\(id)") ?? function(id))
    }

    /// The summary above a refused form.
    func problems(_ refusals: [Refusal]) -> [FormProblem] {
        refusals.map { FormProblem(refusal($0), field: $0.field) }
    }
}
