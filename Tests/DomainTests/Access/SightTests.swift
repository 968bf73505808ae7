import Domain
import TestKit
import Testing

@Suite("Who sees a dossier")
struct SightTests {
    /// A dossier at some point of its story, and the day on which somebody looks.
    struct Look: Sendable, CustomStringConvertible {
        let description: String
        let story: Given
        let day: String
        /// Who sees it, beside those who always do.
        let also: Set<PersonID>
    }

    private static let everybody = Testland.people.values.sorted { $0.person < $1.person }
    private static let always: Set<PersonID> = [
        Testland.ib.person, Testland.director.person, Testland.teacher.person, Testland.privacyOfficer.person,
        Testland.mother.person, Testland.stepfather.person,
    ]
    private static let advisers = [Testland.adviser.person, Testland.doubleAdviser.person, Testland.plainAdviser.person]

    private static let looks: [Look] = {
        let office = [Testland.secretary.person, Testland.decider.person]
        let expert = [Testland.expert.person]
        return [
            Look(description: "opened", story: .opened(), day: "2021-09-01", also: []),
            Look(description: "agreed", story: .agreed(), day: "2021-09-03", also: []),
            Look(description: "talk planned", story: .talking(), day: "2021-09-06", also: Set(advisers)),
            Look(description: "talk held", story: .wider(), day: "2021-09-20", also: Set(advisers)),
            Look(description: "six weeks after the talk", story: .wider(), day: "2021-11-01", also: Set(advisers)),
            Look(description: "six weeks and a day after the talk", story: .wider(), day: "2021-11-02", also: []),
            Look(description: "entry asked", story: .asking(), day: "2021-10-01", also: Set(advisers + office)),
            Look(description: "expert asked", story: .complete(), day: "2021-10-04", also: Set(advisers + office + expert)),
            Look(
                description: "still running after a year", story: .complete(), day: "2022-10-04",
                also: Set(advisers + office + expert)),
            Look(
                description: "on the day of the decision", story: .granted(), day: "2021-10-18",
                also: Set(advisers + office + expert)),
            Look(
                description: "the day after", story: .granted(), day: "2021-10-19",
                also: Set(advisers + expert + [Testland.secretary.person])),
            Look(
                description: "two weeks after", story: .granted(), day: "2021-11-01",
                also: Set(advisers + expert + [Testland.secretary.person])),
            Look(description: "two weeks and a day after", story: .granted(), day: "2021-11-02", also: Set(advisers + expert)),
            Look(description: "six weeks after", story: .granted(), day: "2021-11-29", also: Set(advisers + expert)),
            Look(description: "six weeks and a day after", story: .granted(), day: "2021-11-30", also: []),
        ]
    }()

    @Test("each function at each point of the story: those and nobody else", arguments: looks)
    func table(_ look: Look) {
        let seeing = Self.everybody.filter { look.story.sight(of: $0, on: look.day) != nil }.map(\.person)
        #expect(Set(seeing) == Self.always.union(look.also))
    }

    @Test("what somebody sees of it is what the plan lets their function read", arguments: looks)
    func parts(_ look: Look) {
        for actor in Self.everybody {
            guard let sight = look.story.sight(of: actor, on: look.day) else { continue }
            let reads = sight.functions.compactMap { PlanRules.invented.function($0)?.reads }.reduce(into: Set()) {
                $0.formUnion($1)
            }
            #expect(sight.parts == reads, "\(actor.person)")
            let may = sight.functions.compactMap { PlanRules.invented.function($0)?.may }.reduce(into: Set()) { $0.formUnion($1) }
            #expect(sight.acts == may, "\(actor.person)")
        }
    }

