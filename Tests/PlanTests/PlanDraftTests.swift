import Domain
import Foundation
import Testing

@testable import Plan

@Suite("Writing a draft")
struct PlanDraftTests {
    static let key = PlanKey("wold/2021")
    static let first = """
        # Wat er verandert.
        key: wold/2021
        amends: wold/2020
        title: { nl: Nieuw plan, en: New plan }
        in-force: 2021-08-01

        """

    static func draft(_ files: [String: String] = [:]) throws -> PlanDraft {
        let ground = try PlanGround(SmallPlan.key, from: PlanTexts(SmallPlan.texts))
        return PlanDraft(key, files: files.merging(["plan.yaml": first]) { mine, _ in mine }, over: ground)
    }

    static func touched(_ draft: PlanDraft) -> [String] { draft.touched.map(\.path).filter { $0 != "title" } }

    @Test("a changed value stands in a file of the draft and nowhere else; as it was, the file is gone")
    func changesAndRestores() throws {
        let path = "procedures.aanvraag.clocks.beslissen.within"
        let draft = try Self.draft()
        #expect(draft.value(at: path)?.said == .period(Period(6, .weeks)))
        let changes = try draft.setting(path, to: .period(Period(5, .weeks)))
        #expect(changes == ["procedures/aanvraag.yaml": "clocks:\n  beslissen: { within: P5W }\n"])
        let changed = draft.applying(changes)
        #expect(Self.touched(changed) == [path])
        let value = try #require(changed.value(at: path))
        #expect(value.said == .period(Period(5, .weeks)))
        #expect(value.was == .period(Period(6, .weeks)))
        #expect(value.isChanged)
        #expect(value.place?.file == "wold/2021/procedures/aanvraag.yaml")
        #expect(changed.rules.procedure("aanvraag")?.clocks.first?.within.period == Period(5, .weeks))
        for back in [try changed.setting(path, to: .period(Period(6, .weeks))), try changed.restoring(path)] {
            #expect(back == ["procedures/aanvraag.yaml": nil])
            #expect(Set(changed.applying(back).files.keys) == ["plan.yaml"])
        }
        #expect(try changed.setting(path, to: .period(Period(5, .weeks))) == [:])
    }

