import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// What whoever handles a request prints and hands over, when the guardian who asked has no account: the answer and the copy.
struct HandingOverRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.handedLetter(":dossier", ":request").path), use: letter)
        pages.get(RouterPath(Address.handedPaper(":dossier", ":request").path), use: paper)
        pages.get(RouterPath(Address.handedFile(":dossier", ":request").path), use: file)
    }

    /// The links to what can be handed over now.
    static func links(_ handled: HandledRequest, _ words: Words) -> [Link] {
        guard handled.hasLetter else { return [] }
        let id = handled.dossier.id.rawValue
        let request = handled.request.id.rawValue
        let letter = Link(words.texts("recording.onPaper.letter"), .handedLetter(id, request))
        guard handled.copyToHandOver(on: words.today) != nil else { return [letter] }
        return [
            letter, Link(words.texts("rights.files.paper"), .handedPaper(id, request)),
            Link(words.texts("rights.files.program"), .handedFile(id, request)),
        ]
    }

    private func glance(_ context: SiteContext) async throws -> HandledRequest {
        try await site.installation.glance(
            RightsRequestID(try context.parameter("request")), of: try context.dossierID, as: try context.signedIn)
    }

    // MARK: The answer

    private func letter(_ request: Request, _ context: SiteContext) async throws -> Response {
        // Nobody is asked for a password for what is not there.
        guard try await glance(context).hasLetter else { throw NotFound() }
        if let check = try await OwnerCheck(site: site).first(.export, request, context) { return check }
        let handled = try await site.installation.handled(
            RightsRequestID(try context.parameter("request")), of: try context.dossierID, as: try context.signedIn,
            kind: .export)
        let words = site.words(context)
        let page = words.letter(
            handled, names: try await site.installation.names.people(handled.request.writers),
            style: site.face.assets.address(of: "letter.css"))
        return try await site.onPaper(
            site.face.render(page, site.guestChrome(words)), named: "antwoord-\(words.today).pdf", context.language)
    }

    // MARK: The copy

    private func paper(_ request: Request, _ context: SiteContext) async throws -> Response {
        if let check = try await check(request, context) { return check }
        return try await site.handOut(try await copy(context), site.words(context))
    }

    private func file(_ request: Request, _ context: SiteContext) async throws -> Response {
        if let check = try await check(request, context) { return check }
        return try site.handOutForProgram(try await copy(context))
    }

    private func check(_ request: Request, _ context: SiteContext) async throws -> Response? {
        guard try await glance(context).copyToHandOver(on: site.installation.today) != nil else { throw NotFound() }
        return try await OwnerCheck(site: site).first(.export, request, context)
    }

    private func copy(_ context: SiteContext) async throws -> FamilyCopy {
        try KeptCopy.copy(
            in: try await site.installation.copyToHandOver(
                of: RightsRequestID(try context.parameter("request")), in: try context.dossierID,
                as: try context.signedIn),
            context.language)
    }
}

extension HandledRequest {
    /// Whether there is something to tell the guardian that they cannot read here: an answer, or that it takes longer.
    fileprivate var hasLetter: Bool {
        dossier.isAnsweredOnPaper(request) && (request.decided != nil || request.prolonged != nil)
    }
}

extension Words {
    /// What is told of a request on paper: what was asked, what is answered, and how one goes against it (AVG art. 12 lid 4).
    func letter(_ handled: HandledRequest, names: [PersonID: String], style: String) -> CopyPaperPage {
        func passages(_ facts: [Fact]) -> [CopyPaperPage.Passage] {
            facts.map { CopyPaperPage.Passage(title: $0.term, lines: $0.lines, note: $0.note, leftOut: nil) }
        }
        let request = handled.request
        let asked = CopyPaperPage.Section(
            title: texts("rights.asked"), lead: nil,
            passages: passages(facts(request, in: handled.dossier, names: names)))
        let answered = answer(request)
        return CopyPaperPage(
            title: texts("recording.letter.title", ["right": title(request.right)]), sender: rules.partnership.name,
            lead: [
                texts("recording.letter.to", ["guardian": guardian(of: request, in: handled.dossier)]),
                format.plainDay(today),
            ],
            sections: [asked]
                + (answered.isEmpty
                    ? []
                    : [
                        CopyPaperPage.Section(title: texts("rights.answer"), lead: nil, passages: passages(answered)),
                        CopyPaperPage.Section(
                            title: texts("recording.letter.against"), lead: nil,
                            passages: zip(["again", "complaint"], against).map { key, way in
                                .init(title: texts("recording.letter.\(key)"), lines: [way], note: nil, leftOut: nil)
                            }),
                    ]),
            checkpoint: [], style: style)
    }
}
