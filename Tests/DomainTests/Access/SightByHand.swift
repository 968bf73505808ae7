import Domain

/// Who may see what of a dossier, worked out by hand: slowly, for one person at a time, from nothing but what happened.
///
/// It knows neither the folded dossier nor its openings, so that both ways must be wrong in the same manner for a mistake to
/// go by unseen.
struct SightByHand {
    /// One thing that happened.
    struct Happened {
        let event: DossierEvent
        let at: Instant
        let by: PersonID
    }

    let shelf: PlanShelf
    let happened: [Happened]

    /// What the person sees on the day, and what they may do; nil when the dossier is not there for them.
    ///
    /// - Parameter moment: for what is open for an hour; nil leaves that out, as lists do.
    func sight(of actor: Actor, on day: Day, at moment: Instant?) -> (parts: Set<DossierPart>, acts: Set<DossierAct>)? {
        guard let last = happened.last else { return nil }
        let rules = shelf.inForce(on: max(day, last.at.day))
        var isThere = false
        var parts: Set<DossierPart> = []
        var acts: Set<DossierAct> = []
        for function in rules.functions {
            for ground in grounds(actor, function, day) {
                isThere = true
                let closed = closed(for: function, ground)
                parts.formUnion(function.reads.subtracting(closed))
                guard ground.mayAct else { continue }
                for act in shelf.inForce(on: day).function(function.id)?.may ?? [] {
                    let needs: DossierPart? =
                        switch act {
                        case .write, .lock, .recordSignature: .groeidocument
                        case .addDocument: .documents
                        case .moveProcedure: .procedures
                        default: nil
                        }
                    if let needs, closed.contains(needs), function.reads.contains(needs) { continue }
                    acts.insert(act)
                }
            }
        }
        let shown = askedIn(actor.person, rules, day).union(inEmergency(actor, rules, day, moment))
            .union(handling(actor, rules, day))
        return isThere || !shown.isEmpty ? (parts.union(shown), acts) : nil
    }

    // MARK: Grounds

    /// A reason to see, at the place where it holds.
    private struct Ground {
        let place: OrganisationID
        /// Not at a school that the child left.
        let mayAct: Bool
    }

    private func grounds(_ actor: Actor, _ function: FunctionRule, _ day: Day) -> [Ground] {
        if function.place == .family {
            let isGuardian = guardians.contains { guardian in
                guardian.person == actor.person
                    && function.id == (guardian.authority ? "guardian" : "guardian-without-authority")
            }
            return isGuardian && function.sight.contains(.always) ? [Ground(place: .partnership, mayAct: true)] : []
        }
        return actor.functions.filter { $0.function == function.id && $0.isHeld(on: day) }.flatMap { held in
            // What was asked of somebody by name is open to whoever stands in for them.
            ([actor.person] + (held.replaces.map { [$0] } ?? [])).flatMap { person in
                function.sight.flatMap { grounds(person, function, at: held.organisation, because: $0, day) }
            }
        }
    }

    private func grounds(
        _ person: PersonID, _ function: FunctionRule, at place: OrganisationID, because sight: FunctionRule.Sight, _ day: Day
    ) -> [Ground] {
        let isAtSchool = function.place == .school
        let isHere = place == (isAtSchool ? school : .partnership)
        switch sight {
        case .always: return isHere ? [Ground(place: place, mayAct: true)] : []
        case .named:
            let isNamed = named.contains { $0.person == person && $0.function == function.id }
            return isHere && isNamed ? [Ground(place: place, mayAct: true)] : []
        case .during(let routes, let afterwards):
            return procedures.filter { routes.contains($0.rule) }.flatMap {
                grounds(of: $0, at: place, isAtSchool, afterwards, day)
            }
        case .acting(let afterwards):
            return procedures.filter { asked(in: $0, as: function.id).contains(person) }.flatMap {
                grounds(of: $0, at: place, isAtSchool, afterwards, day)
            }
        case .left(let afterwards):
            guard isAtSchool, function.sight.contains(.always) else { return [] }
            let left = stays.filter { $0.school == place }.compactMap(\.until)
            return left.filter { day <= afterwards.after($0.day) }.map { _ in Ground(place: place, mayAct: false) }
        }
    }

    /// Sight because of a procedure: while it runs where the place has the child, and for a while after the first of both ends.
    private func grounds(
        of procedure: Route, at place: OrganisationID, _ isAtSchool: Bool, _ afterwards: Period?, _ day: Day
    ) -> [Ground] {
        func isOpen(_ ends: [Instant?]) -> Bool {
            guard let end = ends.compactMap(\.self).min()?.day else { return true }
            return day <= afterwards?.after(end) ?? end
        }
        guard isAtSchool else {
            return place == .partnership && isOpen([procedure.ended]) ? [Ground(place: place, mayAct: true)] : []
        }
        return stays.filter { stay in
            stay.school == place && (stay.until.map { procedure.started < $0 } ?? true)
                && (stay.since.flatMap { since in procedure.ended.map { since < $0 } } ?? true)
                && isOpen([procedure.ended, stay.until])
        }.map { Ground(place: place, mayAct: $0.until == nil) }
    }

