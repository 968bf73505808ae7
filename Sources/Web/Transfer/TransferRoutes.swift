import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Opening a package of another partnership: a dossier is opened with what is in it.
struct TransferRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.transfer.path), use: show)
        pages.post(RouterPath(Address.transfer.path), use: open)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await NewDossierRoutes(site: site).places(context)
        return try await page(request, context)
    }

    private func page(
        _ request: Request, _ context: SiteContext, problems: [FormProblem] = []
    ) async throws -> Response {
        let words = site.words(context)
        let isKnown = try !site.installation.partners().isEmpty
        let fields = [
            FormField(name: "file", label: words.texts("transfer.file"), kind: .file, accept: ".sentrum"),
            words.kindOfDocument(
                words.texts("transfer.kind"), context.form["kind"], hint: words.texts("transfer.kindHint")), site.keyField(),
        ]
        let page = TransferPage(
            title: words.texts("transfer.title"), lead: words.texts(isKnown ? "transfer.lead" : "transfer.none"),
            form: isKnown
                ? Form(
                    action: Address.transfer.path, button: words.texts("transfer.open"), fields: fields, problems: problems,
                    cancel: Link(words.texts("form.cancel"), .newDossier)) : nil)
        return try await site.show(page, request, context, .pupils, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// Shows the form of a new dossier, filled in; the package is kept sealed until that is sent.
    private func open(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        _ = try await NewDossierRoutes(site: site).places(context)
        let words = site.words(context)
        var problems: [FormProblem] = []
        let file = context.form.files["file"].flatMap { $0.contents.isEmpty ? nil : $0 }
        if file == nil { problems.append(FormProblem(words.refusal(Refusal(.required)), field: "file")) }
        let kind = context.form["kind"]
        if !words.rules.evidence.contains(where: { $0.id == kind }) {
            problems.append(FormProblem(words.refusal(Refusal(.required)), field: "kind"))
        }
        guard let file, problems.isEmpty else { return try await page(request, context, problems: problems) }
        do {
            let received = try site.installation.open(file.contents)
            let key = site.installation.chance.key()
            let dossier = DossierID(site.installation.key(of: key, for: "dossier", by: actor.person))
            let kept = try await site.installation.keep(file.contents, for: dossier)
            return try await NewDossierRoutes(site: site).page(
                received, KeptTransfer(kept, kind: kind), key: key, request, context)
        } catch let fault as TransferFault {
            return try await page(request, context, problems: [words.transferProblem(fault)])
        }
    }
}

/// Where a package is kept while the form of a new dossier is before somebody; it goes along in that form.
struct KeptTransfer {
    /// Name of the hidden field.
    static let field = "overdracht"

    let reference: BlobReference
    /// Key of the kind of document that they are here.
    let kind: String

    init(_ reference: BlobReference, kind: String) {
        self.reference = reference
        self.kind = kind
    }

    /// Reads what was sent along; nil when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 4, let size = Int(parts[2]), SiteContext.key(parts[0]) != nil else { return nil }
        reference = BlobReference(id: parts[0], sha256: parts[1], size: size)
        kind = parts[3]
    }

    var text: String { "\(reference.id) \(reference.sha256) \(reference.size) \(kind)" }
}
