import Domain

/// Reads the fields of a plan, each key once, wherever they stand.
final class FieldsReader {
    private let reading: PlanReading
    private(set) var all: [String: Field] = [:]

    init(_ reading: PlanReading) { self.reading = reading }

    /// The groeidocument with the fields of its parts.
    func groeidocument(_ root: PlanSection) -> PlanRules.Groeidocument {
        root.needed("groeidocument").map { node in
            reading.section(node, path: "groeidocument") { section in
                PlanRules.Groeidocument(
                    title: section.text("title"), inSentence: section.optionalText("in-sentence"),
                    parts: section.things("parts") { id, section in
                        PlanRules.Groeidocument.Part(
                            id: id, title: section.text("title"), explanation: section.text("explanation"),
                            fields: section.things("fields") { id, section in self.add(section.field(id), section) },
                            source: section.string("source"))
                    }, source: section.string("source"))
            }
        } ?? PlanRules.Groeidocument(title: Localized(nl: "", en: ""), parts: [], source: "")
    }

    /// The fields outside the groeidocument.
    func shared(_ root: PlanSection) {
        _ = root.things("fields", needed: false) { id, section in self.add(section.field(id), section) }
    }

    private func add(_ field: Field, _ section: PlanSection) -> String {
        if PlanFacts.reserved.contains(field.id) {
            reading.add(
                .reservedKey, at: section.node.place, path: section.path, nl: "‘\(field.id)’ is van het programma zelf",
                en: "‘\(field.id)’ belongs to the program itself",
                hint: Localized(nl: "geef de vraag een andere sleutel", en: "give the question another key"))
        } else if all[field.id] != nil {
            reading.add(
                .duplicateField, at: section.node.place, path: section.path,
                nl: "‘\(field.id)’ is al een vraag van dit plan: één feit is één vraag",
                en: "‘\(field.id)’ is a field of this plan already: one fact is one field")
        }
        all[field.id] = field
        return field.id
    }
}

/// Names that mean the same in every plan and that no plan defines.
enum PlanFacts {
    /// Facts that every dossier has, for conditions.
    static let builtIn = ["group", "age", "born", PlanRules.schoolKind, PlanRules.today]
    /// The kinds of school there are, for conditions on `school-kind`.
    static let schoolKinds = SchoolLocation.Kind.allCases.map(\.rawValue)
    /// Fields that every meeting has.
    static let meeting = ["meeting-moment", "meeting-place", invited, "meeting-reason"]
    /// The field of a meeting that holds the functions invited beside the required ones.
    static let invited = "meeting-also"
    /// Words of number templates.
    static let template = ["swv", "school-year", "seq"]
    /// All of these, with `none` and `any`, which conditions use for what is not known and what is.
    static let reserved = Set(builtIn + meeting + template + ["none", "any"])
    /// Voices that are no function.
    static let voices = ["parents", "child"]
    /// Functions that the program knows itself.
    static let guardians = ["guardian", "guardian-without-authority"]
}