    /// What is withheld from the school where the child is now; at a school that it left people see what they saw.
    private func closed(for function: FunctionRule, _ ground: Ground) -> Set<DossierPart> {
        function.place == .school && ground.mayAct ? withheld : []
    }

    // MARK: Asked in

    /// What the person was asked in to read and still may: by the plan in force, until the last day, as long as nobody stopped
    /// it, the child stayed where it was, and everybody agrees whose agreement it rests on.
    private func askedIn(_ person: PersonID, _ rules: PlanRules, _ day: Day) -> Set<DossierPart> {
        happened.indices.reduce(into: []) { parts, index in
            guard case .askedIn(let asked) = happened[index].event, asked.person == person,
                let rule = rules.askedIn(asked.kind), stands(asked, from: index, on: day)
            else { return }
            parts.formUnion(asked.parts.intersection(rule.parts).subtracting(resting(on: day)))
        }
    }

    /// What an objection that waits, and a restriction or an objection that was granted, keeps from those from outside.
    private func resting(on day: Day) -> Set<DossierPart> {
        var subjects: [RightsRequestID: (right: Right, subject: RightsRequest.Subject)] = [:]
        var rest: Set<RightsRequestID> = []
        for one in happened {
            guard case .rights(let event) = one.event else { continue }
            switch event {
            case .asked(let asked):
                subjects[asked.id] = (asked.right, asked.subject)
                if asked.right == .objection { rest.insert(asked.id) }
            case .withdrawn(let gone): rest.remove(gone.id)
            case .decided(let decided):
                let restricts = [.objection, .restriction].contains(subjects[decided.id]?.right)
                if decided.outcome == .refused || !restricts { rest.remove(decided.id) } else { rest.insert(decided.id) }
            case .lifting(let lifting) where lifting.on <= day: rest.remove(lifting.id)
            default: break
            }
        }
        return rest.reduce(into: []) { parts, id in
            switch subjects[id]?.subject {
            case .all: parts.formUnion([.groeidocument, .documents])
            case .part: parts.insert(.groeidocument)
            case .document: parts.insert(.documents)
            case nil: break
            }
        }
    }

    private func stands(_ asked: AskedIn.Asked, from index: Int, on day: Day) -> Bool {
        var until = asked.until
        for later in happened.indices where later > index {
            if happened[later].at.day > until { break }
            switch happened[later].event {
            case .askedInProlonged(let prolonged) where prolonged.id == asked.id: until = prolonged.until
            case .askedInWithdrawn(let withdrawn) where withdrawn.id == asked.id: return false
            case .moved: return false
            default:
                guard let purpose = asked.agreement else { continue }
                let authorities = guardians(before: later + 1).filter(\.authority)
                let agreed = agree(authorities, to: purpose, for: asked.recipient, upTo: later)
                if !agreed { return false }
            }
        }
        return day <= until
    }

    // MARK: Emergencies

    private func inEmergency(
        _ actor: Actor, _ rules: PlanRules, _ day: Day, _ moment: Instant?
    ) -> Set<DossierPart> {
        guard let moment, let rule = rules.emergency else { return [] }
        let hour: Int64 = 3_600_000
        let isOpen = happened.contains { one in
            if case .openedInEmergency(let opened) = one.event, one.by == actor.person, rule.by.contains(opened.function),
                actor.functions.contains(where: { $0.function == opened.function && $0.isHeld(on: day) })
            {
                one.at <= moment && moment.milliseconds < one.at.milliseconds + hour
            } else {
                false
            }
        }
        return isOpen ? rule.parts : []
    }

    // MARK: Rights of the family

    /// What waits for an answer, for those whose work that is where they hold it.
    private func handling(_ actor: Actor, _ rules: PlanRules, _ day: Day) -> Set<DossierPart> {
        let handles = actor.functions.contains { held in
            guard rules.rights?.handledBy.contains(held.function) == true, held.isHeld(on: day) else { return false }
            return held.organisation == (rules.function(held.function)?.place == .school ? school : .partnership)
        }
        // Nobody handles what their own family asks.
        guard handles, !guardians.contains(where: { $0.person == actor.person }) else { return [] }
        var waiting: [RightsRequestID: Set<DossierPart>] = [:]
        for one in happened {
            guard case .rights(let event) = one.event else { continue }
            switch event {
            case .asked(let asked):
                waiting[asked.id] =
                    if asked.right == .access || asked.right == .copy { Set(DossierPart.allCases) } else {
                        switch asked.subject {
                        case .all: Set(DossierPart.allCases)
                        case .part: [.child, .groeidocument]
                        case .document: [.child, .documents]
                        }
                    }
            case .withdrawn(let withdrawn): waiting[withdrawn.id] = nil
            case .decided(let decided): waiting[decided.id] = nil
            default: break
            }
        }
        return waiting.values.reduce(into: []) { $0.formUnion($1) }
    }

