import Domain
import UseCases

/// Says in the reader's language what the rules and the plan know by code.
struct Words: Sendable {
    let texts: Texts
    let format: LocalFormat
    let rules: PlanRules
    let language: Language
    let today: Day

    init(_ texts: Texts, _ rules: PlanRules, today: Day) {
        self.texts = texts
        format = LocalFormat(texts)
        self.rules = rules
        language = texts.language
        self.today = today
    }

    /// The sentence of a refusal; days are written out, keys of the plan are named by their titles.
    func refusal(_ refusal: Refusal) -> String {
        var values: [String: String] = [:]
        for (name, value) in refusal.values {
            values[name] =
                if let day = Day(value) { format.plainDay(day) } else if let period = Period(value) { self.period(period) } else {
                    value
                }
        }
        for name in ["least", "most"] {
            guard let number = refusal.values[name].flatMap({ NumberRule.number($0) }),
                let unit = refusal.values["unit"].flatMap({ NumberRule.Unit(rawValue: $0) })
            else { continue }
            values[name] = amount(number, unit)
        }
        if let other = refusal.values["other"] { values["other"] = field(other) }
        if let route = refusal.values["procedure"].flatMap({ rules.procedure($0) }) {
            let when = refusal.values["step"].flatMap { route.step($0)?.choice(refusal.values["choice"] ?? "")?.when }
            values["when"] = condition(when ?? route.start.when)
        }
        if let purpose = refusal.values["purpose"] { values["purpose"] = rules.purpose(purpose)?.title[language] ?? purpose }
        if let need = refusal.values["need"] { values["need"] = texts.ifKnown("need.\(need)") ?? need }
        let sentence = texts.ifKnown("refusal.\(refusal.code.rawValue)", values) ?? refusal.code.rawValue
        return refusal.source.map { "\(sentence) (\($0))" } ?? sentence
    }

    /// A period in words: "6 weken".
    func period(_ period: Period) -> String { texts.period(period) }

    /// One line of an explanation, in words.
    func explained(_ line: Explained) -> String { texts.explained(line) }

    /// The title of a function, as the plan writes it: "Intern begeleider".
    func function(_ id: String) -> String {
        if let kind = AskedInRule.kind(ofFunction: id) {
            return rules.askedIn(kind)?.title[language] ?? texts("askedIn.somebody")
        }
        return rules.function(id)?.title[language] ?? texts.ifKnown("function.\(id)") ?? id
    }

    /// Functions within a sentence: "intern begeleider en BOSK-specialist".
    func functions(_ ids: [String]) -> String {
        format.list(
            ids.map { Self.withinSentence(function($0)) })
    }

    /// A title as it stands within a sentence: "groep 4", and "VSO" as it is.
    static func withinSentence(_ title: String) -> String {
        let isAbbreviation = title.dropFirst().first?.isUppercase == true
        return isAbbreviation ? title : title.prefix(1).lowercased() + title.dropFirst()
    }

    /// An answer as it is read: options by their titles, days written out, people and schools by name.
    ///
    /// - Parameter people: names of people, and of schools, by their key.
    func answer(_ answer: Answer, to field: Field, people: [PersonID: String] = [:]) -> String {
        switch field.kind {
        case .choice, .choices:
            format.list(answer.values.map { value in field.options.first { $0.id == value }?.title[language] ?? value })
        case .yesNo: answer.text == "yes" ? texts("form.yes") : texts("form.no")
        case .day: answer.day.map { format.day($0) } ?? answer.text
        case .moment: LocalMoment(answer.text).map { moment($0) } ?? answer.text
        case .person, .school: people[PersonID(answer.text)] ?? ""
        case .number(let rule): NumberRule.number(answer.text).map { amount($0, rule.unit) } ?? answer.text
        case .texts: answer.values.joined(separator: "; ")
        case .week(let rule): week(answer, rule, of: field)
        case .text, .paragraph: answer.text
        }
    }

    /// A number with its unit: "60 procent", "€ 1.250".
    func amount(_ number: Int, _ unit: NumberRule.Unit) -> String {
        switch unit {
        case .count: format.number(number)
        case .euro: texts("unit.euro", ["n": format.number(number)])
        default: texts.count("unit.\(unit.rawValue)", number, ["n": format.number(number)])
        }
    }

    /// "dinsdag 17 maart 2026, 15.30 uur"
    func moment(_ moment: LocalMoment) -> String {
        "\(format.day(moment.day)), \(format.time(hour: moment.hour, minute: moment.minute))"
    }
}
