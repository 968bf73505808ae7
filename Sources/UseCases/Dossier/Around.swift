import Domain
import Journal

/// People to whom a dossier is open in one way, for the page that tells a family who they are.
package struct Around: Sendable {
    /// Key of the function of the plan.
    package let function: String
    package let ground: Opening.Ground
    /// The parts they can read.
    package let parts: Set<DossierPart>
    /// The last day on which it is open; nil while the ground lasts.
    package let until: Day?
    package let people: [PersonID]
}

extension Installation {
    /// Everybody beside the family to whom the dossier is open today, in the order of the plan's functions, as far as the
    /// reader may know of the ground: who works in a procedure is told to who reads procedures.
    ///
    /// Made of the same openings that every path is under: who is not in it cannot get in.
    package func around(_ seen: SeenDossier) async throws -> [Around] {
        let order = Dictionary(seen.rules.functions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let openings = seen.dossier.openings(shelf, on: seen.today).filter {
            $0.isOpen(on: seen.today) && seen.isTold($0)
        }
        // All in one question: a page that asked for each opening apart would wait for each.
        let held = try await registers.functions(
            Set(openings.map(\.function)), at: Set(openings.compactMap(\.principal.organisation)), on: seen.today)
        let around = openings.compactMap { opening -> Around? in
            let people = Self.people(behind: opening, among: held)
            guard !people.isEmpty else { return nil }
            return Around(
                function: opening.function, ground: opening.ground, parts: opening.parts, until: opening.until, people: people)
        }
        return around.sorted { left, right in
            (order[left.function] ?? .max, left.people[0]) < (order[right.function] ?? .max, right.people[0])
        }
    }

    /// Who stands behind the name of an opening today: all holders of the function, or the one person if still a holder, and
    /// whoever stands in for that one.
    private static func people(behind opening: Opening, among held: [FunctionRow]) -> [PersonID] {
        if let person = opening.principal.askedIn { return [person] }
        guard let organisation = opening.principal.organisation else { return [] }
        let there = held.filter { $0.function == opening.function && $0.organisation == organisation }
        let named = opening.principal.holder
        return Set(there.filter { named == nil || $0.person == named || $0.replaces == named }.map(\.person)).sorted()
    }

    /// The read log of a dossier, newest first, for somebody who may see it.
    ///
    /// - Parameter before: the sequence of the last line of the page before.
    /// - Returns: the lines, and where the next page begins when there are more.
    package func reads(
        of seen: SeenDossier, before: Int64?, limit: Int
    ) async throws -> (reads: [LoggedRead], next: Int64?) {
        guard seen.sight.sees(.readLog) else { throw NotFound() }
        let found = try await vault.reads.reads(of: seen.dossier.id, before: before, limit: limit + 1)
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last?.sequence : nil)
    }
}

extension SeenDossier {
    /// Whether the reader may know that somebody has this opening: it tells of what it stands on.
    fileprivate func isTold(_ opening: Opening) -> Bool {
        switch opening.ground {
        case .function, .named, .left: true
        case .procedure, .asked: sight.sees(.procedures)
        case .invited: sight.sees(.agreements)
        case .rights, .emergency: sight.isFamily
        // They are told with the family, to who reads that.
        case .family: false
        }
    }

    /// Where a guardian can be written to: for who works with the dossier and for the guardian, not for the rest of the family.
    ///
    /// Parents who live apart may keep an address from each other.
    package func address(of guardian: Guardian) -> String? {
        sight.isFamily && guardian.person != actor.person ? nil : guardian.email
    }
}
