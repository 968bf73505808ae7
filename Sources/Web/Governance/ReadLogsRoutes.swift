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
        context.note(.readLogsSeen, of: try context.signedIn.person)
        let words = site.words(context)
        let texts = words.texts
        var rows: [ReadLogsPage.Row] = []
        for found in dossiers {
            let school: String =
                if let id = found.school { try await site.installation.names.organisation(id)?.name ?? "" } else { "" }
            rows.append(
                ReadLogsPage.Row(
                    label: words.keyed(found.dossier), href: Address.readLog(found.dossier.rawValue).path, school: school,
                    last: words.format.recent(found.last, today: words.today),
                    reads: texts.count("readLogs.reads", found.reads), people: texts.count("readLogs.people", found.people)))
        }
        let actor = try context.signedIn
        let emergencies = before == nil ? try await site.emergencies(days: Self.emergencyDays, as: actor, words) : []
        let waiting =
            site.installation.handlesRights(actor) ? try await site.installation.rightsWaiting(for: actor) : []
        let late = waiting.count { $0.state == .running && $0.due < words.today }
        let page = ReadLogsPage(
            title: texts("readLogs.title"), lead: texts("readLogs.lead"),
            unusual: before == nil ? try await site.unusualReading(actor, words) : [], rows: rows,
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

    /// For how many days emergencies stand on top.
    private static let emergencyDays = 28
}
