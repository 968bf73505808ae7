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
    }

    package let principal: Principal
    /// Key of the function through which it is open.
    package let function: String
    package let parts: Set<DossierPart>
    /// The last day; nil while the ground lasts.
    package let until: Day?
    package let ground: Ground

    package init(principal: Principal, function: String, parts: Set<DossierPart>, until: Day?, ground: Ground) {
        self.principal = principal
        self.function = function
        self.parts = parts
        self.until = until
        self.ground = ground
    }

    /// Whether it is still open on the day.
    package func isOpen(on day: Day) -> Bool { until.map { day <= $0 } ?? true }
}

extension Dossier {
    /// All openings of this dossier by the plan, each principal once, in a fixed order.
    ///
    /// - Parameter day: by the plan in force on which day; nil for the day of the last change. A plan that takes sight away
    ///   takes it away on its first day, also where nothing changes, so whoever asks what somebody may see gives today.
    package func openings(_ shelf: PlanShelf, on day: Day? = nil) -> [Opening] {
        guard let school, let changedAt else { return [] }
        let rules = shelf.inForce(on: max(changedAt.day, day ?? changedAt.day))
        var found: [Principal: Opening] = [:]
        func open(_ principal: Principal, _ rule: FunctionRule, until: Day?, _ ground: Opening.Ground) {
            guard let before = found[principal] else {
                found[principal] = Opening(
                    principal: principal, function: rule.id, parts: rule.reads, until: until, ground: ground)
                return
            }
            // The longer of two grounds counts.
            guard let beforeUntil = before.until, until.map({ $0 > beforeUntil }) ?? true else { return }
            found[principal] = Opening(principal: principal, function: rule.id, parts: rule.reads, until: until, ground: ground)
        }
        for rule in rules.functions {
            let organisation = rule.place == .school ? school : OrganisationID.partnership
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
                        guard let until = procedure.sightEnd(afterwards) else { continue }
                        open(.holders(of: rule.id, at: organisation), rule, until: until.day, .procedure)
                    }
                case .acting(let afterwards):
                    for procedure in procedures {
                        guard let until = procedure.sightEnd(afterwards),
                            let route = shelf[procedure.plan]?.procedure(procedure.rule)
                        else { continue }
                        for person in procedure.peopleAsked(route, as: rule.id) {
                            open(.holder(person, of: rule.id, at: organisation), rule, until: until.day, .asked)
                        }
                    }
                }
            }
        }
        return found.values.sorted { $0.principal < $1.principal }
    }
}

extension Procedure {
    /// Until when sight because of this procedure lasts: no day while it runs, nil when it gives none any more.
    fileprivate func sightEnd(_ afterwards: Period?) -> (day: Day?, Void)? {
        guard let ended else { return (nil, ()) }
        return (afterwards?.after(ended.at.day) ?? ended.at.day, ())
    }

    /// The people chosen or at work in steps of this function.
    fileprivate func peopleAsked(_ route: ProcedureRule, as function: String) -> Set<PersonID> {
        var people: Set<PersonID> = []
        for step in route.steps where step.by.functions.contains(function) {
            guard let field = step.by.chosenIn else { continue }
            if let chosen = answers[field]?.text, !chosen.isEmpty { people.insert(PersonID(chosen)) }
            for done in done where done.step == step.id { people.insert(done.by) }
        }
        return people
    }
}

/// What one person may see and do in one dossier at one moment: the answer that every path asks for.
package struct Sight: Sendable, Hashable {
    package let parts: Set<DossierPart>
    package let acts: Set<DossierAct>
    /// Functions through which the dossier is open to this person.
    package let functions: [String]
    package let grounds: [Opening.Ground]
    /// The last day, when every opening has one.
    package let until: Day?

    package func sees(_ part: DossierPart) -> Bool { parts.contains(part) }
    package func may(_ act: DossierAct) -> Bool { acts.contains(act) }
    /// Whether the person is here as a member of the family.
    package let isFamily: Bool
}

extension Actor {
    /// What this person may see and do; nil when the dossier does not exist for them.
    ///
    /// Not allowed to see it is the same as not found, so that nobody learns from the difference.
    package func sight(of openings: [Opening], rules: PlanRules, on day: Day) -> Sight? {
        let mine = principals(on: day)
        let open = openings.filter { mine.contains($0.principal) && $0.isOpen(on: day) }
        guard !open.isEmpty else { return nil }
        let functions = open.map(\.function)
        let acts = functions.compactMap { rules.function($0)?.may }.reduce(into: Set()) { $0.formUnion($1) }
        let ends = open.map(\.until)
        return Sight(
            parts: open.reduce(into: Set()) { $0.formUnion($1.parts) }, acts: acts, functions: functions,
            grounds: open.map(\.ground), until: ends.contains(nil) ? nil : ends.compactMap { $0 }.max(),
            isFamily: open.contains { $0.ground == .family })
    }
}
