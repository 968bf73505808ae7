import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import UseCases

/// The rights of a family over what is kept of a child: asking, following, adding, taking back, and fetching a copy.
struct RightsRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        let rights = pages.group(RouterPath(Address.rights(":dossier").path))
        rights.get("", use: show)
        rights.post("", use: ask)
        rights.get("/:request", use: follow)
        rights.post("/:request/aanvullen", use: add)
        rights.post("/:request/intrekken", use: withdraw)
        rights.get("/:request/afschrift.pdf", use: paper)
        rights.get("/:request/afschrift.json", use: file)
    }

    /// The dossier for a member of the family, and how they stand to the rights.
    private func family(
        _ context: SiteContext, isShown: Bool
    ) async throws -> (seen: SeenDossier, standing: RightsStanding) {
        let actor = try context.signedIn
        let seen = try await site.installation.glance(try context.dossierID, as: actor)
        guard seen.sight.isFamily,
            let standing = seen.dossier.rightsStanding(of: actor.person, seen.rules, on: seen.today)
        else { throw NotFound() }
        guard isShown else { return (seen, standing) }
        return (try await site.installation.see(seen.dossier.id, [.child], as: actor), standing)
    }

    // MARK: Asking

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (seen, standing) = try await family(context, isShown: true)
        return try await page(seen, standing, request, context)
    }

    private func page(
        _ seen: SeenDossier, _ standing: RightsStanding, _ request: Request, _ context: SiteContext, refused: [Refusal] = []
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let texts = words.texts
        let id = seen.dossier.id.rawValue
        let about = request.asked("over").flatMap { RightsRequest.Subject($0) }?.text
        let forms = RightsForms(
            words: words, seen: seen, standing: standing, sent: context.form, key: site.keyField(), refused: refused,
            about: about)
        let own = seen.dossier.rights.filter { seen.dossier.asker(of: $0) == seen.actor.person }.reversed()
        let page = RightsPage(
            title: texts("rights.title"), frame: try await site.frame(seen, current: nil, words), lead: words.rightsLead,
            rows: own.map { one in
                RightsPage.Row(
                    label: words.title(one.right), href: Address.rightsRequest(id, one.id.rawValue).path,
                    note: texts(
                        "rights.row",
                        [
                            "about": words.subject(one.asked.subject, in: seen.dossier),
                            "day": words.format.plainDay(one.on),
                        ]), chip: words.chip(one))
            }, form: standing == .information && refused.isEmpty ? nil : forms.form,
            information: standing == .information ? words.rightsInformation : [])
        return try await site.show(page, request, context, .pupils, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    private func ask(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (seen, standing) = try await family(context, isShown: false)
        let form = context.form
        let id = RightsRequestID(
            site.installation.key(of: form[PostedForm.key], for: "rights/\(seen.dossier.id)", by: seen.actor.person))
        var unreadable: [Refusal] = []
        let right = Right(rawValue: form["right"])
        if right == nil { unreadable.append(Refusal(.required, field: "right")) }
        let subject = RightsRequest.Subject(form["subject"])
        if subject == nil { unreadable.append(Refusal(.notAnOption, field: "subject")) }
        if form["words"].trimmed.isEmpty { unreadable.append(Refusal(.required, field: "words")) }
        do {
            guard standing != .information else {
                throw Refused(.guardianWithoutAuthority, source: seen.rules.rights?.law.information)
            }
            guard unreadable.isEmpty, let right, let subject else { throw Refused(unreadable) }
            let isNew = seen.dossier.request(id) == nil
            let dossier = try await site.installation.perform(
                .rights(
                    .ask(
                        .init(
                            id: id, right: right, subject: subject, words: form["words"].trimmed,
                            childView: form["child-view"].trimmed, childAsks: form["child-asks"] == "yes"))),
                on: seen.dossier.id, as: seen.actor)
            if isNew { site.tell([.rightsAsked], of: dossier) }
            return site.redirect(.rightsRequest(seen.dossier.id.rawValue, id.rawValue), done: "verzoek-gedaan")
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.code != .notAllowed }) {
            let shown = try await site.installation.see(seen.dossier.id, [.child], as: seen.actor)
            return try await page(shown, standing, request, context, refused: refused.reasons)
        }
    }

    // MARK: Following

    /// The request of the address, when it is the reader's own.
    private func own(_ context: SiteContext, _ seen: SeenDossier) throws -> RightsRequest {
        guard let found = seen.dossier.request(RightsRequestID(try context.parameter("request"))),
            seen.dossier.asker(of: found) == seen.actor.person
        else { throw NotFound() }
        return found
    }

    private func follow(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (seen, _) = try await family(context, isShown: true)
        return try await followPage(try own(context, seen), seen, request, context)
    }

    private func followPage(
        _ one: RightsRequest, _ seen: SeenDossier, _ request: Request, _ context: SiteContext, refused: [Refusal] = []
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let texts = words.texts
        let id = seen.dossier.id.rawValue
        let copy = one.decided?.what.copy
        let isThere = copy.map { seen.today <= $0.until } ?? false
        var add = FormField(
            name: "words", label: texts("rights.add.words"), kind: .paragraph, value: context.form["words"], rows: 4)
        add.error = words.error("words", refused)
        let names = try await site.installation.names.people(one.writers)
        let page = RightsRequestPage(
            title: words.title(one.right), frame: try await site.frame(seen, current: nil, words),
            back: Link(texts("rights.title"), .rights(id)), lead: words.lead(one, names), chip: words.chip(one),
            facts: words.facts(one, in: seen.dossier, names: names),
            next: one.isRunning ? words.next(one, seen.dossier) : [],
            decision: words.answer(one), against: one.decided == nil ? [] : words.against,
            files: isThere
                ? [
                    Link(texts("rights.files.paper"), .rightsPaper(id, one.id.rawValue)),
                    Link(texts("rights.files.program"), .rightsFile(id, one.id.rawValue)),
                ] : [],
            filesNote: copy.map {
                texts(isThere ? "rights.files.until" : "rights.files.over", ["day": words.format.plainDay($0.until)])
            },
            // What was typed stays, also when the answer came meanwhile.
            kept: one.isRunning ? nil : texts("form.kept"),
            add: one.isRunning || !refused.isEmpty
                ? Form(
                    action: Address.rightsAdd(id, one.id.rawValue).path, button: texts("rights.add.button"), scope: "add",
                    fields: [add], problems: words.problems(refused)) : nil,
            withdraw: one.isRunning
                ? Form(
                    action: Address.rightsWithdraw(id, one.id.rawValue).path, button: texts("rights.withdraw.button"),
                    scope: "withdraw") : nil)
        return try await site.show(page, request, context, .pupils, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (seen, _) = try await family(context, isShown: false)
        let one = try own(context, seen)
        do {
            _ = try await site.installation.perform(
                .rights(.add(.init(id: one.id, words: context.form["words"].trimmed))), on: seen.dossier.id, as: seen.actor)
        } catch let refused as Refused {
            let shown = try await site.installation.see(seen.dossier.id, [.child], as: seen.actor)
            return try await followPage(try own(context, shown), shown, request, context, refused: refused.reasons)
        }
        return site.redirect(.rightsRequest(seen.dossier.id.rawValue, one.id.rawValue), done: "verzoek-aangevuld")
    }

    private func withdraw(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (seen, _) = try await family(context, isShown: false)
        let one = try own(context, seen)
        _ = try await site.installation.perform(.rights(.withdraw(one.id)), on: seen.dossier.id, as: seen.actor)
        return site.redirect(.rights(seen.dossier.id.rawValue), done: "verzoek-ingetrokken")
    }

    // MARK: The copy

    /// The copy of the address in the reader's language, when it is the reader's and can be fetched.
    private func copy(_ context: SiteContext) async throws -> FamilyCopy {
        let (seen, _) = try await family(context, isShown: false)
        let one = try own(context, seen)
        return try KeptCopy.copy(
            in: try await site.installation.copy(of: one.id, in: seen.dossier.id, as: seen.actor), context.language)
    }

    /// Whether there is anything to ask the password for: nobody is asked for what is not there.
    private func check(_ request: Request, _ context: SiteContext) async throws -> Response? {
        let (seen, _) = try await family(context, isShown: false)
        guard let copy = try own(context, seen).decided?.what.copy, seen.today <= copy.until else { throw NotFound() }
        return try await OwnerCheck(site: site).first(.export, request, context)
    }

    private func paper(_ request: Request, _ context: SiteContext) async throws -> Response {
        if let check = try await check(request, context) { return check }
        let copy = try await copy(context)
        return try await site.handOut(copy, site.words(context))
    }

    private func file(_ request: Request, _ context: SiteContext) async throws -> Response {
        if let check = try await check(request, context) { return check }
        return try site.handOutForProgram(try await copy(context))
    }
}

extension Site {
    /// A copy as a file to read and print.
    func handOut(_ copy: FamilyCopy, _ words: Words) async throws -> Response {
        let html = face.render(paper(copy, words), guestChrome(words))
        return try await onPaper(html, named: "afschrift-\(copy.made).pdf", words.language)
    }

    /// A copy as a file for another program.
    func handOutForProgram(_ copy: FamilyCopy) throws -> Response {
        let json = try copy.json()
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .contentLength: String(json.count), .cacheControl: "no-store",
                .contentDisposition: FileName.attachment("afschrift-\(copy.made).json"),
            ], body: .init(byteBuffer: ByteBuffer(bytes: json)))
    }

    /// A copy as a page on paper.
    func paper(_ copy: FamilyCopy, _ words: Words) -> CopyPaperPage {
        CopyPaperPage(
            title: copy.title, sender: copy.partnership,
            lead: [
                words.texts("copy.lead", ["day": Day(copy.made).map { words.format.plainDay($0) } ?? copy.made]),
                words.texts("copy.leftOutLead"),
            ],
            sections: copy.sections.map { section in
                CopyPaperPage.Section(
                    title: section.title, lead: section.lead,
                    passages: section.passages.map {
                        CopyPaperPage.Passage(title: $0.title, lines: $0.lines, note: $0.note, leftOut: $0.leftOut)
                    })
            }, checkpoint: copy.checkpoint, style: face.assets.address(of: "letter.css"))
    }
}

