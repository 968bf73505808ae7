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
        var attempt = 1
        while true {
            let dossier = try await load(id)
            let setting = Setting(
                now: clock.now(), actor: actor, shelf: shelf, people: try await people(in: command, of: dossier))
            let decided: Decided
            do {
                decided = try dossier.decide(command, setting)
            } catch {
                if error.reasons.contains(where: { $0.code == .notOpened }) { throw NotFound() }
                throw error
            }
            do {
                return try await append(decided, to: dossier, setting)
            } catch let conflict as JournalConflict {
                attempt += 1
                guard attempt <= Self.attempts else { throw conflict }
            }
        }
    }

    private func append(_ decided: Decided, to dossier: Dossier, _ setting: Setting) async throws -> Dossier {
        let shelf = shelf
        let act: @Sendable (Place) throws -> Act = { place in
            let events = decided.events(place.drawn)
            var after = dossier
            var new: [NewEvent] = []
            for (index, event) in events.enumerated() {
                new.append(NewEvent(type: event.name, payload: try event.payload()))
                after.apply(
                    event,
                    EventContext(version: dossier.version + 1 + index, at: setting.now, actor: setting.actor.person))
            }
            let old = Projection.rows(of: dossier, shelf)
            return Act(events: new, registers: .between(old: old, new: Projection.rows(of: after, shelf)))
        }
        if decided.draws.isEmpty, decided.events([]).isEmpty { return dossier }
        let recorded = try await journal.append(
            Appending(
                stream: Projection.stream(dossier.id), expectedVersion: dossier.version, at: setting.now,
                actor: setting.actor.person, draws: decided.draws, make: act))
        var after = dossier
        for event in recorded { try after.fold(event) }
        cache.keep(after)
        return after
    }

    /// The dossier as it is now: from memory where possible, with whatever the journal has since.
    package func load(_ id: DossierID) async throws -> Dossier {
        var dossier = cache[id] ?? Dossier(id: id)
        let before = dossier.version
        for event in try await journal.read(Projection.stream(id), after: before) { try dossier.fold(event) }
        if dossier.version > before { cache.keep(dossier) }
        return dossier
    }

    /// The people that a command refers to, with what they hold today: chosen in answers, named, or at work before.
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
        case .write(let write): look(write.answers, rules)
        default: break
        }
        var people: [PersonID: Actor] = [:]
        for person in wanted { people[person] = try await self.actor(person) }
        return people
    }

    /// Somebody as an actor today, with the functions they hold now.
    package func actor(_ person: PersonID) async throws -> Actor {
        let rows = try await registers.functions(of: person, on: today)
        return Actor(
            person: person,
            functions: rows.map {
                HeldFunction(
                    function: $0.function, organisation: $0.organisation, discipline: $0.discipline, from: $0.from,
                    until: $0.until)
            })
    }
}
