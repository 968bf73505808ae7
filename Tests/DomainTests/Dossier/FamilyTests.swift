import Domain
import TestKit
import Testing

@Suite("The family in a dossier")
struct FamilyTests {
    @Test("a guardian is recorded, changed and ended; saying the same again is nothing")
    func recorded() {
        let aunt = Guardian(id: GuardianID("g-aunt"), name: "Toos Pluis", relation: "stepparent", authority: false)
        var changed = aunt
        changed.authority = true
        let opened = Given.opened()
        let withAunt = opened.when(.recordGuardian(aunt), on: "2021-09-02").then(.guardianRecorded(aunt))
        #expect(withAunt.dossier.guardians.count == 4)
        withAunt.when(.recordGuardian(aunt), on: "2021-09-02").nothing()
        let withAuthority = withAunt.when(.recordGuardian(changed), on: "2021-09-03").then(.guardianRecorded(changed))
        #expect(withAuthority.dossier.guardians.count == 4)
        #expect(withAuthority.dossier.authorities.map(\.id) == ["g-mother", "g-father", "g-aunt"].map { GuardianID($0) })
        let ended = withAuthority.when(.endGuardian(aunt.id), on: "2021-09-04").then(.guardianEnded(.init(guardian: aunt.id)))
        #expect(ended.dossier.guardian(aunt.id) == nil)
        ended.when(.endGuardian(aunt.id), on: "2021-09-04").refused(.unknownGuardian)
    }

    @Test(
        "only who may edit the family does",
        arguments: [Testland.mother, Testland.stepfather, Testland.teacher, Testland.director, Testland.privacyOfficer])
    func notEverybody(_ actor: Actor) {
        Given.opened().when(.endGuardian(Testland.fatherInDossier.id), as: actor, on: "2021-09-02").refused(.notAllowed)
        Given.opened().when(.recordGuardian(Testland.motherInDossier), as: actor, on: "2021-09-02").refused(.notAllowed)
    }

    @Test("one account is one guardian: two words may never come from one person")
    func oneAccountOneGuardian() {
        var father = Testland.fatherInDossier
        father.person = Testland.mother.person
        Given.opened().when(.recordGuardian(father), on: "2021-09-02").refused(.alreadyKnown, field: "guardian-email")
    }

    @Test("nobody makes their own account a guardian's")
    func notOneself() {
        var father = Testland.fatherInDossier
        father.person = Testland.ib.person
        Given.opened().when(.recordGuardian(father), as: Testland.ib, on: "2021-09-02")
            .refused(.samePerson, field: "guardian-email")
    }

    @Test("a colleague who is the child's parent keeps that when something else about them changes")
    func colleagueAsParent() {
        var father = Testland.fatherInDossier
        father.person = Testland.ib.person
        var renamed = father
        renamed.name = "Piet P. Pluis"
        Given.opened().and([.guardianRecorded(father)], on: "2021-09-02")
            .when(.recordGuardian(renamed), as: Testland.ib, on: "2021-09-03").then(.guardianRecorded(renamed))
    }

    @Test("a guardian who ended sees nothing and their word counts no more")
    func ended() {
        let agreed = Given.agreed()
        #expect(agreed.sight(of: Testland.mother, on: "2021-09-04") != nil)
        let ended = agreed.after(.endGuardian(Testland.motherInDossier.id), on: "2021-09-04")
        #expect(ended.sight(of: Testland.mother, on: "2021-09-04") == nil)
        ended.when(Testland.startTalk(), on: "2021-09-06").happens("procedure.started.v1", "version.locked.v1")
        let other = ended.after(.endGuardian(Testland.fatherInDossier.id), on: "2021-09-04")
        other.when(Testland.startTalk(), on: "2021-09-06").refused(.needMissing, field: "need-agreement")
    }
}

