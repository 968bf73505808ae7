import Domain
import Journal
import UseCases

/// The form that opens a dossier: its fields from the plan, and what was typed in them.
struct NewDossierForm {
    let words: Words
    let places: [OpeningPlace]
    let sent: PostedForm?
    /// Numbers of the guardian blocks, in order; a script may leave gaps.
    private(set) var blocks: [Int]

    /// Name of the box that says that it is another child than the one found.
    static let another = "ander-kind"
    /// The most guardians in one form.
    private static let mostGuardians = 8

    init(words: Words, places: [OpeningPlace], sent: PostedForm?) {
        self.words = words
        self.places = places
        self.sent = sent
        let numbers = (sent?.fields.keys).map { names in
            Set(names.compactMap { Self.number(in: $0) }).sorted().prefix(Self.mostGuardians)
        }
        blocks = numbers.map { Array($0) } ?? [1]
    }

    mutating func addGuardian() {
        guard blocks.count < Self.mostGuardians else { return }
        blocks.append((blocks.last ?? 0) + 1)
    }

    mutating func removeGuardian(_ number: Int) { blocks.removeAll { $0 == number } }

    // MARK: The child

    func fields(_ refused: [Refusal], alike: Bool) -> [FormField] {
        var fields = words.childFields(
            given: sent?["given-name"] ?? "", family: sent?["family-name"] ?? "", born: sent?["born"] ?? "",
            group: sent?["group"] ?? "", refused)
        if places.count > 1 {
            fields.append(
                FormField(
                    name: "school", label: words.texts("child.school"), kind: .select, value: sent?["school"] ?? "",
                    options: places.map {
                        FormOption($0.school.id.rawValue, $0.school.name, selected: sent?["school"] == $0.school.id.rawValue)
                    }))
        }
        for function in words.rules.namedFunctions { fields.append(personField(function, refused)) }
        if alike {
            fields.append(FormField(name: Self.another, label: words.texts("dossierForm.another"), kind: .tick))
        }
        return fields
    }

    private func personField(_ function: FunctionRule, _ refused: [Refusal]) -> FormField {
        let chosen = sent?[function.id] ?? ""
        var options = [FormOption("", words.texts("dossierForm.later"), selected: chosen.isEmpty)]
        for place in places {
            options += (place.people[function.id] ?? []).map { person in
                let label = places.count > 1 ? "\(person.name), \(place.school.name)" : person.name
                return FormOption(person.person.rawValue, label, selected: chosen == person.person.rawValue)
            }
        }
        var field = FormField(
            name: function.id, label: function.title[words.language], kind: .select, value: chosen, options: options)
        field.why = words.texts("dossierForm.personWhy")
        field.required = false
        field.error = words.error(function.id, refused)
        return field
    }

    // MARK: Guardians

    /// The blocks as they were sent, or one empty one.
    func guardianBlocks(_ refused: [Refusal]) -> [DossierFormPage.Guardian] {
        let refused = atBlocks(refused)
        return blocks.enumerated().map { index, number in
            DossierFormPage.Guardian(
                legend: words.texts("dossierForm.guardian", ["n": String(index + 1)]),
                fields: guardianFields(String(number), refused), remove: index == 0 ? nil : String(number))
        }
    }

    var blank: DossierFormPage.Guardian? {
        guard blocks.count < Self.mostGuardians else { return nil }
        return DossierFormPage.Guardian(
            legend: words.texts("dossierForm.guardianMore"), fields: guardianFields("__n__", []), remove: "__n__")
    }

    private func guardianFields(_ number: String, _ refused: [Refusal]) -> [FormField] {
        func name(_ part: String) -> String { "guardian.\(number).\(part)" }
        let relation = sent?[name("relation")] ?? ""
        let preset = words.rules.relation(relation).map { $0.authority ? "yes" : "no" } ?? ""
        return words.guardianFields(
            name: sent?[name("name")] ?? "", relation: relation,
            authority: sent?[name("authority")].nilWhenEmpty ?? preset, email: sent?[name("email")] ?? "", refused,
            named: { name($0) })
    }

    private static func number(in name: String) -> Int? {
        let parts = name.split(separator: ".")
        guard parts.count == 3, parts[0] == "guardian", let number = Int(parts[1]), (1...999).contains(number) else {
            return nil
        }
        return number
    }

    // MARK: Reading

    /// What was typed, and what of it cannot be read; an unreadable day is replaced so that the rest can be judged too.
    func read() -> (new: NewDossier, unreadable: [Refusal]) {
        let sent = sent ?? PostedForm()
        var unreadable: [Refusal] = []
        let born = Day(sent["born"].trimmed)
        if born == nil { unreadable.append(Refusal(sent["born"].trimmed.isEmpty ? .required : .notADay, field: "born")) }
        let school = places.first { $0.school.id.rawValue == sent["school"] } ?? (places.count == 1 ? places.first : nil)
        if school == nil { unreadable.append(Refusal(.notAnOption, field: "school")) }
        let child = Child(
            givenName: sent["given-name"], familyName: sent["family-name"],
            born: born ?? words.today.adding(years: -words.rules.ages.lowerBound), group: sent["group"])
        let named = words.rules.namedFunctions.compactMap { function in
            sent[function.id].nilWhenEmpty.map { NamedPerson(person: PersonID($0), function: function.id) }
        }
        let guardians = filledBlocks.map { number -> NewGuardian in
            func value(_ part: String) -> String { sent["guardian.\(number).\(part)"] }
            let usual = words.rules.relation(value("relation"))?.authority ?? false
            return NewGuardian(
                name: value("name"), relation: value("relation"),
                authority: value("authority").isEmpty ? usual : value("authority") == "yes", email: value("email"))
        }
        return (
            NewDossier(
                child: child, school: school?.school.id ?? OrganisationID(""), guardians: guardians, named: named), unreadable
        )
    }

    /// The blocks in which anything was typed: an empty one asks nothing.
    private var filledBlocks: [Int] {
        blocks.filter { number in
            ["name", "relation", "email"].contains { !(sent?["guardian.\(number).\($0)"].trimmed.isEmpty ?? true) }
        }
    }

    // MARK: Problems

    func problems(_ refused: [Refusal]) -> [FormProblem] { words.problems(atBlocks(refused)) }

    /// The rules count guardians from one; the fields are named by the number of their block.
    private func atBlocks(_ refused: [Refusal]) -> [Refusal] {
        let filled = filledBlocks
        return refused.map { refusal in
            guard let field = refusal.field, field.hasPrefix("guardian-") else { return refusal }
            let parts = field.split(separator: "-")
            let index = parts.count > 2 ? (Int(parts[2]) ?? 1) - 1 : 0
            guard parts.count > 1, filled.indices.contains(index) else { return refusal }
            return Refusal(
                refusal.code, field: "guardian.\(filled[index]).\(parts[1])", values: refusal.values, source: refusal.source)
        }
    }
}
