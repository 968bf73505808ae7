import Domain
import Journal

/// The life of one dossier: every act is decided by the same rules as in earnest, on a clock of its own.
struct DemoStory {
    let stage: DemoStage
    let pupil: DemoPupil
    /// Acts stop here; later than the stage's end only while a story is tried out.
    let until: Instant
    var random: SeededRandom
    var words: DemoWords
    var dossier: Dossier
    var now: Instant
    private(set) var acts: [DemoAct] = []
    var blobs: [DemoBlob] = []
    private(set) var accounts: [DemoAccount] = []
    private var looks: [ReadEntry] = []
    private var looked: Set<String> = []
    /// What could not be done, as codes: a demo without faults has none.
    private(set) var failures: [String] = []
    /// When the step that was to stay open opened.
    private(set) var heldSince: Instant?
    /// What the running route comes to, as `route.outcome`.
    var leaning: (key: String, rule: DemoLeaning)?
    /// The choice that is being made, as `route.step.choice`.
    var choosing: String?
    private var nextSummer: SchoolYear

    /// The story of a pupil from the opening of the dossier on a day.
    ///
    /// - Parameter variant: another one is another course of things for the same child.
    init(_ pupil: DemoPupil, on stage: DemoStage, opening: Day, until: Instant, variant: Int) {
        self.stage = stage
        self.pupil = pupil
        self.until = until
        var random = SeededRandom(seed: stage.seed, part: pupil.index + 1 + variant * 1_000_003)
        dossier = Dossier(id: DossierID(random.key()))
        self.random = random
        words = DemoWords(pupil.girl ? stage.content.phrases.girl : stage.content.phrases.boy)
        now = Instant.amsterdam(opening, hour: 8, minute: 30)
        nextSummer = SchoolYear(containing: opening).next
    }

    var rules: PlanRules { stage.shelf.inForce(on: now.day) }
    var settings: DemoSettings { stage.content.settings }

    /// The looks into the dossier, oldest first; the last ones when there are more than are kept.
    var reads: [ReadEntry] { Array(looks.suffix(stage.looks)) }

    /// Tells the whole story.
    mutating func tell() {
        do {
            guard !pupil.isBrief else {
                _ = try begin()
                return
            }
            try open()
            if let aim = pupil.aim {
                for leg in aim.legs { try follow(leg) }
                if aim.held == nil { try settle() }
            } else {
                try wander()
            }
        } catch {
            if case .held = error { heldSince = now }
        }
        // Children move up whether or not somebody works on their dossier.
        while moveUpMoment < until, (try? moveUp()) != nil {}
    }

    // MARK: Acting

    /// Does something now, as the rules decide it.
    mutating func act(_ command: DossierCommand, by acting: DemoActing) throws(Refused) {
        let setting = Setting(now: now, actor: acting.actor, shelf: stage.shelf, people: stage.world.actors)
        let decided = try dossier.decide(command, setting)
        // The number of a decision is drawn when it is stored; nothing that follows depends on it.
        let events = decided.events(Array(repeating: 0, count: decided.draws.count))
        guard !events.isEmpty else { return }
        if dossier.exists { look(acting) }
        acts.append(
            DemoAct(
                stream: Projection.stream(dossier.id), version: dossier.version, at: now, actor: acting.actor.person,
                deed: .dossier(decided)))
        for event in events {
            dossier.apply(
                event, EventContext(version: dossier.version + 1, at: now, actor: acting.actor.person))
        }
        // No event holds the kind of the school, and rules may ask it.
        dossier.schoolKind = dossier.school.flatMap { stage.world.kind(of: $0) }
        now = now.adding(milliseconds: Int64(random.within(70_000...540_000)))
    }

    /// Notes that somebody looked before acting, once a day.
    private mutating func look(_ acting: DemoActing) {
        guard looked.insert("\(acting.actor.person)\(now.day)").inserted, let rule = rules.function(acting.function) else {
            return
        }
        looks.append(
            ReadEntry(
                dossier: dossier.id, person: acting.actor.person, function: acting.function,
                purpose: rule.place == .family ? "family" : "function", parts: rule.reads.subtracting([.readLog]), kind: .page,
                at: now.adding(milliseconds: -Int64(random.within(30_000...200_000))), version: dossier.version))
    }

