import Domain
import Journal

/// A time that somebody opened a dossier in an emergency, for whoever watches over privacy.
package struct SeenEmergency: Sendable {
    package let dossier: DossierID
    package let school: OrganisationID?
    package let emergency: Emergency
}

/// No dossier is of exactly this child, or more than one is.
package struct NoSuchChild: Error, Sendable, Hashable {}

extension Installation {
    /// Whether somebody may open a dossier in an emergency, by the plan in force.
    package func mayOpenInEmergency(_ actor: Actor) -> Bool { rules.emergency?.function(of: actor, on: today) != nil }

    /// Opens the dossier of a child that needs it now, for an hour, to read; looked up by the whole name and day of birth, so
    /// that nobody finds a child whom they do not know.
    ///
    /// - Returns: which dossier it is, and the dossier itself when it was opened now, so that the family is told; where it was open
    ///   already nothing was opened.
    /// - Throws: `NotFound` for who may not, `Refused` without a reason, `NoSuchChild` when none or more than one fits.
    package func openInEmergency(
        givenName: String, familyName: String, born: Day, reason: String, as actor: Actor
    ) async throws -> (id: DossierID, opened: Dossier?) {
        guard let function = rules.emergency?.function(of: actor, on: today) else { throw NotFound() }
        // Without a reason nothing is looked up.
        guard reason.trimmed.nilWhenEmpty != nil else { throw Refused(.required, field: "reason") }
        // What the rules would say of it afterwards would tell that there is such a child.
        guard !Field.isLonger(reason.trimmed, than: Field.longestText) else {
            throw Refused(.tooLong, field: "reason", values: ["most": String(Field.longestText)])
        }
        let found = try await registers.dossiers(
            named: NameKey.of(given: givenName.trimmed, family: familyName.trimmed), born: born)
        guard let dossier = found.first, found.count == 1 else { throw NoSuchChild() }
        if try await isOpen(dossier.id, to: actor) { return (dossier.id, nil) }
        let opened: Dossier
        do {
            opened = try await perform(.openInEmergency(.init(reason: reason.trimmed)), on: dossier.id, as: actor)
        } catch is NotFound {
            // Its destruction has begun: for everybody it is there no more.
            throw NoSuchChild()
        }
        // The log tells of it also when nothing is looked at afterwards.
        try await vault.reads.log(
            ReadEntry(
                dossier: dossier.id, person: actor.person, function: function, purpose: ReadEntry.emergency, parts: [.child],
                kind: .page, at: clock.now()))
        return (dossier.id, opened)
    }

    /// The times that a dossier was opened in an emergency since a day, newest first, for whoever watches over privacy.
    ///
    /// - Throws: `NotFound` for everybody else.
    package func emergencies(since day: Day, as actor: Actor) async throws -> [SeenEmergency] {
        guard rules.watchesLogs(actor) else { throw NotFound() }
        let since = Instant.amsterdam(day, hour: 0, minute: 0)
        let reads = try await vault.reads.inEmergency(since: since, limit: 500).map(\.read)
        var seen: [SeenEmergency] = []
        for id in Set(reads.map(\.dossier)) {
            let dossier: Dossier
            // One that was forgotten has a log and no contents any more.
            do { dossier = try await load(id) } catch is NotFound { continue }
            guard dossier.exists else { continue }
            seen += dossier.emergencies.filter { since <= $0.at }.map {
                SeenEmergency(dossier: id, school: dossier.school, emergency: $0)
            }
        }
        return seen.sorted { ($0.emergency.at, $0.dossier) > ($1.emergency.at, $1.dossier) }
    }
}
