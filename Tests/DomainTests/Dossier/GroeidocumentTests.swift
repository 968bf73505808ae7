import Domain
import TestKit
import Testing

@Suite("Writing the groeidocument")
struct GroeidocumentTests {
    private func write(_ part: String, _ answers: Answers, basedOn: [String: Int] = [:]) -> DossierCommand {
        .write(.init(part: part, answers: answers, basedOn: basedOn))
    }

    @Test("what changed is written, and only that")
    func changes() {
        let story = Given.opened().after(write("general", ["language": .text("Fries")]), on: "2021-09-02")
        let revision = story.dossier.known["language"]?.revision ?? 0
        #expect(revision == story.dossier.version)
        story.when(
            write("general", ["language": .text("Fries"), "signal": .text("Moe")], basedOn: ["language": revision]),
            on: "2021-09-02"
        ).then(.answersWritten(.init(part: "general", answers: ["signal": .text("Moe")])))
    }

    @Test(
        "nothing changed is no event",
        arguments: [
            ["language": .text("Fries")], ["signal": .text("")], ["signal": .text("  ")], ["signal": .list([])], [:],
            ["language": .list(["Fries"])],
        ] as [Answers])
    func nothing(_ answers: Answers) {
        let story = Given.opened().after(write("general", ["language": .text("Fries")]), on: "2021-09-02")
        story.when(write("general", answers), on: "2021-09-02").nothing()
    }

    @Test("a field can be emptied again, once")
    func emptied() {
        let story = Given.opened().after(write("general", ["signal": .text("Moe")]), on: "2021-09-02")
        let revision = story.dossier.known["signal"]?.revision ?? 0
        let emptied = story.when(write("general", ["signal": .text("")], basedOn: ["signal": revision]), on: "2021-09-02")
            .then(.answersWritten(.init(part: "general", answers: ["signal": .text("")])))
        emptied.when(write("general", ["signal": .list([])]), on: "2021-09-02").nothing()
    }

    @Test("two people in one part: only the field that both changed is refused, field by field")
    func conflict() {
        let before = Given.opened().after(
            write("general", ["language": .text("Fries"), "signal": .text("Moe")]), on: "2021-09-02")
        let revision = before.dossier.known["signal"]?.revision ?? 0
        let basedOn = ["language": revision, "signal": revision]
        let teacherWrote = before.after(
            write("general", ["signal": .text("Heel moe")], basedOn: basedOn), as: Testland.teacher, on: "2021-09-03")
        teacherWrote.when(
            write("general", ["language": .text("Nederlands"), "signal": .text("Erg moe")], basedOn: basedOn), on: "2021-09-03"
        ).refused(.fieldChangedMeanwhile, field: "signal")
        teacherWrote.when(write("general", ["language": .text("Nederlands")], basedOn: basedOn), on: "2021-09-03")
            .happens("answers.written.v1")
        // Both typed the same: nobody loses anything.
        teacherWrote.when(write("general", ["signal": .text("Heel moe")], basedOn: basedOn), on: "2021-09-03").nothing()
    }

    @Test("a field that was empty when read and is not any more is refused as well")
    func firstWords() {
        let story = Given.opened().after(write("general", ["signal": .text("Moe")]), on: "2021-09-02")
        story.when(write("general", ["signal": .text("Druk")]), as: Testland.teacher, on: "2021-09-02")
            .refused(.fieldChangedMeanwhile, field: "signal")
    }

    @Test("the family writes in its own voices, the parents' and the child's, and in no other")
    func familyVoices() {
        let story = Given.opened()
        story.when(
            write("observe", ["parents-view": .text("Slaapt slecht"), "child-view": .text("Druk")]), as: Testland.mother,
            on: "2021-09-02"
        ).happens("answers.written.v1")
        story.when(
            write("observe", ["parents-view": .text("Slaapt slecht"), "strengths": .text("Lief")]), as: Testland.mother,
            on: "2021-09-02"
        ).refused(.notYourVoice, field: "strengths")
        story.when(write("general", ["signal": .text("x")]), as: Testland.mother, on: "2021-09-02")
            .refused(.notYourVoice, field: "signal")
    }

