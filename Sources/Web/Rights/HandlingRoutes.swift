import Domain
import Foundation
import Hummingbird
import Journal
import UseCases

/// What families asked with their rights, for those who handle it: the list with its terms, one request, and its copy.
struct HandlingRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.handledRequests.path), use: list)
        pages.get(RouterPath(Address.handledRequest(":dossier", ":request").path), use: show)
        pages.post(RouterPath(Address.handledRequest(":dossier", ":request").path), use: act)
        pages.get(RouterPath(Address.handledCopy(":dossier", ":request").path), use: preview)
        pages.post(RouterPath(Address.handledCopy(":dossier", ":request").path), use: shield)
    }

    /// The way to the list, for those who handle requests.
    static func link(for actor: Actor, _ site: Site, _ words: Words) -> [Link] {
        site.installation.handlesRights(actor) ? [Link(words.texts("rights.handled.title"), .handledRequests)] : []
    }

    // MARK: The list

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let rows = try await site.installation.rightsWaiting(for: try context.signedIn)
        let words = site.words(context)
        let texts = words.texts
        var groups: [HandledRequestsPage.Group] = []
        let kinds: [(String, (RightsRow) -> Bool)] = [
            ("late", { $0.state == .running && $0.due < words.today }),
            ("running", { $0.state == .running && $0.due >= words.today }), ("telling", { $0.state == .telling }),
        ]
        for (key, fits) in kinds {
            var shown: [HandledRequestsPage.Row] = []
            for row in rows.filter(fits) { shown.append(try await self.row(row, words)) }
            guard !shown.isEmpty else { continue }
            groups.append(
                HandledRequestsPage.Group(title: texts("rights.handled.group.\(key)"), late: key == "late", rows: shown))
        }
        let page = HandledRequestsPage(
            title: texts("rights.handled.title"), lead: texts("rights.handled.lead"), groups: groups)
        return try await site.show(page, request, context, .work)
    }

    private func row(_ row: RightsRow, _ words: Words) async throws -> HandledRequestsPage.Row {
        let school = try await site.installation.names.organisation(row.school)?.name ?? ""
        return HandledRequestsPage.Row(
            label: "\(words.keyed(row.dossier)): \(words.title(row.right))",
            href: Address.handledRequest(row.dossier.rawValue, row.request.rawValue).path,
            note: [school, words.texts("rights.handled.asked", ["day": words.format.plainDay(row.asked)])]
                .filter { !$0.isEmpty }.joined(separator: ", "),
            chip: words.chip(row))
    }

    // MARK: One request

    /// What is pressed.
    private enum Press: String, CaseIterable {
        case correct, decide, prolong, lift, tell, further

        var done: String { "verzoek-\(Self.dones[self] ?? "")" }
        /// Whether the family reads what came of it.
        var isRead: Bool { [.decide, .prolong, .lift].contains(self) }
        private static let dones: [Press: String] = [
            .correct: "verbeterd", .decide: "beantwoord", .prolong: "verlengd", .lift: "opgeheven", .tell: "verteld",
            .further: "bijgeschreven",
        ]
    }

    func handled(_ context: SiteContext) async throws -> HandledRequest {
        try await site.installation.handled(try requestID(context), of: try context.dossierID, as: try context.signedIn)
    }

    func requestID(_ context: SiteContext) throws -> RightsRequestID { RightsRequestID(try context.parameter("request")) }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await page(try await handled(context), request, context)
    }

    private func page(
        _ handled: HandledRequest, _ request: Request, _ context: SiteContext,
        refused: (press: Press, reasons: [Refusal])? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let texts = words.texts
        let one = handled.request
        let id = handled.dossier.id.rawValue
        let chosen = request.asked(Self.part) ?? context.form[Self.part]
        let part = correctable(handled, chosen)
        // What was typed stays, also when it can no longer be written down here.
        var presses = presses(handled, part, words.today)
        var kept: Press?
        if let press = refused?.press, press != .tell, !presses.contains(press) {
            presses.append(press)
            kept = press
        }
        let recipients = handled.dossier.recipients(of: one)
        let names = try await site.installation.names.people(recipients.people)
        var told = recipients.people.map { names[$0] ?? texts("somebody") }
        for school in recipients.schools { told.append(try await site.installation.names.organisation(school)?.name ?? "") }
        let writers = try await site.installation.names.people(one.writers)
        var facts = words.facts(one, in: handled.dossier, names: writers) + words.answer(one)
        if !told.isEmpty {
            facts.append(
                Fact(
                    texts("rights.fact.recipients"), lines: told,
                    note: one.told.map { texts("rights.fact.toldOn", ["day": words.format.plainDay($0.at.day)]) }))
        }
        let acts = presses.map { press in
            let reasons = refused.map { $0.press == press ? $0.reasons : [] } ?? []
            let sent = refused?.press == press ? context.form : PostedForm()
            return HandledRequestPage.Act(
                title: title(press, part, handled, words),
                text: press == kept ? texts("form.kept") : text(press, handled, words),
                form: Form(
                    action: Address.handledRequest(id, one.id.rawValue).path,
                    button: texts("rights.act.\(press.rawValue).button"), scope: press.rawValue,
                    fields: [FormField(name: "act", label: "", kind: .hidden, value: press.rawValue)]
                        + fields(press, part, handled, sent, reasons, words), problems: words.problems(reasons)))
        }
        let files = HandingOverRoutes.links(handled, words)
        let lost = refused.map { presses.contains($0.press) ? [] : words.problems($0.reasons) } ?? []
        let page = HandledRequestPage(
            title: "\(words.keyed(handled.dossier.id)): \(words.title(one.right))",
            lead: texts("rights.right.\(one.right.rawValue).handling", ["source": handled.rule.law.sources[one.right] ?? ""]),
            back: Link(texts("rights.handled.title"), .handledRequests), chip: words.chip(one), facts: facts,
            places: places(handled, words), parts: parts(handled, words),
            onPaper: handled.dossier.isAnsweredOnPaper(one) ? texts("recording.onPaper.notice") : nil, files: files,
            filesNote: handled.copyToHandOver(on: words.today).map {
                texts("recording.onPaper.until", ["day": words.format.plainDay($0.until)])
            }, problems: lost, acts: acts, quiet: acts.isEmpty && files.isEmpty ? texts("rights.handled.nothing") : nil)
        return try await site.show(page, request, context, .work, status: refused == nil ? .ok : .unprocessableContent)
    }

    /// To what it is about, which opens because of it, while it runs.
    private func places(_ handled: HandledRequest, _ words: Words) -> [Link] {
        let id = handled.dossier.id.rawValue
        guard handled.request.isRunning else { return [] }
        if handled.request.right.isAnsweredByCopy {
            return [Link(words.texts("rights.handled.preview"), .handledCopy(id, handled.request.id.rawValue))]
        }
        return switch handled.request.asked.subject {
        case .all: [Link(words.texts("rights.handled.dossier"), .dossier(id))]
        case .part(let part): [Link(words.texts("rights.handled.place"), .growthPart(id, part))]
        case .document: [Link(words.texts("rights.handled.place"), .documents(id))]
        }
    }

    /// What is pressed; of a correction in a part that was chosen also which.
    private func title(_ press: Press, _ part: PlanRules.Groeidocument.Part?, _ handled: HandledRequest, _ words: Words) -> String
    {
        let title = words.texts("rights.act.\(press.rawValue).title")
        guard press == .correct, handled.request.asked.subject == .all, let part else { return title }
        return "\(title): \(part.title[words.language])"
    }

    /// To each part in which something can be mended, of a correction that is about everything.
    private func parts(_ handled: HandledRequest, _ words: Words) -> [Link] {
        let one = handled.request
        guard one.isRunning, one.right == .correction, one.asked.subject == .all else { return [] }
        let path = Address.handledRequest(handled.dossier.id.rawValue, one.id.rawValue).path
        return words.rules.groeidocument.parts.map {
            Link($0.title[words.language], "\(path)?\(Self.part)=\($0.id)")
        }
    }

    private func presses(
        _ handled: HandledRequest, _ part: PlanRules.Groeidocument.Part?, _ today: Day
    ) -> [Press] {
        let one = handled.request
        var presses: [Press] = []
        if one.isRunning {
            if one.right == .correction, part != nil { presses.append(.correct) }
            presses.append(.decide)
            if one.mayBeProlonged(on: today) { presses.append(.prolong) }
            if handled.dossier.isFollowedOnPaper(one) { presses.append(.further) }
        } else {
            if handled.dossier.mustTell(of: one) { presses.append(.tell) }
            if one.restricts(on: today), one.lifting == nil { presses.append(.lift) }
        }
        return presses
    }

    /// The field that says in which part something is mended, in the form and in an address.
    private static let part = "deel"

    /// The part in which answers can be mended here: the one that the request is about, or of everything the one that was chosen.
    private func correctable(_ handled: HandledRequest, _ chosen: String?) -> PlanRules.Groeidocument.Part? {
        switch handled.request.asked.subject {
        case .part(let part): site.installation.rules.part(part)
        case .all: chosen.flatMap { site.installation.rules.part($0) }
        case .document: nil
        }
    }

    private func text(_ press: Press, _ handled: HandledRequest, _ words: Words) -> String {
        let one = handled.request
        let latest = handled.rule.law.term(on: one.on)?.latest(askedOn: one.on, words.rules.holidays)
        if press == .decide, handled.dossier.isAnsweredOnPaper(one) {
            return words.texts(one.right.isAnsweredByCopy ? "recording.onPaper.copy" : "recording.onPaper.decide")
        }
        return words.texts(
            press == .decide && one.right.isAnsweredByCopy ? "rights.act.decide.copyText" : "rights.act.\(press.rawValue).text",
            ["day": words.format.plainDay(latest ?? one.due), "due": words.format.plainDay(one.asked.due)])
    }

    private func fields(
        _ press: Press, _ part: PlanRules.Groeidocument.Part?, _ handled: HandledRequest, _ sent: PostedForm,
        _ reasons: [Refusal], _ words: Words
    ) -> [FormField] {
        let texts = words.texts
        var fields: [FormField]
        switch press {
        case .tell: fields = []
        case .further:
            fields = [
                RecordingForms.way(sent, texts, "further"),
                RecordingForms.received(sent, texts, "further", from: handled.request.on, through: words.today),
                FormField(
                    name: "words", label: texts("recording.form.words"), kind: .paragraph, value: sent["words"], rows: 4),
                FormField(
                    name: Self.withdraws, label: texts("recording.further.withdraws"), kind: .tick, value: sent[Self.withdraws]),
            ]
        case .prolong:
            fields = [FormField(name: "reason", label: texts("rights.form.reason"), kind: .text, value: sent["reason"])]
        case .lift:
            fields = [
                FormField(
                    name: "on", label: texts("rights.form.on"), kind: .date, value: sent["on"],
                    least: words.today.adding(days: 1).description),
                FormField(name: "reason", label: texts("rights.form.reason"), kind: .text, value: sent["reason"]),
            ]
        case .decide:
            fields = [
                FormField(
                    name: "outcome", label: texts("rights.form.outcome"), kind: .choice, value: sent["outcome"],
                    options: RightsRequest.Outcome.allCases.map {
                        FormOption(
                            $0.rawValue, texts("rights.outcome.\($0.rawValue)"), selected: sent["outcome"] == $0.rawValue)
                    }),
                FormField(
                    name: "ground", label: texts("rights.form.ground"), kind: .select, value: sent["ground"],
                    options: [FormOption("", texts("rights.form.noGround"), selected: sent["ground"].isEmpty)]
                        + handled.rule.law.grounds(for: handled.request.right).map {
                            FormOption(
                                $0.source, "\($0.title[words.language]) (\($0.source))", selected: sent["ground"] == $0.source)
                        }, hint: texts("rights.form.groundHint"), required: false),
                FormField(
                    name: "reason", label: texts("rights.form.decisionReason"), kind: .paragraph, value: sent["reason"],
                    hint: texts("rights.form.decisionReasonHint"), required: false, rows: 4),
                // What is decided is what was read: the copy is made of the dossier as it stands now.
                FormField(name: "version", label: "", kind: .hidden, value: String(handled.dossier.version)),
            ]
        case .correct:
            fields = [FormField(name: Self.part, label: "", kind: .hidden, value: part?.id ?? "")]
            fields += (part?.fields ?? []).compactMap { id in
                guard let field = words.rules.fields[id], field.kind == .text || field.kind == .paragraph else { return nil }
                // Once it is answered the part is closed: what was typed stays, and what stands there is not shown.
                guard handled.request.isRunning || sent.fields[id] != nil else { return nil }
                let known = handled.request.isRunning ? handled.dossier.known[id] : nil
                var asked = FormField(
                    name: id, label: field.title[words.language], kind: field.kind == .text ? .text : .paragraph,
                    value: sent.fields[id]?.first ?? known?.answer.text ?? "", required: false)
                asked.revision = sent.fields["\(id).revision"]?.first ?? String(known?.revision ?? 0)
                return asked
            }
        }
        for index in fields.indices { fields[index].error = words.error(fields[index].name, reasons) }
        return fields
    }

    /// The field that says that a guardian takes a request back.
    private static let withdraws = "withdraws"

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        guard let press = Press(rawValue: context.form["act"]) else { throw NotFound() }
        let handled: HandledRequest
        do {
            handled = try await site.installation.glance(try requestID(context), of: try context.dossierID, as: actor)
        } catch let gone as NotFound {
            // A second press that took a request back finds none.
            guard press == .further,
                try await site.installation.tookBack(
                    try requestID(context), of: try context.dossierID, saying: context.form["words"].trimmed, as: actor)
            else { throw gone }
            return site.redirect(.handledRequests, done: "verzoek-teruggenomen")
        }
        let one = handled.request
        let endsIt = press == .decide || press == .further && context.form[Self.withdraws] == "yes"
        if endsIt, let check = try await OwnerCheck(site: site).first(.decide, request, context) { return check }
        do {
            let command = try await command(press, handled, context)
            let id = handled.dossier.id
            let dossier =
                if case .decide(let decided) = command {
                    try await site.installation.answer(
                        decided, in: id, basedOn: Int(context.form["version"]) ?? handled.dossier.version, as: actor)
                } else { try await site.installation.perform(.rights(command), on: id, as: actor) }
            let asker = dossier.asker(of: one)
            if press != .tell, dossier.version > handled.dossier.version, let asker {
                site.tell([.rightsAnswered(asker)], of: dossier)
            }
            // What was taken back is nobody's to handle any more; whoever wrote the request down hears of it.
            if let over = dossier.request(one.id), over.withdrawn != nil {
                site.tell([over.recordedBy].compactMap { $0.map(Notice.rightsTakenBack) }, of: dossier)
                return site.redirect(.handledRequests, done: "verzoek-teruggenomen")
            }
            return site.redirect(
                .handledRequest(handled.dossier.id.rawValue, one.id.rawValue),
                done: asker == nil && press.isRead ? "verzoek-op-papier" : press.done)
        } catch let refused as Refused {
            guard !refused.reasons.contains(where: { $0.code == .notAllowed }) else { throw refused }
            return try await page(try await self.handled(context), request, context, refused: (press, refused.reasons))
        }
    }

    private func command(_ press: Press, _ handled: HandledRequest, _ context: SiteContext) async throws -> RightsCommand {
        let form = context.form
        let one = handled.request
        let reason = form["reason"].trimmed
        switch press {
        case .tell: return .tell(one.id)
        case .further:
            let received: RightsRequest.Received
            do { received = try RecordingForms.received(form) } catch {
                let missing = form["words"].trimmed.isEmpty ? [Refusal(.required, field: "words")] : []
                throw Refused(error.reasons + missing)
            }
            return .further(
                .init(
                    id: one.id, words: form["words"].trimmed, received: received, withdraws: form[Self.withdraws] == "yes"))
        case .prolong: return .prolong(one.id, reason: reason)
        case .lift:
            guard let day = Day(form["on"].trimmed) else {
                throw Refused(form["on"].trimmed.isEmpty ? .required : .notADay, field: "on")
            }
            return .lift(.init(id: one.id, on: day, reason: reason))
        case .correct:
            guard let part = correctable(handled, form[Self.part]) else { throw Refused(.notAllowed) }
            var answers: Answers = [:]
            var basedOn: [String: Int] = [:]
            for id in part.fields {
                guard let field = site.installation.rules.fields[id], let answer = form.answer(id, severalFor: field.kind) else {
                    continue
                }
                answers[id] = answer
                basedOn[id] = Int(form["\(id).revision"])
            }
            return .correct(.init(id: one.id, write: .init(part: part.id, answers: answers, basedOn: basedOn)))
        case .decide:
            guard let outcome = RightsRequest.Outcome(rawValue: form["outcome"]) else {
                throw Refused(.required, field: "outcome")
            }
            let ground = outcome == .granted || form["ground"].isEmpty ? nil : form["ground"]
            func decided(_ copy: RightsRequest.Copy?) -> RightsRequest.Decided {
                .init(id: one.id, outcome: outcome, reason: reason, ground: ground, copy: copy)
            }
            guard one.right.isAnsweredByCopy, outcome != .refused, one.isRunning else { return .decide(decided(nil)) }
            // No copy is made for a decision that cannot stand.
            let problems = one.problems(with: decided(nil), handled.rule.law)
            guard problems.isEmpty else { throw Refused(problems) }
            var copies: [Language: FamilyCopy] = [:]
            for language in Language.allCases {
                let words = Words(site.face.texts(language), site.installation.rules, today: site.installation.today)
                copies[language] = try await site.copy(for: handled, words)
            }
            return .decide(
                decided(try await site.installation.keepCopy(try KeptCopy(copies).data(), of: handled.dossier.id)))
        }
    }
}
