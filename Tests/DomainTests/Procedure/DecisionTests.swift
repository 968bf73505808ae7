import Domain
import TestKit
import Testing

@Suite("A decision")
struct DecisionTests {
    private func decision(_ story: Given) -> Decision? { story.dossier.decisions.last }

    private func toSO(_ extra: Answers = [:], group: String = "4", born: String = "2014-03-10") -> Given {
        var child = Testland.child
        child.group = group
        child.born = .of(born)
        return Given.wider().after(.addDocument(Testland.document()), on: "2021-09-21")
            .and([.childCorrected(child)], on: "2021-09-22")
            .after(Testland.startEntry(Testland.toSO.merging(extra) { _, new in new }), on: "2021-10-01")
            .after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-04")
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
            .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12")
    }

    @Test("it is numbered, dated, with what it rests on, and closes the request")
    func granted() throws {
        let story = Given.advised().when(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18")
            .happens("step.taken.v1", "procedure.ended.v1", "decision.issued.v1")
        let made = try #require(decision(story))
        // No category for a special primary school: the separator goes along.
        #expect(made.number == "PO9999-2021-2022-0001-sbo")
        #expect(made.counter == "entry-2021-2022")
        #expect(made.ordinal == 1)
        #expect(made.begin == .of("2022-01-10"))
        // Group 4 in 2021-2022: group 8 ends in the summer of 2026.
        #expect(made.end == .of("2026-07-31"))
        #expect(!made.deviates)
        #expect(made.issued == .of("2021-10-18"))
        #expect(made.by == Testland.decider.person)
        #expect(made.reasons == "Beide adviezen zijn het eens.")
        #expect(made.copies == ["school-type": .text("sbo"), "goal": .text("Uitgerust naar school.")])
        #expect(made.advices.map(\.step) == ["first", "second"])
        // Six weeks from the day after it is made known.
        #expect(made.objectionUntil == .of("2021-11-29"))
        #expect(made.explanation.map(\.code) == ["validity.row", "until.endOfGroup"])
        #expect(story.procedure(Testland.entryInstance)?.ended?.outcome == "granted")
    }

    @Test("the term of objection does not end on a feestdag")
    func objection() {
        let story = Given.advised().after(Testland.decides("refuse"), as: Testland.decider, on: "2021-11-15")
        // Six weeks would be Monday 27 December 2021, a working day; a week earlier Monday 20 December.
        #expect(decision(story)?.objectionUntil == .of("2021-12-27"))
        let sunday = Given.advised().after(Testland.decides("refuse"), as: Testland.decider, on: "2021-11-14")
        #expect(decision(sunday)?.objectionUntil == .of("2021-12-27"))
    }

    @Test("a category stands in the number of a school for special education")
    func category() {
        let story = toSO().after(
            Testland.decides("grant"), as: Testland.decider, on: "2021-10-18")
        #expect(decision(story)?.number == "PO9999-2021-2022-0001-so-low")
    }

    @Test("refused has reasons, a number and a counter of its own, and no term")
    func refused() {
        Given.advised().when(Testland.take("decide", "refuse"), as: Testland.decider, on: "2021-10-18")
            .refused(.required, field: "reasons")
        let story = Given.advised().after(Testland.decides("refuse"), as: Testland.decider, on: "2021-10-18")
        #expect(decision(story)?.number == "PO9999-N-2021-2022-0001")
        #expect(decision(story)?.counter == "entry-refused-2021-2022")
        #expect(decision(story)?.begin == nil)
        #expect(decision(story)?.end == nil)
        #expect(decision(story)?.explanation == [])
    }

    @Test("numbers count on within a school year and begin again in the next")
    func counting() {
        let decided = Testland.decides("grant")
        let story = Given.advised()
        guard case .success = story.when(decided, as: Testland.decider, on: "2021-10-18").result else {
            Issue.record("refused")
            return
        }
        let setting = Setting(now: .of("2021-10-18"), actor: Testland.decider, shelf: story.shelf, people: story.people)
        let made = try? story.dossier.decide(decided, setting)
        #expect(made?.draws == ["entry-2021-2022"])
        #expect(
            made?.events([41]).compactMap { if case .decisionIssued(let decision) = $0 { decision.number } else { nil } } == [
                "PO9999-2021-2022-0041-sbo"
            ])
        #expect(
            made?.events([12345]).compactMap { if case .decisionIssued(let decision) = $0 { decision.number } else { nil } } == [
                "PO9999-2021-2022-12345-sbo"
            ])
        let august = try? story.dossier.decide(
            decided, Setting(now: .of("2022-08-01"), actor: Testland.decider, shelf: story.shelf, people: story.people))
        #expect(august?.draws == ["entry-2022-2023"])
    }

    @Test("without a number there is no decision, and then nothing else happens either")
    func withoutNumber() {
        let story = Given.advised()
        let setting = Setting(now: .of("2021-10-18"), actor: Testland.decider, shelf: story.shelf, people: story.people)
        #expect((try? story.dossier.decide(Testland.decides("grant"), setting))?.events([]) == [])
    }

    @Test("from group 4: to the end of group 8; another end only with reasons")
    func deviation() {
        let advised = Given.advised()
        func grant(_ answers: Answers) -> When {
            advised.when(Testland.decides("grant", answers), as: Testland.decider, on: "2021-10-18")
        }
        grant(["end": .text("2024-07-31")]).refused(.reasonsRequired, field: "deviation")
        grant(["end": .text("2027-07-31")]).refused(.afterLatest, field: "deviation")
        grant(["end": .text("2024-07-31"), "deviation": .text("  ")]).refused(.reasonsRequired, field: "deviation")
        grant(["end": .text("2022-01-09"), "deviation": .text("Kort")]).refused(.endBeforeBegin, field: "end")
        grant(["end": .text("later"), "deviation": .text("Kort")]).refused(.notADay, field: "end")
        let shorter = grant(["end": .text("2024-07-31"), "deviation": .text("Eerst kijken")]).given
        #expect(decision(shorter)?.end == .of("2024-07-31"))
        #expect(decision(shorter)?.deviates == true)
        let same = grant(["end": .text("2026-07-31")]).given
        #expect(decision(same)?.deviates == false)
    }

    @Test("what was typed for an earlier decision is not the end of the next")
    func earlierDecision() {
        let first = Given.advised().after(
            Testland.decides("grant", ["end": .text("2022-07-31"), "deviation": .text("Eerst kijken")]), as: Testland.decider,
            on: "2021-10-18")
        let second = InstanceID("i-entry-2")
        func take(_ step: String, _ choice: String, _ answers: Answers = [:]) -> DossierCommand {
            .take(.init(instance: second, step: step, choice: choice, answers: answers))
        }
        let story =
            first
            .after(
                Testland.startEntry(["school-type": .text("sbo"), "begin": .text("2022-08-01")], instance: second),
                on: "2022-05-02"
            )
            .after(take("check", "complete", ["second-expert": .text("p-expert")]), as: Testland.secretary, on: "2022-05-03")
            .after(take("first", "done", ["first-advice": .text("a")]), as: Testland.adviser, on: "2022-05-04")
            .after(take("second", "done", ["second-advice": .text("a")]), as: Testland.expert, on: "2022-05-04")
            .after(take("decide", "grant", ["reasons": .text("a")]), as: Testland.decider, on: "2022-05-05")
        #expect(decision(story)?.begin == .of("2022-08-01"))
        #expect(decision(story)?.end == .of("2026-07-31"))
        #expect(decision(story)?.deviates == false)
    }

    @Test("what is asked anew and left empty is empty, whatever was answered in an earlier request")
    func leftEmpty() {
        let second = InstanceID("i-entry-2")
        func take(_ step: String, _ choice: String, _ answers: Answers = [:]) -> DossierCommand {
            .take(.init(instance: second, step: step, choice: choice, answers: answers))
        }
        let story = toSO(["emb": .text("b")])
            .after(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18")
            .after(
                Testland.startEntry(
                    ["school-type": .text("so"), "category": .text("low"), "begin": .text("2022-01-10")], instance: second),
                on: "2021-11-01"
            )
            .after(take("check", "complete", ["second-expert": .text("p-expert")]), as: Testland.secretary, on: "2021-11-02")
            .after(take("first", "done", ["first-advice": .text("a")]), as: Testland.adviser, on: "2021-11-03")
            .after(take("second", "done", ["second-advice": .text("a")]), as: Testland.expert, on: "2021-11-03")
        // The decision asks for nothing of the kind, so what the first request said of it still stands there…
        #expect(story.dossier.known["emb"]?.answer == .text("b"))
        let decided = story.after(take("decide", "grant", ["reasons": .text("a")]), as: Testland.decider, on: "2021-11-04")
        #expect(decided.dossier.decisions.map(\.end) == [.of("2028-07-31"), .of("2026-07-31")])
    }

    @Test("what a second round leaves empty is empty, whatever the first was told")
    func emptiedInSecondRound() {
        let steps = Testland.entry.steps.map { step in
            step.id == "check"
                ? step.with(asks: [Ask(field: "emb", required: false, anew: true)]) : step
        }
        let story = Given.wider(shelf: .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])]))
            .after(.addDocument(Testland.document()), on: "2021-09-21")
            .after(Testland.startEntry(Testland.toSO), on: "2021-10-01")
            .after(
                Testland.take("check", "incomplete", ["missing": .text("x"), "emb": .text("a")]), as: Testland.secretary,
                on: "2021-10-04"
            )
            .after(Testland.take("ask", "supplied", ["addition": .text("x")]), on: "2021-10-05")
        #expect(story.procedure(Testland.entryInstance)?.answers["emb"] == .text("a"))
        let decided = story.after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-06")
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
            .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12")
            .after(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18")
        #expect(decided.dossier.decisions.map(\.end) == [.of("2026-07-31")])
        decided.when(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-18").nothing()
    }

    @Test("special education: whole school years; given in the course of one, the rest is added")
    func wholeSchoolYears() {
        // The first whole year after January 2022 ends on 31 July 2023.
        let story = toSO()
        func grant(_ answers: Answers) -> When {
            story.when(Testland.decides("grant", answers), as: Testland.decider, on: "2021-10-18")
        }
        grant(["end": .text("2022-07-31"), "deviation": .text("Kort")]).refused(.beforeEarliest, field: "end")
        grant(["end": .text("2024-01-31"), "deviation": .text("Kort")]).refused(.notWholeSchoolYears, field: "end")
        let shortest = grant(["end": .text("2023-07-31"), "deviation": .text("Kort")]).given
        #expect(decision(shortest)?.end == .of("2023-07-31"))
        #expect(decision(grant([:]).given)?.end == .of("2026-07-31"))
    }

    @Test("group 8 in the course of the year: plan and law clash, and somebody settles it with reasons")
    func clash() {
        let story = toSO(group: "8", born: "2010-03-10")
        func grant(_ answers: Answers) -> When {
            story.when(Testland.decides("grant", answers), as: Testland.decider, on: "2021-10-18")
        }
        grant([:]).refused(.conflictNeedsChoice, field: "conflict")
        grant(["conflict": .text("coin")]).refused([(.notAnOption, "conflict")])
        grant(["conflict": .text("law")]).refused(.reasonsRequired, field: "deviation")
        let law = grant(["conflict": .text("law"), "deviation": .text("De wet")]).given
        #expect(decision(law)?.end == .of("2023-07-31"))
        #expect(decision(law)?.deviates == true)
        let table = grant(["conflict": .text("table"), "deviation": .text("Naar vo")]).given
        #expect(decision(table)?.end == .of("2022-07-31"))
        #expect(decision(table)?.explanation.map(\.code).contains("validity.clash") == true)
    }

    @Test("an end typed in a clash is not thrown away unsaid")
    func clashWithEnd() {
        let story = toSO(group: "8", born: "2010-03-10")
        func grant(_ answers: Answers) -> When {
            story.when(Testland.decides("grant", answers), as: Testland.decider, on: "2021-10-18")
        }
        let longer = grant(["conflict": .text("law"), "end": .text("2024-07-31"), "deviation": .text("Langer")]).given
        #expect(decision(longer)?.end == .of("2024-07-31"))
        grant(["conflict": .text("law"), "end": .text("2022-07-31"), "deviation": .text("x")]).refused(
            .beforeEarliest, field: "end")
        grant(["conflict": .text("law"), "end": .text("2024-06-30"), "deviation": .text("x")]).refused(
            .notWholeSchoolYears, field: "end")
        grant(["conflict": .text("table"), "end": .text("2023-07-31"), "deviation": .text("x")]).refused(
            .afterLatest, field: "end")
    }

    @Test("EMB: once, for the whole stay: the end of the school year in which the child becomes fourteen")
    func emb() {
        let story = toSO(["emb": .text("b")], group: "2", born: "2015-12-24")
            .after(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18")
        #expect(decision(story)?.end == .of("2030-07-31"))
    }

    @Test(
        "up to group 2: until a chosen day, the end of group 3 at most without reasons",
        arguments: [
            ("2", "2023-07-31", nil, nil), ("2", "2022-12-31", nil, nil), ("2", "2024-07-31", nil, Refusal.Code.afterLatest),
            ("2", "2024-07-31", "Omdat", nil), ("1", "2024-07-31", nil, nil),
        ] as [(String, String, String?, Refusal.Code?)])
    func young(_ group: String, _ end: String, _ reasons: String?, _ expected: Refusal.Code?) {
        var child = Testland.child
        child.group = group
        let story = Given.advised().and([.childCorrected(child)], on: "2021-10-13")
        var answers: Answers = ["end": .text(end)]
        answers["deviation"] = reasons.map { .text($0) }
        let when = story.when(Testland.decides("grant", answers), as: Testland.decider, on: "2021-10-18")
        if let expected {
            when.refused(expected, field: "deviation")
        } else {
            #expect(decision(when.given)?.end == .of(end))
            #expect(decision(when.given)?.deviates == (reasons != nil))
        }
    }

    @Test("up to group 2 somebody chooses the day: none is no decision")
    func youngWithoutEnd() {
        var child = Testland.child
        child.group = "1"
        Given.advised().and([.childCorrected(child)], on: "2021-10-13")
            .when(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18").refused(.required, field: "end")
    }

    @Test("group 3: temporary or the whole time is asked, and each has its row")
    func groupThree() {
        var child = Testland.child
        child.group = "3"
        let story = Given.advised().and([.childCorrected(child)], on: "2021-10-13")
        func grant(_ answers: Answers) -> When {
            story.when(Testland.decides("grant", answers), as: Testland.decider, on: "2021-10-18")
        }
        grant([:]).refused(.required, field: "duration")
        #expect(decision(grant(["duration": .text("whole")]).given)?.end == .of("2027-07-31"))
        #expect(decision(grant(["duration": .text("temporary"), "end": .text("2022-07-31")]).given)?.end == .of("2022-07-31"))
    }

    @Test("a choice that nobody was asked, because the child was in another group then, is asked with the decision")
    func movedUp() throws {
        let steps = Testland.entry.steps.map { step -> StepRule in
            switch step.id {
            case "first": step.with(asks: step.asks + [Ask(field: "duration", anew: true)])
            case "decide":
                step.with(
                    choices: step.choices.map { choice in
                        choice.with(asks: choice.asks.filter { $0.field != "duration" })
                    })
            default: step
            }
        }
        let route = Testland.entry.with(steps: steps)
        let rules = Testland.plan(procedures: [Testland.talk, route])
        func child(_ group: String) -> DossierCommand {
            .correctChild(Child(givenName: "Pim", familyName: "Pluis", born: .of("2014-03-10"), group: group))
        }
        // In group 2 the first expert is not asked; in group 3 the table needs it.
        let moved = Given.asking(shelf: .of([rules])).after(child("2"), on: "2021-10-02")
            .after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-04")
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
            .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12").after(child("3"), on: "2021-10-13")
        let procedure = try #require(moved.procedure(Testland.entryInstance))
        let step = try #require(route.step("decide"))
        func asked(_ choice: String) -> [String] {
            step.choice(choice).map {
                moved.dossier.asks(of: $0, step, route, rules, on: .of("2021-10-18"), in: procedure).map(\.field)
            } ?? []
        }
        #expect(asked("grant") == ["end", "deviation", "conflict", "duration"])
        #expect(asked("refuse") == [])
        func grant(_ answers: Answers) -> When {
            moved.when(Testland.decides("grant", answers), as: Testland.decider, on: "2021-10-18")
        }
        grant([:]).refused([(.required, "duration")])
        let whole = grant(["duration": .text("whole")])
        #expect(decision(whole.given)?.end == .of("2027-07-31"))
        // Twice the same click is no error.
        whole.given.when(
            Testland.decides("grant", ["duration": .text("whole")]), as: Testland.decider, on: "2021-10-18", at: "10:01"
        ).nothing()
        moved.when(Testland.decides("refuse"), as: Testland.decider, on: "2021-10-18")
            .happens("step.taken.v1", "procedure.ended.v1", "decision.issued.v1")
    }

    @Test("a plan that copies a field twice copies it once, and nothing breaks")
    func doubleCopies() {
        let outcomes = Testland.entry.outcomes.map { outcome -> OutcomeRule in
            guard let rule = outcome.decision else { return outcome }
            return OutcomeRule(
                id: outcome.id, title: outcome.title, leadsTo: outcome.leadsTo, grants: outcome.grants,
                decision: DecisionRule(
                    number: rule.number, counter: rule.counter, validity: rule.validity, letter: rule.letter,
                    reasonsField: rule.reasonsField, advices: rule.advices, copies: ["goal", "goal"], objection: rule.objection,
                    source: rule.source))
        }
        let story = Given.granted(
            shelf: .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(outcomes: outcomes)])]))
        #expect(decision(story)?.copies.count == 1)
    }
}

