import Domain
import TestKit
import Testing

@Suite("What a procedure may not lose by moving to another version of the plan")
struct MovedRightsTests {
    private static let functions = Testland.functions.map { rule in
        guard rule.id == "secretary" else { return rule }
        return FunctionRule(
            id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place, sight: rule.sight,
            reads: rule.reads, may: rule.may.union([.moveProcedure]), disciplines: rule.disciplines, source: rule.source)
    }

    /// The plan with one request of entry, and from 1 November 2021 another.
    private static func shelf(_ was: ProcedureRule, _ now: ProcedureRule) -> PlanShelf {
        .of([
            Testland.plan(functions: functions, procedures: [Testland.talk, was]),
            Testland.plan(
                key: "testland/2021", inForce: "2021-11-01", functions: functions, procedures: [Testland.talk, now]),
        ])
    }

    /// The reasons why the request cannot be moved on 2 November 2021, as "code key".
    private func reasons(
        _ was: ProcedureRule, _ now: ProcedureRule, _ story: (PlanShelf) -> Given = { .complete(shelf: $0) },
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> [String] {
        let given = story(Self.shelf(was, now))
        let move = DossierCommand.move(
            .init(
                instance: Testland.entryInstance, to: PlanKey("testland/2021"), reason: "De ouders vragen erom.",
                basedOn: given.dossier.version))
        let when = given.when(move, as: Testland.secretary, on: "2021-11-02", sourceLocation: sourceLocation)
        #expect(when.reasons.allSatisfy { $0.source?.isEmpty == false }, sourceLocation: sourceLocation)
        #expect(when.events.isEmpty == !when.reasons.isEmpty, sourceLocation: sourceLocation)
        return when.reasons.map { reason in
            let key = ["choice", "step", "clock", "outcome", "field"].lazy.compactMap { reason.values[$0] }.first ?? ""
            return "\(reason.code.rawValue) \(key)"
        }
    }

    private func consequences(
        _ was: ProcedureRule, _ now: ProcedureRule, _ story: (PlanShelf) -> Given = { .complete(shelf: $0) }
    ) throws -> ProcedureMove {
        let given = story(Self.shelf(was, now))
        let other = try #require(given.shelf[PlanKey("testland/2021")])
        let procedure = try #require(given.procedure(Testland.entryInstance))
        return try #require(
            given.dossier.consequences(ofMoving: procedure, to: other, given.shelf, on: .of("2021-11-02")))
    }

    // MARK: Other routes of entry

    private static func steps(_ id: String, _ change: (StepRule) -> StepRule) -> ProcedureRule {
        Testland.entry.with(steps: Testland.entry.steps.map { $0.id == id ? change($0) : $0 })
    }

    private static func step(
        _ step: StepRule, due: Term?? = nil, meeting: MeetingRule? = nil, by: ActorRule? = nil
    ) -> StepRule {
        StepRule(
            id: step.id, title: step.title, explanation: step.explanation, by: by ?? step.by, asks: step.asks,
            choices: step.choices, due: due ?? step.due, meeting: meeting, waitsFor: step.waitsFor, source: "Testland, 4")
    }

    /// Entry with choices of one step as they are made of the plan's.
    private static func choices(_ id: String, _ change: (ChoiceRule) -> ChoiceRule?) -> ProcedureRule {
        steps(id) { $0.with(choices: $0.choices.compactMap(change)) }
    }

    private static func choice(_ rule: ChoiceRule, when: Condition = .always, once: Bool = false) -> ChoiceRule {
        ChoiceRule(
            id: rule.id, title: rule.title, when: when, once: once, asks: rule.asks, needs: rule.needs, then: rule.then,
            marksComplete: rule.marksComplete, plans: rule.plans)
    }

    /// Entry of which one choice can be made in one case only.
    private static func entry(
        _ step: String = "decide", _ id: String = "grant", when: Condition = .always, once: Bool = false
    ) -> ProcedureRule {
        choices(step) { $0.id == id ? choice($0, when: when, once: once) : $0 }
    }

    private static func group(_ from: Int?, _ to: Int?) -> Condition {
        Condition([.init(fact: "group", match: .range(from: from, to: to))])
    }

    private static func kind(_ value: String) -> Condition {
        Condition([.init(fact: "school-type", match: .oneOf([value]))])
    }

    private static func clock(
        _ id: String = "law", when: Condition = .always, extended: ClockRule.Extension? = nil
    ) -> ProcedureRule {
        Testland.entry.with(
            clocks: Testland.entry.clocks.map { rule in
                guard rule.id == id else { return rule }
                return ClockRule(
                    id: rule.id, title: rule.title, when: when, within: rule.within, from: rule.from, pausedIn: rule.pausedIn,
                    metBy: rule.metBy, extended: extended, warn: rule.warn, ground: rule.ground, source: rule.source)
            })
    }

