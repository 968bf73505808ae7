import Domain
import TestKit
import Testing

@Suite("A child that goes to another school")
struct SchoolMoveTests {
    private static let instance = InstanceID("i-change")
    private static let new = Testland.otherSchool
    private static let schools: [OrganisationID: KnownSchool] = [
        Testland.school: KnownSchool(id: Testland.school, kind: "bo"),
        new: KnownSchool(id: new, kind: "bo"),
        OrganisationID("special"): KnownSchool(id: OrganisationID("special"), kind: "so"),
        OrganisationID("shut"): KnownSchool(id: OrganisationID("shut"), kind: "bo", closed: .of("2021-08-01")),
    ]
    private static let otherDirector = Actor(
        person: PersonID("p-other-director"),
        functions: [HeldFunction(function: "school-director", organisation: new, from: .of("2018-08-01"))])
    private static let oldCoach = coach("p-old-coach", Testland.school)
    private static let newCoach = coach("p-new-coach", new)

    private static func coach(_ person: String, _ school: OrganisationID) -> Actor {
        Actor(
            person: PersonID(person), functions: [HeldFunction(function: "coach", organisation: school, from: .of("2018-08-01"))])
    }

    /// The invented plan with a change of school; the school's people see it two weeks longer where the plan says so.
    private static func plan(
        _ rule: MovesToRule = MovesToRule(field: "to-school", source: "Testland, 5"), left: Period? = Period(2, .weeks)
    ) -> PlanRules {
        var fields = Testland.fields
        fields["to-school"] = Field(
            id: "to-school", title: Localized(nl: "School", en: "School"), kind: .school(kinds: ["bo"]), required: false)
        let change = ProcedureRule(
            id: "change", title: Localized(nl: "Overstap", en: "Change"), why: Localized(nl: "a", en: "a"), form: nil,
            start: StartRule(by: ["ib"], asks: [Ask(field: "to-school", anew: true)], opens: ["begin"]),
            steps: [
                StepRule(
                    id: "begin", title: Localized(nl: "Begin", en: "Begin"), by: ActorRule(functions: ["ib"]),
                    choices: [
                        ChoiceRule(id: "begun", title: Localized(nl: "a", en: "a"), then: .end(outcome: "moved")),
                        ChoiceRule(id: "stop", title: Localized(nl: "a", en: "a"), then: .end(outcome: "stopped")),
                    ])
            ], clocks: [],
            outcomes: [
                OutcomeRule(id: "moved", title: Localized(nl: "a", en: "a"), movesTo: rule),
                OutcomeRule(id: "stopped", title: Localized(nl: "a", en: "a")),
            ], source: "Testland, 5")
        let coach = FunctionRule(
            id: "coach", title: Localized(nl: "Coach", en: "Coach"), explanation: Localized(nl: "a", en: "a"), place: .school,
            sight: [.during(procedures: ["talk", "change"], afterwards: Period(6, .weeks))], reads: [.child, .procedures],
            may: [],
            source: "Testland, 1")
        let functions = Testland.functions.map { function in
            guard function.id == "ib" else { return function }
            return FunctionRule(
                id: function.id, title: function.title, explanation: function.explanation, place: function.place,
                sight: function.sight + (left.map { [.left(afterwards: $0)] } ?? []), reads: function.reads, may: function.may,
                source: function.source)
        }
        return Testland.plan(
            functions: functions + [coach], fields: fields, procedures: [Testland.talk, Testland.entry, change])
    }

    private static func start(_ school: String) -> DossierCommand {
        .start(.init(instance: instance, procedure: "change", answers: ["to-school": .text(school)]))
    }

    private static func begin(_ choice: String = "begun") -> DossierCommand {
        .take(.init(instance: instance, step: "begin", choice: choice, answers: [:]))
    }

    /// After a talk that runs, the change to another school started on 1 November 2021.
    private static func changing(_ plan: PlanRules = plan(), to school: String = new.rawValue) -> Given {
        Given.talking(shelf: .of([plan])).knowing(schools: schools).after(start(school), on: "2021-11-01")
    }

    private static func moved(_ plan: PlanRules = plan()) -> Given { changing(plan).after(begin(), on: "2021-11-08") }

