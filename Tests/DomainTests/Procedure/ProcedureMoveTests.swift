import Domain
import TestKit
import Testing

@Suite("A procedure moved to another version of the plan")
struct ProcedureMoveTests {
    /// Functions with an office that may move a procedure.
    private static let functions = Testland.functions.map { rule in
        guard rule.id == "secretary" else { return rule }
        return FunctionRule(
            id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place, sight: rule.sight,
            reads: rule.reads, may: rule.may.union([.moveProcedure]), disciplines: rule.disciplines, source: rule.source)
    }
    private static let old = Testland.plan(functions: functions)

    /// A version in force from 1 November 2021 with another request of entry.
    private static func next(_ entry: ProcedureRule?, tables: [DecisionTable] = [Testland.duration]) -> PlanRules {
        Testland.plan(
            key: "testland/2021", inForce: "2021-11-01", functions: functions,
            procedures: [Testland.talk] + (entry.map { [$0] } ?? []), tables: tables)
    }

    private static func shelf(_ entry: ProcedureRule?, tables: [DecisionTable] = [Testland.duration]) -> PlanShelf {
        .of([old, next(entry, tables: tables)])
    }

    private static let target = PlanKey("testland/2021")

    private func move(
        _ given: Given, to plan: PlanKey = target, because reason: String = "De ouders vragen erom.", basedOn: Int? = nil
    ) -> DossierCommand {
        .move(
            .init(instance: Testland.entryInstance, to: plan, reason: reason, basedOn: basedOn ?? given.dossier.version))
    }

    private func refused(
        _ entry: ProcedureRule?, tables: [DecisionTable] = [Testland.duration],
        given: (PlanShelf) -> Given = { .complete(shelf: $0) },
        _ expected: [(Refusal.Code, String)], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let story = given(Self.shelf(entry, tables: tables))
        let when = story.when(move(story), as: Testland.secretary, on: "2021-11-02", sourceLocation: sourceLocation)
        let named = when.reasons.map { reason in
            "\(reason.code.rawValue) \(reason.values["step"] ?? reason.values["clock"] ?? reason.values["outcome"] ?? reason.values["procedure"] ?? reason.values["field"] ?? "")"
        }
        #expect(Set(named) == Set(expected.map { "\($0.0.rawValue) \($0.1)" }), sourceLocation: sourceLocation)
        #expect(when.reasons.allSatisfy { $0.source?.isEmpty == false }, sourceLocation: sourceLocation)
        #expect(when.events.isEmpty, sourceLocation: sourceLocation)
    }

    private static func steps(_ change: (StepRule) -> StepRule) -> ProcedureRule {
        Testland.entry.with(steps: Testland.entry.steps.map(change))
    }

    private static func clocks(_ change: (ClockRule) -> ClockRule?) -> ProcedureRule {
        Testland.entry.with(clocks: Testland.entry.clocks.compactMap(change))
    }

    private static func clock(
        _ rule: ClockRule, within: Term? = nil, pausedIn: [String]? = nil, metBy: [String]? = nil, from: ClockRule.From? = nil
    ) -> ClockRule {
        ClockRule(
            id: rule.id, title: rule.title, within: within ?? rule.within, from: from ?? rule.from,
            pausedIn: pausedIn ?? rule.pausedIn, metBy: metBy ?? rule.metBy, warn: rule.warn, ground: rule.ground,
            source: rule.source)
    }

    // MARK: What happens

