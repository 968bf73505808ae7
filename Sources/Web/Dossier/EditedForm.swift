import Domain
import Journal
import UseCases

/// A form that shows what is there to change it: what it was made from, what was sent, and what somebody else changed since.
struct EditedForm {
    /// Name of the hidden field with the version of the dossier that the form was made from.
    static let version = "versie"

    let words: Words
    /// What was sent, when it was refused.
    let sent: PostedForm?
    let refused: [Refusal]
    /// The version that the next form is made from.
    let version: Int
    /// "Sanne Mulder, vandaag 10.40 uur"
    let changedBy: String

    /// - Parameter changedBy: who changed the same last, and when.
    init(words: Words, dossier: Dossier, sent: PostedForm?, refused: [Refusal], changedBy: String) {
        self.words = words
        self.sent = sent
        self.refused = refused
        self.changedBy = changedBy
        let clashes = refused.contains { $0.code == .fieldChangedMeanwhile }
        version = clashes ? dossier.version : sent.flatMap { Int($0[Self.version]) } ?? dossier.version
    }

    /// The hidden field with the version.
    var field: FormField { FormField(name: Self.version, label: "", kind: .hidden, value: String(version)) }

    /// Whether two changed the same.
    var hasClashes: Bool { refused.contains { $0.code == .fieldChangedMeanwhile } }

    /// What stands in a field: what was typed, unless one left it as it was and somebody else changed it meanwhile.
    func value(_ name: String, before: String, now: String) -> String {
        guard let sent else { return now }
        return hasClashes && sent[name].trimmed == before ? now : sent[name]
    }

    /// The fields, each that two changed as a choice between the two.
    func settled(_ fields: [FormField], now: [String: String]) -> [FormField] {
        fields.map { field in
            guard let theirs = now[field.name],
                refused.contains(where: { $0.field == field.name && $0.code == .fieldChangedMeanwhile })
            else { return field }
            let mine = FormOption(
                field.value, words.texts("edit.mine", ["answer": shown(field.value, field)]), selected: true)
            let other = FormOption(
                theirs, words.texts("edit.theirs", ["answer": shown(theirs, field), "who": changedBy]))
            var choice = FormField(
                name: field.name, label: field.label, kind: .choice, value: field.value, options: [mine, other])
            choice.error = words.error(field.name, refused)
            return choice
        }
    }

    /// A value as the reader would have seen it in the field.
    private func shown(_ value: String, _ field: FormField) -> String {
        if value.isEmpty { return words.texts("edit.nothing") }
        switch field.kind {
        case .select, .choice: return field.options.first { $0.value == value }?.label ?? value
        case .yesNo: return words.texts(value == "yes" ? "form.yes" : "form.no")
        case .date: return Day(value).map { words.format.plainDay($0) } ?? value
        default: return value
        }
    }
}

extension Site {
    /// Who did something of these kinds last, and when: "Sanne Mulder, vandaag 10.40 uur".
    func last(
        _ codes: Set<String>, in seen: SeenDossier, _ words: Words, where fits: (HistoryEntry) -> Bool = { _ in true }
    ) async throws -> String {
        guard let entry = seen.dossier.history.last(where: { codes.contains($0.code) && fits($0) }) else {
            return words.texts("somebody")
        }
        let name: String? =
            if entry.actor == seen.actor.person {
                words.texts("youStanding")
            } else {
                try await installation.names.people([entry.actor])[entry.actor]
            }
        return "\(name ?? words.texts("somebody")), \(words.format.recent(entry.at, today: words.today))"
    }

    /// The dossier that a form was made from; as it is now for a form that does not say.
    func before(_ form: PostedForm?, _ dossier: Dossier) async throws -> Dossier {
        guard let version = form.flatMap({ Int($0[EditedForm.version]) }) else { return dossier }
        return try await installation.dossier(dossier.id, at: version)
    }
}
