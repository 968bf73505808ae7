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
    func places(_ context: SiteContext) async throws -> [OpeningPlace] {
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
        alike: [DossierRow] = [], note: String? = nil, question: String? = nil, transfer: NewFromTransfer? = nil
    ) async throws -> Response {
        let words = form.words
        let kept = transfer?.kept.text ?? context.form[KeptTransfer.field].nilWhenEmpty
        // The package is kept for the dossier of this key: another one would not find it.
        let key = transfer?.key ?? (kept == nil ? nil : context.form[PostedForm.key].nilWhenEmpty)
        let question = question ?? context.form[Self.question].nilWhenEmpty
        let hasPartners = try !site.installation.partners().isEmpty
        let page = DossierFormPage(
            title: words.texts("dossierForm.title.new"),
            lead: transfer?.lead ?? words.texts(question == nil ? "dossierForm.lead" : "question.becomes"), frame: nil,
            form: Form(
                action: Address.newDossier.path, button: words.texts("dossierForm.open"),
                fields: form.fields(refused, alike: !alike.isEmpty) + [site.keyField(key)]
                    + (kept.map { [FormField(name: KeptTransfer.field, label: "", kind: .hidden, value: $0)] } ?? [])
                    + (question.map { [FormField(name: Self.question, label: "", kind: .hidden, value: $0)] } ?? []),
                problems: form.problems(refused),
                cancel: Link(words.texts("form.cancel"), .pupils), draft: Address.newDossierDraft.path, draftNote: note),
            guardians: form.guardianBlocks(refused), blank: form.blank,
            alike: alike.map {
                Link("\($0.givenName) \($0.familyName), \(words.format.plainDay($0.born))", .dossier($0.id.rawValue))
            }, other: kept == nil && question == nil && hasPartners ? Link(words.texts("transfer.link"), .transfer) : nil)
        let ok = refused.isEmpty && alike.isEmpty
        return try await site.show(page, request, context, .pupils, status: ok ? .ok : .unprocessableContent)
    }

    /// The form, filled in with what came from another partnership.
    func page(
        _ received: ReceivedTransfer, _ kept: KeptTransfer, key: String, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let words = site.words(context)
        let child = received.contents.child
        var sent = PostedForm()
        sent.fields = ["given-name": [child.givenName], "family-name": [child.familyName], "born": [child.born.description]]
        // Another plan may have other groups, and other relations below; then it is chosen here.
        if let group = child.group, words.rules.groups.contains(where: { $0.id == group }) { sent.fields["group"] = [group] }
        for (number, guardian) in received.contents.guardians.enumerated() {
            let name = "guardian.\(number + 1)"
            sent.fields["\(name).name"] = [guardian.name]
            if words.rules.relation(guardian.relation) != nil { sent.fields["\(name).relation"] = [guardian.relation] }
            sent.fields["\(name).authority"] = [guardian.authority ? "yes" : "no"]
        }
        if received.contents.guardians.isEmpty { sent.fields["guardian.1.name"] = [""] }
        let lead = [
            words.transferSaid(received),
            words.texts("transfer.receivedLead", ["count": String(received.contents.documents.count + 1)]),
        ].joined(separator: " ")
        return try await page(
            NewDossierForm(words: words, places: try await places(context), sent: sent), request, context,
            transfer: NewFromTransfer(kept: kept, key: key, lead: lead))
    }

    /// What a new dossier is filled in from.
    private struct NewFromTransfer {
        let kept: KeptTransfer
        /// Key of the form, from which that of the dossier follows for which the package is kept.
        let key: String
        let lead: String
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
        if let kept = KeptTransfer(context.form[KeptTransfer.field]) {
            done = try await takeIn(kept, into: id, by: actor, context)
        }
        try await site.installation.forget(typedIn: .newDossier(by: actor.person), by: actor.person)
        return site.redirect(.dossier(id.rawValue), done: done)
    }

    /// - Returns: the name of what is said afterwards.
    private func takeIn(
        _ kept: KeptTransfer, into id: DossierID, by actor: Actor, _ context: SiteContext
    ) async throws -> String {
        do {
            let package = try await site.installation.keptPackage(kept.reference, for: id)
            return try await site.takeIn(
                try site.installation.open(package), kind: kept.kind, into: id, key: kept.reference.id, as: actor,
                site.words(context))
        } catch is NotFound {
            // More than an hour went by.
        } catch is Refused {
            // The name was mended, or whoever opened it adds no documents.
        } catch is TransferFault {
            // The sender's card was taken away meanwhile.
        }
        return "dossier-zonder-overdracht"
    }
}