    mutating func fail(_ what: String, _ refused: Refused? = nil) {
        let codes = refused?.reasons.map { reason in
            [reason.code.rawValue, reason.field].compactMap(\.self).joined(separator: ":")
        }
        failures.append(([what] + (codes ?? [])).joined(separator: " "))
    }

    // MARK: Time

    /// Lets days go by, to a working hour of a day on which schools are open.
    mutating func pass(days: Int, family: Bool = false) throws(DemoHalt) {
        try advance(to: moment(inDays: days, family: family))
    }

    /// A moment so many days on: office hours, or the evening for a family.
    mutating func moment(inDays days: Int, family: Bool = false) -> Instant {
        var day = now.day.adding(days: days)
        // Nobody at school goes on in the evening with what a family did.
        if days == 0, now.localTime.hour >= (family ? 22 : 16) { day = day.adding(days: 1) }
        if !family {
            while !isOpen(day) { day = day.adding(days: 1) }
        }
        let moment =
            family
            ? Instant.amsterdam(day, hour: random.within(19...21), minute: random.below(60))
            : Instant.amsterdam(day, hour: random.within(8...15), minute: random.within(5...59))
        return max(moment, now)
    }

    /// Whether schools work on a day.
    func isOpen(_ day: Day) -> Bool { rules.holidays.isWorkingDay(day) && !settings.isClosed(day) }

    /// Moves the clock on; when the summer lies between, the child moves up on the way.
    mutating func advance(to moment: Instant) throws(DemoHalt) {
        while moveUpMoment < moment { try moveUp() }
        // Two hours are left for what is done at one sitting.
        guard moment <= until.adding(milliseconds: -7_200_000) else { throw .clock }
        now = max(now, moment)
    }

    // MARK: The start

    /// Opens the dossier.
    ///
    /// - Returns: who did; nil when it could not be.
    private mutating func begin() throws(DemoHalt) -> DemoActing? {
        try advance(to: moment(inDays: 0))
        guard let acting = staff(for: .openDossier), let open = opening(rules) else {
            fail("open")
            return nil
        }
        do {
            try act(.open(open), by: acting)
            return acting
        } catch {
            fail("open", error)
            return nil
        }
    }

    /// Opens the dossier, gives guardians their accounts and writes the first parts.
    private mutating func open() throws(DemoHalt) {
        guard let acting = try begin() else { return }
        try giveAccounts(by: acting)
        let rules = rules
        let parts = rules.groeidocument.parts
        for part in parts.prefix(pupil.aim == nil ? random.within(1...2) : 1) {
            try pass(days: random.within(0...6))
            try write(part)
        }
    }

    private mutating func opening(_ rules: PlanRules) -> DossierCommand.Open? {
        let names = stage.content.names
        let years = SchoolYear(containing: stage.until.day).startingYear - SchoolYear(containing: now.day).startingYear
        // A child that would have left school by now would have no work waiting.
        let last = max(0, rules.groups.count - 1 - max(0, years))
        let wanted = pupil.theme.groups.range
        let lower = min(max(0, wanted.lowerBound - 1), last)
        let group = random.within(lower...max(lower, min(wanted.upperBound - 1, last)))
        let older = random.chance(0.12) ? 1 : 0
        let latest = SchoolYear(containing: now.day).startingYear - settings.firstAge - group - older
        let born = (Day(year: latest, month: 9, day: 30) ?? now.day).adding(days: -random.below(365))
        let circle = pupil.circle
        let mixed = random.chance(names.mixed) ? names.circle(&random) : circle
        let given = names.child(pupil.girl ? .female : .male, circle, &random)
        let family = random.pick(mixed.families) ?? ""
        words["name"] = given
        words["school"] = pupil.school.name
        words["languages"] = circle.languages
        let guardians = guardians(family, rules)
        let child = Child(givenName: given, familyName: family, born: born, group: rules.groups[group].id)
        let named = namedFunctions(rules).compactMap { function in
            stage.world.holder(of: function, at: pupil.school.id, group: group).map {
                NamedPerson(person: $0, function: function)
            }
        }
        learnTeacher(named)
        words["group"] = rules.groups[group].title.nl.lowercased()
        return DossierCommand.Open(child: child, school: pupil.school.id, guardians: guardians, named: named)
    }

