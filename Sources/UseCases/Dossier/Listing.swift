import Domain
import Journal

/// A dossier as a list shows it: no more of it than the reader would see inside.
package struct ListedDossier: Sendable {
    package let row: DossierRow
    /// The parts that this reader may see; a list shows nothing of the others.
    package let parts: Set<DossierPart>
    /// The running procedures, oldest first; none when the reader may not see procedures.
    package let running: [ProcedureRow]
}

extension Installation {
    /// One page of the dossiers somebody may see, by name, from registers alone: no dossier is opened for it.
    ///
    /// What a search finds is written in the read log of each dossier before it is shown; the plain list of those that
    /// somebody works with is not (decision 0010).
    /// - Parameter after: the last dossier of the page before; one that this person may not see begins at the first page.
    /// - Returns: the rows, and the last of them when there are more.
    package func listed(
        for actor: Actor, search: String?, filter: DossierFilter = DossierFilter(), after last: DossierID?, limit: Int
    ) async throws -> (rows: [ListedDossier], next: DossierID?) {
        var after: PageKey?
        if let last, try await openParts(of: last, for: actor) != nil {
            after = try await registers.dossier(last).map { PageKey($0) }
        }
        let (rows, next) = try await dossiers(for: actor, search: search, filter: filter, after: after, limit: limit)
        let parts = try await openParts(of: rows.map(\.id), for: actor)
        // A row that the plan of an earlier day opened stays until the registers follow; it is not shown until then either.
        let inSight = rows.filter { parts[$0.id]?.contains(.child) == true }
        let procedures = try await registers.procedures(
            of: inSight.map(\.id).filter { parts[$0]?.contains(.procedures) == true })
        let listed = inSight.map { row in
            ListedDossier(
                row: row, parts: parts[row.id] ?? [], running: (procedures[row.id] ?? []).filter { $0.ended == nil })
        }
        if search?.nilWhenEmpty != nil {
            try await found(listed.map { ($0.row.id, $0.running.isEmpty ? [.child] : [.child, .procedures]) }, by: actor)
        }
        return (listed, next?.dossier)
    }

    /// Writes in one go in the read log of each dossier that a search shows it, each person once in a while.
    ///
    /// A search while one types asks after every few letters; the family is helped by one line, not by ten.
    private func found(_ shown: [(dossier: DossierID, parts: Set<DossierPart>)], by actor: Actor) async throws {
        let now = clock.now()
        let new = shown.filter { !searches.isKnown($0.dossier, $0.parts, by: actor.person, at: now) }
        guard !new.isEmpty else { return }
        let today = today
        let openings = try await registers.openings(for: principals(of: actor), of: new.map(\.dossier))
        try await vault.reads.log(
            new.map { dossier, parts in
                let open = openings[dossier]?.filter { $0.until.map { today <= $0 } ?? true }
                let opening = open?.first { $0.ground == Opening.Ground.family.rawValue } ?? open?.first
                return ReadEntry(
                    dossier: dossier, person: actor.person,
                    function: opening?.function ?? "", purpose: opening?.purpose ?? "function", parts: parts,
                    kind: .search, at: now)
            })
        for (dossier, parts) in new { searches.remember(dossier, parts, by: actor.person, at: now) }
    }

    /// What the registers open of a dossier for somebody; nil when nothing.
    func openParts(of dossier: DossierID, for actor: Actor) async throws -> Set<DossierPart>? {
        try await openParts(of: [dossier], for: actor)[dossier]
    }

    /// What the registers open of each of these dossiers for somebody; one of which nothing is open is left out.
    func openParts(of dossiers: [DossierID], for actor: Actor) async throws -> [DossierID: Set<DossierPart>] {
        let today = today
        var sight = SightOfOpenings(rules)
        return try await registers.openings(for: principals(of: actor), of: dossiers).compactMapValues { openings in
            var parts: Set<DossierPart> = []
            for opening in openings where opening.until.map({ today <= $0 }) ?? true {
                parts.formUnion(sight.parts(of: opening))
            }
            return parts.isEmpty ? nil : parts
        }
    }

    /// Dossiers that may be of the same child: the same name and day of birth, among those that this person may see.
    package func alike(_ child: Child, for actor: Actor) async throws -> [DossierRow] {
        let key = NameKey.of(given: child.givenName.trimmed, family: child.familyName.trimmed)
        guard !key.isEmpty else { return [] }
        // Names begin with the searched words, so a page holds every exact one long before it is full.
        let found = try await dossiers(for: actor, search: key, after: nil, limit: 200).rows
        let alike = found.filter { $0.nameKey == key && $0.born == child.born }
        try await self.found(alike.map { ($0.id, [.child]) }, by: actor)
        return alike
    }
}
