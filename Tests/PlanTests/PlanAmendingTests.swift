import Domain
import Plan
import Testing

@Suite("Amending a plan")
struct PlanAmendingTests {
    static let addendum = PlanKey("wold/2021")

    /// The small plan with a version that amends it by these files.
    static func texts(_ files: [String: String]) -> [String: String] {
        var texts = SmallPlan.texts
        texts["wold/2021/plan.yaml"] = """
            key: wold/2021
            amends: wold/2020
            in-force: 2021-08-01

            """
        for (file, text) in files { texts["wold/2021/\(file)", default: ""] += text }
        return texts
    }

    static func open(_ files: [String: String]) throws -> LoadedPlan {
        try PlanLoader.open(addendum, from: PlanTexts(texts(files)))
    }

    @Test("a version that amends has everything of the other but what it says itself")
    func inherits() throws {
        let plan = try Self.open([:])
        let before = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)).rules
        #expect(plan.rules.key == Self.addendum)
        #expect(plan.rules.amends == SmallPlan.key)
        #expect(plan.rules.inForce == Day("2021-08-01"))
        #expect(plan.rules.procedures == before.procedures)
        #expect(plan.rules.tables == before.tables)
        #expect(plan.rules.functions == before.functions)
        #expect(plan.touched.isEmpty)
        #expect(plan.examples.isEmpty, "examples are not inherited")
        #expect(PlanCheck.problems(of: plan).isEmpty)
    }

    @Test("maps are merged key by key, and the changes are listed with both places")
    func merges() throws {
        let plan = try Self.open([
            "procedures/aanvraag.yaml": """
            clocks:
              beslissen:
                within: P8W
            steps:
              kijken:
                choices:
                  stoppen: { title: { nl: Stop, en: Stop }, end: nee }
            """
        ])
        let route = try #require(plan.rules.procedure("aanvraag"))
        #expect(route.clocks.first?.within == Term(Period(8, .weeks), countsBy: .termijnenwet))
        #expect(route.step("kijken")?.choices.map(\.id) == ["goed", "vragen", "stoppen"])
        #expect(route.steps.map(\.id) == ["kijken", "aanvullen", "oordeel", "praten", "besluit"])
        #expect(
            plan.touched.map(\.path) == [
                "procedures.aanvraag.clocks.beslissen.within", "procedures.aanvraag.steps.kijken.choices.stoppen",
            ])
        let within = try #require(plan.touched.first)
        #expect(within.kind == .changed)
        #expect(within.before == "P6W")
        #expect(within.after == "P8W")
        #expect(within.place == PlanPlace(file: "wold/2021/procedures/aanvraag.yaml", line: 3))
        #expect(within.was == PlanPlace(file: "wold/2020/procedures/aanvraag.yaml", line: 47))
        #expect(plan.touched.last?.kind == .added)
    }

    @Test("~ removes, and removing what is not there is an error")
    func removes() throws {
        let plan = try Self.open([
            "procedures/aanvraag.yaml": "form: ~\nstart: { needs: { verslag: ~ } }\n", "plan.yaml": "evidence: ~\n",
        ])
        #expect(plan.rules.procedure("aanvraag")?.form == nil)
        #expect(plan.rules.procedure("aanvraag")?.start.needs.map(\.id) == ["delen"])
        #expect(plan.rules.evidence.isEmpty)
        #expect(plan.touched.map(\.kind) == [.removed, .removed, .removed])
        let problems = SmallPlan.problems(
            Self.texts(["procedures/aanvraag.yaml": "start: { needs: { verslagen: ~ } }\n"]), key: Self.addendum)
        #expect(
            SmallPlan.summary(problems) == ["removes-nothing aanvraag.yaml:1 procedures.aanvraag.start.needs.verslagen"])
        #expect(problems.first?.hint.en == "did you mean ‘verslag’?")
    }

    @Test("a file with only ~ removes the route")
    func removesFile() throws {
        let plan = try Self.open(["procedures/aanvraag.yaml": "~\n", "rules/duur.yaml": "~\n"])
        #expect(plan.rules.procedures.isEmpty)
        #expect(plan.rules.tables.isEmpty)
        #expect(plan.touched.map(\.path) == ["procedures.aanvraag", "rules.duur"])
        #expect(PlanCheck.problems(of: plan).allSatisfy { $0.code == .neverUsed || $0.path.hasPrefix("contents.") })
    }

    @Test("lists, texts, conditions and ends are one value: they are replaced whole")
    func replacesWhole() throws {
        let plan = try Self.open([
            "rules/duur.yaml": """
            rows:
              dag: { until: { end-of-school-year: 0 } }
              week-jong: { when: { soort: week, group: "1" } }
              week-oud: { when: { group: "2..", soort: week } }
            """,
            "procedures/aanvraag.yaml": "steps: { praten: { meeting: { required: [guardian] } } }\n",
        ])
        let table = try #require(plan.rules.tables["duur"])
        #expect(table.rows[0].until == .endOfSchoolYear(after: 0))
        #expect(table.rows[1].when.clauses.map(\.match) == [.oneOf(["week"]), .oneOf(["1"])])
        #expect(plan.rules.procedure("aanvraag")?.step("praten")?.meeting?.required == ["guardian"])
        #expect(PlanCheck.problems(of: plan).isEmpty)
        let half = SmallPlan.problems(Self.texts(["waaier.yaml": "dichtbij: { title: { nl: Hier } }\n"]), key: Self.addendum)
        #expect(SmallPlan.summary(half) == ["missing-key waaier.yaml:1 waaier.dichtbij.title.en"])
    }

    @Test("a letter is replaced by its file")
    func letters() throws {
        let plan = try Self.open(["letters/besluit.nl.mustache": "Anders\n"])
        #expect(plan.rules.letters["besluit"]?.body == Localized(nl: "Anders\n", en: "Number {{number}}\n"))
        #expect(plan.rules.letters["besluit"]?.title.en == "Decision")
        #expect(plan.touched.map(\.path) == ["letters.besluit.nl.mustache"])
    }

    @Test("every fault of the merged plan names the file it came from")
    func places() throws {
        let problems = SmallPlan.problems(
            Self.texts([
                "procedures/aanvraag.yaml": "outcomes:\n  ja:\n    grants: hup\n", "plan.yaml": "purposes: { delen: ~ }\n",
            ]),
            key: Self.addendum)
        #expect(
            problems.map { "\($0.place?.file ?? ""):\($0.place?.line ?? 0)" } == [
                "wold/2020/procedures/aanvraag.yaml:9", "wold/2021/procedures/aanvraag.yaml:3",
            ])
        #expect(problems.map(\.code) == [.unknownReference, .unknownReference])
    }

    @Test("a version can amend one that amends; a circle and an unknown one are errors")
    func chains() throws {
        var texts = Self.texts(["procedures/aanvraag.yaml": "form: ~\n"])
        texts["wold/2022/plan.yaml"] = "key: wold/2022\namends: wold/2021\nin-force: 2022-08-01\ntitle: { nl: C, en: C }\n"
        let plan = try PlanLoader.open(PlanKey("wold/2022"), from: PlanTexts(texts))
        #expect(plan.rules.procedure("aanvraag")?.form == nil)
        #expect(plan.touched.map(\.path) == ["title"], "only what this version touches")
        texts["wold/2021/plan.yaml"] = "key: wold/2021\namends: wold/2022\nin-force: 2021-08-01\n"
        #expect(SmallPlan.problems(texts, key: PlanKey("wold/2022")).map(\.code) == [.amendsItself])
        texts["wold/2021/plan.yaml"] = "key: wold/2021\namends: wold/1999\nin-force: 2021-08-01\n"
        #expect(SmallPlan.summary(SmallPlan.problems(texts, key: Self.addendum)) == ["amends-unknown plan.yaml:2 amends"])
    }

    @Test("the shelf has every version of a partnership, oldest first")
    func shelf() throws {
        let shelf = try PlanLoader.shelf("wold", from: PlanTexts(Self.texts([:])))
        #expect(shelf.versions.map(\.key) == [SmallPlan.key, Self.addendum])
        #expect(try shelf.inForce(on: #require(Day("2021-07-31"))).key == SmallPlan.key)
        #expect(try shelf.inForce(on: #require(Day("2021-08-01"))).key == Self.addendum)
    }

    @Test("the shelf tells the errors of all versions together, and versions that clash")
    func shelfProblems() throws {
        var texts = Self.texts(["procedures/aanvraag.yaml": "form: hup\n"])
        texts = try SmallPlan.replacing("grants: hulp", with: "grants: hup", in: "procedures/aanvraag.yaml", of: texts)
        let files = PlanTexts(texts)
        let problems = try #require(throws: PlanProblems.self) { try PlanLoader.shelf("wold", from: files) }.problems
        #expect(problems.map(\.path) == ["procedures.aanvraag.outcomes.ja.grants", "procedures.aanvraag.form"])
        texts = Self.texts([:])
        texts["wold/2021/plan.yaml"] = "key: wold/2021\namends: wold/2020\nin-force: 2020-08-01\n"
        let clash = PlanTexts(texts)
        #expect(
            try #require(throws: PlanProblems.self) { try PlanLoader.shelf("wold", from: clash) }.problems.map(\.code) == [
                .versionsClash
            ])
        texts["wold/2021/plan.yaml"] = "key: wold/2021\namends: wold/2020\nin-force: 2019-08-01\n"
        let early = PlanTexts(texts)
        let told = try #require(throws: PlanProblems.self) { try PlanLoader.shelf("wold", from: early) }.problems
        #expect(told.map(\.message.en) == ["‘wold/2021’ begins before ‘wold/2020’, which it amends"])
        let none = try #require(throws: PlanProblems.self) { try PlanLoader.shelf("wald", from: clash) }.problems
        #expect(none.map(\.code) == [.noSuchPlan])
        #expect(none.first?.hint.en == "did you mean ‘wold’?")
    }
}
