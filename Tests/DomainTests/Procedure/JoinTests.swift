import Domain
import TestKit
import Testing

@Suite("Steps that wait for others")
struct JoinTests {
    private let entry = Testland.entryInstance

    @Test("the decision opens after both advices, in whichever order they come", arguments: [true, false])
    func both(_ firstFirst: Bool) {
        let advices = [(Testland.advisesFirst, Testland.adviser), (Testland.advisesSecond, Testland.expert)]
        let order = firstFirst ? advices : advices.reversed()
        let complete = Given.complete()
        #expect(complete.open(entry) == ["first", "second"])
        let one = complete.after(order[0].0, as: order[0].1, on: "2021-10-11")
        #expect(one.open(entry) == [firstFirst ? "second" : "first"])
        let two = one.after(order[1].0, as: order[1].1, on: "2021-10-12")
        #expect(two.open(entry) == ["decide"])
    }

    @Test("asked for more after both: the second round needs both advices again")
    func secondRound() {
        let asked = Given.advised().after(Testland.decides("ask"), as: Testland.decider, on: "2021-10-18")
        #expect(asked.open(entry) == ["ask"])
        let again = asked.after(Testland.take("ask", "supplied", ["addition": .text("Hier")]), on: "2021-10-20")
            .after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-21")
        #expect(again.open(entry) == ["first", "second"])
        let first = again.after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-22")
        #expect(first.open(entry) == ["second"])
        let second = first.after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-25")
        #expect(second.open(entry) == ["decide"])
        let decided = second.after(Testland.decides("grant"), as: Testland.decider, on: "2021-10-26")
        #expect(decided.dossier.decisions.first?.advices.map(\.on) == [.of("2021-10-22"), .of("2021-10-25")])
    }

    @Test("what opens in the same move is not done yet, though it was in the round before")
    func openingTogether() {
        // The first advice opens the second and, if all is done, the decision.
        let steps = Testland.entry.steps.map { step -> StepRule in
            switch step.id {
            case "check": step.with(choices: [step.choices[0].with(then: .open(["first"])), step.choices[1]])
            case "first": step.with(choices: [step.choices[0].with(then: .open(["second", "decide"]))])
            default: step
            }
        }
        let story = Given.complete(shelf: .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])]))
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
        #expect(story.open(entry) == ["second"])
        let asked = story.after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12")
            .after(Testland.decides("ask"), as: Testland.decider, on: "2021-10-13")
            .after(Testland.take("ask", "supplied", ["addition": .text("Hier")]), on: "2021-10-14")
            .after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-15")
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-18")
        #expect(asked.open(entry) == ["second"])
    }

    @Test("ending closes what else is open")
    func ending() {
        let steps = Testland.entry.steps.map { step in
            step.id == "first"
                ? step.with(choices: step.choices + [step.choices[0].with(id: "never", then: .end(outcome: "refused"))]) : step
        }
        let story = Given.complete(shelf: .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])]))
        let ended = story.after(
            Testland.take("first", "never", ["first-advice": .text("Nee")]), as: Testland.adviser, on: "2021-10-11")
        #expect(ended.open(entry).isEmpty)
        ended.when(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12").refused(.notRunning)
    }

    @Test("a decision whose last advice ends the route rests on that advice too")
    func endingAdvice() {
        let steps = Testland.entry.steps.map { step in
            step.id == "second" ? step.with(by: step.by, choices: [step.choices[0].with(then: .end(outcome: "refused"))]) : step
        }
        let story = Given.complete(shelf: .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])]))
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
            .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12")
        #expect(story.dossier.decisions.first?.advices.map(\.step) == ["first", "second"])
        #expect(story.dossier.decisions.first?.advices.last?.discipline == "arts")
    }
}

@Suite("A step taken twice")
struct DoubleClickTests {
    @Test("the same click again is harmless, for the same person and the same words")
    func same() {
        let story = Given.complete()
        story.when(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-04").nothing()
        Given.granted().when(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18").nothing()
    }

    @Test("other words, another choice or another person are told that it was done")
    func other() {
        let story = Given.advised()
        story.when(Testland.take("first", "done", ["first-advice": .text("Toch niet")]), as: Testland.adviser, on: "2021-10-12")
            .refused(.stepNotOpen)
        story.when(Testland.take("check", "incomplete", ["missing": .text("x")]), as: Testland.secretary, on: "2021-10-12")
            .refused(.stepNotOpen)
        story.when(Testland.advisesFirst, as: Testland.doubleAdviser, on: "2021-10-12").refused(.stepNotOpen)
    }

    @Test("words that were not there the first time are not lost without a word")
    func moreWords() {
        Given.granted().when(Testland.decides("grant", ["deviation": .text("Omdat")]), as: Testland.decider, on: "2021-10-18")
            .refused(.notRunning)
    }

    @Test("another place or time for the meeting is not the same click")
    func otherMeeting() {
        let steps =
            [
                StepRule(
                    id: "plan", title: Localized(nl: "a", en: "a"), by: ActorRule(functions: ["ib"]),
                    choices: [ChoiceRule(id: "go", title: Localized(nl: "a", en: "a"), then: .open(["meet"]), plans: "meet")])
            ] + Testland.talk.steps
        let route = Testland.talk.with(start: StartRule(by: ["ib"], opens: ["plan"]), steps: steps)
        func plan(_ moment: String) -> DossierCommand {
            .take(.init(instance: Testland.talkInstance, step: "plan", choice: "go", answers: Testland.meeting(moment)))
        }
        let story = Given.opened(shelf: .of([Testland.plan(procedures: [route])]))
            .after(Testland.startTalk([:]), on: "2021-09-06").after(plan("2021-09-20T15:30"), on: "2021-09-06")
        story.when(plan("2021-09-20T15:30"), on: "2021-09-06").nothing()
        story.when(plan("2021-09-21T15:30"), on: "2021-09-06").refused(.stepNotOpen)
    }

    @Test("in a second round the same words are a new act")
    func secondRound() {
        let story = Given.asking()
            .after(Testland.take("check", "incomplete", ["missing": .text("Verslag")]), as: Testland.secretary, on: "2021-10-04")
            .after(Testland.take("ask", "supplied", ["addition": .text("Hier")]), on: "2021-10-04", at: "11:00")
        story.when(
            Testland.take("check", "incomplete", ["missing": .text("Verslag")]), as: Testland.secretary, on: "2021-10-04",
            at: "12:00"
        )
        .happens("step.taken.v1")
    }
}
