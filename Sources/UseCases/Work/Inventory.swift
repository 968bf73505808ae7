import Domain
import Journal

/// The children for whom something is due this school year because a decision ends in it, as one reader sees them.
package struct Inventory: Sendable {
    /// One child of the list.
    package struct Entry: Sendable {
        package let ending: EndingDecision
        /// Nil when the reader does not see the child's procedures: then nothing is told of what was begun.
        package let stands: Standing?
        /// Whether this reader may begin it here and now.
        package let mayBegin: Bool
    }

    /// How far it is for one child.
    package struct Standing: Sendable {
        package let begun: ProcedureRow?
        /// The choice that was made in the step that the plan shows, such as conform or deviating; nil while it was not.
        package let choice: ChoiceRule?
        /// How it ended; nil while it runs.
        package let outcome: OutcomeRule?
    }

    package let route: ProcedureRule
    package let rule: InventoryRule
    package let year: SchoolYear
    package let entries: [Entry]
    /// Where the next page begins; nil when there is no more.
    package let next: InstanceID?
    /// How many there are for this reader, and of how many nothing was begun.
    package let count: Int
    package let open: Int
}

/// How many there are for a reader who sees no child: numbers under ten are not told.
package struct InventoryFigures: Sendable, Hashable {
    package let route: String
    package let count: SmallNumber
    package let open: SmallNumber
}

/// A number of children that may be so small that it tells of one.
package enum SmallNumber: Sendable, Hashable {
    case exactly(Int)
    /// One to nine.
    case few

    /// Under this many are not told.
    package static let least = 10

    package init(_ count: Int) { self = (1..<Self.least).contains(count) ? .few : .exactly(count) }
}

extension Installation {
    /// The most of one list that is counted: more children than a region has with a decision that ends in one year.
    private static let mostEnding = 5_000

    /// The routes of the plan that are due each school year, for whoever works in them or sees figures of them.
    package func inventories(for actor: Actor) -> [ProcedureRule] {
        guard !actor.functions.isEmpty else { return [] }
        return rules.procedures.filter { $0.start.inventory != nil }
    }

    /// One page of the children whose decision ends this school year, as far as the reader sees child and decisions.
    ///
    /// - Parameters:
    ///   - school: only of this school.
    ///   - after: the procedure of the decision with which the page before ended; another one begins at the first page.
    /// - Throws: `NotFound` for a route that is no yearly one, or for who holds no function.
    package func inventory(
        _ procedure: String, for actor: Actor, school: OrganisationID?, after last: InstanceID?, limit: Int
    ) async throws -> Inventory {
        guard let route = inventories(for: actor).first(where: { $0.id == procedure }), let rule = route.start.inventory else {
            throw NotFound()
        }
        let today = today
        let filter = filter(route, rule, school: school)
        let all = try await registers.ending(
            filter, for: principals(of: actor), on: today, after: nil, limit: Self.mostEnding)
        // The registers may still follow the plan of an earlier day: what is shown is held to the one in force.
        let parts = try await openParts(of: Array(Set(all.map(\.dossier.id))), for: actor)
        let seen = all.filter { parts[$0.dossier.id]?.isSuperset(of: [.child, .decisions]) == true }
        let start = last.flatMap { last in seen.firstIndex { $0.decision.instance == last } }.map { $0 + 1 } ?? 0
        let page = seen.dropFirst(start).prefix(limit)
        var entries: [Inventory.Entry] = []
        for ending in page { entries.append(try await entry(ending, route, rule, actor)) }
        let isVisible = { (ending: EndingDecision) in parts[ending.dossier.id]?.contains(.procedures) == true }
        return Inventory(
            route: route, rule: rule, year: SchoolYear(containing: today), entries: entries,
            next: start + page.count < seen.count ? page.last?.decision.instance : nil, count: seen.count,
            open: seen.count { isVisible($0) && $0.begun == nil })
    }

    private func filter(_ route: ProcedureRule, _ rule: InventoryRule, school: OrganisationID?) -> EndingFilter {
        let year = SchoolYear(containing: today)
        return EndingFilter(
            first: year.first, last: year.last, of: Set(rule.of.map { "\($0.procedure).\($0.outcome)" }), follows: route.id,
            school: school)
    }

