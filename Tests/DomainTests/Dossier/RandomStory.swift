import Domain
import TestKit
import Testing

/// A dossier's life drawn from a seed: mostly what people really do, and now and then nonsense.
struct RandomStory {
    var random: SeededRandom
    var dossier = Dossier(id: DossierID("d"))
    var clock = FixedClock("2021-08-30")
    /// Everything that happened, as stored.
    var journal: [(event: DossierEvent, context: EventContext)] = []
    /// Numbers drawn, by counter.
    var drawn: [String: Int64] = [:]

    let shelf = PlanShelf.invented
    let people = Testland.people
    private let everybody = Testland.people.values.sorted { $0.person < $1.person }

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// Draws the next command with who gives it; time passes first.
    mutating func next() -> (command: DossierCommand, setting: Setting) {
        clock.advance(days: random.happens(75) ? 0 : random.number(0...12), milliseconds: Int64(random.number(0...7_200_000)))
        guard dossier.exists else { return (Testland.open, setting(random.happens(80) ? Testland.ib : anybody)) }
        let command = command()
        return (command, setting(random.happens(85) ? likely(command) : anybody))
    }

    /// Carries a command out, when the rules allow it.
    mutating func perform(_ command: DossierCommand, _ setting: Setting) -> Result<[DossierEvent], Refused> {
        do {
            let decided = try dossier.decide(command, setting)
            let numbers = decided.draws.map { counter -> Int64 in
                drawn[counter, default: 0] += 1
                return drawn[counter] ?? 0
            }
            let events = decided.events(numbers)
            for event in events {
                let context = EventContext(version: dossier.version + 1, at: setting.now, actor: setting.actor.person)
                dossier.apply(event, context)
                journal.append((event, context))
            }
            return .success(events)
        } catch {
            return .failure(error)
        }
    }

    private var anybody: Actor { mutating get { random.one(of: everybody) ?? Testland.stranger } }

    private func setting(_ actor: Actor) -> Setting {
        Setting(now: clock.time, actor: actor, shelf: shelf, people: people)
    }

    /// Somebody who may well do this.
    private mutating func likely(_ command: DossierCommand) -> Actor {
        if case .reassign = command { return random.happens(90) ? Testland.secretary : anybody }
        guard case .take(let take) = command, let procedure = dossier.procedure(take.instance),
            let step = shelf[procedure.plan]?.procedure(procedure.rule)?.step(take.step)
        else { return random.happens(85) ? Testland.ib : Testland.mother }
        if let field = step.by.chosenIn, let chosen = procedure.answers[field], let actor = people[PersonID(chosen.text)] {
            return actor
        }
        let holders = everybody.filter { actor in actor.functions.contains { step.by.functions.contains($0.function) } }
        return random.one(of: holders) ?? Testland.ib
    }

    // MARK: Commands

    private mutating func command() -> DossierCommand {
        switch random.number(1...100) {
        case ...46: return take()
        case ...48: return reassign()
        case ...62: return start()
        case ...77: return write()
        case ...84: return agreement()
        case ...85: return .lockVersion
        case ...88:
            return .signVersion(
                .init(
                    number: random.number(0...3), guardian: random.happens(80) ? guardian.id : nil,
                    way: random.one(of: Agreement.Way.allCases) ?? .paper, on: day))
        case ...90:
            return .addDocument(
                Testland.document(
                    random.one(of: ["report", "report", "drawing", "song"]) ?? "", id: "doc-\(random.number(1...4))"))
        case ...91: return .withdrawDocument(DocumentID("doc-\(random.number(1...4))"))
        case ...93: return random.happens(50) ? .namePerson(named) : .unnamePerson(named)
        case ...96: return .recordGuardian(changedGuardian)
        case ...97: return .endGuardian(guardian.id)
        case ...99: return .correctChild(changedChild)
        default: return Testland.open
        }
    }

    private mutating func take() -> DossierCommand {
        let instances = dossier.procedures.map(\.id) + [Testland.talkInstance]
        let running = dossier.procedures.filter(\.isRunning).map(\.id)
        let instance = random.one(of: random.happens(90) ? running : instances) ?? Testland.talkInstance
        let procedure = dossier.procedure(instance)
        let route = procedure.flatMap { shelf[$0.plan]?.procedure($0.rule) }
        let open = procedure?.open.compactMap { route?.step($0.step) } ?? []
        let step = random.one(of: random.happens(92) ? open : route?.steps ?? [])
        let choice = random.one(of: step?.choices ?? [])
        var answers = answers((step?.asks ?? []) + (choice?.asks ?? []))
        if choice?.plans != nil || random.happens(5) { answers.merge(meeting) { _, new in new } }
        return .take(
            .init(instance: instance, step: step?.id ?? "nothing", choice: choice?.id ?? "nothing", answers: answers))
    }

