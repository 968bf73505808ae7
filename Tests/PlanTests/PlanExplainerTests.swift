import Domain
import Plan
import Testing

@Suite("Explaining an outcome")
struct PlanExplainerTests {
    private func explanation(_ id: String, _ texts: [String: String] = SmallPlan.texts) throws -> PlanExplanation {
        let plan = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
        let example = try #require(plan.examples.first { $0.id == id })
        return PlanExplainer(plan.rules).explanation(of: example)
    }

    @Test("every row says whether it applies, by which answer to which question")
    func rows() throws {
        let explained = try explanation("een-dag")
        #expect(explained.rows.map(\.row) == ["dag", "week-jong", "week-oud"])
        #expect(explained.rows.map(\.matched) == [true, false, false])
        let clause = try #require(explained.rows.first { $0.row == "week-jong" }?.clauses.first { $0.fact == "soort" })
        #expect(clause.question.nl == "Welke plek?")
        #expect(clause.wanted.nl == "Week")
        #expect(clause.value?.nl == "Dag")
        #expect(!clause.holds)
        #expect(explained.rows.first?.paragraphs.map(\.nl) == ["par. 6 a Een dag"])
        #expect(explained.inForce == Day("2020-08-01"))
    }

    @Test("it says what would have come out with another answer, by the real rules")
    func otherwise() throws {
        let explained = try explanation("een-dag")
        #expect(explained.outcome.nl == "tot en met 9 oktober 2020")
        let week = try #require(explained.otherwise.first { $0.change.nl.contains("‘Week’") })
        #expect(week.change.nl == "Welke plek? ‘Week’ in plaats van ‘Dag’")
        #expect(week.outcome.nl == "tot en met 31 juli 2022")
        #expect(week.outcome.en == "until 31 July 2022")
    }

    @Test("another group is told as a sentence, and only where the outcome differs")
    func groups() throws {
        let texts = SmallPlan.texts.merging([
            "wold/2020/examples/week.yaml": """
            week:
              kind: validity
              why: { nl: Een week, en: A week }
              decision: aanvraag.ja
              group: "1"
              born: 2015-05-05
              decided: 2020-09-01
              begin: 2020-09-10
              answers: { soort: week }
              expect: { end: 2022-07-31 }
            """
        ]) { $1 }
        let changes = try explanation("week", texts).otherwise.map(\.change.nl)
        #expect(changes.contains("in groep 2 in plaats van groep 1"))
        #expect(changes.contains("in groep 3 in plaats van groep 1"))
        #expect(!changes.contains { $0.contains("eerste dag") })
    }

    @Test("a term says whose rule it is, and what a day earlier or later makes of it")
    func term() throws {
        let explained = try explanation("zes-weken")
        #expect(explained.outcome.nl == "uiterlijk 13 oktober 2020")
        #expect(explained.steps.map(\.text.nl) == ["Beslissen", "Belofte"])
        #expect(explained.otherwise.map(\.outcome.en) == ["by 12 October 2020", "by 14 October 2020"])
    }

    @Test("a route says who did what, and what another choice or a thing that is missing would do")
    func route() throws {
        let texts = SmallPlan.texts.merging([
            "wold/2020/examples/weg.yaml": """
            weg:
              kind: route
              why: { nl: Een weg, en: A way }
              route: aanvraag
              by: coach
              answers: { soort: dag }
              steps: [kijken.vragen]
              expect: { open: [aanvullen] }
            """
        ]) { $1 }
        let explained = try explanation("weg", texts)
        #expect(explained.outcome.nl == "aan de beurt: Aanvullen")
        #expect(explained.steps.first?.text.nl == "Aanvraag: begonnen door Coach")
        #expect(
            explained.otherwise.contains {
                $0.change.nl == "als dit er niet was: Mag het" && $0.outcome.nl == "geweigerd"
                    && $0.outcome.refused == .needMissing
            })
        #expect(
            explained.otherwise.contains {
                $0.change.nl == "met de keuze ‘Goed’" && $0.outcome.nl == "aan de beurt: Oordeel, Praten"
            })
    }

    @Test("the whole is told in either language, with the version and its day")
    func lines() throws {
        let explained = try explanation("een-dag")
        for language in [Language.nl, .en] {
            let lines = explained.lines(in: language, counted: { $0.code }, refused: { $0.rawValue })
            #expect(lines.first?.contains("wold/2020") == true)
            #expect(lines.first?.contains(language == .nl ? "1 augustus 2020" : "1 August 2020") == true)
            #expect(lines.contains { $0.contains("aanvraag") || $0.contains("duur.dag") })
        }
        let told = { (language: Language) in
            explained.lines(in: language, counted: { $0.code }, refused: { $0.rawValue })
        }
        #expect(told(.nl) != told(.en))
    }

    @Test("of a refusal the sentence is told that whoever prints it has for it, and never the code alone")
    func refused() throws {
        let texts = SmallPlan.texts.merging([
            "wold/2020/examples/weg.yaml": """
            weg:
              kind: route
              why: { nl: Een weg, en: A way }
              route: aanvraag
              by: coach
              answers: { soort: dag }
              lacks: delen
              expect: { refused: needMissing }
            """
        ]) { $1 }
        let lines = try explanation("weg", texts).lines(in: .nl, counted: { $0.code }, refused: { "(\($0.rawValue) in woorden)" })
        #expect(lines.contains("Uitkomst: geweigerd: (needMissing in woorden)"))
    }

    @Test("a card that tells of paragraphs is explained by the sources of its plan, and says where it differs")
    func paragraphs() throws {
        let card = { (told: String) in
            """
            bladzijde:
              kind: paragraphs
              why: { nl: Waar het staat, en: Where it stands }
              expect: { par. 6 a: \(told) }
            """
        }
        func explanation(_ told: String) throws -> PlanExplanation {
            let texts = SmallPlan.texts.merging(["wold/2020/examples/bladzijden.yaml": card(told)]) { $1 }
            let plan = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
            let example = try #require(plan.examples.first { $0.id == "bladzijde" })
            return PlanExplainer(plan).explanation(of: example)
        }
        let holds = try explanation("rules.duur.rows.dag")
        #expect(holds.outcome.nl == "zoals het er staat")
        #expect(holds.steps.isEmpty)
        let differs = try explanation("rules.duur.rows.week-jong")
        #expect(differs.outcome.nl == "anders dan het er staat")
        #expect(
            differs.steps.map(\.text.nl) == [
                "staat er, maar is niet zo: par. 6 a: rules.duur.rows.week-jong",
                "is zo, maar staat er niet: par. 6 a: rules.duur.rows.dag",
            ])
    }

    @Test("every example of every plan can be explained", arguments: RealPlansTests.keys)
    func all(_ key: PlanKey) throws {
        let plan = try PlanLoader.open(key, from: RealPlans.folder)
        let explainer = PlanExplainer(plan.rules)
        // Enough of each kind; all of them would try thousands of situations.
        for example in plan.examples.prefix(12) {
            let explained = explainer.explanation(of: example)
            #expect(!explained.outcome.nl.isEmpty)
            #expect(Set(explained.otherwise.map(\.change)).count == explained.otherwise.count)
            #expect(!explained.otherwise.contains { $0.outcome == explained.outcome })
        }
    }
}