    // MARK: What happened

    private var school: OrganisationID? { stays.last?.school }

    private struct Stay {
        let school: OrganisationID
        let since: Instant?
        var until: Instant?
    }

    private var stays: [Stay] {
        var stays: [Stay] = []
        for one in happened {
            switch one.event {
            case .opened(let opened): stays = [Stay(school: opened.school, since: nil)]
            case .moved(let moved):
                stays[stays.count - 1].until = one.at
                stays.append(Stay(school: moved.to, since: one.at))
            default: break
            }
        }
        return stays
    }

    private var guardians: [Guardian] { guardians(before: happened.count) }

    private func guardians(before index: Int) -> [Guardian] {
        var guardians: [GuardianID: Guardian] = [:]
        for one in happened[..<index] {
            switch one.event {
            case .guardianRecorded(let guardian): guardians[guardian.id] = guardian
            case .guardianEnded(let ended): guardians[ended.guardian] = nil
            default: break
            }
        }
        return Array(guardians.values)
    }

    private var named: [NamedPerson] {
        happened.reduce(into: []) { named, one in
            switch one.event {
            case .personNamed(let person): named.append(person)
            case .personUnnamed(let person): named.removeAll { $0 == person }
            default: break
            }
        }
    }

    /// What the last move withheld, unless a word of a guardian after it made all with authority agree.
    private var withheld: Set<DossierPart> {
        guard let index = happened.lastIndex(where: { if case .moved = $0.event { true } else { false } }),
            case .moved(let move) = happened[index].event, let withheld = move.withheld
        else { return [] }
        for later in happened.indices where later > index {
            guard case .agreementRecorded = happened[later].event else { continue }
            let authorities = guardians(before: later + 1).filter(\.authority)
            if agree(authorities, to: withheld.purpose, upTo: later) { return [] }
        }
        return withheld.parts
    }

    /// All with authority said yes last; and the child, if it said anything or if one of those words needs its own beside it.
    private func agree(
        _ authorities: [Guardian], to purpose: String, for recipient: String? = nil, upTo index: Int
    ) -> Bool {
        let words = authorities.map { word(of: $0.id, to: purpose, for: recipient, upTo: index) }
        guard !words.isEmpty, words.allSatisfy({ $0?.word == .given }) else { return false }
        if let child = word(of: nil, to: purpose, for: recipient, upTo: index) { return child.word == .given }
        return !words.contains { $0?.besideChild == true }
    }

    /// Of somebody in particular, what was said of them and every no to all; of nobody, what was said of nobody.
    private func word(
        of guardian: GuardianID?, to purpose: String, for recipient: String?, upTo index: Int
    ) -> Agreement? {
        let words = happened[...index].compactMap { one -> Agreement? in
            guard case .agreementRecorded(let word) = one.event, word.guardian == guardian, word.purpose == purpose else {
                return nil
            }
            let isToAll = recipient != nil && word.recipient == nil && [.refused, .withdrawn].contains(word.word)
            return word.recipient == recipient || isToAll ? word : nil
        }
        guard let latest = words.map(\.on).max() else { return nil }
        return words.last { $0.on == latest }
    }

    private struct Route {
        let id: InstanceID
        let rule: String
        var plan: PlanKey
        let started: Instant
        var ended: Instant?
    }

    private var procedures: [Route] {
        var routes: [Route] = []
        for one in happened {
            switch one.event {
            case .procedureStarted(let started):
                routes.append(Route(id: started.instance, rule: started.procedure, plan: started.plan, started: one.at))
            case .procedureMoved(let moved):
                for index in routes.indices where routes[index].id == moved.instance { routes[index].plan = moved.to }
            case .procedureEnded(let ended):
                for index in routes.indices where routes[index].id == ended.instance { routes[index].ended = one.at }
            default: break
            }
        }
        return routes
    }

    /// Who is chosen for a step of the function now, or took one, without whoever was replaced.
    private func asked(in route: Route, as function: String) -> Set<PersonID> {
        let steps = shelf[route.plan]?.procedure(route.rule)?.steps ?? []
        var asked: Set<PersonID> = []
        for step in steps where step.by.functions.contains(function) {
            guard let field = step.by.chosenIn else { continue }
            var chosen = ""
            var took: Set<PersonID> = []
            var gone: Set<PersonID> = []
            for one in happened {
                switch one.event {
                case .procedureStarted(let started) where started.instance == route.id:
                    chosen = started.answers[field]?.text ?? chosen
                case .stepTaken(let taken) where taken.instance == route.id:
                    chosen = taken.answers[field]?.text ?? chosen
                    if taken.step == step.id { took.insert(one.by) }
                case .stepReassigned(let reassigned) where reassigned.instance == route.id && reassigned.field == field:
                    gone.insert(PersonID(chosen))
                    chosen = reassigned.person.rawValue
                default: break
                }
            }
            asked.formUnion(took.subtracting(gone))
            if !chosen.isEmpty { asked.insert(PersonID(chosen)) }
        }
        return asked
    }
}
