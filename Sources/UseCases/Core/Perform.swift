import Domain
import Journal

extension Installation {
    /// How often a command is decided again because somebody else wrote first.
    private static let attempts = 4

    /// Carries out a command on a dossier: load, fold, decide, append; on a conflict fold the news and decide again.
    ///
    /// - Returns: the dossier as it is afterwards.
    /// - Throws: `NotFound` when the dossier is not there for this person, `Refused` when the rules say no, or the journal's
    ///   fault.
    package func perform(_ command: DossierCommand, on id: DossierID, as actor: Actor) async throws -> Dossier {
        switch command {
        // Those who do these need not see the dossier.
        case .open, .openInEmergency, .retention: break
        default: guard try await mayBeOpen(id, to: actor) else { throw NotFound() }
        }
        return try await perform(on: id, as: actor) { _ in command }
    }

    /// The same with a command that is made from the dossier as it is at the moment of deciding.
    func perform(
        on id: DossierID, as actor: Actor, _ making: (Dossier) throws -> DossierCommand
    ) async throws -> Dossier {
        try await deciding {
            let dossier = try await load(id)
            let command = try making(dossier)
            let setting = Setting(
                now: clock.now(), actor: actor, shelf: shelf, people: try await people(in: command, of: dossier),
                schools: try await schools(in: command, of: dossier))
            let decided: Decided
            do {
                decided = try dossier.decide(command, setting)
            } catch let refused as Refused {
                if refused.reasons.contains(where: { $0.code == .notOpened }) { throw NotFound() }
                throw refused
            }
            return try await append(
                decided, to: dossier, setting, onBehalfOf: dossier.replaced(in: command, by: actor, shelf))
        }
    }

    /// Does what is decided on what the journal holds, and decides again when somebody else wrote first.
    ///
    /// - Throws: what `work` throws; the conflict itself when it comes to nothing each time.
    func deciding<Outcome>(_ work: () async throws -> Outcome) async throws -> Outcome {
        for _ in 1..<Self.attempts {
            do { return try await work() } catch is JournalConflict {}
        }
        return try await work()
    }

    private func append(
        _ decided: Decided, to dossier: Dossier, _ setting: Setting, onBehalfOf absent: PersonID?
    ) async throws -> Dossier {
        if decided.draws.isEmpty, decided.events([]).isEmpty { return dossier }
        let shelf = shelf
        let today = setting.today
        let changes = Projection.changes(from: dossier, shelf, on: today)
        let act: @Sendable ([Int64]) throws -> Act = { drawn in
            var after = dossier
            var new: [NewEvent] = []
            for (index, event) in decided.events(drawn).enumerated() {
                new.append(NewEvent(type: event.name, payload: try event.payload()))
                after.apply(
                    event,
                    EventContext(
                        version: dossier.version + 1 + index, at: setting.now, actor: setting.actor.person, onBehalfOf: absent))
            }
            return Act(events: new, registers: changes(after))
        }
        // Writers take turns, so what waits for no number is made before it is this one's turn.
        let made = decided.draws.isEmpty ? try act([]) : nil
        let recorded = try await journal.append(
            Appending(
                stream: Projection.stream(dossier.id), expectedVersion: dossier.version, at: setting.now,
                actor: setting.actor.person, onBehalfOf: absent, draws: decided.draws,
                make: { place in if let made { made } else { try act(place.drawn) } }))
        upkeep.saved(at: setting.now)
        var after = dossier
        for event in recorded { try after.fold(event) }
        after = try await knowingSchool(after)
        cache.keep(after)
        return after
    }

    /// The dossier as it is now: from memory where possible, with whatever the journal has since.
    ///
    /// - Throws: `NotFound` for one that was forgotten, or the journal's fault.
    package func load(_ id: DossierID) async throws -> Dossier {
        let dossier = try await folded(id)
        if dossier.exists { cache.keep(dossier) }
        return dossier
    }

    /// The dossier as it was at a version, for an edit that began there; as it is now for a version that never was.
    package func dossier(_ id: DossierID, at version: Int) async throws -> Dossier {
        let now = try await load(id)
        guard (1..<now.version).contains(version) else { return now }
        var dossier = Dossier(id: id)
        for event in try await journal.read(Projection.stream(id)).prefix(version) { try dossier.fold(event) }
        return try await knowingSchool(dossier)
    }

