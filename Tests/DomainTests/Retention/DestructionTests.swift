import Domain
import TestKit
import Testing

@Suite("On the way to the destruction of a dossier")
struct DestructionTests {
    /// A talk that ended on 20 September 2021: kept until 20 September 2024.
    private static let ended = Given.talking(shelf: .keeping)
        .after(Testland.talked("in-school"), on: "2021-09-20", at: "16:30")
    private static let announced = ended.after(.retention(.announce), as: Testland.privacyOfficer, on: "2024-09-21")
    private static let agreed = announced.after(.retention(.agree), as: Testland.board, on: "2024-10-01")

    private func isDue(_ given: Given, on day: String) -> Bool { given.dossier.isToBeDestroyed(given.shelf, on: .of(day)) }

    @Test("the privacy officer announces it on the first day after the term, not on the last day of it")
    func announce() {
        Self.ended.when(.retention(.announce), as: Testland.privacyOfficer, on: "2024-09-20").refused(.stillKept)
        Self.ended.when(.retention(.announce), as: Testland.privacyOfficer, on: "2024-09-21")
            .then(.retention(.announced(.init(keptUntil: .of("2024-09-20"), ground: "WPO art. 18a lid 13"))))
        Self.announced.when(.retention(.announce), as: Testland.privacyOfficer, on: "2024-09-22").nothing()
    }

    @Test("a second person agrees, never the one who announced it")
    func agree() {
        Self.ended.when(.retention(.agree), as: Testland.board, on: "2024-10-01").refused(.notAnnounced)
        Self.announced.when(.retention(.agree), as: Testland.privacyOfficer, on: "2024-10-01").refused(.samePerson)
        Self.announced.when(.retention(.agree), as: Testland.board, on: "2024-10-01")
            .then(.retention(.agreed(.init(stopUntil: .of("2024-10-08")))))
        Self.agreed.when(.retention(.agree), as: Testland.board, on: "2024-10-02").nothing()
    }

    @Test("it happens after seven whole days, and not without the second person")
    func due() {
        #expect(!isDue(Self.announced, on: "2030-01-01"))
        #expect(!isDue(Self.agreed, on: "2024-10-08"))
        #expect(isDue(Self.agreed, on: "2024-10-09"))
    }

    @Test("school, parents, privacy officer and board stop it with a reason; it can be announced again")
    func stop() {
        for actor in [Testland.ib, Testland.mother, Testland.privacyOfficer, Testland.board] {
            let stopped = Self.agreed.after(.retention(.stop(reason: "Wij lezen het nog.")), as: actor, on: "2024-10-08")
            #expect(!isDue(stopped, on: "2024-11-01"))
            #expect(stopped.dossier.keeping.stopped?.by == actor.person)
            stopped.when(.retention(.announce), as: Testland.privacyOfficer, on: "2024-11-02")
                .happens("destruction.announced.v1")
        }
        Self.agreed.when(.retention(.stop(reason: "  ")), as: Testland.mother, on: "2024-10-08")
            .refused(.reasonsRequired, field: "reason")
        Self.ended.when(.retention(.stop(reason: "Nee")), as: Testland.mother, on: "2024-10-08").refused(.notAnnounced)
    }

    @Test("a hold by the privacy officer ends what was announced, and releasing it does not bring that back")
    func hold() {
        let held = Self.agreed.after(
            .retention(.hold(reason: "Er loopt een klacht.")), as: Testland.privacyOfficer, on: "2024-10-05")
        #expect(held.dossier.retention(held.shelf)?.holds == [.person(Testland.privacyOfficer.person)])
        #expect(!isDue(held, on: "2024-11-01"))
        // The same again is no news; another reason would put this one aside unseen.
        held.when(
            .retention(.hold(reason: "Er loopt een klacht.")), as: Testland.privacyOfficer, on: "2024-10-06"
        ).nothing()
        held.when(.retention(.hold(reason: "Een zaak bij de rechter.")), as: Testland.privacyOfficer, on: "2024-10-06")
            .refused(.changedSinceSeen)
        held.when(.retention(.announce), as: Testland.privacyOfficer, on: "2024-11-01").refused(.stillKept)
        let released = held.after(.retention(.release(reason: "Afgehandeld.")), as: Testland.privacyOfficer, on: "2024-12-01")
        #expect(!isDue(released, on: "2025-01-01"))
        released.when(.retention(.announce), as: Testland.privacyOfficer, on: "2024-12-02").happens("destruction.announced.v1")
        released.when(.retention(.release(reason: "Nog eens.")), as: Testland.privacyOfficer, on: "2024-12-03").nothing()
    }

    @Test("who goes on working with the child lets it lapse")
    func lapses() {
        let again = Self.agreed.after(
            Testland.startTalk(Testland.meeting("2024-10-20T15:30"), instance: InstanceID("i-2")), on: "2024-10-03")
        #expect(again.dossier.keeping.announced == nil)
        #expect(!isDue(again, on: "2024-11-01"))
        let objecting = Self.agreed.after(
            .start(.init(instance: InstanceID("i-o"), procedure: "objection", answers: Testland.meeting("2024-10-10T15:30"))),
            on: "2024-10-03")
        #expect(!isDue(objecting, on: "2024-11-01"))
    }

    @Test("nobody else holds, announces or agrees, and to a stranger the dossier is not there")
    func others() {
        for actor in [Testland.ib, Testland.mother] {
            for command in [RetentionCommand.announce, .agree, .hold(reason: "Nee"), .release(reason: "Nee")] {
                Self.announced.when(.retention(command), as: actor, on: "2024-10-01").refused(.notAllowed)
            }
        }
        // The board agrees and does not announce.
        Self.ended.when(.retention(.announce), as: Testland.board, on: "2024-10-01").refused(.notAllowed)
        for actor in [Testland.stranger, Testland.otherIB, Testland.administrator, Testland.secretary] {
            Self.announced.when(.retention(.stop(reason: "Nee")), as: actor, on: "2024-10-01").refused(.notOpened)
        }
    }

    @Test("once begun nothing is added any more, and it cannot be stopped: not even begun before the wait is over")
    func begun() {
        Self.agreed.when(.retention(.begin), as: .program, on: "2024-10-08").refused(.notOpened)
        Self.agreed.when(.retention(.begin), as: Testland.privacyOfficer, on: "2024-10-09").refused(.notOpened)
        let begun = Self.agreed.after(.retention(.begin), as: .program, on: "2024-10-09")
        begun.when(.retention(.begin), as: .program, on: "2024-10-09").nothing()
        for command in [DossierCommand.retention(.stop(reason: "Nee")), .retention(.hold(reason: "Nee")), .lockVersion] {
            begun.when(command, as: Testland.privacyOfficer, on: "2024-10-09").refused(.notOpened)
        }
        begun.when(Testland.startTalk(instance: InstanceID("i-2")), on: "2024-10-09").refused(.notOpened)
        #expect(isDue(begun, on: "2024-10-09"))
    }
}
