/// Where somebody looks after people and what they hold.
package enum AdministrationReach: Sendable, Hashable {
    /// At the partnership and every school: an administrator of the partnership.
    case everywhere
    /// At these schools and nowhere else: an administrator of theirs.
    case at(Set<OrganisationID>)

    /// Whether what is held at an organisation is looked after.
    package func covers(_ organisation: OrganisationID) -> Bool {
        switch self {
        case .everywhere: true
        case .at(let places): places.contains(organisation)
        }
    }
}

extension Actor {
    /// Where this person looks after people; nil for who is no administrator. The program itself does so everywhere.
    package var administers: AdministrationReach? {
        guard person != Actor.program.person else { return .everywhere }
        let places = Set(functions.filter { $0.function == Person.administrator }.map(\.organisation))
        return places.contains(.partnership) ? .everywhere : places.isEmpty ? nil : .at(places)
    }
}

extension AdministrationReach {
    /// Whether a function of the plan is given and ended by an administrator with this reach.
    ///
    /// A school gives those of its own people: whoever sees its children always, or by name. Who administers, who works at the
    /// partnership, and who is sent to a school and sees only what is going on there, such as an adviser of several schools, the
    /// partnership alone decides.
    package func gives(_ function: String, _ rules: PlanRules) -> Bool {
        guard self != .everywhere else { return true }
        guard let rule = rules.function(function), rule.place == .school else { return false }
        return rule.sight.contains { $0 == .always || $0 == .named }
    }
}

extension Person {
    /// Whether an actor may do this to the person at all; what the rules have against it comes after.
    ///
    /// Registering is not asked here, nor a first password that was never used: a school registers guardians and those it asks in
    /// from outside, and gives them their first password; each of these ways asks who may.
    ///
    /// - Throws: `Refused` for who is no administrator, or for a school's: a function that isn't given there, somewhere else, or
    ///   to oneself.
    package func allow(_ command: PersonCommand, by actor: Actor, rules: PlanRules) throws(Refused) {
        switch command {
        case .register, .handleAccount(.unusedPasswordRenewed, _): return
        default: break
        }
        guard let reach = actor.administers else { throw Refused(.notAllowed) }
        guard reach != .everywhere else { return }
        switch command {
        case .register: return
        case .grant(let grant):
            guard reach.covers(grant.held.organisation) else { throw Refused(.notAllowed, field: "organisation") }
            guard reach.gives(grant.held.function, rules) else { throw Refused(.notAllowed, field: "function") }
            guard actor.person != id else { throw Refused(.toOneself, field: "function") }
        case .end(let id, _):
            // What is held elsewhere is answered as what is held nowhere.
            guard let held = functions.first(where: { $0.id == id })?.held, reach.covers(held.organisation) else {
                throw Refused(.unknownFunction)
            }
            guard reach.gives(held.function, rules) else { throw Refused(.notAllowed) }
        case .handleAccount(_, let today):
            guard isLookedAfter(within: reach, on: today, rules) else { throw Refused(.notAllowed) }
        }
    }

    /// Whether all that this person holds, now or later, is given within a reach, and there is something.
    ///
    /// Whoever may renew a password can sign in with it: so never to an account that opens more than what is looked after.
    package func isLookedAfter(within reach: AdministrationReach, on today: Day, _ rules: PlanRules) -> Bool {
        guard reach != .everywhere else { return true }
        let held = functions.map(\.held).filter { held in held.until.map { max(held.from, today) <= $0 } ?? true }
        return held.contains { $0.isHeld(on: today) }
            && held.allSatisfy { one in
                reach.covers(one.organisation) && (one.function == Person.administrator || reach.gives(one.function, rules))
            }
    }

    /// Whether this person holds, held or will hold something within a reach: then an administrator with it sees them.
    package func isKnown(within reach: AdministrationReach) -> Bool {
        reach == .everywhere || functions.contains { reach.covers($0.held.organisation) }
    }
}
