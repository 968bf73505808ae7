import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

// The copy that answers a request, before it goes: what is about others is left out, passage by passage.

extension HandlingRoutes {
    func preview(_ request: Request, _ context: SiteContext) async throws -> Response {
        let handled = try await handled(context)
        guard handled.request.isRunning, handled.request.right.isAnsweredByCopy else { throw NotFound() }
        return try await previewPage(handled, request, context)
    }

    /// Parts of a copy of which something can be about somebody else.
    private static let told: Set<String> = [
        "request", "family", "agreements", "growth", "versions", "documents", "procedures", "decisions", "readers", "rights",
    ]

    private func previewPage(
        _ handled: HandledRequest, _ request: Request, _ context: SiteContext,
        refused: (place: String, reasons: [Refusal])? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let texts = words.texts
        let id = handled.dossier.id.rawValue
        let action = Address.handledCopy(id, handled.request.id.rawValue).path
        let copy = try await site.copy(for: handled, words, preparedBy: try context.signedIn)
        let leftOut = handled.request.shields.enumerated().map { index, shield in
            CopyPreviewPage.LeftOut(
                what: shield.words ?? texts("rights.preview.whole", ["what": title(of: shield.place, in: copy)]),
                reason: shield.reason,
                form: Form(
                    action: action, button: texts("rights.preview.back"), scope: "back-\(index)",
                    fields: [
                        ("terug", "1"), ("place", shield.place), ("words", shield.words ?? ""), ("reason", shield.reason),
                    ].map { FormField(name: $0.0, label: "", kind: .hidden, value: $0.1) }))
        }
        var number = 0
        let sections = copy.sections.map { section in
            CopyPreviewPage.Section(
                title: section.title, lead: section.lead,
                passages: section.passages.map { passage in
                    number += 1
                    let reasons = refused.map { $0.place == passage.place ? $0.reasons : [] } ?? []
                    let sent = reasons.isEmpty ? PostedForm() : context.form
                    var fields = [
                        FormField(name: "place", label: "", kind: .hidden, value: passage.place),
                        FormField(
                            name: "words", label: texts("rights.preview.words"), kind: .text, value: sent["words"],
                            hint: texts("rights.preview.wordsHint"), required: false),
                        FormField(
                            name: "reason", label: texts("rights.preview.reason"), kind: .text, value: sent["reason"],
                            hint: texts("rights.preview.reasonHint")),
                    ]
                    for index in fields.indices { fields[index].error = words.error(fields[index].name, reasons) }
                    return CopyPreviewPage.Passage(
                        title: passage.title, lines: passage.lines, note: passage.note, leftOut: passage.leftOut,
                        form: Self.told.contains(section.key)
                            ? Form(
                                action: action, button: texts("rights.preview.button"), scope: "p\(number)", fields: fields,
                                problems: words.problems(reasons)) : nil)
                })
        }
        let page = CopyPreviewPage(
            title: texts("rights.preview.title"), lead: texts("rights.preview.lead"),
            back: Link(
                "\(words.keyed(handled.dossier.id)): \(words.title(handled.request.right))",
                .handledRequest(id, handled.request.id.rawValue)),
            problems: refused.map { refused in
                copy.sections.joinedPassages.contains { $0.place == refused.place } ? [] : words.problems(refused.reasons)
            } ?? [], leftOut: leftOut, sections: sections)
        return try await site.show(page, request, context, .work, status: refused == nil ? .ok : .unprocessableContent)
    }

    private func title(of place: String, in copy: FamilyCopy) -> String {
        copy.sections.joinedPassages.first { $0.place == place }?.title ?? place
    }

    func shield(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let handled = try await site.installation.glance(try requestID(context), of: try context.dossierID, as: actor)
        let one = handled.request
        guard one.isRunning, one.right.isAnsweredByCopy else { throw NotFound() }
        let form = context.form
        let place = form["place"]
        let shield = RightsRequest.Shield(
            place: place, words: form["words"].trimmed.nilWhenEmpty, reason: form["reason"].trimmed)
        do {
            let command: RightsCommand
            if form["terug"].isEmpty {
                try await expectThere(shield, handled, site.words(context), actor)
                command = .shield(one.id, shield)
            } else {
                command = .unshield(one.id, shield)
            }
            _ = try await site.installation.perform(.rights(command), on: handled.dossier.id, as: actor)
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            return try await previewPage(
                try await self.handled(context), request, context, refused: (place, refused.reasons))
        }
        return site.redirect(.handledCopy(handled.dossier.id.rawValue, one.id.rawValue), done: "verzoek-weggelaten")
    }

    /// - Throws: `NotFound` for a passage that is not in the copy, `Refused` for words that do not stand in it.
    private func expectThere(
        _ shield: RightsRequest.Shield, _ handled: HandledRequest, _ words: Words, _ actor: Actor
    ) async throws {
        let whole = try await site.wholeCopy(for: handled, words, preparedBy: actor)
        guard let passage = whole.sections.joinedPassages.first(where: { $0.place == shield.place }) else { throw NotFound() }
        let texts = [passage.title] + passage.lines + [passage.note ?? ""]
        if let hidden = shield.words, !texts.contains(where: { $0.range(of: hidden, options: .caseInsensitive) != nil }) {
            throw Refused(.notThere, field: "words")
        }
    }
}

extension [FamilyCopy.Section] {
    /// The passages of all sections.
    var joinedPassages: [FamilyCopy.Passage] { flatMap(\.passages) }
}
