import Domain
import Journal

/// A dossier as one person sees it at one moment: the page, the list and the API take everything from here.
package struct SeenDossier: Sendable {
    package let dossier: Dossier
    package let sight: Sight
    /// The plan in force now.
    package let rules: PlanRules
    package let today: Day
    package let actor: Actor

    package var facts: Facts { dossier.facts(rules, on: today) }
}

extension Installation {
    /// Opens a dossier for somebody who may see the parts, and writes it in the read log before anything is shown.
    ///
    /// - Parameters:
    ///   - parts: what will be shown; each must be in sight, except on the dossier page, which shows what is.
    ///   - all: whether every part must be in sight.
    /// - Throws: `NotFound` when it does not exist or not for this person.
    package func see(
        _ id: DossierID, _ parts: Set<DossierPart>, all: Bool = true, as actor: Actor, kind: ReadEntry.Kind = .page
    ) async throws -> SeenDossier {
        let seen = try await glance(id, as: actor)
        let shown = seen.sight.parts.intersection(parts)
        guard all ? shown == parts : !shown.isEmpty else { throw NotFound() }
        try await vault.reads.log(
            ReadEntry(
                dossier: id, person: actor.person, function: seen.sight.readsAs, purpose: purpose(seen),
                parts: shown, kind: kind, at: clock.now(),
                // A page shows a person what is new; a file or a program's question does not.
                version: kind == .page ? seen.dossier.version : nil))
        return seen
    }

    /// Whether and how somebody may see a dossier, without showing anything of it: for what comes before a form is sent.
    package func glance(_ id: DossierID, as actor: Actor) async throws -> SeenDossier {
        guard try await mayBeOpen(id, to: actor) else { throw NotFound() }
        let dossier = try await load(id)
        let today = today
        let rules = shelf.inForce(on: today)
        guard dossier.exists,
            let sight = actor.sight(
                of: dossier.openings(shelf, on: today), rules: rules, on: today, at: clock.now())
        else { throw NotFound() }
        return SeenDossier(dossier: dossier, sight: sight, rules: rules, today: today, actor: actor)
    }

    /// Whether a dossier may be open to somebody by what the registers know, before it is looked at.
    ///
    /// So the answer about one that is not for somebody takes as long as about one that is not there.
    func mayBeOpen(_ id: DossierID, to actor: Actor) async throws -> Bool {
        let rules = rules
        let today = today
        // Registers tell nothing of what is open in no list: without the child's name, in an emergency, or to handle a request.
        let isUnlisted = actor.functions.contains { held in
            let reads = rules.function(held.function)?.reads ?? []
            return !reads.isEmpty && !reads.contains(.child) || rules.emergency?.by.contains(held.function) == true
                || rules.rights?.handledBy.contains(held.function) == true
        }
        if isUnlisted || actor == .program { return true }
        let openings = try await registers.openings(for: principals(of: actor), of: id)
        if openings.contains(where: { row in row.until.map { today <= $0 } ?? true }) { return true }
        // What another node destroyed goes from memory here as well; asked in any case, so that it takes as long each time.
        if try await registers.dossier(id) == nil { cache.forget(id) }
        return false
    }

    /// Why somebody reads: a step that waits for them, being family, or the work of their function.
    private func purpose(_ seen: SeenDossier) -> String {
        if seen.sight.isFamily { return "family" }
        let mine = seen.actor.principals
        for procedure in seen.dossier.procedures.reversed() where procedure.isRunning {
            guard let rules = shelf[procedure.plan], let route = rules.procedure(procedure.rule) else { continue }
            for open in procedure.open {
                guard let step = route.step(open.step),
                    seen.dossier.principals(for: step, in: procedure, rules).contains(where: mine.contains)
                else { continue }
                return "task:\(procedure.rule)/\(open.step)"
            }
        }
        if seen.sight.grounds.contains(.rights) { return ReadEntry.rights }
        // Every opening has a last day: what it stands on has ended, and one can look back for a while.
        guard seen.sight.functions.isEmpty else { return seen.sight.until == nil ? "function" : ReadEntry.afterwards }
        if seen.sight.ends != nil { return ReadEntry.emergency }
        return seen.sight.grounds.contains(.invited) ? "asked-in" : "function"
    }

    /// Where a page of a list ended, by the key of its last dossier: so no name stands in an address.
    package func pageKey(_ last: DossierID) async throws -> PageKey? {
        try await registers.dossier(last).map { PageKey($0) }
    }

    /// The dossiers somebody may see, by name; each search is bound by the same openings as the page itself.
    package func dossiers(
        for actor: Actor, search: String?, filter: DossierFilter = DossierFilter(), after: PageKey?, limit: Int
    ) async throws -> (rows: [DossierRow], next: PageKey?) {
        let rows = try await registers.dossiers(
            for: principals(of: actor), on: today, search: search, filter: filter, after: after, limit: limit + 1)
        let page = Array(rows.prefix(limit))
        return (page, rows.count > limit ? page.last.map { PageKey($0) } : nil)
    }
}
