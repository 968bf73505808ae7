/// What somebody wants to happen to the keeping of a dossier.
package enum RetentionCommand: Sendable, Hashable {
    /// Holds it back, whatever the term says.
    case hold(reason: String)
    case release(reason: String)
    /// Announces that it will be destroyed.
    case announce
    /// Agrees to that, as a second person.
    case agree
    /// Stops it.
    case stop(reason: String)
    /// Begins it: by the program, once the wait is over.
    case begin
}

extension RetentionRule {
    /// Whether somebody holds one of these functions at the partnership.
    private static func holds(_ functions: [String], _ actor: Actor, on day: Day) -> Bool {
        actor.functions.contains { held in
            held.organisation == .partnership && functions.contains(held.function) && held.isHeld(on: day)
        }
    }

    /// Whether somebody announces destructions and holds them back.
    package func mayAnnounce(_ actor: Actor, on day: Day) -> Bool { Self.holds(announces, actor, on: day) }

    /// Whether somebody agrees to destructions.
    package func mayAgree(_ actor: Actor, on day: Day) -> Bool { Self.holds(agrees, actor, on: day) }

    /// Whether somebody goes through the list of dossiers whose term is over.
    package func mayList(_ actor: Actor, on day: Day) -> Bool { mayAnnounce(actor, on: day) || mayAgree(actor, on: day) }

    /// Whether somebody stops a destruction: by a function at the partnership, or by one through which the dossier is open.
    package func mayStop(_ actor: Actor, _ sight: Sight?, on day: Day) -> Bool {
        mayList(actor, on: day) || sight.map { !Set($0.functions).isDisjoint(with: stops) } ?? false
    }
}

extension Dossier {
    /// Decides about keeping: by those that the plan names, who need not see what is in the dossier.
    ///
    /// - Throws: `Refused`; `notOpened` for whoever has nothing to do with it, so that nobody learns that it is there.
    func decide(_ command: RetentionCommand, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        let today = setting.today
        let sight = setting.actor.sight(of: openings(setting.shelf, on: today), rules: setting.rules, on: today, at: setting.now)
        if command == .begin {
            guard setting.actor == .program, isToBeDestroyed(setting.shelf, on: today) else { throw Refused(.notOpened) }
            return keeping.isBegun ? [] : [.retention(.begun(.init(on: today)))]
        }
        guard exists, !keeping.isBegun, let rule = setting.rules.retention, sight != nil || rule.mayList(setting.actor, on: today)
        else {
            throw Refused(.notOpened)
        }
        guard let retention = retention(setting.shelf, on: today) else { throw Refused(.notOpened) }
        switch command {
        case .begin: throw Refused(.notAllowed)
        case .hold(let reason):
            guard rule.mayAnnounce(setting.actor, on: today) else { throw Refused(.notAllowed) }
            let reason = try self.reason(reason)
            guard let hold = keeping.hold else { return [.retention(.held(.init(reason: reason)))] }
            // Another's reason is not put aside unseen: whoever lets go for this one would let go for both.
            guard hold.reason == reason else { throw Refused(.changedSinceSeen) }
            return []
        case .release(let reason):
            guard rule.mayAnnounce(setting.actor, on: today) else { throw Refused(.notAllowed) }
            guard keeping.hold != nil else { return [] }
            return [.retention(.released(.init(reason: try self.reason(reason))))]
        case .announce:
            guard rule.mayAnnounce(setting.actor, on: today) else { throw Refused(.notAllowed) }
            guard keeping.announced == nil else { return [] }
            let kept = try over(retention, rule, on: today)
            return [.retention(.announced(.init(keptUntil: kept.day, ground: kept.source)))]
        case .agree:
            guard rule.mayAgree(setting.actor, on: today) else { throw Refused(.notAllowed) }
            guard let announced = keeping.announced else { throw Refused(.notAnnounced) }
            guard announced.agreedBy == nil else { return [] }
            guard announced.by != setting.actor.person else { throw Refused(.samePerson) }
            _ = try over(retention, rule, on: today)
            return [.retention(.agreed(.init(stopUntil: rule.waits.after(today))))]
        case .stop(let reason):
            guard rule.mayStop(setting.actor, sight, on: today) else { throw Refused(.notAllowed) }
            guard keeping.announced != nil else {
                // The same click twice is no error.
                if let stopped = keeping.stopped, stopped.by == setting.actor.person, stopped.reason == reason { return [] }
                throw Refused(.notAnnounced)
            }
            return [.retention(.stopped(.init(reason: try self.reason(reason))))]
        }
    }

    /// The last day on which it was kept, with its ground, when that is past.
    private func over(
        _ retention: Retention, _ rule: RetentionRule, on today: Day
    ) throws(Refused) -> (day: Day, source: String) {
        guard let day = retention.keptUntil, let term = retention.term, retention.isOver(on: today) else {
            throw Refused(.stillKept, values: retention.keptUntil.map { ["day": $0.description] } ?? [:], source: rule.source)
        }
        return (day, term.source)
    }

    private func reason(_ text: String) throws(Refused) -> String {
        guard !text.allSatisfy(\.isWhitespace) else { throw Refused(.reasonsRequired, field: "reason") }
        guard !Field.isLonger(text, than: Field.longestText) else {
            throw Refused(.tooLong, field: "reason", values: ["most": String(Field.longestText)])
        }
        return text
    }

    /// Whether it is destroyed on the day: announced, agreed to by a second person, the wait over, and still nothing that
    /// keeps it.
    package func isToBeDestroyed(_ shelf: PlanShelf, on day: Day) -> Bool {
        if keeping.isBegun { return true }
        guard let last = keeping.announced?.stopUntil, last < day else { return false }
        return retention(shelf, on: day)?.isOver(on: day) == true
    }
}
