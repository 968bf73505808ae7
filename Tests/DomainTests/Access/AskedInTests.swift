import Domain
import TestKit
import Testing

@Suite("Somebody asked in from outside")
struct AskedInTests {
    private static let outsider = Testland.practitioner

    @Test("reads the parts that were named and nothing else, does nothing, and is no family")
    func reads() {
        let story = Given.askedIn()
        let sight = story.sight(of: Self.outsider, on: "2021-09-06")
        #expect(sight?.parts == [.child, .groeidocument])
        #expect(sight?.acts == [])
        #expect(sight?.functions == [])
        #expect(sight?.isFamily == false)
        #expect(sight?.readsAs == "asked-in_practitioner")
        #expect(sight?.until == .of("2021-10-01"))
        #expect(story.when(.lockVersion, as: Self.outsider, on: "2021-09-07").reasons.map(\.code) == [.notAllowed])
    }

    @Test(
        "sees nothing before, nothing of another dossier, and nothing after the last day",
        arguments: [
            ("2021-09-06", true), ("2021-10-01", true), ("2021-10-02", false), ("2022-09-06", false),
        ])
    func closesByItself(_ day: String, _ isOpen: Bool) {
        #expect(Given.sharing().sight(of: Self.outsider, on: "2021-09-06") == nil)
        #expect((Given.askedIn().sight(of: Self.outsider, on: day) != nil) == isOpen)
        #expect(Given.askedIn().sight(of: Testland.stranger, on: day) == nil)
    }

    @Test("without the agreement of each guardian with authority nobody is asked in, and the reason is said")
    func agreement() {
        Given.written().when(Testland.asksIn(), on: "2021-09-06").refused(.agreementOfEach, field: "recipient")
        let one = Given.written().after(Testland.shares(Testland.motherInDossier), on: "2021-09-03")
        let refused = one.when(Testland.asksIn(), on: "2021-09-06")
        refused.refused(.agreementOfEach, field: "recipient")
        #expect(refused.reasons.first?.values["purpose"] == "share")
        one.after(Testland.shares(Testland.fatherInDossier, .refused), on: "2021-09-03")
            .when(Testland.asksIn(), on: "2021-09-06").refused(.agreementOfEach, field: "recipient")
    }

    // MARK: For whom

    @Test("agreement is for one recipient: to the purpose as such, or to another, it is none")
    func recipient() {
        let asks = Testland.asksIn()
        func agreed(to recipient: String?) -> Given {
            Given.written().after(Testland.shares(Testland.motherInDossier, with: recipient), on: "2021-09-03")
                .after(Testland.shares(Testland.fatherInDossier, with: recipient), on: "2021-09-03")
        }
        for recipient in [nil, "Praktijk Zuid"] {
            agreed(to: recipient).when(asks, on: "2021-09-06").refused(.agreementOfEach, field: "recipient")
        }
        agreed(to: "praktijk de BRUG").when(asks, on: "2021-09-06").happens("asked-in.opened.v1")
        for recipient in [nil, " "] {
            Given.sharing().when(Testland.asksIn(recipient: recipient), on: "2021-09-06")
                .refused(.required, field: "recipient")
        }
        // What does not go to somebody from outside is asked as such.
        let talk = DossierCommand.recordAgreement(
            .init(
                guardian: Testland.fatherInDossier.id, purpose: "talk", word: .given, way: .spoken, on: .of("2021-09-03"),
                recipient: Testland.practice))
        Given.written().when(talk, on: "2021-09-03").refused(.notAnOption, field: "recipient")
        Given.written().when(Testland.shares(Testland.fatherInDossier, with: " "), on: "2021-09-03")
            .refused(.required, field: "recipient")
    }

