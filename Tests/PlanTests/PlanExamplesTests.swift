import Domain
import Plan
import Testing

@Suite("Examples of a plan")
struct PlanExamplesTests {
    private func run(_ piece: String, with other: String) throws -> [ExampleResult] {
        let texts = try SmallPlan.replacing(piece, with: other, in: "examples/alles.yaml")
        return PlanExamples.run(try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)))
    }

    @Test("the examples of the small plan come out as expected, with an explanation")
    func passes() throws {
        let results = PlanExamples.run(try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)))
        #expect(results.map(\.passed) == [true, true])
        #expect(results.map(\.got) == ["end 2020-10-09, row dag", "due 2020-10-13"])
        #expect(results.allSatisfy { !$0.explanation.isEmpty })
        #expect(results.map(\.example.place.line) == [2, 12])
    }

    @Test("a wrong expectation does not pass, and says what came out")
    func fails() throws {
        let results = try run("end: 2020-10-09", with: "end: 2020-10-10")
        #expect(!results[0].passed)
        #expect(results[0].expected == "end 2020-10-10, row dag")
        #expect(results[0].got == "end 2020-10-09, row dag")
    }

    @Test("a refusal is an expectation as good as an end", arguments: [("reasonsRequired", true), ("endBeforeBegin", false)])
    func refusal(code: String, passes: Bool) throws {
        let results = try run(
            "answers: { soort: dag }\n  expect: { end: 2020-10-09, row: dag }",
            with: "answers: { soort: dag, eind: 2020-09-30 }\n  expect: { refused: \(code) }")
        #expect(results[0].passed == passes)
        #expect(results[0].got == "refused reasonsRequired")
    }

    @Test("a departure with reasons is told as such")
    func deviation() throws {
        let results = try run(
            "answers: { soort: dag }\n  expect: { end: 2020-10-09, row: dag }",
            with: "answers: { soort: dag, eind: 2020-09-30, afwijking: Verhuisd }\n  expect: { end: 2020-09-30, deviates: true }")
        #expect(results[0].got == "end 2020-09-30, deviates")
        #expect(results[0].passed)
    }

    @Test("a clash of table and law is told with both ends")
    func clash() throws {
        var texts = try SmallPlan.replacing(
            ", table: duur }",
            with:
                ", table: duur, whole-school-years: { soort: week }, whole-school-years-source: Atw art. 1 lid 2, conflict-field: botsing }",
            in: "procedures/aanvraag.yaml")
        texts = try SmallPlan.replacing(
            "asks: [eind, afwijking]", with: "asks: [eind, afwijking, botsing]", in: "procedures/aanvraag.yaml", of: texts)
        texts = try SmallPlan.replacing(
            "begin: {",
            with: """
                botsing:
                  title: { nl: Tabel of wet, en: Table or law }
                  kind: choice
                  optional: true
                  options: { table: { nl: Tabel, en: Table }, law: { nl: Wet, en: Law } }
                begin: {
                """, in: "fields.yaml", of: texts)
        texts = try SmallPlan.replacing(
            "group: \"1\"", with: "group: \"2\"", in: "examples/alles.yaml", of: texts)
        texts = try SmallPlan.replacing(
            "answers: { soort: dag }\n  expect: { end: 2020-10-09, row: dag }",
            with: "answers: { soort: week }\n  expect: { conflict: { table: 2021-07-31, law: 2022-07-31 } }",
            in: "examples/alles.yaml", of: texts)
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == [])
        let results = PlanExamples.run(try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)))
        #expect(results[0].got == "conflict table 2021-07-31 law 2022-07-31")
        #expect(results[0].passed)
    }

    @Test("a term can be written out, and stand still")
    func terms() throws {
        let still = try run(
            "from: 2020-09-01\n  expect: { due: 2020-10-13 }",
            with: "from: 2020-09-01\n  pauses: [{ from: 2020-09-03 }]\n  expect: { stands-still: true }")
        #expect(still[1].passed)
        let resumed = try run(
            "from: 2020-09-01\n  expect: { due: 2020-10-13 }",
            with: "from: 2020-09-01\n  pauses: [{ from: 2020-09-03, to: 2020-09-10 }]\n  expect: { due: 2020-10-19 }")
        #expect(resumed[1].got == "due 2020-10-19")
        let written = try run("clock: aanvraag.beslissen", with: "term: P2W")
        #expect(written[1].got == "due 2020-09-15")
        #expect(!written[1].passed)
    }
}
