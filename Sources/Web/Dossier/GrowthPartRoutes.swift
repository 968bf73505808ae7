import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// One part of the groeidocument, to write in: saved by its button, or by a script while one types.
struct GrowthPartRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/leerlingen/:dossier/groeidocument/:part", use: show)
        pages.post("/leerlingen/:dossier/groeidocument/:part", use: save)
    }

    private func part(_ context: SiteContext, _ seen: SeenDossier) throws -> PlanRules.Groeidocument.Part {
        guard let part = seen.rules.part(try context.parameter("part")) else { throw NotFound() }
        return part
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.groeidocument], as: try context.signedIn)
        return try await page(seen, try part(context, seen), request, context)
    }

    private func page(
        _ seen: SeenDossier, _ part: PlanRules.Groeidocument.Part, _ request: Request, _ context: SiteContext,
        sent: PostedForm? = nil, refused: [Refusal] = []
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let document = try await GrowthWords(words: words, seen: seen, names: site.names(inGrowthOf: seen))
        let people = try await site.installation.candidates(document.asked(part).map(\.field), seen.dossier)
        let form = GrowthPartForm(document: document, part: part, people: people, sent: sent, refused: refused)
        let now = site.installation.clock.now()
        let presences = site.installation.vault.presences
        let others = try await presences.others(than: seen.actor.person, in: part.id, of: seen.dossier.id, at: now)
        if form.mayWrite { try await presences.note(seen.actor.person, in: part.id, of: seen.dossier.id, at: now) }
        let id = seen.dossier.id.rawValue
        let resting = seen.dossier.restrictions(ofPart: part.id, on: seen.today)
        let all = seen.rules.groeidocument.parts
        let next = all.firstIndex { $0.id == part.id }.flatMap { all.dropFirst($0 + 1).first }
        let page = GrowthPartPage(
            title: part.title[words.language], frame: try await site.frame(seen, current: .growth, words),
            about: part.explanation[words.language],
            parts: all.map {
                Tab(label: $0.title[words.language], href: Address.growthPart(id, $0.id).path, current: $0.id == part.id)
            },
            form: Form(
                action: Address.growthPart(id, part.id).path, button: words.texts("form.save"), fields: form.fields,
                problems: form.problems), mayWrite: form.mayWrite,
            readOnly: form.mayWrite || !resting.isEmpty
                ? nil : words.texts(seen.sight.may(.write) ? "growth.readOnlyPart" : "growth.readOnly"),
            presence: form.mayWrite ? try await site.writing(others, words) : nil, conflicts: form.conflicts, saved: nil,
            next: next.map {
                Link(words.texts("growth.next", ["part": $0.title[words.language]]), .growthPart(id, $0.id))
            }, resting: words.restingBanner(resting),
            statements: words.statements(beside: .part(part.id), in: seen.dossier)
                + words.statements(beside: .all, in: seen.dossier),
            ask: seen.sight.isFamily && seen.rules.rights != nil
                ? Link(
                    words.texts("rights.link"),
                    "\(Address.rights(id).path)?over=\(RightsRequest.Subject.part(part.id).text)") : nil)
        let status: HTTPResponse.Status =
            refused.isEmpty ? .ok : form.conflicts.isEmpty ? .unprocessableContent : .conflict
        return try await site.show(page, request, context, .pupils, status: status)
    }

    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let id = try context.dossierID
        let before = try await site.installation.glance(id, as: actor)
        guard before.sight.sees(.groeidocument) else { throw NotFound() }
        let part = try part(context, before)
        let document = GrowthWords(words: site.words(context, before.rules), seen: before, names: [:])
        let write = GrowthPartForm(document: document, part: part, people: [:], sent: context.form, refused: []).read()
        try await site.installation.vault.presences.note(
            actor.person, in: part.id, of: id, at: site.installation.clock.now())
        if request.isByScript { return try await answer(write, in: id, document, as: actor) }
        let written = try await site.installation.write(write, in: id, as: actor)
        guard written.refused.isEmpty else {
            // What others wrote is shown beside one's own words, so this is a reading as well.
            let seen = try await site.installation.see(id, [.groeidocument], as: actor)
            return try await page(seen, part, request, context, sent: context.form, refused: written.refused)
        }
        return site.redirect(.growthPart(id.rawValue, part.id), done: "deel-bewaard")
    }

    // MARK: Saving while one types

    /// Saves what can be saved; of a field that somebody else changed nothing is saved yet, because the page with both texts
    /// starts from the revisions that the form has.
    private func answer(
        _ write: DossierCommand.Write, in id: DossierID, _ document: GrowthWords, as actor: Actor
    ) async throws -> Response {
        let words = document.words
        let seen = try await site.installation.glance(id, as: actor)
        if site.installation.refusals(of: .write(write), in: seen).contains(where: { $0.code == .fieldChangedMeanwhile }) {
            return try ScriptAnswer(status: "conflict", text: words.texts("growth.autosave.conflict")).response(.conflict)
        }
        let written = try await site.installation.write(write, in: id, as: actor)
        guard !written.refused.contains(where: { $0.code == .fieldChangedMeanwhile }) else {
            return try ScriptAnswer(status: "conflict", text: words.texts("growth.autosave.conflict")).response(.conflict)
        }
        let revisions = Dictionary(
            uniqueKeysWithValues: write.answers.keys.map { ($0, String(written.dossier.known[$0]?.revision ?? 0)) })
        let time = site.installation.clock.now().localTime
        var text = words.texts("growth.autosave.saved", ["time": words.format.time(hour: time.hour, minute: time.minute)])
        if !written.refused.isEmpty {
            let fields = Set(written.refused.compactMap(\.field)).sorted().map { words.field($0) }
            text = words.texts("growth.autosave.except", ["fields": words.format.list(fields)])
        }
        let status = written.refused.isEmpty ? "saved" : "partly"
        return try ScriptAnswer(status: status, text: text, revisions: revisions).response()
    }
}
