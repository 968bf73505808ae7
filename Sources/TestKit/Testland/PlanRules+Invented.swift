import Domain
import Testing

extension PlanRules {
    /// The plan of an invented partnership: a light route with a meeting, a heavy one with advices and a decision.
    package static let invented = Testland.plan()

    /// The same plan amended from 1 August 2022: the light route asks no agreement any more.
    package static let inventedAmended = Testland.plan(
        key: "testland/2022", inForce: "2022-08-01", amends: PlanRules.invented.key,
        procedures: [Testland.talk.withoutNeeds, Testland.entry])
}

extension PlanShelf {
    /// Both versions of the invented plan.
    package static let invented: PlanShelf = .of([.invented, .inventedAmended])

    /// A shelf with these versions; with none, the invented plan alone.
    package static func of(_ versions: [PlanRules]) -> PlanShelf { PlanShelf(versions) ?? .of([.invented]) }
}

extension Testland {
    /// The invented plan with other routes or tables, for a test of one rule.
    package static func plan(
        key: String = "testland/2020", inForce: String = "2020-08-01", amends: PlanKey? = nil,
        functions: [FunctionRule] = Testland.functions, fields: [String: Field] = Testland.fields,
        procedures: [ProcedureRule] = [Testland.talk, Testland.entry], tables: [DecisionTable] = [Testland.duration],
        governance: GovernanceRule? = nil, retention: RetentionRule? = nil, askedIn: [AskedInRule] = Testland.askedIn,
        emergency: EmergencyRule? = Testland.emergency, rights: RightsRule? = Testland.rights,
        questions: [QuestionRule] = Testland.questions
    ) -> PlanRules {
        PlanRules(
            key: PlanKey(key), title: words("Ondersteuningsplan Testland", "Support plan of Testland"),
            partnership: PlanRules.Partnership(
                name: "Samenwerkingsverband Testland", shortName: "Testland", code: "PO9999", postcodes: ["9999"],
                address: ["Teststraat 1", "9999 ZZ Testdorp"], email: "post@testland.example"),
            inForce: .of(inForce), until: nil, amends: amends, document: "Ondersteuningsplan Testland",
            functions: functions,
            disciplines: ["orthopedagoog", "psycholoog", "arts", "pedagoog"].map {
                Field.Option(id: $0, title: words($0, $0))
            },
            relations: [
                PlanRules.Relation(id: "mother", title: words("Moeder", "Mother"), authority: true),
                PlanRules.Relation(id: "father", title: words("Vader", "Father"), authority: true),
                PlanRules.Relation(id: "stepparent", title: words("Stiefouder", "Stepparent"), authority: false),
            ],
            purposes: [
                PlanRules.Purpose(
                    id: "talk", title: words("Overleg", "Talk"), explanation: words("Samen praten", "Talking together"),
                    source: "Testland, 3"),
                PlanRules.Purpose(
                    id: "share", title: words("Delen", "Share"), explanation: words("Stukken delen", "Sharing papers"),
                    source: "Testland, 3"),
            ],
            evidence: [
                PlanRules.EvidenceKind(id: "report", title: words("Verslag", "Report")),
                PlanRules.EvidenceKind(id: "drawing", title: words("Tekening", "Drawing")),
            ],
            groups: (1...8).map { Field.Option(id: String($0), title: words("Groep \($0)", "Group \($0)")) },
            tiers: [
                PlanRules.Tier(
                    id: "school", title: words("Op school", "At school"),
                    forms: [
                        PlanRules.SupportForm(
                            id: "in-class", title: words("In de klas", "In class"), short: words("Klas", "Class"),
                            explanation: words("Hulp in de klas", "Help in class"), source: "Testland, 1"),
                        PlanRules.SupportForm(
                            id: "other-school", title: words("Andere school", "Other school"),
                            short: words("Elders", "Elsewhere"),
                            explanation: words("Naar een andere school", "To another school"), source: "Testland, 1"),
                    ])
            ], groeidocument: groeidocument, fields: fields, procedures: procedures,
            tables: Dictionary(tables.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            letters: Dictionary(
                ["granted", "refused"].map {
                    ($0, PlanRules.Letter(id: $0, title: words($0, $0), body: words("{{number}}", "{{number}}")))
                }, uniquingKeysWith: { first, _ in first }), ages: 3...14, holidays: .dutchLaw,
            governance: governance, retention: retention, askedIn: askedIn, emergency: emergency, rights: rights,
            questions: questions)
    }
}

extension ProcedureRule {
    /// The same route, started from nothing and with nothing needed.
    package var withoutNeeds: ProcedureRule {
        with(
            start: StartRule(
                by: start.by, after: [], asks: start.asks, needs: [], plans: start.plans,
                locksGroeidocument: start.locksGroeidocument, opens: start.opens, repeatable: start.repeatable))
    }

    /// The same route with something replaced.
    package func with(
        start: StartRule? = nil, steps: [StepRule]? = nil, clocks: [ClockRule]? = nil, outcomes: [OutcomeRule]? = nil,
        id: String? = nil, holds: Set<ProcedureRule.Held>? = nil
    ) -> ProcedureRule {
        ProcedureRule(
            id: id ?? self.id, title: title, why: why, form: form, start: start ?? self.start, steps: steps ?? self.steps,
            clocks: clocks ?? self.clocks, outcomes: outcomes ?? self.outcomes, holds: holds ?? self.holds, source: source)
    }
}

extension StepRule {
    /// The same step with something replaced.
    package func with(by: ActorRule? = nil, asks: [Ask]? = nil, choices: [ChoiceRule]? = nil) -> StepRule {
        StepRule(
            id: id, title: title, explanation: explanation, by: by ?? self.by, asks: asks ?? self.asks,
            choices: choices ?? self.choices, due: due, meeting: meeting, waitsFor: waitsFor, source: source)
    }
}

extension ChoiceRule {
    /// The same choice with something replaced.
    package func with(id: String? = nil, asks: [Ask]? = nil, then: Next? = nil) -> ChoiceRule {
        ChoiceRule(
            id: id ?? self.id, title: title, explanation: explanation, when: when, once: once, asks: asks ?? self.asks,
            needs: needs, then: then ?? self.then, marksComplete: marksComplete, plans: plans)
    }
}
