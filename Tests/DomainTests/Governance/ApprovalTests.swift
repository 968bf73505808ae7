import Domain
import TestKit
import Testing

@Suite("A version of the plan from draft to in force")
struct ApprovalTests {
    private static let key = PlanKey("testland/2024")
    private static let base = Testland.plan(governance: Testland.governance)
    static let planner = Testland.holder(of: "planner", as: "p-planner")
    static let council = Testland.holder(of: "council", as: "p-council")
    static let chair = Testland.holder(of: "chair", as: "p-chair")
    static let town = Testland.holder(of: "town", as: "p-town")
    static let townEast = Testland.holder(of: "town-east", as: "p-east")
    static let clerk = Testland.holder(of: "clerk", as: "p-clerk")

    private static let title = Localized(nl: "Plan 2024", en: "Plan 2024")
    private static let draft = PlanVersionCommand.draft(
        .init(title: title, amends: base.key, files: ["plan.yaml": "key: testland/2024\n", "fields.yaml": "a: b\n"]))
    private static let unanimous: [String: PlanVote] = ["first": .inFavour, "second": .inFavour, "third": .inFavour]

    /// A version with what was done to it; each act happens a day after the one before.
    struct Story {
        var version = PlanVersion(key: ApprovalTests.key)
        var day = Day.of("2024-01-01")
        var rules = ApprovalTests.base
        var standing: [PlanKey: Day] = [ApprovalTests.base.key: ApprovalTests.base.inForce]
        var trial: PlanVersionSetting.Trial?

        func deciding(_ command: PlanVersionCommand, as actor: Actor) throws(Refused) -> [PlanVersionEvent] {
            let now = Instant.of(day.description, "10:00")
            return try version.decide(
                command, PlanVersionSetting(now: now, actor: actor, rules: rules, standing: standing, trial: trial))
        }

        func after(_ command: PlanVersionCommand, as actor: Actor) throws -> Story {
            var after = self
            for event in try deciding(command, as: actor) {
                after.version.apply(
                    event,
                    EventContext(
                        version: after.version.version + 1, at: .of(day.description, "10:00"), actor: actor.person))
            }
            after.day = day.adding(days: 1)
            return after
        }

        func codes(_ command: PlanVersionCommand, as actor: Actor) -> [Refusal.Code] {
            do {
                _ = try deciding(command, as: actor)
                return []
            } catch {
                return error.reasons.map(\.code)
            }
        }

        var step: PlanStep { PlanStep(day: day) }
        func step(_ note: String) -> PlanStep { PlanStep(day: day, note: note) }
    }

    static func drafted() throws -> Story { try Story().after(draft, as: planner) }
    static func submitted() throws -> Story {
        let story = try drafted()
        return try story.after(.submit(story.step), as: planner)
    }
    static func consented() throws -> Story {
        let story = try submitted()
        return try story.after(.consent(story.step), as: chair)
    }
    static func agreed() throws -> Story {
        var story = try consented()
        story = try story.after(.agree(municipality: "east", story.step), as: townEast)
        return try story.after(.agree(municipality: "west", story.step), as: town)
    }
    static func adopted() throws -> Story {
        let story = try agreed()
        return try story.after(.adopt(votes: unanimous, story.step), as: clerk)
    }
    static func enacted(from: String = "2024-08-01") throws -> Story {
        let story = try adopted()
        return try story.after(.enact(from: .of(from), until: nil, story.step), as: planner)
    }