@Suite("Agreement of guardians")
struct AgreementTests {
    private func say(
        _ guardian: Guardian, _ word: Agreement.Word, on day: String, way: Agreement.Way = .paper, purpose: String = "talk"
    ) -> DossierCommand {
        .recordAgreement(.init(guardian: guardian.id, purpose: purpose, word: word, way: way, on: .of(day)))
    }

    private func agreement(
        _ guardian: Guardian, _ word: Agreement.Word, _ way: Agreement.Way, on day: String, by actor: Actor
    ) -> DossierEvent {
        .agreementRecorded(
            Agreement(guardian: guardian.id, purpose: "talk", word: word, way: way, on: .of(day), recordedBy: actor.person))
    }

    @Test("a guardian gives it by their own account, and then it is of today, whatever the form says")
    func own() {
        Given.opened().when(say(Testland.motherInDossier, .given, on: "2021-08-30"), as: Testland.mother, on: "2021-09-02")
            .then(agreement(Testland.motherInDossier, .given, .account, on: "2021-09-02", by: Testland.mother))
    }

    @Test("the school records what was said or signed, and never as if by the guardian's account")
    func recorded() {
        Given.opened().when(say(Testland.fatherInDossier, .given, on: "2021-08-30"), on: "2021-09-02")
            .then(agreement(Testland.fatherInDossier, .given, .paper, on: "2021-08-30", by: Testland.ib))
        Given.opened().when(say(Testland.motherInDossier, .refused, on: "2021-08-30", way: .account), on: "2021-09-02")
            .then(agreement(Testland.motherInDossier, .refused, .spoken, on: "2021-08-30", by: Testland.ib))
    }

    @Test("one guardian does not speak for the other")
    func notForTheOther() {
        Given.opened().when(say(Testland.fatherInDossier, .given, on: "2021-09-01"), as: Testland.mother, on: "2021-09-02")
            .refused(.notAllowed)
    }

    @Test("without authority there is nothing to agree to")
    func withoutAuthority() {
        Given.opened().when(say(Testland.stepfatherInDossier, .given, on: "2021-09-01"), on: "2021-09-02")
            .refused(.guardianWithoutAuthority, field: "guardian")
        Given.opened().when(
            say(Testland.stepfatherInDossier, .given, on: "2021-09-01"), as: Testland.stepfather, on: "2021-09-02"
        ).refused(.notAllowed)
    }

    @Test("who is unknown, for what is unknown, and on a day to come are refused")
    func unknown() {
        let nobody = Guardian(id: GuardianID("g-nobody"), name: "N", relation: "mother", authority: true)
        Given.opened().when(say(nobody, .given, on: "2021-09-01"), on: "2021-09-02").refused(.unknownGuardian, field: "guardian")
        Given.opened().when(
            say(Testland.fatherInDossier, .given, on: "2021-09-01", purpose: "party"), on: "2021-09-02"
        ).refused(.unknownPurpose, field: "purpose")
        Given.opened().when(say(Testland.fatherInDossier, .given, on: "2021-09-03"), on: "2021-09-02")
            .refused(.dayInFuture, field: "on")
    }

    @Test("the teacher, who may write, records no agreement")
    func teacher() {
        Given.opened().when(say(Testland.fatherInDossier, .given, on: "2021-09-01"), as: Testland.teacher, on: "2021-09-02")
            .refused(.notAllowed)
    }

    @Test(
        "a talk starts only when every guardian with authority has agreed, and the last word counts",
        arguments: [
            ([.given], true), ([.refused], false), ([.given, .withdrawn], false), ([.given, .refused], false),
            ([.refused, .given], true), ([.given, .withdrawn, .given], true), ([], false),
        ] as [([Agreement.Word], Bool)])
    func everyGuardian(_ words: [Agreement.Word], _ starts: Bool) {
        var story = Given.written().after(say(Testland.fatherInDossier, .given, on: "2021-09-02"), on: "2021-09-02")
        for (index, word) in words.enumerated() {
            story = story.after(
                say(Testland.motherInDossier, word, on: "2021-09-0\(index + 2)"), as: Testland.mother, on: "2021-09-0\(index + 2)"
            )
        }
        let when = story.when(Testland.startTalk(), on: "2021-09-06")
        if starts {
            when.happens("procedure.started.v1", "version.locked.v1")
        } else {
            when.refused(.needMissing, field: "need-agreement")
        }
    }

