import Domain
import Foundation
import HTTPTypes
import Hummingbird
import UseCases

/// The groeidocument at a glance: its parts, what is still open, its locked versions, and locking it.
struct GrowthRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        let growth = pages.group("/leerlingen/:dossier/groeidocument")
        growth.get("", use: show)
        growth.get("/vastzetten", use: askLock)
        growth.post("/vastzetten", use: lock)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.groeidocument], as: try context.signedIn)
        let words = site.words(context, seen.rules)
        let document = try await GrowthWords(words: words, seen: seen, names: site.names(inGrowthOf: seen))
        let id = seen.dossier.id.rawValue
        let parts = seen.rules.groeidocument.parts.map { document.part($0) }
        let lock = site.installation.refusals(of: .lockVersion, in: seen)
        let ready = parts.count { $0.open.isEmpty }
        let page = GrowthPage(
            title: seen.rules.groeidocument.title[words.language],
            frame: try await site.frame(seen, current: .growth, words),
            lead: words.texts("growth.lead", ["ready": String(ready), "all": String(parts.count)]), parts: parts,
            lock: lock.isEmpty ? Link(words.texts("growth.lock.link"), .growthLock(id)) : nil,
            lockNote: lock.contains { $0.code == .nothingToLock } && !seen.dossier.versions.isEmpty
                ? words.texts("refusal.nothingToLock") : nil,
            versions: seen.dossier.versions.reversed().map { document.version($0) }, compare: document.choice(from: nil, to: nil))
        return try await site.show(page, request, context, .pupils)
    }

    private func askLock(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.groeidocument], as: try context.signedIn)
        guard seen.sight.may(.lock) else { throw Refused(.notAllowed) }
        return try await lockPage(
            seen, request, context, refused: site.installation.refusals(of: .lockVersion, in: seen), status: .ok)
    }

    private func lockPage(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, refused: [Refusal], status: HTTPResponse.Status
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let document = GrowthWords(words: words, seen: seen, names: [:])
        let id = seen.dossier.id.rawValue
        let open = seen.rules.groeidocument.parts.map { document.part($0) }.filter { !$0.open.isEmpty }
        let page = ConfirmPage(
            title: words.texts("growth.lock.title", ["n": String(seen.dossier.versions.count + 1)]),
            frame: try await site.frame(seen, current: .growth, words), lead: words.texts("growth.lock.lead"),
            facts: open.map { part in Fact(part.title, lines: [words.texts.count("needs.fields", part.open.count)]) },
            consequences: [words.texts("growth.lock.stays"), words.texts("growth.lock.sign"), words.texts("growth.lock.goesOn")],
            form: Form(
                action: Address.growthLock(id).path, button: words.texts("growth.lock.button"),
                problems: words.problems(refused), cancel: Link(words.texts("form.cancel"), .growth(id))), isGrave: false)
        return try await site.show(page, request, context, .pupils, status: status)
    }

    private func lock(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let id = try context.dossierID
        let seen = try await site.installation.glance(id, as: actor)
        guard seen.sight.sees(.groeidocument) else { throw NotFound() }
        do {
            let dossier = try await site.installation.perform(.lockVersion, on: id, as: actor)
            return site.redirect(.growthVersion(id.rawValue, String(dossier.versions.count)), done: "vastgezet")
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.code == .nothingToLock }) {
            return try await lockPage(seen, request, context, refused: refused.reasons, status: .unprocessableContent)
        }
    }
}

extension Site {
    /// Names of everybody who wrote, locked or signed in a groeidocument.
    func names(inGrowthOf seen: SeenDossier) async throws -> [PersonID: String] {
        let fields = seen.rules.groeidocument.parts.flatMap(\.fields)
        let writers = fields.compactMap { seen.dossier.known[$0]?.by }
        let lockers = seen.dossier.versions.map(\.by)
        return try await installation.names.people(Set(writers + lockers))
    }
}
