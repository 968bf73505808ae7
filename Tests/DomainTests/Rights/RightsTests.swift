import Domain
import TestKit
import Testing

@Suite("What a family asks with its rights")
struct RightsTests {
    private static let id = RightsRequestID("r-1")

    private static func asked(
        _ right: Right = .correction, about subject: RightsRequest.Subject = .part("general"), on day: String = "2021-09-06"
    ) -> Given {
        Given.written().after(Testland.asks(right, about: subject), as: Testland.mother, on: day)
    }

    private static func request(_ given: Given) -> RightsRequest? { given.dossier.request(id) }

    private static var fatherWithAccount: Guardian {
        var father = Testland.fatherInDossier
        father.person = Testland.father.person
        return father
    }

    private static func child(born: String) -> Given {
        var child = Testland.child
        child.born = .of(born)
        return Given.opened().and([.childCorrected(child)], on: "2021-09-02")
    }

    // MARK: The clock

    @Test(
        "is answered within a month: on the same date, or on the next working day",
        arguments: [
            ("2021-09-06", "2021-10-06"),
            // A Saturday.
            ("2021-09-09", "2021-10-11"),
            // The last of the month, and a Sunday.
            ("2021-12-31", "2022-01-31"), ("2022-01-31", "2022-02-28"),
            // Christmas and the weekend after it.
            ("2021-11-25", "2021-12-27"),
        ])
    func due(_ day: String, _ due: String) {
        #expect(Self.request(Self.asked(on: day))?.due == .of(due))
    }

    @Test("takes two months more when that is said within the first month, once, with a reason")
    func prolong() {
        let given = Self.asked()
        let prolong = DossierCommand.rights(.prolong(Self.id, reason: "Er is heel veel uit te zoeken."))
        given.when(.rights(.prolong(Self.id, reason: " ")), as: Testland.privacyOfficer, on: "2021-09-20")
            .refused(.required, field: "reason")
        given.when(prolong, as: Testland.ib, on: "2021-09-20").refused(.notAllowed)
        given.when(prolong, as: Testland.mother, on: "2021-09-20").refused(.notAllowed)
        // The last day of the month is in time, the next is not.
        given.when(prolong, as: Testland.privacyOfficer, on: "2021-10-06").happens("rights.prolonged.v1")
        given.when(prolong, as: Testland.privacyOfficer, on: "2021-10-07").refused(.tooLateToProlong)
        let longer = given.after(prolong, as: Testland.privacyOfficer, on: "2021-09-20")
        #expect(Self.request(longer)?.due == .of("2021-12-06"))
        longer.when(prolong, as: Testland.privacyOfficer, on: "2021-09-21").refused(.tooLateToProlong)
    }

    // MARK: Who asks

    @Test("is asked by a guardian with authority alone, in own words, about something that is there")
    func asks() {
        let given = Given.written()
        for actor in [Testland.ib, Testland.privacyOfficer] {
            #expect(throws: Refused.self) { try given.when(Testland.asks(), as: actor, on: "2021-09-06").result.get() }
        }
        given.when(Testland.asks(), as: Testland.stranger, on: "2021-09-06").refused(.notOpened)
        given.when(Testland.asks(words: " \n"), as: Testland.mother, on: "2021-09-06").refused(.required, field: "words")
        given.when(Testland.asks(about: .part("nothing")), as: Testland.mother, on: "2021-09-06")
            .refused(.notAnOption, field: "subject")
        given.when(Testland.asks(about: .document(DocumentID("none"))), as: Testland.mother, on: "2021-09-06")
            .refused(.notAnOption, field: "subject")
        let asked = Self.asked()
        asked.when(Testland.asks(), as: Testland.mother, on: "2021-09-06").nothing()
        asked.when(Testland.asks(id: "r-2"), as: Testland.mother, on: "2021-09-06").refused(.alreadyRunning, field: "right")
        asked.when(Testland.asks(.copy, id: "r-2"), as: Testland.mother, on: "2021-09-06").happens("rights.asked.v1")
        let none = Given.written(shelf: .of([Testland.plan(rights: nil)]))
        none.when(Testland.asks(), as: Testland.mother, on: "2021-09-06").refused(.notArranged)
    }