    private mutating func guardians(_ family: String, _ rules: PlanRules) -> [Guardian] {
        let names = stage.content.names
        let shapes = names.families.filter { family in
            !pupil.withCarer || family.guardians.contains { rules.relation($0.relation)?.authority == false }
        }
        guard let shape = random.pick(shapes, weight: \.weight) else { return [] }
        return shape.guardians.enumerated().map { index, member in
            let given = names.given(member.sex, pupil.circle, &random)
            let own = member.shares ?? (index > 0) ? family : random.pick(pupil.circle.families) ?? family
            let mail = DemoMail.address(
                given: given, family: own, only: ".\(pupil.index + 1)\(["", "b", "c", "d"][min(index, 3)])", at: settings.mail)
            return Guardian(
                id: GuardianID(random.key()), name: "\(given) \(own)", relation: member.relation,
                authority: rules.relation(member.relation)?.authority ?? true,
                email: index == 0 || pupil.withCarer || random.chance(0.8) ? mail : nil)
        }
    }

    /// Functions whose holders are named for a child, by group.
    private func namedFunctions(_ rules: PlanRules) -> [String] {
        rules.functions.filter { $0.place == .school && $0.sight.contains(.named) }.map(\.id)
    }

    private mutating func learnTeacher(_ named: [NamedPerson]) {
        guard let person = named.first.flatMap({ stage.world.member($0.person) }) else { return }
        let form = person.sex == .female ? stage.content.phrases.mistress : stage.content.phrases.master
        words["teacher"] = DemoWords(["given": person.given]).filled(form)
    }

    private mutating func giveAccounts(by acting: DemoActing) throws(DemoHalt) {
        for (index, guardian) in dossier.guardians.enumerated() {
            let wanted = pupil.withAccount && index == 0 || pupil.withCarer || random.chance(settings.accounts)
            guard wanted, let email = guardian.email else { continue }
            if index == 0 { try pass(days: random.within(0...4)) }
            let person = PersonID(random.key())
            var known = guardian
            known.person = person
            acts.append(
                DemoAct(
                    stream: Projection.stream(person), version: 0, at: now, actor: acting.actor.person,
                    deed: .person(.registered(.init(name: guardian.name, email: email)))))
            do {
                try act(.recordGuardian(known), by: acting)
            } catch {
                fail("account", error)
            }
            accounts.append(DemoAccount(person: person, name: guardian.name, email: email, at: now))
        }
    }

    // MARK: A new school year

    /// When children move up: a working morning in the last week of August, not the same for all.
    private var moveUpMoment: Instant {
        var day = nextSummer.first.adding(days: 24 + pupil.index % 5)
        while !isOpen(day) { day = day.adding(days: 1) }
        return .amsterdam(day, hour: 9 + pupil.index % 5, minute: pupil.index % 60)
    }

    /// The next group with its own teacher.
    private mutating func moveUp() throws(DemoHalt) {
        guard moveUpMoment <= until.adding(milliseconds: -7_200_000) else { throw .clock }
        now = max(now, moveUpMoment)
        nextSummer = nextSummer.next
        let rules = rules
        guard var child = dossier.child, let acting = staff(for: .correctChild),
            let group = rules.groups.firstIndex(where: { $0.id == child.group }), rules.groups.indices.contains(group + 1)
        else { return }
        child.group = rules.groups[group + 1].id
        words["group"] = rules.groups[group + 1].title.nl.lowercased()
        do {
            try act(.correctChild(child), by: acting)
            for before in dossier.named {
                guard let next = stage.world.holder(of: before.function, at: pupil.school.id, group: group + 1) else { continue }
                try act(.unnamePerson(before), by: acting)
                try act(.namePerson(NamedPerson(person: next, function: before.function)), by: acting)
            }
        } catch {
            fail("move-up", error)
        }
        learnTeacher(dossier.named)
    }
}