    @Test("what somebody wrote in a file of the draft stays, comments too")
    func keepsWhatStands() throws {
        let file = """
            # Waarom dit anders wordt.
            steps:
              # De coach krijgt meer tijd.
              kijken:
                due: P1W # was twee weken
            clocks:
              beslissen: { within: P8W }

            """
        let draft = try Self.draft(["procedures/aanvraag.yaml": file])
        #expect(draft.unread.isEmpty, "\(draft.unread)")
        let changes = try draft.setting(
            "procedures.aanvraag.steps.kijken.title", to: .text(Localized(nl: "Kijk: nu", en: "Look")))
        #expect(
            changes["procedures/aanvraag.yaml"] == """
                # Waarom dit anders wordt.
                steps:
                  # De coach krijgt meer tijd.
                  kijken:
                    due: P1W # was twee weken
                    title: { nl: "Kijk: nu", en: Look }
                clocks:
                  beslissen: { within: P8W }

                """)
        let term = try draft.setting("procedures.aanvraag.clocks.beslissen.within", to: .period(Period(9, .weeks)))
        #expect(term["procedures/aanvraag.yaml"] == file.replacing("P8W", with: "P9W"))
        let without = try draft.restoring("procedures.aanvraag.steps.kijken.due")
        #expect(
            without["procedures/aanvraag.yaml"] == """
                # Waarom dit anders wordt.
                clocks:
                  beslissen: { within: P8W }

                """)
    }

    /// A value that says something else, and that the format accepts.
    static func other(_ value: PlanValue, _ draft: PlanDraft) -> PlanSaid? {
        switch value.shape {
        case .text: return .text(Localized(nl: "Iets: anders, ‘#1’", en: "- Other\n\nlines"))
        case .letter: return .line("Beste {{child}},\n\nanders.")
        case .period: return .period(Period(77, .days))
        case .periods: return .periods([Period(9, .days), Period(2, .days)])
        case .term: return .term(Term(Period(9, .weeks), countsBy: .termijnenwet))
        case .day: return Day("2023-07-31").map { .day($0) }
        case .number: return .number(13)
        case .flag: return value.said == .flag(true) ? .flag(false) : .flag(true)
        case .condition:
            return .condition(
                Condition([
                    Condition.Clause(fact: "group", match: .range(from: 2, to: nil)),
                    Condition.Clause(fact: "age", match: .range(from: nil, to: 9)),
                ]))
        case .until: return .until(.chosen(atMost: .period(Period(3, .years))))
        case .word(let words, _): return words.first { value.said != .line($0) }.map { .line($0) }
        case .words(let words): return .lines([words[value.said == .lines([words[0]]) ? 1 : 0]])
        case .line:
            if let options = value.options {
                return options.first { value.said != .line($0.id) }.map { .line($0.id) } ?? .line("x")
            }
            return .line("Iets: anders # niet")
        case .lines:
            let options = value.options?.map(\.id) ?? ["een", "twee"]
            return value.said == .lines(Array(options.prefix(1))) ? .lines(["x", "y"]) : .lines(Array(options.prefix(1)))
        case .things, .thing, .options, .list: return nil
        }
    }

    /// Whether a path lies within another one: lists, texts and conditions are replaced whole.
    static func lies(_ path: String, _ around: String) -> Bool { path == around || path.hasPrefix(around + ".") }

    static func everyValue(_ draft: PlanDraft) -> [PlanValue] {
        var found = draft.values(of: "")
        var open = [""]
        while let thing = open.popLast() {
            for inner in draft.things(of: thing).flatMap(\.things) {
                found += draft.values(of: inner.path)
                open.append(inner.path)
            }
        }
        return found
    }

    /// Sets a value to another one and back; what is wrong with that is returned.
    static func roundTrip(_ value: PlanValue, _ draft: PlanDraft) throws -> String? {
        guard let other = other(value, draft) else { return "no other value" }
        let changed = draft.applying(try draft.setting(value.path, to: other))
        let touched = touched(changed)
        guard touched.count == (value.path == "title" ? 0 : 1),
            touched.allSatisfy({ lies($0, value.path) || lies(value.path, $0) })
        else { return "touches \(changed.touched.map(\.path))" }
        // The title of the draft is its own already, so that another one is no further change.
        guard changed.value(at: value.path)?.said == other else {
            return "says \(String(describing: changed.value(at: value.path)?.said)), not \(other)"
        }
        let back = changed.applying(try changed.setting(value.path, to: value.said))
        guard back.files == draft.files || value.said == nil else { return "leaves \(back.files)" }
        let restored = changed.applying(try changed.restoring(value.path))
        return restored.value(at: value.path)?.said == value.was
            ? nil : "restores \(String(describing: restored.value(at: value.path)))"
    }

    @Test("every value of a plan can be set to another one and back, and nothing else is touched by it")
    func everyValueOfTheSmallPlan() throws {
        let draft = try Self.draft()
        let values = Self.everyValue(draft)
        #expect(values.count > 150)
        for value in values {
            #expect(try draft.setting(value.path, to: value.said) == [:], "\(value.path)")
            let wrong = try Self.roundTrip(value, draft)
            #expect(wrong == nil, "\(value.path): \(wrong ?? "")")
        }
    }
}