    @Test("is not asked by a guardian without authority, who is told how things are by another article")
    func withoutAuthority() {
        let other = Actor(person: PersonID("p-stepparent"))
        let given = Given.written().and(
            [
                .guardianRecorded(
                    Guardian(
                        id: GuardianID("g-9"), name: "Stef", relation: "stepparent", authority: false, person: other.person))
            ], on: "2021-09-03")
        given.when(Testland.asks(about: .all), as: other, on: "2021-09-06").refused(.guardianWithoutAuthority)
        #expect(given.dossier.rightsStanding(of: other.person, .invented, on: .of("2021-09-06")) == .information)
    }

    @Test(
        "from twelve the child is heard, and from sixteen it asks itself",
        arguments: [
            ("2009-09-07", RightsStanding.guardian), ("2009-09-06", .childHeard), ("2005-09-07", .childHeard),
            ("2005-09-06", .childItself),
        ])
    func ages(_ born: String, _ standing: RightsStanding) {
        let given = Self.child(born: born)
        #expect(given.dossier.rightsStanding(of: Testland.mother.person, .invented, on: .of("2021-09-06")) == standing)
        func ask(view: String = "", itself: Bool = false) -> When {
            given.when(
                .rights(
                    .ask(.init(id: Self.id, right: .copy, subject: .all, words: "Graag.", childView: view, childAsks: itself))),
                as: Testland.mother, on: "2021-09-06")
        }
        switch standing {
        case .guardian:
            ask().happens("rights.asked.v1")
            // What it says all the same is kept.
            let said = given.after(
                .rights(.ask(.init(id: Self.id, right: .copy, subject: .all, words: "Graag.", childView: "Ik wil het ook."))),
                as: Testland.mother, on: "2021-09-06")
            #expect(said.dossier.request(Self.id)?.asked.childView == "Ik wil het ook.")
        case .childHeard:
            ask().refused(.required, field: "child-view")
            ask(view: "Ik wil het ook.").happens("rights.asked.v1")
        default:
            ask(view: "Ik wil het ook.").refused(.childAsksItself, field: "child-asks")
            ask(itself: true).happens("rights.asked.v1")
        }
    }

    // MARK: In a letter, or said aloud

    @Test("is written down for a guardian by whoever may record agreements, as a letter or as it was said")
    func recorded() {
        let given = Given.written()
        given.when(Testland.records(way: .spoken), as: Testland.ib, on: "2021-09-08").happens("rights.asked.v1")
        for actor in [Testland.director, Testland.privacyOfficer] {
            #expect(throws: Refused.self) { try given.when(Testland.records(), as: actor, on: "2021-09-08").result.get() }
        }
        for actor in [Testland.mother, Testland.teacher] {
            given.when(Testland.records(), as: actor, on: "2021-09-08").refused(.notAllowed)
        }
        let unknown = Guardian(id: GuardianID("g-none"), name: "Niemand", relation: "mother", authority: true)
        given.when(Testland.records(of: unknown), as: Testland.ib, on: "2021-09-08")
            .refused(.unknownGuardian, field: "guardian")
        given.when(Testland.records(way: .account), as: Testland.ib, on: "2021-09-08").refused(.notAnOption, field: "way")
        let recorded = given.after(Testland.records(), as: Testland.ib, on: "2021-09-08")
        recorded.when(Testland.records(), as: Testland.ib, on: "2021-09-08").nothing()
        recorded.when(Testland.asks(id: "r-2"), as: Testland.mother, on: "2021-09-09").refused(.alreadyRunning, field: "right")
        recorded.when(Testland.records(id: "r-2", of: Testland.fatherInDossier), as: Testland.ib, on: "2021-09-09")
            .happens("rights.asked.v1")
    }

    @Test("is not written down by somebody of the family for another parent, nor for one without authority")
    func recordedForOthers() {
        let coordinator = Actor(person: Testland.father.person, functions: Testland.ib.functions)
        Given.written().and([.guardianRecorded(Self.fatherWithAccount)], on: "2021-09-03")
            .when(Testland.records(), as: coordinator, on: "2021-09-08").refused(.notAllowed)
        Given.written()
            .when(Testland.records(about: .all, of: Testland.stepfatherInDossier), as: Testland.ib, on: "2021-09-08")
            .refused(.guardianWithoutAuthority, field: "guardian")
    }

