import Domain
import Hummingbird
import Journal
import UseCases

/// Giving somebody a function, and ending one.
extension AdministrationRoutes {
    /// Which function, where and how long: of those that this administrator gives.
    func functionFields(_ keeper: Keeper, _ context: SiteContext, _ words: Words) async throws -> [FormField] {
        let texts = words.texts
        let sent = context.form
        func choose(_ name: String, _ label: String, _ options: [(id: String, title: String)]) -> FormField {
            FormField(
                name: name, label: texts(label), kind: .select, value: sent[name],
                options: [FormOption("", texts("form.choose"), selected: sent[name].isEmpty)]
                    + options.map { FormOption($0.id, $0.title, selected: $0.id == sent[name]) })
        }
        var functions = words.rules.functions.filter { rule in
            (rule.place == .school || rule.place == .partnership) && keeper.reach.gives(rule.id, words.rules)
        }.map { (id: $0.id, title: $0.title[words.language]) }
        if keeper.reach == .everywhere { functions.append((Person.administrator, words.function(Person.administrator))) }
        let places = try await places(keeper.reach)
        let disciplines = words.rules.disciplines.filter { discipline in
            words.rules.functions.contains { rule in
                rule.disciplines.contains(discipline.id) && keeper.reach.gives(rule.id, words.rules)
            }
        }
        var discipline = choose(
            "discipline", "person.discipline", disciplines.map { ($0.id, $0.title[words.language]) })
        discipline.required = false
        let from = FormField(
            name: "from", label: texts("person.from"), kind: .date,
            value: sent["from"].isEmpty ? words.today.description : sent["from"])
        var until = FormField(name: "until", label: texts("person.until"), kind: .date, value: sent["until"])
        until.required = false
        // At one school there is nothing to choose.
        let place =
            places.count == 1
            ? FormField(name: "organisation", label: "", kind: .hidden, value: places[0].id)
            : choose("organisation", "person.organisation", places)
        return [choose("function", "person.function", functions), place] + (disciplines.isEmpty ? [] : [discipline])
            + [from, until]
    }

    private func places(_ reach: AdministrationReach) async throws -> [(id: String, title: String)] {
        guard case .at(let places) = reach else {
            // The partnership itself first: most functions that are given here are held there.
            return try await site.installation.names.organisations()
                .sorted { $0.id == .partnership && $1.id != .partnership }.map { ($0.id.rawValue, $0.name) }
        }
        var named: [(id: String, title: String)] = []
        for place in places { named.append((place.rawValue, try await site.place(place))) }
        return named.sorted { ($0.title, $0.id) < ($1.title, $1.id) }
    }

    func grantForm(
        _ id: PersonID, _ keeper: Keeper, _ context: SiteContext, _ words: Words, _ refused: [Refusal]
    ) async throws -> Form {
        Form(
            action: Address.person(id.rawValue).path, button: words.texts("person.grant"),
            fields: try await functionFields(keeper, context, words), problems: words.problems(refused))
    }

    /// What the form says that is to be held.
    ///
    /// - Throws: `Refused` with every day that is none and a place that is not there.
    func held(_ context: SiteContext) async throws -> HeldFunction {
        let form = context.form
        var problems: [Refusal] = []
        let from = Day(form["from"])
        if from == nil { problems.append(Refusal(.notADay, field: "from")) }
        let until = Day(form["until"])
        if until == nil, !form["until"].isEmpty { problems.append(Refusal(.notADay, field: "until")) }
        let organisation = OrganisationID(form["organisation"])
        if try await site.installation.registers.organisation(organisation) == nil {
            problems.append(Refusal(.unknownOrganisation, field: "organisation"))
        }
        guard problems.isEmpty, let from else { throw Refused(problems) }
        return HeldFunction(
            function: form["function"], organisation: organisation, discipline: form["discipline"].nilWhenEmpty, from: from,
            until: until)
    }

    func grant(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        do {
            let grant = FunctionGrant(id: site.installation.chance.key(), held: try await held(context))
            try await site.installation.perform(.grant(grant), on: id, as: keeper.actor)
            return site.redirect(.person(id.rawValue), done: "saved")
        } catch let refused as Refused {
            return try await personPage(id, keeper, request, context, refused: refused.reasons)
        }
    }

    /// Ends a function at the end of yesterday: from this minute on it opens nothing.
    func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        do {
            let isLast = try await site.installation.end(
                context.form["grant"], of: id, until: site.installation.today.adding(days: -1), as: keeper.actor)
            if isLast { context.note(.sessionsEnded, of: id) }
            return site.redirect(.person(id.rawValue), done: isLast ? "laatste-functie-beeindigd" : "saved")
        } catch let refused as Refused {
            return try await personPage(id, keeper, request, context, refused: refused.reasons)
        }
    }
}
