import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Opening a dossier: the child, who is around it, and a look whether there is one already.
struct NewDossierRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/leerlingen/nieuw", use: show)
        pages.post("/leerlingen/nieuw", use: open)
        pages.post("/leerlingen/nieuw/concept", use: keep)
    }

    /// The schools of somebody who may open a dossier.
    ///
    /// - Throws: `Refused` for who may not: that this page exists is no secret.
    private func places(_ context: SiteContext) async throws -> [OpeningPlace] {
        let places = try await site.installation.openingPlaces(for: try context.signedIn)
        guard !places.isEmpty else { throw Refused(.notAllowed) }
        return places
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let words = site.words(context)
        let person = try context.signedIn.person
        let places = try await places(context)
        let begun = try await site.begun(.newDossier(by: person), words, by: person)
        let form = NewDossierForm(words: words, places: places, sent: begun?.sent)
        return try await page(
            form, request, context, note: begun?.note, question: request.uri.queryParameters["vraag"].map(String.init))
    }

    private func keep(_ request: Request, _ context: SiteContext) async throws -> Response {
        if let answer = try await site.answerToEnded(request, context, .newDossier, draft) { return answer }
        _ = try await places(context)
        return try await site.keep(
            .newDossier(by: try context.signedIn.person), request, context, address: .newDossier, place: .pupils)
    }

    /// The draft of somebody who may open a dossier.
    private func draft(by person: PersonID) async throws -> DraftForm? {
        let actor = try await site.installation.actor(person)
        return try await site.installation.openingPlaces(for: actor).isEmpty ? nil : .newDossier(by: person)
    }

    private func page(
        _ form: NewDossierForm, _ request: Request, _ context: SiteContext, refused: [Refusal] = [],
        alike: [DossierRow] = [], note: String? = nil, question: String? = nil
    ) async throws -> Response {
        let words = form.words
        let question = question ?? context.form[Self.question].nilWhenEmpty
        let page = DossierFormPage(
            title: words.texts("dossierForm.title.new"),
            lead: words.texts(question == nil ? "dossierForm.lead" : "question.becomes"), frame: nil,
            form: Form(
                action: Address.newDossier.path, button: words.texts("dossierForm.open"),
                fields: form.fields(refused, alike: !alike.isEmpty) + [site.keyField()]
                    + (question.map { [FormField(name: Self.question, label: "", kind: .hidden, value: $0)] } ?? []),
                problems: form.problems(refused),
                cancel: Link(words.texts("form.cancel"), .pupils), draft: Address.newDossierDraft.path, draftNote: note),
            guardians: form.guardianBlocks(refused), blank: form.blank,
            alike: alike.map {
                Link("\($0.givenName) \($0.familyName), \(words.format.plainDay($0.born))", .dossier($0.id.rawValue))
            })
        let ok = refused.isEmpty && alike.isEmpty
        return try await site.show(page, request, context, .pupils, status: ok ? .ok : .unprocessableContent)
    }

    private func open(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try await site.sender(context, address: .newDossier, form: draft)
        var form = NewDossierForm(words: site.words(context), places: try await places(context), sent: context.form)
        if !context.form["meer"].isEmpty {
            form.addGuardian()
            return try await page(form, request, context)
        }
        if let number = Int(context.form["verwijder"]) {
            form.removeGuardian(number)
            return try await page(form, request, context)
        }
        // Pressed twice, or sent again: what was made then is where one wants to be.
        let id = DossierID(site.installation.key(of: context.form[PostedForm.key], for: "dossier", by: actor.person))
        if try await site.installation.isOpen(id, to: actor) { return try await opened(id, by: actor, context) }
        try await site.installation.keep(context.form.typed, typedIn: .newDossier(by: actor.person), by: actor.person)
        let (new, unreadable) = form.read()
        guard unreadable.isEmpty else {
            let others = site.installation.problems(opening: new, as: actor).filter { other in
                !unreadable.contains { $0.field == other.field }
            }
            return try await page(form, request, context, refused: unreadable + others)
        }
        if context.form[NewDossierForm.another] != "yes" {
            let alike = try await site.installation.alike(new.child, for: actor)
            if alike.contains(where: { $0.id == id }) { return try await opened(id, by: actor, context) }
            if !alike.isEmpty { return try await page(form, request, context, alike: alike) }
        }
        do {
            let dossier = try await site.installation.openDossier(new, id: id, as: actor)
            return try await opened(dossier.id, by: actor, context)
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            return try await page(form, request, context, refused: refused.reasons)
        }
    }

    /// Name of the hidden field with the question that the dossier takes up.
    private static let question = "vraag"

    /// Where one is after opening; what was asked about the child before it had a name goes along.
    private func opened(_ id: DossierID, by actor: Actor, _ context: SiteContext) async throws -> Response {
        var done = "dossier-geopend"
        if let question = context.form[Self.question].nilWhenEmpty {
            let words = site.words(context)
            do {
                try await site.installation.bring(QuestionID(question), into: id, as: actor) { line, name in
                    words.texts(
                        line.isAnswer ? "question.writtenAnswer" : "question.written",
                        [
                            "name": name ?? words.texts("somebody"), "day": words.format.plainDay(line.at.day),
                            "text": line.text,
                        ])
                }
            } catch is NotFound {
                // Taken up already, by a first press of the button.
            } catch is Refused {
                // It stays among the questions, where it can still be read and taken over by hand.
                done = "dossier-zonder-vraag"
            }
        }
        try await site.installation.forget(typedIn: .newDossier(by: actor.person), by: actor.person)
        return site.redirect(.dossier(id.rawValue), done: done)
    }
}