    private static func longer(_ weeks: Int, by: [String] = ["check.complete"]) -> ClockRule.Extension {
        ClockRule.Extension(by: by, with: Term(Period(weeks, .weeks), countsBy: .termijnenwet), source: "Testland, law")
    }

    private static func remedies(objection: Int? = 6, appeal: Int?) -> ProcedureRule {
        let term = { (weeks: Int?) in weeks.map { Term(Period($0, .weeks), countsBy: .termijnenwet) } }
        return Testland.entry.with(
            outcomes: Testland.entry.outcomes.map { outcome in
                OutcomeRule(
                    id: outcome.id, title: outcome.title, leadsTo: outcome.leadsTo, grants: outcome.grants,
                    decision: outcome.decision.map { rule in
                        DecisionRule(
                            number: rule.number, counter: rule.counter, validity: rule.validity, letter: rule.letter,
                            reasonsField: rule.reasonsField, advices: rule.advices, copies: rule.copies,
                            objection: term(objection), appeal: term(appeal), source: rule.source)
                    })
            })
    }

    // MARK: Terms

    @Test("the term to go to court is not taken away and not shortened; a longer one is told")
    func appeal() throws {
        #expect(
            reasons(Self.remedies(appeal: 6), Self.remedies(appeal: nil)) == [
                "moveAppealLost granted", "moveAppealLost refused",
            ])
        #expect(reasons(Self.remedies(appeal: 6), Self.remedies(appeal: 4)).contains("moveAppealLost granted"))
        #expect(reasons(Self.remedies(appeal: nil), Self.remedies(appeal: 6)) == [])
        let found = try consequences(Self.remedies(appeal: 6), Self.remedies(objection: 8, appeal: 6))
        #expect(found.remedies.map(\.outcome) == ["granted", "refused"])
        #expect(found.remedies.first?.kind == .objection)
        #expect(found.remedies.first?.after == Term(Period(8, .weeks), countsBy: .termijnenwet))
        #expect(!found.changesNothing)
    }

    @Test("a term that was extended stays extended, because who waits was told the day")
    func extended() {
        // The request was found complete in time, which extends the term in this plan.
        #expect(reasons(Self.clock(extended: Self.longer(4)), Self.clock()) == ["moveExtensionLost law"])
        #expect(
            reasons(Self.clock(extended: Self.longer(4)), Self.clock(extended: Self.longer(4, by: ["decide.ask"])))
                == ["moveExtensionLost law"])
        #expect(reasons(Self.clock(extended: Self.longer(4)), Self.clock(extended: Self.longer(4))) == [])
        #expect(reasons(Self.clock(extended: Self.longer(4)), Self.clock(extended: Self.longer(6))) == ["moveClockLater law"])
    }

    @Test("a term that could not be extended, or less far, cannot be extended further after it")
    func extensible() throws {
        let later = Self.clock(extended: Self.longer(4, by: ["decide.ask"]))
        #expect(reasons(Testland.entry, later) == ["moveClockLater law"])
        #expect(reasons(later, Self.clock(extended: Self.longer(6, by: ["decide"]))) == ["moveClockLater law"])
        // A way to extend it that is passed changes nothing, and one that falls away is no loss, but told.
        #expect(reasons(Testland.entry, Self.clock(extended: Self.longer(4, by: ["nowhere"]))) == [])
        #expect(reasons(later, Testland.entry) == [])
        let found = try consequences(later, Testland.entry)
        #expect(found.clocks.first { $0.id == "law" }?.changes == true)
    }

    @Test("a term that stands still is held against the longer extension too")
    func extensibleWhileStill() {
        let asked = { (shelf: PlanShelf) in
            Given.asking(shelf: shelf).after(
                Testland.take("check", "incomplete", ["missing": .text("Het verslag")]), as: Testland.secretary,
                on: "2021-10-28")
        }
        let with = { (weeks: Int) in Self.clock(extended: Self.longer(weeks, by: ["decide.ask"])) }
        #expect(reasons(Testland.entry, with(4), asked) == ["moveClockLater law"])
        #expect(reasons(with(4), with(6), asked) == ["moveClockLater law"])
        #expect(reasons(with(6), with(4), asked) == [])
    }

    @Test("a term that is there in some case stays there in that case")
    func clockWhen() {
        // The request is for a special primary school.
        #expect(reasons(Testland.entry, Self.clock(when: Self.kind("so"))) == ["moveClockLater law"])
        #expect(reasons(Testland.entry, Self.clock(when: Self.kind("sbo"))) == [])
        #expect(reasons(Self.clock(when: Self.kind("so")), Testland.entry.with(clocks: [Testland.entry.clocks[0]])) == [])
        // Whether the child is given the whole time is only asked when it is decided.
        let whole = Condition([.init(fact: "duration", match: .oneOf(["whole"]))])
        let none = Testland.entry.with(clocks: [Testland.entry.clocks[0]])
        #expect(reasons(Self.clock(when: whole), none) == ["moveClockLater law"])
        #expect(reasons(Self.clock(when: whole), Self.clock(when: whole)) == [])
        #expect(reasons(Self.clock(when: whole), Testland.entry) == [])
        #expect(reasons(Testland.entry, Self.clock(when: whole)) == ["moveClockLater law"])
    }

    @Test("who answers for the partnership gets no more time for an open step, and who is asked something no less")
    func dues() {
        let term = { (days: Int) -> Term?? in .some(Term(Period(days, .days), countsBy: .calendar)) }
        let own = Self.steps("first") { Self.step($0, due: term(10)) }
        let moved = { (due: Term??) in Self.steps("first") { Self.step($0, due: due) } }
        #expect(reasons(own, moved(term(11))) == ["moveDueWorse first"])
        #expect(reasons(own, moved(.some(nil))) == ["moveDueWorse first"])
        #expect(reasons(own, moved(term(9))) == [])
        // The school is asked to complete the request: its two weeks may become more and not less.
        let asked = { (shelf: PlanShelf) in
            Given.asking(shelf: shelf).after(
                Testland.take("check", "incomplete", ["missing": .text("Het verslag")]), as: Testland.secretary,
                on: "2021-10-28")
        }
        let answering = { (days: Int) in Self.steps("ask") { Self.step($0, due: term(days)) } }
        #expect(reasons(Testland.entry, answering(13), asked).contains("moveDueWorse ask"))
        #expect(!reasons(Testland.entry, answering(15), asked).contains("moveDueWorse ask"))
    }

    // MARK: Choices and cases

    @Test("a choice that leads to what is granted stays open in every case in which it was")
    func closed() throws {
        // The child is in group 4 and asks for a special primary school.
        #expect(reasons(Testland.entry, Self.entry(when: Self.group(5, nil))) == ["moveChoiceClosed grant"])
        #expect(reasons(Testland.entry, Self.entry(when: Self.kind("so"))) == ["moveChoiceClosed grant"])
        #expect(reasons(Testland.entry, Self.entry(when: Self.kind("sbo"))) == [])
        #expect(reasons(Testland.entry, Self.entry(when: Self.group(4, nil))) == [])
        // In group 4 today and in group 5 after the summer.
        #expect(reasons(Testland.entry, Self.entry(when: Self.group(nil, 4))) == ["moveChoiceClosed grant"])
        #expect(reasons(Self.entry(when: Self.group(nil, 4)), Self.entry(when: Self.group(nil, 5))) == [])
        // It was not open for this child before either.
        #expect(reasons(Self.entry(when: Self.kind("so")), Self.entry(when: Self.kind("so"))) == [])
        let found = try consequences(Testland.entry, Self.entry(when: Self.group(5, nil)))
        #expect(found.narrower.map(\.choice.id) == ["grant"])
        #expect(found.narrower.first?.isGone == false)
        #expect(try consequences(Self.entry(when: Self.group(5, nil)), Testland.entry).wider.map(\.choice.id) == ["grant"])
    }

    @Test("a choice of the partnership that leads to nothing granted may fall away, and is told")
    func told() throws {
        let without = Self.choices("check") { $0.id == "incomplete" ? nil : $0 }
        let started = { (shelf: PlanShelf) in Given.asking(shelf: shelf) }
        let now = Self.entry("ask", "withdraw", when: Self.group(7, nil))
        #expect(reasons(Testland.entry, now, started) == [])
        #expect(try consequences(Testland.entry, now, started).narrower.map(\.choice.id) == ["withdraw"])
        #expect(try consequences(Testland.entry, without, started).narrower.first?.isGone == true)
    }

    @Test("what the family itself can choose stays open, as often as it was")
    func family() {
        let parents = ActorRule(functions: [PlanRules.guardian])
        func asking(_ change: (ChoiceRule) -> ChoiceRule?) -> ProcedureRule {
            Self.steps("ask") { $0.with(by: parents, choices: $0.choices.compactMap(change)) }
        }
        let own = asking { $0 }
        #expect(reasons(own, asking { $0.id == "withdraw" ? nil : $0 }) == ["moveChoiceClosed withdraw"])
        #expect(
            reasons(own, asking { $0.id == "withdraw" ? Self.choice($0, when: Self.group(5, nil)) : $0 })
                == ["moveChoiceClosed withdraw"])
        #expect(
            reasons(own, asking { $0.id == "supplied" ? Self.choice($0, once: true) : $0 }).contains(
                "moveChoiceClosed supplied"))
        #expect(reasons(asking { Self.choice($0, once: true) }, own) == [])
    }

    @Test("what can be done once by law does not become what can be done again")
    func once() {
        let own = Self.entry("decide", "ask", once: true)
        #expect(reasons(own, Testland.entry) == ["moveSafeguardLost decide"])
        #expect(reasons(own, own) == [])
        #expect(reasons(Testland.entry, own) == [])
    }

    @Test("a choice that is spent there is as good as closed")
    func spent() {
        // The check was done once and is open again: under the other version it could not be found complete any more.
        let again = { (shelf: PlanShelf) in
            Given.complete(shelf: shelf)
                .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
                .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12")
                .after(Testland.decides("ask"), as: Testland.decider, on: "2021-10-20")
                .after(Testland.take("ask", "supplied", ["addition": .text("Het verslag")]), on: "2021-10-21")
        }
        let now = Self.entry("check", "complete", once: true)
        #expect(reasons(Testland.entry, now, again) == ["moveChoiceClosed complete"])
    }

    @Test("a new step that this child may not pass stands in the way of what can be granted")
    func newStep() {
        func between(_ when: Condition) -> ProcedureRule {
            let panel = StepRule(
                id: "panel", title: Localized(nl: "Tafel", en: "Table"), by: ActorRule(functions: ["decider"]),
                choices: [
                    ChoiceRule(id: "on", title: Localized(nl: "a", en: "a"), when: when, then: .open(["decide"])),
                    ChoiceRule(id: "off", title: Localized(nl: "b", en: "b"), then: .end(outcome: "withdrawn")),
                ])
            let steps = Testland.entry.steps.map { step in
                step.id == "first" || step.id == "second"
                    ? step.with(choices: step.choices.map { $0.with(then: .open(["panel"])) }) : step
            }
            return Testland.entry.with(steps: steps + [panel])
        }
        #expect(
            Set(reasons(Testland.entry, between(Self.group(5, nil)))) == ["moveOutcomeGone granted", "moveOutcomeGone refused"])
        #expect(reasons(Testland.entry, between(Self.kind("sbo"))) == [])
    }

    @Test("that the route would not be there for this child is told and is no loss: it runs already")
    func start() throws {
        let rule = Testland.entry.start
        let older = Testland.entry.with(
            start: StartRule(
                by: rule.by, after: rule.after, when: Self.group(5, nil), asks: rule.asks, needs: rule.needs,
                locksGroeidocument: rule.locksGroeidocument, opens: rule.opens))
        #expect(reasons(Testland.entry, older) == [])
        #expect(try consequences(Testland.entry, older).isClosedToChild)
    }

    // MARK: The family, and what was to be asked

    @Test("a question that the decision needs and that was to be asked before cannot be passed by")
    func fieldPassed() {
        // The other version gives the reasons in a field that only its check asks.
        let was = Self.choices("decide") { $0.id == "ask" ? nil : $0 }
        let now = was.with(
            steps: was.steps.map { step in
                switch step.id {
                case "check": step.with(asks: [Ask(field: "reasons", anew: true)])
                case "decide": step.with(asks: [])
                default: step
                }
            })
        #expect(reasons(was, now) == ["moveFieldPassed reasons"])
        // Before the check it can still be asked.
        #expect(reasons(was, now, { .asking(shelf: $0) }) == [])
    }

    @Test("a step that the family takes, and a meeting that it is part of, stay the family's")
    func familyLost() {
        let parents = ActorRule(functions: ["ib", PlanRules.guardian])
        let asks = Self.steps("ask") { $0.with(by: parents) }
        #expect(reasons(asks, Testland.entry) == ["moveFamilyLost ask"])
        #expect(reasons(asks, asks) == [])
        func meeting(_ required: [String]) -> ProcedureRule {
            Self.steps("decide") { Self.step($0, meeting: MeetingRule(chair: "decider", required: required)) }
        }
        #expect(reasons(meeting(["decider", PlanRules.guardian]), meeting(["decider"])) == ["moveFamilyLost decide"])
        #expect(reasons(meeting(["decider"]), meeting(["decider", PlanRules.guardian])) == [])
    }
}
