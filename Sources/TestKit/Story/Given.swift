import Domain
import Testing

/// What has happened in a dossier, from which a test goes on: `Given(…).when(…, as:…, on:…).then(…)`.
package struct Given: Sendable {
    package private(set) var dossier: Dossier
    package private(set) var shelf: PlanShelf
    package private(set) var people: [PersonID: Actor]
    package private(set) var schools: [OrganisationID: KnownSchool] = [:]
    /// Numbers drawn so far, by counter.
    package private(set) var drawn: [String: Int64]

    /// These events, one after the other by one person on one day.
    package init(
        _ events: [DossierEvent] = [], by actor: Actor = Testland.ib, on day: String = "2021-09-01",
        shelf: PlanShelf = .of([.invented]), people: [PersonID: Actor] = Testland.people,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        dossier = Dossier(id: DossierID("d-1"))
        self.shelf = shelf
        self.people = people
        drawn = [:]
        self = and(events, by: actor, on: day, sourceLocation: sourceLocation)
    }

    /// The same, and these events.
    package func and(
        _ events: [DossierEvent], by actor: Actor = Testland.ib, on day: String, at time: String = "10:00",
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Given {
        var after = self
        let at = Instant.of(day, time, sourceLocation: sourceLocation)
        for event in events {
            after.dossier.apply(
                event, EventContext(version: after.dossier.version + 1, at: at, actor: actor.person))
        }
        return after
    }

    /// The same, and this command carried out; a refusal fails the test.
    package func after(
        _ command: DossierCommand, as actor: Actor = Testland.ib, on day: String, at time: String = "10:00",
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Given {
        let when = when(command, as: actor, on: day, at: time, sourceLocation: sourceLocation)
        if case .failure(let refused) = when.result {
            Issue.record("refused: \(refused.reasons.map(\.short))", sourceLocation: sourceLocation)
        }
        return when.given
    }

    /// What comes of a command.
    package func when(
        _ command: DossierCommand, as actor: Actor = Testland.ib, on day: String, at time: String = "10:00",
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> When {
        let at = Instant.of(day, time, sourceLocation: sourceLocation)
        var after = self
        do {
            let decided = try dossier.decide(
                command, Setting(now: at, actor: actor, shelf: shelf, people: people, schools: schools))
            let numbers = decided.draws.map { counter -> Int64 in
                after.drawn[counter, default: 0] += 1
                return after.drawn[counter] ?? 0
            }
            let events = decided.events(numbers)
            after = after.and(events, by: actor, on: day, at: time, sourceLocation: sourceLocation)
            return When(result: .success(events), given: after)
        } catch {
            return When(result: .failure(error), given: self)
        }
    }

    /// The same, with only these people to be found.
    package func knowing(_ people: [PersonID: Actor]) -> Given {
        var after = self
        after.people = people
        return after
    }

    /// The same, with these schools registered.
    package func knowing(schools: [OrganisationID: KnownSchool]) -> Given {
        var after = self
        after.schools = schools
        return after
    }

    /// What somebody sees of the dossier on a day; nil when it is not there for them.
    package func sight(of actor: Actor, on day: String, sourceLocation: SourceLocation = #_sourceLocation) -> Sight? {
        let day = Day.of(day, sourceLocation: sourceLocation)
        return actor.sight(of: dossier.openings(shelf, on: day), rules: shelf.inForce(on: day), on: day)
    }
}

extension Refusal {
    /// Code and field, for the message of a failing test.
    package var short: String { "\(code.rawValue)\(field.map { " at \($0)" } ?? "")" }
}
