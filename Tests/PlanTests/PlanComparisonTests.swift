import Domain
import Testing

@testable import Plan

@Suite("Comparing two plans")
struct PlanComparisonTests {
    /// One difference on one line: code, path, whom it concerns.
    static func line(_ difference: PlanDifference) -> String {
        "\(difference.code.rawValue) \(difference.path) [\(difference.concerns.map(\.key).joined(separator: " "))]"
    }

    private static func small(_ texts: [String: String] = SmallPlan.texts) throws -> LoadedPlan {
        try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
    }

    private static func differences(_ texts: [String: String]) throws -> [PlanDifference] {
        PlanComparison.differences(from: try small().rules, to: try small(texts).rules)
    }

    /// One piece of the small plan written otherwise, and what must be said of it.
    struct Change: Sendable, CustomTestStringConvertible {
        let file: String
        let piece: String
        let other: String
        let told: [String]
        var testDescription: String { told.first ?? piece }

        init(_ file: String, _ piece: String, _ other: String, _ told: String...) {
            (self.file, self.piece, self.other, self.told) = (file, piece, other, told)
        }
    }

    private static let route = "procedures/aanvraag.yaml"
    private static let step = "procedures.aanvraag.steps"

    static let changes = [
        Change(
            route, "    waits-for: [oordeel, praten]", "    waits-for: [oordeel, praten]\n    note: { nl: Zo, en: So }",
            "note \(step).besluit [coach]"),
        Change(
            route, "    paused-in: aanvullen", "    paused-in: aanvullen\n    note: { nl: Zo, en: So }",
            "note procedures.aanvraag.clocks.beslissen [parents coach]"),
        Change(
            route, "    grants: hulp", "    grants: hulp\n    note: { nl: Zo, en: So }",
            "note procedures.aanvraag.outcomes.ja [parents coach]"),
        Change(
            "fields.yaml", "Why so }, kind: paragraph }", "Why so }, kind: paragraph, without-name: true }",
            "field.without-name fields.reden [coach]"),
        Change("plan.yaml", "title: { nl: Plan, en: Plan }", "title: { nl: Plan 2, en: Plan 2 }", "plan.title plan [everyone]"),
        Change("plan.yaml", "ages: 3..14", "ages: 4..14", "plan.ages plan [everyone]"),
        Change(
            "plan.yaml", "2020-08-01", "2020-08-02\nuntil: 2024-07-31", "plan.in-force plan [everyone]",
            "plan.until plan [everyone]"),
        Change("plan.yaml", "code: PO0001", "code: PO0002", "plan.partnership plan [everyone]"),
        Change("plan.yaml", "Wij lezen mee.", "Wij lezen nu mee.", "explanation purposes.delen [parents]"),
        Change("plan.yaml", "authority: true", "authority: false", "relation.authority relations.ouder [parents]"),
        Change(
            "plan.yaml", "title: { nl: Verslag, en: Report }", "title: { nl: Brief, en: Brief }", "title evidence.verslag [coach]"
        ),
        Change("plan.yaml", "{ nl: Groep 3, en: Group 3 }", "{ nl: Klas 3, en: Class 3 }", "title groups.3 [everyone]"),
        Change(
            "functions.yaml", "reads: [child, groeidocument]", "reads: child",
            "function.reads.lost functions.kenner [kenner parents]"),
        Change("functions.yaml", "may: [write, lock]", "may: write", "function.may.lost functions.coach [coach parents]"),
        Change(
            "functions.yaml", "{ acting: true, afterwards: P2W }", "named",
            "function.sees.gained functions.kenner [kenner parents]",
            "function.sees.lost functions.kenner [kenner parents]"),
        Change("functions.yaml", "  disciplines: arts\n", "", "function.disciplines.lost functions.kenner [kenner]"),
        Change(
            "waaier.yaml", "short: { nl: Hulp, en: Help }", "short: { nl: Steun, en: Aid }",
            "form.short waaier.dichtbij.forms.hulp [everyone]"),
        Change(
            "groeidocument.yaml", "title: { nl: Kindplan, en: Child plan }",
            "title: { nl: Kindplan, en: Child plan }\nin-sentence: { nl: het kindplan, en: the child plan }",
            "groeidocument.in-sentence groeidocument [coach]"),
        Change(
            "groeidocument.yaml", "{ nl: Kindplan, en: Child plan }", "{ nl: Groeiboek, en: Growth book }",
            "title groeidocument [coach]"),
        Change(
            "groeidocument.yaml", "explanation: { nl: Wie je bent, en: Who you are }", "explanation: { nl: Jij, en: You }",
            "explanation groeidocument.parts.kind [coach]"),
        Change("groeidocument.yaml", "nl: Trots?", "nl: Blij?", "field.title fields.trots [child]"),
        Change(
            "groeidocument.yaml", "voice: child }",
            "voice: child }\n      thuis: { title: { nl: Thuis?, en: Home? }, kind: text, voice: parents }",
            "ask.added groeidocument.parts.kind.fields.thuis [parents]"),
        Change(
            "fields.yaml", "week: { nl: Week, en: Week }", "week: { nl: Een week, en: A week }",
            "field.option fields.soort [coach]"),
        Change(
            "fields.yaml", "begin: { title: { nl: Vanaf, en: From }, kind: day }",
            "begin: { title: { nl: Vanaf, en: From }, kind: moment }", "field.kind fields.begin [coach]"),
        Change(
            "fields.yaml", "{ nl: Waarom zo, en: Why so }, kind: paragraph",
            "{ nl: Waarom zo, en: Why so }, kind: paragraph, optional: true", "field.required fields.reden [coach]"),
        Change(
            route, "why: { nl: Wij beslissen, en: We decide }", "why: { nl: Wij kijken, en: We look }",
            "why procedures.aanvraag [parents coach kenner]"),
        Change(route, "form: hulp\n", "", "procedure.form procedures.aanvraag [parents coach kenner]"),
        Change(
            route, "asks: [soort, begin]", "asks: [soort, { field: begin, anew: true }]",
            "ask.anew procedures.aanvraag.start.asks.begin [coach]"),
        Change(
            route, "asks: [reden]", "asks: [reden, { field: soort, when: { group: \"3\" } }]",
            "ask.added \(step).besluit.asks.soort [coach]"),
        Change(route, "asks: [eind, afwijking]", "asks: [eind]", "ask.removed \(step).besluit.choices.ja.asks.afwijking [coach]"),
        Change(route, ", when: { group: \"2..\" },", ",", "need.when procedures.aanvraag.start.needs.verslag [coach parents]"),
        Change(route, "nl: Mag het", "nl: Mag het wel", "need.why procedures.aanvraag.start.needs.delen [coach parents]"),
        Change(
            route, "by: { chosen-in: wie, disciplines: arts, source: par. 5 }",
            "by: { functions: [coach, kenner], chosen-in: wie, disciplines: arts, source: par. 5 }",
            "step.by.gained \(step).oordeel [kenner coach parents]"),
        Change(
            route, "warn-actor-of: kijken", "not-actor-of: kijken", "step.not-actor-of.gained \(step).besluit [coach parents]",
            "step.warn-actor-of.lost \(step).besluit [coach parents]"),
        Change(
            route, "required: [guardian, coach]", "required: coach",
            "meeting.required.lost \(step).praten.meeting [coach parents]"),
        Change(
            "fields.yaml", "wie: { title: { nl: Wie, en: Who }, kind: person, function: kenner, disciplines: arts }",
            "wie: { title: { nl: Wie, en: Who }, kind: person, function: kenner }", "field.kind fields.wie [coach]"),
        Change(
            route, "  opens: kijken\n",
            "  opens: kijken\n  inventory: { title: { nl: Einde, en: End }, of: aanvraag.ja, source: par. 5 }\n",
            "inventory.added procedures.aanvraag.start.inventory [coach parents]"),
        Change(route, "ahead: P1W", "ahead: P2W", "meeting.ahead \(step).praten.meeting [coach parents]"),
        Change(
            route, "{ title: { nl: Nee, en: No }, end: nee }", "{ title: { nl: Nee, en: No }, end: ja }",
            "choice.then \(step).besluit.choices.nee [coach parents]"),
        Change(route, ", marks-complete: true", "", "choice.marks-complete \(step).kijken.choices.goed [coach parents]"),
        Change(
            route, "title: { nl: Aanvullen, en: Add }\n    by: { functions: coach, source: par. 5 }",
            "title: { nl: Aanvullen, en: Add }\n    by: coach\n    due: P2W", "step.due \(step).aanvullen [coach parents]"),
        Change(
            route, "within: P6W\n    counts-by: termijnenwet", "within: P8W\n    counts-by: calendar",
            "clock.within procedures.aanvraag.clocks.beslissen [parents coach]",
            "clock.counts-by procedures.aanvraag.clocks.beslissen [parents coach]"),
        Change(route, "from: complete", "from: received", "clock.from procedures.aanvraag.clocks.beslissen [parents coach]"),
        Change(route, "    paused-in: aanvullen\n", "", "clock.paused-in procedures.aanvraag.clocks.beslissen [parents coach]"),
        Change(
            route, "leads-to: aanvraag }", "explanation: { nl: Helaas, en: Alas } }",
            "explanation procedures.aanvraag.outcomes.nee [parents coach]",
            "outcome.leads-to.lost procedures.aanvraag.outcomes.nee [parents coach]"),
        Change(route, "{seq:3}", "{seq:4}", "decision.number procedures.aanvraag.outcomes.ja.decision [parents coach]"),
        Change(
            route, "      objection: { within: P6W, counts-by: termijnenwet }\n", "",
            "decision.objection procedures.aanvraag.outcomes.ja.decision [parents coach]"),
        Change(
            route, "opens: kijken", "when: { group: \"2..\" }\n  opens: kijken",
            "start.when procedures.aanvraag.start [coach parents]"),
        Change(
            route, "en: Ask }, then: aanvullen", "en: Ask }, when: { group: \"2..\" }, once: true, then: aanvullen",
            "choice.when \(step).kijken.choices.vragen [coach parents]",
            "choice.once \(step).kijken.choices.vragen [coach parents]"),
        Change(
            route, "    paused-in: aanvullen\n",
            "    paused-in: aanvullen\n    extended: { by: kijken.vragen, with: P2W, source: par. 5 }\n",
            "clock.extended procedures.aanvraag.clocks.beslissen [parents coach]"),
        Change(
            route, "objection: { within: P6W, counts-by: termijnenwet }",
            "objection: { within: P6W, counts-by: termijnenwet }\n      appeal: P6W",
            "decision.appeal procedures.aanvraag.outcomes.ja.decision [parents coach]"),
        Change(
            route, "table: duur }", "table: duur, never-later: true }",
            "decision.never-later procedures.aanvraag.outcomes.ja.decision [parents coach]",
            "decision.validity procedures.aanvraag.outcomes.ja.decision [parents coach]"),
        Change(
            "fields.yaml", "kind: paragraph, optional: true }", "kind: texts, at-least: 2, at-most: 4, optional: true }",
            "field.kind fields.afwijking [coach]", "field.at-least fields.afwijking [coach]",
            "field.at-most fields.afwijking [coach]"),
        Change(
            "rules/duur.yaml", "{ period: P1M }", "{ period: P2M }", "row.until rules.duur.rows.dag [coach]",
            "situation rules.duur [parents coach]"),
        Change("rules/duur.yaml", "source: par. 6 a", "source: par. 7", "source rules.duur.rows.dag [coach]"),
        Change("letters/besluit.nl.mustache", "Nummer", "Uw nummer", "letter.body letters.besluit [parents coach]"),
    ]