    @Test("taken back for one recipient it closes what that one reads and nobody else's; a no to the purpose closes all")
    func takenBackForOne() {
        let other = Testland.stranger
        let both = Given.askedIn()
            .after(Testland.shares(Testland.motherInDossier, with: "Praktijk Zuid"), on: "2021-09-03")
            .after(Testland.shares(Testland.fatherInDossier, with: "Praktijk Zuid"), on: "2021-09-03")
            .after(Testland.asksIn(other.person, recipient: "Praktijk Zuid", id: "a-2"), on: "2021-09-06")
        func reads(_ given: Given) -> [Bool] {
            [Self.outsider, other].map { given.sight(of: $0, on: "2021-09-10") != nil }
        }
        #expect(both.dossier.recipients(of: "share") == [Testland.practice, "Praktijk Zuid"])
        #expect(reads(both) == [true, true])
        let one = both.after(
            Testland.shares(Testland.motherInDossier, .withdrawn, with: "Praktijk Zuid", on: "2021-09-10"), on: "2021-09-10")
        #expect(reads(one) == [true, false])
        #expect(one.dossier.askedIn.last?.closed?.why == .agreementGone)
        let all = both.after(
            Testland.shares(Testland.motherInDossier, .refused, with: nil, on: "2021-09-10"), on: "2021-09-10")
        #expect(reads(all) == [false, false])
        // Said anew for one, it is for that one.
        let again = all.after(Testland.shares(Testland.motherInDossier, on: "2021-09-10"), on: "2021-09-10")
        again.when(Testland.asksIn(id: "a-3"), on: "2021-09-10").happens("asked-in.opened.v1")
        again.when(Testland.asksIn(other.person, recipient: "Praktijk Zuid", id: "a-3"), on: "2021-09-10")
            .refused(.agreementOfEach, field: "recipient")
    }

    @Test("who was asked in when agreement was to the purpose as such reads on by that agreement")
    func before() {
        let asked = AskedIn.Asked(
            id: AskedInID("a-1"), kind: "practitioner", person: Self.outsider.person, parts: [.child, .groeidocument],
            purpose: "Om te helpen.", agreement: "share", until: .of("2021-10-01"), weighing: Testland.weighing)
        let story = Given.written().after(Testland.shares(Testland.motherInDossier, with: nil), on: "2021-09-03")
            .after(Testland.shares(Testland.fatherInDossier, with: nil), on: "2021-09-03").and(
                [.askedIn(asked)], on: "2021-09-06")
        let elsewhere = story.after(Testland.shares(Testland.motherInDossier, .refused, on: "2021-09-07"), on: "2021-09-07")
        #expect(elsewhere.sight(of: Self.outsider, on: "2021-09-07") != nil)
        let gone = story.after(
            Testland.shares(Testland.motherInDossier, .withdrawn, with: nil, on: "2021-09-07"), on: "2021-09-07")
        #expect(gone.sight(of: Self.outsider, on: "2021-09-07") == nil)
    }

    @Test("what the law permits is asked without agreement and without weighing")
    func law() {
        let ask = Testland.asksIn(kind: "receiving-school", parts: [.decisions], until: "2021-09-15", weighing: nil)
        let story = Given.written().after(ask, on: "2021-09-06")
        #expect(story.sight(of: Self.outsider, on: "2021-09-07")?.parts == [.child, .decisions])
        #expect(story.dossier.askedIn.first?.asked.agreement == nil)
        #expect(story.dossier.askedIn.first?.asked.weighing == nil)
        let refused = story.after(Testland.shares(Testland.motherInDossier, .refused), on: "2021-09-08")
        #expect(refused.sight(of: Self.outsider, on: "2021-09-08") != nil)
    }

    @Test("when one guardian takes the agreement back it closes at once, and does not open again by itself")
    func takenBack() {
        let story = Given.askedIn().after(
            Testland.shares(Testland.motherInDossier, .withdrawn, on: "2021-09-10"), on: "2021-09-10")
        #expect(story.sight(of: Self.outsider, on: "2021-09-10") == nil)
        #expect(story.dossier.askedIn.first?.closed?.why == .agreementGone)
        let again = story.after(Testland.shares(Testland.motherInDossier, on: "2021-09-11"), on: "2021-09-11")
        #expect(again.sight(of: Self.outsider, on: "2021-09-11") == nil)
        let asked = again.after(Testland.asksIn(id: "a-2"), on: "2021-09-11")
        #expect(asked.sight(of: Self.outsider, on: "2021-09-11") != nil)
    }

    @Test("when somebody with authority comes in who has not agreed, it closes as well")
    func newGuardian() {
        var stepfather = Testland.stepfatherInDossier
        stepfather.authority = true
        let story = Given.askedIn().after(.recordGuardian(stepfather), on: "2021-09-10")
        #expect(story.sight(of: Self.outsider, on: "2021-09-10") == nil)
        let left = Given.askedIn().after(.endGuardian(Testland.fatherInDossier.id), on: "2021-09-10")
        #expect(left.sight(of: Self.outsider, on: "2021-09-10") != nil)
    }

