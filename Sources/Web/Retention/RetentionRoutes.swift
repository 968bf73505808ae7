import Domain
import Hummingbird
import Journal
import UseCases

/// Destroying dossiers whose term is over: the list for those who see to it, and stopping it for school and family.
struct RetentionRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.retention.path), use: list)
        pages.get(RouterPath(Address.kept(":dossier").path), use: show)
        pages.post(RouterPath(Address.kept(":dossier").path), use: act)
        pages.get(RouterPath(Address.keeping(":dossier").path), use: told)
        pages.post(RouterPath(Address.keeping(":dossier").path), use: stop)
    }

    /// The way to the list, for those who see to it.
    static func link(for actor: Actor, _ words: Words) -> [Link] {
        guard words.rules.retention?.mayList(actor, on: words.today) == true else { return [] }
        return [Link(words.texts("retention.title"), .retention)]
    }

    // MARK: The list

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let list = try await site.installation.retentionList(as: try context.signedIn)
        let words = site.words(context)
        let texts = words.texts
        var groups: [RetentionPage.Group] = []
        for (key, dossiers) in [("underWay", list.underWay), ("over", list.over)] {
            var rows: [RetentionPage.Row] = []
            for kept in dossiers { rows.append(try await row(kept, words)) }
            groups.append(
                RetentionPage.Group(
                    title: texts("retention.group.\(key).title"), text: texts("retention.group.\(key).text"), rows: rows))
        }
        let people = Set(list.statements.flatMap { $0.announcedBy + $0.agreedBy })
        let names = try await site.installation.names.people(people)
        let page = RetentionPage(
            title: texts("retention.title"), lead: texts("retention.lead"), groups: groups,
            more: list.isMore ? texts("retention.more") : nil,
            statements: list.statements.map { statement in
                func who(_ people: [PersonID]) -> String {
                    words.format.list(people.map { names[$0] ?? texts("somebody") })
                }
                return RetentionPage.Statement(
                    day: words.format.plainDay(statement.on),
                    what: texts(
                        "retention.statements.what",
                        [
                            "dossiers": texts.count("retention.count.dossiers", statement.dossiers),
                            "events": texts.count("retention.count.events", statement.events),
                            "documents": texts.count("retention.count.documents", statement.documents),
                            "people": texts.count("retention.count.people", statement.people),
                        ]),
                    who: texts(
                        "retention.statements.who",
                        [
                            "announced": who(statement.announcedBy), "agreed": who(statement.agreedBy),
                            "ground": words.format.list(statement.grounds),
                        ]))
            })
        return try await site.show(page, request, context, .work)
    }

    private func row(_ kept: KeptDossier, _ words: Words) async throws -> RetentionPage.Row {
        RetentionPage.Row(
            label: words.keyed(kept.dossier), href: Address.kept(kept.dossier.rawValue).path,
            school: try await school(kept),
            kept: kept.retention.keptUntil.map { words.texts("retention.until", ["day": words.format.plainDay($0)]) } ?? "",
            state: words.stage(kept.keeping, kept.retention))
    }

    private func school(_ kept: KeptDossier) async throws -> String {
        guard let id = kept.school else { return "" }
        return try await site.installation.names.organisation(id)?.name ?? ""
    }

    // MARK: One dossier, for those who see to it

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await page(try context.dossierID, request, context)
    }

    /// What was pressed, with the reason that was typed.
    private enum Press: String, CaseIterable {
        case announce, agree, stop, hold, release

        func command(_ reason: String) -> RetentionCommand {
            switch self {
            case .announce: .announce
            case .agree: .agree
            case .stop: .stop(reason: reason)
            case .hold: .hold(reason: reason)
            case .release: .release(reason: reason)
            }
        }

        /// Name of what is said afterwards.
        var done: String {
            switch self {
            case .announce: "vernietigen-aangekondigd"
            case .agree: "vernietigen-ingestemd"
            case .stop: "vernietigen-gestopt"
            case .hold: "dossier-vastgehouden"
            case .release: "dossier-losgelaten"
            }
        }

        var asksReason: Bool { self != .announce && self != .agree }
    }

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try context.dossierID
        let actor = try context.signedIn
        _ = try await site.installation.keptDossier(id, as: actor)
        guard let press = Press(rawValue: context.form["act"]) else { throw NotFound() }
        if press == .agree, let check = try await OwnerCheck(site: site).first(.destroy, request, context) { return check }
        do {
            if press == .announce {
                let (dossier, isNew) = try await site.installation.announceDestruction(id, as: actor)
                // Waited for: who is not reached by mail gets a letter, and whoever announced it must know.
                if isNew, try await site.send(.destruction, of: dossier) > 0 {
                    return site.redirect(.kept(id.rawValue), done: "vernietigen-aangekondigd-brief")
                }
            } else {
                _ = try await site.installation.perform(
                    .retention(press.command(context.form["reason"].trimmed)), on: id, as: actor)
            }
            return site.redirect(.kept(id.rawValue), done: press.done)
        } catch let refused as Refused {
            guard !refused.reasons.contains(where: { $0.code == .notAllowed }) else { throw refused }
            return try await page(id, request, context, refused: (press, refused.reasons))
        }
    }

    private func page(
        _ id: DossierID, _ request: Request, _ context: SiteContext, refused: (press: Press, reasons: [Refusal])? = nil
    ) async throws -> Response {
        let actor = try context.signedIn
        let kept = try await site.installation.keptDossier(id, as: actor)
        let words = site.words(context)
        let texts = words.texts
        let names = try await site.installation.names.people(kept.keeping.people)
        var shown = presses(kept, actor, words)
        // What was typed stays, also when somebody else stopped it or held it first.
        if let press = refused?.press, press.asksReason, !shown.contains(press) { shown.append(press) }
        let acts = shown.map { press in
            var fields = [FormField(name: "act", label: "", kind: .hidden, value: press.rawValue)]
            if press.asksReason { fields.append(reasonField(words, refused?.press == press ? context.form["reason"] : "")) }
            let problems = refused.map { $0.press == press ? $0.reasons : [] } ?? []
            return KeptPage.Act(
                title: texts("retention.act.\(press.rawValue).title"),
                text: press == .announce && site.post == nil
                    ? texts("retention.act.announce.textByLetter") : texts("retention.act.\(press.rawValue).text"),
                form: Form(
                    action: Address.kept(id.rawValue).path, button: texts("retention.act.\(press.rawValue).button"),
                    scope: press.rawValue, fields: fields,
                    problems: problems.map { FormProblem(words.refusal($0), field: $0.field) }))
        }
        let page = KeptPage(
            title: words.keyed(id), lead: try await school(kept), back: Link(texts("retention.title"), .retention),
            state: words.stage(kept.keeping, kept.retention),
            facts: words.facts(kept.retention, kept.keeping, site.installation.shelf, names: names) + byLetter(kept, words),
            // What is refused for something that can no longer be done here is said above.
            problems: refused.map { shown.contains($0.press) ? [] : $0.reasons.map { FormProblem(words.refusal($0)) } }
                ?? [],
            acts: acts, quiet: acts.isEmpty ? texts("retention.nothing") : nil)
        return try await site.show(page, request, context, .work, status: refused == nil ? .ok : .unprocessableContent)
    }

    /// Who hears of it by letter, when it can be announced or was.
    private func byLetter(_ kept: KeptDossier, _ words: Words) -> [Fact] {
        guard kept.guardiansWithoutMail > 0, kept.keeping.announced != nil || kept.retention.isOver(on: words.today) else {
            return []
        }
        return [
            Fact(
                words.texts("retention.fact.letter"), words.texts.count("retention.withoutMail", kept.guardiansWithoutMail))
        ]
    }

    /// What this reader can do now.
    private func presses(_ kept: KeptDossier, _ actor: Actor, _ words: Words) -> [Press] {
        guard let rule = words.rules.retention else { return [] }
        let announces = rule.mayAnnounce(actor, on: words.today)
        var presses: [Press] = []
        if let announced = kept.keeping.announced {
            if announced.agreedBy == nil, announced.by != actor.person, rule.mayAgree(actor, on: words.today) {
                presses.append(.agree)
            }
            presses.append(.stop)
        } else if announces, kept.retention.isOver(on: words.today) {
            presses.append(.announce)
        }
        if announces { presses.append(kept.keeping.hold == nil ? .hold : .release) }
        return presses
    }

    private func reasonField(_ words: Words, _ value: String) -> FormField {
        FormField(name: "reason", label: words.texts("retention.reason"), kind: .text, value: value)
    }

    // MARK: For school and family

    private func told(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.child], as: try context.signedIn)
        return try await toldPage(seen, request, context)
    }

    private func stop(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let seen = try await site.installation.glance(try context.dossierID, as: actor)
        guard seen.sight.sees(.child) else { throw NotFound() }
        do {
            _ = try await site.installation.perform(
                .retention(.stop(reason: context.form["reason"].trimmed)), on: seen.dossier.id, as: actor)
            return site.redirect(.dossier(seen.dossier.id.rawValue), done: Press.stop.done)
        } catch let refused as Refused {
            guard refused.reasons.contains(where: { $0.code != .notAllowed }) else { throw refused }
            return try await toldPage(seen, request, context, refused: refused.reasons)
        }
    }

    private func toldPage(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, refused: [Refusal] = []
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let texts = words.texts
        guard let retention = seen.dossier.retention(site.installation.shelf, on: seen.today) else { throw NotFound() }
        let id = seen.dossier.id.rawValue
        let names = try await site.installation.names.people(seen.dossier.keeping.people)
        let announced = seen.dossier.keeping.announced
        let mayStop = announced != nil && seen.rules.retention?.mayStop(seen.actor, seen.sight, on: seen.today) == true
        let act = KeptPage.Act(
            title: texts("retention.act.stop.title"), text: texts("retention.act.stop.toldText"),
            form: Form(
                action: Address.keeping(id).path, button: texts("retention.act.stop.button"),
                fields: [reasonField(words, context.form["reason"])],
                problems: refused.map { FormProblem(words.refusal($0), field: $0.field) },
                cancel: Link(texts("retention.cancel"), .dossier(id))))
        let page = KeptPage(
            title: texts("retention.told.title"), lead: texts("retention.told.lead"),
            back: Link(texts("dossier.title", ["given": words.given(seen)]), .dossier(id)),
            state: words.stage(seen.dossier.keeping, retention),
            facts: words.facts(
                retention, seen.dossier.keeping, site.installation.shelf, names: names, sight: seen.sight),
            problems: [],
            // What was typed stays, also when somebody else stopped it first.
            acts: mayStop || !refused.isEmpty ? [act] : [],
            quiet: announced == nil ? texts("retention.told.notAnnounced") : nil)
        return try await site.show(page, request, context, .pupils, status: refused.isEmpty ? .ok : .unprocessableContent)
    }
}
