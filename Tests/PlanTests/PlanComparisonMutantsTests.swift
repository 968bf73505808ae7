import Domain
import Foundation
import TestKit
import Testing

@testable import Plan

@Suite("Whatever changes in a plan is told")
struct PlanComparisonMutantsTests {
    /// The small plan with every word of the format that it lacks.
    static func whole() throws -> [String: String] {
        let route = "procedures/aanvraag.yaml"
        var texts = SmallPlan.texts
        func put(_ piece: String, _ other: String, in file: String = route) throws {
            texts = try SmallPlan.replacing(piece, with: other, in: file, of: texts)
        }
        try put(
            "  opens: kijken\n",
            """
              when: { group: "1..3", school-kind: [bo, sbo] }
              repeatable: true
              locks-groeidocument: true
              opens: kijken

            """)
        try put(
            "    by: { functions: coach, source: par. 5 }\n    asks: [wie]\n",
            """
                explanation: { nl: Kijk mee, en: Look along }
                by: coach
                due: { within: P3W, counts-by: termijnenwet }
                source: par. 5
                asks: [wie, uren, plafond, namen, kansen]

            """)
        try put(
            "then: aanvullen }",
            "explanation: { nl: Vraag, en: Ask }, when: { soort: dag }, once: true, then: aanvullen }")
        try put(
            "    by: { chosen-in: wie, disciplines: arts, source: par. 5 }",
            "    by: { functions: [kenner], chosen-in: wie, disciplines: arts, not-of-this-school: true, replaced-by: coach, source: par. 5 }"
        )
        try put("warn-actor-of: kijken,", "warn-actor-of: kijken, not-actor-of: oordeel,")
        try put(
            "required: [guardian, coach], ahead: P1W }",
            "required: [guardian, coach], optional: kenner, ahead: P1W, ahead-source: par. 5, questions: [{ nl: Wat helpt?, en: What helps? }], bring: { nl: Iemand, en: Somebody } }"
        )
        try put(
            "    warn: P1W\n",
            """
                when: { soort: week }
                extended: { by: besluit.nee, with: P2W, counts-by: termijnenwet, source: par. 5 }
                met-by: oordeel
                warn: P1W

            """)
        try put("      objection: {", "      appeal: { within: P6W, counts-by: termijnenwet }\n      objection: {")
        try put(
            "end-field: eind, deviation-field: afwijking, table: duur }",
            "end-field: eind, deviation-field: afwijking, table: duur, never-later: true, whole-school-years: { soort: week }, whole-school-years-source: par. 6, conflict-field: strijd }"
        )
        try put("asks: [eind, afwijking]", "asks: [eind, afwijking, strijd]")
        try put(
            "  nee: { title: { nl: Nee, en: No }, leads-to: aanvraag }",
            "  nee: { title: { nl: Nee, en: No }, explanation: { nl: Niet nu, en: Not now }, leads-to: [aanvraag, overstap] }")
        try put(
            "soort: dag }, until: { period: P1M }, source: par. 6 a }",
            "soort: dag }, until: { period: P1M }, source: par. 6 a, note: { nl: Een maand, en: A month } }",
            in: "rules/duur.yaml")
        try put("source: par. 6\n", "source: par. 6\nhit: first\n", in: "rules/duur.yaml")
        try put(
            "wie: {",
            """
            strijd: { title: { nl: Plan of wet, en: Plan or law }, kind: choice, options: { table: { nl: Plan, en: Plan }, law: { nl: Wet, en: Law } } }
            plafond: { title: { nl: Ten hoogste, en: At most }, kind: number, unit: hours, most: 40 }
            uren: { title: { nl: Uren, en: Hours }, why: { nl: Geld, en: Money }, kind: number, unit: hours, least: 1, most: 30, most-field: plafond, together-with: plafond, source: par. 5 }
            namen: { title: { nl: Namen, en: Names }, kind: texts, at-least: 2, at-most: 3 }
            kansen: { title: { nl: Kansen, en: Chances }, kind: choices, options: { a: { nl: A, en: A }, b: { nl: B, en: B } }, at-least: 1, at-most: 2, when: { soort: week } }
            naar: { title: { nl: Naar, en: To }, kind: school, school-kinds: [bo, sbo] }
            laatste: { title: { nl: Laatste dag, en: Last day }, kind: day }
            wie: {
            """, in: "fields.yaml")
        texts["wold/2020/procedures/overstap.yaml"] = """
            title: { nl: Overstap, en: Change }
            why: { nl: Een andere school, en: Another school }
            source: par. 5
            start:
              by: coach
              after: [{ procedure: aanvraag, outcomes: [ja, nee], within: P1Y }]
              asks: [{ field: naar, anew: true }, { field: laatste, anew: true, optional: true, when: { group: "2.." } }]
              needs:
                kindplan: { groeidocument: [kind], not-older-than: P1Y, why: { nl: Vers, en: Fresh }, source: par. 4 }
                trots: { field: trots, why: { nl: Het kind, en: The child } }
                hand: { signature: guardians-with-authority, why: { nl: Samen, en: Together } }
              opens: gaan
              inventory:
                title: { nl: Wat afloopt, en: What ends }
                of: [aanvraag.ja]
                fills: laatste
                shows: gaan
                source: par. 5
            steps:
              gaan:
                title: { nl: Gaan, en: Go }
                by: coach
                choices:
                  weg: { title: { nl: Weg, en: Away }, end: weg }
                  terug: { title: { nl: Terug, en: Back }, end: terug }
            clocks:
              gaan:
                title: { nl: Gaan, en: Go }
                within: P6W
                from: { field: laatste }
                ground: { nl: Belofte, en: Promise }
                source: par. 5
              weg:
                title: { nl: Weg, en: Away }
                within: P6W
                from: { step: gaan }
                ground: { nl: Belofte, en: Promise }
                source: par. 5
            outcomes:
              weg: { title: { nl: Weg, en: Away }, moves-to: { field: naar, agreement: delen, without: [child, family], source: par. 5 } }
              terug: { title: { nl: Terug, en: Back } }
            """
        texts["wold/2020/governance.yaml"] = """
            source: par. 2
            write: { by: kenner, source: par. 2 }
            submit: { by: kenner, source: par. 2 }
            ask: { by: coach, groups: { geld: { nl: Geld, en: Money }, zorg: { nl: Zorg, en: Care } }, source: par. 2 }
            answer: { by: kenner, source: par. 2 }
            consent: { by: coach, not-actor-of: [write, submit], shown-by: { nl: Een brief, en: A letter }, source: par. 2 }
            agree:
              by: [kenner, coach]
              municipalities: { een: { title: { nl: Een, en: One }, by: coach }, twee: { title: { nl: Twee, en: Two } } }
              source: par. 2
            adopt:
              by: kenner
              majority: majority
              not-actor-of: write
              boards: { een: { title: { nl: Een, en: One } }, twee: { title: { nl: Twee, en: Two }, by: coach } }
              source: par. 2
            enact: { by: kenner, at-most: P4Y, source: par. 2 }
            report: { by: kenner, before: "05-01", source: par. 2 }
            """
        texts["wold/2020/retention.yaml"] = """
            follows: po
            announces: coach
            agrees: [kenner, coach]
            stops: [coach, guardian]
            waits: P7D
            source: par. 2
            """
        texts["law/retention.yaml"] = """
            po:
              title: { nl: Een school, en: A school }
              terms: [{ from: 2014-08-01, keep: P3Y, source: Atw art. 1 }]
            vo:
              title: { nl: Een andere, en: Another }
              terms: [{ from: 2014-08-01, keep: P2Y, source: Atw art. 1 }]
            """
        texts["law/rights.yaml"] = try #require(RealPlans.folder.text(of: "law/rights.yaml"))
            .replacing(/source: [^\n}]+/, with: "source: Atw art. 1 ")
            .replacing(/(complaint|information): [^\n]+/) { "\($0.output.1): Atw art. 1" }
        texts["wold/2020/plan.yaml", default: ""] += """

            rights: { handled-by: [coach, kenner], source: par. 2 }
            asked-in:
              kijker:
                title: { nl: Kijker, en: Viewer }
                explanation: { nl: Kijkt mee, en: Looks along }
                by: [coach, kenner]
                parts: [child, documents]
                agreement: delen
                longest: P3M
                remind: P2W
                hands-over: true
                source: par. 1
              helper:
                title: { nl: Helper, en: Help }
                explanation: { nl: Helpt mee, en: Helps }
                by: coach
                parts: child
                law: { nl: De wet, en: The law }
                longest: P3M
                remind: P2W
                source: par. 1
            emergency:
              by: [coach, kenner]
              parts: [child, family]
              explanation: { nl: Bij nood, en: In need }
              source: par. 1
            questions:
              raad:
                title: { nl: Raad, en: Advice }
                explanation: { nl: Zonder naam, en: Without a name }
                by: [coach, kenner]
                answered-by: [kenner, coach]
                written-in: trots
                kept: P1Y
                source: par. 1
            """
        try put(
            "  disciplines: arts\n  source: par. 2",
            "  disciplines: arts\n  source: par. 2\n  second-factor: false\n  told-of: { dossiers: 5, before: 7, after: 22, quiet: P3M }",
            in: "functions.yaml")
        return texts
    }

    /// What is told without values to put beside each other: its sentence says that it is otherwise.
    private static let plain: Set<PlanDifference.Code> = [
        .partnership, .holidays, .order, .validity, .further, .situation, .tooManySituations, .letterBody,
    ]

    @Test("of every value of a plan that is changed in turn, the comparison tells something that reads otherwise")
    func mutants() throws {
        let files = PlanTexts(try Self.whole())
        let plan = try PlanLoader.open(SmallPlan.key, from: files).rules
        let mutation = try PlanMutation(SmallPlan.key, from: files)
        let trial = try #require(mutation.trial())
        var read = 0
        var silent: [String] = []
        var further: Set<String> = []
        for mutant in mutation.mutants where !Self.isAside(mutant) {
            // What comes to the same, such as a function that its field names already, is no difference.
            guard let other = trial.rules(of: mutant), other != plan else { continue }
            read += 1
            let told = PlanComparison.differences(from: plan, to: other)
            for case .written(let name)? in told.filter({ $0.code == .further }).map(\.after) { further.insert(name) }
            let isTold = told.contains { Self.plain.contains($0.code) || $0.before != $0.after || $0.isWhole }
            if !isTold {
                silent.append("\(mutant.path) \(mutant.before) -> \(mutant.after ?? "-"): \(told.map(\.code.rawValue))")
            }
        }
        #expect(read > 300, "\(read)")
        // By its name alone is told only what the catalogue has a word for.
        #expect(further.isSubset(of: PlanDifference.further), "\(further.subtracting(PlanDifference.further))")
        #expect(silent.isEmpty, "\(silent.joined(separator: "\n"))")
    }

    /// Sources are told where the thing is; examples, the key and what they amend are no part of what a plan says.
    private static func isAside(_ mutant: PlanMutant) -> Bool {
        let top = mutant.path.prefix { $0 != "." }
        return mutant.word == "source" || mutant.word.hasSuffix("-source") || ["key", "amends"].contains(String(top))
            || mutant.place.file.contains("/examples/") || mutant.place.file.hasSuffix("paragraphs.yaml")
    }
}

extension PlanDifference {
    /// Something that came or went as a whole, which is named itself.
    fileprivate var isWhole: Bool { code.rawValue.hasSuffix(".added") || code.rawValue.hasSuffix(".removed") }
}
