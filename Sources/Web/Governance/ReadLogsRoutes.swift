import Domain
import Hummingbird
import Journal
import UseCases

/// The way to the read log of every dossier, for whoever watches over privacy: no name of a child and nothing written of it.
struct ReadLogsRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.readLogs.path), use: show)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let before = request.asked("voor").flatMap { Int64($0) }
        let (dossiers, next) = try await site.installation.readDossiers(before: before, as: try context.signedIn)
        let words = site.words(context)
        let texts = words.texts
        var rows: [ReadLogsPage.Row] = []
        for found in dossiers {
            let school: String =
                if let id = found.school { try await site.installation.names.organisation(id)?.name ?? "" } else { "" }
            rows.append(
                ReadLogsPage.Row(
                    label: label(found.dossier, texts), href: Address.readLog(found.dossier.rawValue).path, school: school,
                    last: words.format.recent(found.last, today: words.today),
                    reads: texts.count("readLogs.reads", found.reads), people: texts.count("readLogs.people", found.people)))
        }
        var emergencies: [ReadLogsPage.Emergency] = []
        if before == nil {
            let since = words.today.adding(days: -28)
            let found = try await site.installation.emergencies(since: since, as: try context.signedIn)
            let names = try await site.installation.names.people(Set(found.map(\.emergency.by)))
            for one in found {
                let school: String =
                    if let id = one.school { try await site.installation.names.organisation(id)?.name ?? "" } else { "" }
                emergencies.append(
                    ReadLogsPage.Emergency(
                        label: texts("readLogs.dossier", ["key": String(one.dossier.rawValue.suffix(6))]),
                        href: Address.readLog(one.dossier.rawValue).path, school: school,
                        when: words.format.recent(one.emergency.at, today: words.today),
                        what: texts(
                            "emergency.opened",
                            [
                                "who": names[one.emergency.by] ?? texts("somebody"),
                                "function": words.functions([one.emergency.opened.function]),
                            ]), why: texts("emergency.because", ["reason": one.emergency.opened.reason])))
            }
        }
        let actor = try context.signedIn
        let waiting =
            site.installation.handlesRights(actor) ? try await site.installation.rightsWaiting(for: actor) : []
        let late = waiting.count { $0.state == .running && $0.due < words.today }
        let page = ReadLogsPage(
            title: texts("readLogs.title"), lead: texts("readLogs.lead"),
            unusual: before == nil ? try await unusual(try context.signedIn, words) : [], rows: rows,
            next: next.map { "\(Address.readLogs.path)?voor=\($0)" }, first: before == nil ? nil : Address.readLogs.path,
            emergencies: emergencies,
            requests: waiting.isEmpty
                ? nil
                : Link(
                    ([texts.count("rights.handled.waiting", waiting.count)]
                        + (late == 0 ? [] : [texts.count("rights.handled.late", late)])).joined(separator: "; "),
                    .handledRequests), requestsAreLate: late > 0)
        return try await site.show(page, request, context, nil)
    }

    /// The last letters of the key tell dossiers apart and say nothing of the child.
    private func label(_ dossier: DossierID, _ texts: Texts) -> String {
        texts("readLogs.dossier", ["key": String(dossier.rawValue.suffix(6))])
    }

    /// How many dossiers of one remark are named.
    private static let named = 5

    private func unusual(_ actor: Actor, _ words: Words) async throws -> [ReadLogsPage.Unusual] {
        let found = try await site.installation.unusualReads(as: actor)
        let names = try await site.installation.names.people(Set(found.map(\.person)))
        return found.map { one in
            let rest = one.dossiers.count - Self.named
            return ReadLogsPage.Unusual(
                who: names[one.person] ?? words.texts("somebody"), function: words.function(one.function),
                when: words.format.recent(one.last, today: words.today),
                why: words.texts.count("unusual.\(one.reason.rawValue)", one.dossiers.count),
                dossiers: one.dossiers.prefix(Self.named).map {
                    Link(label($0, words.texts), Address.readLog($0.rawValue))
                }, more: rest > 0 ? words.texts.count("unusual.more", rest) : nil)
        }
    }
}
