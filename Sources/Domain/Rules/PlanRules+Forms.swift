/// A route can stand for one support form, or for one of several by an answer: `bosk-{bosk-kind}`, `tlv-{school-type}`.
extension PlanRules {
    /// The keys of support forms that a written form can come to, each answer of a choice tried; itself without braces.
    package func forms(_ written: String?) -> [String] {
        guard let written else { return [] }
        return NumberTemplate(written).placeholders.reduce([written]) { found, name in
            let options = fields[name]?.options.map(\.id) ?? []
            return found.flatMap { form in options.map { form.replacing("{\(name)}", with: $0) } }
        }
    }

    /// The support form that a written form comes to with these answers; nil while the answer is not known.
    package func form(_ written: String?, with answers: Answers) -> SupportForm? {
        guard let written else { return nil }
        return form(NumberTemplate(written).filled(answers.mapValues(\.text)))
    }
}