extension PlanDraftTests {
    @Test("rows, questions, answers and what is asked can be added and taken out")
    func addsAndRemoves() throws {
        let draft = try Self.draft()
        var now = draft.applying(try draft.adding(.like("week-oud"), as: "week-extra", to: "rules.duur.rows"))
        #expect(now.rules.tables["duur"]?.rows.map(\.id) == ["dag", "week-jong", "week-oud", "week-extra"])
        #expect(now.judgement().errors.map(\.code) == [.tableOverlap])
        #expect(now.thing(at: "rules.duur.rows.week-extra")?.isNew == true)
        now = now.applying(try now.removing("rules.duur.rows.week-oud"))
        #expect(now.judgement().isSound)
        #expect(now.things(of: "rules.duur").first?.removed.map(\.key) == ["week-oud"])
        now = now.applying(try now.removing("rules.duur.rows.week-extra"))
        #expect(now.judgement().errors.map(\.code) == [.tableGap])
        now = now.applying(try now.restoring("rules.duur.rows.week-oud"))
        #expect(now.files == draft.files)

        let title = Localized(nl: "Hoe vaak?", en: "How often?")
        now = now.applying(try now.adding(.field(title, kind: "choice"), as: "vaak", to: "fields"))
        for (key, title) in [("vaak", "Vaak"), ("soms", "Soms")] {
            let option = PlanDraft.Addition.option(Localized(nl: title, en: title))
            now = now.applying(try now.adding(option, as: key, to: "fields.vaak.options"))
        }
        now = now.applying(try now.asking("vaak", at: "procedures.aanvraag.start.asks"))
        #expect(now.rules.procedure("aanvraag")?.start.asks.map(\.field) == ["soort", "begin", "vaak"])
        #expect(now.rules.fields["vaak"]?.options.map(\.id) == ["vaak", "soms"])
        #expect(now.judgement().errors.isEmpty)
        #expect(Set(now.files.keys) == ["plan.yaml", "fields.yaml", "procedures/aanvraag.yaml"])
        now = now.applying(try now.removing("procedures.aanvraag.start.asks.3"))
        #expect(now.files["procedures/aanvraag.yaml"] == nil)
        #expect(throws: PlanProblems.self) { try now.adding(.option(title), as: "Met Hoofdletter", to: "fields.soort.options") }
        #expect(throws: PlanProblems.self) { try now.adding(.field(title, kind: "day"), as: "soort", to: "fields") }
    }

    @Test("a whole route can be taken out, and comes back whole")
    func removesRoute() throws {
        let draft = try Self.draft()
        let without = draft.applying(try draft.removing("procedures.aanvraag"))
        #expect(without.files["procedures/aanvraag.yaml"] == "~\n")
        #expect(without.rules.procedures.isEmpty)
        #expect(without.applying(try without.restoring("procedures.aanvraag")).files == draft.files)
    }

    @Test("examples of the version that is changed turn red, with what they expected and what came out")
    func turnsRed() throws {
        let draft = try Self.draft()
        #expect(draft.judgement().isSound)
        #expect(draft.judgement().turned.isEmpty)
        #expect(draft.judgement().tried == 2)
        let changed = draft.applying(
            try draft.setting("procedures.aanvraag.clocks.beslissen.within", to: .period(Period(5, .weeks))))
        let judgement = changed.judgement()
        #expect(judgement.turned.map(\.example.id) == ["zes-weken"])
        #expect(judgement.turned.first?.expected == "due 2020-10-13")
        #expect(judgement.turned.first?.got == "due 2020-10-06")
        #expect(judgement.differences.map(\.code).contains(.within))
        let own = PlanDraft(
            changed.key,
            files: changed.files.merging(["examples/eigen.yaml": SmallPlan.examples]) { $1 }, over: changed.ground)
        #expect(own.judgement().failing.map(\.example.id) == ["zes-weken"])
        #expect(!own.judgement().isSound)
    }

