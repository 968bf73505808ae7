import Domain
import Plan
import Testing

@Suite("A card beside a plan")
struct PlanCardTests {
    private static let tasks = """
        kaart:
          kind: tasks
          why: { nl: Zo gaat het, en: So it goes }
          route: aanvraag
          day: 2020-11-03
          answers: { soort: dag, group: "2" }
          expect:
            form: hulp
            start:
              by: coach
              asks-when-unknown: [soort, begin]
              needs: { agreement: delen, evidence: verslag }
              opens: kijken
            steps:
              kijken:
                by: coach
                asks-when-unknown: wie
                choices:
                  goed: { then: [oordeel, praten], plans: praten, complete: true }
                  vragen: { then: aanvullen }
              oordeel: { by: kenner, chosen-in: wie, disciplines: arts, choices: { klaar: { then: besluit } } }
              praten:
                by: coach
                chair: coach
                invited: [guardian, coach]
                earliest: 2020-11-10
                choices: { klaar: { then: besluit } }
              besluit:
                by: coach
                rather-somebody-else-than-did: kijken
                opens-after: [oordeel, praten]
                asks-when-unknown: reden
                choices:
                  ja: { asks-when-unknown: [eind, afwijking], may-be-empty: [eind, afwijking], end: ja }
                  nee: { end: nee }
            clocks:
              beslissen: { from: complete, due: 2020-12-15, warned: 2020-12-08, still-in: aanvullen }
            outcomes:
              ja:
                grants: hulp
                first-number: PO0001-001-2020-2021
                counted-in: besluit-2020-2021
                letter: besluit
                reasons: reden
                rests-on: oordeel
                copies: soort
                objection-until: 2020-12-15
                holds-from: begin
                holds-until: eind
                deviation: afwijking
                table: duur
              nee: { leads-to: aanvraag }
        """

    private static let others = """
        zicht:
          kind: sight
          why: { nl: Wie leest mee, en: Who reads along }
          expect:
            sees: [guardian, guardian-without-authority, coach]
            while: { aanvraag: kenner }
            reads:
              child: [guardian, guardian-without-authority, coach, kenner]
              family: [guardian, coach]
              agreements: [guardian, coach]
              groeidocument: [guardian, coach, kenner]
              documents: [guardian, coach]
              procedures: [guardian, coach]
              decisions: [guardian, coach]
              read-log: [guardian, coach]
            may: { write: coach, lock: coach }
            place: { family: [guardian, guardian-without-authority], school: coach, partnership: kenner }
            disciplines: { kenner: arts }
        na-twee-weken:
          kind: sight
          why: { nl: Nog net, en: Just yet }
          ended: P2W
          expect: { while: { aanvraag: kenner } }
        na-vijftien-dagen:
          kind: sight
          why: { nl: Niet meer, en: No more }
          ended: P15D
          expect: { while: { aanvraag: [] } }
        vragen:
          kind: form
          why: { nl: Hoe men antwoordt, en: How one answers }
          expect:
            choice: { soort: [dag, week] }
            day: [begin, eind]
            paragraph: [afwijking, reden]
            person: { wie: kenner }
            person-disciplines: { wie: arts }
            may-be-empty: [eind, afwijking]
        kind:
          kind: form
          why: { nl: Wie je bent, en: Who you are }
          part: kind
          expect: { paragraph: trots, words-of: { child: trots } }
        vragen-soms:
          kind: form
          why: { nl: Wat soms wordt gevraagd, en: What is asked at times }
          expect:
            asked-when: { soms: { soort: [dag, week], group: "2..3", eind: none, born: 05-01..07-31 } }
        bladzijden:
          kind: paragraphs
          why: { nl: Waar het staat, en: Where it stands }
          expect:
            par. 5: [contents.items.b, procedures.aanvraag, procedures.aanvraag.start.needs.delen,
              procedures.aanvraag.start.needs.verslag, procedures.aanvraag.steps.kijken.by, procedures.aanvraag.steps.aanvullen.by,
              procedures.aanvraag.steps.oordeel.by, procedures.aanvraag.steps.praten.by, procedures.aanvraag.steps.besluit.by,
              procedures.aanvraag.clocks.beslissen,
                     procedures.aanvraag.outcomes.ja.decision]
            par. 6 a: rules.duur.rows.dag
            Atw art. 1: fields.soms
            Atw art. 2: fields.soms
        wold:
          kind: plan
          why: { nl: Wie wij zijn, en: Who we are }
          expect:
            partnership: { name: Het Wold, short-name: Wold, code: PO0001, address: Pad 1, email: a@wold.example }
            postcodes: "0003"
            in-force: 2020-08-01
            ages: 3..14
            authority: ouder
            no-authority: []
            waaier: { dichtbij: hulp }
            law: { list: po, a: [waaier, procedures.aanvraag] }
            on-paper: b
        """

    private static let sometimes = """

        soms:
          title: { nl: Soms, en: At times }
          kind: text
          when: { soort: [dag, week], group: "2..3", eind: none, born: 05-01..07-31 }
          source: Atw art. 1 lid 2; Atw art. 2
        """

