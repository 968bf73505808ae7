import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Correcting what is known of a child, and who at school is named for it.
struct ChildRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/leerlingen/:dossier/gegevens", use: show)
        pages.post("/leerlingen/:dossier/gegevens", use: correct)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.child], as: try context.signedIn)
        return try await page(seen, request, context)
    }

    private func page(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, sent: PostedForm? = nil, refused: [Refusal] = []
    ) async throws -> Response {
        guard let child = seen.dossier.child else { throw NotFound() }
        guard seen.sight.may(.correctChild) || seen.sight.may(.namePeople) else { throw Refused(.notAllowed) }
        let words = site.words(context, seen.rules)
        let id = seen.dossier.id.rawValue
        let before = try await site.before(sent, seen.dossier)
        let edited = EditedForm(
            words: words, dossier: seen.dossier, sent: sent, refused: refused,
            changedBy: try await site.last(["child.corrected"], in: seen, words))
        var fields = [edited.field]
        if seen.sight.may(.correctChild) {
            let was = values(before.child ?? child)
            let now = values(child)
            func value(_ name: String) -> String { edited.value(name, before: was[name] ?? "", now: now[name] ?? "") }
            let asked = words.childFields(
                given: value("given-name"), family: value("family-name"), born: value("born"), group: value("group"), refused)
            fields += edited.settled(asked, now: now)
        }
        if seen.sight.may(.namePeople) { fields += try await peopleFields(seen, sent, refused, words) }
        let page = DossierFormPage(
            title: words.texts("dossierForm.title.correct"), lead: words.texts("dossierForm.correctLead"),
            frame: try await site.frame(seen, current: nil, words),
            form: Form(
                action: Address.childData(id).path, button: words.texts("form.save"), fields: fields,
                problems: words.problems(refused), cancel: Link(words.texts("form.cancel"), .dossier(id))), guardians: [],
            blank: nil, alike: [])
        let status: HTTPResponse.Status =
            refused.isEmpty ? .ok : edited.hasClashes ? .conflict : .unprocessableContent
        return try await site.show(page, request, context, .pupils, status: status)
    }

    /// What is known of a child as its form holds it.
    private func values(_ child: Child) -> [String: String] {
        [
            "given-name": child.givenName, "family-name": child.familyName, "born": child.born.description,
            "group": child.group,
        ]
    }

    /// One question for each function by which the dossier can name people; whoever is named stays to choose.
    private func peopleFields(
        _ seen: SeenDossier, _ sent: PostedForm?, _ refused: [Refusal], _ words: Words
    ) async throws -> [FormField] {
        guard let school = seen.dossier.school else { return [] }
        let nameable = try await site.installation.nameable(at: school, seen.rules)
        return try await seen.rules.namedFunctions.asyncMap { function in
            let named = seen.dossier.named.filter { $0.function == function.id }.map(\.person)
            let names = try await site.installation.names.people(named)
            var people = (nameable[function.id] ?? []).map { (id: $0.person, name: $0.name) }
            people += named.filter { id in !people.contains { $0.id == id } }.map { (id: $0, name: names[$0] ?? "") }
            let chosen = sent.map { Set($0.values(function.id)) } ?? Set(named.map(\.rawValue))
            var field = FormField(
                name: function.id, label: function.title[words.language], kind: .choices,
                options: people.map { FormOption($0.id.rawValue, $0.name, selected: chosen.contains($0.id.rawValue)) })
            field.why = words.texts("dossierForm.personWhy")
            field.required = false
            field.error = words.error(function.id, refused)
            return field
        }.filter { !$0.options.isEmpty }
    }

    private func correct(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let id = try context.dossierID
        let seen = try await site.installation.glance(id, as: actor)
        guard seen.sight.sees(.child) else { throw NotFound() }
        guard seen.sight.may(.correctChild) || seen.sight.may(.namePeople) else { throw Refused(.notAllowed) }
        let form = context.form
        let before = try await site.before(form, seen.dossier)
        do {
            // What was asked says what is carried out; whether it still may be is for the rules, or it would be gone without a word.
            if form.fields["given-name"] != nil {
                guard let born = Day(form["born"].trimmed) else {
                    throw Refused(form["born"].trimmed.isEmpty ? .required : .notADay, field: "born")
                }
                let child = Child(
                    givenName: form["given-name"].trimmed, familyName: form["family-name"].trimmed, born: born,
                    group: form["group"])
                _ = try await site.installation.correct(child, since: before, as: actor)
            }
            if seen.sight.may(.namePeople) { try await name(form, seen, since: before) }
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            if refused.reasons.contains(where: { $0.code == .fieldChangedMeanwhile }) {
                // What somebody else wrote is shown beside one's own, so this is a reading as well.
                let now = try await site.installation.see(id, [.child], as: actor)
                return try await page(now, request, context, sent: form, refused: refused.reasons)
            }
            return try await page(seen, request, context, sent: form, refused: refused.reasons)
        }
        return site.redirect(.dossier(id.rawValue), done: "gegevens-verbeterd")
    }

    /// Names who was ticked and takes away who was unticked; whom somebody else named meanwhile stays.
    private func name(_ form: PostedForm, _ seen: SeenDossier, since before: Dossier) async throws {
        for function in seen.rules.namedFunctions {
            let now = Set(before.named.filter { $0.function == function.id }.map(\.person))
            let wanted = Set(form.values(function.id).filter { !$0.isEmpty }.map { PersonID($0) })
            for person in wanted.subtracting(now).sorted() {
                let named = NamedPerson(person: person, function: function.id)
                _ = try await site.installation.perform(.namePerson(named), on: seen.dossier.id, as: seen.actor)
            }
            for person in now.subtracting(wanted).sorted() {
                let named = NamedPerson(person: person, function: function.id)
                _ = try await site.installation.perform(.unnamePerson(named), on: seen.dossier.id, as: seen.actor)
            }
        }
    }
}

extension Sequence {
    /// The elements turned into others one after the other.
    func asyncMap<Result>(_ change: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await change(element)) }
        return results
    }
}
