import Domain
import Hummingbird
import UseCases

/// Somebody who is away, and who takes their place.
extension AdministrationRoutes {
    func replaceForm(
        _ person: Person, name: String, _ keeper: Keeper, _ context: SiteContext, _ words: Words, _ refused: [Refusal]
    ) async throws -> PersonPage.Replace? {
        let texts = words.texts
        let own = person.functions.filter { grant in
            grant.held.isHeld(on: words.today) && grant.held.replaces == nil && grant.held.function != Person.administrator
                && keeper.reach.covers(grant.held.organisation)
        }
        guard !own.isEmpty else { return nil }
        // What was typed in the other form of the page is not shown here.
        func sent(_ field: String) -> String { refused.isEmpty ? "" : context.form[field] }
        var titles: [FormOption] = []
        for grant in own {
            let place = try await site.place(grant.held.organisation, inShort: true)
            titles.append(
                FormOption(grant.id, "\(words.function(grant.held.function)), \(place)", selected: grant.id == sent("grant")))
        }
        var function = FormField(name: "grant", label: texts("replacing.grant"), kind: .select, options: titles)
        if own.count == 1 { function = FormField(name: "grant", label: "", kind: .hidden, value: own[0].id) }
        function.error = words.error("grant", refused)
        var email = FormField(
            name: "email", label: texts("replacing.email"), kind: .email, value: sent("email"),
            hint: texts(keeper.reach == .everywhere ? "replacing.emailHint" : "replacing.emailHintAt"))
        email.error = words.error("email", refused)
        var from = FormField(
            name: "from", label: texts("person.from"), kind: .date,
            value: sent("from").isEmpty ? words.today.description : sent("from"))
        from.error = words.error("from", refused)
        var until = FormField(name: "until", label: texts("person.until"), kind: .date, value: sent("until"))
        until.error = words.error("until", refused)
        return PersonPage.Replace(
            lead: texts("replacing.lead", ["name": name]),
            form: Form(
                action: "\(Address.person(person.id.rawValue).path)/vervanging", button: texts("replacing.button"),
                scope: "vervanging", fields: [function, email, from, until], problems: words.problems(refused)))
    }

    func replace(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        let form = context.form
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        var problems: [Refusal] = []
        if form["email"].trimmed.isEmpty { problems.append(Refusal(.required, field: "email")) }
        let days = ["from", "until"].map { field -> Day? in
            let day = Day(form[field])
            if day == nil { problems.append(Refusal(form[field].isEmpty ? .required : .notADay, field: field)) }
            return day
        }
        do {
            guard problems.isEmpty, let from = days[0] else { throw Refused(problems) }
            _ = try await site.installation.replace(
                id, in: form["grant"], by: form["email"], from: from, until: days[1], as: keeper.actor)
            return site.redirect(.person(id.rawValue), done: "vervangen")
        } catch let refused as Refused {
            return try await personPage(id, keeper, request, context, notReplaced: refused.reasons)
        }
    }
}
