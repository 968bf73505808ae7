import Domain
import Journal

/// One page of work: what waits for me, what I wait for, and what changed since I last looked.
package struct Worklist: Sendable {
    /// Something that waits, with what the plan says about it; a reference, because the rules that it holds are large and a page
    /// sorts and groups many.
    package final class Item: Sendable {
        package let task: TaskRow
        package let dossier: DossierRow
        package let route: ProcedureRule
        package let step: StepRule
        package let urgency: Urgency

        fileprivate init(task: TaskRow, dossier: DossierRow, route: ProcedureRule, step: StepRule, urgency: Urgency) {
            self.task = task
            self.dossier = dossier
            self.route = route
            self.step = step
            self.urgency = urgency
        }
    }

    /// How near the end of its time something is.
    package enum Urgency: Int, Sendable, Comparable {
        case late, soon, calm, none
        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// How much of one procedure waits for me.
    package struct Tally: Sendable {
        package let route: ProcedureRule
        package fileprivate(set) var count = 0
        /// How many of them are late.
        package fileprivate(set) var late = 0
    }

    /// A dossier with what others did in it since this person last looked.
    package struct News: Sendable {
        package let dossier: DossierRow
        package let changes: [ChangeRow]
    }

    package let waiting: [Item]
    package let awaited: [Item]
    package let news: [News]
    /// What waits for me by procedure, in the order of its first; shown or not, a hundred things at most.
    package let tallies: [Tally]
    /// Whether there is more than is shown.
    package let hasMore: Bool

    /// How many things wait for me, a hundred at most.
    package var count: Int { tallies.map(\.count).reduce(0, +) }
    /// How many of them are late.
    package var late: Int { tallies.map(\.late).reduce(0, +) }
}

extension Installation {
    /// Most items of one kind: what does not fit is not lost, it comes up as the first are done.
    package static let mostWork = 100

    /// Most dossiers with news on the page.
    private static let mostNews = 12

    /// Among how many of the dossiers that changed last the news is looked for.
    private static let newsAmong = 60

    /// How many of the latest changes of a dossier are looked through.
    private static let newsLooksBack = 12

    /// The work of one person, from registers alone: no dossier is opened for it.
    ///
    /// - Parameters:
    ///   - kind: shows of what waits for this person only this procedure.
    ///   - waiting: how much of what waits for this person is shown.
    ///   - awaiting: how much of what this person waits for is shown.
    package func worklist(
        for actor: Actor, kind: String? = nil, waiting shown: Int = mostWork, awaiting: Int = mostWork
    ) async throws -> Worklist {
        let principals = principals(of: actor)
        let today = today
        let waiting = try await registers.tasks(for: principals, kind: .act, limit: Self.mostWork + 1)
        let awaited = try await registers.tasks(
            for: principals, kind: .await, limit: min(Self.mostWork, awaiting + waiting.count) + 1)
        let mine = Set(waiting.map(\.place))
        let fitting = waiting.prefix(Self.mostWork).filter { $0.procedure == kind ?? $0.procedure }
        let others = awaited.filter { !mine.contains($0.place) }
        let tasks = (own: fitting.prefix(shown), others: others.prefix(min(awaiting, Self.mostWork)))
        var rules = RulesOfTasks(shelf)
        let dossiers = try await registers.dossiers((tasks.own + tasks.others).map(\.dossier))
        return Worklist(
            waiting: tasks.own.compactMap { item($0, dossiers, &rules, today) },
            awaited: tasks.others.compactMap { item($0, dossiers, &rules, today) },
            news: try await news(for: actor, principals, today),
            tallies: tallies(waiting.prefix(Self.mostWork), &rules, today),
            hasMore: waiting.count > Self.mostWork || fitting.count > tasks.own.count || others.count > tasks.others.count)
    }

    private func tallies(
        _ tasks: some Sequence<TaskRow>, _ rules: inout RulesOfTasks, _ today: Day
    ) -> [Worklist.Tally] {
        var order: [String] = []
        var tallies: [String: Worklist.Tally] = [:]
        for task in tasks {
            guard let (route, _) = rules[task] else { continue }
            if tallies[route.id] == nil { order.append(route.id) }
            tallies[route.id, default: Worklist.Tally(route: route)].count += 1
            if urgency(task, today) == .late { tallies[route.id]?.late += 1 }
        }
        return order.compactMap { tallies[$0] }
    }

    /// What others did in the dossiers that changed last, since this person last looked in each.
    private func news(for actor: Actor, _ principals: [String], _ today: Day) async throws -> [Worklist.News] {
        let changed = try await registers.changed(for: principals, on: today, limit: Self.newsAmong)
        let looked = try await vault.reads.lookedVersions(actor.person, dossiers: changed.map(\.id))
        var unseen = changed.filter { $0.version > looked[$0.id] ?? 0 }[...]
        var news: [Worklist.News] = []
        // Most of them are news, so hardly more is asked for than the page shows.
        while !unseen.isEmpty, news.count < Self.mostNews {
            let next = unseen.prefix(Self.mostNews)
            unseen = unseen.dropFirst(Self.mostNews)
            let opened = try await openParts(of: next.map(\.id), for: actor)
            let changes = try await registers.changes(of: next.map(\.id), limit: Self.newsLooksBack)
            for dossier in next where news.count < Self.mostNews {
                // What happened in a part that this person may not read is no news for them.
                let parts = opened[dossier.id] ?? []
                let new = (changes[dossier.id] ?? []).filter { change in
                    change.version > looked[dossier.id] ?? 0 && change.actor != actor.person
                        && DossierPart(ofHistory: change.code).map(parts.contains) == true
                }
                if !new.isEmpty { news.append(Worklist.News(dossier: dossier, changes: new)) }
            }
        }
        return news
    }

    private func item(
        _ task: TaskRow, _ dossiers: [DossierID: DossierRow], _ rules: inout RulesOfTasks, _ today: Day
    ) -> Worklist.Item? {
        guard let dossier = dossiers[task.dossier], let (route, step) = rules[task] else { return nil }
        return Worklist.Item(task: task, dossier: dossier, route: route, step: step, urgency: urgency(task, today))
    }

    private func urgency(_ task: TaskRow, _ today: Day) -> Worklist.Urgency {
        guard let due = task.due else { return .none }
        if due < today { return .late }
        return task.warnFrom.map { $0 <= today } ?? false || today.days(until: due) <= 7 ? .soon : .calm
    }
}

/// What the plans say about tasks: of a hundred on one page most are of the same few steps.
private struct RulesOfTasks {
    private struct Kind: Hashable {
        let plan: String
        let procedure: String
        let step: String
    }

    private let shelf: PlanShelf
    private var known: [Kind: (ProcedureRule, StepRule)] = [:]

    init(_ shelf: PlanShelf) { self.shelf = shelf }

    /// What the plan says about a task; nil when that plan is not on the shelf any more.
    subscript(task: TaskRow) -> (ProcedureRule, StepRule)? {
        mutating get {
            let kind = Kind(plan: task.plan, procedure: task.procedure, step: task.step)
            if let rule = known[kind] { return rule }
            guard let route = shelf[PlanKey(task.plan)]?.procedure(task.procedure), let step = route.step(task.step) else {
                return nil
            }
            known[kind] = (route, step)
            return (route, step)
        }
    }
}