    @Test("counts its month from the day on which the letter came in, which lies between the opening and today")
    func receivedDay() {
        let given = Given.written()
        let opened = given.dossier.opened ?? .of("2021-09-01")
        given.when(Testland.records(on: "2021-09-21"), as: Testland.ib, on: "2021-09-20")
            .refused(.dayInFuture, field: "received")
        given.when(Testland.records(on: opened.adding(days: -1).description), as: Testland.ib, on: "2021-09-20")
            .refused(.beforeOpened, field: "received")
        given.when(Testland.records(on: opened.description), as: Testland.ib, on: "2021-09-20").happens("rights.asked.v1")
        let lying = given.after(Testland.records(on: "2021-09-06"), as: Testland.ib, on: "2021-10-20")
        #expect(Self.request(lying)?.due == .of("2021-10-06"))
        #expect(Self.request(lying)?.on == .of("2021-09-06"))
        // What lay too long is late at once, and more time cannot be taken any more.
        lying.when(
            .rights(.prolong(Self.id, reason: "Wij vonden de brief nu pas.")), as: Testland.privacyOfficer, on: "2021-10-20"
        )
        .refused(.tooLateToProlong)
        let longer = given.after(Testland.records(on: "2021-09-06"), as: Testland.ib, on: "2021-09-20")
            .after(.rights(.prolong(Self.id, reason: "Het is veel.")), as: Testland.privacyOfficer, on: "2021-09-21")
        #expect(Self.request(longer)?.due == .of("2021-12-06"))
    }

    @Test("asks what the age of the child asks on the day on which it came in")
    func recordedAge() {
        let given = Self.child(born: "2005-09-07")
        // The day before it is sixteen the child is heard; from its birthday on it asks itself.
        given.when(Testland.records(.copy, about: .all, on: "2021-09-06"), as: Testland.ib, on: "2021-09-20")
            .refused(.required, field: "child-view")
        given.when(Testland.records(.copy, about: .all, on: "2021-09-07"), as: Testland.ib, on: "2021-09-20")
            .refused(.childAsksItself, field: "child-asks")
    }

    @Test(
        "is the guardian's own once there is an account, and nobody's before; who wrote it down handles it only where the guardian hears of it"
    )
    func whose() {
        let withoutAccount = Testland.fatherInDossier
        let given = Given.written().after(
            Testland.records(.copy, about: .all, of: withoutAccount), as: Testland.ib, on: "2021-09-08")
        let request = Self.request(given)
        #expect(request?.recordedBy == Testland.ib.person)
        #expect(request.map(given.dossier.asker) == .some(nil))
        #expect(request.map(given.dossier.isAnsweredOnPaper) == true)
        #expect(request.map(given.dossier.stillHasAuthority) == true)
        let add = DossierCommand.rights(.add(.init(id: Self.id, words: "En dit.")))
        for actor in [Testland.ib, Testland.mother] { given.when(add, as: actor, on: "2021-09-09").refused(.notOpened) }
        given.when(Testland.answers(.granted, copy: Testland.copy), as: Testland.privacyOfficer, on: "2021-09-09")
            .happens("rights.decided.v1")
        let joined = given.and([.guardianRecorded(Self.fatherWithAccount)], on: "2021-09-10")
        #expect(Self.request(joined).map(joined.dossier.asker) == Testland.father.person)
        #expect(Self.request(joined).map(joined.dossier.isAnsweredOnPaper) == false)
        joined.when(add, as: Testland.father, on: "2021-09-11").happens("rights.added.v1")
        joined.when(.rights(.withdraw(Self.id)), as: Testland.father, on: "2021-09-11").happens("rights.withdrawn.v1")
        let both = Actor(person: Testland.ib.person, functions: Testland.ib.functions + Testland.privacyOfficer.functions)
        // A letter that never came must not open a whole dossier to one person alone.
        given.when(Testland.answers(.granted, copy: Testland.copy), as: both, on: "2021-09-09").refused(.samePerson)
        joined.when(Testland.answers(.refused), as: both, on: "2021-09-11").happens("rights.decided.v1")
    }

