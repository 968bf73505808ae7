/// Who may see which parts of one dossier, on what ground and until when.
///
/// One function makes the openings of a dossier; the detail page asks whether one of them fits the person, and every list,
/// search, count and export joins with the same rows. So nothing can be listed that cannot be opened.
package struct Opening: Sendable, Hashable {
    /// Why it is open.
    package enum Ground: String, Sendable, Hashable, CaseIterable {
        /// The function at the child's school, or at the partnership.
        case function
        /// Named for this child.
        case named
        /// A procedure in which the function has work.
        case procedure
        /// Asked for one step of one procedure.
        case asked
        /// Guardian of the child.
        case family
        /// The school that the child went away from, for a while: to read, and to do nothing any more.
        case left
        /// Asked in from outside: to read what was named, and to do nothing.
        case invited
        /// Opened for an hour because a child needed it: to read, and in no list.
        case emergency
        /// Handles what the family asked with its rights: to read what that is about, while it runs, and in no list.
        case rights

        /// Whether it is to read alone: nothing is done by it.
        package var isForReading: Bool { [.left, .invited, .emergency, .rights].contains(self) }
    }

    package let principal: Principal
    /// Key of the function through which it is open.
    package let function: String
    package let parts: Set<DossierPart>
    /// The last day; nil while the ground lasts.
    package let until: Day?
    package let ground: Ground
    /// The moment from which it is closed, when it does not last to the end of a day; then it is in no list.
    package let ends: Instant?

    package init(
        principal: Principal, function: String, parts: Set<DossierPart>, until: Day?, ground: Ground, ends: Instant? = nil
    ) {
        self.principal = principal
        self.function = function
        self.parts = parts
        self.until = until
        self.ground = ground
        self.ends = ends
    }

    /// Whether it is still open on the day; what ends at a moment, only for who says which moment it is.
    package func isOpen(on day: Day, at moment: Instant? = nil) -> Bool {
        if let ends { return moment.map { $0 < ends } ?? false }
        return until.map { day <= $0 } ?? true
    }
}

extension Dossier {
    /// All openings of this dossier by the plan, each principal once, in a fixed order.
    ///
    /// - Parameter day: by the plan in force on which day; nil for the day of the last change. A plan that takes sight away
    ///   takes it away on its first day, also where nothing changes, so whoever asks what somebody may see gives today.
    package func openings(_ shelf: PlanShelf, on day: Day? = nil) -> [Opening] {
        guard school != nil, let changedAt else { return [] }
        let stays = stays
        let today = max(changedAt.day, day ?? changedAt.day)
        let rules = shelf.inForce(on: today)
        var found: [Principal: Opening] = [:]
        func open(_ principal: Principal, _ rule: FunctionRule, until: Day?, _ ground: Opening.Ground) {
            // What was withheld is withheld from the new school; the others see what they saw.
            let kept = rule.place == .school && ground != .left ? withheld?.parts ?? [] : []
            let opening = Opening(
                principal: principal, function: rule.id, parts: rule.reads.subtracting(kept), until: until, ground: ground)
            guard let before = found[principal] else {
                found[principal] = opening
                return
            }
            // The longer of two grounds counts.
            guard let beforeUntil = before.until, until.map({ $0 > beforeUntil }) ?? true else { return }
            found[principal] = opening
        }
        /// Where a procedure ran, each place with the ground and the last day of sight because of it.
        func open(
            _ procedure: Procedure, _ rule: FunctionRule, _ afterwards: Period?, _ ground: Opening.Ground,
            _ principals: (OrganisationID) -> [Principal]
        ) {
            let places = rule.place == .school ? stays.filter { $0.holds(procedure) } : [Stay(school: .partnership)]
            for place in places {
                // At the school that the child left it ends with the stay there, while the procedure goes on elsewhere.
                let end = [procedure.ended?.at, place.until].compactMap(\.self).min()
                let until = end.map { afterwards?.after($0.day) ?? $0.day }
                for principal in principals(place.school) { open(principal, rule, until: until, place.isNow ? ground : .left) }
            }
        }
        for rule in rules.functions {
            let organisation = rule.place == .school ? school ?? .partnership : OrganisationID.partnership
            for sight in rule.sight {
                switch sight {
                case .always:
                    if rule.place == .family {
                        for guardian in guardians {
                            guard let person = guardian.person else { continue }
                            let principal = Principal.guardian(person, authority: guardian.authority)
                            if principal.rawValue.hasPrefix("\(rule.id)#") { open(principal, rule, until: nil, .family) }
                        }
                    } else {
                        open(.holders(of: rule.id, at: organisation), rule, until: nil, .function)
                    }
                case .named:
                    for person in named where person.function == rule.id {
                        open(.holder(person.person, of: rule.id, at: organisation), rule, until: nil, .named)
                    }
                case .during(let routes, let afterwards):
                    for procedure in procedures where routes.contains(procedure.rule) {
                        open(procedure, rule, afterwards, .procedure) { [.holders(of: rule.id, at: $0)] }
                    }
                case .acting(let afterwards):
                    for procedure in procedures {
                        guard let route = shelf[procedure.plan]?.procedure(procedure.rule) else { continue }
                        let people = procedure.peopleAsked(route, as: rule.id)
                        open(procedure, rule, afterwards, .asked) { place in
                            people.map { .holder($0, of: rule.id, at: place) }
                        }
                    }
                case .left(let afterwards):
                    guard rule.place == .school, rule.sight.contains(.always) else { continue }
                    for stay in stays {
                        guard let left = stay.until else { continue }
                        open(.holders(of: rule.id, at: stay.school), rule, until: afterwards.after(left.day), .left)
                    }
                }
            }
        }
        for opening in openingsAskedIn(rules, on: today) + openingsInEmergency(rules) + openingsForRights(rules) {
            found[opening.principal] = opening
        }
        return found.values.sorted { $0.principal < $1.principal }
    }
}

