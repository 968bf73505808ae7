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
        let procedures = try await registers.procedures(of: rows.map(\.id).filter { parts[$0]?.contains(.procedures) == true })
        let listed = rows.map { row in
            ListedDossier(
                row: row, parts: parts[row.id] ?? [], running: (procedures[row.id] ?? []).filter { $0.ended == nil })
        }
        return (listed, next?.dossier)
    }

    /// What the registers open of a dossier for somebody; nil when nothing.
    func openParts(of dossier: DossierID, for actor: Actor) async throws -> Set<DossierPart>? {
        try await openParts(of: [dossier], for: actor)[dossier]
    }

    /// What the registers open of each of these dossiers for somebody; one of which nothing is open is left out.
    func openParts(of dossiers: [DossierID], for actor: Actor) async throws -> [DossierID: Set<DossierPart>] {
        let today = today
        return try await registers.openings(for: actor.principals.map(\.rawValue), of: dossiers).compactMapValues { openings in
            let open = openings.filter { opening in opening.until.map { today <= $0 } ?? true }
            guard !open.isEmpty else { return nil }
            return open.reduce(into: []) { parts, opening in
                parts.formUnion(opening.parts.split(separator: ",").compactMap { DossierPart(rawValue: String($0)) })
            }
        }
    }

    /// Dossiers that may be of the same child: the same name and day of birth, among those that this person may see.
    package func alike(_ child: Child, for actor: Actor) async throws -> [DossierRow] {
        let key = NameKey.of(given: child.givenName.trimmed, family: child.familyName.trimmed)
        guard !key.isEmpty else { return [] }
        // Names begin with the searched words, so a page holds every exact one long before it is full.
        let found = try await dossiers(for: actor, search: key, after: nil, limit: 200).rows
        return found.filter { $0.nameKey == key && $0.born == child.born }
    }
}
