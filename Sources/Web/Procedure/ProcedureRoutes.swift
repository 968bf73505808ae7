import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// The routes of a procedure in a dossier: starting it, its steps, the invitation, the decision and its letter.
struct ProcedureRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        let dossier = pages.group("/leerlingen/:dossier/procedures")
        dossier.get("/nieuw/:procedure", use: showStart)
        dossier.post("/nieuw/:procedure", use: start)
        dossier.post("/nieuw/:procedure/concept", use: keepStart)
        dossier.get("/:instance", use: showProcedure)
        dossier.get("/:instance/stappen/:step", use: showStep)
        dossier.post("/:instance/stappen/:step", use: take)
        dossier.post("/:instance/stappen/:step/concept", use: keepStep)
        dossier.post("/:instance/stappen/:step/persoon", use: reassign)
        dossier.get("/:instance/versie", use: showMove)
        dossier.post("/:instance/versie", use: move)
        dossier.get("/:instance/uitnodiging", use: showInvitation)
        dossier.get("/:instance/uitleg", use: showWhy)
        dossier.get("/:instance/besluit", use: showDecision)
        dossier.get("/:instance/besluit.pdf", use: decisionFile)
    }

    // MARK: Starting

    private func showStart(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(
            try context.dossierID, [.procedures, .child], all: false, as: try context.signedIn)
        return try await startPage(seen, request, context)
    }

    private func startPage(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, sent: PostedForm? = nil, refused: [Refusal] = []
    ) async throws -> Response {
        let words = site.words(context)
        let key = try context.parameter("procedure")
        guard let route = seen.rules.procedure(key) else { throw NotFound() }
        let frame = try await site.frame(seen, current: nil, words)
        let about = words.paragraphs(route.why[words.language])
        let source = words.paragraph(of: route)
        let form: ProcedureForm
        do {
            form = try await site.installation.startForm(key, in: seen)
        } catch let blocked as Refused {
            let page = StartPage(
                title: route.title[words.language], frame: frame, about: about, source: source, items: [],
                blocked: blocked.reasons.map { words.refusal($0) }.joined(separator: " "), known: [], next: [], readers: nil,
                form: nil)
            return try await site.show(page, request, context, .pupils)
        }
        let forms = ProcedureForms(words: words, form: form)
        let id = seen.dossier.id.rawValue
        let begun = sent == nil ? try await site.begun(.start(key, in: seen.dossier.id), words, by: seen.actor.person) : nil
        let page = StartPage(
            title: route.title[words.language], frame: frame, about: about, source: source,
            items: form.needs.map { words.item($0, in: seen) }, blocked: nil, known: forms.known(seen),
            next: words.next(of: route), readers: words.readers(of: route),
            form: Form(
                action: Address.newProcedure(id, key).path, button: words.texts("start.button"),
                fields: forms.startFields(sent ?? begun?.sent, refused) + [site.keyField()],
                problems: forms.problems(refused, choice: nil), cancel: Link(words.texts("form.cancel"), .dossier(id)),
                draft: Address.newProcedureDraft(id, key).path, draftNote: begun?.note))
        return try await site.show(page, request, context, .pupils, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    private func start(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try context.dossierID
        let key = try context.parameter("procedure")
        let actor = try await sender(start: key, in: id, context)
        let seen = try await site.installation.glance(id, as: actor)
        // Pressed twice, or sent again: what was started then is where one wants to be.
        let instance = InstanceID(
            site.installation.key(of: context.form[PostedForm.key], for: "procedure/\(id)/\(key)", by: actor.person))
        guard seen.dossier.procedure(instance) == nil else {
            return site.redirect(.procedure(id.rawValue, instance.rawValue), done: "started")
        }
        let form = try await site.installation.startForm(key, in: seen)
        let forms = ProcedureForms(words: site.words(context), form: form)
        try forms.checkAsked(context.form, choice: nil)
        let answers = forms.answers(context.form, choice: nil)
        do {
            _ = try await site.installation.start(key, answers: answers, in: id, instance: instance, as: actor)
            try await site.installation.forget(typedIn: .start(key, in: id), by: actor.person)
            return site.redirect(.procedure(id.rawValue, instance.rawValue), done: "started")
        } catch let refused as Refused {
            try await site.installation.keep(context.form.typed, typedIn: .start(key, in: id), by: actor.person)
            return try await startPage(seen, request, context, sent: context.form, refused: refused.reasons)
        }
    }

    // MARK: Steps

    private func showStep(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.seeStep(
            try context.parameter("step"), of: try context.instanceID, in: try context.dossierID, as: try context.signedIn)
        return try await stepPage(seen, request, context)
    }

    /// The page of a step; who has only this step to do sees what it shows, and nothing else of the procedure.
    func stepPage(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, sent: PostedForm? = nil, refused: [Refusal] = [],
        reassigning: (sent: PostedForm, refused: [Refusal])? = nil
    ) async throws -> Response {
        let instance = try context.instanceID
        let key = try context.parameter("step")
        guard let procedure = seen.dossier.procedure(instance), let rules = site.installation.shelf[procedure.plan],
            let route = rules.procedure(procedure.rule), let step = route.step(key)
        else { throw NotFound() }
        let words = site.words(context, rules)
        let id = seen.dossier.id.rawValue
        let frame = try await site.frame(seen, current: nil, words)
        let clock = procedure.clocks(route, rules.holidays).first { $0.clock != nil }.map { words.clock($0, of: procedure) }
        let draft = DraftForm.step(key, of: instance, in: seen.dossier.id)
        let begun = sent == nil ? try await site.begun(draft, words, by: seen.actor.person) : nil
        var form: Form?
        var left: StepPage.Left?
        var waiting: String?
        var items: [DossierPage.Item] = []
        let readsOn = seen.sight.sees(.procedures)
        var known = readsOn ? try await told(procedure, route, seen, words, for: step) : []
        do {
            let stepForm = try await site.installation.stepForm(key, of: instance, in: seen)
            let forms = ProcedureForms(words: words, form: stepForm)
            if !stepForm.overlaps.isEmpty {
                waiting = stepForm.overlaps.map { other in
                    words.texts("step.overlap", ["step": route.step(other)?.title[words.language] ?? other])
                }.joined(separator: " ")
            }
            if let ahead = procedure.meetingAhead(of: step, on: seen.today) {
                // A meeting that was brought forward is recorded as it went, without being planned anew first.
                waiting = words.texts("step.meetingAhead", ["day": words.format.plainDay(ahead)])
            }
            let lacked = readsOn ? beginning(step, procedure, route, seen, rules) : []
            items = (lacked + stepForm.choices.flatMap(\.needs)).reduce(into: []) {
                items, state in
                let item = words.item(state, in: seen)
                if !items.contains(where: { $0.label == item.label }) { items.append(item) }
            }
            known = forms.known(seen) + known
            form = Form(
                action: Address.step(id, instance.rawValue, key).path, button: words.texts("step.button"),
                fields: forms.stepFields(sent ?? begun?.sent, refused),
                problems: forms.problems(refused, choice: sent?[ProcedureForms.choice]),
                cancel: Link(words.texts("form.cancel"), readsOn ? .procedure(id, instance.rawValue) : .work),
                draft: Address.stepDraft(id, instance.rawValue, key).path, draftNote: begun?.note)
        } catch let refusal as Refused {
            // Whoever began before somebody else took it finds what they typed, and throws it away themselves.
            let written = self.left(of: begun, in: key, of: instance, seen)
            let isOver = refusal.reasons.contains { $0.code == .stepNotOpen || $0.code == .notRunning }
            if isOver, written.isEmpty { return site.redirect(.procedure(id, instance.rawValue)) }
            if !written.isEmpty {
                left = StepPage.Left(
                    written: written,
                    drop: Form(
                        action: Address.stepDraft(id, instance.rawValue, key).path, button: words.texts("step.left.drop"),
                        fields: [FormField(name: PostedForm.anew, label: "", kind: .hidden, value: "ja")]))
            }
            let reasons = refusal.reasons.map { reason in
                reason.code == .samePerson
                    ? words.texts("step.alsoDid", ["step": route.step(reason.values["step"] ?? "")?.title[words.language] ?? ""])
                    : words.refusal(reason)
            }
            let turn = !isOver ? [words.texts("step.waitsFor", ["who": words.actor(step.by, of: route)])] : []
            waiting = (reasons + turn).joined(separator: " ")
        }
        let position =
            route.steps.count == 1
            ? nil
            : route.steps.firstIndex { $0.id == key }.map {
                words.texts("step.position", ["n": String($0 + 1), "of": String(route.steps.count)])
            }
        let meeting = procedure.meetings.last { $0.step == key }
        let appointment = meeting.flatMap { LocalMoment($0.moment) }.map { words.appointment($0) }
        let page = StepPage(
            title: step.title[words.language], frame: frame,
            procedure: Link(
                route.title[words.language], readsOn ? .procedure(id, instance.rawValue) : .planProcedure(route.id)),
            position: position,
            about: [appointment].compactMap { $0 } + (step.explanation.map { words.paragraphs($0[words.language]) } ?? []),
            invitation: meeting.flatMap { _ in
                readsOn ? Link(words.texts("procedure.invitation"), .invitation(id, instance.rawValue)) : nil
            },
            source: step.source.map { words.paragraph($0, .planProcedure(route.id), PlanPlace.step(step.id)) },
            clock: clock, items: items, known: known, form: form, left: left, waiting: waiting,
            reassign: try await reassignForm(
                key, instance, seen, words, sent: reassigning?.sent, refused: reassigning?.refused ?? []),
            readers: words.readers(of: route))
        let isRefused = !refused.isEmpty || reassigning != nil
        return try await site.show(page, request, context, .pupils, status: isRefused ? .unprocessableContent : .ok)
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try context.dossierID
        let instance = try context.instanceID
        let step = try context.parameter("step")
        let actor = try await sender(step: step, of: instance, in: id, context)
        let draft = DraftForm.step(step, of: instance, in: id)
        let seen = try await site.installation.glance(id, as: actor)
        let readsOn = seen.sight.sees(.procedures)
        guard readsOn || seen.hasToDo(step, of: instance, site.installation.shelf) else { throw NotFound() }
        let after = readsOn ? Address.procedure(id.rawValue, instance.rawValue) : .work
        let choice = context.form[ProcedureForms.choice]
        let form: ProcedureForm
        do {
            form = try await site.installation.stepForm(step, of: instance, in: seen)
        } catch let refused as Refused
            where refused.reasons.contains(where: { $0.code == .stepNotOpen || $0.code == .notRunning })
        {
            // A second click: the page shows how it stands. When somebody else was first, no word is lost.
            guard isTaken(step, of: instance, in: seen, by: context.form) else { throw refused }
            return site.redirect(after)
        }
        let forms = ProcedureForms(words: site.words(context, form.rules), form: form)
        try forms.checkAsked(context.form, choice: choice)
        let answers = forms.answers(context.form, choice: choice)
        if form.decides(choice), let check = try await OwnerCheck(site: site).first(.decide, request, context) { return check }
        do {
            _ = try await site.installation.take(step, choice, answers: answers, of: instance, in: id, as: actor)
            try await site.installation.forget(typedIn: draft, by: actor.person)
            return site.redirect(after, done: "taken")
        } catch let refused as Refused {
            try await site.installation.keep(context.form.typed, typedIn: draft, by: actor.person)
            return try await stepPage(seen, request, context, sent: context.form, refused: refused.reasons)
        }
    }

    // MARK: One procedure

    private func showProcedure(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.procedures], as: try context.signedIn)
        let instance = try context.instanceID
        guard let procedure = seen.dossier.procedure(instance), let rules = site.installation.shelf[procedure.plan],
            let route = rules.procedure(procedure.rule)
        else { throw NotFound() }
        let words = site.words(context, rules)
        let id = seen.dossier.id.rawValue
        let names = try await site.installation.names.people(procedure.told(route))
        let asks = words.asks(of: procedure, route, seen)
        let meeting = procedure.meetings.last
        let ended = procedure.ended.flatMap { route.outcome($0.outcome) }
        let hasDecision = seen.sight.sees(.decisions) && seen.dossier.decisions.contains { $0.instance == instance }
        let page = ProcedurePage(
            title: route.title[words.language], frame: try await site.frame(seen, current: nil, words),
            chip: words.standing(of: procedure, route), sentence: words.sentence(of: procedure, route), asks: asks,
            steps: words.steps(of: procedure, route, names, id),
            clocks: procedure.clocks(route, rules.holidays).map { words.clock($0, of: procedure) },
            outcome: ended.map { outcome in
                Link(
                    outcome.title[words.language],
                    hasDecision ? .decision(id, instance.rawValue) : .procedure(id, instance.rawValue))
            }, outcomeSource: ended.map { words.paragraph(of: $0, route) }, known: try await told(procedure, route, seen, words),
            timeline: seen.dossier.history.filter { entry in
                entry.values["instance"] == instance.rawValue && words.part(ofHistory: entry.code).map(seen.sight.sees) == true
            }.reversed().map { entry in
                DossierPage.Moment(
                    when: words.format.recent(entry.at, today: words.today),
                    title: words.happened(entry.code, entry.values, by: names[entry.actor] ?? words.texts("somebody")),
                    ahead: false, text: replacement(entry, procedure, names, words), quote: nil, chip: nil, href: nil)
            }, circles: [], documents: [],
            source: words.paragraph(of: route),
            why: Link(
                words.texts(procedure.isRunning ? "why.linkRunning" : "why.link"), .why(id, instance.rawValue)),
            planNote: rules.key == seen.rules.key
                ? nil : words.texts("procedure.planNote", ["plan": rules.title[words.language]]),
            move: moveLink(procedure, seen, words),
            invitation: meeting.map { _ in Link(words.texts("procedure.invitation"), .invitation(id, instance.rawValue)) },
            withdraw: nil)
        return try await site.show(page, request, context, .pupils)
    }
}