    /// The dossier as it is now, without keeping it in memory: for going through many dossiers that nobody is working in.
    func folded(_ id: DossierID) async throws -> Dossier {
        var dossier = cache[id] ?? Dossier(id: id)
        do {
            for event in try await journal.read(Projection.stream(id), after: dossier.version) { try dossier.fold(event) }
        } catch JournalFault.erased {
            cache.forget(id)
            throw NotFound()
        }
        return try await knowingSchool(dossier)
    }

    /// The dossier with the kind of its school: rules may ask it, and no event of the dossier holds it.
    ///
    /// Whoever folds a dossier passes it through here, so that a rule finds the same wherever it is asked.
    package func knowingSchool(_ dossier: Dossier) async throws -> Dossier {
        var knowing = dossier
        knowing.schoolKind =
            if let school = dossier.school { try await names.organisation(school)?.kind } else { nil }
        return knowing
    }

    /// The people that a command refers to, with what they hold today: chosen in answers, or named.
    private func people(in command: DossierCommand, of dossier: Dossier) async throws -> [PersonID: Actor] {
        var wanted: Set<PersonID> = []
        func look(_ answers: Answers, _ rules: PlanRules) {
            for (id, answer) in answers {
                if case .person = rules.fields[id]?.kind, !answer.isEmpty { wanted.insert(PersonID(answer.text)) }
            }
        }
        switch command {
        case .open(let open): wanted.formUnion(open.named.map(\.person))
        case .namePerson(let named): wanted.insert(named.person)
        case .start(let start): look(start.answers, rules)
        case .take(let take):
            guard let procedure = dossier.procedure(take.instance) else { break }
            look(take.answers, shelf[procedure.plan] ?? rules)
        case .reassign(let reassign): wanted.insert(reassign.person)
        case .write(let write): look(write.answers, rules)
        default: break
        }
        var people: [PersonID: Actor] = [:]
        for person in wanted { people[person] = try await self.actor(person) }
        return people
    }

    /// The schools that a command refers to, as they are registered: chosen in answers now, or in a procedure before.
    private func schools(
        in command: DossierCommand, of dossier: Dossier
    ) async throws -> [OrganisationID: KnownSchool] {
        let (answers, rules): (Answers, PlanRules) =
            switch command {
            case .start(let start): (start.answers, self.rules)
            case .write(let write): (write.answers, self.rules)
            case .take(let take):
                dossier.procedure(take.instance).map { procedure in
                    (procedure.answers.merging(take.answers) { _, new in new }, shelf[procedure.plan] ?? self.rules)
                } ?? ([:], self.rules)
            default: ([:], self.rules)
            }
        var schools: [OrganisationID: KnownSchool] = [:]
        for (id, answer) in answers where !answer.isEmpty && rules.fields[id]?.kind.isSchool == true {
            let row = try await registers.organisation(OrganisationID(answer.text))
            if let row { schools[row.id] = row.known }
        }
        return schools
    }

    /// Somebody as an actor today, with the functions they hold now.
    package func actor(_ person: PersonID) async throws -> Actor { try await actor(person, on: today) }

    /// Somebody as an actor on a day, with the functions held then.
    func actor(_ person: PersonID, on day: Day) async throws -> Actor {
        var functions: [HeldFunction] = []
        for row in try await registers.functions(of: person, on: day) {
            // What the absent one holds no longer is nobody's to take the place in.
            if let absent = row.replaces, try await !holds(absent, row.function, at: row.organisation, on: day) { continue }
            functions.append(
                HeldFunction(
                    function: row.function, organisation: row.organisation, discipline: row.discipline, from: row.from,
                    until: row.until, replaces: row.replaces))
        }
        return Actor(person: person, functions: functions)
    }

    private func holds(
        _ person: PersonID, _ function: String, at organisation: OrganisationID, on day: Day
    ) async throws -> Bool {
        try await registers.functions(of: person, on: day).contains {
            $0.replaces == nil && $0.function == function && $0.organisation == organisation
        }
    }
}
