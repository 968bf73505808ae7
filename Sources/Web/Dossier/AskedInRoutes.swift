import Domain
import Hummingbird
import Journal
import UseCases

/// People from outside who were asked in: to read named parts of one dossier, for one thing, until a date.
struct AskedInRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        let asked = pages.group("/leerlingen/:dossier/meelezers")
        asked.get("", use: show)
        asked.post("", use: ask)
        asked.post("/:asked/verlengen", use: prolong)
        asked.post("/:asked/stoppen", use: withdraw)
        asked.post("/:asked/overdragen", use: handOver)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.agreements], as: try context.signedIn)
        return try await page(seen, request, context, asking: SiteContext.key(request.asked("soort")))
    }

    /// - Parameter asking: the kind whose form is shown, if the reader may ask it in and the agreement is there.
    private func page(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, asking kind: String? = nil,
        refused: AskedInForms.Refused? = nil
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let names = try await site.installation.names.people(
            Set(seen.dossier.askedIn.flatMap { [$0.by, $0.asked.person] + $0.handedOver.map(\.by) }))
        let forms = AskedInForms(
            words: words, seen: seen, names: names, key: site.keyField(), refused: refused,
            partners: try site.installation.partners())
        let rule = kind.flatMap { kind in seen.askable.first { $0.id == kind } }
        let page = AskedInPage(
            title: words.texts("askedIn.title", ["given": words.given(seen)]),
            frame: try await site.frame(seen, current: nil, words), lead: words.texts("askedIn.lead"),
            problems: forms.problemsOfNoForm, readers: forms.readers, over: forms.over, kinds: forms.kinds,
            formTitle: rule?.title[words.language], formText: rule.map { forms.text($0) }, form: rule.map { forms.form($0) })
        return try await site.show(
            page, request, context, .pupils, status: refused == nil ? .ok : .unprocessableContent)
    }

    /// The dossier before a form is carried out, for somebody who sees what parents agree to.
    private func glance(_ context: SiteContext) async throws -> SeenDossier {
        let seen = try await site.installation.glance(try context.dossierID, as: try context.signedIn)
        guard seen.sight.sees(.agreements) else { throw NotFound() }
        return seen
    }

    private func ask(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        let form = context.form
        guard let rule = seen.rules.askedIn(form["kind"]) else { throw NotFound() }
        guard seen.sight.mayAskIn(rule) else { throw Refused(.notAllowed) }
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        let id = AskedInID(
            site.installation.key(
                of: form[PostedForm.key], for: "asked-in/\(seen.dossier.id)", by: seen.actor.person))
        let day = Day(form["until"].trimmed)
        let new = NewAskedIn(
            kind: rule.id, name: form["name"], email: form["email"],
            parts: Set(form.values("parts").compactMap { DossierPart(rawValue: $0) }), purpose: form["purpose"],
            recipient: rule.ground.purpose == nil ? nil : form["recipient"].trimmed.nilWhenEmpty, until: day ?? seen.today,
            weighing: rule.ground.purpose == nil
                ? nil
                : Weighing(
                    proportionality: form["proportionality"].trimmed, subsidiarity: form["subsidiarity"].trimmed,
                    effectiveness: form["effectiveness"].trimmed))
        var unreadable: [Refusal] = []
        if day == nil { unreadable.append(Refusal(form["until"].trimmed.isEmpty ? .required : .notADay, field: "until")) }
        do {
            guard unreadable.isEmpty else { throw Refused(unreadable + site.installation.problems(askingIn: new, in: seen)) }
            let (email, password, letIn) = try await site.installation.askIn(new, id: id, in: seen.dossier.id, as: seen.actor)
            if let letIn { site.tell([.askedIn], of: letIn) }
            let given = try await site.give(password, to: email, context)
            guard case .told(let told) = given else {
                let done = given == nil ? "meelezer-gevraagd" : "meelezer-gemaild"
                return site.redirect(.askedIn(seen.dossier.id.rawValue), done: done)
            }
            let words = site.words(context, seen.rules)
            // Shown in the answer itself, because it is kept nowhere.
            let page = AccountGivenPage(
                title: words.texts("askedIn.given"), frame: try await site.frame(seen, current: nil, words),
                lead: words.texts("family.account.givenLead", ["who": new.name.trimmed]), email: email, password: told,
                back: Link(words.texts("askedIn.back"), .askedIn(seen.dossier.id.rawValue)))
            return try await site.show(page, request, context, .pupils)
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            if refused.reasons.contains(where: { $0.code == .otherName }) { context.note(.addressTried) }
            let shown = try await site.installation.see(seen.dossier.id, [.agreements], as: seen.actor)
            return try await page(
                shown, request, context, asking: rule.id,
                refused: AskedInForms.Refused(scope: AskedInForms.askScope, sent: form, reasons: refused.reasons))
        }
    }

    /// Who the address names, for somebody who may ask its kind in.
    private func askedIn(_ context: SiteContext, _ seen: SeenDossier) throws -> AskedInID {
        guard let known = seen.dossier.askedIn(AskedInID(try context.parameter("asked"))) else { throw NotFound() }
        guard let rule = seen.rules.askedIn(known.asked.kind), seen.sight.mayAskIn(rule) else { throw Refused(.notAllowed) }
        return known.id
    }

    private func prolong(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        let id = try askedIn(context, seen)
        let form = context.form
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        do {
            guard let day = Day(form["until"].trimmed) else {
                throw Refused(form["until"].trimmed.isEmpty ? .required : .notADay, field: "until")
            }
            _ = try await site.installation.perform(
                .prolongAskedIn(.init(id: id, until: day, reason: form["reason"].trimmed)), on: seen.dossier.id, as: seen.actor)
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            let shown = try await site.installation.see(seen.dossier.id, [.agreements], as: seen.actor)
            return try await page(
                shown, request, context,
                refused: AskedInForms.Refused(scope: AskedInForms.scope(id), sent: form, reasons: refused.reasons))
        }
        return site.redirect(.askedIn(seen.dossier.id.rawValue), done: "meelezer-verlengd")
    }

    private func withdraw(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        let id = try askedIn(context, seen)
        _ = try await site.installation.perform(.withdrawAskedIn(.init(id: id)), on: seen.dossier.id, as: seen.actor)
        return site.redirect(.askedIn(seen.dossier.id.rawValue), done: "meelezer-gestopt")
    }

    /// The package as a file: it is shown once, because another press makes another one.
    private func handOver(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        let id = try askedIn(context, seen)
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        do {
            let (package, dossier) = try await site.installation.handOver(
                id, to: context.form["partner"], of: seen.dossier.id, as: seen.actor
            ) { seen, parts in
                try await site.transferCopy(of: seen.dossier, parts, site.words(context, seen.rules)).json()
            }
            site.tell([.handedOver], of: dossier)
            return .handingOut(package, named: "overdracht-\(seen.today).sentrum", format: "")
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            let shown = try await site.installation.see(seen.dossier.id, [.agreements], as: seen.actor)
            return try await page(
                shown, request, context,
                refused: AskedInForms.Refused(
                    scope: AskedInForms.handingScope(id), sent: context.form, reasons: refused.reasons))
        }
    }
}
