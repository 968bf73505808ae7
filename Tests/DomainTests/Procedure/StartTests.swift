import Domain
import TestKit
import Testing

@Suite("Starting a route")
struct StartTests {
    @Test("what may follow for a time only can start until the last day of it, and after another ending again")
    func followsWithin() {
        let start = Testland.entry.start
        let within = Testland.entry.with(
            start: StartRule(
                by: start.by, after: [.init(procedure: "talk", outcomes: ["wider"], within: Period(6, .weeks))], asks: start.asks,
                opens: start.opens))
        let story = Given.wider(shelf: .of([Testland.plan(procedures: [Testland.talk, within])]))
        // The talk ended on 20 September; six weeks later is 1 November.
        story.when(Testland.startEntry(), on: "2021-11-01").happens("procedure.started.v1")
        let late = story.when(Testland.startEntry(), on: "2021-11-02")
        late.refused(.afterExpired)
        #expect(late.reasons.first?.values["day"] == "2021-11-01")
        let again = InstanceID("i-talk-2")
        let talked = story.after(Testland.startTalk(Testland.meeting("2021-11-15T15:30"), instance: again), on: "2021-11-02")
            .after(
                .take(.init(instance: again, step: "meet", choice: "wider", answers: ["minutes": .text("Besproken.")])),
                on: "2021-11-15")
        talked.when(Testland.startEntry(), on: "2021-12-27").happens("procedure.started.v1")
        #expect(!talked.dossier.mayFollow(within.start.after, on: .of("2021-12-28")))
    }

    @Test("the school starts a talk: with agreement, with the groeidocument, and it is shared as a version")
    func talk() {
        Given.agreed().when(Testland.startTalk(), on: "2021-09-06").then(
            .procedureStarted(
                .init(
                    instance: Testland.talkInstance, procedure: "talk", plan: PlanRules.invented.key, answers: [:],
                    opens: ["meet"],
                    meeting: Meeting(step: "meet", moment: "2021-09-20T15:30", place: "Lokaal 3", also: [], reason: nil))),
            .versionLocked(
                .init(
                    number: 1, reason: "procedure:talk",
                    fields: ["language", "signal", "strengths", "parents-view", "child-view", "helps", "goal", "goal-day"])))
    }

    @Test(
        "who sees the dossier but is not named in the plan starts nothing",
        arguments: [
            Testland.teacher, Testland.mother, Testland.stepfather, Testland.privacyOfficer,
        ])
    func mayNot(_ actor: Actor) {
        Given.agreed().when(Testland.startTalk(), as: actor, on: "2021-09-06").refused(.mayNotStart)
    }

    @Test(
        "who does not see the dossier does not learn that there is one",
        arguments: [
            Testland.otherIB, Testland.adviser, Testland.expert, Testland.secretary, Testland.decider, Testland.board,
            Testland.administrator, Testland.stranger, Testland.otherTeacher, Actor.program,
        ])
    func notFound(_ actor: Actor) {
        Given.agreed().when(Testland.startTalk(), as: actor, on: "2021-09-06").refused(.notOpened)
    }

    @Test("a family starts a route only where the plan names them in so many words")
    func family() {
        let byParents = Testland.talk.with(
            start: StartRule(by: [PlanRules.guardian], plans: "meet", opens: ["meet"]))
        let story = Given.opened(shelf: .of([Testland.plan(procedures: [byParents])]))
        story.when(Testland.startTalk(), as: Testland.mother, on: "2021-09-06").happens("procedure.started.v1")
        story.when(Testland.startTalk(), as: Testland.stepfather, on: "2021-09-06").refused(.mayNotStart)
        story.when(Testland.startTalk(), as: Testland.ib, on: "2021-09-06").refused(.mayNotStart)
    }

    @Test("a route that the plan does not have is unknown")
    func unknown() {
        Given.agreed().when(
            .start(.init(instance: InstanceID("i"), procedure: "moon", answers: [:])), on: "2021-09-06"
        ).refused(.unknownProcedure)
    }

