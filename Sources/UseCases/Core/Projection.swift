import Domain
import Journal

/// From what happened to what lists show: the rows of the registers, always the same for the same events.
package enum Projection {
    /// Stream of a dossier.
    package static func stream(_ id: DossierID) -> StreamID { StreamID("dossier-\(id)") }
    /// Stream of a person.
    package static func stream(_ id: PersonID) -> StreamID { StreamID("person-\(id)") }
    /// Stream of an organisation.
    package static func stream(_ id: OrganisationID) -> StreamID { StreamID("organisation-\(id)") }

    /// Stream of a version of the plan.
    package static func stream(_ key: PlanKey) -> StreamID { StreamID("plan-\(key)") }

    /// The version of the plan that a stream holds; nil for a stream of another kind.
    package static func planKey(of stream: StreamID) -> PlanKey? {
        let prefix = "plan-"
        guard stream.rawValue.hasPrefix(prefix), stream.rawValue.count > prefix.count else { return nil }
        return PlanKey(String(stream.rawValue.dropFirst(prefix.count)))
    }

    /// The dossier that a stream holds; nil for a stream of another kind.
    package static func dossier(of stream: StreamID) -> DossierID? {
        let prefix = "dossier-"
        guard stream.rawValue.hasPrefix(prefix), stream.rawValue.count > prefix.count else { return nil }
        return DossierID(String(stream.rawValue.dropFirst(prefix.count)))
    }

    /// How many of the latest changes the worklist can tell.
    private static let changesKept = 12

    /// The rows of any stream, for a rebuild.
    ///
    /// - Parameter day: see `Dossier.openings`.
    package static func rows(
        _ stream: StreamID, _ events: [RecordedEvent], _ shelf: PlanShelf, on day: Day? = nil
    ) throws -> [any RegisterRow] {
        let parts = stream.rawValue.split(separator: "-", maxSplits: 1)
        guard parts.count == 2 else { return [] }
        let key = String(parts[1])
        switch parts[0] {
        case "dossier":
            var dossier = Dossier(id: DossierID(key))
            for event in events { try dossier.fold(event) }
            return rows(of: dossier, shelf, on: day)
        case "person":
            var person = Person(id: PersonID(key))
            for event in events {
                person.apply(try PersonEvent(name: event.type, payload: event.payload), version: event.version)
            }
            return rows(of: person)
        case "organisation":
            return try events.reduce(into: Optional<OrganisationState>.none) { state, event in
                OrganisationState.fold(&state, try OrganisationEvent(name: event.type, payload: event.payload))
            }.map { [$0.row] } ?? []
        case "question":
            var question = SchoolQuestion(id: QuestionID(key))
            for event in events { try question.fold(event) }
            return rows(of: question)
        case "destruction":
            return try events.flatMap { rows(of: try DestructionStatement(name: $0.type, payload: $0.payload), key) }
        default:
            return []
        }
    }

    /// The rows of one dossier: what lists, search, worklist and counts know of it.
    package static func rows(of dossier: Dossier, _ shelf: PlanShelf, on day: Day? = nil) -> [any RegisterRow] {
        guard let child = dossier.child, let school = dossier.school, let changedAt = dossier.changedAt,
            let opened = dossier.opened
        else { return [] }
        let nameKey = NameKey.of(given: child.givenName, family: child.familyName)
        var rows: [any RegisterRow] = [
            DossierRow(
                id: dossier.id, school: school, givenName: child.givenName, familyName: child.familyName, nameKey: nameKey,
                group: child.group, born: child.born,
                state: dossier.state,
                version: dossier.version, changedAt: changedAt, opened: opened)
        ]
        if let row = retentionRow(of: dossier, shelf, on: day) { rows.append(row) }
        rows += rightsRows(of: dossier, at: school)
        // Lists show the child's name: whoever may not see the child, such as a reader of the log alone, is in no list.
        // What is open until a moment is in none either: registers know days. Nor is what is open to handle a request.
        let openings = dossier.openings(shelf, on: day).filter {
            $0.parts.contains(.child) && $0.ends == nil && $0.ground != .rights
        }
        for opening in openings {
            rows.append(
                OpeningRow(
                    principal: opening.principal.rawValue, dossier: dossier.id,
                    parts: opening.parts.map(\.rawValue).sorted().joined(separator: ","), until: opening.until,
                    ground: opening.registered, nameKey: nameKey, changedAt: changedAt))
        }
        // A task stays until the next event, so it is for those alone whose sight does not end before that.
        let sighted = openings.filter { $0.until == nil }.map(\.principal)
        for procedure in dossier.procedures { rows += self.rows(of: procedure, dossier, school, shelf, for: sighted) }
        for decision in dossier.decisions {
            rows.append(
                DecisionRow(
                    dossier: dossier.id, instance: decision.instance, number: decision.number, counter: decision.counter,
                    ordinal: decision.ordinal, outcome: decision.outcome, begin: decision.begin, end: decision.end,
                    issued: decision.issued))
        }
        for entry in dossier.history.suffix(changesKept) {
            rows.append(
                ChangeRow(
                    dossier: dossier.id, version: entry.version, at: entry.at, actor: entry.actor, code: entry.code,
                    detail: Detail.text(entry.values)))
        }
        return rows
    }

    /// How the rows change when something happens in a dossier today.
    ///
    /// Since its last change the registers may have followed another plan: then it is not known by which the rows stand
    /// there, so all are written anew, and whatever any of those plans made goes.
    static func changes(
        from dossier: Dossier, _ shelf: PlanShelf, on today: Day
    ) -> @Sendable (_ after: Dossier) -> RegisterChange {
        let old = rows(of: dossier, shelf)
        let since = dossier.changedAt?.day ?? today
        let plans = shelf.versions.map(\.inForce).filter { since < $0 && $0 <= today }
        guard !plans.isEmpty else { return { .between(old: old, new: rows(of: $0, shelf)) } }
        let every = old + plans.flatMap { rows(of: dossier, shelf, on: $0) }
        return { after in
            let new = rows(of: after, shelf)
            return RegisterChange(
                upserts: RegisterChange.between(old: [], new: new).upserts,
                deletes: RegisterChange.between(old: every, new: new).deletes)
        }
    }

    private static func rows(
        of procedure: Procedure, _ dossier: Dossier, _ school: OrganisationID, _ shelf: PlanShelf,
        for sighted: [Principal]
    ) -> [any RegisterRow] {
        guard let rules = shelf[procedure.plan], let route = rules.procedure(procedure.rule) else { return [] }
        /// Those to whom the dossier is open; of a function that sees it by name only the people who are named.
        func seeing(_ wanted: some Sequence<Principal>) -> Set<Principal> {
            Set(wanted.flatMap { one in sighted.filter { $0 == one || $0.rawValue.hasPrefix("\(one)#") } })
        }
        let clocks = procedure.clocks(route, rules.holidays)
        let due = procedure.isRunning ? clocks.compactMap(\.due).min() : nil
        var rows: [any RegisterRow] = [
            ProcedureRow(
                instance: procedure.id, dossier: dossier.id, procedure: procedure.rule, plan: procedure.plan.rawValue,
                school: dossier.school(of: procedure) ?? school, state: procedure.state,
                outcome: procedure.ended?.outcome, started: procedure.startedAt.day, received: procedure.received,
                complete: procedure.complete, due: due, ended: procedure.ended?.at.day)
        ]
        for open in procedure.open {
            guard let step = route.step(open.step) else { continue }
            let actors = seeing(dossier.principals(for: step, in: procedure, rules))
            let due = procedure.due(open, route, rules.holidays)
            let warnFrom = procedure.warnFrom(open, route, rules.holidays)
            func task(_ principal: Principal, _ kind: TaskRow.Kind) -> TaskRow {
                TaskRow(
                    principal: principal.rawValue, kind: kind, instance: procedure.id, step: open.step, dossier: dossier.id,
                    procedure: procedure.rule, plan: procedure.plan.rawValue, since: open.since, due: due, warnFrom: warnFrom,
                    school: school)
            }
            rows += actors.map { task($0, .act) }
            // Whoever acted before, or starts such procedures at this school, wants to know for whom it waits.
            let followers = seeing(dossier.followers(of: procedure, route, rules)).subtracting(actors)
            rows += followers.map { task($0, .await) }
        }
        return rows
    }

    /// The rows of one person.
    package static func rows(of person: Person) -> [any RegisterRow] {
        guard let name = person.name, let email = person.email else { return [] }
        return [PersonRow(id: person.id, name: name, email: email)]
            + person.functions.map { grant in
                FunctionRow(
                    id: grant.id, person: person.id, function: grant.held.function, organisation: grant.held.organisation,
                    discipline: grant.held.discipline, from: grant.held.from, until: grant.held.until,
                    replaces: grant.held.replaces) as any RegisterRow
            }
    }
}

/// An organisation with what became of it.
package struct OrganisationState: Sendable, Hashable {
    package var organisation: Organisation
    package var closed: Day?

    package static func fold(_ state: inout OrganisationState?, _ event: OrganisationEvent) {
        switch event {
        case .registered(let organisation): state = OrganisationState(organisation: organisation)
        case .closed(let closed): state?.closed = closed.on
        }
    }

    /// The row of the register.
    package var row: any RegisterRow {
        OrganisationRow(
            id: organisation.id, kind: organisation.kind, name: organisation.name, code: organisation.code,
            postcode: organisation.postcode, place: organisation.place, closed: closed)
    }
}

/// The values of a history line as one text for a register: `key=value` joined by `;`, keys in order.
package enum Detail {
    package static func text(_ values: [String: String]) -> String {
        values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    }

    package static func values(_ text: String) -> [String: String] {
        Dictionary(
            text.split(separator: ";").compactMap { pair in
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension Dossier {
    /// Folds a recorded event in.
    package mutating func fold(_ event: RecordedEvent) throws {
        apply(
            try DossierEvent(name: event.type, payload: event.payload),
            EventContext(version: event.version, at: event.at, actor: event.actor, onBehalfOf: event.onBehalfOf))
    }
}