/// A time in which the child was at one school.
private struct Stay {
    let school: OrganisationID
    /// When it came there; nil for the school where the dossier was opened.
    var since: Instant?
    /// When it left; nil while it is there.
    var until: Instant?

    var isNow: Bool { until == nil }

    /// Whether a procedure ran in this time.
    func holds(_ procedure: Procedure) -> Bool {
        let began = until.map { procedure.startedAt < $0 } ?? true
        let ran = since.map { since in procedure.ended.map { $0.at > since } ?? true } ?? true
        return began && ran
    }
}

extension Dossier {
    /// The schools where the child was and is, in their order.
    fileprivate var stays: [Stay] {
        guard let school else { return [] }
        var stays: [Stay] = []
        var since: Instant?
        for move in moves {
            stays.append(Stay(school: move.from, since: since, until: move.at))
            since = move.at
        }
        return stays + [Stay(school: school, since: since)]
    }
}

extension Procedure {
    /// The people chosen or at work in steps of this function.
    fileprivate func peopleAsked(_ route: ProcedureRule, as function: String) -> Set<PersonID> {
        var people: Set<PersonID> = []
        for step in route.steps where step.by.functions.contains(function) {
            guard let field = step.by.chosenIn else { continue }
            if let chosen = answers[field]?.text, !chosen.isEmpty { people.insert(PersonID(chosen)) }
            for done in done where done.step == step.id { people.insert(done.by) }
            // Who was replaced has nothing more to do here, so nothing to read either.
            for gone in replaced where gone.field == field && answers[field]?.text != gone.from.rawValue {
                people.remove(gone.from)
            }
        }
        return people
    }
}

/// What one person may see and do in one dossier at one moment: the answer that every path asks for.
package struct Sight: Sendable, Hashable {
    package let parts: Set<DossierPart>
    /// The parts that may be opened to somebody else: not what is open to read alone.
    package let passesOn: Set<DossierPart>
    package let acts: Set<DossierAct>
    /// Functions through which the dossier is open to this person and by which they may act.
    package let functions: [String]
    /// The function by which it is read: the first of those, or one at the school that the child left.
    package let readsAs: String
    package let grounds: [Opening.Ground]
    /// The last day, when every opening has one.
    package let until: Day?
    /// The moment from which it is closed, when it is open in an emergency alone.
    package let ends: Instant?

    package func sees(_ part: DossierPart) -> Bool { parts.contains(part) }
    package func may(_ act: DossierAct) -> Bool { acts.contains(act) }
    /// Whether the person is here as a member of the family.
    package let isFamily: Bool
}

extension DossierAct {
    /// The acts that nobody does in a part that is closed to them.
    fileprivate static func needing(_ part: DossierPart) -> [DossierAct] {
        switch part {
        case .groeidocument: [.write, .lock, .recordSignature]
        case .documents: [.addDocument]
        case .procedures: [.moveProcedure]
        case .child, .family, .agreements, .decisions, .readLog: []
        }
    }
}

extension Actor {
    /// What this person may see and do; nil when the dossier does not exist for them.
    ///
    /// Not allowed to see it is the same as not found, so that nobody learns from the difference.
    /// - Parameter moment: for what is open until a moment; left out, that counts as closed.
    package func sight(of openings: [Opening], rules: PlanRules, on day: Day, at moment: Instant? = nil) -> Sight? {
        let mine = principals(on: day)
        let isFamily = openings.contains { $0.ground == .family && mine.contains($0.principal) && $0.isOpen(on: day) }
        let open = openings.filter { opening in
            guard mine.contains(opening.principal), opening.isOpen(on: day, at: moment) else { return false }
            return switch opening.ground {
            // It ends with the function by which it was opened: what closes, closes at once.
            case .emergency: self.functions.contains { $0.function == opening.function && $0.isHeld(on: day) }
            // Nobody handles what their own family asks.
            case .rights: !isFamily
            default: true
            }
        }
        guard !open.isEmpty else { return nil }
        // At the school that the child left there is nothing to do any more, and who is asked in reads.
        let acting = open.filter { !$0.ground.isForReading }
        let functions = acting.map(\.function)
        let acts = acting.reduce(into: Set<DossierAct>()) { acts, opening in
            guard let rule = rules.function(opening.function) else { return }
            acts.formUnion(rule.may.subtracting(rule.reads.subtracting(opening.parts).flatMap(DossierAct.needing)))
        }
        let ends = open.map(\.until)
        return Sight(
            parts: open.reduce(into: Set()) { $0.formUnion($1.parts) },
            passesOn: acting.reduce(into: Set()) { $0.formUnion($1.parts) }, acts: acts, functions: functions,
            readsAs: functions.first ?? open.first?.function ?? "",
            grounds: open.map(\.ground), until: ends.contains(nil) ? nil : ends.compactMap { $0 }.max(),
            ends: open.allSatisfy { $0.ends != nil } ? open.compactMap(\.ends).max() : nil,
            isFamily: isFamily)
    }
}