    @Test("what is missing is said all at once: agreement, parts of the groeidocument, place and time")
    func everythingMissing() {
        Given.opened().when(Testland.startTalk([:]), on: "2021-09-06").refused([
            (.needMissing, "need-agreement"), (.needMissing, "need-document"), (.required, MeetingField.moment),
            (.required, MeetingField.place),
        ])
    }

    @Test("entry follows on a talk that said so, and on no other")
    func after() {
        Given.agreed().when(Testland.startEntry(), on: "2021-10-01").refused(.notAfter)
        Given.talking().when(Testland.startEntry(), on: "2021-10-01").refused(.notAfter)
        Given.talking().after(Testland.talked("in-school"), on: "2021-09-20").when(Testland.startEntry(), on: "2021-10-01")
            .refused(.notAfter)
        Given.wider().when(Testland.startEntry(), on: "2021-10-01").happens("procedure.started.v1")
    }

    @Test("no second one beside a running one; after it ended, again")
    func running() {
        let other = InstanceID("i-talk-2")
        Given.talking().when(Testland.startTalk(instance: other), on: "2021-09-06").refused(.alreadyRunning)
        Given.wider().when(Testland.startTalk(Testland.meeting("2021-10-20T15:30"), instance: other), on: "2021-10-01")
            .happens("procedure.started.v1")
    }

    @Test("a route may say that a second one runs beside the first")
    func repeatable() {
        let start = Testland.talk.start
        let talk = Testland.talk.with(
            start: StartRule(by: start.by, plans: start.plans, opens: start.opens, repeatable: true))
        Given.opened(shelf: .of([Testland.plan(procedures: [talk])]))
            .after(Testland.startTalk(), on: "2021-09-06")
            .when(Testland.startTalk(instance: InstanceID("i-2")), on: "2021-09-06").happens("procedure.started.v1")
    }

    @Test("the second click starts nothing")
    func twice() {
        let story = Given.talking()
        story.when(Testland.startTalk(), on: "2021-09-06").nothing()
        #expect(story.dossier.procedures.count == 1)
    }

    @Test("a key that stands for another route already is refused")
    func takenKey() {
        Given.wider().when(Testland.startEntry(instance: Testland.talkInstance), on: "2021-10-01").refused(.alreadyRunning)
    }

    @Test(
        "an intensive intervention must be shown for special education only",
        arguments: [("sbo", false, true), ("so", false, false), ("so", true, true)] as [(String, Bool, Bool)])
    func evidence(_ schoolType: String, _ report: Bool, _ starts: Bool) {
        var story = Given.wider()
        if report { story = story.after(.addDocument(Testland.document("report")), on: "2021-09-21") }
        let when = story.when(
            Testland.startEntry(schoolType == "so" ? Testland.toSO : Testland.toSBO), on: "2021-10-01")
        if starts { when.happens("procedure.started.v1") } else { when.refused(.needMissing, field: "need-report") }
    }

    @Test("a document of another kind, or one that was withdrawn, is no evidence")
    func otherEvidence() {
        let drawing = Given.wider().after(.addDocument(Testland.document("drawing")), on: "2021-09-21")
        drawing.when(Testland.startEntry(Testland.toSO), on: "2021-10-01").refused(.needMissing, field: "need-report")
        let withdrawn = Given.wider().after(.addDocument(Testland.document()), on: "2021-09-21")
            .after(.withdrawDocument(DocumentID("doc-1")), on: "2021-09-22")
        withdrawn.when(Testland.startEntry(Testland.toSO), on: "2021-10-01").refused(.needMissing, field: "need-report")
    }

    @Test("the child's own voice is needed, though it is no required field of the groeidocument")
    func childsVoice() {
        let story = Given.wider()
        let revision = story.dossier.known["child-view"]?.revision ?? 0
        story.after(
            .write(.init(part: "observe", answers: ["child-view": .text("")], basedOn: ["child-view": revision])),
            on: "2021-09-25"
        ).when(Testland.startEntry(), on: "2021-10-01").refused(.needMissing, field: "need-child")
    }

