import Domain
import TestKit
import Testing

@Suite("A dossier opened in an emergency")
struct EmergencyTests {
    private static let open = DossierCommand.openInEmergency(.init(reason: "Pim is weggelopen en moeder is onbereikbaar."))

    private static func story() -> Given { Given.written().after(open, as: Testland.board, on: "2021-09-06", at: "10:00") }

    private static func sight(_ actor: Actor, at time: String, on day: String = "2021-09-06", _ story: Given = story()) -> Sight?
    {
        let at = Instant.of(day, time)
        return actor.sight(
            of: story.dossier.openings(story.shelf, on: at.day), rules: story.shelf.inForce(on: at.day), on: at.day, at: at)
    }

    @Test(
        "is open for an hour, to the minute, and to nobody else",
        arguments: [
            ("10:00", true), ("10:59", true), ("11:00", false), ("11:01", false), ("23:59", false),
        ])
    func hour(_ time: String, _ isOpen: Bool) {
        #expect((Self.sight(Testland.board, at: time) != nil) == isOpen)
        #expect(Self.sight(Testland.stranger, at: time) == nil)
        #expect(Self.sight(Testland.adviser, at: time) == nil)
        #expect(Self.sight(Testland.board, at: time, Given.written()) == nil)
    }

    @Test("is over the next day at the same hour, and past midnight it lasts its hour")
    func days() {
        #expect(Self.sight(Testland.board, at: "10:30", on: "2021-09-07") == nil)
        let late = Given.written().after(Self.open, as: Testland.board, on: "2021-09-06", at: "23:30")
        #expect(Self.sight(Testland.board, at: "00:29", on: "2021-09-07", late) != nil)
        #expect(Self.sight(Testland.board, at: "00:30", on: "2021-09-07", late) == nil)
    }

    @Test("ends with the function by which it was opened, also within the hour")
    func functionEnded() {
        let held = Testland.board.functions.map { held in
            HeldFunction(
                function: held.function, organisation: held.organisation, discipline: held.discipline, from: held.from,
                until: .of("2021-09-05"))
        }
        let other = HeldFunction(function: "secretary", organisation: .partnership, from: .of("2018-08-01"))
        #expect(Self.sight(Actor(person: Testland.board.person, functions: held + [other]), at: "10:30") == nil)
        #expect(Self.sight(Actor(person: Testland.board.person, functions: [other]), at: "10:30") == nil)
        #expect(Self.sight(Testland.board, at: "10:30") != nil)
    }

    @Test("shows what the plan says, and nothing can be done by it")
    func reads() {
        let sight = Self.sight(Testland.board, at: "10:30")
        #expect(sight?.parts == [.child, .family, .procedures])
        #expect(sight?.acts == [])
        #expect(sight?.functions == [])
        #expect(sight?.readsAs == "board")
        #expect(sight?.ends == .of("2021-09-06", "11:00"))
        Self.story().when(.lockVersion, as: Testland.board, on: "2021-09-06", at: "10:30").refused(.notAllowed)
        Self.story().when(.lockVersion, as: Testland.board, on: "2021-09-06", at: "11:00").refused(.notOpened)
    }

    @Test("counts as closed for whoever does not say which moment it is: so it stands in no list")
    func noList() {
        #expect(Self.story().sight(of: Testland.board, on: "2021-09-06") == nil)
        #expect(Self.story().dossier.openings(Self.story().shelf).filter { $0.ends != nil }.count == 1)
    }

    @Test("asks a reason, and a function that the plan names")
    func asks() {
        let story = Given.written()
        story.when(.openInEmergency(.init(reason: " ")), as: Testland.board, on: "2021-09-06")
            .refused(.required, field: "reason")
        story.when(.openInEmergency(.init(reason: String(repeating: "a", count: 501))), as: Testland.board, on: "2021-09-06")
            .refused(.tooLong, field: "reason")
        for actor in [Testland.secretary, Testland.stranger, Testland.otherIB, Testland.administrator] {
            story.when(Self.open, as: actor, on: "2021-09-06").refused(.notAllowed)
        }
        let none = Given.written(shelf: .of([Testland.plan(emergency: nil)]))
        none.when(Self.open, as: Testland.board, on: "2021-09-06").refused(.notAllowed)
    }

    @Test("whoever sees the dossier opens nothing, and a second press neither; after the hour a new reason is asked")
    func again() {
        Given.talking().when(Self.open, as: Testland.adviser, on: "2021-09-06").nothing()
        Self.story().when(Self.open, as: Testland.board, on: "2021-09-06", at: "10:30").nothing()
        Self.story().when(Self.open, as: Testland.board, on: "2021-09-06", at: "11:00").happens("emergency.opened.v1")
        Self.story().when(.openInEmergency(.init(reason: "")), as: Testland.board, on: "2021-09-06", at: "11:00")
            .refused(.required, field: "reason")
    }

    @Test("a plan that trusts nobody with it any more closes it on its first day")
    func plan() {
        let none = Testland.plan(
            key: "testland/2021", inForce: "2021-09-07", amends: PlanRules.invented.key, emergency: nil)
        let late = Given.written(shelf: .of([.invented, none])).after(
            Self.open, as: Testland.board, on: "2021-09-06", at: "23:30")
        #expect(Self.sight(Testland.board, at: "23:45", late) != nil)
        #expect(Self.sight(Testland.board, at: "00:10", on: "2021-09-07", late) == nil)
    }
}