    private func results(_ piece: String? = nil, with other: String = "", in file: String = "") throws -> [ExampleResult] {
        var texts = SmallPlan.texts
        texts["wold/2020/fields.yaml", default: ""] += Self.sometimes
        if let piece { texts = try SmallPlan.replacing(piece, with: other, in: file, of: texts) }
        texts["wold/2020/examples/kaarten.yaml"] = Self.tasks + "\n" + Self.others
        let plan = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
        return PlanExamples.run(plan).filter { if case .card = $0.example.kind { true } else { false } }
    }

    @Test("tells what the plan comes to")
    func holds() throws {
        let results = try results()
        #expect(results.count == 9)
        for result in results { #expect(result.passed, "\(result.example.id): \(result.expected) ≠ \(result.got)") }
    }

    @Test(
        "is wrong when the plan says another thing than it tells, and says both",
        arguments: [
            (
                "within: P6W\n    counts-by", "within: P7W\n    counts-by", "procedures/aanvraag.yaml",
                "clocks.beslissen.due: 2020-12-15", "due: 2020-12-22"
            ),
            ("chair: coach", "chair: guardian", "procedures/aanvraag.yaml", "steps.praten.chair: coach", "chair: guardian"),
            ("ahead: P1W", "ahead: P2W", "procedures/aanvraag.yaml", "earliest: 2020-11-10", "earliest: 2020-11-17"),
            ("afterwards: P2W", "afterwards: P3W", "functions.yaml", "nothing more", "while.aanvraag: kenner"),
            ("reads: [child, groeidocument]", "reads: [child]", "functions.yaml", "reads.groeidocument: kenner", "nothing more"),
            ("may: [write, lock]", "may: [write, lock, sign]", "functions.yaml", "nothing more", "may.sign: coach"),
            (
                "kind: paragraph, voice: child", "kind: text, voice: child", "groeidocument.yaml", "paragraph: trots",
                "nothing more"
            ),
            (
                "soort: [dag, week], group", "soort: dag, group", "fields.yaml", "asked-when.soms.soort: week", "nothing more"
            ),
            (
                "group: \"2..3\"", "group: \"2..\"", "fields.yaml", "asked-when.soms.group: 2..3", "asked-when.soms.group: 2.."
            ),
            ("eind: none,", "eind: none, begin: none,", "fields.yaml", "nothing more", "asked-when.soms.begin: none"),
            ("05-01..07-31 }", "05-01.. }", "fields.yaml", "soms.born: 05-01..07-31", "soms.born: 05-01.."),
            ("lid 2; Atw art. 2", "lid 2", "fields.yaml", "Atw art. 2: fields.soms", "nothing more"),
            (
                "a: { source: par. 3, files", "a: { source: par. 3, paper: { nl: Ook, en: Too }, files", "plan.yaml",
                "nothing more", "on-paper: a"
            ),
            ("source: par. 6 a", "source: par. 6 b", "rules/duur.yaml", "par. 6 a: rules.duur.rows.dag", "nothing more"),
            ("authority: true", "authority: false", "plan.yaml", "authority: ouder", "no-authority: ouder"),
            (
                "{ evidence: verslag, why", "{ agreement: delen, why", "procedures/aanvraag.yaml", "needs.evidence: verslag",
                "nothing more"
            ),
        ])
    func differs(_ change: (before: String, after: String, file: String, told: String, found: String)) throws {
        let wrong = try results(change.before, with: change.after, in: change.file).filter { !$0.passed }
        #expect(wrong.contains { $0.expected.contains(change.told) && $0.got.contains(change.found) }, "\(wrong.map(\.got))")
    }

    @Test("looks at nothing that it does not name")
    func silent() throws {
        let results = try results(
            "title: { nl: Kenner, en: Expert }", with: "title: { nl: Arts, en: Doctor }", in: "functions.yaml")
        #expect(results.allSatisfy { $0.passed })
    }

    @Test("is laid beside the plan key by key, what it tells with what is so, in its own order")
    func entries() throws {
        var texts = try SmallPlan.replacing("chair: coach", with: "chair: guardian", in: "procedures/aanvraag.yaml")
        texts["wold/2020/examples/kaarten.yaml"] = Self.tasks + "\n" + Self.others
        let plan = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
        let entries = { (id: String) throws in
            let card = try #require(plan.examples.first { $0.id == id }?.card)
            return card.entries(by: plan.rules, sources: plan.sources)
        }
        let tasks = try entries("kaart")
        let chair = try #require(tasks.first { $0.thing == "steps.praten" && $0.key == "chair" })
        #expect(chair.said == ["coach"] && chair.got == ["guardian"] && !chair.isSame)
        #expect(tasks.filter { !$0.isSame } == [chair])
        #expect(tasks.first == CardEntry(thing: "form", key: "", said: ["hulp"], got: ["hulp"]))
        let later = try entries("na-vijftien-dagen")
        #expect(later == [CardEntry(thing: "while.aanvraag", key: "", said: [], got: [])])
    }
}
