import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// The list of pupils and the search: the same rows, bound by the same openings as the dossiers themselves.
struct PupilsRoutes {
    let site: Site

    /// Rows on one page.
    static let most = 50
    /// The most characters that are searched for.
    private static let longestSearch = 100

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/leerlingen", use: show)
        pages.post(RouterPath(Address.pupilSearch.path), use: search)
        // Who comes back to what was found, or changes the language there, begins at the list.
        pages.get(RouterPath(Address.pupilSearch.path)) { _, context in
            _ = try context.signedIn
            return site.redirect(.pupils)
        }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await page(query: nil, after: request.asked("na"), request, context)
    }

    /// What is searched for is a child's name, so it is in the form and never in the address.
    private func search(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = String(context.form["zoek"].prefix(Self.longestSearch)).trimmed.nilWhenEmpty
        return try await page(query: query, after: context.form["na"].nilWhenEmpty, request, context)
    }

    private func page(
        query: String?, after place: String?, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let actor = try context.signedIn
        let words = site.words(context)
        let after = SiteContext.key(place).map { DossierID($0) }
        let filters = try await PupilFilters(request, site, words, for: actor, choices: !request.isByScript)
        let (listed, next) = try await site.installation.listed(
            for: actor, search: query, filter: filters.filter, after: after, limit: Self.most)
        var rows: [PupilsPage.Row] = []
        for dossier in listed { rows.append(try await row(dossier, words, isLate: filters.filter.isLate)) }
        let mayOpen = try await !site.installation.openingPlaces(for: actor).isEmpty
        let isFromOutside = try await site.installation.isFromOutside(actor)
        let page = PupilsPage(
            title: words.texts(
                isFromOutside ? "askedIn.nav" : actor.functions.isEmpty ? "nav.children" : "nav.pupils"), query: query,
            isNarrowed: query != nil || !filters.filter.isEmpty,
            narrow: try await filters.narrow(hasRows: !rows.isEmpty, actor, site.installation.names),
            summary: actor.functions.isEmpty
                ? words.texts.count("pupils.children", rows.count)
                : summary(rows.count, first: after == nil, more: next != nil, words), rows: rows,
            next: query == nil ? next.map { filters.address(after: $0) } : nil,
            first: query == nil ? after.map { _ in filters.address(after: nil) } : nil,
            found: query.map { query in
                PupilsPage.Found(
                    action: Address.pupilSearch.path, query: query, next: next?.rawValue, isFirst: after == nil)
            },
            new: mayOpen ? Address.newDossier.path : nil,
            emergency: site.installation.mayOpenInEmergency(actor) ? Link(words.texts("emergency.link"), .emergency) : nil)
        if request.isByScript {
            return try await site.show(part: PupilsPage.rowsTemplate, of: page, request, context)
        }
        return try await site.show(page, request, context, .pupils, query: query)
    }

    private func summary(_ count: Int, first: Bool, more: Bool, _ words: Words) -> String {
        if first, more { return words.texts("pupils.first", ["n": String(count)]) }
        return words.texts.count(first ? "pupils.count" : "pupils.further", count)
    }

    private func row(_ listed: ListedDossier, _ words: Words, isLate: Bool) async throws -> PupilsPage.Row {
        let row = listed.row
        let group = words.rules.groups.first { $0.id == row.group }?.title[words.language] ?? row.group
        let running = listed.running.last
        let title = running.flatMap { procedure in
            site.installation.shelf[PlanKey(procedure.plan)]?.procedure(procedure.procedure)?.title[words.language]
        }
        let due = listed.running.compactMap(\.due).min()
        return PupilsPage.Row(
            name: "\(row.givenName) \(row.familyName)", href: Address.dossier(row.id.rawValue).path,
            age: words.format.age(born: row.born, on: words.today), group: group,
            school: try await site.installation.names.organisation(row.school)?.name ?? "",
            standing: title.map { Chip($0, isLate || due.map { $0 < words.today } ?? false ? .late : .wait) },
            next: due.map { words.texts("pupils.due", ["day": words.format.shortDay($0, today: words.today)]) })
    }
}
