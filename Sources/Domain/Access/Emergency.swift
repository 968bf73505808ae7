/// One time that somebody opened a dossier that was closed to them, because a child needed it: for an hour, to read.
package struct Emergency: Sendable, Hashable {
    /// What is stored of it.
    package struct Opened: Sendable, Hashable, Codable {
        /// The function by which it was opened.
        package let function: String
        /// Why, in words that the family reads.
        package let reason: String
        package init(function: String, reason: String) {
            self.function = function
            self.reason = reason
        }
    }

    package let opened: Opened
    package let by: PersonID
    package let at: Instant

    /// How long it lasts, in milliseconds: an hour, in every plan.
    package static let lasts: Int64 = 3_600_000

    /// The moment from which it is closed again.
    package var ends: Instant { at.adding(milliseconds: Self.lasts) }

    /// Whether it is open at a moment.
    package func isOpen(at moment: Instant) -> Bool { at <= moment && moment < ends }
}

extension DossierCommand {
    /// A dossier opened because a child needs it now.
    package struct OpenInEmergency: Sendable, Hashable {
        package let reason: String
        package init(reason: String) { self.reason = reason }
    }
}

extension Dossier {
    /// Opens the dossier for an hour to somebody whom the plan trusts with that; nothing happens where it is open already.
    func decide(_ open: DossierCommand.OpenInEmergency, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        guard exists, !keeping.isBegun else { throw Refused(.notOpened) }
        guard let rule = setting.rules.emergency,
            let function = rule.function(of: setting.actor, on: setting.today)
        else { throw Refused(.notAllowed) }
        let sight = setting.actor.sight(
            of: openings(setting.shelf, on: setting.today), rules: setting.rules, on: setting.today, at: setting.now)
        guard sight == nil else { return [] }
        if open.reason.allSatisfy(\.isWhitespace) { throw Refused(.required, field: "reason") }
        if Field.isLonger(open.reason, than: Field.longestText) {
            throw Refused(.tooLong, field: "reason", values: ["most": String(Field.longestText)])
        }
        return [.openedInEmergency(.init(function: function, reason: open.reason))]
    }

    /// The openings of the last emergency of each person: they end at a moment, and stand in no list.
    func openingsInEmergency(_ rules: PlanRules) -> [Opening] {
        guard let rule = rules.emergency else { return [] }
        // A plan that takes the trust away takes it away at once.
        return emergencies.filter { rule.by.contains($0.opened.function) }.map { one in
            Opening(
                principal: .emergency(one.by), function: one.opened.function, parts: rule.parts, until: one.ends.day,
                ground: .emergency, ends: one.ends)
        }
    }
}