    @Test("when the child goes to another school it closes: that school asks for itself")
    func moved() {
        let story = Given.askedIn().and(
            [.moved(.init(from: Testland.school, to: Testland.otherSchool, instance: InstanceID("i1"), withheld: nil))],
            on: "2021-09-10")
        #expect(story.sight(of: Self.outsider, on: "2021-09-10") == nil)
        #expect(story.dossier.askedIn.first?.closed?.why == .moved)
    }

    @Test("three sentences of weighing are asked, each of them")
    func weighing() {
        Given.sharing().when(Testland.asksIn(weighing: nil), on: "2021-09-06").refused([
            (.required, "proportionality"), (.required, "subsidiarity"), (.required, "effectiveness"),
        ])
        let half = Weighing(proportionality: "Ja.", subsidiarity: "  ", effectiveness: String(repeating: "a", count: 501))
        Given.sharing().when(Testland.asksIn(weighing: half), on: "2021-09-06").refused([
            (.required, "subsidiarity"), (.tooLong, "effectiveness"),
        ])
        #expect(Given.askedIn().dossier.askedIn.first?.asked.weighing == Testland.weighing)
    }

    @Test(
        "no longer than the plan allows, and not in the past",
        arguments: [
            ("2021-10-18", nil), ("2021-10-19", Refusal.Code.pastLatest), ("2021-09-05", .dayInPast), ("2021-09-06", nil),
        ] as [(String, Refusal.Code?)])
    func longest(_ until: String, _ refused: Refusal.Code?) {
        let when = Given.sharing().when(Testland.asksIn(until: until), on: "2021-09-06")
        #expect(when.reasons.map(\.code) == [refused].compactMap(\.self))
    }

    @Test("no more than the plan allows, and nothing that the asker cannot read")
    func parts() {
        let story = Given.sharing()
        story.when(Testland.asksIn(parts: [.family]), on: "2021-09-06").refused(.moreThanPlan, field: "parts")
        story.when(Testland.asksIn(parts: []), on: "2021-09-06").refused(.required, field: "parts")
        story.when(Testland.asksIn(parts: [.documents]), as: Testland.director, on: "2021-09-06")
            .refused(.closedToYou, field: "parts")
        story.when(Testland.asksIn(kind: "somebody"), on: "2021-09-06").refused(.notAnOption, field: "kind")
    }

    @Test("only those whom the plan names ask somebody in, prolong it or take it back")
    func by() {
        Given.sharing().when(Testland.asksIn(), as: Testland.teacher, on: "2021-09-06").refused(.notAllowed)
        Given.sharing().when(Testland.asksIn(), as: Testland.mother, on: "2021-09-06").refused(.notAllowed)
        let story = Given.askedIn()
        let prolong = DossierCommand.prolongAskedIn(
            .init(id: AskedInID("a-1"), until: .of("2021-10-08"), reason: "Nog een gesprek."))
        for actor in [Testland.teacher, Testland.mother, Self.outsider] {
            story.when(prolong, as: actor, on: "2021-09-20").refused(.notAllowed)
            story.when(.withdrawAskedIn(.init(id: AskedInID("a-1"))), as: actor, on: "2021-09-20").refused(.notAllowed)
        }
    }

    @Test("what rests is not read from outside meanwhile, and nobody gets more time for it")
    func resting() {
        let prolong = DossierCommand.prolongAskedIn(
            .init(id: AskedInID("a-1"), until: .of("2021-10-20"), reason: "Nog een gesprek."))
        let objected = Given.askedIn().after(Testland.asks(.objection), as: Testland.mother, on: "2021-09-08")
        #expect(objected.sight(of: Self.outsider, on: "2021-09-08")?.parts == [.child])
        objected.when(prolong, on: "2021-09-20").refused(.resting, field: "until")
        let judged = objected.after(Testland.answers(.refused), as: Testland.privacyOfficer, on: "2021-09-09")
        #expect(judged.sight(of: Self.outsider, on: "2021-09-09")?.parts == [.child, .groeidocument])
        judged.when(prolong, on: "2021-09-20").happens("asked-in.prolonged.v1")
        let granted = objected.after(Testland.answers(.granted), as: Testland.privacyOfficer, on: "2021-09-09")
        #expect(granted.sight(of: Self.outsider, on: "2021-09-09")?.parts == [.child])
    }