    @Test(
        "further words of a guardian without an account, and that a request is taken back, are written down by whoever handles it"
    )
    func further() {
        let given = Given.written().after(
            Testland.records(.copy, about: .all, of: Testland.fatherInDossier), as: Testland.ib, on: "2021-09-08")
        func further(
            _ words: String = "Laat maar.", on day: String = "2021-09-10", withdraws: Bool = true
        ) -> DossierCommand {
            .rights(
                .further(
                    .init(id: Self.id, words: words, received: .init(on: .of(day), way: .paper), withdraws: withdraws)))
        }
        let officer = Testland.privacyOfficer
        let both = Actor(person: Testland.ib.person, functions: Testland.ib.functions + officer.functions)
        for actor in [Testland.ib, Testland.mother] { given.when(further(), as: actor, on: "2021-09-11").refused(.notAllowed) }
        // Who wrote the request down must not make it disappear alone.
        given.when(further(), as: both, on: "2021-09-11").refused(.samePerson)
        given.when(further(" "), as: officer, on: "2021-09-11").refused(.required, field: "words")
        given.when(further(on: "2021-09-12"), as: officer, on: "2021-09-11").refused(.dayInFuture, field: "received")
        given.when(further(on: "2021-09-02"), as: officer, on: "2021-09-11").refused(.beforeAsked, field: "received")
        given.when(further(withdraws: false), as: officer, on: "2021-09-11").happens("rights.added.v1")
        let more = given.after(further("Ook de foto's.", withdraws: false), as: officer, on: "2021-09-11")
        #expect(
            Self.request(more)?.furtherWords.last?.said.what.words == "Ook de foto's." && Self.request(more)?.isRunning == true)
        let back = more.after(further(), as: officer, on: "2021-09-12")
        #expect(Self.request(back)?.isRunning == false)
        #expect(Self.request(back)?.withdrawn?.what.received?.on == .of("2021-09-10"))
        back.when(further(), as: officer, on: "2021-09-12").nothing()
        back.when(further("Toch niet."), as: officer, on: "2021-09-12").refused(.alreadyAnswered)
        // With an account the guardian says it there.
        let joined = given.and([.guardianRecorded(Self.fatherWithAccount)], on: "2021-09-10")
        joined.when(further(), as: officer, on: "2021-09-11").refused(.notOnPaper)
        // Nor can a request be made to disappear by ending the guardian first.
        let ended = given.and([.guardianEnded(.init(guardian: Testland.fatherInDossier.id))], on: "2021-09-10")
        ended.when(further(), as: officer, on: "2021-09-11").refused(.notOnPaper)
    }

    @Test("an objection in a letter lets its part rest from the moment it is written down")
    func recordedObjection() {
        let given = Given.written().after(Testland.records(.objection), as: Testland.ib, on: "2021-09-08")
        #expect(!given.dossier.restrictions(ofPart: "general", on: .of("2021-09-08")).isEmpty)
    }

    // MARK: Adding and taking back

    @Test("can be added to and withdrawn by whoever asked, until it is answered")
    func own() {
        let given = Self.asked()
        let add = DossierCommand.rights(.add(.init(id: Self.id, words: "En dit.")))
        given.when(add, as: Testland.ib, on: "2021-09-07").refused(.notOpened)
        #expect(
            Self.request(given.after(add, as: Testland.mother, on: "2021-09-07"))?.firstWords == ["Dit klopt niet.", "En dit."])
        let withdrawn = given.after(.rights(.withdraw(Self.id)), as: Testland.mother, on: "2021-09-07")
        #expect(Self.request(withdrawn)?.isRunning == false)
        withdrawn.when(.rights(.withdraw(Self.id)), as: Testland.mother, on: "2021-09-07").nothing()
        withdrawn.when(add, as: Testland.mother, on: "2021-09-07").refused(.alreadyAnswered)
        withdrawn.when(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08").refused(.alreadyAnswered)
    }

    // MARK: Handling

    @Test("opens what it is about to whoever handles it, to read, in no act, and while it runs alone")
    func sight() {
        #expect(Given.written().sight(of: Testland.privacyOfficer, on: "2021-09-06")?.parts == [.readLog])
        let given = Self.asked()
        let sight = given.sight(of: Testland.privacyOfficer, on: "2021-09-06")
        #expect(sight?.parts == [.readLog, .child, .groeidocument])
        #expect(sight?.acts == [])
        #expect(given.sight(of: Testland.board, on: "2021-09-06") == nil)
        #expect(
            Self.asked(.copy, about: .all).sight(of: Testland.privacyOfficer, on: "2021-09-06")?.parts
                == Set(DossierPart.allCases))
        let over = given.after(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(over.sight(of: Testland.privacyOfficer, on: "2021-09-08")?.parts == [.readLog])
    }

    @Test("is handled by nobody of the family, who reads no more of it by that work either")
    func ownFamily() {
        let officer = Actor(person: Testland.mother.person, functions: Testland.privacyOfficer.functions)
        let given = Self.asked(.copy, about: .all)
        #expect(
            given.sight(of: officer, on: "2021-09-06")?.parts
                == given.sight(of: Testland.mother, on: "2021-09-06")?.parts.union([.readLog]))
        #expect(given.sight(of: officer, on: "2021-09-06")?.grounds.contains(.rights) == false)
        given.when(Testland.answers(.refused), as: officer, on: "2021-09-08").refused(.samePerson)
        let resting = Self.asked(.restriction).after(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08")
        let lift = DossierCommand.rights(.lift(.init(id: Self.id, on: .of("2021-09-20"), reason: "Het klopt nu.")))
        resting.when(lift, as: officer, on: "2021-09-09").refused(.samePerson)
        resting.when(lift, as: Testland.privacyOfficer, on: "2021-09-09").happens("rights.lifting-announced.v1")
        // The family was told the day; it is not moved by who had not seen that.
        let told = resting.after(lift, as: Testland.privacyOfficer, on: "2021-09-09")
        told.when(lift, as: Testland.privacyOfficer, on: "2021-09-10").nothing()
        told.when(
            .rights(.lift(.init(id: Self.id, on: .of("2021-09-12"), reason: "Het klopt nu."))), as: Testland.privacyOfficer,
            on: "2021-09-10"
        ).refused(.changedSinceSeen)
    }

    @Test("gives no copy to somebody whose authority ended since it was asked")
    func authorityEnded() {
        let given = Self.asked(.copy, about: .all)
        var mother = Testland.motherInDossier
        mother.person = Testland.mother.person
        mother.authority = false
        let ended = given.and([.guardianRecorded(mother)], on: "2021-09-07")
        ended.when(Testland.answers(.granted, copy: Testland.copy), as: Testland.privacyOfficer, on: "2021-09-08")
            .refused(.guardianWithoutAuthority, field: "outcome")
        ended.when(Testland.answers(.refused), as: Testland.privacyOfficer, on: "2021-09-08").happens("rights.decided.v1")
        given.when(Testland.answers(.granted, copy: Testland.copy), as: Testland.privacyOfficer, on: "2021-09-08")
            .happens("rights.decided.v1")
    }

    @Test("leaves out one thing at a time: what another handler left out stays, and taking back twice takes one back")
    func shields() {
        let first = RightsRequest.Shield(place: "field:signal", words: "Kees", reason: "Een ander kind.")
        let second = RightsRequest.Shield(place: "read:1", words: nil, reason: "Een ander.")
        let officer = Testland.privacyOfficer
        let both = Self.asked(.copy, about: .all)
            .after(.rights(.shield(Self.id, first)), as: officer, on: "2021-09-07")
            .after(.rights(.shield(Self.id, second)), as: officer, on: "2021-09-07")
        #expect(Self.request(both)?.shields == [first, second])
        both.when(.rights(.shield(Self.id, first)), as: officer, on: "2021-09-07").nothing()
        let one = both.after(.rights(.unshield(Self.id, first)), as: officer, on: "2021-09-07")
        #expect(Self.request(one)?.shields == [second])
        one.when(.rights(.unshield(Self.id, first)), as: officer, on: "2021-09-07").nothing()
    }

    @Test("is decided with a reason, and refused on a ground that the law gives for this right")
    func decide() {
        let given = Self.asked()
        func decide(_ outcome: RightsRequest.Outcome, reason: String = "Daarom.", ground: String? = nil) -> When {
            given.when(
                .rights(.decide(.init(id: Self.id, outcome: outcome, reason: reason, ground: ground, copy: nil))),
                as: Testland.privacyOfficer, on: "2021-09-08")
        }
        decide(.granted, reason: "").happens("rights.decided.v1")
        decide(.refused, reason: " ", ground: "UAVG 41").refused(.required, field: "reason")
        decide(.refused).refused(.required, field: "ground")
        // A ground for a copy is none for a correction.
        decide(.partly, ground: "AVG 15.4").refused(.required, field: "ground")
        decide(.refused, ground: "UAVG 41").happens("rights.decided.v1")
        given.when(Testland.answers(.granted), as: Testland.ib, on: "2021-09-08").refused(.notAllowed)
        let copy = Self.asked(.copy, about: .all)
        copy.when(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08").refused(.required, field: "copy")
        copy.when(Testland.answers(.granted, copy: Testland.copy), as: Testland.privacyOfficer, on: "2021-09-08")
            .happens("rights.decided.v1")
    }

    @Test("is not handled by somebody of the same family")
    func samePerson() {
        let officer = Actor(
            person: Testland.mother.person,
            functions: [HeldFunction(function: "privacy-officer", organisation: .partnership, from: .of("2018-08-01"))])
        Self.asked().when(Testland.answers(.granted), as: officer, on: "2021-09-08").refused(.samePerson)
    }

    @Test("a correction mends the answer, and what stood there stays in the history")
    func correct() {
        let given = Self.asked()
        let before = given.dossier.known["signal"]
        let write = DossierCommand.Write(
            part: "general", answers: ["signal": .text("Is soms moe.")], basedOn: ["signal": before?.revision ?? 0])
        let correct = DossierCommand.rights(.correct(.init(id: Self.id, write: write)))
        let mended = given.after(correct, as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(mended.dossier.known["signal"]?.answer == .text("Is soms moe."))
        #expect(mended.dossier.history.last?.code == "rights.corrected")
        mended.when(correct, as: Testland.privacyOfficer, on: "2021-09-08").nothing()
        let stale = DossierCommand.Write(part: "general", answers: ["signal": .text("Anders.")], basedOn: [:])
        given.when(.rights(.correct(.init(id: Self.id, write: stale))), as: Testland.privacyOfficer, on: "2021-09-08")
            .refused(.fieldChangedMeanwhile, field: "signal")
        let elsewhere = DossierCommand.Write(part: "strategy", answers: ["goal": .text("Anders.")], basedOn: [:])
        given.when(.rights(.correct(.init(id: Self.id, write: elsewhere))), as: Testland.privacyOfficer, on: "2021-09-08")
            .refused(.notAllowed)
    }

    // MARK: What comes of it

    @Test("an addition stands beside the passage once granted, and a correction once it is not")
    func statements() {
        func stands(_ right: Right, _ outcome: RightsRequest.Outcome) -> Bool {
            let given = Self.asked(right).after(Testland.answers(outcome), as: Testland.privacyOfficer, on: "2021-09-08")
            return !given.dossier.statements(beside: .part("general")).isEmpty
        }
        #expect(Self.asked(.addition).dossier.statements(beside: .part("general")).isEmpty)
        #expect(stands(.addition, .granted) && stands(.addition, .partly) && !stands(.addition, .refused))
        #expect(stands(.correction, .refused) && stands(.correction, .partly) && !stands(.correction, .granted))
        #expect(!stands(.restriction, .granted) && !stands(.objection, .refused))
    }

    @Test(
        "a part rests from the objection on, and from the decision for a restriction",
        arguments: [(Right.objection, true), (.restriction, false), (.correction, false)])
    func resting(_ right: Right, _ atOnce: Bool) {
        let given = Self.asked(right)
        let write = DossierCommand.write(
            .init(
                part: "general", answers: ["signal": .text("Anders.")],
                basedOn: ["signal": given.dossier.known["signal"]?.revision ?? 0]))
        let day = Day.of("2021-09-07")
        #expect(!given.dossier.restrictions(ofPart: "general", on: day).isEmpty == atOnce)
        #expect(given.dossier.restrictions(ofPart: "strategy", on: day).isEmpty)
        if atOnce {
            given.when(write, on: "2021-09-07").refused(.resting, field: "signal")
        } else {
            given.when(write, on: "2021-09-07").happens("answers.written.v1")
        }
        let granted = given.after(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(granted.dossier.restrictions(ofPart: "general", on: day).isEmpty == (right == .correction))
        let refused = given.after(Testland.answers(.refused), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(refused.dossier.restrictions(ofPart: "general", on: day).isEmpty)
    }

    @Test("what rests is shared with nobody new, and a document that rests stays where it is")
    func notShared() {
        let ask = Testland.asksIn()
        let agreed = Given.sharing().after(.addDocument(Testland.document()), on: "2021-09-04")
        agreed.when(ask, on: "2021-09-06").happens("asked-in.opened.v1")
        let given = agreed.after(Testland.asks(.objection), as: Testland.mother, on: "2021-09-06")
        given.when(ask, on: "2021-09-06").refused(.resting, field: "parts")
        let document = DocumentID("doc-1")
        let objected = agreed.after(Testland.asks(.objection, about: .document(document)), as: Testland.mother, on: "2021-09-06")
        objected.when(.withdrawDocument(document), on: "2021-09-06").refused(.resting)
    }

    @Test("rests no longer from the day that was said before, and never from today")
    func lift() {
        let given = Self.asked(.restriction).after(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08")
        func lifting(_ day: String, _ reason: String = "Het is uitgezocht.") -> DossierCommand {
            .rights(.lift(.init(id: Self.id, on: .of(day), reason: reason)))
        }
        given.when(lifting("2021-09-20"), as: Testland.privacyOfficer, on: "2021-09-20").refused(.tooSoon, field: "on")
        given.when(lifting("2021-09-21", ""), as: Testland.privacyOfficer, on: "2021-09-20").refused(.required, field: "reason")
        given.when(lifting("2021-09-21"), as: Testland.ib, on: "2021-09-20").refused(.notAllowed)
        let lifted = given.after(lifting("2021-09-27"), as: Testland.privacyOfficer, on: "2021-09-20")
        #expect(!lifted.dossier.restrictions(ofPart: "general", on: .of("2021-09-26")).isEmpty)
        #expect(lifted.dossier.restrictions(ofPart: "general", on: .of("2021-09-27")).isEmpty)
    }

    @Test("whoever had received it is told when it was mended or rests")
    func recipients() {
        let asked = Given.askedIn().after(Testland.asks(.restriction), as: Testland.mother, on: "2021-09-06")
        let granted = asked.after(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(Self.request(granted).map { granted.dossier.recipients(of: $0).people } == [Testland.practitioner.person])
        #expect(Self.request(granted).map { granted.dossier.mustTell(of: $0) } == true)
        let told = granted.after(.rights(.tell(Self.id)), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(Self.request(told).map { told.dossier.mustTell(of: $0) } == false)
        let refused = asked.after(Testland.answers(.refused), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(Self.request(refused).map { refused.dossier.mustTell(of: $0) } == false)
    }

    @Test("nothing is destroyed while it runs, nor while something rests")
    func holds() {
        let given = Given.opened(shelf: .keeping)
        func holds(_ given: Given) -> [Retention.Hold]? { given.dossier.retention(given.shelf, on: .of("2021-09-20"))?.holds }
        #expect(holds(given) == [])
        let asked = given.after(Testland.asks(.restriction), as: Testland.mother, on: "2021-09-06")
        #expect(holds(asked) == [.right(.restriction)])
        let granted = asked.after(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(holds(granted) == [.right(.restriction)])
        let refused = asked.after(Testland.answers(.refused), as: Testland.privacyOfficer, on: "2021-09-08")
        #expect(holds(refused) == [])
        #expect(holds(asked.after(.rights(.withdraw(Self.id)), as: Testland.mother, on: "2021-09-07")) == [])
    }
}
