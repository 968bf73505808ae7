import Domain
import TestKit
import Testing

@Suite("Who takes a step")
struct ActorTests {
    @Test(
        "only the function of the plan, also when others see the dossier",
        arguments: [Testland.ib, Testland.mother, Testland.adviser, Testland.decider, Testland.privacyOfficer])
    func function(_ actor: Actor) {
        Given.asking().when(Testland.foundComplete(), as: actor, on: "2021-10-04").refused(.notYourStep)
    }

    @Test(
        "the same function at another school is nobody here",
        arguments: [Testland.otherIB, Testland.administrator, Testland.stranger, Testland.board])
    func elsewhere(_ actor: Actor) {
        let asked = Given.asking().after(
            Testland.take("check", "incomplete", ["missing": .text("Verslag")]), as: Testland.secretary, on: "2021-10-04")
        asked.when(Testland.take("ask", "supplied", ["addition": .text("x")]), as: actor, on: "2021-10-05").refused(.notOpened)
    }

    @Test("whoever was chosen takes the step, and no colleague")
    func chosen() {
        let story = Given.complete().after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
        story.when(Testland.advisesSecond, as: Testland.otherExpert, on: "2021-10-12").refused(.notOpened)
        story.when(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12").happens("step.taken.v1")
    }

    @Test("what was asked of somebody by name is done by whoever stands in for them, until the last day")
    func standsIn() {
        let standIn = Actor(
            person: Testland.otherExpert.person,
            functions: Testland.otherExpert.functions + [
                HeldFunction(
                    function: "expert", organisation: .partnership, discipline: "arts", from: .of("2021-10-11"),
                    until: .of("2021-10-12"), replaces: Testland.expert.person)
            ])
        let story = Given.complete().after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
        story.when(Testland.advisesSecond, as: standIn, on: "2021-10-12").happens("step.taken.v1")
        story.when(Testland.advisesSecond, as: standIn, on: "2021-10-13").refused(.notOpened)
        let replaced = story.dossier.replaced(in: Testland.advisesSecond, by: standIn, story.shelf)
        #expect(replaced == Testland.expert.person)
        #expect(story.dossier.replaced(in: Testland.advisesSecond, by: Testland.expert, story.shelf) == nil)
        #expect(story.dossier.replaced(in: Testland.advisesFirst, by: Testland.adviser, story.shelf) == nil)
    }

    @Test("whoever stands in for the second expert is not the one who advised first")
    func standsInForTheOther() {
        let both = Actor(
            person: Testland.adviser.person,
            functions: Testland.adviser.functions + [
                HeldFunction(
                    function: "expert", organisation: .partnership, discipline: "arts", from: .of("2021-10-01"),
                    until: .of("2021-10-31"), replaces: Testland.expert.person)
            ])
        Given.complete().after(Testland.advisesFirst, as: both, on: "2021-10-11")
            .when(Testland.advisesSecond, as: both, on: "2021-10-12").refused(.samePerson)
    }

    @Test("a colleague who sees the dossier for another reason is not the one chosen")
    func chosenNotColleague() {
        let functions = Testland.plan().functions.map { rule in
            FunctionRule(
                id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place,
                sight: rule.id == "expert" ? [.always] : rule.sight, reads: rule.reads, may: rule.may,
                disciplines: rule.disciplines, source: rule.source)
        }
        Given.complete(shelf: .of([Testland.plan(functions: functions)]))
            .when(Testland.advisesSecond, as: Testland.otherExpert, on: "2021-10-12").refused(.notYourStep)
    }

    @Test("a discipline that the law asks: an adviser without one advises not")
    func discipline() {
        Given.complete().when(Testland.advisesFirst, as: Testland.plainAdviser, on: "2021-10-11").refused(.wrongDiscipline)
    }

    @Test("at least two experts: the second is not the first, whoever acts first")
    func samePerson() {
        let chosen = Given.asking().after(
            Testland.foundComplete(choosing: Testland.doubleAdviser), as: Testland.secretary, on: "2021-10-04")
        let first = chosen.after(Testland.advisesFirst, as: Testland.doubleAdviser, on: "2021-10-11")
        first.when(Testland.advisesSecond, as: Testland.doubleAdviser, on: "2021-10-12").refused(.samePerson)
        let second = chosen.after(Testland.advisesSecond, as: Testland.doubleAdviser, on: "2021-10-11")
        second.when(Testland.advisesFirst, as: Testland.doubleAdviser, on: "2021-10-12").refused(.samePerson)
        second.when(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-12").happens("step.taken.v1")
    }

    @Test("who advised does not decide")
    func adviserDecides() {
        let both = Actor(
            person: Testland.adviser.person,
            functions: Testland.adviser.functions + Testland.decider.functions)
        Given.advised().when(Testland.decides("refuse"), as: both, on: "2021-10-18").refused(.samePerson)
        Given.advised().when(Testland.decides("refuse"), as: Testland.decider, on: "2021-10-18")
            .happens("step.taken.v1", "procedure.ended.v1", "decision.issued.v1")
    }

    @Test("the first expert asks the second: not themselves, seen when choosing")
    func chooseYourself() {
        let steps = Testland.entry.steps.map { step -> StepRule in
            switch step.id {
            case "check": step.with(choices: [step.choices[0].with(asks: [], then: .open(["first"]))])
            case "first":
                step.with(
                    asks: step.asks + [Ask(field: "second-expert", anew: true)],
                    choices: [step.choices[0].with(then: .open(["second"]))])
            default: step
            }
        }
        let story = Given.asking(shelf: .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])]))
            .after(Testland.take("check", "complete"), as: Testland.secretary, on: "2021-10-04")
        let answers: Answers = [
            "first-advice": .text("Ja"), "second-expert": .text(Testland.doubleAdviser.person.rawValue),
        ]
        story.when(Testland.take("first", "done", answers), as: Testland.doubleAdviser, on: "2021-10-05")
            .refused(.samePerson, field: "second-expert")
        story.when(Testland.take("first", "done", answers), as: Testland.adviser, on: "2021-10-05").happens("step.taken.v1")
    }

    @Test("two people chosen at once for steps that must differ are two people")
    func twoChosen() {
        var fields = Testland.fields
        fields["first-expert"] = Field(
            id: "first-expert", title: Localized(nl: "a", en: "a"), kind: .person(function: "adviser", disciplines: []))
        let steps = Testland.entry.steps.map { step -> StepRule in
            switch step.id {
            case "check":
                step.with(choices: [
                    step.choices[0].with(asks: [Ask(field: "first-expert", anew: true), Ask(field: "second-expert", anew: true)])
                ])
            case "first":
                step.with(
                    by: ActorRule(functions: ["adviser"], chosenIn: "first-expert", disciplines: ["orthopedagoog", "psycholoog"]))
            default: step
            }
        }
        let story = Given.asking(
            shelf: .of([Testland.plan(fields: fields, procedures: [Testland.talk, Testland.entry.with(steps: steps)])]))
        func choose(_ first: Actor, _ second: Actor) -> When {
            story.when(
                Testland.take(
                    "check", "complete",
                    ["first-expert": .text(first.person.rawValue), "second-expert": .text(second.person.rawValue)]),
                as: Testland.secretary, on: "2021-10-04")
        }
        choose(Testland.doubleAdviser, Testland.doubleAdviser)
            .refused([(.samePerson, "first-expert"), (.samePerson, "second-expert")])
        choose(Testland.doubleAdviser, Testland.expert).happens("step.taken.v1")
        choose(Testland.plainAdviser, Testland.expert).refused(.wrongDiscipline, field: "first-expert")
    }

    @Test("who is bound to the child's school is not chosen, and does not act when it became so meanwhile")
    func bound() {
        Given.asking().when(Testland.foundComplete(choosing: Testland.boundExpert), as: Testland.secretary, on: "2021-10-04")
            .refused(.boundToSchool, field: "second-expert")
        let boundMeanwhile = Actor(
            person: Testland.expert.person,
            functions: Testland.expert.functions + [
                HeldFunction(function: "teacher", organisation: Testland.school, from: .of("2021-10-05"))
            ])
        Given.complete().when(Testland.advisesSecond, as: boundMeanwhile, on: "2021-10-12").refused(.boundToSchool)
        let elsewhere = Actor(
            person: Testland.expert.person,
            functions: Testland.expert.functions
                + [HeldFunction(function: "teacher", organisation: Testland.otherSchool, from: .of("2021-10-05"))])
        Given.complete().when(Testland.advisesSecond, as: elsewhere, on: "2021-10-12").happens("step.taken.v1")
    }

    @Test("nobody is chosen who does not hold the function today")
    func chooseUnknown() {
        Given.asking().when(Testland.foundComplete(choosing: Testland.teacher), as: Testland.secretary, on: "2021-10-04")
            .refused(.unknownPerson, field: "second-expert")
        Given.asking().when(
            Testland.foundComplete(choosing: Actor(person: PersonID("p-nobody"))), as: Testland.secretary, on: "2021-10-04"
        )
        .refused(.unknownPerson, field: "second-expert")
        Given.asking().when(Testland.take("check", "complete"), as: Testland.secretary, on: "2021-10-04")
            .refused(.required, field: "second-expert")
    }

    @Test("a function at a school counts at this child's school only, also when somebody is chosen")
    func chooseElsewhere() {
        var fields = Testland.fields
        fields["second-expert"] = Field(
            id: "second-expert", title: Localized(nl: "a", en: "a"), kind: .person(function: "ib", disciplines: []))
        let story = Given.asking(shelf: .of([Testland.plan(fields: fields)]))
        story.when(Testland.foundComplete(choosing: Testland.otherIB), as: Testland.secretary, on: "2021-10-04")
            .refused(.unknownPerson, field: "second-expert")
    }

    @Test("somebody chosen in an earlier request is not chosen in the next")
    func chosenBefore() {
        let steps = Testland.entry.steps.map { step in
            step.id == "check"
                ? step.with(choices: [step.choices[0].with(asks: [Ask(field: "second-expert")]), step.choices[1]]) : step
        }
        let story = Given.granted(shelf: .of([Testland.plan(procedures: [Testland.talk, Testland.entry.with(steps: steps)])]))
        let second = InstanceID("i-entry-2")
        let again = story.after(Testland.startEntry(instance: second), on: "2021-11-01")
        func check(_ answers: Answers) -> DossierCommand {
            .take(.init(instance: second, step: "check", choice: "complete", answers: answers))
        }
        again.when(check([:]), as: Testland.secretary, on: "2021-11-02").refused(.required, field: "second-expert")
        #expect(again.sight(of: Testland.expert, on: "2021-12-15") == nil)
        let chosen = again.after(check(["second-expert": .text("p-other-expert")]), as: Testland.secretary, on: "2021-11-02")
        #expect(chosen.sight(of: Testland.otherExpert, on: "2021-12-15") != nil)
        // Within one request what was chosen stays chosen, without asking again.
        let back =
            chosen
            .after(
                .take(.init(instance: second, step: "first", choice: "done", answers: ["first-advice": .text("a")])),
                as: Testland.adviser, on: "2021-11-03"
            )
            .after(
                .take(.init(instance: second, step: "second", choice: "done", answers: ["second-advice": .text("a")])),
                as: Testland.otherExpert, on: "2021-11-03"
            )
            .after(
                .take(.init(instance: second, step: "decide", choice: "ask", answers: ["reasons": .text("a")])),
                as: Testland.decider, on: "2021-11-04"
            )
            .after(
                .take(.init(instance: second, step: "ask", choice: "supplied", answers: ["addition": .text("a")])),
                on: "2021-11-05")
        back.when(check([:]), as: Testland.secretary, on: "2021-11-08").happens("step.taken.v1")
    }

    @Test("a step that is not open, a choice that is none, a step that is none, a request that is none")
    func notThere() {
        let story = Given.asking()
        story.when(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-04").refused(.stepNotOpen)
        story.when(Testland.take("check", "perhaps"), as: Testland.secretary, on: "2021-10-04").refused(
            .unknownChoice, field: "choice")
        story.when(Testland.take("sing", "complete"), as: Testland.secretary, on: "2021-10-04").refused(.unknownStep)
        story.when(
            .take(.init(instance: InstanceID("i-none"), step: "check", choice: "complete", answers: [:])), as: Testland.secretary,
            on: "2021-10-04"
        )
        .refused(.unknownProcedure)
        Given.granted().when(
            Testland.take("check", "incomplete", ["missing": .text("x")]), as: Testland.secretary, on: "2021-10-18"
        )
        .refused(.notRunning)
    }

    @Test("the discipline in which somebody advised stays as it was, also after they left")
    func disciplineKept() {
        let story = Given.complete()
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
            .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12")
        let left = story.knowing([Testland.decider.person: Testland.decider])
        let decided = left.after(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18")
        #expect(decided.dossier.decisions.first?.advices.map(\.discipline) == ["orthopedagoog", "arts"])
        #expect(decided.dossier.decisions.first?.advices.map(\.by) == [Testland.adviser.person, Testland.expert.person])
    }
}
