import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// People with their functions, and the schools: for the administrator, who sees no dossier by it.
struct AdministrationRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/beheer/mensen", use: people)
        pages.post("/beheer/mensen", use: addPerson)
        pages.post(RouterPath(Address.peopleSearch.path), use: searchPeople)
        pages.get(RouterPath(Address.peopleSearch.path)) { _, context in
            _ = try administrator(context)
            return site.redirect(.people)
        }
        pages.get("/beheer/mensen/:person", use: person)
        pages.post("/beheer/mensen/:person", use: grant)
        pages.post("/beheer/mensen/:person/einde", use: end)
        pages.post("/beheer/mensen/:person/vervanging", use: replace)
        pages.post("/beheer/mensen/:person/wachtwoord", use: newPassword)
        pages.post("/beheer/mensen/:person/tweede-stap", use: resetSecondFactor)
        pages.post("/beheer/mensen/:person/sluiten", use: close)
        pages.post("/beheer/mensen/:person/openen", use: reopen)
        pages.get("/beheer/scholen", use: schools)
    }

    /// The administrator; for everybody else these pages do not exist.
    func administrator(_ context: SiteContext) throws -> Actor {
        let actor = try context.signedIn
        guard actor.holds(Person.administrator, at: .partnership) else { throw NotFound() }
        return actor
    }

    // MARK: People

    private func people(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try administrator(context)
        return try await peoplePage(request, context)
    }

    /// What is searched for is a name or an address, so it is in the form and never in the address of the page.
    private func searchPeople(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try administrator(context)
        let query = String(context.form["zoek"].prefix(100)).trimmed.nilWhenEmpty
        return try await peoplePage(request, context, query: query)
    }

    private func peoplePage(
        _ request: Request, _ context: SiteContext, query: String? = nil, refused: [Refusal] = [], known: PersonRow? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let texts = words.texts
        let found = try await site.installation.registers.people(search: query, limit: 100)
        var rows: [PeoplePage.Row] = []
        for row in found {
            let held = try await site.installation.registers.functions(of: row.id, on: words.today)
            rows.append(
                PeoplePage.Row(
                    name: row.name, href: Address.person(row.id.rawValue).path, email: row.email,
                    functions: try await functions(held, words), chip: held.isEmpty ? Chip(texts("people.noFunction")) : nil))
        }
        func field(_ name: String, _ label: String, _ kind: FormField.Kind) -> FormField {
            var field = FormField(name: name, label: texts(label), kind: kind, value: context.form[name])
            field.error = refused.first { $0.field == name }.map { words.refusal($0) }
            return field
        }
        let problems = known.map { [FormProblem(texts("people.known", ["name": $0.name]), field: "email")] } ?? []
        let notice = known.map {
            Chrome.Notice(
                .warning, texts("people.known", ["name": $0.name]),
                link: Link(texts("people.grantKnown", ["name": $0.name]), .person($0.id.rawValue)))
        }
        let page = PeoplePage(
            title: texts("people.title"), tabs: Tab.administration(.people, texts: texts), query: query,
            summary: texts.count("people.summary", rows.count), rows: rows, next: nil, first: nil,
            form: Form(
                action: Address.people.path, button: texts("people.add"),
                fields: [field("name", "people.name", .text), field("email", "signIn.email", .email)],
                problems: words.problems(refused) + problems))
        return try await site.show(
            page, request, context, .administration,
            status: refused.isEmpty && known == nil ? .ok : .unprocessableContent, notice: notice)
    }

    private func functions(_ held: [FunctionRow], _ words: Words) async throws -> [String] {
        var titles: [String] = []
        for row in held {
            let place = try await site.place(row.organisation, inShort: true)
            titles.append("\(words.function(row.function)), \(place)")
        }
        return titles
    }

    private func addPerson(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try administrator(context)
        // Somebody's account is never taken for that of another: whose it is, is said, and the choice is the reader's.
        if let known = try await site.installation.known(email: context.form["email"]) {
            return try await peoplePage(request, context, known: known)
        }
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        do {
            let (person, password) = try await site.installation.register(
                name: context.form["name"], email: context.form["email"], as: actor)
            return try await personPage(
                person, request, context, given: try await site.give(password, to: context.form["email"], context))
        } catch let refused as Refused {
            return try await peoplePage(request, context, refused: refused.reasons)
        }
    }

    private func person(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try administrator(context)
        return try await personPage(PersonID(try context.parameter("person")), request, context)
    }

    func personPage(
        _ id: PersonID, _ request: Request, _ context: SiteContext, refused: [Refusal] = [], notReplaced: [Refusal] = [],
        given: Site.Given? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let texts = words.texts
        let person = try await site.installation.person(id)
        guard let name = person.name, let email = person.email else { throw NotFound() }
        var holdings: [PersonPage.Holding] = []
        for grant in person.functions.sorted(by: { $0.held.from > $1.held.from }) {
            let held = grant.held
            let place = try await site.place(held.organisation)
            let isHeld = held.isHeld(on: words.today)
            let discipline = held.discipline.flatMap { id in words.rules.disciplines.first { $0.id == id }?.title[words.language]
            }
            holdings.append(
                PersonPage.Holding(
                    title: [words.function(held.function), discipline].compactMap { $0 }.joined(separator: ", "), place: place,
                    period: held.until.map { words.format.period(held.from, $0) }
                        ?? texts("account.since", ["day": words.format.plainDay(held.from)]),
                    standing: isHeld ? try await site.standingIn(id, held, words) : [],
                    chip: isHeld ? Chip(texts("person.held"), .ok) : Chip(texts("account.ended")),
                    end: isHeld && (held.until == nil || held.replaces != nil)
                        ? Form(
                            action: "/beheer/mensen/\(id)/einde", button: texts("person.end"), scope: grant.id,
                            fields: [FormField(name: "grant", label: "", kind: .hidden, value: grant.id)])
                        : nil))
        }
        let account = try await site.installation.vault.accounts.account(of: id)
        let hasSecondFactor = try await site.installation.vault.accounts.secondFactor(of: id) != nil
        let page = PersonPage(
            title: name, tabs: Tab.administration(nil, texts: texts),
            facts: [Fact(texts("signIn.email"), email), Fact(texts("person.account"), standing(account, words))],
            holdings: holdings, grant: try await grantForm(id, context, words, refused),
            replace: try await replaceForm(person, name: name, context, words, notReplaced),
            actions: actions(account, hasSecondFactor: hasSecondFactor, isOwn: context.actor?.person == id, texts))
        let notice: Chrome.Notice? =
            switch given {
            case .told(let password): Chrome.Notice(.warning, texts("person.password", ["password": password]))
            case .mailed: Chrome.Notice(.done, texts("person.mailed", ["email": email]))
            case nil: nil
            }
        return try await site.show(
            page, request, context, .administration, status: refused.isEmpty && notReplaced.isEmpty ? .ok : .unprocessableContent,
            notice: notice)
    }

    private func standing(_ account: Account?, _ words: Words) -> String {
        guard let account else { return words.texts("person.noAccount") }
        guard let closed = account.disabled else {
            return words.texts(account.handedOut ? "person.handedOut" : "person.open")
        }
        return words.texts("person.closed", ["day": words.format.plainDay(closed.day)])
    }

    /// What can be done with an account. Nobody closes their own: then there might be nobody left to open it.
    private func actions(_ account: Account?, hasSecondFactor: Bool, isOwn: Bool, _ texts: Texts) -> [Form] {
        guard let account else { return [] }
        func form(_ end: String) -> Form {
            Form(
                action: "\(Address.person(account.person.rawValue).path)/\(end)", button: texts("person.actions.\(end)"),
                scope: end)
        }
        if account.disabled != nil { return [form("openen")] }
        // One's own is taken away with a code of it.
        return [form("wachtwoord")] + (hasSecondFactor && !isOwn ? [form("tweede-stap")] : [])
            + (isOwn ? [] : [form("sluiten")])
    }

    private func grantForm(
        _ id: PersonID, _ context: SiteContext, _ words: Words, _ refused: [Refusal]
    ) async throws -> Form {
        let texts = words.texts
        let sent = context.form
        func error(_ field: String) -> String? { refused.first { $0.field == field }.map { words.refusal($0) } }
        func nothing(_ sent: String) -> FormOption { FormOption("", texts("form.choose"), selected: sent.isEmpty) }
        let functions = words.rules.functions.filter { $0.place == .school || $0.place == .partnership }
        var function = FormField(
            name: "function", label: texts("person.function"), kind: .select, value: sent["function"],
            options: [nothing(sent["function"])]
                + functions.map { FormOption($0.id, $0.title[words.language], selected: $0.id == sent["function"]) }
                + [
                    FormOption(
                        Person.administrator, words.function(Person.administrator),
                        selected: Person.administrator == sent["function"])
                ])
        function.error = error("function")
        // The partnership itself first: most functions that are given here are held there.
        let schools = try await site.installation.registers.organisations(search: nil, kind: nil, limit: 500)
            .sorted { $0.id == .partnership && $1.id != .partnership }
        var organisation = FormField(
            name: "organisation", label: texts("person.organisation"), kind: .select, value: sent["organisation"],
            options: [nothing(sent["organisation"])]
                + schools.map { FormOption($0.id.rawValue, $0.name, selected: $0.id.rawValue == sent["organisation"]) })
        organisation.error = error("organisation")
        var discipline = FormField(
            name: "discipline", label: texts("person.discipline"), kind: .select, value: sent["discipline"],
            options: [nothing(sent["discipline"])]
                + words.rules.disciplines.map {
                    FormOption($0.id, $0.title[words.language], selected: $0.id == sent["discipline"])
                })
        discipline.required = false
        discipline.error = error("discipline")
        var from = FormField(
            name: "from", label: texts("person.from"), kind: .date,
            value: sent["from"].isEmpty ? words.today.description : sent["from"])
        from.error = error("from")
        var until = FormField(name: "until", label: texts("person.until"), kind: .date, value: sent["until"])
        until.required = false
        until.error = error("until")
        return Form(
            action: Address.person(id.rawValue).path, button: texts("person.grant"),
            fields: [function, organisation, discipline, from, until], problems: words.problems(refused))
    }

    private func grant(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try administrator(context)
        let id = PersonID(try context.parameter("person"))
        let form = context.form
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        guard let from = Day(form["from"]) else {
            return try await personPage(id, request, context, refused: [Refusal(.notADay, field: "from")])
        }
        var until: Day?
        if !form["until"].isEmpty {
            guard let day = Day(form["until"]) else {
                return try await personPage(id, request, context, refused: [Refusal(.notADay, field: "until")])
            }
            until = day
        }
        let organisation = OrganisationID(form["organisation"])
        guard try await site.installation.registers.organisation(organisation) != nil else {
            return try await personPage(id, request, context, refused: [Refusal(.unknownOrganisation, field: "organisation")])
        }
        let held = HeldFunction(
            function: form["function"], organisation: organisation, discipline: form["discipline"].nilWhenEmpty, from: from,
            until: until)
        do {
            _ = try await site.installation.perform(
                .grant(FunctionGrant(id: site.installation.chance.key(), held: held)), on: id, as: actor)
            return site.redirect(.person(id.rawValue), done: "saved")
        } catch let refused as Refused {
            return try await personPage(id, request, context, refused: refused.reasons)
        }
    }

    /// Ends a function at the end of yesterday: from this minute on it opens nothing.
    private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try administrator(context)
        let id = PersonID(try context.parameter("person"))
        do {
            let isLast = try await site.installation.end(
                context.form["grant"], of: id, until: site.installation.today.adding(days: -1), as: actor)
            if isLast { context.note(.sessionsEnded, of: id) }
            return site.redirect(.person(id.rawValue), done: isLast ? "laatste-functie-beeindigd" : "saved")
        } catch let refused as Refused {
            return try await personPage(id, request, context, refused: refused.reasons)
        }
    }

    private func newPassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try administrator(context)
        let id = PersonID(try context.parameter("person"))
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        let password = try await site.installation.renewPassword(of: id)
        context.note(.passwordRenewed, of: id)
        let email = try await site.installation.vault.accounts.account(of: id)?.email ?? ""
        return try await personPage(id, request, context, given: try await site.give(password, to: email, context))
    }

    /// Takes the second factor of somebody away whose telephone is gone; they set it up anew when they sign in.
    private func resetSecondFactor(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try administrator(context)
        let id = PersonID(try context.parameter("person"))
        guard id != actor.person else { throw Refused(.notAllowed) }
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        try await site.installation.resetSecondFactor(of: id)
        context.note(.secondFactorReset, of: id)
        return site.redirect(.person(id.rawValue), done: "tweede-stap-weg")
    }

    private func close(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try administrator(context)
        let id = PersonID(try context.parameter("person"))
        guard id != actor.person else { throw Refused(.notAllowed) }
        try await site.installation.closeAccount(of: id)
        context.note(.accountClosed, of: id)
        return site.redirect(.person(id.rawValue), done: "account-gesloten")
    }

    private func reopen(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try administrator(context)
        let id = PersonID(try context.parameter("person"))
        try await site.installation.reopenAccount(of: id)
        context.note(.accountReopened, of: id)
        return site.redirect(.person(id.rawValue), done: "account-geopend")
    }

    // MARK: Schools

    private func schools(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try administrator(context)
        let words = site.words(context)
        let rows = try await site.installation.registers.organisations(search: nil, kind: nil, limit: 1000)
            .filter { $0.id != .partnership }
        let page = SchoolsPage(
            title: words.texts("schools.title"), tabs: Tab.administration(.schools, texts: words.texts),
            summary: words.texts.count("schools.summary", rows.count),
            rows: rows.map { row in
                SchoolsPage.Row(
                    name: row.name, href: nil, number: row.code ?? "",
                    kind: words.texts.ifKnown("schools.kinds.\(row.kind)") ?? row.kind, board: row.place ?? "",
                    adviser: nil, chip: row.closed.map { _ in Chip(words.texts("account.ended")) })
            }, form: nil)
        return try await site.show(page, request, context, .administration)
    }
}
