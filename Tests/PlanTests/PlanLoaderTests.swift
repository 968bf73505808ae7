import Domain
import Foundation
import Testing

@testable import Plan

@Suite("Reading a plan")
struct PlanLoaderTests {
    @Test("a file that refers to itself until nothing can hold it is refused at once, with its place", .timeLimit(.minutes(30)))
    func laughs() {
        var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for (last, next) in zip("abcdefghijkl", "bcdefghijklm") {
            text += "\(next): &\(next) [\(Array(repeating: "*\(last)", count: 9).joined(separator: ", "))]\n"
        }
        guard case .failure(let problems) = YAMLText.node(text, file: "fields.yaml") else {
            Issue.record("it was read")
            return
        }
        #expect(problems.problems.map(\.code) == [.notYAML])
        #expect(problems.problems.first?.place?.file == "fields.yaml")
    }

    @Test("a good plan becomes the rules it says")
    func goodPlan() throws {
        let plan = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts))
        let rules = plan.rules
        #expect(rules.key == SmallPlan.key)
        #expect(rules.title == Localized(nl: "Plan", en: "Plan"))
        #expect(rules.partnership.postcodes == ["0003"])
        #expect(rules.inForce == Day("2020-08-01"))
        #expect(rules.until == nil)
        #expect(rules.ages == 3...14)
        #expect(rules.groups.map(\.id) == ["1", "2", "3"])
        #expect(rules.relation("ouder")?.authority == true)
        #expect(rules.functions.map(\.id) == ["guardian", "guardian-without-authority", "coach", "kenner"])
        #expect(rules.function("kenner")?.sight == [.acting(afterwards: Period(2, .weeks))])
        #expect(rules.function("guardian")?.reads == Set(DossierPart.allCases))
        #expect(rules.function("coach")?.may == [.write, .lock])
        #expect(rules.part("kind")?.fields == ["trots"])
        #expect(rules.fields["wie"]?.kind == .person(function: "kenner", disciplines: ["arts"]))
        #expect(rules.fields["eind"]?.required == false)
        #expect(rules.letters["besluit"]?.body.en == "Number {{number}}\n")
        #expect(plan.touched.isEmpty)
        #expect(plan.examples.count == 2)
    }

    @Test("a route keeps its steps in order, with actors, choices, clocks and decision")
    func goodRoute() throws {
        let rules = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)).rules
        let route = try #require(rules.procedure("aanvraag"))
        #expect(route.steps.map(\.id) == ["kijken", "aanvullen", "oordeel", "praten", "besluit"])
        #expect(route.start.needs.map(\.kind) == [.agreement(purpose: "delen"), .evidence(kind: "verslag")])
        let verslag = try #require(route.start.needs.last)
        #expect(verslag.when == Condition([Condition.Clause(fact: "group", match: .range(from: 2, to: nil))]))
        let good = try #require(route.step("kijken")?.choice("goed"))
        #expect(good.then == .open(["oordeel", "praten"]))
        #expect(good.marksComplete)
        #expect(good.plans == "praten")
        #expect(route.step("oordeel")?.by.functions == ["kenner"], "who is chosen in a field holds its function")
        #expect(route.step("besluit")?.waitsFor == ["oordeel", "praten"])
        #expect(route.step("praten")?.meeting?.ahead == Period(1, .weeks))
        let clock = try #require(route.clocks.first)
        #expect(clock.within == Term(Period(6, .weeks), countsBy: .termijnenwet))
        #expect(clock.from == .complete)
        #expect(clock.warn == [Period(1, .weeks)])
        let decision = try #require(route.outcome("ja")?.decision)
        #expect(decision.objection == Term(Period(6, .weeks), countsBy: .termijnenwet))
        #expect(decision.validity?.table == "duur")
        #expect(rules.tables["duur"]?.rows.map(\.until) == [.period(Period(1, .months)), .endOfGroup("2"), .endOfGroup("3")])
    }

    @Test("the law's feestdagen come from its file")
    func law() throws {
        let holidays = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)).rules.holidays
        #expect(try holidays.isHoliday(#require(Day("2021-01-01"))))
        #expect(try holidays.isHoliday(#require(Day("2021-04-05"))), "Easter Monday")
        #expect(try holidays.isHoliday(#require(Day("2025-04-26"))), "Koningsdag moved from Sunday")
        #expect(try holidays.isHoliday(#require(Day("2020-05-04"))), "put on a par by decree")
        #expect(try !holidays.isHoliday(#require(Day("2021-12-25"))), "not in this file")
        #expect(holidays.limits == Holidays.Limits(longest: [Period(12, .weeks)], protectedFromDays: 3, workingDays: 2))
    }

    @Test("needs may be a list of things with an id")
    func listedNeeds() throws {
        let texts = try SmallPlan.replacing(
            """
                delen: { agreement: delen, why: { nl: Mag het, en: May we }, source: par. 5 }
                verslag: { evidence: verslag, why: { nl: Bewijs, en: Proof }, when: { group: "2.." }, source: par. 5 }
            """,
            with: """
                    - { id: tekenen, signature: guardians-with-authority, why: { nl: Teken, en: Sign }, source: par. 5 }
                    - { id: kindplan, groeidocument: kind, not-older-than: P1Y, why: { nl: Vers, en: Fresh } }
                """, in: "procedures/aanvraag.yaml")
        let needs = try #require(
            try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules.procedure("aanvraag")?.start.needs)
        #expect(needs.map(\.id) == ["tekenen", "kindplan"])
        #expect(needs.map(\.kind) == [.signature, .groeidocument(parts: ["kind"], notOlderThan: Period(1, .years))])
    }

    /// A fault made in the small plan, and what must be said about it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        let piece: String
        let other: String
        let said: String
        var testDescription: String { name }

        init(_ name: String, _ file: String, _ piece: String, _ other: String, _ said: String) {
            self.name = name
            self.file = file
            self.piece = piece
            self.other = other
            self.said = said
        }
    }

    static let faults = [
        Fault(
            "an unknown key", "plan.yaml", "document: Het plan", "document: Het plan\ndocumnt: x",
            "unknown-key plan.yaml:6 documnt"),
        Fault(
            "an unknown key deep in a file", "procedures/aanvraag.yaml", "waits-for: [oordeel, praten]",
            "wait-for: [oordeel, praten]", "unknown-key aanvraag.yaml:39 procedures.aanvraag.steps.besluit.wait-for"),
        Fault("a missing key", "plan.yaml", "ages: 3..14\n", "", "missing-key plan.yaml:1 ages"),
        Fault(
            "a missing source", "rules/duur.yaml", ", source: par. 6 b }", " }",
            "missing-key duur.yaml:5 rules.duur.rows.week-jong.source"),
        Fault(
            "a text in one language", "waaier.yaml", "title: { nl: Dichtbij, en: Nearby }", "title: { nl: Dichtbij }",
            "missing-key waaier.yaml:2 waaier.dichtbij.title.en"),
        Fault(
            "a text without languages", "waaier.yaml", "title: { nl: Dichtbij, en: Nearby }", "title: Dichtbij",
            "wrong-kind waaier.yaml:2 waaier.dichtbij.title"),
        Fault(
            "an empty text", "waaier.yaml", "title: { nl: Dichtbij, en: Nearby }", "title: { nl: \" \", en: Nearby }",
            "empty-text waaier.yaml:2 waaier.dichtbij.title.nl"),
        Fault(
            "a key without a value", "procedures/aanvraag.yaml", "form: hulp", "form:",
            "empty-value aanvraag.yaml:3 procedures.aanvraag.form"),
        Fault(
            "a removal in a plan that amends nothing", "procedures/aanvraag.yaml", "form: hulp", "form: ~",
            "empty-value aanvraag.yaml:3 procedures.aanvraag.form"),
        Fault("a date that does not exist", "plan.yaml", "2020-08-01", "2020-02-30", "bad-value plan.yaml:4 in-force"),
        Fault(
            "a period of two units", "procedures/aanvraag.yaml", "within: P6W\n", "within: P1M2D\n",
            "bad-value aanvraag.yaml:47 procedures.aanvraag.clocks.beslissen.within"),
        Fault(
            "an unknown word", "functions.yaml", "place: school", "place: schol",
            "bad-value functions.yaml:18 functions.coach.place"),
        Fault(
            "an unknown act", "functions.yaml", "may: [write, lock]", "may: [write, unlock]",
            "bad-value functions.yaml:21 functions.coach.may"),
        Fault(
            "an unknown sight", "functions.yaml", "sees: { acting: true, afterwards: P2W }", "sees: sometimes",
            "bad-value functions.yaml:27 functions.kenner.sees"),
        Fault(
            "yes for true", "plan.yaml", "authority: true", "authority: yes",
            "wrong-kind plan.yaml:12 relations.ouder.authority"),
        Fault("a range of ages", "plan.yaml", "ages: 3..14", "ages: 14..3", "bad-value plan.yaml:6 ages"),
        Fault(
            "a key with capitals", "fields.yaml", "reden:", "Reden:", "bad-key fields.yaml:8 fields.Reden"),
        Fault(
            "a field of the program", "fields.yaml", "reden:", "meeting-place:",
            "reserved-key fields.yaml:8 fields.meeting-place"),
        Fault(
            "one fact as two fields", "fields.yaml", "reden:", "trots:", "duplicate-field fields.yaml:8 fields.trots"),
        Fault(
            "a range of unknown groups", "rules/duur.yaml", "\"..2\"", "\"..9\"",
            "bad-value duur.yaml:5 rules.duur.rows.week-jong.when.group"),
        Fault(
            "a range that runs backwards", "rules/duur.yaml", "\"..2\"", "\"3..2\"",
            "bad-value duur.yaml:5 rules.duur.rows.week-jong.when.group"),
        Fault(
            "nothing in a list of answers", "rules/duur.yaml", "{ soort: dag }", "{ soort: [dag, none] }",
            "bad-value duur.yaml:4 rules.duur.rows.dag.when.soort"),
        Fault(
            "two ends of one row", "rules/duur.yaml", "{ period: P1M }", "{ period: P1M, end-of-school-year: 0 }",
            "bad-value duur.yaml:4 rules.duur.rows.dag.until"),
        Fault(
            "a choice that goes on and ends", "procedures/aanvraag.yaml", "end: nee }", "end: nee, then: kijken }",
            "bad-value aanvraag.yaml:43 procedures.aanvraag.steps.besluit.choices.nee"),
        Fault(
            "a need of two things", "procedures/aanvraag.yaml", "{ agreement: delen,", "{ agreement: delen, field: soort,",
            "bad-value aanvraag.yaml:9 procedures.aanvraag.start.needs.delen"),
        Fault(
            "options of a text", "fields.yaml", "kind: choice", "kind: text",
            "unknown-key fields.yaml:4 fields.soort.options"),
        Fault(
            "the same key twice", "plan.yaml", "document: Het plan", "document: Het plan\nages: 3..14",
            "duplicate-key plan.yaml:6 ages"),
        Fault("no YAML", "waaier.yaml", "dichtbij:", "dichtbij: [", "not-yaml waaier.yaml:3 "),
        Fault(
            "a version called otherwise", "plan.yaml", "key: wold/2020", "key: wold/2021", "wrong-version plan.yaml:1 key"),
        Fault(
            "functions in plan.yaml", "plan.yaml", "ages: 3..14", "ages: 3..14\nwaaier: {}", "unknown-key plan.yaml:7 waaier"),
        Fault(
            "an example of an unknown kind", "examples/alles.yaml", "kind: term", "kind: terms",
            "bad-value alles.yaml:12 examples.alles.zes-weken.kind"),
        Fault(
            "an example without expectation", "examples/alles.yaml", "  expect: { due: 2020-10-13 }", "  pauses: []",
            "missing-key alles.yaml:12 examples.alles.zes-weken.expect"),
    ]

    @Test("every fault is told with its file, line and keys, and nothing else is", arguments: faults)
    func fault(_ fault: Fault) throws {
        let texts = try SmallPlan.replacing(fault.piece, with: fault.other, in: fault.file)
        let problems = SmallPlan.problems(texts)
        #expect(SmallPlan.summary(problems) == [fault.said])
        #expect(problems.allSatisfy { !$0.message.nl.isEmpty && !$0.message.en.isEmpty })
    }

    @Test("all faults are told at once, in the order of files and lines")
    func allAtOnce() throws {
        var texts = try SmallPlan.replacing("ages: 3..14", with: "ages: many", in: "plan.yaml")
        texts = try SmallPlan.replacing("in-force: 2020-08-01", with: "in-force: soon", in: "plan.yaml", of: texts)
        texts = try SmallPlan.replacing("period: P1M", with: "period: month", in: "rules/duur.yaml", of: texts)
        texts = try SmallPlan.replacing("place: school", with: "place: home", in: "functions.yaml", of: texts)
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == [
                "bad-value functions.yaml:18 functions.coach.place",
                "bad-value plan.yaml:4 in-force",
                "bad-value plan.yaml:6 ages",
                "bad-value duur.yaml:4 rules.duur.rows.dag.until.period",
            ])
    }

    @Test("a wrong word is answered with the nearest known one")
    func nearest() throws {
        let texts = try SmallPlan.replacing("waits-for:", with: "wait-for:", in: "procedures/aanvraag.yaml")
        let problem = try #require(SmallPlan.problems(texts).first)
        #expect(problem.hint.en == "did you mean ‘waits-for’?")
        #expect(
            problem.line(in: .en)
                == "wold/2020/procedures/aanvraag.yaml:39: procedures.aanvraag.steps.besluit.wait-for: "
                + "‘wait-for’ is no known key here (did you mean ‘waits-for’?) [unknown-key]")
    }

    @Test(
        "a file that no plan has is an error, a README is not",
        arguments: [
            ("wold/2020/fumctions.yaml", true), ("wold/2020/rules/duur.yml", true),
            ("wold/2020/letters/besluit.de.mustache", true),
            ("wold/2020/README.md", false), ("wold/2020/procedures/README.md", false), ("wold/2020/letters/README.md", false),
        ])
    func unknownFile(path: String, isError: Bool) {
        let problems = SmallPlan.problems(SmallPlan.texts.merging([path: "x: y\n"]) { _, new in new })
        #expect(problems.map(\.code) == (isError ? [.unknownFile] : []))
    }

    @Test("a word that no decision fills is an error of the check, and an installation that has it opens as before")
    func unknownWord() throws {
        var texts = SmallPlan.texts
        texts["wold/2020/letters/besluit.nl.mustache"] = "Nummer {{nummer}}\n"
        #expect(SmallPlan.problems(texts).filter { $0.severity == .error }.map(\.code) == [.unknownWord])
        #expect(try PlanLoader.shelf("wold", from: PlanTexts(texts)).versions.count == 1)
        texts["wold/2020/letters/besluit.nl.mustache"] = "Nummer {{{number}}}\n"
        let refused = #expect(throws: PlanProblems.self) { try PlanLoader.shelf("wold", from: PlanTexts(texts)) }
        #expect(refused?.problems.map(\.code) == [.badTemplate])
    }

    @Test("what is not there is said")
    func missing() {
        #expect(SmallPlan.problems(SmallPlan.texts, key: PlanKey("wold/2019")).map(\.code) == [.noSuchPlan])
        var texts = SmallPlan.texts
        texts["law/termijnenwet.yaml"] = nil
        #expect(SmallPlan.problems(texts).map(\.code) == [.missingFile])
        texts = SmallPlan.texts
        texts["wold/2020/functions.yaml"] = nil
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == ["missing-key plan.yaml:1 functions"])
        texts = SmallPlan.texts
        texts["wold/2020/letters/besluit.en.mustache"] = nil
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == ["missing-file besluit.en.mustache:1 letters.besluit.en.mustache"])
    }

    @Test("a path on disk is split into the folder of all plans and the key of the version")
    func locate() throws {
        let located = try #require(PlanFolder.locate("/srv/plans/wold/2020/"))
        #expect(located.key == SmallPlan.key)
        #expect(located.folder.root == "/srv/plans")
        #expect(PlanFolder.locate("/") == nil)
    }
}
