import Domain
import UseCases

/// The questions about a child and its guardians, asked in the same words wherever they are asked.
extension Words {
    /// What is wrong with a field, if anything is.
    func error(_ field: String, _ refused: [Refusal]) -> String? {
        refused.first { $0.field == field }.map { refusal($0) }
    }

    func childFields(
        given: String, family: String, born: String, group: String, _ refused: [Refusal]
    ) -> [FormField] {
        var fields = [
            FormField(name: "given-name", label: texts("child.givenName"), kind: .text, value: given, autocomplete: "off"),
            FormField(name: "family-name", label: texts("child.familyName"), kind: .text, value: family, autocomplete: "off"),
            FormField(name: "born", label: texts("child.born"), kind: .date, value: born),
            FormField(
                name: "group", label: texts("child.group"), kind: .select, value: group,
                options: [FormOption("", texts("form.choose"), selected: group.isEmpty)]
                    + rules.groups.map { FormOption($0.id, $0.title[language], selected: $0.id == group) }),
        ]
        fields[1].hint = texts("child.familyNameHint")
        fields[2].most = today.description
        for index in fields.indices { fields[index].error = error(fields[index].name, refused) }
        return fields
    }

    /// - Parameter named: the name of the input for `name`, `relation`, `authority` and `email`.
    func guardianFields(
        name: String, relation: String, authority: String, email: String, _ refused: [Refusal],
        named: (String) -> String
    ) -> [FormField] {
        var fields = [
            FormField(name: named("name"), label: texts("guardian.name"), kind: .text, value: name, autocomplete: "off"),
            FormField(
                name: named("relation"), label: texts("guardian.relation"), kind: .select, value: relation,
                options: [FormOption("", texts("form.choose"), selected: relation.isEmpty)]
                    + rules.relations.map { FormOption($0.id, $0.title[language], selected: $0.id == relation) }),
            FormField(name: named("authority"), label: texts("guardian.authority"), kind: .yesNo, value: authority),
            FormField(name: named("email"), label: texts("guardian.email"), kind: .email, value: email, autocomplete: "off"),
        ]
        fields[2].required = false
        fields[2].hint = texts("guardian.authorityHint")
        fields[2].why = texts("guardian.authorityWhy")
        fields[3].required = false
        fields[3].hint = texts("guardian.emailHint")
        for index in fields.indices { fields[index].error = error(fields[index].name, refused) }
        return fields
    }

    /// The child as it is called in a sentence; not by name for who may not see the child.
    func given(_ seen: SeenDossier) -> String {
        guard seen.sight.sees(.child), let child = seen.dossier.child else { return texts("dossier.theChild") }
        return child.givenName
    }

    /// The kind of relation, "moeder".
    func relation(_ guardian: Guardian) -> String {
        rules.relation(guardian.relation)?.title[language] ?? guardian.relation
    }

    /// How many more there are than fit in a list: "a, b en nog 3".
    func names(_ names: [String], most: Int = 5) -> String {
        guard names.count > most else { return format.list(names) }
        return names.prefix(most).joined(separator: ", ") + " " + texts.count("list.more", names.count - most)
    }
}