@Suite("What a form asks")
struct AskedFieldTests {
    private let day = Day.of("2021-10-01")

    @Test("what is known is shown, not asked; what is about this moment is asked again")
    func known() {
        let story = Given.written()
        let asked = story.dossier.asked(
            [Ask(field: "goal"), Ask(field: "goal", anew: true), Ask(field: "category")], .invented, on: day)
        #expect(asked.map(\.known) == [.text("Uitgerust naar school."), nil])
    }

    @Test("a field that hangs on another of the same form stays in, marked; one that cannot apply is left out")
    func conditional() {
        let story = Given.written()
        let both = story.dossier.asked(
            [Ask(field: "school-type"), Ask(field: "category"), Ask(field: "duration")], .invented, on: day)
        #expect(both.map(\.field.id) == ["school-type", "category"])
        #expect(both.map(\.isConditional) == [false, true])
    }

    @Test("what hangs on a question that is asked anew stays in, whatever that was answered before")
    func conditionalOnAnew() {
        let story = Given.granted()
        let asked = story.dossier.asked(Testland.entry.start.asks, .invented, on: day)
        #expect(asked.map(\.field.id) == ["school-type", "category", "emb", "begin"])
        #expect(asked.map(\.isConditional) == [false, true, true, false])
        // Also when the question stands elsewhere on the form.
        let beside = story.dossier.asked(
            [Ask(field: "category")], .invented, on: day, beside: [Ask(field: "school-type", anew: true)])
        #expect(beside.map(\.isConditional) == [true])
        #expect(story.dossier.asked([Ask(field: "category")], .invented, on: day).isEmpty)
    }

    @Test("required where both the field and the place ask it")
    func required() {
        let asked = Given.opened().dossier.asked(
            [Ask(field: "goal"), Ask(field: "goal", required: false), Ask(field: "goal-day")], .invented, on: day)
        #expect(asked.map(\.field.required) == [true, false, false])
    }

    @Test("who was chosen, and until when, is about one procedure: asked again in the next, known within the same")
    func ofOneProcedure() {
        let story = Given.granted()
        let asks = [Ask(field: "second-expert"), Ask(field: "begin"), Ask(field: "school-type")]
        #expect(story.dossier.asked(asks, .invented, on: day).map(\.known) == [nil, nil, .text("sbo")])
        #expect(
            story.dossier.asked(asks, .invented, on: day, in: story.procedure(Testland.entryInstance)).map(\.known)
                == [.text("p-expert"), .text("2022-01-10"), .text("sbo")])
    }
}