    @Test(
        "a groeidocument not touched for more than a year does not do", arguments: [("2022-09-02", true), ("2022-09-03", false)])
    func stale(_ day: String, _ starts: Bool) {
        let when = Given.wider().when(
            Testland.startEntry(["school-type": .text("sbo"), "begin": .text("2023-01-10")]), on: day)
        if starts {
            when.happens("procedure.started.v1")
        } else {
            when.refused(.needMissing, field: "need-document")
        }
    }

    @Test("what is asked is read: a choice that is none, a date that is none, a category only for special education")
    func asks() {
        Given.wider().when(
            Testland.startEntry(["school-type": .text("moon"), "begin": .text("soon")]), on: "2021-10-01"
        ).refused([(.notAnOption, "school-type"), (.notADay, "begin")])
        Given.wider().after(.addDocument(Testland.document()), on: "2021-09-21").when(
            Testland.startEntry(["school-type": .text("so"), "begin": .text("2022-01-10")]), on: "2021-10-01"
        ).refused(.required, field: "category")
    }

    @Test("what is asked anew must be answered anew, though an earlier request answered it")
    func anew() {
        Given.granted().when(Testland.startEntry([:], instance: InstanceID("i-2")), on: "2021-11-01")
            .refused([(.required, "school-type"), (.required, "begin")])
    }

    @Test("what was not asked is not kept, and cannot make a question go away")
    func notAsked() {
        let answers = Testland.toSBO.merging(["category": .text("high"), "goal": .text("x"), "bsn": .text("1")]) { own, _ in own }
        let events = Given.wider().when(Testland.startEntry(answers), on: "2021-10-01").events
        guard case .procedureStarted(let started)? = events.first else {
            Issue.record("not started")
            return
        }
        #expect(started.answers == Testland.toSBO)
    }

    @Test("an answer to a question that does not apply does not decide about another")
    func hiddenAnswers() {
        // `tone` is asked for sbo only and makes `why-tone` needed: sent along with so, it must do neither.
        var fields = Testland.fields
        fields["tone"] = Field(
            id: "tone", title: Localized(nl: "a", en: "a"), kind: .yesNo, when: Testland.condition("school-type", "sbo"))
        fields["why-tone"] = Field(
            id: "why-tone", title: Localized(nl: "a", en: "a"), kind: .text, when: Testland.condition("tone", "yes"))
        let start = Testland.entry.start
        let route = Testland.entry.with(
            start: StartRule(
                by: start.by, asks: start.asks + [Ask(field: "tone", anew: true), Ask(field: "why-tone", anew: true)],
                opens: start.opens))
        let story = Given.opened(shelf: .of([Testland.plan(fields: fields, procedures: [route])]))
        let when = story.when(
            Testland.startEntry(Testland.toSO.merging(["tone": .text("yes")]) { own, _ in own }), on: "2021-10-01")
        when.happens("procedure.started.v1")
        #expect(when.given.procedure(Testland.entryInstance)?.answers["tone"] == nil)
        story.when(
            Testland.startEntry(Testland.toSBO.merging(["tone": .text("yes")]) { own, _ in own }), on: "2021-10-01"
        ).refused(.required, field: "why-tone")
    }

