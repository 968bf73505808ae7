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

    /// Among how many of the dossiers that changed last the news is looked for.
    private static let newsAmong = 60

    /// How many of the latest changes of a dossier are looked through.
    private static let newsLooksBack = 12

    /// The work of one person, from registers alone: no dossier is opened for it.
    package func worklist(for actor: Actor) async throws -> Worklist {
        let principals = actor.principals.map(\.rawValue)
        let today = today
        let waiting = try await registers.tasks(for: principals, kind: .act, limit: Self.most + 1)
        let awaited = try await registers.tasks(for: principals, kind: .await, limit: Self.most)
        let mine = Set(waiting.map { Waiting(instance: $0.task.instance, step: $0.task.step) })
        return Worklist(
            waiting: waiting.prefix(Self.most).compactMap { item($0, today) },
            awaited: awaited.compactMap { task in
                mine.contains(Waiting(instance: task.task.instance, step: task.task.step)) ? nil : item(task, today)
            }, news: try await news(for: actor, principals, today), hasMore: waiting.count > Self.most)
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