    @Test("passes every organ in order, each step with its day, who recorded it and in what function")
    func order() throws {
        var story = try Self.enacted()
        story = try story.after(
            .report(PlanStep(day: story.day, document: nil, note: "Per aangetekende post")), as: Self.planner)
        let version = story.version
        #expect(
            version.steps.map(\.kind) == [
                .drafted, .submitted, .consented, .agreed, .agreed, .adopted, .enacted, .reported,
            ])
        #expect(version.steps.map(\.day).dropFirst() == version.steps.map(\.at.day).dropFirst())
        #expect(version.step(.consented)?.by == Self.chair.person)
        #expect(version.step(.consented)?.function == "chair")
        #expect(version.step(.agreed, party: "east")?.function == "town-east")
        #expect(version.step(.reported)?.note == "Per aangetekende post")
        #expect(version.state == .enacted)
        #expect(version.from == .of("2024-08-01"))
        #expect(version.votes == Self.unanimous)
    }

    @Test("a step that a paper must show is not recorded without it, and nothing that undoes a step asks for one")
    func paper() throws {
        let paper = PlanDocument(
            id: DocumentID("d-letter"), name: "brief.pdf", format: "pdf", size: 3, digest: "00", blob: "b-letter")
        var story = try Self.submitted()
        let rule = Testland.governance
        story.rules = Testland.plan(
            governance: GovernanceRule(
                source: rule.source,
                roles: rule.roles.mapValues {
                    GovernanceRule.Role(
                        by: $0.by, notActorOf: $0.notActorOf, paper: Localized(nl: "Brief", en: "Letter"), source: $0.source)
                }, municipalities: rule.municipalities, boards: rule.boards, majority: rule.majority))
        func shown(_ story: Story) -> PlanStep { PlanStep(day: story.day, document: paper) }
        #expect(story.codes(.consent(story.step), as: Self.chair) == [.paperNeeded])
        #expect(story.codes(.refuseConsent(story.step("Te vroeg")), as: Self.chair) == [])
        #expect(story.codes(.takeBack(story.step("Nog niet af")), as: Self.planner) == [])
        #expect(story.codes(.withdraw(story.step("Gaat niet door")), as: Self.planner) == [])
        let consent = shown(story)
        story = try story.after(.consent(consent), as: Self.chair)
        #expect(story.version.step(.consented)?.document == paper)
        // A second press says nothing new; what is recorded otherwise would be lost.
        #expect(try story.deciding(.consent(consent), as: Self.chair) == [])
        #expect(story.codes(.consent(shown(story)), as: Self.chair) == [.notNow])
        #expect(story.codes(.agree(municipality: "east", story.step), as: Self.townEast) == [.paperNeeded])
        story = try story.after(.agree(municipality: "east", shown(story)), as: Self.townEast)
        story = try story.after(.agree(municipality: "west", shown(story)), as: Self.town)
        #expect(story.codes(.adopt(votes: Self.unanimous, story.step), as: Self.clerk) == [.paperNeeded])
        story = try story.after(.adopt(votes: Self.unanimous, shown(story)), as: Self.clerk)
        let from = Day.of("2024-08-01")
        #expect(story.codes(.enact(from: from, until: nil, story.step), as: Self.planner) == [.paperNeeded])
        story = try story.after(.enact(from: from, until: nil, shown(story)), as: Self.planner)
        #expect(story.codes(.report(story.step), as: Self.planner) == [.paperNeeded])
        #expect(story.codes(.report(shown(story)), as: Self.planner) == [])
    }

    @Test("nothing happens before its turn")
    func outOfOrder() throws {
        let drafted = try Self.drafted()
        let step = drafted.step
        #expect(drafted.codes(.consent(step), as: Self.chair) == [.notNow])
        #expect(drafted.codes(.enact(from: .of("2024-08-01"), until: nil, step), as: Self.planner) == [.notNow])
        #expect(drafted.codes(.report(step), as: Self.planner) == [.notNow])
        #expect(drafted.codes(.ask(.init(id: "q", chapter: "1", text: "?")), as: Self.council) == [.notNow])
        let submitted = try Self.submitted()
        #expect(submitted.codes(.agree(municipality: "east", submitted.step), as: Self.townEast) == [.notNow])
        #expect(submitted.codes(.adopt(votes: Self.unanimous, submitted.step), as: Self.clerk) == [.notNow])
        let consented = try Self.consented()
        #expect(consented.codes(.adopt(votes: Self.unanimous, consented.step), as: Self.clerk) == [.notNow])
        let one = try consented.after(.agree(municipality: "east", consented.step), as: Self.townEast)
        #expect(one.codes(.adopt(votes: Self.unanimous, one.step), as: Self.clerk) == [.notNow])
        let agreed = try Self.agreed()
        #expect(agreed.codes(.enact(from: .of("2024-08-01"), until: nil, agreed.step), as: Self.planner) == [.notNow])
    }

    @Test("each act is for its own function, and a municipality's word for its own officer")
    func functions() throws {
        let submitted = try Self.submitted()
        for other in [Self.planner, Self.council, Self.town, Self.clerk] {
            #expect(submitted.codes(.consent(submitted.step), as: other) == [.notAllowed])
        }
        let consented = try Self.consented()
        #expect(consented.codes(.agree(municipality: "east", consented.step), as: Self.town) == [.notAllowed])
        #expect(consented.codes(.agree(municipality: "west", consented.step), as: Self.townEast) == [.notAllowed])
        #expect(consented.codes(.agree(municipality: "north", consented.step), as: Self.town) == [.unknownParty])
        let ended = Actor(
            person: Self.chair.person,
            functions: [
                HeldFunction(
                    function: "chair", organisation: .partnership, from: .of("2020-01-01"), until: .of("2023-12-31"))
            ])
        #expect(submitted.codes(.consent(submitted.step), as: ended) == [.notAllowed])
    }

    @Test("whoever wrote or submitted it does not consent to it")
    func samePerson() throws {
        let both = Testland.holder(of: "planner", "chair", as: "p-planner")
        let submitted = try Self.submitted()
        #expect(submitted.codes(.consent(submitted.step), as: both) == [.samePerson])
        #expect(submitted.version.doings(of: both, submitted.rules, on: submitted.day).contains(.consent) == false)
        #expect(submitted.version.doings(of: Self.chair, submitted.rules, on: submitted.day) == [.consent])
    }

    @Test("adoption needs every board in favour where the rule is unanimity, and more than half where it is majority")
    func votes() throws {
        let agreed = try Self.agreed()
        var votes = Self.unanimous
        for other in [PlanVote.against, .absent] {
            votes["third"] = other
            #expect(agreed.codes(.adopt(votes: votes, agreed.step), as: Self.clerk) == [.notCarried])
        }
        votes["third"] = nil
        #expect(agreed.codes(.adopt(votes: votes, agreed.step), as: Self.clerk) == [.required])
        #expect(agreed.codes(.adopt(votes: Self.unanimous, agreed.step), as: Self.clerk) == [])
        var strangers = Self.unanimous
        strangers["fourth"] = .inFavour
        #expect(agreed.codes(.adopt(votes: strangers, agreed.step), as: Self.clerk) == [.unknownParty])
        var majority = agreed
        let rule = Testland.governance
        majority.rules = Testland.plan(
            governance: GovernanceRule(
                source: rule.source, roles: rule.roles, groups: rule.groups, municipalities: rule.municipalities,
                boards: rule.boards, majority: .majority))
        votes["third"] = .against
        #expect(majority.codes(.adopt(votes: votes, majority.step), as: Self.clerk) == [])
        votes["second"] = .absent
        #expect(majority.codes(.adopt(votes: votes, majority.step), as: Self.clerk) == [.notCarried])
    }

    @Test("its files are frozen once it lies before the council; taking it back voids what was consented and agreed")
    func freeze() throws {
        let change = PlanVersionCommand.write([.init(file: "fields.yaml", text: "a: c\n")], basedOn: nil)
        #expect(try Self.drafted().codes(change, as: Self.planner) == [])
        for story in [try Self.submitted(), try Self.consented(), try Self.adopted(), try Self.enacted()] {
            #expect(story.codes(change, as: Self.planner) == [.frozen])
        }
        let agreed = try Self.agreed()
        #expect(agreed.codes(.takeBack(agreed.step), as: Self.planner) == [.reasonsRequired])
        let back = try agreed.after(.takeBack(agreed.step("Hoofdstuk 2 wordt anders")), as: Self.planner)
        #expect(back.version.state == .draft)
        #expect(back.version.step(.consented) == nil)
        #expect(back.version.missing(Testland.governance).map(\.id) == ["east", "west"])
        #expect(back.version.steps.filter(\.isVoid).map(\.kind) == [.submitted, .consented, .agreed, .agreed])
        #expect(back.codes(change, as: Self.planner) == [])
        let again = try back.after(.submit(back.step), as: Self.planner)
        #expect(again.codes(.agree(municipality: "east", again.step), as: Self.townEast) == [.notNow])
        #expect(again.codes(.consent(again.step), as: Self.chair) == [])
        #expect(try Self.adopted().codes(.takeBack(agreed.step("x")), as: Self.planner) == [.notNow])
    }

    @Test("a change of a file that somebody else changed meanwhile is refused, and one that changes nothing does nothing")
    func meanwhile() throws {
        let drafted = try Self.drafted()
        let seen = drafted.version.version
        let changed = try drafted.after(.write([.init(file: "fields.yaml", text: "a: c\n")], basedOn: seen), as: Self.planner)
        let stale = PlanVersionCommand.write([.init(file: "fields.yaml", text: "a: d\n")], basedOn: seen)
        #expect(changed.codes(stale, as: Self.planner) == [.fieldChangedMeanwhile])
        #expect(
            try changed.deciding(.write([.init(file: "fields.yaml", text: "a: c\n")], basedOn: seen), as: Self.planner) == [])
        let gone = try changed.after(.write([.init(file: "fields.yaml", text: nil)], basedOn: nil), as: Self.planner)
        #expect(gone.version.texts == ["plan.yaml": "key: testland/2024\n"])
        #expect(gone.codes(.write([.init(file: "plan.yaml", text: nil)], basedOn: nil), as: Self.planner) == [.badFile])
    }

    @Test(
        "a file lies inside the folder of the version",
        arguments: [
            ("procedures/entry.yaml", true), ("plan.yaml", true), ("letters/granted.nl.mustache", true), ("README.md", true),
            ("../plan.yaml", false), ("/plan.yaml", false), ("procedures/../plan.yaml", false), (".yaml", false),
            ("a/b/c.yaml", false), ("plan.sh", false), ("Plan.yaml", false), ("procedures/", false), ("", false),
            ("./plan.yaml", false), ("procedures\\x.yaml", false),
        ])
    func paths(_ path: String, _ allowed: Bool) throws {
        #expect(PlanVersion.isFile(path) == allowed)
        let write = PlanVersionCommand.write([.init(file: path, text: "a: b\n")], basedOn: nil)
        #expect(try Self.drafted().codes(write, as: Self.planner) == (allowed ? [] : [.badFile]))
    }

    @Test("the council consents only when each of its questions was answered or let go")
    func questions() throws {
        let submitted = try Self.submitted()
        let asks = PlanVersionCommand.ask(.init(id: "q1", chapter: "1.6", text: "Waarom zes weken?", group: "parents"))
        #expect(submitted.codes(asks, as: Self.planner) == [.notAllowed])
        let asked = try submitted.after(asks, as: Self.council)
        #expect(try asked.deciding(asks, as: Self.council) == [])
        #expect(asked.codes(.consent(asked.step), as: Self.chair) == [.questionsOpen])
        #expect(asked.codes(.answer(id: "q1", text: " "), as: Self.planner) == [.required])
        #expect(asked.codes(.answer(id: "q2", text: "Zo"), as: Self.planner) == [.unknownQuestion])
        #expect(asked.codes(.answer(id: "q1", text: "Zo"), as: Self.council) == [.notAllowed])
        let answered = try asked.after(.answer(id: "q1", text: "Zo doet de wet het."), as: Self.planner)
        #expect(answered.codes(.consent(answered.step), as: Self.chair) == [])
        let settled = try answered.after(.settle(id: "q1"), as: Self.council)
        #expect(settled.version.questions.first?.settled != nil)
        #expect(settled.codes(.answer(id: "q1", text: "Anders"), as: Self.planner) == [.questionSettled])
        // Answered anew only over what was read; whoever answers what stands there already says nothing new.
        #expect(answered.codes(.answer(id: "q1", text: "Anders", over: ""), as: Self.planner) == [.fieldChangedMeanwhile])
        #expect(try answered.deciding(.answer(id: "q1", text: "Zo doet de wet het.", over: ""), as: Self.planner) == [])
        let seen = answered.version.questions.first?.answer?.at.description
        let anew = try answered.after(.answer(id: "q1", text: "Anders", over: seen), as: Self.planner)
        #expect(anew.version.questions.first?.answer?.text == "Anders")
        let letGo = try asked.after(.settle(id: "q1"), as: Self.council)
        #expect(letGo.codes(.consent(letGo.step), as: Self.chair) == [])
        let unknown = PlanVersionCommand.ask(.init(id: "q3", chapter: "1", text: "?", group: "none"))
        #expect(submitted.codes(unknown, as: Self.council) == [.notAnOption])
    }

    @Test("a council that does not consent says why, and may consent later")
    func refusedConsent() throws {
        let submitted = try Self.submitted()
        #expect(submitted.codes(.refuseConsent(submitted.step), as: Self.chair) == [.reasonsRequired])
        let refused = try submitted.after(.refuseConsent(submitted.step("Te weinig over ouders")), as: Self.chair)
        #expect(refused.version.nextStage(Testland.governance) == .consent)
        #expect(refused.codes(.agree(municipality: "east", refused.step), as: Self.townEast) == [.notNow])
        #expect(refused.codes(.consent(refused.step), as: Self.chair) == [])
    }

    @Test("a step is not dated in the future, nor before the one that it follows on")
    func days() throws {
        let submitted = try Self.submitted()
        #expect(submitted.codes(.consent(PlanStep(day: submitted.day.adding(days: 1))), as: Self.chair) == [.dayInFuture])
        #expect(submitted.codes(.consent(PlanStep(day: .of("2023-12-31"))), as: Self.chair) == [.beforeLastStep])
        #expect(submitted.codes(.consent(PlanStep(day: submitted.day.adding(days: -1))), as: Self.chair) == [])
    }

    @Test("it is not in force before today, before the version it changes, on a day that is taken, or longer than four years")
    func force() throws {
        var adopted = try Self.adopted()
        let step = adopted.step
        func enact(_ from: Day, _ until: Day? = nil) -> PlanVersionCommand { .enact(from: from, until: until, step) }
        #expect(adopted.codes(enact(adopted.day.adding(days: -1)), as: Self.planner) == [.dayInPast])
        #expect(adopted.codes(enact(adopted.day), as: Self.planner) == [])
        #expect(adopted.codes(enact(.of("2024-08-01"), .of("2028-07-31")), as: Self.planner) == [])
        #expect(adopted.codes(enact(.of("2024-08-01"), .of("2028-08-01")), as: Self.planner) == [.longerThanAllowed])
        #expect(adopted.codes(enact(.of("2024-08-01"), .of("2024-07-31")), as: Self.planner) == [.endBeforeBegin])
        adopted.standing[PlanKey("testland/2023")] = .of("2024-08-01")
        #expect(adopted.codes(enact(.of("2024-08-01")), as: Self.planner) == [.dayTaken])
        adopted.standing = [Self.base.key: .of("2024-09-01")]
        #expect(adopted.codes(enact(.of("2024-08-01")), as: Self.planner) == [.beforeEarliest])
    }

    @Test("it goes to the council, and in force, only when it reads and its examples come out")
    func trial() throws {
        var drafted = try Self.drafted()
        var adopted = try Self.adopted()
        let enact = PlanVersionCommand.enact(from: .of("2024-08-01"), until: nil, adopted.step)
        for trial in [PlanVersionSetting.Trial(errors: 1, failing: 0), .init(errors: 0, failing: 2)] {
            drafted.trial = trial
            adopted.trial = trial
            #expect(drafted.codes(.submit(drafted.step), as: Self.planner) == [.planHasFaults])
            #expect(adopted.codes(enact, as: Self.planner) == [.planHasFaults])
        }
        drafted.trial = PlanVersionSetting.Trial(errors: 0, failing: 0)
        #expect(drafted.codes(.submit(drafted.step), as: Self.planner) == [])
    }

    @Test("it can be withdrawn, with a reason, until the day on which it is in force")
    func withdrawing() throws {
        var enacted = try Self.enacted()
        #expect(enacted.codes(.withdraw(enacted.step), as: Self.planner) == [.reasonsRequired])
        #expect(enacted.codes(.withdraw(enacted.step("Toch niet")), as: Self.planner) == [])
        enacted.day = .of("2024-08-01")
        #expect(enacted.codes(.withdraw(enacted.step("Toch niet")), as: Self.planner) == [.notNow])
        let drafted = try Self.drafted()
        let step = drafted.step("Toch niet")
        let gone = try drafted.after(.withdraw(step), as: Self.planner)
        #expect(gone.version.doings(of: Self.planner, gone.rules, on: gone.day).isEmpty)
        #expect(try gone.deciding(.withdraw(step), as: Self.planner) == [])
        #expect(gone.codes(.withdraw(drafted.step("Iets anders")), as: Self.planner) == [.notNow])
    }

    @Test("a draft begins on a version that is followed, under a key of its own partnership")
    func drafting() throws {
        let story = Story()
        func codes(
            _ key: String, amends: String? = "testland/2020", files: [String: String] = ["plan.yaml": "a"]
        ) -> [Refusal.Code] {
            var story = story
            story.version = PlanVersion(key: PlanKey(key))
            return story.codes(
                .draft(.init(title: Self.title, amends: amends.map { PlanKey($0) }, files: files)), as: Self.planner)
        }
        #expect(codes("testland/2024-2028") == [])
        for key in ["elsewhere/2024", "testland", "testland/", "testland/A", "testland/a b", "testland/a/b", "testland/.."] {
            #expect(codes(key) == [.badKey])
        }
        #expect(codes("testland/2024", amends: "testland/1999") == [.unknownVersion])
        #expect(codes("testland/2024", files: ["../plan.yaml": "a"]) == [.badFile])
        #expect(codes("testland/2020", amends: nil) == [.alreadyKnown])
        #expect(story.codes(Self.draft, as: Self.chair) == [.notAllowed])
        #expect(try Self.drafted().deciding(Self.draft, as: Self.planner) == [])
        let empty = try story.after(.draft(.init(title: Self.title, amends: Self.base.key)), as: Self.planner)
        #expect(empty.codes(.submit(empty.step), as: Self.planner) == [.nothingWritten])
    }

    @Test("how a version that is followed already came about can be told afterwards, with days that are past")
    func known() throws {
        var story = Story()
        story.version = PlanVersion(key: Self.base.key)
        story = try story.after(.draft(.init(title: Self.title, amends: nil)), as: Self.planner)
        #expect(story.version.isKnown)
        #expect(story.codes(.write([.init(file: "fields.yaml", text: "a: b\n")], basedOn: nil), as: Self.planner) == [.frozen])
        func on(_ day: String) -> PlanStep { PlanStep(day: .of(day)) }
        story = try story.after(.submit(on("2020-01-15")), as: Self.planner)
        story = try story.after(.consent(on("2020-02-15")), as: Self.chair)
        story = try story.after(.agree(municipality: "east", on("2020-03-01")), as: Self.townEast)
        story = try story.after(.agree(municipality: "west", on("2020-03-01")), as: Self.town)
        story = try story.after(.adopt(votes: Self.unanimous, on("2020-03-31")), as: Self.clerk)
        let step = on("2020-03-31")
        #expect(story.codes(.enact(from: .of("2021-08-01"), until: nil, step), as: Self.planner) == [.dayOfFolder])
        story = try story.after(.enact(from: .of("2020-08-01"), until: nil, step), as: Self.planner)
        #expect(story.version.state == .enacted)
    }

    @Test("an organ that the plan does not name is passed over; a plan without rules for it arranges nothing")
    func fewer() throws {
        let rule = Testland.governance
        var story = Story()
        story.rules = Testland.plan(
            governance: GovernanceRule(
                source: "x", roles: rule.roles.filter { ![.consent, .agree, .adopt].contains($0.key) }))
        story = try story.after(Self.draft, as: Self.planner)
        story = try story.after(.submit(story.step), as: Self.planner)
        #expect(story.codes(.consent(story.step), as: Self.chair) == [.notArranged])
        #expect(story.codes(.enact(from: .of("2024-08-01"), until: nil, story.step), as: Self.planner) == [])
        story.rules = Testland.plan()
        #expect(story.codes(.takeBack(story.step("x")), as: Self.planner) == [.notArranged])
        #expect(story.version.doings(of: Self.planner, story.rules, on: story.day).isEmpty)
    }

    @Test("a draft is seen by those with a part in it, what was adopted by everybody")
    func sight() throws {
        let drafted = try Self.drafted()
        for actor in [Self.planner, Self.council, Self.townEast] {
            #expect(drafted.version.isSeen(by: actor, drafted.rules, on: drafted.day))
        }
        for actor in [nil, Testland.ib] {
            #expect(!drafted.version.isSeen(by: actor, drafted.rules, on: drafted.day))
            #expect(try Self.adopted().version.isSeen(by: actor, drafted.rules, on: drafted.day))
        }
    }

    @Test(
        "the day before which the inspectorate has the plan is the last of its kind before the period",
        arguments: [("2024-08-01", "2024-05-01"), ("2024-05-01", "2024-05-01"), ("2024-04-30", "2023-05-01")])
    func reportDay(_ from: String, _ before: String) throws {
        #expect(GovernanceRule.YearDay("05-01")?.last(by: .of(from)) == .of(before))
        #expect(GovernanceRule.YearDay("05-32") == nil)
        #expect(GovernanceRule.YearDay("mei") == nil)
    }
}