    @Test("of a list in which something stays is told what came and what went; of one that is all other the whole")
    func partly() throws {
        func told(_ before: String, _ after: String) throws -> [String] {
            let plans = try [before, after].map { after in
                try PlanLoader.open(
                    SmallPlan.key,
                    from: PlanTexts(
                        try SmallPlan.replacing("start:\n", with: "start:\n\(after)", in: "procedures/aanvraag.yaml"))
                ).rules
            }
            return PlanComparison.differences(from: plans[0], to: plans[1]).map {
                "\($0.code.rawValue) \($0.before.map { "\($0)" } ?? "-") \($0.after.map { "\($0)" } ?? "-")"
            }
        }
        let both = try told(
            "  after: [{ procedure: aanvraag, outcomes: nee }]\n", "  after: [{ procedure: aanvraag, outcomes: [nee, ja] }]\n")
        #expect(both.count == 1)
        #expect(both.first?.hasPrefix("start.after.gained - ") == true)
        #expect(both.first?.contains("Aanvraag (Ja)") == true && both.first?.contains("Nee") == false)
        let less = try told(
            "  after: [{ procedure: aanvraag, outcomes: [nee, ja] }]\n", "  after: [{ procedure: aanvraag, outcomes: ja }]\n")
        #expect(less.count == 1 && less.first?.hasPrefix("start.after.lost ") == true)
        let all = try told("", "  after: [{ procedure: aanvraag, outcomes: nee }]\n")
        #expect(all.count == 1 && all.first?.hasPrefix("start.after ") == true)
        let order = try told(
            "  after: [{ procedure: aanvraag, outcomes: [nee, ja] }]\n",
            "  after: [{ procedure: aanvraag, outcomes: [ja, nee] }]\n")
        #expect(order.count == 1 && order.first?.hasPrefix("further ") == true)
    }