    private mutating func reassign() -> DossierCommand {
        let procedure = random.one(of: dossier.procedures.filter(\.isRunning))
        let person = random.one(of: [Testland.expert, Testland.otherExpert, Testland.doubleAdviser, Testland.boundExpert])
        return .reassign(
            .init(
                instance: procedure?.id ?? Testland.entryInstance,
                step: random.happens(90) ? "second" : random.one(of: procedure?.open ?? [])?.step ?? "nothing",
                person: (person ?? Testland.expert).person, reason: random.happens(90) ? "Vertrokken" : ""))
    }

    private mutating func start() -> DossierCommand {
        let procedure = random.one(of: ["talk", "talk", "talk", "entry", "entry", "entry", "entry", "moon"]) ?? "talk"
        let route = shelf.inForce(on: clock.time.day).procedure(procedure)
        var answers = answers(route?.start.asks ?? [])
        answers.merge(meeting) { _, new in new }
        return .start(
            .init(
                instance: InstanceID("i-\(dossier.procedures.count + random.number(0...1))"), procedure: procedure,
                answers: answers))
    }

    private mutating func write() -> DossierCommand {
        let part = random.one(of: shelf.versions[0].groeidocument.parts)
        let fields = (part?.fields ?? []).filter { _ in random.happens(80) } + (random.happens(3) ? ["begin"] : [])
        let answers = answers(fields.map { Ask(field: $0) })
        var basedOn: [String: Int] = [:]
        for field in fields where random.happens(97) { basedOn[field] = dossier.known[field]?.revision }
        return .write(.init(part: part?.id ?? "", answers: answers, basedOn: basedOn))
    }

    private mutating func agreement() -> DossierCommand {
        .recordAgreement(
            .init(
                guardian: guardian.id, purpose: random.happens(95) ? "talk" : "party",
                word: random.happens(80) ? .given : random.one(of: Agreement.Word.allCases) ?? .refused,
                way: random.one(of: Agreement.Way.allCases) ?? .spoken, on: day))
    }

    private mutating func answers(_ asks: [Ask]) -> Answers {
        var answers: Answers = [:]
        for ask in asks where random.happens(ask.required ? 97 : 40) {
            guard let field = shelf.versions[0].fields[ask.field] else { continue }
            answers[ask.field] = answer(field)
        }
        return answers
    }

    private mutating func answer(_ field: Field) -> Answer {
        if random.happens(2) { return .text(random.one(of: ["", " ", "2021-02-30", "nonsense", "a,b"]) ?? "") }
        switch field.kind {
        case .text, .paragraph: return .text("woord \(random.number(1...9))")
        case .day:
            return .text(
                random.happens(50)
                    ? clock.time.day.adding(days: random.number(-30...900)).description
                    : SchoolYear(containing: clock.time.day.adding(days: random.number(0...2000))).last.description)
        case .moment: return .text("2021-10-10T10:00")
        case .choice: return .text(random.one(of: field.options)?.id ?? "")
        case .choices: return .list(field.options.map(\.id).filter { _ in random.happens(50) })
        case .number(let rule): return .text(String(rule.least + random.number(0...3)))
        case .texts: return .list((1...max(field.atLeast, 1)).map { "woord \($0)" })
        case .yesNo: return .text(random.happens(50) ? "yes" : "no")
        case .school: return .text(Testland.otherSchool.rawValue)
        case .week(let rule):
            guard let place = random.one(of: field.options)?.id else { return .list([]) }
            return .list(rule.dayparts.map { WeekPart(day: "mon", daypart: $0.id, place: place).description })
        case .person:
            return .text(
                (random.one(of: [
                    Testland.expert, Testland.expert, Testland.otherExpert, Testland.doubleAdviser, Testland.doubleAdviser,
                    Testland.boundExpert, Testland.ib,
                ]) ?? Testland.expert).person.rawValue)
        }
    }

    private var meeting: Answers {
        mutating get {
            let day = clock.time.day.adding(days: random.number(-1...9))
            return Testland.meeting(
                "\(day)T\(random.one(of: ["09:00", "15:30"]) ?? "09:00")", reason: random.happens(70) ? "Spoed" : nil)
        }
    }

    private var day: Day { mutating get { clock.time.day.adding(days: random.number(-5...1)) } }

    private var guardian: Guardian {
        mutating get {
            random.one(of: [
                Testland.motherInDossier, Testland.fatherInDossier, Testland.fatherInDossier, Testland.stepfatherInDossier,
            ])
                ?? Testland.motherInDossier
        }
    }

    private var changedGuardian: Guardian {
        mutating get {
            var changed = guardian
            changed.name = "Naam \(random.number(1...3))"
            changed.authority = random.happens(70)
            if random.happens(10) { changed.person = anybody.person }
            return changed
        }
    }

    private var changedChild: Child {
        mutating get {
            var changed = Testland.child
            changed.group = String(random.number(1...9))
            return changed
        }
    }

    private var named: NamedPerson {
        mutating get { NamedPerson(person: anybody.person, function: random.happens(80) ? "teacher" : "ib") }
    }
}
