import Domain
import Journal

/// What is filled in to ask somebody from outside in.
package struct NewAskedIn: Sendable, Hashable {
    package let kind: String
    package let name: String
    package let email: String
    package let parts: Set<DossierPart>
    package let purpose: String
    /// For whom everybody agreed to it; nil where the law is the ground.
    package let recipient: String?
    package let until: Day
    package let weighing: Weighing?

    package init(
        kind: String, name: String, email: String, parts: Set<DossierPart>, purpose: String, recipient: String? = nil,
        until: Day, weighing: Weighing?
    ) {
        self.kind = kind
        self.name = name
        self.email = email
        self.parts = parts
        self.purpose = purpose
        self.recipient = recipient
        self.until = until
        self.weighing = weighing
    }
}

extension SeenDossier {
    /// The kinds of people that this person may ask in, in the order of the plan.
    package var askable: [AskedInRule] { rules.askedIn.filter { sight.mayAskIn($0) } }

    /// Those asked in whose last day comes near, for who may prolong it; the first to end first.
    package var askedInEnding: [AskedIn] {
        dossier.askedIn.filter { one in
            guard one.isOpen(on: today), let rule = rules.askedIn(one.asked.kind), sight.mayAskIn(rule) else { return false }
            return one.until <= rule.remind.after(today)
        }.sorted { ($0.until, $0.id) < ($1.until, $1.id) }
    }
}

extension Installation {
    /// In how many dossiers is looked for those asked in whose last day comes near.
    private static let mostEnding = 25

    /// The dossiers in which somebody asked in reads along not much longer, for who may prolong it; the first to end first.
    package func askedInEnding(for actor: Actor) async throws -> [SeenDossier] {
        let today = today
        let mine = rules.askedIn.filter { rule in actor.functions.contains { rule.by.contains($0.function) } }
        guard let last = mine.map({ $0.remind.after(today) }).max() else { return [] }
        let rows = try await registers.askedInEnding(
            from: today, through: last, for: principals(of: actor), limit: Self.mostEnding)
        var found: [SeenDossier] = []
        for row in rows where !found.contains(where: { $0.dossier.id == row.dossier }) {
            do {
                // Not every dossier that is seen is one in which this person may prolong it.
                let seen = try await glance(row.dossier, as: actor)
                if !seen.askedInEnding.isEmpty { found.append(seen) }
            } catch is NotFound { continue }
        }
        return found
    }

    /// Asks somebody in, with an account of their own: made now, or the one that has this address already when the name fits it.
    ///
    /// - Parameter id: a second press has the same one and does nothing more.
    /// - Returns: the first password when an account was made: shown once, kept nowhere; and the dossier when somebody was let in,
    ///   and the family is to be told.
    /// - Throws: `Refused` with every reason, before anybody is registered.
    package func askIn(
        _ new: NewAskedIn, id: AskedInID, in dossier: DossierID, as actor: Actor
    ) async throws -> (email: String, password: String?, letIn: Dossier?) {
        let seen = try await glance(dossier, as: actor)
        let email = Account.folded(new.email)
        guard seen.dossier.askedIn(id) == nil else { return (email, nil, nil) }
        guard let rule = seen.rules.askedIn(new.kind) else { throw Refused(.notAnOption, field: "kind") }
        guard seen.sight.mayAskIn(rule) else { throw Refused(.notAllowed) }
        let known = try await known(email: email)
        func command(_ person: PersonID) -> DossierCommand {
            .askIn(
                .init(
                    id: id, kind: new.kind, person: person, parts: new.parts, purpose: new.purpose.trimmed,
                    recipient: new.recipient, until: new.until, weighing: new.weighing))
        }
        let stranger = PersonID(chance.key())
        var reasons = refusals(of: command(known?.id ?? stranger), in: seen)
        // A slip in the address would let somebody else read.
        if let known, !NameKey.couldBe(new.name, known.name) { reasons.append(Refusal(.otherName, field: "email")) }
        if known == nil {
            do {
                _ = try Person(id: stranger).decide(.register(name: new.name.trimmed, email: email), rules: seen.rules)
            } catch {
                reasons += error.reasons
            }
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        let (person, password) = try await register(name: new.name, email: email, as: actor)
        return (email, password, try await perform(command(person), on: dossier, as: actor))
    }
}

extension Installation {
    /// Everything that the rules would have against asking somebody in, but for the day and the person: so that nobody mends
    /// a form one error at a time.
    package func problems(askingIn new: NewAskedIn, in seen: SeenDossier) -> [Refusal] {
        let command = DossierCommand.AskIn(
            id: AskedInID(""), kind: new.kind, person: PersonID(""), parts: new.parts, purpose: new.purpose.trimmed,
            recipient: new.recipient, until: new.until, weighing: new.weighing)
        return refusals(of: .askIn(command), in: seen).filter { $0.field != nil && $0.field != "until" }
    }
}

extension Installation {
    /// Whether somebody is here because they were asked in, and neither for work nor as family.
    package func isFromOutside(_ actor: Actor) async throws -> Bool {
        guard actor.functions.isEmpty, try await isAskedIn(actor) else { return false }
        return try await !seesAny([true, false].map { Principal.guardian(actor.person, authority: $0) })
    }

    /// Whether a dossier is open to somebody today because they were asked in.
    package func isAskedIn(_ actor: Actor) async throws -> Bool {
        guard !rules.askedIn.isEmpty else { return false }
        return try await seesAny([.askedIn(actor.person)])
    }

    /// Whether a dossier is open to somebody today as family of the child, or because they were asked in.
    package func isFamilyOrFromOutside(_ person: PersonID) async throws -> Bool {
        try await !dossiersOfFamilyOrFromOutside(person, limit: 1).isEmpty
    }

    /// The dossiers that are open to somebody today as family of the child, or because they were asked in.
    func dossiersOfFamilyOrFromOutside(_ person: PersonID, limit: Int) async throws -> [DossierRow] {
        try await seen(
            by: [.askedIn(person), .guardian(person, authority: true), .guardian(person, authority: false)], limit: limit)
    }

    private func seesAny(_ principals: [Principal]) async throws -> Bool {
        try await !seen(by: principals, limit: 1).isEmpty
    }

    private func seen(by principals: [Principal], limit: Int) async throws -> [DossierRow] {
        try await registers.dossiers(
            for: principals.map(\.rawValue), on: today, search: nil, filter: DossierFilter(), after: nil, limit: limit)
    }
}