    @Test("each kind of difference is told once, with those it concerns", arguments: changes)
    func one(_ change: Change) throws {
        let texts = try SmallPlan.replacing(change.piece, with: change.other, in: change.file)
        #expect(try Self.differences(texts).map(Self.line) == change.told)
    }

    @Test("a plan does not differ from itself", arguments: RealPlansTests.keys)
    func same(_ key: PlanKey) throws {
        let plan = try PlanLoader.open(key, from: RealPlans.folder)
        #expect(PlanComparison.differences(from: plan.rules, to: plan.rules).isEmpty)
        #expect(ExampleTurn.all(plan, plan).isEmpty)
    }

    @Test("what is reckoned from the rest of a plan is no difference of its own", arguments: RealPlansTests.keys)
    func reckoned(_ key: PlanKey) throws {
        let plan = try PlanLoader.open(key, from: RealPlans.folder).rules
        let found = PlanComparison.differences(from: try Self.small().rules, to: plan)
        for name in ["oneProcedure", "scales"] {
            #expect(!found.contains { $0.code == .further && $0.after == .written(name) })
        }
    }

    @Test("one route more during which somebody sees a dossier is told as that route alone")
    func sees() throws {
        let before = try PlanLoader.open(PlanKey("spow/2020-2024"), from: RealPlans.folder).rules
        let after = try PlanLoader.open(PlanKey("spow/2020-2024-addendum"), from: RealPlans.folder).rules
        let told = PlanComparison.differences(from: before, to: after).filter { $0.path == "functions.adviser" }
        let week = Period(6, .weeks)
        #expect(told.map(\.code) == [.seesGained])
        #expect(told.first?.after == .list([.sees(.during(procedures: ["terugplaatsing"], afterwards: week))]))
    }