    @Test("takes the dossier along, and tells from where to where and by what")
    func moved() {
        let given = Self.changing().when(Self.begin(), on: "2021-11-08").then(
            .stepTaken(
                .init(
                    instance: Self.instance, step: "begin", choice: "begun", answers: [:], opens: [], meeting: nil, complete: nil)
            ),
            .procedureEnded(.init(instance: Self.instance, outcome: "moved")),
            .personUnnamed(NamedPerson(person: Testland.teacher.person, function: "teacher")),
            .moved(.init(from: Testland.school, to: Self.new, instance: Self.instance, withheld: nil)))
        #expect(given.dossier.school == Self.new)
        #expect(given.dossier.history.last?.code == "dossier.moved")
        #expect(given.dossier.moves.map(\.from) == [Testland.school])
    }

    @Test("stays when the outcome is another, and when the school is outside the register")
    func stays() {
        #expect(Self.changing().after(Self.begin("stop"), on: "2021-11-08").dossier.school == Testland.school)
        #expect(Self.changing(to: "").after(Self.begin(), on: "2021-11-08").dossier.school == Testland.school)
    }

    @Test("the new school sees it from that day, the old school as long as the plan says and without doing anything")
    func sight() {
        let before = Self.changing()
        let after = Self.moved()
        #expect(before.sight(of: Testland.otherIB, on: "2021-11-08") == nil)
        #expect(before.sight(of: Self.otherDirector, on: "2021-11-08") == nil)
        let new = after.sight(of: Testland.otherIB, on: "2021-11-08")
        #expect(new?.parts == before.sight(of: Testland.ib, on: "2021-11-08")?.parts)
        #expect(new?.may(.write) == true)
        #expect(after.sight(of: Self.otherDirector, on: "2021-11-08") != nil)

        let old = after.sight(of: Testland.ib, on: "2021-11-08")
        #expect(old?.grounds == [.left])
        #expect(old?.acts == [])
        #expect(old?.functions == [])
        #expect(old?.readsAs == "ib")
        #expect(old?.until == .of("2021-11-22"))
        #expect(after.sight(of: Testland.ib, on: "2021-11-22") != nil)
        #expect(after.sight(of: Testland.ib, on: "2021-11-23") == nil)
        // Whom the plan gives no time afterwards sees nothing from the moment on.
        #expect(before.sight(of: Testland.director, on: "2021-11-08") != nil)
        #expect(after.sight(of: Testland.director, on: "2021-11-08") == nil)
        #expect(before.sight(of: Testland.teacher, on: "2021-11-08") != nil)
        #expect(after.sight(of: Testland.teacher, on: "2021-11-08") == nil)
        #expect(Self.moved(Self.plan(left: nil)).sight(of: Testland.ib, on: "2021-11-08") == nil)
    }

    @Test(
        "who sees it because of a procedure sees it by the place: at the old school so long afterwards, at the new while it runs")
    func during() {
        let before = Self.changing()
        #expect(before.sight(of: Self.newCoach, on: "2021-11-08") == nil)
        let after = Self.moved()
        // The talk runs on at the new school; the old coach's time counts from the day the child left.
        #expect(after.sight(of: Self.newCoach, on: "2022-06-01") != nil)
        #expect(after.sight(of: Self.oldCoach, on: "2021-12-20")?.grounds == [.left])
        #expect(after.sight(of: Self.oldCoach, on: "2021-12-21") == nil)
        // What ended before the child came opens nothing at the new school.
        let ended = Self.changing().after(Testland.talked("in-school"), on: "2021-11-02").after(Self.begin(), on: "2021-11-08")
        #expect(ended.sight(of: Self.newCoach, on: "2021-11-09") == nil)
        #expect(ended.sight(of: Self.oldCoach, on: "2021-12-20") != nil)
    }

    @Test("family and partnership see what they saw")
    func others() {
        let (before, after) = (Self.changing(), Self.moved())
        for actor in [Testland.mother, Testland.stepfather, Testland.adviser, Testland.privacyOfficer] {
            #expect(before.sight(of: actor, on: "2021-11-08") == after.sight(of: actor, on: "2021-11-08"))
            #expect(after.sight(of: actor, on: "2021-11-08") != nil)
        }
    }