    @Test("the ib of another school sees nothing, whatever happens", arguments: looks)
    func otherSchool(_ look: Look) {
        #expect(look.story.sight(of: Testland.otherIB, on: look.day) == nil)
        #expect(
            look.story.dossier.openings(look.story.shelf).allSatisfy {
                !$0.principal.rawValue.contains(Testland.otherSchool.rawValue)
            })
    }

    @Test("a parent without authority sees child and decisions, with authority everything and the log of who read")
    func authority() {
        let story = Given.opened()
        #expect(story.sight(of: Testland.stepfather, on: "2021-09-02")?.parts == [.child, .decisions])
        #expect(story.sight(of: Testland.stepfather, on: "2021-09-02")?.acts == [])
        #expect(story.sight(of: Testland.mother, on: "2021-09-02")?.parts == Set(DossierPart.allCases))
        #expect(story.sight(of: Testland.mother, on: "2021-09-02")?.isFamily == true)
        var stepfather = Testland.stepfatherInDossier
        stepfather.authority = true
        let after = story.after(.recordGuardian(stepfather), on: "2021-09-03")
        #expect(after.sight(of: Testland.stepfather, on: "2021-09-03")?.parts == Set(DossierPart.allCases))
        var mother = Testland.motherInDossier
        mother.authority = false
        #expect(
            after.after(.recordGuardian(mother), on: "2021-09-03").sight(of: Testland.mother, on: "2021-09-03")?.parts == [
                .child, .decisions,
            ])
    }

    @Test("the privacy officer sees who read, and no content")
    func privacyOfficer() {
        let sight = Given.granted().sight(of: Testland.privacyOfficer, on: "2021-10-18")
        #expect(sight?.parts == [.readLog])
        #expect(sight?.acts == [])
    }

    @Test("a teacher sees it while named, and only while a teacher of the school")
    func teacher() {
        let story = Given.opened()
        #expect(story.sight(of: Testland.otherTeacher, on: "2021-09-02") == nil)
        let elsewhere = Actor(
            person: Testland.teacher.person,
            functions: [HeldFunction(function: "teacher", organisation: Testland.otherSchool, from: .of("2018-08-01"))])
        #expect(story.sight(of: elsewhere, on: "2021-09-02") == nil)
        let named = NamedPerson(person: Testland.teacher.person, function: "teacher")
        #expect(story.after(.unnamePerson(named), on: "2021-09-03").sight(of: Testland.teacher, on: "2021-09-03") == nil)
    }

    @Test("a function that ends closes at once, for whoever held it", arguments: ["ib", "teacher", "expert"])
    func functionEnds(_ function: String) throws {
        let (holder, story): (Actor, Given) =
            switch function {
            case "ib": (Testland.ib, .complete())
            case "teacher": (Testland.teacher, .complete())
            default: (Testland.expert, .complete())
            }
        var person = Person(id: holder.person)
        person.apply(.registered(.init(name: "N", email: "n@t.nl")), version: 1)
        person.apply(.functionGranted(FunctionGrant(id: "f", held: holder.functions[0])), version: 2)
        #expect(story.sight(of: person.actor(on: .of("2021-10-06")), on: "2021-10-06") != nil)
        person.apply(.functionEnded(.init(id: "f", until: .of("2021-10-05"))), version: 3)
        #expect(story.sight(of: person.actor(on: .of("2021-10-05")), on: "2021-10-05") != nil)
        #expect(story.sight(of: person.actor(on: .of("2021-10-06")), on: "2021-10-06") == nil)
        // Also when who acts was looked up before the function ended.
        #expect(story.sight(of: person.actor(on: .of("2021-10-05")), on: "2021-10-06") == nil)
    }

    @Test("an expert sees it only while asked: another one chosen closes it for the first")
    func replaced() {
        let again = Given.complete().after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
            .and(
                [
                    .stepTaken(
                        .init(
                            instance: Testland.entryInstance, step: "check", choice: "complete",
                            answers: ["second-expert": .text(Testland.otherExpert.person.rawValue)], opens: [], meeting: nil,
                            complete: nil))
                ], on: "2021-10-12")
        #expect(again.sight(of: Testland.expert, on: "2021-10-12") == nil)
        #expect(again.sight(of: Testland.otherExpert, on: "2021-10-12") != nil)
        // Who advised already goes on seeing what the advice was about.
        let advised = Given.advised().and(
            [
                .stepTaken(
                    .init(
                        instance: Testland.entryInstance, step: "check", choice: "complete",
                        answers: ["second-expert": .text(Testland.otherExpert.person.rawValue)], opens: [], meeting: nil,
                        complete: nil))
            ], on: "2021-10-13")
        #expect(advised.sight(of: Testland.expert, on: "2021-10-13") != nil)
    }

    @Test("two functions: the union of what each may see and do")
    func union() {
        let story = Given.asking().after(
            Testland.foundComplete(choosing: Testland.doubleAdviser), as: Testland.secretary, on: "2021-10-04")
        let sight = story.sight(of: Testland.doubleAdviser, on: "2021-10-05")
        #expect(sight?.functions.sorted() == ["adviser", "expert"])
        #expect(Set(sight?.grounds ?? []) == [.procedure, .asked])
        let ibAndMother = Actor(person: Testland.mother.person, functions: Testland.ib.functions)
        let both = Given.opened().sight(of: ibAndMother, on: "2021-09-02")
        #expect(both?.parts == Set(DossierPart.allCases))
        #expect(both?.acts.isSuperset(of: [.openDossier, .giveAgreement]) == true)
        #expect(both?.isFamily == true)
    }

    @Test("the longer of two grounds counts, in whichever order they come")
    func longer() {
        // The talk ended on 20 September, entry on 18 October: the adviser goes on until six weeks after the last.
        #expect(Given.granted().sight(of: Testland.adviser, on: "2021-10-19")?.until == .of("2021-11-29"))
        let talk = InstanceID("i-talk-2")
        let again = Given.granted().after(
            Testland.startTalk(Testland.meeting("2021-12-01T10:00"), instance: talk), on: "2021-11-08")
        #expect(again.sight(of: Testland.adviser, on: "2022-10-19") != nil)
        #expect(again.sight(of: Testland.adviser, on: "2022-10-19")?.until == nil)
    }

    @Test("nobody sees a dossier that was not opened")
    func notOpened() {
        #expect(Given().dossier.openings(.of([.invented])).isEmpty)
        #expect(Given().sight(of: Testland.ib, on: "2021-09-01") == nil)
    }

    @Test("whoever a step waits for sees the dossier", arguments: looks)
    func workersSee(_ look: Look) {
        let openings = Set(look.story.dossier.openings(look.story.shelf).map(\.principal))
        for procedure in look.story.dossier.procedures {
            guard let route = PlanRules.invented.procedure(procedure.rule) else { continue }
            for step in procedure.open.compactMap({ route.step($0.step) }) {
                let waiting = look.story.dossier.principals(for: step, in: procedure, .invented)
                #expect(!waiting.isEmpty)
                #expect(openings.isSuperset(of: waiting))
            }
        }
    }

    @Test("each principal stands once in the openings, in a fixed order", arguments: looks)
    func once(_ look: Look) {
        let principals = look.story.dossier.openings(look.story.shelf).map(\.principal)
        #expect(principals == Set(principals).sorted())
    }
}

@Suite("The names under which somebody stands in openings")
struct PrincipalTests {
    @Test("say function, place and person, and never mix them up")
    func names() {
        #expect(Principal.holders(of: "ib", at: OrganisationID("s1")).rawValue == "ib@s1")
        #expect(Principal.holder(PersonID("p1"), of: "ib", at: OrganisationID("s1")).rawValue == "ib@s1#p1")
        #expect(Principal.guardian(PersonID("p1"), authority: true).rawValue == "guardian#p1")
        #expect(Principal.guardian(PersonID("p1"), authority: false).rawValue == "guardian-without-authority#p1")
    }

    @Test("a person has those of each function held, and both kinds of guardian")
    func ofActor() {
        #expect(
            Testland.ib.principals == [
                Principal("ib@school-de-lindeboom"), Principal("ib@school-de-lindeboom#p-ib"), Principal("guardian#p-ib"),
                Principal("guardian-without-authority#p-ib"), Principal("asked-in#p-ib"), Principal("emergency#p-ib"),
                Principal("rights-ib@school-de-lindeboom"),
            ])
    }
}