extension Words {
    /// By when a family hears, by the term that holds today.
    var rightsLead: String {
        guard let term = rules.rights?.law.term(on: today) else { return texts("rights.lead") }
        return [
            texts("rights.lead"),
            texts(
                "rights.term", ["answer": period(term.answer), "longer": period(term.longer), "source": term.source]),
        ].joined(separator: " ")
    }

    /// What is possible for a guardian without authority.
    var rightsInformation: [String] {
        let source = rules.rights?.law.information ?? ""
        return [
            texts("rights.information.told", ["source": source]), texts("rights.information.how"),
            texts("rights.information.own", ["email": rules.partnership.email]),
        ]
    }

    /// Where a request stands, in one sentence for the family.
    func lead(_ request: RightsRequest, _ names: [PersonID: String]) -> String {
        if let withdrawn = withdrawn(request, names) { return withdrawn }
        if let decided = request.decided { return texts("rights.said.decided", ["day": format.plainDay(decided.at.day)]) }
        if request.due < today { return texts("rights.said.late", ["day": format.day(request.due)]) }
        return texts("rights.said.running", ["day": format.day(request.due)])
    }

    /// What happens now with a request that runs.
    func next(_ request: RightsRequest, _ dossier: Dossier) -> [String] {
        let who = functions(rules.rights?.handledBy ?? [])
        var next = [texts("rights.next.\(request.right.rawValue)"), texts("rights.next.who", ["who": who])]
        if request.restricts(on: today) { next.append(texts("rights.next.resting")) }
        next.append(texts("rights.next.free"))
        return next
    }

    /// How one goes on when one does not agree with the answer.
    var against: [String] {
        let partnership = rules.partnership
        return [
            texts(
                "rights.object",
                [
                    "partnership": partnership.name, "address": partnership.address.joined(separator: ", "),
                    "email": partnership.email,
                ]), texts("rights.complain", ["source": rules.rights?.law.complaint ?? ""]),
        ]
    }
}