    @Test("sending along what others wrote, unchanged, is no offence of a parent")
    func unchangedOthers() {
        let story = Given.opened().after(write("observe", ["strengths": .text("Lief")]), on: "2021-09-02")
        story.when(
            write("observe", ["strengths": .text("Lief"), "parents-view": .text("Ja")]), as: Testland.mother, on: "2021-09-02"
        ).then(.answersWritten(.init(part: "observe", answers: ["parents-view": .text("Ja")])))
    }

    @Test("together with the teacher: the school writes down what parents and child say")
    func together() {
        Given.opened().when(
            write("observe", ["parents-view": .text("Slaapt slecht"), "child-view": .text("Druk")]), as: Testland.teacher,
            on: "2021-09-02"
        ).happens("answers.written.v1")
    }

    @Test("who may not write does not", arguments: [Testland.director, Testland.stepfather, Testland.privacyOfficer])
    func mayNot(_ actor: Actor) {
        Given.opened().when(write("general", ["signal": .text("x")]), as: actor, on: "2021-09-02").refused(.notAllowed)
    }

    @Test("a field of another part, or of none, is unknown here")
    func unknownField() {
        let story = Given.opened()
        story.when(write("general", ["goal": .text("x"), "bsn": .text("1")]), on: "2021-09-02")
            .refused([(.unknownField, "bsn"), (.unknownField, "goal")])
        story.when(write("planets", ["goal": .text("x")]), on: "2021-09-02").refused(.unknownField)
    }

    @Test("an answer must be of the kind that is asked")
    func kinds() {
        Given.opened().when(
            write("strategy", ["goal": .text(String(repeating: "x", count: 20_001)), "goal-day": .text("morgen")]),
            on: "2021-09-02"
        ).refused([(.tooLong, "goal"), (.notADay, "goal-day")])
        Given.opened().when(write("observe", ["helps": .list(["rest", "noise"])]), on: "2021-09-02")
            .refused(.notAnOption, field: "helps")
        Given.opened().when(write("observe", ["helps": .list(["rest", "contact"])]), on: "2021-09-02")
            .happens("answers.written.v1")
    }

    @Test("a person named in the groeidocument must exist there as well")
    func person() {
        var fields = Testland.plan().fields
        fields["signal"] = Field(
            id: "signal", title: Localized(nl: "Wie?", en: "Who?"), kind: .person(function: "teacher", disciplines: []))
        let story = Given.opened(shelf: .of([Testland.plan(fields: fields)]))
        story.when(write("general", ["signal": .text("p-nobody")]), on: "2021-09-02").refused(.unknownPerson, field: "signal")
        story.when(write("general", ["signal": .text("p-teacher")]), on: "2021-09-02").happens("answers.written.v1")
    }

    @Test("writing at one sitting is one line of history, another day or another person a new one")
    func history() {
        let one = Given.opened().after(write("general", ["signal": .text("a")]), on: "2021-09-02")
        let revision = one.dossier.known["signal"]?.revision ?? 0
        let two = one.after(write("general", ["signal": .text("b")], basedOn: ["signal": revision]), on: "2021-09-02")
        #expect(two.dossier.history.count == one.dossier.history.count)
        #expect(two.dossier.history.last?.version == two.dossier.version)
        let three = two.after(write("general", ["language": .text("b")]), on: "2021-09-03")
        #expect(three.dossier.history.count == two.dossier.history.count + 1)
        let four = three.after(write("observe", ["strengths": .text("b")]), on: "2021-09-03")
        #expect(four.dossier.history.count == three.dossier.history.count + 1)
        let five = four.after(
            write("observe", ["child-view": .text("b")]), as: Testland.teacher, on: "2021-09-03")
        #expect(five.dossier.history.count == four.dossier.history.count + 1)
    }
}

@Suite("Locking and signing")
struct VersionTests {
    private func sign(
        _ number: Int, _ guardian: Guardian?, way: Agreement.Way = .paper, on day: String = "2021-09-05"
    ) -> DossierCommand {
        .signVersion(.init(number: number, guardian: guardian?.id, way: way, on: .of(day)))
    }

    private var locked: Given { Given.written().after(.lockVersion, on: "2021-09-04") }

    @Test("a version holds the groeidocument as it is shared, numbered from one")
    func locks() {
        let story = locked
        #expect(story.dossier.versions.map(\.number) == [1])
        #expect(story.dossier.versions.first?.reason == "hand")
        #expect(story.dossier.versions.first?.answers["goal"] == .text("Uitgerust naar school."))
        story.when(.lockVersion, on: "2021-09-05").refused(.nothingToLock)
    }