    @Test("it is prolonged from the day itself, with a reason, and not after it closed")
    func prolonged() {
        func prolong(_ until: String, _ reason: String = "Nog een gesprek.") -> DossierCommand {
            .prolongAskedIn(.init(id: AskedInID("a-1"), until: .of(until), reason: reason))
        }
        let story = Given.askedIn()
        story.when(prolong("2021-11-13"), on: "2021-10-01").refused(.pastLatest, field: "until")
        story.when(prolong("2021-11-12", " "), on: "2021-10-01").refused(.required, field: "reason")
        story.when(prolong("2021-09-25"), on: "2021-09-20").refused(.notLonger, field: "until")
        story.when(prolong("2021-11-01"), on: "2021-10-02").refused(.readingOver, field: "until")
        let longer = story.after(prolong("2021-11-12"), on: "2021-10-01")
        #expect(longer.sight(of: Self.outsider, on: "2021-11-12") != nil)
        #expect(longer.sight(of: Self.outsider, on: "2021-11-13") == nil)
        longer.when(prolong("2021-11-12"), on: "2021-10-02").nothing()
    }

    @Test("taken back it closes at once; a second time nothing happens")
    func withdrawn() {
        let withdraw = DossierCommand.withdrawAskedIn(.init(id: AskedInID("a-1")))
        let story = Given.askedIn().after(withdraw, as: Testland.director, on: "2021-09-10")
        #expect(story.sight(of: Self.outsider, on: "2021-09-10") == nil)
        #expect(story.dossier.askedIn.first?.closed?.by == Testland.director.person)
        story.when(withdraw, on: "2021-09-10").nothing()
    }

    @Test("a form sent twice asks once; nobody is asked in twice at a time, nor oneself or the family")
    func once() {
        let story = Given.askedIn()
        story.when(Testland.asksIn(), on: "2021-09-06").nothing()
        story.when(Testland.asksIn(id: "a-2"), on: "2021-09-07").refused(.alreadyAskedIn, field: "email")
        story.when(Testland.asksIn(until: "2021-10-20", id: "a-2"), on: "2021-10-02").happens("asked-in.opened.v1")
        story.when(Testland.asksIn(Testland.ib.person, id: "a-2"), on: "2021-09-07").refused(.askedOneself, field: "email")
        story.when(Testland.asksIn(Testland.stepfather.person, id: "a-2"), on: "2021-09-07")
            .refused(.isFamily, field: "email")
    }

    @Test("the plan in force on the day decides: what it no longer shares closes on its first day")
    func plan() {
        let narrower = Testland.plan(
            key: "testland/2021", inForce: "2021-09-15", amends: PlanRules.invented.key,
            askedIn: Testland.askedIn.map { rule in
                AskedInRule(
                    id: rule.id, title: rule.title, explanation: rule.explanation, by: rule.by, parts: [.child],
                    ground: rule.ground, longest: rule.longest, remind: rule.remind, source: rule.source)
            })
        let none = Testland.plan(key: "testland/2022", inForce: "2021-09-20", amends: narrower.key, askedIn: [])
        let story = Given.askedIn(shelf: .of([.invented, narrower, none]))
        #expect(story.sight(of: Self.outsider, on: "2021-09-14")?.parts == [.child, .groeidocument])
        #expect(story.sight(of: Self.outsider, on: "2021-09-15")?.parts == [.child])
        #expect(story.sight(of: Self.outsider, on: "2021-09-20") == nil)
    }

    @Test("somebody who has a function beside it acts by the function and reads both")
    func both() {
        let story = Given.sharing().after(Testland.asksIn(Testland.board.person), on: "2021-09-06")
        #expect(story.sight(of: Testland.board, on: "2021-09-06")?.parts == [.child, .groeidocument])
        let teacher = Given.sharing().after(Testland.asksIn(Testland.teacher.person, parts: [.documents]), on: "2021-09-06")
        let sight = teacher.sight(of: Testland.teacher, on: "2021-09-06")
        #expect(sight?.parts == [.child, .groeidocument, .documents])
        #expect(sight?.acts == [.write])
        #expect(sight?.readsAs == "teacher")
    }

    // MARK: Handing over

