import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// What a guardian asked in a letter or said aloud, written down by somebody of the school so that its term counts.
struct RecordingRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.recordRequest(":dossier").path), use: show)
        pages.post(RouterPath(Address.recordRequest(":dossier").path), use: record)
    }

    /// The dossier for somebody who may write down what a guardian of it asks.
    private func recordable(_ context: SiteContext) async throws -> SeenDossier {
        let seen = try await site.installation.glance(try context.dossierID, as: try context.signedIn)
        guard seen.sight.sees(.family), seen.rules.rights != nil else { throw NotFound() }
        guard seen.mayRecordRequests else { throw Refused(.notAllowed) }
        return seen
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await page(try await recordable(context), request, context)
    }

    private func page(
        _ glanced: SeenDossier, _ request: Request, _ context: SiteContext, refused: [Refusal] = []
    ) async throws -> Response {
        let seen = try await site.installation.see(glanced.dossier.id, [.child, .family], as: glanced.actor)
        let words = site.words(context, seen.rules)
        let texts = words.texts
        let recorded = seen.dossier.rights.filter { $0.recordedBy != nil }.reversed()
        let names = try await site.installation.names.people(recorded.reduce(into: Set()) { $0.formUnion($1.writers) })
        let forms = RecordingForms(
            words: words, seen: seen, sent: context.form, key: site.keyField(), refused: refused,
            guardian: request.asked(RecordingForms.guardian))
        let page = RecordRequestPage(
            title: texts("recording.title"), frame: try await site.frame(seen, current: .family, words),
            lead: words.recordingLead,
            rows: recorded.map { one in
                RecordRequestPage.Row(
                    label: words.title(one.right),
                    note: texts(
                        "recording.row",
                        [
                            "guardian": words.guardian(of: one, in: seen.dossier),
                            "way": words.texts("recording.way.\(one.asked.received?.way.rawValue ?? "")"),
                            "day": words.format.plainDay(one.on),
                            "who": one.recordedBy.flatMap { names[$0] } ?? texts("somebody"),
                        ]) + (words.withdrawn(one, names).map { ". \($0)" } ?? ""),
                    // What came of it is between the family and whoever handles it.
                    chip: one.decided == nil ? words.chip(one) : Chip(texts("recording.answered"), .ok))
            }, form: forms.form)
        return try await site.show(page, request, context, .pupils, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    private func record(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await recordable(context)
        let form = context.form
        let id = RightsRequestID(
            site.installation.key(of: form[PostedForm.key], for: "rights/\(seen.dossier.id)", by: seen.actor.person))
        do {
            let command = try command(form, id)
            let isNew = seen.dossier.request(id) == nil
            let dossier = try await site.installation.perform(.rights(command), on: seen.dossier.id, as: seen.actor)
            if isNew, let recorded = dossier.request(id) {
                // A guardian with an account hears of what stands there in their name.
                site.tell(
                    [.rightsAsked] + [dossier.asker(of: recorded)].compactMap { $0.map(Notice.rightsRecorded) }, of: dossier)
            }
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.code != .notAllowed }) {
            return try await page(seen, request, context, refused: refused.reasons)
        }
        return site.redirect(.recordRequest(seen.dossier.id.rawValue), done: "verzoek-vastgelegd")
    }

    /// - Throws: `Refused` with everything that was not filled in.
    private func command(_ form: PostedForm, _ id: RightsRequestID) throws(Refused) -> RightsCommand {
        var unreadable: [Refusal] = []
        let guardian = SiteContext.key(form[RecordingForms.guardian])
        if guardian == nil { unreadable.append(Refusal(.required, field: RecordingForms.guardian)) }
        var received: RightsRequest.Received?
        do { received = try RecordingForms.received(form) } catch { unreadable += error.reasons }
        let right = Right(rawValue: form["right"])
        if right == nil { unreadable.append(Refusal(.required, field: "right")) }
        let subject = RightsRequest.Subject(form["subject"])
        if subject == nil { unreadable.append(Refusal(.notAnOption, field: "subject")) }
        if form["words"].trimmed.isEmpty { unreadable.append(Refusal(.required, field: "words")) }
        guard unreadable.isEmpty, let guardian, let received, let right, let subject else { throw Refused(unreadable) }
        return .record(
            .init(
                id: id, right: right, subject: subject, words: form["words"].trimmed, childView: form["child-view"].trimmed,
                childAsks: form["child-asks"] == "yes"),
            of: GuardianID(guardian), received)
    }
}

extension SeenDossier {
    /// Whether this reader may write down what a guardian asks with the rights of the family: not for their own family.
    var mayRecordRequests: Bool {
        rules.rights != nil && sight.sees(.child) && sight.sees(.family) && sight.may(.recordAgreement)
            && !dossier.isGuardian(actor.person) && !dossier.authorities.isEmpty
    }
}

extension Words {
    /// Why it is written down, and within which term there is an answer.
    var recordingLead: String {
        let term = rules.rights?.law.term(on: today)
        return texts(
            "recording.lead", ["answer": term.map { period($0.answer) } ?? "", "source": term?.source ?? ""])
    }
}
