import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Plan
import UseCases

/// Writing a draft of the plan: begin one, change a value, see at once what that does, put it back, take the files along.
///
/// A draft may be wrong as long as it is written; only laying it before the council refuses that.
struct DraftRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/plan/concepten", use: list)
        pages.post("/plan/concepten", use: begin)
        let draft = pages.group("/plan/concepten/:partnership/:version")
        draft.get("", use: show)
        draft.get("/deel", use: part)
        draft.post("/deel", use: save)
        draft.post("/terug") { try await change($0, $1) { try $0.restoring($1["pad"]) } }
        draft.post("/weg") { try await change($0, $1) { try $0.removing($1["pad"]) } }
        draft.post("/erbij", use: add)
        draft.post("/vraag") { try await change($0, $1) { try $0.asking($1["veld"], at: $1["pad"]) } }
        draft.get("/bestand", use: file)
        draft.get("/voorbeeld", use: example)
        draft.post("/voorbeeld") { request, context in
            try await change(example: request, context, "voorbeeld") { draft, path, form in
                let why = Localized(nl: form["why.nl"].trimmed, en: form["why.en"].trimmed)
                for (field, text) in [("why.nl", why.nl), ("why.en", why.en)] where text.isEmpty {
                    throw Refused(.required, field: field)
                }
                return try draft.meaning(path, why: why, source: form["source"].trimmed)
            }
        }
        draft.post("/voorbeeld-weg") { request, context in
            try await change(example: request, context, "voorbeeld-weg") { draft, path, _ in try draft.dropping(path) }
        }
        draft.post("/voorbeeld-terug") { request, context in
            try await change(example: request, context, "voorbeeld-terug") { draft, path, _ in
                try draft.restoring(example: path)
            }
        }
    }

    private func key(_ context: SiteContext) throws -> PlanKey {
        PlanKey("\(try context.parameter("partnership"))/\(try context.parameter("version"))")
    }

    private func writer(_ context: SiteContext) throws -> Actor {
        let actor = try context.signedIn
        guard site.installation.mayWrite(actor) else { throw NotFound() }
        return actor
    }

    // MARK: Beginning

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try writer(context)
        let part = request.asked("deel")
        let drafts = try await site.installation.openDrafts(for: actor)
        // With one draft under way there is nothing to choose.
        if let part, drafts.count == 1, let only = drafts.first {
            return site.redirect(path: Self.part(only.key, part))
        }
        return try await begin(drafts, part, request, context)
    }

    private func begin(
        _ drafts: [PlanVersion], _ part: String?, _ request: Request, _ context: SiteContext, problems: [FormProblem] = [],
        sent: PostedForm? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let rules = words.rules
        let own = rules.key.rawValue.prefix { $0 != "/" }
        let versions = site.installation.shelf.versions.map(\.key.rawValue) + drafts.map(\.key.rawValue)
        let year = SchoolYear(containing: words.today).next.first.year
        let proposal =
            (1...99).lazy.map { $0 == 1 ? "\(year)" : "\(year)-\($0)" }.first { !versions.contains("\(own)/\($0)") } ?? ""
        var key = FormField(name: "sleutel", label: words.texts("draftPlan.keyLabel"), kind: .text, value: proposal)
        key.hint = words.texts("draftPlan.keyHint")
        var form = Form(
            action: Address.planDrafts.path, button: words.texts("draftPlan.beginButton"),
            fields: [
                FormField(name: "title-nl", label: words.texts("draftPlan.titleNl"), kind: .text),
                FormField(name: "title-en", label: words.texts("draftPlan.titleEn"), kind: .text),
                key,
                FormField(
                    name: "amends", label: words.texts("draftPlan.amends"), kind: .select,
                    options: site.installation.shelf.versions.reversed().map {
                        FormOption($0.key.rawValue, $0.title[words.language], selected: $0.key == rules.key)
                    }),
                FormField(
                    name: "from", label: words.texts("draftPlan.from"), kind: .date,
                    value: SchoolYear(containing: words.today).next.first.description),
                FormField(name: "deel", label: "", kind: .hidden, value: part ?? ""),
            ], problems: problems)
        if let sent { form.fill(sent.fields) }
        let page = DraftsPage(
            title: words.texts("draftPlan.title"), lead: words.texts("draftPlan.lead"),
            drafts: drafts.map { draft in
                Link(
                    draft.title?[words.language] ?? draft.key.rawValue,
                    part.map { Self.part(draft.key, $0) } ?? Address.planDraft(draft.key.rawValue).path)
            }, form: form)
        return try await site.show(page, request, context, .plan, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try writer(context)
        let installation = site.installation
        let words = site.words(context)
        let form = context.form
        let part = form["deel"].nilWhenEmpty
        do {
            guard let from = Day(form["from"]) else { throw Refused(.notADay, field: "from") }
            let key = try await installation.beginDraft(
                form["sleutel"].trimmed, title: Localized(nl: form["title-nl"].trimmed, en: form["title-en"].trimmed),
                amends: PlanKey(form["amends"]), from: from, as: actor
            ).key
            if let part { return site.redirect(path: Self.part(key, part), done: "plan-draft-begun") }
            return site.redirect(.planDraft(key.rawValue), done: "plan-draft-begun")
        } catch let refused as Refused {
            // What the version calls `key` is asked here in the reader's own words.
            let problems = refused.reasons.map { FormProblem(words.refusal($0), field: $0.field == "key" ? "sleutel" : $0.field) }
            return try await begin(
                try await installation.openDrafts(for: actor), part, request, context, problems: problems, sent: form)
        }
    }

    // MARK: Reading

    static func part(_ key: PlanKey, _ path: String) -> String {
        "\(Address.planDraftPart(key.rawValue).path)?pad=\(path.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: ".-"))) ?? "")"
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (version, draft) = try await site.installation.draft(try key(context), as: try writer(context))
        let words = words(draft, context)
        return try await site.show(words.page(version, query: request.asked("zoek")), request, context, .plan)
    }

    private func example(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (_, draft) = try await site.installation.draft(try key(context), as: try writer(context))
        if let card = request.asked("kaart") {
            guard let told = draft.card(at: card) else { throw NotFound() }
            return try await site.show(words(draft, context).page(told), request, context, .plan)
        }
        guard let found = draft.example(at: request.asked("naam") ?? "") else { throw NotFound() }
        return try await site.show(words(draft, context).page(found), request, context, .plan)
    }

    private func words(_ draft: PlanDraft, _ context: SiteContext) -> DraftWords {
        let judgement = site.installation.grounds.judgement(of: draft)
        return DraftWords(site.texts(context), draft, judgement, today: site.installation.today) { Self.part(draft.key, $0) }
    }

    /// Says what is to be of an example, and goes back to the overview, where the other ones stand.
    private func change(
        example request: Request, _ context: SiteContext, _ scope: String,
        _ make: (PlanDraft, String, PostedForm) throws -> PlanDraft.Changes
    ) async throws -> Response {
        let actor = try writer(context)
        let key = try key(context)
        let form = context.form
        let (version, draft) = try await changing(key, as: actor)
        guard let found = draft.example(at: form["naam"]) else { throw NotFound() }
        let problems: [FormProblem]
        do {
            let changes = try make(draft, found.path, form)
            if !changes.isEmpty {
                _ = try await site.installation.keep(changes, of: key, basedOn: version.version, as: actor)
            }
            return site.redirect(.planDraft(key.rawValue), done: changes.isEmpty ? "plan-draft-same" : "plan-draft-example")
        } catch let wrong as PlanProblems {
            problems = wrong.problems.map { FormProblem($0.message[context.language]) }
        } catch let refused as Refused {
            problems = site.words(context).problems(refused.reasons)
        }
        var page = words(draft, context).page(found, problems, scope: scope)
        page.meant?.fill(form.fields)
        return try await site.show(page, request, context, .plan, status: .unprocessableContent)
    }

    private func part(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (version, draft) = try await site.installation.draft(try key(context), as: try writer(context))
        return try await part(
            Self.path(request), version.version, draft, isWhole: request.asked("alles") != nil, request, context)
    }

    private static func path(_ request: Request) -> String { request.asked("pad") ?? "" }

    private func part(
        _ path: String, _ version: Int, _ draft: PlanDraft, isWhole: Bool, _ request: Request, _ context: SiteContext,
        problems: [FormProblem] = [], sent: PostedForm? = nil, adding: PostedForm? = nil
    ) async throws -> Response {
        // What leads to no thing of its own, such as a value of a problem, leads to the thing that it is in.
        guard draft.hasThing(path) else {
            return site.redirect(path: Self.part(draft.key, draft.thing(holding: path)?.path ?? ""))
        }
        let words = words(draft, context)
        var page = words.part(path, version, isWhole: isWhole, adding == nil ? problems : [])
        if let adding, !page.refuse(problems, adding: adding) { page.form?.refuse(problems) }
        // Which values are asked is the form's own to say, each in a field of the same name.
        if let sent { page.form?.fill(sent.fields.filter { ![DraftWords.version, DraftWords.asked].contains($0.key) }) }
        return try await site.show(page, request, context, .plan, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func file(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (version, _) = try await site.installation.draft(try key(context), as: try writer(context))
        guard let name = request.asked("naam"), let text = version.dated[name] else { throw NotFound() }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: FileName.attachment(name.replacing("/", with: "-")), .xContentTypeOptions: "nosniff",
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    // MARK: Changing

    /// The draft to change: whoever was writing while somebody else laid it before the council hears that, and not that there is
    /// no such page.
    private func changing(_ key: PlanKey, as actor: Actor) async throws -> (version: PlanVersion, draft: PlanDraft) {
        do {
            return try await site.installation.draft(key, as: actor)
        } catch let gone as NotFound {
            guard try await site.installation.planVersion(key).state == .submitted else { throw gone }
            throw Refused(.frozen)
        }
    }

    /// Saves what was changed in the form; what somebody else changed meanwhile into something else is shown beside it.
    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try writer(context)
        let installation = site.installation
        let form = context.form
        let path = Self.path(request)
        let key = try key(context)
        let (version, now) = try await changing(key, as: actor)
        let basis = Int(form[DraftWords.version]) ?? version.version
        let before = basis < version.version ? try await installation.draft(key, at: basis, as: actor).draft : now
        let words = words(before, context)
        var problems: [FormProblem] = []
        var next = now
        var changes: PlanDraft.Changes = [:]
        for value in before.values(of: path) where words.isAsked(value, form) {
            do {
                let said = try words.fields.said(value, form)
                if said == value.said || (said == nil && !value.isThere) { continue }
                let other = next.value(at: value.path)
                if let other, other.said != value.said, other.said != said {
                    let text = words.texts(
                        "draftPlan.meanwhile", ["now": words.fields.sentence(other.said, other)])
                    problems.append(FormProblem(text, field: words.fields.fields(value).first?.name))
                    continue
                }
                let made = try next.setting(value.path, to: said)
                changes.merge(made) { $1 }
                next = next.applying(made)
            } catch let unread as DraftFields.Unread {
                problems.append(FormProblem(unread.text, field: unread.field))
            } catch let found as PlanProblems {
                problems += found.problems.map { FormProblem($0.message[context.language]) }
            }
        }
        if problems.isEmpty, !changes.isEmpty {
            do {
                _ = try await installation.keep(changes, of: key, basedOn: version.version, as: actor)
                // The page that comes next is of what was just read.
                installation.grounds.keep(next)
            } catch let refused as Refused {
                problems = site.words(context).problems(refused.reasons)
            }
        }
        guard problems.isEmpty else {
            // What somebody else took out is shown as it was when this was typed: what was typed stays.
            let isThere = now.hasThing(path)
            return try await part(
                path, isThere ? version.version : basis, isThere ? now : before, isWhole: true, request, context,
                problems: problems, sent: form)
        }
        return site.redirect(path: Self.part(key, path), done: changes.isEmpty ? "plan-draft-same" : "plan-draft-saved")
    }

    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await change(request, context) { draft, form in
            let title = Localized(nl: form["nl"].trimmed, en: form["en"].trimmed)
            let addition: PlanDraft.Addition =
                if let like = form["zoals"].nilWhenEmpty { .like(like) } else if let kind = form["soort"].nilWhenEmpty {
                    .field(title, kind: kind)
                } else {
                    .option(title)
                }
            return try draft.adding(addition, as: form["sleutel"].trimmed, to: form["pad"])
        }
    }

    /// Makes one change and goes back to the part that it is in.
    private func change(
        _ request: Request, _ context: SiteContext, _ make: (PlanDraft, PostedForm) throws -> PlanDraft.Changes
    ) async throws -> Response {
        let actor = try writer(context)
        let key = try key(context)
        let form = context.form
        let (version, draft) = try await changing(key, as: actor)
        let around = draft.thing(holding: PlanDraft.holder(of: form["pad"]))?.path ?? ""
        do {
            let changes = try make(draft, form)
            if !changes.isEmpty {
                _ = try await site.installation.keep(changes, of: key, basedOn: version.version, as: actor)
            }
            let back = form["terug"] == "overzicht" ? Address.planDraft(key.rawValue).path : Self.part(key, around)
            return site.redirect(path: back, done: changes.isEmpty ? "plan-draft-same" : "plan-draft-saved")
        } catch let found as PlanProblems {
            let problems = found.problems.map { FormProblem($0.message[context.language]) }
            return try await part(
                around, version.version, draft, isWhole: false, request, context, problems: problems, adding: form)
        } catch let refused as Refused {
            return try await part(
                around, version.version, draft, isWhole: false, request, context,
                problems: site.words(context).problems(refused.reasons), adding: form)
        }
    }
}