    @Test("a draft with errors is told where they are and can be written on")
    func goesOnWithErrors() throws {
        let path = "procedures.aanvraag.start.by"
        let draft = try Self.draft()
        let wrong = draft.applying(try draft.setting(path, to: .lines(["niemand"])))
        #expect(wrong.judgement().errors.contains { $0.code == .unknownReference && $0.path == path })
        let broken = draft.applying(try draft.setting("procedures.aanvraag.title", to: .text(Localized(nl: "Zo", en: ""))))
        #expect(broken.unread.map(\.code) == [.emptyText])
        #expect(broken.value(at: "procedures.aanvraag.clocks.beslissen.within")?.said == .period(Period(6, .weeks)))
        #expect(broken.thing(holding: broken.unread[0].path)?.path == "procedures.aanvraag")
        #expect(broken.applying(try broken.restoring("procedures.aanvraag.title")).judgement().isSound)
        let noYAML = try Self.draft(["procedures/aanvraag.yaml": "clocks: [\n"])
        #expect(noYAML.unread.map(\.code).contains(.notYAML))
        #expect(throws: PlanProblems.self) {
            try noYAML.setting("procedures.aanvraag.clocks.beslissen.within", to: .period(Period(5, .weeks)))
        }
    }

    // MARK: Examples

    static func shorter(_ files: [String: String] = [:]) throws -> PlanDraft {
        let draft = try draft(files)
        return draft.applying(
            try draft.setting("procedures.aanvraag.clocks.beslissen.within", to: .period(Period(5, .weeks))))
    }

    @Test("what holds in the version that is changed holds in a draft too, until it says what comes out instead and why")
    func meansAnExample() throws {
        let draft = try Self.shorter()
        let turned = draft.judgement().turned
        #expect(!turned.isEmpty)
        #expect(!draft.judgement().isSound)
        var corrected = draft
        for turn in turned {
            let path = turn.example.path
            let before = try #require(corrected.example(at: path))
            #expect(!before.isOwn)
            #expect(!before.passes)
            #expect(before.canBeMeant)
            corrected = corrected.applying(
                try corrected.meaning(path, why: Localized(nl: "Vijf weken.", en: "Five weeks."), source: nil))
            let after = try #require(corrected.example(at: path))
            #expect(after.isOwn)
            #expect(after.passes)
            #expect(after.before == turn.expected)
            #expect(after.example.why.nl == "Vijf weken.")
            #expect(after.example.source == before.example.source)
        }
        #expect(corrected.judgement().isSound, "\(corrected.judgement().turned)")
        #expect(corrected.ownExamples.map(\.path) == turned.map(\.example.path))
        // The term as it was: now it is the draft's own examples that do not come out.
        let back = corrected.applying(try corrected.restoring("procedures.aanvraag.clocks.beslissen.within"))
        #expect(back.judgement().failing.count == turned.count)
        #expect(!back.judgement().isSound)
        var restored = back
        for turn in turned { restored = restored.applying(try restored.restoring(example: turn.example.path)) }
        #expect(restored.judgement().isSound)
        #expect(Set(restored.files.keys) == ["plan.yaml"])
    }

    @Test("an example that has nothing to try any more is taken out, and stays in the version that is changed")
    func dropsAnExample() throws {
        let draft = try Self.shorter()
        let path = try #require(draft.judgement().turned.first?.example.path)
        let without = draft.applying(try draft.dropping(path))
        #expect(without.unread.isEmpty, "\(without.unread)")
        #expect(!without.judgement().turned.contains { $0.example.path == path })
        #expect(without.example(at: path)?.isDropped == true)
        #expect(without.ownExamples.map(\.path) == [path])
        let file = try #require(path.split(separator: ".").first)
        #expect(without.files["examples/\(file).yaml"]?.contains(": ~") == true)
        #expect(Set(without.applying(try without.restoring(example: path)).files.keys) == Set(draft.files.keys))
        #expect(throws: PlanProblems.self) { try draft.dropping("alles.niets") }
    }

    @Test("a version on top of one that amends keeps what held in both, and not what the one between answered otherwise")
    func standsOnAll() throws {
        let draft = try Self.shorter()
        let turned = draft.judgement().turned.map(\.example.path)
        let texts = SmallPlan.texts.merging(
            draft.files.map { ("\(Self.key)/\($0.key)", $0.value) }, uniquingKeysWith: { $1 })
        let first = try PlanGround(SmallPlan.key, from: PlanTexts(texts))
        let second = try PlanGround(Self.key, from: PlanTexts(texts))
        #expect(!turned.isEmpty)
        #expect(Set(second.standing.map(\.path)) == Set(first.standing.map(\.path)).subtracting(turned))
    }

    @Test(
        "what came out is written down as a plan writes it",
        arguments: [
            ("end 2024-07-31", "{ end: 2024-07-31 }"),
            ("end 2024-07-31, deviates, row so-young", "{ end: 2024-07-31, deviates: true, row: so-young }"),
            ("conflict table 2024-07-31 law 2023-07-31, row -", "{ conflict: { table: 2024-07-31, law: 2023-07-31 } }"),
            ("refused reasonsRequired", "{ refused: reasonsRequired }"), ("due 2026-03-09", "{ due: 2026-03-09 }"),
            ("stands still", "{ stands-still: true }"), ("outcome placed", "{ outcome: placed }"),
            ("open advise, check", "{ open: [advise, check] }"), ("open ", "{ open: [] }"), ("no clock tlv.decide", nil),
        ])
    func outcomes(_ words: String, _ written: String?) throws {
        let node = ExampleOutcome.node(of: words, row: nil)
        #expect((node == nil) == (written == nil))
        if let node, let written {
            #expect(try YAMLText.node(written, file: "x.yaml").get().says(node))
        }
    }

    @Test(
        "periods are typed as people say them",
        arguments: [
            ("6 weken", Period(6, .weeks)), ("zes weken", Period(6, .weeks)), (" Een  jaar ", Period(1, .years)),
            ("3 days", Period(3, .days)), ("two months", Period(2, .months)),
        ])
    func periods(_ text: String, _ period: Period) { #expect(Period(said: text) == period) }

    @Test(
        "what is no period is none",
        arguments: ["", "zes", "weken", "6", "6 w", "-1 weken", "10000 dagen", "P6W", "zes weken lang"])
    func noPeriods(_ text: String) { #expect(Period(said: text) == nil) }
}

@Suite("Writing a draft of a real plan")
struct RealPlanDraftTests {
    static let plans = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../plans").standardized
        .path

    @Test(
        "every value of a real plan set to itself leaves no files, and one of each kind can be changed and put back",
        arguments: ["spow/2020-2024-addendum"])
    func everyValue(_ key: String) throws {
        let folder = PlanFolder(Self.plans)
        let ground = try PlanGround(PlanKey(key), from: folder)
        let draft = PlanDraft(
            PlanKey(key + "-nieuw"),
            files: ["plan.yaml": "key: \(key)-nieuw\namends: \(key)\ntitle: { nl: Nieuw, en: New }\nin-force: 2030-08-01\n"],
            over: ground)
        #expect(draft.unread.isEmpty)
        let values = PlanDraftTests.everyValue(draft)
        #expect(values.count > 1000)
        var kinds: Set<[String]> = []
        for value in values {
            #expect(try draft.setting(value.path, to: value.said) == [:], "\(value.path)")
            let kind =
                [String(value.path.prefix { $0 != "." })] + value.within.map { Int($0) == nil ? $0 : "1" } + ["\(value.isThere)"]
            // The small plan tries every kind; here a few, because a large plan takes its time.
            guard kinds.insert(kind).inserted, kinds.count % 25 == 0 else { continue }
            let wrong = try PlanDraftTests.roundTrip(value, draft)
            #expect(wrong == nil, "\(value.path): \(wrong ?? "")")
        }
        #expect(kinds.count > 80)
    }
}
