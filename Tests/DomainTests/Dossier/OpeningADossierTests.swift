import Domain
import Foundation
import TestKit
import Testing

@Suite("Opening a dossier")
struct OpeningADossierTests {
    private func open(
        _ child: Child = Testland.child, at school: OrganisationID = Testland.school, guardians: [Guardian] = [],
        named: [NamedPerson] = []
    ) -> DossierCommand {
        .open(.init(child: child, school: school, guardians: guardians, named: named))
    }

    @Test("the school's own people open it, with the guardians and the teacher at once")
    func opens() {
        Given().when(Testland.open, as: Testland.ib, on: "2021-09-01").then(
            .opened(.init(child: Testland.child, school: Testland.school)),
            .guardianRecorded(Testland.motherInDossier), .guardianRecorded(Testland.fatherInDossier),
            .guardianRecorded(Testland.stepfatherInDossier),
            .personNamed(NamedPerson(person: Testland.teacher.person, function: "teacher")))
    }

    @Test(
        "nobody opens one whose function does not say so, or who holds it at another school",
        arguments: [
            Testland.teacher, Testland.otherIB, Testland.adviser, Testland.secretary, Testland.mother,
            Testland.administrator, Testland.stranger, Actor.program,
        ])
    func mayNot(_ actor: Actor) {
        Given().when(open(), as: actor, on: "2021-09-01").refused(.notAllowed)
    }

    @Test("the head teacher of the school may too")
    func headTeacher() {
        Given().when(open(), as: Testland.director, on: "2021-09-01").happens("dossier.opened.v1")
    }

    @Test("a dossier is of a school: a function of the partnership opens none at the partnership")
    func notAtPartnership() {
        let functions = Testland.plan().functions.map { rule in
            FunctionRule(
                id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place, sight: rule.sight,
                reads: rule.reads, may: rule.id == "secretary" ? [.openDossier] : rule.may, disciplines: rule.disciplines,
                source: rule.source)
        }
        Given(shelf: .of([Testland.plan(functions: functions)]))
            .when(open(at: .partnership), as: Testland.secretary, on: "2021-09-01").refused(.notAllowed)
    }

    @Test("a function that ended yesterday opens nothing today")
    func endedFunction() {
        let was = Actor(
            person: PersonID("p-was"),
            functions: [
                HeldFunction(
                    function: "ib", organisation: Testland.school, from: .of("2019-08-01"), until: .of("2021-08-31"))
            ])
        Given().when(open(), as: was, on: "2021-09-01").refused(.notAllowed)
        Given().when(open(), as: was, on: "2021-08-31").happens("dossier.opened.v1")
    }

    @Test(
        "the plan's ages are whole years on the day itself, both included",
        arguments: [
            ("2018-09-01", nil), ("2018-09-02", Refusal.Code.tooYoung), ("2006-09-02", nil), ("2006-09-01", .tooOld),
            ("2021-09-02", .dayInFuture), ("2021-09-01", .tooYoung),
        ] as [(String, Refusal.Code?)])
    func ages(_ born: String, _ expected: Refusal.Code?) {
        var child = Testland.child
        child.born = .of(born)
        let when = Given().when(open(child), on: "2021-09-01")
        if let expected { when.refused(expected, field: "born") } else { when.happens("dossier.opened.v1") }
    }

    @Test("a child born on 29 February is a year older on the last of February in other years")
    func leapDay() {
        let child = Child(givenName: "Lot", familyName: "Schrik", born: .of("2016-02-29"), group: "1")
        #expect(child.age(on: .of("2019-02-27")) == 2)
        #expect(child.age(on: .of("2019-02-28")) == 3)
        #expect(child.age(on: .of("2020-02-28")) == 3)
        #expect(child.age(on: .of("2020-02-29")) == 4)
    }

    @Test("all that is wrong is said at once, beside its field")
    func everythingAtOnce() {
        let child = Child(givenName: " ", familyName: String(repeating: "x", count: 501), born: .of("2000-01-01"), group: "9")
        let nameless = Guardian(id: GuardianID("g-1"), name: "", relation: "aunt", authority: true, email: "nobody")
        Given().when(open(child, guardians: [nameless, Testland.fatherInDossier]), on: "2021-09-01").refused([
            (.required, "given-name"), (.tooLong, "family-name"), (.tooOld, "born"), (.unknownGroup, "group"),
            (.required, "guardian-name-1"), (.guardianNeedsRelation, "guardian-relation-1"), (.notAnEmail, "guardian-email-1"),
        ])
    }

