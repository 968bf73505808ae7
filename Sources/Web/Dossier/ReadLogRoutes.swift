import Domain
import Foundation
import Hummingbird
import Journal
import UseCases

/// Who read what of a child, when and why; looking at it is written down like any other reading.
struct ReadLogRoutes {
    let site: Site

    /// Lines on one page.
    static let most = 50

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/leerlingen/:dossier/leeslog", use: show)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.readLog], as: try context.signedIn)
        let words = site.words(context, seen.rules)
        let before = request.asked("voor").flatMap { Int64($0) }
        let (reads, next) = try await site.installation.reads(of: seen, before: before, limit: Self.most)
        let names = try await site.installation.names.people(Set(reads.map(\.read.person)))
        let path = Address.readLog(seen.dossier.id.rawValue).path
        let page = ReadLogPage(
            title: words.texts("readLog.title"), frame: try await site.frame(seen, current: .readLog, words),
            lead: words.texts("readLog.lead", ["given": words.given(seen)]),
            rows: reads.map { row($0.read, seen, names, words) }, next: next.map { "\(path)?voor=\($0)" },
            first: before == nil ? nil : path)
        return try await site.show(page, request, context, .pupils)
    }

    private func row(
        _ read: ReadEntry, _ seen: SeenDossier, _ names: [PersonID: String], _ words: Words
    ) -> ReadLogPage.Row {
        let parts = read.parts.map { words.texts.ifKnown("dossierPart.\($0)") ?? $0 }
        return ReadLogPage.Row(
            when: words.format.recent(read.at, today: words.today),
            who: read.person == seen.actor.person
                ? words.texts("youStanding") : names[read.person] ?? words.texts("somebody"),
            function: words.function(read.function), why: words.why(read, in: seen.dossier, isTold: seen.sight.sees(.agreements)),
            what: words.format.list(parts), chip: words.texts.ifKnown("readKind.\(read.kind.rawValue)").map { Chip($0) })
    }
}
