import Domain
import Foundation
import HTTPTypes
import Hummingbird
import UseCases

/// Locked versions of the groeidocument: to read, to print, to sign, and to compare with another or with now.
struct GrowthVersionRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        let growth = pages.group("/leerlingen/:dossier/groeidocument")
        growth.get("/vergelijk", use: compare)
        growth.get("/versies/:number", use: show)
        growth.get("/versies/:number/ondertekenen", use: askSign)
        growth.post("/versies/:number/ondertekenen", use: sign)
    }

    private func version(_ context: SiteContext, _ seen: SeenDossier) throws -> LockedVersion {
        guard let number = Int(try context.parameter("number")),
            let version = seen.dossier.versions.first(where: { $0.number == number })
        else { throw NotFound() }
        return version
    }

    // MARK: Reading

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.groeidocument], as: try context.signedIn)
        let version = try version(context, seen)
        // A version is read with the questions that were asked then.
        let rules = site.installation.shelf.inForce(on: version.at.day)
        let words = site.words(context, rules)
        let document = try await GrowthWords(words: words, seen: seen, names: site.names(inGrowthOf: seen))
        let id = seen.dossier.id.rawValue
        let parts = rules.groeidocument.parts.compactMap { part -> GrowthVersionPage.Part? in
            let fields = part.fields.compactMap { id -> FormField? in
                guard let field = rules.fields[id], let answer = version.answers[id], !answer.isEmpty else { return nil }
                var shown = FormField(
                    name: id, label: field.title[words.language], kind: .shown, value: words.answer(answer, to: field))
                shown.voice = field.voice.map { words.voice($0) }
                return shown
            }
            return fields.isEmpty ? nil : GrowthVersionPage.Part(title: part.title[words.language], fields: fields)
        }
        let mayRecord = seen.sight.may(.recordSignature) && !unsigned(version, seen, words).isEmpty
        let page = GrowthVersionPage(
            title: "\(rules.groeidocument.title[words.language]), \(document.title(version).lowercased())",
            frame: try await site.frame(seen, current: .growth, words), lead: document.locked(version),
            signatures: document.signatures(version), parts: parts,
            sign: signsOwn(version, seen) || mayRecord
                ? Link(
                    words.texts(signsOwn(version, seen) ? "growth.sign.link" : "growth.sign.recordLink"),
                    .growthSign(id, String(version.number))) : nil,
            compare: document.compare(version),
            statements: ([.all] + rules.groeidocument.parts.map { .part($0.id) }).flatMap { subject in
                words.statements(beside: subject, in: seen.dossier).map {
                    Fact(
                        words.texts("rights.statement.about", ["what": words.subject(subject, in: seen.dossier)]),
                        lines: $0.lines, note: $0.note)
                }
            })
        return try await site.show(page, request, context, .pupils)
    }

    // MARK: Signing

    /// Whether the reader can sign a version in their own name and has not done so.
    private func signsOwn(_ version: LockedVersion, _ seen: SeenDossier) -> Bool {
        guard seen.sight.may(.sign), let guardian = seen.ownGuardian else { return false }
        return !version.signatures.contains { $0.guardian == guardian.id }
    }

    /// How the school itself is called in the form.
    private static let school = "school"

    /// Who did not sign yet: guardians with authority without counting the reader, and the school.
    private func unsigned(_ version: LockedVersion, _ seen: SeenDossier, _ words: Words) -> [(key: String, name: String)] {
        var unsigned: [(key: String, name: String)] = []
        if !version.signatures.contains(where: { $0.guardian == nil }) {
            unsigned.append((Self.school, words.texts("growth.school")))
        }
        for guardian in seen.dossier.authorities
        where !version.signatures.contains(where: { $0.guardian == guardian.id }) && guardian.person != seen.actor.person {
            unsigned.append((guardian.id.rawValue, "\(guardian.name), \(words.relation(guardian))"))
        }
        return unsigned
    }

    private func askSign(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.groeidocument], as: try context.signedIn)
        return try await signPage(seen, try version(context, seen), request, context)
    }

    private func signPage(
        _ seen: SeenDossier, _ version: LockedVersion, _ request: Request, _ context: SiteContext, refused: [Refusal] = []
    ) async throws -> Response {
        guard seen.sight.may(.sign) || seen.sight.may(.recordSignature) else { throw Refused(.notAllowed) }
        let words = site.words(context, seen.rules)
        let document = try await GrowthWords(words: words, seen: seen, names: site.names(inGrowthOf: seen))
        let id = seen.dossier.id.rawValue
        let number = String(version.number)
        let own = signsOwn(version, seen)
        let unsigned = unsigned(version, seen, words)
        guard own || seen.sight.may(.recordSignature) && !unsigned.isEmpty else {
            return site.redirect(.growthVersion(id, number))
        }
        let page = ConfirmPage(
            title: words.texts(own ? "growth.sign.title" : "growth.sign.recordTitle", ["n": number]),
            frame: try await site.frame(seen, current: .growth, words),
            lead: words.texts(own ? "growth.sign.lead" : "growth.sign.recordLead"),
            facts: [Fact(document.title(version), document.locked(version))],
            consequences: own
                ? [words.texts("growth.sign.means"), words.texts("growth.sign.notAgree"), words.texts("growth.sign.stays")]
                : [words.texts("growth.sign.recordMeans"), words.texts("growth.sign.stays")],
            form: Form(
                action: Address.growthSign(id, number).path,
                button: words.texts(own ? "growth.sign.button" : "growth.sign.record"),
                fields: own ? [] : recordFields(unsigned, version, context.form, refused, words),
                problems: words.problems(refused),
                cancel: Link(words.texts("form.cancel"), .growthVersion(id, number))), isGrave: false)
        return try await site.show(page, request, context, .pupils, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    private func recordFields(
        _ unsigned: [(key: String, name: String)], _ version: LockedVersion, _ sent: PostedForm, _ refused: [Refusal],
        _ words: Words
    ) -> [FormField] {
        let who = sent["guardian"]
        var fields = [
            FormField(
                name: "guardian", label: words.texts("growth.sign.who"), kind: .choice, value: who,
                options: unsigned.map {
                    FormOption(
                        $0.key, $0.name, hint: $0.key == Self.school ? words.texts("growth.sign.school") : nil,
                        selected: $0.key == who)
                }),
            FormField(
                name: "on", label: words.texts("growth.sign.on"), kind: .date,
                value: sent.fields["on"]?.first ?? words.today.description, least: version.at.day.description,
                most: words.today.description),
        ]
        for index in fields.indices { fields[index].error = words.error(fields[index].name, refused) }
        return fields
    }

    private func sign(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let seen = try await site.installation.glance(try context.dossierID, as: actor)
        guard seen.sight.sees(.groeidocument) else { throw NotFound() }
        let version = try version(context, seen)
        guard seen.sight.may(.sign) || seen.sight.may(.recordSignature) else { throw Refused(.notAllowed) }
        if signsOwn(version, seen), let check = try await OwnerCheck(site: site).first(.sign, request, context) { return check }
        do {
            let signing = try read(context.form, version, seen)
            _ = try await site.installation.perform(.signVersion(signing), on: seen.dossier.id, as: actor)
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            return try await signPage(seen, version, request, context, refused: refused.reasons)
        }
        return site.redirect(.growthVersion(seen.dossier.id.rawValue, String(version.number)), done: "ondertekend")
    }

    /// Who signs and when, as typed: in one's own name there is nothing to type.
    private func read(
        _ form: PostedForm, _ version: LockedVersion, _ seen: SeenDossier
    ) throws -> DossierCommand.SignVersion {
        // Who is a guardian here and works at the school too says for whom it is; a guardian signs in no other name than their own.
        let says = seen.sight.may(.recordSignature) && !form["guardian"].isEmpty
        if seen.sight.may(.sign), let own = seen.ownGuardian, !says {
            return DossierCommand.SignVersion(number: version.number, guardian: own.id, way: .account, on: seen.today)
        }
        var unreadable: [Refusal] = []
        let who = SiteContext.key(form["guardian"])
        let on = Day(form["on"].trimmed)
        if who == nil { unreadable.append(Refusal(.required, field: "guardian")) }
        if on == nil { unreadable.append(Refusal(form["on"].trimmed.isEmpty ? .required : .notADay, field: "on")) }
        guard let who, let on else { throw Refused(unreadable) }
        return DossierCommand.SignVersion(
            number: version.number, guardian: who == Self.school ? nil : GuardianID(who), way: .paper, on: on)
    }

    // MARK: Comparing

    /// A text of the groeidocument at one moment: a locked version, or what is written now.
    private struct Side {
        let key: String
        let answers: (String) -> Answer?
    }

    private func compare(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.groeidocument], as: try context.signedIn)
        guard let last = seen.dossier.versions.last else { throw NotFound() }
        let from = try side(request.asked("van") ?? String(last.number), seen)
        let to = try side(request.asked("naar") ?? GrowthWords.now, seen)
        let words = site.words(context, seen.rules)
        let document = try await GrowthWords(words: words, seen: seen, names: site.names(inGrowthOf: seen))
        let parts = seen.rules.groeidocument.parts.compactMap { part -> GrowthComparePage.Part? in
            let fields = part.fields.compactMap { field(id: $0, from, to, document) }
            return fields.isEmpty ? nil : GrowthComparePage.Part(title: part.title[words.language], fields: fields)
        }
        let count = parts.reduce(0) { $0 + $1.fields.count }
        let page = GrowthComparePage(
            title: words.texts("compare.title"), frame: try await site.frame(seen, current: .growth, words),
            choice: document.choice(from: from.key, to: to.key) ?? Form(action: "", button: ""),
            summary: words.texts.count("growth.changedFields", count), parts: parts)
        return try await site.show(page, request, context, .pupils)
    }

    private func side(_ key: String, _ seen: SeenDossier) throws -> Side {
        if key == GrowthWords.now { return Side(key: key) { seen.dossier.known[$0]?.answer } }
        guard let number = Int(key), let version = seen.dossier.versions.first(where: { $0.number == number }) else {
            throw NotFound()
        }
        return Side(key: String(number)) { version.answers[$0] }
    }

    private func field(id: String, _ from: Side, _ to: Side, _ document: GrowthWords) -> GrowthComparePage.Field? {
        let words = document.words
        guard let field = words.rules.fields[id] else { return nil }
        func text(_ side: Side) -> String { side.answers(id).map { words.answer($0, to: field) } ?? "" }
        let (old, new) = (text(from), text(to))
        guard old != new else { return nil }
        let segments = TextDifference.pieces(from: old, to: new).map { piece in
            GrowthComparePage.Segment(
                piece.text, piece.change == .same ? .same : piece.change == .added ? .added : .removed)
        }
        let changed = to.key == GrowthWords.now ? document.changed(document.seen.dossier.known[id]) : nil
        return GrowthComparePage.Field(
            label: field.title[words.language], segments: segments,
            note: changed.map { words.texts("growth.changedBy", ["who": $0]) })
    }
}