    private func entry(
        _ ending: EndingDecision, _ route: ProcedureRule, _ rule: InventoryRule, _ actor: Actor
    ) async throws -> Inventory.Entry {
        let seen = try await glance(ending.dossier.id, as: actor)
        let mayBegin = ending.begun == nil && startable(in: seen).contains { $0.id == route.id }
        guard seen.sight.sees(.procedures) else { return Inventory.Entry(ending: ending, stands: nil, mayBegin: mayBegin) }
        let procedure = ending.begun.flatMap { seen.dossier.procedure($0.instance) }
        let followed = procedure.flatMap { shelf[$0.plan]?.procedure($0.rule) } ?? route
        let done = rule.shows.flatMap { procedure?.lastDone($0) }
        return Inventory.Entry(
            ending: ending,
            stands: Inventory.Standing(
                begun: ending.begun, choice: done.flatMap { followed.step($0.step)?.choice($0.choice) },
                outcome: procedure?.ended.flatMap { followed.outcome($0.outcome) }), mayBegin: mayBegin)
    }

    /// How many decisions end this school year in the whole partnership, for who holds a function there and sees none of them.
    ///
    /// - Throws: `NotFound` for everybody else.
    package func inventoryFigures(_ procedure: String, for actor: Actor) async throws -> InventoryFigures {
        guard let route = inventories(for: actor).first(where: { $0.id == procedure }), let rule = route.start.inventory,
            actor.functions.contains(where: { $0.organisation == .partnership && $0.function != Person.administrator })
        else { throw NotFound() }
        let all = try await registers.ending(
            filter(route, rule, school: nil), for: nil, on: today, after: nil, limit: Self.mostEnding)
        return InventoryFigures(
            route: route.id, count: SmallNumber(all.count), open: SmallNumber(all.count { $0.begun == nil }))
    }

    /// Begins the route for one child of the list by one press: the last day of the decision is filled in, and what the
    /// decision said of the child is taken over.
    ///
    /// - Parameter decided: the procedure that the decision came out of.
    /// - Throws: `NotFound` when the child is not in the reader's list, or `Refused` when the reader may not begin it.
    package func beginFromInventory(
        _ procedure: String, after decided: InstanceID, as actor: Actor
    ) async throws -> InventoryStart {
        guard let route = inventories(for: actor).first(where: { $0.id == procedure }), let rule = route.start.inventory else {
            throw NotFound()
        }
        let found = try await registers.ending(
            filter(route, rule, school: nil), for: principals(of: actor), on: today, after: nil, limit: Self.mostEnding)
        guard let ending = found.first(where: { $0.decision.instance == decided }) else { throw NotFound() }
        let id = ending.dossier.id
        let seen = try await glance(id, as: actor)
        guard seen.sight.parts.isSuperset(of: [.child, .decisions]) else { throw NotFound() }
        // Pressed twice, or somebody else was first.
        guard ending.begun == nil else { return .begun(id) }
        var answers: Answers = [:]
        for ask in route.start.asks {
            answers[ask.field] = seen.dossier.decisions.last { $0.instance == decided }?.copies[ask.field]
        }
        if let field = rule.fills, let end = ending.decision.end { answers[field] = .text(end.description) }
        do {
            _ = try await start(procedure, answers: answers, in: id, as: actor)
            return .begun(id)
        } catch let refused as Refused {
            if refused.reasons.contains(where: { $0.code == .alreadyRunning }) { return .begun(id) }
            guard refused.reasons.allSatisfy({ $0.field != nil }) else { throw refused }
            return .asks(id)
        }
    }

    /// Writes in the read log of each child of a list that it goes into a file.
    package func exported(_ list: Inventory, by actor: Actor) async throws {
        let now = clock.now()
        let openings = try await registers.openings(for: principals(of: actor), of: list.entries.map(\.ending.dossier.id))
        try await vault.reads.log(
            list.entries.map { entry in
                let open = openings[entry.ending.dossier.id]?.first { $0.until.map { today <= $0 } ?? true }
                return ReadEntry(
                    dossier: entry.ending.dossier.id, person: actor.person,
                    function: open.map { Principal($0.principal).function } ?? "", purpose: "function",
                    parts: entry.stands == nil ? [.child, .decisions] : [.child, .decisions, .procedures], kind: .export, at: now)
            })
    }
}

/// What came of pressing the button of a list.
package enum InventoryStart: Sendable, Hashable {
    case begun(DossierID)
    /// The start asks more than the decision tells.
    case asks(DossierID)
}