    @Test("two plans that differ are never said to be the same", arguments: RealPlansTests.keys)
    func other(_ key: PlanKey) throws {
        let plan = try PlanLoader.open(key, from: RealPlans.folder).rules
        let small = try Self.small().rules
        let found = PlanComparison.differences(from: small, to: plan)
        let routes = found.filter { $0.code == .procedureAdded }.map(\.path)
        #expect(routes == plan.procedures.map { "procedures.\($0.id)" })
        #expect(found.contains { $0.code == .functionRemoved && $0.path == "functions.coach" })
        #expect(found.allSatisfy { !$0.concerns.isEmpty })
    }

    @Test("what one plan gains the other loses: the way back tells as many things added as the way there removed")
    func back() throws {
        let keys = RealPlansTests.keys
        let one = try PlanLoader.open(try #require(keys.first), from: RealPlans.folder).rules
        let other = try PlanLoader.open(try #require(keys.last), from: RealPlans.folder).rules
        let there = PlanComparison.differences(from: one, to: other)
        let back = PlanComparison.differences(from: other, to: one)
        let pairs: [(PlanDifference.Code, PlanDifference.Code)] = [
            (.functionAdded, .functionRemoved), (.procedureAdded, .procedureRemoved), (.partAdded, .partRemoved),
            (.tierAdded, .tierRemoved), (.tableAdded, .tableRemoved), (.letterAdded, .letterRemoved), (.listAdded, .listRemoved),
        ]
        for (added, removed) in pairs {
            #expect(
                there.filter { $0.code == added }.map(\.path).sorted() == back.filter { $0.code == removed }.map(\.path).sorted())
        }
    }

    @Test("what the comparison has no code for is told by its name, so that no difference passes unsaid")
    func unknown() throws {
        struct Thing: Hashable {
            let known: Int
            let younger: Int
        }
        let comparison = PlanComparison(try Self.small().rules, try Self.small().rules)
        let spot = PlanComparison.Spot(
            path: "x", thing: Localized(nl: "X", en: "X"), concerns: [.everyone], sources: PlanSources("a", "b"))
        comparison.node(spot, Thing(known: 1, younger: 1), Thing(known: 2, younger: 2), told: ["known"]) {}
        #expect(comparison.found.map(\.code) == [.further])
        #expect(comparison.found.map(\.after) == [.written("younger")])
    }

    @Test("a line has the paragraph of both sides: the nearest that the plan names")
    func sources() throws {
        var texts = try SmallPlan.replacing(
            "ground: { nl: Belofte, en: Promise }\n    source: par. 5", with: "ground: { nl: Wet, en: Law }\n    source: par. 9",
            in: Self.route)
        texts = try SmallPlan.replacing("nl: Praten,", with: "nl: Overleggen,", in: Self.route, of: texts)
        texts = try SmallPlan.replacing("asks: [reden]", with: "asks: [reden, soort]", in: Self.route, of: texts)
        let found = try Self.differences(texts)
        #expect(found.map(\.code) == [.title, .askAdded, .ground])
        #expect(found.map(\.sources.before) == ["par. 5", nil, "par. 5"])
        #expect(found.map(\.sources.after) == ["par. 5", "par. 5", "par. 9"])
    }

    // MARK: Situations

    private static func situations(_ texts: [String: String]) throws -> [String] {
        try differences(texts).filter { $0.code == .situation }.map { difference in
            guard case .situation(let facts, let after) = difference.after, case .situation(_, let before) = difference.before
            else { return "?" }
            let values = facts.map { "\($0.name) \($0.values.map { $0 ?? "-" }.joined(separator: "/"))" }
            return "\(values.joined(separator: ", ")): \(before.map { "\($0)" } ?? "-") > \(after.map { "\($0)" } ?? "-")"
        }
    }

    @Test("a situation comes out otherwise only where a child really gets another end")
    func situations() throws {
        // The end of the first of groups 2 and 3 is another day for group 3 alone.
        let texts = try SmallPlan.replacing(
            "week-jong: { when: { soort: week, group: \"..2\" }, until: { end-of-group: \"2\" }",
            with: "week-jong: { when: { soort: week, group: \"..2\" }, until: { end-of-first-group-of: [\"1\", \"2\"] }",
            in: "rules/duur.yaml")
        #expect(
            try Self.situations(texts) == [
                "soort week, group 1: endOfGroup(\"2\") > endOfFirstGroupOf([\"1\", \"2\"])"
            ])
    }