    // MARK: The child itself

    /// The same child, who is sixteen on 5 September 2021.
    private func sixteen(_ given: Given, on day: String = "2021-09-02") -> Given {
        var child = Testland.child
        child.born = .of("2005-09-05")
        return given.and([.childCorrected(child)], on: day)
    }

    private func itself(
        _ word: Agreement.Word, on day: String, way: Agreement.Way = .spoken, purpose: String = "talk"
    ) -> DossierCommand {
        .recordAgreement(.init(guardian: nil, purpose: purpose, word: word, way: way, on: .of(day)))
    }

    @Test("the school records what the child itself says, from the day on which it decides itself; nobody of the family does")
    func child() {
        let given = sixteen(Given.opened())
        given.when(itself(.given, on: "2021-09-05", way: .account), on: "2021-09-06")
            .then(
                .agreementRecorded(
                    Agreement(
                        guardian: nil, purpose: "talk", word: .given, way: .spoken, on: .of("2021-09-05"),
                        recordedBy: Testland.ib.person)))
        given.when(itself(.given, on: "2021-09-04"), on: "2021-09-06").refused(.childTooYoung, field: "on")
        given.when(itself(.given, on: "2021-09-07"), on: "2021-09-06").refused(.dayInFuture, field: "on")
        for actor in [Testland.mother, Testland.teacher] {
            given.when(itself(.given, on: "2021-09-06"), as: actor, on: "2021-09-06").refused(.notAllowed)
        }
        let coordinator = Actor(person: Testland.mother.person, functions: Testland.ib.functions)
        given.when(itself(.given, on: "2021-09-06"), as: coordinator, on: "2021-09-06").refused(.notAllowed)
        Given.opened().when(itself(.given, on: "2021-09-06"), on: "2021-09-06").refused(.childTooYoung, field: "on")
        let none = sixteen(Given.opened(shelf: .of([Testland.plan(rights: nil)])))
        none.when(itself(.given, on: "2021-09-06"), on: "2021-09-06").refused(.childTooYoung, field: "on")
    }

    @Test(
        "a new yes of the parents counts only with the child's own",
        arguments: [
            ([], false), ([.given], true), ([.refused], false), ([.given, .withdrawn], false), ([.refused, .given], true),
        ] as [([Agreement.Word], Bool)])
    func besideChild(_ words: [Agreement.Word], _ starts: Bool) {
        var story = sixteen(Given.written())
        for guardian in [Testland.motherInDossier, Testland.fatherInDossier] {
            // Said twice it is no older for it.
            for _ in 1...2 { story = story.after(say(guardian, .given, on: "2021-09-05"), on: "2021-09-06") }
        }
        for word in words { story = story.after(itself(word, on: "2021-09-06"), on: "2021-09-06") }
        let when = story.when(Testland.startTalk(), on: "2021-09-07")
        if starts {
            when.happens("procedure.started.v1", "version.locked.v1")
        } else {
            when.refused(.needMissing, field: "need-agreement")
        }
    }

    @Test("the child's yes is none for the parents")
    func childAlone() {
        sixteen(Given.written()).after(itself(.given, on: "2021-09-06"), on: "2021-09-06")
            .when(Testland.startTalk(), on: "2021-09-07").refused(.needMissing, field: "need-agreement")
    }