    private static func handsOver(
        _ parts: Set<DossierPart> = [.child, .decisions], id: String = "a-1", digest: String = "d1"
    ) -> DossierCommand {
        .handOver(.init(id: AskedInID(id), to: "Samenwerkingsverband VO West", card: "c", parts: parts, digest: digest))
    }

    /// The receiving school asked in, which the plan lets hand over.
    private static let receiving = Given.sharing().after(
        Testland.asksIn(kind: "receiving-school", parts: [.decisions], until: "2021-09-15", weighing: nil), on: "2021-09-06")

    @Test(
        "what is open to read can be handed over where the plan says so, once, by whoever may ask in; it is told in the dossier")
    func handedOver() {
        let story = Self.receiving.after(Self.handsOver(), on: "2021-09-07")
        let told = story.dossier.askedIn.first?.handedOver
        #expect(told?.map(\.what.to) == ["Samenwerkingsverband VO West"])
        #expect(told?.first?.by == Testland.ib.person)
        #expect(told?.first?.what.parts == [.child, .decisions])
        story.when(Self.handsOver(), on: "2021-09-08").nothing()
        story.when(Self.handsOver(digest: "d2"), on: "2021-09-08").happens("asked-in.handed-over.v1")
        Self.receiving.when(Self.handsOver(), as: Testland.teacher, on: "2021-09-07").refused(.notAllowed)
        Given.askedIn().when(Self.handsOver([.child, .groeidocument]), on: "2021-09-07").refused(.notAllowed)
    }

    @Test("nothing is handed over after the last day, after it was stopped, or of what was never asked")
    func notHandedOver() {
        Self.receiving.when(Self.handsOver(), on: "2021-09-16").refused(.readingOver, field: "until")
        Self.receiving.when(Self.handsOver(id: "a-9"), on: "2021-09-07").refused(.notAnOption)
        Self.receiving.after(.withdrawAskedIn(.init(id: AskedInID("a-1"))), on: "2021-09-07")
            .when(Self.handsOver(), on: "2021-09-07").refused(.readingOver, field: "until")
    }

    @Test("a package holds what they read that day, no more and no less")
    func handedOverParts() {
        Self.receiving.when(Self.handsOver([.child]), on: "2021-09-07").refused(.resting, field: "partner")
        Self.receiving.when(Self.handsOver([.child, .decisions, .groeidocument]), on: "2021-09-07")
            .refused(.resting, field: "partner")
    }

    /// Testland from 7 September on, with other people who may ask in and with what is handed over.
    private static func handing(_ kind: String, by: [String]) -> PlanRules {
        Testland.plan(
            key: "testland/2021", inForce: "2021-09-07", amends: PlanRules.invented.key,
            askedIn: Testland.askedIn.map { rule in
                AskedInRule(
                    id: rule.id, title: rule.title, explanation: rule.explanation, by: rule.id == kind ? by : rule.by,
                    parts: rule.parts, ground: rule.ground, longest: rule.longest, remind: rule.remind,
                    handsOver: rule.id == kind, source: rule.source)
            })
    }

    @Test("where agreement is the ground it goes to the partnership that everybody agreed to by name, and to no other")
    func handedOverByAgreement() {
        let shelf = PlanShelf.of([.invented, Self.handing("practitioner", by: ["ib"])])
        let story = Given.askedIn(shelf: shelf)
        func hands(_ to: String) -> DossierCommand {
            .handOver(.init(id: AskedInID("a-1"), to: to, card: "c", parts: [.child, .groeidocument], digest: "d"))
        }
        story.when(hands("Samenwerkingsverband VO West"), on: "2021-09-08")
            .refused(.agreementForPartner, field: "partner")
        story.when(hands(Testland.practice), on: "2021-09-08").happens("asked-in.handed-over.v1")
    }

    @Test("nobody hands over what they do not read themselves")
    func handedOverByReaders() {
        let shelf = PlanShelf.of([.invented, Self.handing("receiving-school", by: ["ib", "teacher"])])
        let story = Given.sharing(shelf: shelf).after(
            Testland.asksIn(kind: "receiving-school", parts: [.decisions], until: "2021-09-15", weighing: nil), on: "2021-09-07")
        story.when(Self.handsOver(), as: Testland.teacher, on: "2021-09-08").refused(.closedToYou, field: "partner")
        story.when(Self.handsOver(), on: "2021-09-08").happens("asked-in.handed-over.v1")
    }
}