    @Test("what runs goes along: the new school takes the open steps, the old one no more")
    func tasks() throws {
        let after = Self.moved()
        let talk = try #require(after.procedure(Testland.talkInstance))
        let step = try #require(Testland.talk.step("meet"))
        #expect(after.dossier.principals(for: step, in: talk, Self.plan()).contains(.holders(of: "ib", at: Self.new)))
        after.when(Testland.talked("in-school"), as: Testland.ib, on: "2021-11-09").refused(.notYourStep)
        after.when(.correctChild(Testland.child), as: Testland.ib, on: "2021-11-09").refused(.notAllowed)
        after.when(Testland.talked("in-school"), as: Testland.otherIB, on: "2021-11-09")
            .happens("step.taken.v1", "procedure.ended.v1")
    }

    @Test("a school is one of the register, open, of the kind that is asked, and not where the child is")
    func chosen() {
        let given = Given.talking(shelf: .of([Self.plan()])).knowing(schools: Self.schools)
        for (school, code) in [
            ("nowhere", Refusal.Code.unknownSchool), ("shut", .unknownSchool), ("special", .notAnOption),
            ("partnership", .unknownSchool), (Testland.school.rawValue, .sameSchool),
        ] {
            given.when(Self.start(school), on: "2021-11-01").refused(code, field: "to-school")
        }
        // One that closed since is found at the end.
        let shut = [Self.new: KnownSchool(id: Self.new, kind: "bo", closed: .of("2021-11-03"))]
        Self.changing().knowing(schools: shut).when(Self.begin(), on: "2021-11-08").refused(.unknownSchool, field: "to-school")
    }

    private static let shared = MovesToRule(
        field: "to-school", agreement: "share", without: [.child, .family, .procedures, .decisions], source: "Testland, 5")

    private func agrees(_ guardian: Guardian) -> DossierCommand {
        .recordAgreement(.init(guardian: guardian.id, purpose: "share", word: .given, way: .spoken, on: .of("2021-11-05")))
    }

    @Test("without the parents' agreement the new school reads what the law allows, until they all agree")
    func withheld() {
        let after = Self.moved(Self.plan(Self.shared))
        let closed = after.sight(of: Testland.otherIB, on: "2021-11-08")
        #expect(closed?.parts == [.child, .family, .procedures, .decisions])
        #expect(closed?.may(.write) == false)
        #expect(closed?.may(.lock) == false)
        #expect(closed?.may(.recordAgreement) == true)
        #expect(after.sight(of: Testland.mother, on: "2021-11-08")?.sees(.groeidocument) == true)
        #expect(after.sight(of: Testland.adviser, on: "2021-11-08")?.sees(.groeidocument) == true)
        let one = after.after(agrees(Testland.motherInDossier), as: Testland.otherIB, on: "2021-11-09")
        #expect(one.sight(of: Testland.otherIB, on: "2021-11-09")?.sees(.groeidocument) == false)
        let all = one.after(agrees(Testland.fatherInDossier), as: Testland.otherIB, on: "2021-11-09")
        #expect(all.sight(of: Testland.otherIB, on: "2021-11-09")?.sees(.groeidocument) == true)
        #expect(all.sight(of: Testland.otherIB, on: "2021-11-09")?.may(.write) == true)
    }

    @Test("with their agreement everything goes along at once")
    func agreed() {
        let given = Self.changing(Self.plan(Self.shared)).after(agrees(Testland.motherInDossier), on: "2021-11-05")
            .after(agrees(Testland.fatherInDossier), on: "2021-11-05").after(Self.begin(), on: "2021-11-08")
        #expect(given.dossier.withheld == nil)
        #expect(given.sight(of: Testland.otherIB, on: "2021-11-08")?.sees(.groeidocument) == true)
    }

    @Test("a child that comes back is at its school again")
    func back() {
        let away = Self.moved()
        let instance = InstanceID("i-back")
        let back = away.after(
            .start(.init(instance: instance, procedure: "change", answers: ["to-school": .text(Testland.school.rawValue)])),
            as: Testland.otherIB, on: "2022-01-10"
        ).after(
            .take(.init(instance: instance, step: "begin", choice: "begun", answers: [:])), as: Testland.otherIB, on: "2022-01-11"
        )
        #expect(back.sight(of: Testland.ib, on: "2022-03-01")?.grounds == [.function])
        #expect(back.sight(of: Testland.otherIB, on: "2022-01-12")?.grounds == [.left])
        #expect(back.sight(of: Testland.otherIB, on: "2022-03-01") == nil)
    }
}