    @Test("a need for signatures: the last version, by every guardian with authority")
    func signatures() {
        let start = Testland.talk.start
        let need = Need(id: "signed", kind: .signature, why: Localized(nl: "a", en: "a"))
        let talk = Testland.talk.with(
            start: StartRule(by: start.by, needs: [need], plans: start.plans, opens: start.opens))
        let story = Given.written(shelf: .of([Testland.plan(procedures: [talk])]))
        func sign(_ guardian: Guardian) -> DossierCommand {
            .signVersion(.init(number: 1, guardian: guardian.id, way: .paper, on: .of("2021-09-04")))
        }
        story.when(Testland.startTalk(), on: "2021-09-06").refused(.needMissing, field: "need-signed")
        let locked = story.after(.lockVersion, on: "2021-09-04").after(
            sign(Testland.motherInDossier), as: Testland.mother, on: "2021-09-04")
        locked.when(Testland.startTalk(), on: "2021-09-06").refused(.needMissing, field: "need-signed")
        locked.after(sign(Testland.fatherInDossier), on: "2021-09-05").when(Testland.startTalk(), on: "2021-09-06")
            .happens("procedure.started.v1")
    }
}

@Suite("What a need lacks")
struct NeedTests {
    private func lack(
        _ need: Need.Kind, _ story: Given, on day: String = "2021-09-06", also answers: Answers = [:]
    ) -> NeedState.Lack? {
        let rules = PlanRules.invented
        let day = Day.of(day)
        return story.dossier.states(
            of: [Need(id: "n", kind: need, why: Localized(nl: "a", en: "a"))], rules,
            facts: story.dossier.facts(rules, on: day, also: answers), on: day
        ).first?.lack
    }

    @Test("it names the guardians, the fields, the kind of document or the day")
    func names() {
        let opened = Given.opened()
        #expect(lack(.agreement(purpose: "talk"), opened) == .agreements([GuardianID("g-mother"), GuardianID("g-father")]))
        #expect(
            lack(
                .agreement(purpose: "talk"),
                Given().and([.opened(.init(child: Testland.child, school: Testland.school))], on: "2021-09-01")) == .noGuardian)
        #expect(
            lack(.groeidocument(parts: ["general", "strategy"], notOlderThan: nil), opened)
                == .fields(["language", "signal", "goal"]))
        #expect(lack(.field("goal"), opened) == .fields(["goal"]))
        #expect(lack(.evidence(kind: "report"), opened) == .evidence("report"))
        #expect(lack(.signature, opened) == .noVersion)
        let written = Given.written()
        #expect(lack(.groeidocument(parts: ["general", "observe", "strategy"], notOlderThan: nil), written) == nil)
        #expect(
            lack(.groeidocument(parts: ["strategy"], notOlderThan: Period(1, .months)), written, on: "2021-10-03")
                == .stale(.of("2021-09-02")))
        #expect(lack(.groeidocument(parts: ["strategy"], notOlderThan: Period(1, .months)), written, on: "2021-10-02") == nil)
    }

    @Test("an answer given on this very form counts")
    func givenNow() {
        #expect(lack(.groeidocument(parts: ["strategy"], notOlderThan: nil), .opened(), also: ["goal": .text("Rust")]) == nil)
    }

    @Test("a part of which nothing was ever written is not fresh")
    func neverWritten() {
        let rules = Testland.plan(fields: Testland.fields.mapValues { $0.asked(required: false) })
        let story = Given.opened(shelf: .of([rules]))
        let need = Need(
            id: "n", kind: .groeidocument(parts: ["strategy"], notOlderThan: Period(1, .years)), why: Localized(nl: "a", en: "a"))
        let day = Day.of("2021-09-06")
        let state = story.dossier.states(of: [need], rules, facts: story.dossier.facts(rules, on: day), on: day).first
        #expect(state?.lack == .fields(["goal", "goal-day"]))
    }

    @Test("a need whose condition does not hold is not there at all")
    func condition() {
        let need = Need(
            id: "n", kind: .evidence(kind: "report"), why: Localized(nl: "a", en: "a"),
            when: Testland.condition("school-type", "so"))
        let rules = PlanRules.invented
        #expect(
            Given.opened().dossier.states(of: [need], rules, facts: Facts(["school-type": .text("sbo")]), on: .of("2021-09-06"))
                .isEmpty)
        #expect(
            Given.opened().dossier.states(of: [need], rules, facts: Facts(["school-type": .text("so")]), on: .of("2021-09-06"))
                .count == 1)
    }
}