    @Test("it follows the other version from then on, and both the reason and the old version are kept")
    func moved() {
        let given = Given.complete(shelf: Self.shelf(Testland.entry))
        let after = given.when(move(given), as: Testland.secretary, on: "2021-11-02").then(
            .procedureMoved(
                .init(
                    instance: Testland.entryInstance, from: Self.old.key, to: Self.target, reason: "De ouders vragen erom.")))
        let procedure = after.procedure(Testland.entryInstance)
        #expect(procedure?.plan == Self.target)
        #expect(procedure?.startedUnder == Self.old.key)
        #expect(procedure?.plan(at: .of("2021-10-04")) == Self.old.key)
        #expect(procedure?.plan(at: .of("2021-11-03")) == Self.target)
        #expect(
            procedure?.moves == [
                Procedure.PlanMove(
                    from: Self.old.key, to: Self.target, reason: "De ouders vragen erom.", by: Testland.secretary.person,
                    at: .of("2021-11-02"))
            ])
        #expect(after.open(Testland.entryInstance) == ["first", "second"])
        // History tells which version, never the reason: that may be about the child.
        #expect(after.dossier.history.last?.code == "procedure.moved")
        #expect(after.dossier.history.last?.values["to"] == "testland/2021")
        #expect(after.dossier.history.last?.values.values.contains { $0.contains("ouders") } == false)
    }

    @Test("without anybody moving it, it stays on the version it started under although another is in force")
    func stays() {
        let given = Given.advised(shelf: Self.shelf(nil)).after(
            Testland.decides("grant"), as: Testland.decider, on: "2021-11-02")
        #expect(given.dossier.decisions.count == 1)
        #expect(given.procedure(Testland.entryInstance)?.plan == Self.old.key)
    }

    @Test("confirming twice does nothing more, whoever does it")
    func twice() {
        let given = Given.complete(shelf: Self.shelf(Testland.entry))
        let after = given.after(move(given), as: Testland.secretary, on: "2021-11-02")
        after.when(move(given), as: Testland.secretary, on: "2021-11-02").nothing()
        after.when(move(given, because: "Een andere reden."), as: Testland.secretary, on: "2021-11-02").nothing()
    }

    @Test("it can go back to the version it started under, and to no version that is not in force")
    func versions() {
        let given = Given.complete(shelf: Self.shelf(Testland.entry))
        given.when(move(given), as: Testland.secretary, on: "2021-10-20").refused(.planNotInForce)
        given.when(move(given, to: PlanKey("testland/1999")), as: Testland.secretary, on: "2021-11-02").refused(.planNotInForce)
        let after = given.after(move(given), as: Testland.secretary, on: "2021-11-02")
        let back = after.after(move(after, to: Self.old.key), as: Testland.secretary, on: "2021-11-03")
        #expect(back.procedure(Testland.entryInstance)?.plan == Self.old.key)
        #expect(back.procedure(Testland.entryInstance)?.moves.count == 2)
    }

    @Test("who confirms must have seen the consequences as they are now")
    func wentOn() {
        let given = Given.complete(shelf: Self.shelf(Testland.entry))
        let shown = given.dossier.version
        let after = given.after(Testland.advisesFirst, as: Testland.adviser, on: "2021-11-02")
        after.when(move(after, basedOn: shown), as: Testland.secretary, on: "2021-11-02").refused(.procedureChangedMeanwhile)
        after.when(move(after, basedOn: 9_999), as: Testland.secretary, on: "2021-11-02").refused(.procedureChangedMeanwhile)
        // What happened elsewhere in the dossier changes nothing of it.
        let other = given.after(.addDocument(Testland.document("drawing")), on: "2021-11-02")
        other.when(move(other, basedOn: shown), as: Testland.secretary, on: "2021-11-02").happens("procedure.moved.v1")
    }

    @Test("only a function that the plan lets, with a reason that says something")
    func who() {
        let given = Given.complete(shelf: Self.shelf(Testland.entry))
        for actor in [Testland.ib, Testland.adviser, Testland.decider, Testland.mother] {
            given.when(move(given), as: actor, on: "2021-11-02").refused(.notAllowed)
        }
        given.when(move(given), as: Testland.stranger, on: "2021-11-02").refused(.notOpened)
        given.when(move(given, because: " \n"), as: Testland.secretary, on: "2021-11-02")
            .refused(.required, field: MoveField.reason)
        given.when(
            move(given, because: String(repeating: "a", count: 20_001)), as: Testland.secretary, on: "2021-11-02"
        ).refused(.tooLong, field: MoveField.reason)
    }

    @Test("what ended, or was decided, stays under the rules it was decided by")
    func ended() {
        let granted = Given.granted(shelf: Self.shelf(Testland.entry))
        granted.when(move(granted), as: Testland.secretary, on: "2021-11-01").refused([
            (.notRunning, nil), (.planNotInForce, nil), (.moveDecided, nil),
        ])
    }

    // MARK: What would be lost

    @Test("a step that is open or that a decision rests on must be there")
    func steps() {
        refused(nil, [(.moveRouteGone, "entry")])
        let renamed = Self.steps { step in
            step.id == "second"
                ? StepRule(id: "further", title: step.title, by: step.by, asks: step.asks, choices: step.choices, source: "x")
                : step.with(choices: step.choices)
        }
        let story = Given.complete(shelf: Self.shelf(renamed))
        let codes = story.when(move(story), as: Testland.secretary, on: "2021-11-02").reasons.filter { $0.code == .moveStepGone }
        #expect(codes.map { $0.values["step"] } == ["second"])
        // The first advice was given: without its step the decision would not rest on it any more.
        let advised = Given.advised(shelf: Self.shelf(Self.steps { $0.id == "first" ? renamedFirst($0) : $0 }))
        let gone = advised.when(move(advised), as: Testland.secretary, on: "2021-11-02").reasons
        #expect(gone.contains { $0.code == .moveStepGone && $0.values["step"] == "first" })
    }

    private func renamedFirst(_ step: StepRule) -> StepRule {
        StepRule(id: "one", title: step.title, by: step.by, asks: step.asks, choices: step.choices)
    }

    @Test("a step that was to come before what is open now would be missed")
    func passed() {
        let third = StepRule(
            id: "third", title: Localized(nl: "Derde", en: "Third"), by: ActorRule(functions: ["adviser"]),
            choices: [ChoiceRule(id: "done", title: Localized(nl: "a", en: "a"), then: .open(["decide"]))])
        let waits = Testland.entry.steps.map { step in
            step.id == "decide"
                ? StepRule(
                    id: step.id, title: step.title, by: step.by, asks: step.asks, choices: step.choices,
                    waitsFor: step.waitsFor + ["third"]) : step
        }
        refused(Testland.entry.with(steps: waits + [third]), [(.moveStepPassed, "third")])
    }

    @Test("an open step must not come to wait for nobody")
    func nobody() {
        let chosen = Self.steps { step in
            step.id == "first"
                ? step.with(by: ActorRule(functions: ["adviser"], chosenIn: "first-adviser", disciplines: step.by.disciplines))
                : step
        }
        refused(chosen, [(.moveNobodyChosen, "first")])
    }

    @Test("a term of the law or a promise that ends later, or is gone, stays as it is")
    func later() {
        let longer = Term(Period(9, .weeks), countsBy: .termijnenwet)
        refused(Self.clocks { $0.id == "promise" ? Self.clock($0, within: longer) : $0 }, [(.moveClockLater, "promise")])
        refused(Self.clocks { $0.id == "law" ? nil : $0 }, [(.moveClockLater, "law")])
        refused(Self.clocks { $0.id == "law" ? Self.clock($0, from: .complete) : $0 }, [(.moveClockLater, "law")])
        refused(Self.clocks { $0.id == "law" ? Self.clock($0, pausedIn: ["ask", "decide"]) : $0 }, [(.moveClockLater, "law")])
        refused(Self.clocks { $0.id == "law" ? Self.clock($0, metBy: ["first"]) : $0 }, [(.moveClockLater, "law")])
    }

    @Test("a term that has not begun, or that stands still, is judged as if it ran")
    func notRunning() {
        let longer = Self.clocks {
            $0.id == "promise" ? Self.clock($0, within: Term(Period(7, .weeks), countsBy: .termijnenwet)) : $0
        }
        refused(longer, given: { .asking(shelf: $0) }, [(.moveClockLater, "promise")])
        let asked = { (shelf: PlanShelf) in
            Given.asking(shelf: shelf).after(
                Testland.take("check", "incomplete", ["missing": .text("Het verslag")]), as: Testland.secretary,
                on: "2021-10-28")
        }
        let law = Self.clocks { $0.id == "law" ? Self.clock($0, within: Term(Period(10, .weeks), countsBy: .termijnenwet)) : $0 }
        refused(law, given: asked, [(.moveClockLater, "law")])
    }

    @Test("a term that becomes shorter is no loss")
    func sooner() {
        let sooner = Self.clocks { Self.clock($0, within: Term(Period(5, .weeks), countsBy: .termijnenwet)) }
        let given = Given.complete(shelf: Self.shelf(sooner))
        given.when(move(given), as: Testland.secretary, on: "2021-11-02").happens("procedure.moved.v1")
    }

    @Test("a validity that would become shorter, or unsure, stays as it was promised")
    func shorter() {
        func table(_ until: UntilRule) -> DecisionTable {
            DecisionTable(
                id: "entry-duration", title: Testland.duration.title,
                rows: Testland.duration.rows.map {
                    DecisionTable.Row(
                        id: $0.id, when: $0.when, until: $0.id == "older" ? until : $0.until, source: $0.source)
                }, source: "Testland, 4.6")
        }
        refused(Testland.entry, tables: [table(.endOfGroup("6"))], [(.moveShorterValidity, "granted")])
        refused(Testland.entry, tables: [table(.chosen(atMost: .endOfGroup("8")))], [(.moveShorterValidity, "granted")])
        let given = Given.complete(shelf: Self.shelf(Testland.entry, tables: [table(.endOfSchoolYearOfAge(14))]))
        given.when(move(given), as: Testland.secretary, on: "2021-11-02").happens("procedure.moved.v1")
    }

    @Test("what can be granted, and the term to object to it, is not taken away")
    func outcomes() {
        func outcomes(_ change: (OutcomeRule) -> OutcomeRule?) -> ProcedureRule {
            Testland.entry.with(outcomes: Testland.entry.outcomes.compactMap(change))
        }
        func decision(_ rule: DecisionRule, objection: Term?, advices: [String]? = nil) -> DecisionRule {
            DecisionRule(
                number: rule.number, counter: rule.counter, validity: rule.validity, letter: rule.letter,
                reasonsField: rule.reasonsField, advices: advices ?? rule.advices, copies: rule.copies, objection: objection,
                source: rule.source)
        }
        func changed(_ objection: Term?, advices: [String]? = nil) -> ProcedureRule {
            outcomes { outcome in
                OutcomeRule(
                    id: outcome.id, title: outcome.title, leadsTo: outcome.leadsTo, grants: outcome.grants,
                    decision: outcome.decision.map { decision($0, objection: objection, advices: advices) })
            }
        }
        refused(changed(nil), [(.moveObjectionLost, "granted"), (.moveObjectionLost, "refused")])
        refused(
            changed(Term(Period(2, .weeks), countsBy: .termijnenwet)),
            [(.moveObjectionLost, "granted"), (.moveObjectionLost, "refused")])
        refused(changed(Term(Period(6, .weeks), countsBy: .termijnenwet), advices: ["first"]), [(.moveSafeguardLost, "second")])
        let given = Given.complete(shelf: Self.shelf(outcomes { $0.id == "granted" ? nil : $0 }))
        #expect(
            given.when(move(given), as: Testland.secretary, on: "2021-11-02").reasons.contains {
                $0.code == .moveOutcomeGone && $0.values["outcome"] == "granted"
            })
    }

    @Test("who may not do two things at once may not after it either")
    func safeguards() {
        let loose = Self.steps { step in
            step.id == "decide" ? step.with(by: ActorRule(functions: step.by.functions)) : step
        }
        refused(loose, [(.moveSafeguardLost, "decide")])
    }

    @Test("the family's word is still asked, and what the family was not asked is no new condition")
    func words() {
        func entry(_ kind: Need.Kind?) -> ProcedureRule {
            Self.steps { step in
                guard step.id == "decide" else { return step }
                return step.with(
                    choices: step.choices.map { choice in
                        guard choice.id == "grant", let kind else { return choice }
                        return ChoiceRule(
                            id: choice.id, title: choice.title, asks: choice.asks,
                            needs: [Need(id: "extra", kind: kind, why: Localized(nl: "a", en: "a"), source: "Testland, 9")],
                            then: choice.then)
                    })
            }
        }
        func shelf(_ was: ProcedureRule, _ now: ProcedureRule) -> PlanShelf {
            .of([
                Testland.plan(functions: Self.functions, procedures: [Testland.talk, was]),
                Testland.plan(
                    key: "testland/2021", inForce: "2021-11-01", functions: Self.functions, procedures: [Testland.talk, now]),
            ])
        }
        func codes(_ was: Need.Kind?, _ now: Need.Kind?) -> [Refusal.Code] {
            let given = Given.complete(shelf: shelf(entry(was), entry(now)))
            return given.when(move(given), as: Testland.secretary, on: "2021-11-02").reasons.map(\.code)
        }
        #expect(codes(.agreement(purpose: "share"), nil) == [.moveAgreementGone])
        #expect(codes(.agreement(purpose: "share"), .agreement(purpose: "talk")) == [.moveAgreementGone])
        #expect(codes(.signature, nil) == [.moveAgreementGone])
        #expect(codes(.evidence(kind: "report"), nil) == [])
        #expect(codes(nil, .agreement(purpose: "share")) == [])
        #expect(codes(nil, .evidence(kind: "report")) == [.moveNeedAdded])
        // What is there already is no burden.
        #expect(codes(nil, .field("child-view")) == [])
    }

    // MARK: What is shown

    @Test("the consequences say what is otherwise in steps, clocks, outcomes and the end of what is granted")
    func shown() throws {
        let changed = Self.steps { step in
            step.id == "first"
                ? step.with(by: ActorRule(functions: ["secretary"]), asks: [Ask(field: "minutes", anew: true)]) : step
        }
        let rules = Self.next(
            changed.with(
                clocks: Testland.entry.clocks.map { Self.clock($0, within: Term(Period(5, .weeks), countsBy: .termijnenwet)) }))
        let given = Given.complete(shelf: .of([Self.old, rules]))
        let procedure = try #require(given.procedure(Testland.entryInstance))
        let found = try #require(
            given.dossier.consequences(ofMoving: procedure, to: rules, given.shelf, on: .of("2021-11-02")))
        let first = try #require(found.steps.first { $0.before.id == "first" })
        #expect(first.after?.by.functions == ["secretary"])
        #expect(first.asked == ["minutes"])
        #expect(first.dropped == ["first-advice"])
        #expect(found.steps.first { $0.before.id == "second" }?.asked == [])
        let promise = try #require(found.clocks.first { $0.id == "promise" })
        #expect(promise.before?.due == .of("2021-11-15"))
        #expect(promise.after?.due == .of("2021-11-08"))
        #expect(found.ends.map(\.outcome) == ["granted"])
        #expect(found.ends.first?.before == .day(.of("2026-07-31")))
        #expect(found.ends.first?.after == .day(.of("2026-07-31")))
        #expect(!found.changesNothing)
        let same = try #require(
            given.dossier.consequences(ofMoving: procedure, to: Self.next(Testland.entry), given.shelf, on: .of("2021-11-02")))
        #expect(same.changesNothing)
    }

    @Test("an answer that the other version does not know is told")
    func answers() throws {
        var fields = Testland.fields
        fields["school-type"] = nil
        let rules = Testland.plan(
            key: "testland/2021", inForce: "2021-11-01", functions: Self.functions, fields: fields)
        let given = Given.complete(shelf: .of([Self.old, rules]))
        let procedure = try #require(given.procedure(Testland.entryInstance))
        let found = try #require(
            given.dossier.consequences(ofMoving: procedure, to: rules, given.shelf, on: .of("2021-11-02")))
        #expect(found.lostAnswers == ["school-type"])
    }
}
