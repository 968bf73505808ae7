import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

/// The documents of a dossier: the list, adding one, handing one out, taking one out of sight.
struct DocumentRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        let documents = pages.group("/leerlingen/:dossier/documenten")
        documents.get("", use: show)
        documents.post("", use: add)
        documents.get("/:document", use: download)
        documents.get("/:document/intrekken", use: askWithdraw)
        documents.post("/:document/intrekken", use: withdraw)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.documents], as: try context.signedIn)
        return try await page(seen, request, context)
    }

    private func page(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, problems: [FormProblem] = []
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let names = try await site.installation.names.people(Set(seen.dossier.documents.map(\.by)))
        let limit = words.format.size(bytes: Installation.largestDocument)
        let page = DocumentsPage(
            title: words.texts("documents.title"), frame: try await site.frame(seen, current: .documents, words),
            accepted: words.texts("documents.accepted", ["limit": limit]),
            form: seen.sight.may(.addDocument) ? form(seen, context.form["kind"], problems, words) : nil,
            rows: seen.dossier.documentsInSight.reversed().map { row($0, seen, names, words) })
        return try await site.show(page, request, context, .pupils, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func form(_ seen: SeenDossier, _ chosen: String, _ problems: [FormProblem], _ words: Words) -> Form {
        let kinds = words.kindOfDocument(words.texts("documents.kind"), chosen)
        let extensions = (DocumentFormat.allCases.flatMap(\.fileExtensions) + ["sentrum"]).map { ".\($0)" }
            .joined(separator: ",")
        let file = FormField(name: "file", label: words.texts("documents.file"), kind: .file, accept: extensions)
        return Form(
            action: Address.documents(seen.dossier.id.rawValue).path, button: words.texts("documents.button"),
            fields: [file, kinds, site.keyField()], problems: problems)
    }

    private func row(
        _ document: DossierDocument, _ seen: SeenDossier, _ names: [PersonID: String], _ words: Words
    ) -> DocumentsPage.Row {
        let id = seen.dossier.id.rawValue
        let kind = seen.rules.evidence.first { $0.id == document.kind }
        let who = document.by == seen.actor.person ? words.texts("you") : names[document.by] ?? words.texts("somebody")
        return DocumentsPage.Row(
            name: document.name, href: Address.document(id, document.id.rawValue).path,
            kind: kind?.title[words.language] ?? document.kind,
            size: "\(document.format), \(words.format.size(bytes: document.size))",
            added: words.texts("documents.added", ["who": who, "day": words.format.plainDay(document.at.day)]),
            explanation: statement(beside: document, seen, words),
            chip: seen.dossier.restrictions(ofDocument: document.id, on: seen.today).isEmpty
                ? nil : Chip(words.texts("rights.resting.chip"), .wait),
            remove: mayWithdraw(document, seen)
                ? Link(words.texts("documents.withdraw.link"), .documentWithdraw(id, document.id.rawValue)) : nil)
    }

    /// What the family says of a document.
    private func statement(beside document: DossierDocument, _ seen: SeenDossier, _ words: Words) -> String? {
        let said = words.statements(beside: .document(document.id), in: seen.dossier)
        return said.isEmpty ? nil : said.map { "\($0.term): \($0.lines.joined(separator: " "))" }.joined(separator: " ")
    }

    // MARK: Adding

    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let id = try context.dossierID
        let seen = try await site.installation.glance(id, as: actor)
        guard seen.sight.sees(.documents) else { throw NotFound() }
        guard seen.sight.may(.addDocument) else { throw Refused(.notAllowed) }
        let words = site.words(context, seen.rules)
        // Pressed twice, or sent again: it is there already.
        let key = DocumentID(site.installation.key(of: context.form[PostedForm.key], for: "document/\(id)", by: actor.person))
        guard !seen.dossier.documents.contains(where: { $0.id == key }) else {
            return site.redirect(.documents(id.rawValue), done: "document-toegevoegd")
        }
        let kind = context.form["kind"]
        var problems: [FormProblem] = []
        let file = context.form.files["file"].flatMap { $0.name.isEmpty && $0.contents.isEmpty ? nil : $0 }
        if file == nil { problems.append(FormProblem(words.refusal(Refusal(.required)), field: "file")) }
        if kind.isEmpty { problems.append(FormProblem(words.refusal(Refusal(.required)), field: "kind")) }
        if let file, problems.isEmpty {
            do {
                if TransferKey.isPackage(file.contents) {
                    let done = try await site.takeIn(
                        try site.installation.open(file.contents), kind: kind, into: id, key: key.rawValue, as: actor, words)
                    return site.redirect(.documents(id.rawValue), done: done)
                }
                _ = try await site.installation.addDocument(
                    file.contents, name: file.name, kind: kind, to: id, document: key, as: actor)
                return site.redirect(.documents(id.rawValue), done: "document-toegevoegd")
            } catch let fault as TransferFault {
                problems.append(words.transferProblem(fault))
            } catch let refusal as DocumentRefusal {
                problems.append(FormProblem(words.texts(refusal.code), field: "file"))
            } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
                problems += words.problems(refused.reasons)
            }
        }
        // The list under the form is read as well.
        let shown = try await site.installation.see(id, [.documents], as: actor)
        return try await page(shown, request, context, problems: problems)
    }

    // MARK: Handing out

    private func download(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (document, contents) = try await site.installation.document(
            DocumentID(try context.parameter("document")), of: try context.dossierID, as: try context.signedIn)
        return .handingOut(contents, named: document.name, format: document.format)
    }

    // MARK: Taking out of sight

    private func mayWithdraw(_ document: DossierDocument, _ seen: SeenDossier) -> Bool {
        site.installation.refusals(of: .withdrawDocument(document.id), in: seen).isEmpty
    }

    private func document(_ context: SiteContext, _ seen: SeenDossier) throws -> DossierDocument {
        let id = DocumentID(try context.parameter("document"))
        guard let document = seen.dossier.documentsInSight.first(where: { $0.id == id }) else { throw NotFound() }
        // What rests is told to rest, and not as if the reader might not.
        let reasons = site.installation.refusals(of: .withdrawDocument(document.id), in: seen)
        guard reasons.isEmpty else { throw Refused(reasons) }
        return document
    }

    private func askWithdraw(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.documents], as: try context.signedIn)
        let document = try document(context, seen)
        let words = site.words(context, seen.rules)
        let id = seen.dossier.id.rawValue
        let page = ConfirmPage(
            title: words.texts("documents.withdraw.title"), frame: try await site.frame(seen, current: .documents, words),
            lead: words.texts("documents.withdraw.lead"),
            facts: [
                Fact(words.texts("documents.file"), document.name),
                Fact(
                    words.texts("documents.kind"),
                    seen.rules.evidence.first { $0.id == document.kind }?.title[words.language] ?? document.kind),
            ], consequences: [words.texts("documents.withdraw.gone"), words.texts("documents.withdraw.stays")],
            form: Form(
                action: Address.documentWithdraw(id, document.id.rawValue).path, button: words.texts("documents.withdraw.button"),
                cancel: Link(words.texts("form.cancel"), .documents(id))), isGrave: true)
        return try await site.show(page, request, context, .pupils)
    }

    private func withdraw(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let seen = try await site.installation.glance(try context.dossierID, as: actor)
        guard seen.sight.sees(.documents) else { throw NotFound() }
        let document = try document(context, seen)
        _ = try await site.installation.perform(.withdrawDocument(document.id), on: seen.dossier.id, as: actor)
        return site.redirect(.documents(seen.dossier.id.rawValue), done: "document-ingetrokken")
    }
}

extension Words {
    /// The question of which kind something is that is added, with the kinds of the plan.
    func kindOfDocument(_ question: String, _ chosen: String, hint: String? = nil) -> FormField {
        FormField(
            name: "kind", label: question, kind: .choice, value: chosen,
            options: rules.evidence.map { kind in
                FormOption(kind.id, kind.title[language], hint: kind.explanation?[language], selected: kind.id == chosen)
            }, hint: hint)
    }
}
