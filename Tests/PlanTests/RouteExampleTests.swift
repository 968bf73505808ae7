import Plan
import Testing

@Suite("An example of a way through a route")
struct RouteExampleTests {
    private static let head = """

        weg:
          kind: route
          why: { nl: Zo loopt het, en: So it goes }
          route: aanvraag

        """

    private func result(_ rest: String) throws -> ExampleResult {
        var texts = SmallPlan.texts
        texts["wold/2020/examples/weg.yaml"] = Self.head + rest
        let results = PlanExamples.run(try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)))
        return try #require(results.first { $0.example.id == "weg" })
    }

    @Test(
        "it comes out where the choices lead, or is refused for what the plan refuses",
        arguments: [
            ("  steps: []\n  expect: { open: kijken }", "open kijken"),
            ("  by: kenner\n  steps: []\n  expect: { refused: mayNotStart }", "refused mayNotStart"),
            ("  steps: [kijken.goed]\n  expect: { open: [praten, oordeel] }", "open oordeel, praten"),
            ("  steps: [kijken.vragen, aanvullen.klaar]\n  expect: { open: kijken }", "open kijken"),
            // A step that waits for two opens with the last of them.
            ("  steps: [kijken.goed, oordeel.klaar]\n  expect: { open: praten }", "open praten"),
            (
                "  steps: [kijken.goed, oordeel.klaar, praten.klaar, besluit.nee]\n  expect: { outcome: nee }",
                "outcome nee"
            ),
            ("  steps: [kijken.goed, besluit.ja]\n  expect: { refused: stepNotOpen }", "refused stepNotOpen"),
            (
                "  steps: [kijken.goed, oordeel.klaar, praten.klaar, besluit.nee, kijken.goed]\n"
                    + "  expect: { refused: notRunning }", "refused notRunning"
            ),
            ("  steps: [kijken.fout]\n  expect: { refused: unknownChoice }", "refused unknownChoice"),
            ("  steps: [{ take: kijken.goed, by: kenner }]\n  expect: { refused: notYourStep }", "refused notYourStep"),
            ("  answers: { soort: maand }\n  steps: []\n  expect: { refused: notAnOption }", "refused notAnOption"),
            ("  lacks: delen\n  steps: []\n  expect: { refused: needMissing }", "refused needMissing"),
            // The report is needed from group 2 on.
            (
                "  answers: { group: \"2\" }\n  lacks: verslag\n  steps: []\n  expect: { refused: needMissing }",
                "refused needMissing"
            ),
            ("  answers: { group: \"1\" }\n  lacks: verslag\n  steps: []\n  expect: { open: kijken }", "open kijken"),
        ])
    func walks(rest: String, got: String) throws {
        let result = try result(rest)
        #expect(result.got == got)
        #expect(result.passed)
    }

    @Test("it does not pass when it comes out elsewhere")
    func fails() throws {
        let result = try result("  steps: [kijken.vragen]\n  expect: { open: kijken }")
        #expect(!result.passed)
        #expect(result.got == "open aanvullen")
    }

    @Test("a route that must follow another one is refused without it")
    func follows() throws {
        var texts = try SmallPlan.replacing(
            "  opens: kijken", with: "  after: [{ procedure: aanvraag, outcomes: [nee] }]\n  opens: kijken",
            in: "procedures/aanvraag.yaml")
        texts["wold/2020/examples/weg.yaml"] =
            Self.head + "  after: aanvraag.ja\n  steps: []\n  expect: { refused: notAfter }\n"
            + Self.head.replacing("weg:", with: "weg-na:") + "  after: aanvraag.nee\n  steps: []\n  expect: { open: kijken }\n"
        let plan = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
        let results = PlanExamples.run(plan).filter { $0.example.id.hasPrefix("weg") }
        #expect(results.map(\.got) == ["refused notAfter", "open kijken"])
    }

    @Test("what it names must be there")
    func names() {
        var texts = SmallPlan.texts
        texts["wold/2020/examples/weg.yaml"] =
            Self.head + "  by: kok\n  lacks: iets\n  steps: [kijkn.goed]\n  expect: { outcome: misschien }"
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == [
                "unknown-reference weg.yaml:6 examples.weg.weg.by",
                "unknown-reference weg.yaml:7 examples.weg.weg.lacks",
                "unknown-reference weg.yaml:8 examples.weg.weg.steps.1",
                "unknown-reference weg.yaml:9 examples.weg.weg.expect.outcome",
            ])
    }
}
