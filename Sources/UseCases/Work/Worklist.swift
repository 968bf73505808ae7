import Domain
import Journal

/// One page of work: what waits for me, what I wait for, and what changed since I last looked.
package struct Worklist: Sendable {
    /// Something that waits, with what the plan says about it.
    package struct Item: Sendable {
        package let task: TaskRow
        package let dossier: DossierRow
        package let route: ProcedureRule
        package let step: StepRule
        package let urgency: Urgency
    }

    /// How near the end of its time something is.
    package enum Urgency: Int, Sendable, Comparable {
        case late, soon, calm, none
        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A dossier with what others did in it since this person last looked.
    package struct News: Sendable {
        package let dossier: DossierRow
        package let changes: [ChangeRow]
    }

    package let waiting: [Item]
    package let awaited: [Item]
    package let news: [News]
    /// Whether there is more than fits on the page.
    package let hasMore: Bool
}

extension Installation {
    /// Most items of one kind on the page: what does not fit is not lost, it comes up as the first are done.
    private static let most = 100

    /// Most dossiers with news on the page.
    private static let mostNews = 12

    /// The work of one person, from registers alone: no dossier is opened for it.
    package func worklist(for actor: Actor) async throws -> Worklist {
        let principals = principals(of: actor)
        let today = today
        let waiting = try await registers.tasks(for: principals, kind: .act, limit: Self.most + 1)
        let awaited = try await registers.tasks(for: principals, kind: .await, limit: Self.most)
        let mine = Set(waiting.map { Waiting(instance: $0.task.instance, step: $0.task.step) })
        let changed = try await registers.changes(for: principals, on: today, limit: 60, each: 12)
        let looked = try await vault.reads.lookedVersions(actor.person, dossiers: changed.map(\.dossier.id))
        let unseen = changed.compactMap { changed -> Worklist.News? in
            let seen = looked[changed.dossier.id] ?? 0
            let new = changed.changes.filter { $0.version > seen && $0.actor != actor.person }
            return new.isEmpty ? nil : Worklist.News(dossier: changed.dossier, changes: new)
        }
        let opened = try await openParts(of: unseen.map(\.dossier.id), for: actor)
        var news: [Worklist.News] = []
        for changed in unseen where news.count < Self.mostNews {
            // What happened in a part that this person may not read is no news for them.
            let parts = opened[changed.dossier.id] ?? []
            let new = changed.changes.filter { DossierPart(ofHistory: $0.code).map(parts.contains) == true }
            if !new.isEmpty { news.append(Worklist.News(dossier: changed.dossier, changes: new)) }
        }
        return Worklist(
            waiting: waiting.prefix(Self.most).compactMap { item($0, today) },
            awaited: awaited.compactMap { task in
                mine.contains(Waiting(instance: task.task.instance, step: task.task.step)) ? nil : item(task, today)
            }, news: news, hasMore: waiting.count > Self.most)
    }

    private struct Waiting: Hashable {
        let instance: InstanceID
        let step: String
    }

    private func item(_ found: TaskOfDossier, _ today: Day) -> Worklist.Item? {
        let task = found.task
        guard let route = shelf[PlanKey(task.plan)]?.procedure(task.procedure), let step = route.step(task.step) else {
            return nil
        }
        let urgency: Worklist.Urgency =
            if let due = task.due, due < today {
                .late
            } else if let due = task.due, task.warnFrom.map({ $0 <= today }) ?? false || today.days(until: due) <= 7 {
                .soon
            } else {
                task.due == nil ? .none : .calm
            }
        return Worklist.Item(task: task, dossier: found.dossier, route: route, step: step, urgency: urgency)
    }
}