    @Test("an empty groeidocument is no version")
    func empty() {
        Given.opened().when(.lockVersion, on: "2021-09-04").refused(.nothingToLock)
    }

    @Test("locking is not writing: who may only write does not lock", arguments: [Testland.teacher, Testland.mother])
    func mayNotLock(_ actor: Actor) {
        Given.written().when(.lockVersion, as: actor, on: "2021-09-04").refused(.notAllowed)
    }

    @Test("what was said in a procedure is not in the version that the family signs")
    func onlyTheGroeidocument() {
        let story = Given.advised()
        let answers = story.dossier.versions.last?.answers ?? [:]
        #expect(answers["goal"] != nil)
        #expect(answers["minutes"] == nil)
        #expect(answers["school-type"] == nil)
        story.when(.lockVersion, on: "2021-10-13").refused(.nothingToLock)
    }

    @Test("starting a route that shares it locks it, unless nothing changed since")
    func lockedByStarting() {
        let talking = Given.agreed().when(Testland.startTalk(), on: "2021-09-06")
            .happens("procedure.started.v1", "version.locked.v1")
        #expect(talking.dossier.versions.map(\.reason) == ["procedure:talk"])
        Given.agreed().after(.lockVersion, on: "2021-09-05").when(Testland.startTalk(), on: "2021-09-06")
            .happens("procedure.started.v1")
    }

    @Test("writing goes on after locking; the version stays as it was")
    func writingGoesOn() {
        let story = locked
        let revision = story.dossier.known["goal"]?.revision ?? 0
        let after = story.after(
            .write(.init(part: "strategy", answers: ["goal": .text("Anders")], basedOn: ["goal": revision])), on: "2021-09-06"
        ).after(.lockVersion, on: "2021-09-06")
        #expect(after.dossier.versions.map { $0.answers["goal"]?.text } == ["Uitgerust naar school.", "Anders"])
    }

    @Test("signing is apart from locking: by account, or on paper recorded by the school")
    func signs() {
        locked.when(sign(1, Testland.motherInDossier, way: .paper, on: "2021-09-04"), as: Testland.mother, on: "2021-09-05").then(
            .versionSigned(
                Signature(
                    version: 1, guardian: Testland.motherInDossier.id, way: .account, on: .of("2021-09-05"),
                    recordedBy: Testland.mother.person)))
        locked.when(sign(1, Testland.fatherInDossier, way: .account), on: "2021-09-05").then(
            .versionSigned(
                Signature(
                    version: 1, guardian: Testland.fatherInDossier.id, way: .paper, on: .of("2021-09-05"),
                    recordedBy: Testland.ib.person)))
    }

    @Test("the school signs for itself only")
    func school() {
        locked.when(sign(1, nil), on: "2021-09-05").happens("version.signed.v1")
        locked.when(sign(1, nil), as: Testland.mother, on: "2021-09-05").refused(.notAllowed)
        locked.when(sign(1, Testland.fatherInDossier), as: Testland.mother, on: "2021-09-05").refused(.notAllowed)
    }

    @Test("a version that is not there, a guardian that is not, a day to come or before the version are refused")
    func refused() {
        locked.when(sign(2, nil), on: "2021-09-05").refused(.unknownVersion)
        locked.when(sign(0, nil), on: "2021-09-05").refused(.unknownVersion)
        let nobody = Guardian(id: GuardianID("g-nobody"), name: "N", relation: "mother", authority: true)
        locked.when(sign(1, nobody), on: "2021-09-05").refused(.unknownGuardian, field: "guardian")
        locked.when(sign(1, Testland.fatherInDossier, on: "2021-09-06"), on: "2021-09-05").refused(.dayInFuture, field: "on")
        locked.when(sign(1, Testland.fatherInDossier, on: "2021-09-03"), on: "2021-09-05").refused(.beforeEarliest, field: "on")
    }

    @Test("one signature each is enough")
    func again() {
        let signed = locked.after(sign(1, Testland.fatherInDossier), on: "2021-09-05")
        signed.when(sign(1, Testland.fatherInDossier), on: "2021-09-06").nothing()
        #expect(signed.dossier.versions.first?.signatures.count == 1)
    }
}