    @Test("a guardian's name is not longer than any other")
    func longGuardianName() {
        let long = Guardian(
            id: GuardianID("g-1"), name: String(repeating: "x", count: 501), relation: "mother", authority: true)
        Given().when(open(guardians: [long]), on: "2021-09-01").refused(.tooLong, field: "guardian-name")
    }

    @Test("a text is measured by what it costs: one letter with a thousand accents is too long")
    func accents() {
        var child = Testland.child
        child.givenName = "e" + String(repeating: "\u{301}", count: 1000)
        Given().when(open(child), on: "2021-09-01").refused(.tooLong, field: "given-name")
    }

    @Test("two guardians under one key would be one: refused")
    func doubleGuardian() {
        Given().when(open(guardians: [Testland.motherInDossier, Testland.motherInDossier]), on: "2021-09-01")
            .refused(.alreadyKnown, field: "guardian-name-2")
    }

    @Test("who is named must hold that function at this school")
    func named() {
        Given().when(
            open(named: [NamedPerson(person: Testland.otherIB.person, function: "ib")]), on: "2021-09-01"
        ).refused(.unknownPerson, field: "ib")
        Given().when(
            open(named: [NamedPerson(person: PersonID("p-nobody"), function: "teacher")]), on: "2021-09-01"
        ).refused(.unknownPerson, field: "teacher")
    }

    @Test("a second click opens nothing again, another child under the same key is refused")
    func twice() {
        let opened = Given.opened()
        opened.when(Testland.open, on: "2021-09-01").nothing()
        var other = Testland.child
        other.givenName = "Jet"
        opened.when(open(other), on: "2021-09-01").refused(.alreadyOpened)
        opened.when(open(at: Testland.otherSchool), as: Testland.otherIB, on: "2021-09-01").refused(.alreadyOpened)
    }

    @Test("nothing happens in a dossier that was not opened, and it looks the same as one that is not yours")
    func notOpened() {
        Given().when(.lockVersion, as: Testland.ib, on: "2021-09-01").refused(.notOpened)
        Given.opened().when(.lockVersion, as: Testland.otherIB, on: "2021-09-01").refused(.notOpened)
    }

    @Test("a child is stored by name, day of birth and group: there is no place for a citizen service number")
    func noCitizenServiceNumber() throws {
        let payload = try DossierEvent.opened(.init(child: Testland.child, school: Testland.school)).payload()
        let stored = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
        #expect(Set(stored.keys) == ["child", "school"])
        let child = try #require(stored["child"] as? [String: Any])
        #expect(Set(child.keys) == ["givenName", "familyName", "born", "group"])
    }

    @Test("a name corrected later asks nothing of an age that has passed meanwhile or a group that the plan dropped")
    func correctedLater() {
        let opened = Given.opened()
        var child = Testland.child
        child.givenName = "Pim Jan"
        opened.when(.correctChild(child), on: "2031-09-01").then(.childCorrected(child))
        child.born = .of("2000-03-10")
        opened.when(.correctChild(child), on: "2021-10-01").refused(.tooOld, field: "born")
        child = Testland.child
        child.group = "klas 4"
        opened.when(.correctChild(child), on: "2021-10-01").refused(.unknownGroup, field: "group")
    }

    @Test("a day of birth corrected years later is held against the age at the opening")
    func bornCorrectedLater() {
        var child = Testland.child
        child.born = .of("2014-03-11")
        Given.opened().when(.correctChild(child), on: "2031-09-01").then(.childCorrected(child))
    }

    @Test("correcting into the same is nothing, and not for everybody")
    func correctedSame() {
        Given.opened().when(.correctChild(Testland.child), on: "2021-09-02").nothing()
        Given.opened().when(.correctChild(Testland.child), as: Testland.mother, on: "2021-09-02").refused(.notAllowed)
        Given.opened().when(.correctChild(Testland.child), as: Testland.teacher, on: "2021-09-02").refused(.notAllowed)
    }
}
