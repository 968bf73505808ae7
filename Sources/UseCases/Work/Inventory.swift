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

/// How many there are for a reader who sees no child: no number under ten is told, nor one from which it can be reckoned.
package struct InventoryFigures: Sendable, Hashable {
    package let route: String
    package let count: SmallNumber
    package let open: SmallNumber

    /// - Parameters:
    ///   - count: how many there are.
    ///   - open: of how many of them nothing was begun.
    package init(route: String, count: Int, open: Int) {
        self.route = route
        self.count = SmallNumber(count)
        // Of a few it is not told that all or none of them were begun: that would tell it of each.
        guard case .exactly(let all) = self.count, all > 0 else {
            self.open = self.count == .exactly(0) ? .exactly(0) : .few
            return
        }
        // Both parts are kept back together: which of them is small would tell a number where the whole is just above ten.
        let isTold = [open, all - open].allSatisfy { !(1..<SmallNumber.least).contains($0) }
        self.open = isTold ? .exactly(open) : .untold
    }
}

/// A number of children that may be so small that it tells of one.
package enum SmallNumber: Sendable, Hashable {
    case exactly(Int)
    /// Under ten.
    case few
    /// Not told, because it or what is left of the whole is under ten.
    case untold

    /// Under this many are not told.
    package static let least = 10

    package init(_ count: Int) { self = (1..<Self.least).contains(count) ? .few : .exactly(count) }
}

extension Installation {
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
        let readers = readers(actor)
        var key = try await key(of: last, for: actor)
        let isFirst = key == nil
        var page: [EndingDecision] = []
        var isMore = true
        // What the registers still show by the plan of an earlier day is left out, so a page can take more than one look.
        while page.count <= limit, isMore {
            let found = try await registers.ending(filter, for: readers, on: today, after: key, limit: limit + 1)
            let parts = try await openParts(of: Array(Set(found.map(\.dossier.id))), for: actor)
            page += found.filter { parts[$0.dossier.id]?.isSuperset(of: [.child, .decisions]) == true }
            isMore = found.count > limit
            key = found.last?.key ?? key
        }
        let rest = page.count > limit
        page = Array(page.prefix(limit))
        var entries: [Inventory.Entry] = []
        for ending in page { entries.append(try await entry(ending, route, rule, actor)) }
        // With all of it on this page nothing needs counting, and what is counted is what is shown.
        let counted =
            isFirst && !rest
            ? EndingCount(all: entries.count, notBegun: entries.count { $0.stands != nil && $0.ending.begun == nil })
            : try await registers.endingCount(filter, for: readers, on: today)
        return Inventory(
            route: route, rule: rule, year: SchoolYear(containing: today), entries: entries,
            next: rest ? page.last?.decision.instance : nil, count: counted.all, open: counted.notBegun)
    }

    /// Those by whom a reader sees child and decisions together, by the plan in force.
    private func readers(_ actor: Actor) -> [String] {
        let rules = rules
        return principals(of: actor).filter { rules.rule(of: $0)?.reads.isSuperset(of: [.child, .decisions]) == true }
    }

    /// Where a page was left; nil for the beginning, and for a decision that this reader does not see.
    private func key(of instance: InstanceID?, for actor: Actor) async throws -> EndingKey? {
        guard let instance, let row = try await registers.procedure(instance),
            try await openParts(of: row.dossier, for: actor)?.isSuperset(of: [.child, .decisions]) == true
        else { return nil }
        return try await registers.decisions(of: row.dossier).first { $0.instance == instance }?.key
    }

    private func filter(
        _ route: ProcedureRule, _ rule: InventoryRule, school: OrganisationID? = nil, dossier: DossierID? = nil
    ) -> EndingFilter {
        let year = SchoolYear(containing: today)
        return EndingFilter(
            first: year.first, last: year.last, of: Set(rule.of.map { "\($0.procedure).\($0.outcome)" }), follows: route.id,
            school: school, dossier: dossier)
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
        let counted = try await registers.endingCount(filter(route, rule), for: nil, on: today)
        return InventoryFigures(route: route.id, count: counted.all, open: counted.notBegun)
    }

    /// More decisions than one child has that end in one year.
    private static let mostOfOne = 100

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
        guard let dossier = try await registers.procedure(decided)?.dossier else { throw NotFound() }
        let found = try await registers.ending(
            filter(route, rule, dossier: dossier), for: readers(actor), on: today, after: nil, limit: Self.mostOfOne)
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

extension EndingDecision {
    /// Where a page is left that ends with it; nil when it does not end.
    fileprivate var key: EndingKey? { decision.key }
}

extension DecisionRow {
    fileprivate var key: EndingKey? { end.map { EndingKey(ends: $0, number: number) } }
}
