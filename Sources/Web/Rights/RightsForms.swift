import Domain
import UseCases

/// The form by which a guardian asks something with a right.
struct RightsForms {
    let words: Words
    let seen: SeenDossier
    let standing: RightsStanding
    let sent: PostedForm
    let key: FormField
    var refused: [Refusal] = []
    /// What it is about when the reader came from there.
    var about: String?

    private var texts: Texts { words.texts }

    var form: Form {
        var fields = [right, words.subjectField(sent, in: seen, about: about), own]
        switch standing {
        case .childHeard:
            fields.append(
                FormField(
                    name: "child-view", label: texts("rights.form.childView", ["given": words.given(seen)]), kind: .text,
                    value: sent["child-view"], hint: texts("rights.form.childViewHint")))
        case .childItself:
            fields.append(
                FormField(
                    name: "child-asks", label: texts("rights.form.childAsks", ["given": words.given(seen)]), kind: .tick,
                    value: sent["child-asks"]))
        case .guardian, .information: break
        }
        for index in fields.indices { fields[index].error = words.error(fields[index].name, refused) }
        return Form(
            action: Address.rights(seen.dossier.id.rawValue).path, button: texts("rights.form.button"), fields: fields + [key],
            problems: words.problems(refused), cancel: Link(texts("form.cancel"), .dossier(seen.dossier.id.rawValue)))
    }

    private var right: FormField {
        FormField(
            name: "right", label: texts("rights.form.right"), kind: .choice, value: sent["right"],
            options: Right.allCases.map { right in
                FormOption(
                    right.rawValue, words.title(right), hint: texts("rights.right.\(right.rawValue).text"),
                    selected: sent["right"] == right.rawValue)
            })
    }

    private var own: FormField {
        FormField(
            name: "words", label: texts("rights.form.words"), kind: .paragraph, value: sent["words"],
            hint: texts("rights.form.wordsHint"), rows: 5)
    }
}

extension Words {
    /// What of a dossier a request is about: everything, or a part or document that the reader sees.
    func subjectField(_ sent: PostedForm, in seen: SeenDossier, about: String? = nil) -> FormField {
        let chosen = sent.fields["subject"]?.first ?? about ?? RightsRequest.Subject.all.text
        var subjects: [RightsRequest.Subject] = [.all]
        if seen.sight.sees(.groeidocument) { subjects += seen.rules.groeidocument.parts.map { .part($0.id) } }
        if seen.sight.sees(.documents) { subjects += seen.dossier.documentsInSight.map { .document($0.id) } }
        return FormField(
            name: "subject", label: texts("rights.form.subject"), kind: .select, value: chosen,
            options: subjects.map { FormOption($0.text, subject($0, in: seen.dossier), selected: $0.text == chosen) },
            hint: texts("recording.parts.hint"))
    }
}