    @Test("rows that are written otherwise and say the same are told, but no situation is")
    func rewritten() throws {
        let texts = try SmallPlan.replacing(
            "  week-oud: { when: { soort: week, group: \"3..\" }, until: { end-of-group: \"3\" }, source: par. 6 c }",
            with:
                "  week-drie: { when: { soort: week, group: \"3\" }, until: { end-of-first-group-of: [\"3\"] }, source: par. 6 c }",
            in: "rules/duur.yaml")
        #expect(try Self.differences(texts).map(\.code) == [.rowRemoved, .rowAdded])
        #expect(try Self.situations(texts) == [])
    }

    @Test("where a table has no row any more, the situation says so")
    func gap() throws {
        let texts = try SmallPlan.replacing("group: \"3..\" }, until", with: "group: \"1\" }, until", in: "rules/duur.yaml")
        let found = try Self.situations(texts)
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.hasSuffix("> -") })
        #expect(found.contains { $0.contains("group 3") })
    }

    // MARK: The real case

    private static let spow = PlanKey("spow/2020-2024")
    private static let addendum = PlanKey("spow/2020-2024-addendum")

    @Test("SPOW's addendum: who asks, what is needed, and for whom a declaration comes to last otherwise")
    func addendum() throws {
        let before = try PlanLoader.open(Self.spow, from: RealPlans.folder)
        let after = try PlanLoader.open(Self.addendum, from: RealPlans.folder)
        let found = PlanComparison.differences(from: before.rules, to: after.rules)
        let need = try #require(found.first { $0.path == "procedures.tlv.start.needs.interventietraject-sbo" })
        #expect(need.code == .needAdded)
        #expect(need.concerns.map(\.key) == ["ib", "school-director", "parents"])
        #expect(need.sources == PlanSources(nil, "addendum, 1"))
        let asked = found.filter { $0.code == .askAdded && $0.path == "procedures.tlv.steps.advise-first.asks.duration-choice" }
        #expect(asked.count == 2, "for sbo, and for so without EMB")
        #expect(Set(asked.flatMap(\.concerns).map(\.key)) == ["adviser"])
        let rows = found.filter { $0.path.hasPrefix("rules.tlv-duration.rows.") }
        #expect(rows.filter { $0.code == .rowRemoved }.map(\.path) == ["so", "sbo"].map { "rules.tlv-duration.rows.\($0)" })
        #expect(rows.count { $0.code == .rowAdded } >= 8)
        // What the law asks of a plan stands in the addendum too, and that is told.
        #expect(found.filter { $0.code == .source }.allSatisfy { $0.path.hasPrefix("contents.items.") })
        // Groups 6 to 8 keep the end of group 8; only groups 1 to 5 come out otherwise for sbo.
        let sbo = found.compactMap { difference -> [PlanPhrase.Fact]? in
            guard case .situation(let facts, _)? = difference.after else { return nil }
            return facts.contains { $0.name == "school-type" && $0.values == ["sbo"] } ? facts : nil
        }
        let groups = Set(sbo.flatMap { $0.filter { $0.name == "group" }.flatMap(\.values) })
        #expect(groups == ["1", "2", "3", "4", "5"])
        // Nothing of it matters for a child with EMB.
        #expect(
            !found.contains { difference in
                guard case .situation(let facts, _)? = difference.after else { return false }
                return facts.contains { $0.name == "emb" && $0.values.contains("a") }
            })
    }

    @Test("examples that come out otherwise are listed both ways, with what was expected and what comes now")
    func examples() throws {
        let before = try PlanLoader.open(Self.spow, from: RealPlans.folder)
        let after = try PlanLoader.open(Self.addendum, from: RealPlans.folder)
        let turns = ExampleTurn.all(before, after)
        let there = try #require(turns.first { $0.from == Self.spow && $0.example.id == "sbo-group-5-mid-year" })
        #expect(there.by == Self.addendum)
        #expect((there.expected, there.got) == ("end 2021-07-31", "end 2024-07-31"))
        let back = try #require(turns.first { $0.from == Self.addendum && $0.example.id == "sbo-group-4" })
        #expect(back.by == Self.spow)
        #expect((back.expected, back.got) == ("end 2026-07-31", "end 2023-07-31"))
        #expect(turns.count < before.examples.count + after.examples.count, "what stays the same is not listed")
    }

    @Test("an example is not otherwise because the row that gives its end has another name")
    func renamedRow() throws {
        let texts = try SmallPlan.replacing("  dag: {", with: "  een-dag: {", in: "rules/duur.yaml")
        let other = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts))
        #expect(ExampleTurn.all(try Self.small(), other).isEmpty)
        #expect(PlanExamples.run(other).map(\.passed) == [false, true], "its own plan must name it right")
    }
}
