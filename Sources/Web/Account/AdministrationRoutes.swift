import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// People with their functions, for an administrator of the partnership or of a school, and the schools, for that of the
/// partnership alone. Nobody sees a dossier by it.
struct AdministrationRoutes {
    let site: Site

    /// Somebody who looks after people, and where.
    struct Keeper: Sendable {
        let actor: Actor
        let reach: AdministrationReach

        /// A school's administrator has the people and nothing to choose from.
        func tabs(_ current: Tab.Administration?, _ texts: Texts) -> [Tab] {
            reach == .everywhere ? Tab.administration(current, texts: texts) : []
        }
    }

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/beheer/mensen", use: people)
        pages.post("/beheer/mensen", use: addPerson)
        pages.post(RouterPath(Address.peopleSearch.path), use: searchPeople)
        pages.get(RouterPath(Address.peopleSearch.path)) { _, context in
            _ = try keeper(context)
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

    /// The administrator of the partnership; for everybody else these pages do not exist.
    func administrator(_ context: SiteContext) throws -> Actor {
        let actor = try context.signedIn
        guard actor.administers == .everywhere else { throw NotFound() }
        return actor
    }

    /// An administrator, of the partnership or of a school; for everybody else these pages do not exist.
    func keeper(_ context: SiteContext) throws -> Keeper {
        let actor = try context.signedIn
        guard let reach = actor.administers else { throw NotFound() }
        return Keeper(actor: actor, reach: reach)
    }

    /// The administrator with the person of the address; whom a school's administrator does not see, is not there.
    func subject(_ context: SiteContext) async throws -> (keeper: Keeper, person: PersonID) {
        let keeper = try keeper(context)
        let id = PersonID(try context.parameter("person"))
        guard try await site.installation.sees(id, within: keeper.reach) else { throw NotFound() }
        return (keeper, id)
    }

    // MARK: People

    private func people(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await peoplePage(try keeper(context), request, context)
    }

    /// What is searched for is a name or an address, so it is in the form and never in the address of the page.
    private func searchPeople(_ request: Request, _ context: SiteContext) async throws -> Response {
        let keeper = try keeper(context)
        let query = String(context.form["zoek"].prefix(100)).trimmed.nilWhenEmpty
        return try await peoplePage(keeper, request, context, query: query)
    }

    private func peoplePage(
        _ keeper: Keeper, _ request: Request, _ context: SiteContext, query: String? = nil, refused: [Refusal] = [],
        known: PersonRow? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let texts = words.texts
        let found = try await site.installation.people(within: keeper.reach, search: query, limit: 100)
        var rows: [PeoplePage.Row] = []
        for row in found {
            let held = try await site.installation.registers.functions(of: row.id, on: words.today)
                .filter { keeper.reach.covers($0.organisation) }
            rows.append(
                PeoplePage.Row(
                    name: row.name, href: Address.person(row.id.rawValue).path, email: row.email,
                    functions: try await functions(held, words), chip: held.isEmpty ? Chip(texts("people.noFunction")) : nil))
        }
        func field(_ name: String, _ label: String, _ kind: FormField.Kind) -> FormField {
            FormField(name: name, label: texts(label), kind: kind, value: context.form[name])
        }
        var fields = [field("name", "people.name", .text), field("email", "signIn.email", .email)]
        if keeper.reach != .everywhere { fields += try await functionFields(keeper, context, words) }
        let problems = known.map { [FormProblem(texts("people.known", ["name": $0.name]), field: "email")] } ?? []
        let notice = known.map {
            Chrome.Notice(
                .warning, texts("people.known", ["name": $0.name]),
                link: Link(texts("people.grantKnown", ["name": $0.name]), .person($0.id.rawValue)))
        }
        let page = PeoplePage(
            title: texts("people.title"), tabs: keeper.tabs(.people, texts), query: query,
            summary: try await summary(rows.count, keeper.reach, words), rows: rows, next: nil, first: nil,
            lead: keeper.reach == .everywhere ? nil : texts("people.enrolLead"),
            form: Form(
                action: Address.people.path, button: texts("people.add"), fields: fields,
                problems: words.problems(refused) + problems))
        return try await site.show(
            page, request, context, .administration,
            status: refused.isEmpty && known == nil ? .ok : .unprocessableContent, notice: notice)
    }

    /// "12 mensen", and for a school's administrator where.
    private func summary(_ count: Int, _ reach: AdministrationReach, _ words: Words) async throws -> String {
        guard case .at(let places) = reach else { return words.texts.count("people.summary", count) }
        var names: [String] = []
        for place in places.sorted() { names.append(try await site.place(place)) }
        return words.texts.count("people.summaryAt", count, ["places": words.format.list(names.sorted())])
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
        let keeper = try keeper(context)
        let email = context.form["email"]
        // Somebody's account is never taken for that of another: whose it is, is said, and the choice is the reader's. A school's
        // administrator hears it only of whom they see already.
        if let known = try await site.installation.known(email: email),
            try await site.installation.sees(known.id, within: keeper.reach)
        {
            return try await peoplePage(keeper, request, context, known: known)
        }
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        do {
            let person: PersonID
            let password: String?
            if keeper.reach == .everywhere {
                (person, password) = try await site.installation.register(
                    name: context.form["name"], email: email, as: keeper.actor)
            } else {
                (person, password) = try await site.installation.enrol(
                    name: context.form["name"], email: email, in: try await held(context), as: keeper.actor)
            }
            guard let given = try await site.give(password, to: email, context) else {
                return site.redirect(.person(person.rawValue), done: "saved")
            }
            return try await personPage(person, keeper, request, context, given: given)
        } catch let refused as Refused {
            if refused.reasons.contains(where: { $0.code == .otherName }) { context.note(.addressTried) }
            return try await peoplePage(keeper, request, context, refused: refused.reasons)
        }
    }

    private func person(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        return try await personPage(id, keeper, request, context)
    }

    func personPage(
        _ id: PersonID, _ keeper: Keeper, _ request: Request, _ context: SiteContext, refused: [Refusal] = [],
        notReplaced: [Refusal] = [], given: Site.Given? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let texts = words.texts
        let person = try await site.installation.person(id)
        guard let name = person.name, let email = person.email else { throw NotFound() }
        var holdings: [PersonPage.Holding] = []
        for grant in person.functions.sorted(by: { $0.held.from > $1.held.from })
        where keeper.reach.covers(grant.held.organisation) {
            holdings.append(try await holding(grant, of: id, keeper, words))
        }
        let account = try await site.installation.vault.accounts.account(of: id)
        let hasSecondFactor = try await site.installation.vault.accounts.secondFactor(of: id) != nil
        let mayHandle = try await site.installation.mayHandleAccount(of: id, as: keeper.actor)
        let isOwn = keeper.actor.person == id
        let givesNothing = isOwn && keeper.reach != .everywhere
        let partnership = ["partnership": words.rules.partnership.name]
        let replace = try await replaceForm(person, name: name, keeper, context, words, notReplaced)
        // Where nobody can be replaced any more, why it was refused stands in the form that is left.
        let refused = refused + (replace == nil ? notReplaced.map { Refusal($0.code, values: $0.values, source: $0.source) } : [])
        let page = PersonPage(
            title: name, tabs: keeper.tabs(nil, texts),
            facts: [Fact(texts("signIn.email"), email)]
                + (mayHandle ? [Fact(texts("person.account"), standing(account, words))] : []),
            holdings: holdings,
            grant: givesNothing ? nil : try await grantForm(id, keeper, context, words, refused),
            notGiven: givesNothing ? texts("person.toOneself", partnership) : nil,
            replace: replace,
            actions: mayHandle ? actions(account, hasSecondFactor: hasSecondFactor, isOwn: isOwn, texts) : [],
            notHandled: mayHandle ? nil : texts("person.notHandled", partnership),
            acts: try await acts(on: id, keeper, words))
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

    private func holding(
        _ grant: FunctionGrant, of id: PersonID, _ keeper: Keeper, _ words: Words
    ) async throws -> PersonPage.Holding {
        let texts = words.texts
        let held = grant.held
        let isHeld = held.isHeld(on: words.today)
        let discipline = held.discipline.flatMap { id in words.rules.disciplines.first { $0.id == id }?.title[words.language] }
        let mayEnd = keeper.reach.gives(held.function, words.rules)
        return PersonPage.Holding(
            title: [words.function(held.function), discipline].compactMap { $0 }.joined(separator: ", "),
            place: try await site.place(held.organisation),
            period: held.until.map { words.format.period(held.from, $0) }
                ?? texts("account.since", ["day": words.format.plainDay(held.from)]),
            standing: isHeld ? try await site.standingIn(id, held, words) : [],
            chip: isHeld ? Chip(texts("person.held"), .ok) : Chip(texts("account.ended")),
            end: mayEnd && isHeld && (held.until == nil || held.replaces != nil)
                ? Form(
                    action: "/beheer/mensen/\(id)/einde", button: texts("person.end"), scope: grant.id,
                    fields: [FormField(name: "grant", label: "", kind: .hidden, value: grant.id)])
                : nil)
    }

    /// What was done to somebody, and by whom: so that the partnership sees what schools give.
    private func acts(on id: PersonID, _ keeper: Keeper, _ words: Words) async throws -> [PersonPage.Act] {
        let acts = try await site.installation.acts(on: id, for: keeper.actor)
        let names = try await site.installation.names.people(Set(acts.map(\.actor)))
        let texts = words.texts
        var lines: [PersonPage.Act] = []
        for act in acts {
            var values: [String: String] = [:]
            if let held = act.held {
                values["function"] = words.function(held.function)
                values["place"] = try await site.place(held.organisation, inShort: true)
            }
            let what =
                switch act.event {
                case .registered: "registered"
                case .functionGranted: "granted"
                case .functionEnded: "ended"
                case .accountHandled(let handled): handled.act.rawValue
                }
            let isProgram = act.actor == Actor.program.person
            lines.append(
                PersonPage.Act(
                    what: texts("person.acts.\(what)", values),
                    who: texts(
                        isProgram ? "person.acts.byProgram" : "person.acts.by",
                        [
                            "moment": words.format.moment(act.at), "name": names[act.actor] ?? texts("somebody"),
                        ])))
        }
        return lines
    }

    private func standing(_ account: Account?, _ words: Words) -> String {
        guard let account else { return words.texts("person.noAccount") }
        if let closed = account.disabled { return words.texts("person.closed", ["day": words.format.plainDay(closed.day)]) }
        guard let ends = account.firstPasswordEnds else { return words.texts("person.open") }
        let isOver = ends <= site.installation.clock.now()
        return words.texts(isOver ? "person.handedOutOver" : "person.handedOut", ["moment": words.format.moment(ends)])
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

    // MARK: The account

    private func newPassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        let password = try await site.installation.renewPassword(of: id, as: keeper.actor)
        context.note(.passwordRenewed, of: id)
        let email = try await site.installation.vault.accounts.account(of: id)?.email ?? ""
        return try await personPage(id, keeper, request, context, given: try await site.give(password, to: email, context))
    }

    /// Takes the second factor of somebody away whose telephone is gone; they set it up anew when they sign in.
    private func resetSecondFactor(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        guard id != keeper.actor.person else { throw Refused(.notAllowed) }
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        try await site.installation.resetSecondFactor(of: id, as: keeper.actor)
        context.note(.secondFactorReset, of: id)
        return site.redirect(.person(id.rawValue), done: "tweede-stap-weg")
    }

    private func close(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        guard id != keeper.actor.person else { throw Refused(.notAllowed) }
        try await site.installation.closeAccount(of: id, as: keeper.actor)
        context.note(.accountClosed, of: id)
        return site.redirect(.person(id.rawValue), done: "account-gesloten")
    }

    private func reopen(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (keeper, id) = try await subject(context)
        try await site.installation.reopenAccount(of: id, as: keeper.actor)
        context.note(.accountReopened, of: id)
        return site.redirect(.person(id.rawValue), done: "account-geopend")
    }

    // MARK: Schools

    private func schools(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try administrator(context)
        let words = site.words(context)
        let rows = try await site.installation.names.organisations().filter { $0.id != .partnership }
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