    @Test("what the parents agreed to before goes on counting, said again too, until the child says no")
    func before() {
        var story = sixteen(Given.agreed(), on: "2021-09-04")
        story = story.after(say(Testland.fatherInDossier, .given, on: "2021-09-06"), on: "2021-09-06")
        story.when(Testland.startTalk(), on: "2021-09-07").happens("procedure.started.v1", "version.locked.v1")
        story.after(itself(.refused, on: "2021-09-06"), on: "2021-09-06")
            .when(Testland.startTalk(), on: "2021-09-07").refused(.needMissing, field: "need-agreement")
        // A yes that was taken back and given again is a new one.
        story.after(say(Testland.fatherInDossier, .withdrawn, on: "2021-09-06"), on: "2021-09-06")
            .after(say(Testland.fatherInDossier, .given, on: "2021-09-07"), on: "2021-09-07")
            .when(Testland.startTalk(), on: "2021-09-07").refused(.needMissing, field: "need-agreement")
    }

    @Test("the child's no closes what somebody from outside read, the same minute")
    func childCloses() {
        let story = sixteen(Given.askedIn(), on: "2021-09-07")
        #expect(story.dossier.askedIn.first?.closed == nil)
        let closed = story.after(itself(.refused, on: "2021-09-07", purpose: "share"), on: "2021-09-07")
        #expect(closed.dossier.askedIn.first?.closed?.why == .agreementGone)
        #expect(closed.dossier.standing(on: "share").state == .refused)
        #expect(closed.dossier.standing(on: "share").childRefuses)
    }

    @Test("agreement to one thing is none to another")
    func otherPurpose() {
        let story = Given.written()
            .after(say(Testland.fatherInDossier, .given, on: "2021-09-02"), on: "2021-09-02")
            .after(say(Testland.motherInDossier, .given, on: "2021-09-02", purpose: "share"), on: "2021-09-02")
        story.when(Testland.startTalk(), on: "2021-09-06").refused(.needMissing, field: "need-agreement")
    }

    @Test("paper from before does not undo a word given since")
    func olderPaper() {
        let withdrawn = Given.agreed()
            .after(say(Testland.motherInDossier, .withdrawn, on: "2021-09-04"), as: Testland.mother, on: "2021-09-04")
        let recorded = withdrawn.after(say(Testland.motherInDossier, .given, on: "2021-09-02"), on: "2021-09-05")
        #expect(recorded.dossier.agreement(of: Testland.motherInDossier.id, on: "talk")?.word == .withdrawn)
        recorded.when(Testland.startTalk(), on: "2021-09-06").refused(.needMissing, field: "need-agreement")
    }

    @Test("saying the same again on the same day is nothing")
    func again() {
        let story = Given.opened().after(say(Testland.fatherInDossier, .given, on: "2021-09-01"), on: "2021-09-02")
        story.when(say(Testland.fatherInDossier, .given, on: "2021-09-01"), on: "2021-09-02").nothing()
        let changed = story.after(say(Testland.fatherInDossier, .refused, on: "2021-09-01"), on: "2021-09-02")
        #expect(changed.dossier.agreement(of: Testland.fatherInDossier.id, on: "talk")?.word == .refused)
        changed.when(say(Testland.fatherInDossier, .given, on: "2021-09-01"), on: "2021-09-02").happens("agreement.recorded.v1")
    }

    @Test("authority that ends takes the need for agreement along, and authority that comes brings it")
    func authorityChanges() {
        let motherOnly = Given.written().after(
            say(Testland.motherInDossier, .given, on: "2021-09-02"), as: Testland.mother, on: "2021-09-02")
        motherOnly.when(Testland.startTalk(), on: "2021-09-06").refused(.needMissing, field: "need-agreement")
        var father = Testland.fatherInDossier
        father.authority = false
        let alone = motherOnly.after(.recordGuardian(father), on: "2021-09-03")
        alone.when(Testland.startTalk(), on: "2021-09-06").happens("procedure.started.v1", "version.locked.v1")
        var stepfather = Testland.stepfatherInDossier
        stepfather.authority = true
        alone.after(.recordGuardian(stepfather), on: "2021-09-03").when(Testland.startTalk(), on: "2021-09-06")
            .refused(.needMissing, field: "need-agreement")
    }
}
