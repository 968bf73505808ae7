import Domain

extension Testland {
    private static func field(
        _ id: String, _ nl: String, _ en: String, _ kind: Field.Kind = .paragraph, options: [String] = [],
        required: Bool = true, when: Condition = .always, voice: String? = nil
    ) -> Field {
        Field(
            id: id, title: words(nl, en), kind: kind, options: options.map { Field.Option(id: $0, title: words($0, $0)) },
            required: required, when: when, voice: voice, source: "Testland, 2")
    }

    /// That a fact has one of these values.
    package static func condition(_ fact: String, _ values: String...) -> Condition {
        Condition([.init(fact: fact, match: .oneOf(values))])
    }

    private static let fieldList: [Field] = [
        field("language", "Taal thuis", "Language at home", .text),
        field("signal", "Wat valt op?", "What stands out?"),
        field("strengths", "Wat gaat goed?", "What goes well?"),
        field("parents-view", "Wat zeggen ouders?", "What do parents say?", voice: "parents"),
        field("child-view", "Wat zegt het kind?", "What does the child say?", required: false, voice: "child"),
        field("helps", "Wat helpt?", "What helps?", .choices, options: ["rest", "structure", "contact"], required: false),
        field("goal", "Doel", "Goal"),
        field("goal-day", "Wanneer bereikt?", "Reached when?", .day, required: false),
        field("minutes", "Verslag", "Minutes"),
        field("school-type", "Soort school", "Kind of school", .choice, options: ["sbo", "so"]),
        field("category", "Categorie", "Category", .choice, options: ["low", "high"], when: condition("school-type", "so")),
        field("emb", "EMB", "EMB", .choice, options: ["a", "b", "c"], required: false, when: condition("school-type", "so")),
        field("begin", "Begindatum", "First day", .day),
        field("missing", "Wat ontbreekt?", "What is missing?"),
        field("addition", "Aanvulling", "Addition"),
        field(
            "second-expert", "Tweede deskundige", "Second expert", .person(function: "expert", disciplines: ["arts", "pedagoog"])),
        field("first-advice", "Eerste advies", "First advice"),
        field("second-advice", "Tweede advies", "Second advice"),
        field(
            "duration", "Duur", "Duration", .choice, options: ["temporary", "whole"],
            when: Condition([.init(fact: "group", match: .range(from: 3, to: 3)), .init(fact: "emb", match: .absent)])),
        field("end", "Einddatum", "Last day", .day, required: false),
        field("deviation", "Reden van afwijken", "Reasons to depart", required: false),
        field("conflict", "Plan of wet", "Plan or law", .choice, options: ["table", "law"], required: false),
        field("reasons", "Motivering", "Reasons"),
    ]

    package static let fields = Dictionary(fieldList.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    static let groeidocument = PlanRules.Groeidocument(
        title: words("Groeidocument", "Growth document"),
        parts: [
            part("general", words("Algemeen", "General"), ["language", "signal"]),
            part("observe", words("Waarnemen", "Observe"), ["strengths", "parents-view", "child-view", "helps"]),
            part("strategy", words("Strategie", "Strategy"), ["goal", "goal-day"]),
        ], source: "Testland, 2")

    private static func part(_ id: String, _ title: Localized, _ fields: [String]) -> PlanRules.Groeidocument.Part {
        PlanRules.Groeidocument.Part(id: id, title: title, explanation: title, fields: fields, source: "Testland, 2")
    }
}
