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

    // MARK: refused

    /// What is told of a way through the small plan, with other files of it.
    private func explained(_ situation: String, _ changes: [(String, String, String)] = []) throws -> PlanExplanation {
        var texts = SmallPlan.texts
        for (piece, other, file) in changes { texts = try SmallPlan.replacing(piece, with: other, in: file, of: texts) }
        texts["wold/2020/examples/weg.yaml"] = "weg:\n  kind: route\n  why: { nl: Weg, en: Way }\n  route: aanvraag\n" + situation
        return try explanation("weg", texts)
    }

    private func otherwise(_ explained: PlanExplanation) -> [String] {
        explained.otherwise.filter { $0.outcome.refused == nil }.map(\.change.nl)
    }

    private static let route = "procedures/aanvraag.yaml"

    @Test("a start that is closed says for which child there is such a route, and what another kind of school or age would do")
    func startClosed() throws {
        let explained = try explained(
            "  answers: { soort: dag, school-kind: bo, age: 7 }\n  expect: { refused: startClosed }\n",
            [("  opens: kijken\n", "  opens: kijken\n  when: { school-kind: [sbo, so], age: \"7..9\" }\n", Self.route)])
        #expect(explained.outcome.refused == .startClosed)
        let said = explained.steps.map(\.text.nl)
        #expect(
            said.contains(
                "✗ soort school: basisschool; gevraagd: school voor speciaal basisonderwijs of school voor speciaal onderwijs"))
        #expect(said.contains("✓ leeftijd: 7; gevraagd: 7 tot en met 9"))
        #expect(
            otherwise(explained) == [
                "soort school ‘school voor speciaal basisonderwijs’ in plaats van ‘basisschool’",
                "soort school ‘school voor speciaal onderwijs’ in plaats van ‘basisschool’",
            ])
        let old = try self.explained(
            "  answers: { soort: dag, age: 10 }\n  expect: { refused: startClosed }\n",
            [("  opens: kijken\n", "  opens: kijken\n  when: { age: \"7..9\" }\n", Self.route)])
        #expect(otherwise(old) == ["leeftijd: 7 in plaats van 10", "leeftijd: 9 in plaats van 10"])
        let unsaid = try self.explained(
            "  answers: { soort: dag }\n  expect: { refused: startClosed }\n",
            [("  opens: kijken\n", "  opens: kijken\n  when: { school-kind: so }\n", Self.route)])
        #expect(unsaid.steps.map(\.text.nl).contains("✗ soort school: niet bekend; gevraagd: school voor speciaal onderwijs"))
        #expect(otherwise(unsaid) == ["soort school ‘school voor speciaal onderwijs’"])
    }

    @Test("a choice that is closed says in which case it is there, and one that can be made once that it was")
    func choiceClosed() throws {
        let closed = try explained(
            "  answers: { soort: dag }\n  steps: [kijken.vragen]\n  expect: { refused: choiceClosed }\n",
            [("en: Ask }, then: aanvullen", "en: Ask }, when: { soort: week }, then: aanvullen", Self.route)])
        #expect(closed.steps.map(\.text.nl).contains("✗ Welke plek?: Dag; gevraagd: Week"))
        #expect(otherwise(closed).contains("Welke plek? ‘Week’ in plaats van ‘Dag’"))
        let once = try explained(
            "  answers: { soort: dag }\n  steps: [kijken.vragen, aanvullen.klaar, kijken.vragen]\n  expect: { refused: choiceClosed }\n",
            [("en: Ask }, then: aanvullen", "en: Ask }, once: true, then: aanvullen", Self.route)])
        #expect(once.steps.map(\.text.nl).contains("dit kan één keer, en dat is gedaan"))
    }

    @Test("what must follow on something says on what, and what it would be after that")
    func notAfter() throws {
        let after = ("start:\n", "start:\n  after: [{ procedure: aanvraag, outcomes: nee, within: P6W }]\n", Self.route)
        let explained = try explained("  answers: { soort: dag }\n  expect: { refused: notAfter }\n", [after])
        #expect(
            explained.steps.map(\.text.nl).contains(
                "dit kan pas na: Aanvraag (Nee), hooguit 6 weken geleden; hiervoor gebeurde: niets"))
        #expect(otherwise(explained) == ["na Aanvraag (Nee)"])
        let other = try self.explained(
            "  after: aanvraag.ja\n  answers: { soort: dag }\n  expect: { refused: notAfter }\n", [after])
        #expect(other.steps.map(\.text.nl).contains { $0.hasSuffix("hiervoor gebeurde: Aanvraag (Ja)") })
        let follows = try self.explained(
            "  after: aanvraag.nee\n  answers: { soort: dag }\n  expect: { open: kijken }\n", [after])
        #expect(follows.otherwise.first { $0.change.nl == "als hiervoor niets was gebeurd" }?.outcome.refused == .notAfter)
    }

    @Test("somebody who may not says who may, at the start and at a step")
    func notThisPerson() throws {
        let start = try explained("  by: guardian\n  answers: { soort: dag }\n  expect: { refused: mayNotStart }\n")
        #expect(start.steps.map(\.text.nl).contains("dit begint alleen: Coach"))
        #expect(otherwise(start).contains("door Coach"))
        let step = try explained(
            "  answers: { soort: dag }\n  steps: [{ take: kijken.vragen, by: kenner }]\n  expect: { refused: notYourStep }\n")
        #expect(step.steps.map(\.text.nl).contains("dit doet alleen: Coach"))
        #expect(step.steps.first { $0.text.nl.hasPrefix("dit doet") }?.source == "par. 5")
        #expect(otherwise(step).contains("door Coach"))
    }

    @Test("an answer that is left out is told by its question, and a number with its bound and what it hangs on")
    func answers() throws {
        let required = try explained("  answers: { begin: 2020-09-01 }\n  lacks: soort\n  expect: { refused: required }\n")
        #expect(required.steps.map(\.text.nl).contains("hier is niets geantwoord: Welke plek?"))
        #expect(otherwise(required) == ["met een antwoord op ‘Welke plek?’"])
        let numbers = (
            "begin: {",
            "uren: { title: { nl: Uren, en: Hours }, kind: number, unit: hours, most: 20, most-field: plafond, source: par. 5 }\nplafond: { title: { nl: Plafond, en: Ceiling }, kind: number, unit: hours }\nbegin: {",
            "fields.yaml"
        )
        let asks = ("asks: [soort, begin]", "asks: [soort, begin, plafond, uren]", Self.route)
        let much = try explained(
            "  answers: { soort: dag, plafond: 30, uren: 21 }\n  expect: { refused: tooMuch }\n", [numbers, asks])
        #expect(much.steps.map(\.text.nl).contains("Uren: 21; hooguit 20"))
        #expect(otherwise(much) == ["Uren: 0 in plaats van 21", "Uren: 20 in plaats van 21"])
        let other = try explained(
            "  answers: { soort: dag, plafond: 8, uren: 9 }\n  expect: { refused: moreThanOther }\n", [numbers, asks])
        #expect(other.steps.map(\.text.nl).contains("Uren: 9; hooguit 8, door Plafond (8)"))
        #expect(otherwise(other).contains("Uren: 8 in plaats van 9"))
    }

    @Test("a step that is not open says which were")
    func notOpen() throws {
        let explained = try explained("  answers: { soort: dag }\n  steps: [besluit.nee]\n  expect: { refused: stepNotOpen }\n")
        #expect(explained.steps.map(\.text.nl).contains("aan de beurt was: Kijken"))
    }

    @Test("every refused way of every plan says more than that it is refused", arguments: RealPlansTests.keys)
    func allRefused(_ key: PlanKey) throws {
        let plan = try PlanLoader.open(key, from: RealPlans.folder)
        let explainer = PlanExplainer(plan)
        let bare: [PlanExample] = plan.examples.filter { example in
            guard case .route(let route) = example.kind, case .refused = route.expected else { return false }
            let said = explainer.explanation(of: example).steps.map(\.text.nl)
            let starts = ["dit ", "✗ ", "hier ", "aan de beurt was: "]
            return !said.contains { line in
                starts.contains { line.hasPrefix($0) } || line.contains(": ") && line.contains("; ")
            }
        }
        #expect(bare.map(\.id) == [])
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
