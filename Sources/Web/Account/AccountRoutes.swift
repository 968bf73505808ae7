import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// One's own account: sessions, keys for programs, and a new password.
struct AccountRoutes {
    let site: Site
    /// How long a key for a program lasts, in days.
    private static let keyDays = 90

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/account", use: show)
        pages.post("/account/wachtwoord", use: changePassword)
        pages.post("/account/sleutels", use: makeKey)
        pages.post("/account/sleutels/:key", use: revokeKey)
        pages.post("/account/sessies/overige", use: endOtherSessions)
        pages.post("/account/sessies/:session", use: endSession)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await page(request, context)
    }

    /// What is wrong with one of the forms of the page, and with which field.
    struct Problem {
        enum Place { case password, key, recoveryCodes, secondFactorEnd }
        let place: Place
        let field: String
        let text: String
    }

    func page(
        _ request: Request, _ context: SiteContext, made: String? = nil, problem: Problem? = nil
    ) async throws -> Response {
        let actor = try context.signedIn
        let words = site.words(context)
        let texts = words.texts
        let now = site.installation.clock.now()
        let accounts = site.installation.vault.accounts
        let account = try await accounts.account(of: actor.person)
        let name = try await site.installation.names.people([actor.person])[actor.person] ?? ""
        var functions: [Fact] = []
        for held in actor.functions {
            let place = try await site.place(held.organisation)
            let since =
                held.until.map { words.format.period(held.from, $0) }
                ?? texts("account.since", ["day": words.format.plainDay(held.from)])
            let note = ([since] + (try await site.standingIn(actor.person, held, words))).joined(separator: ", ")
            functions.append(Fact(words.function(held.function), place, note: note))
        }
        let sessions = try await accounts.sessions(of: actor.person, at: now).map { session in
            AccountPage.Session(
                device: texts("account.session"),
                use: texts(
                    "account.sessionUse",
                    [
                        "opened": words.format.recent(session.created, today: words.today),
                        "used": words.format.recent(session.seen, today: words.today),
                    ]), current: session.digest == context.session?.digest, end: Address.session(session.name).path)
        }
        let keys = try await accounts.tokens(of: actor.person).map { token in
            AccountPage.Key(
                name: token.name,
                use: texts(
                    "account.keyUse",
                    [
                        "until": words.format.plainDay(token.expires.day),
                        "used": token.used.map { words.format.recent($0, today: words.today) } ?? texts("account.never"),
                    ]), chip: token.isValid(at: now) ? nil : Chip(texts("account.ended")),
                revoke: token.isValid(at: now) ? Address.token(token.id).path : nil)
        }
        var keyName = FormField(name: "name", label: texts("account.keyName"), kind: .text, value: context.form["name"])
        keyName.hint = texts.count("account.keyDays", Self.keyDays)
        let current = FormField(
            name: "current", label: texts("account.currentPassword"), kind: .password, autocomplete: "current-password")
        let hasPassword = account?.hasPassword == true
        var confirmed = current
        confirmed.hint = texts("account.keyPassword")
        var new = FormField(name: "new", label: texts("account.newPassword"), kind: .password, autocomplete: "new-password")
        new.hint = texts("account.passwordHint")
        func problems(_ place: Problem.Place) -> [FormProblem] {
            problem.flatMap { $0.place == place ? [FormProblem($0.text, field: $0.field)] : nil } ?? []
        }
        let factor = try await accounts.secondFactor(of: actor.person)
        func codeForm(_ address: Address, _ button: String, _ place: Problem.Place) -> Form {
            Form(
                action: address.path, button: texts(button), scope: place == .recoveryCodes ? "herstel" : "weg",
                fields: [SecondFactorRoutes.field(texts, hint: "secondFactor.code.hint")], problems: problems(place))
        }
        let isAsked = try await site.asksSecondFactor(of: actor)
        let second = AccountPage.SecondFactor(
            state: factor.map {
                texts(
                    "secondFactor.on",
                    [
                        "day": words.format.plainDay($0.since?.day ?? words.today),
                        "codes": texts.count("secondFactor.codesLeft", $0.recoveryCodes),
                    ])
            } ?? texts("secondFactor.off"), setUp: factor == nil ? Link(texts("secondFactor.setUp"), .secondFactor) : nil,
            recovery: factor.map { _ in codeForm(.recoveryCodes, "secondFactor.renew", .recoveryCodes) },
            end: factor.map { _ in
                codeForm(.secondFactorEnd, isAsked ? "secondFactor.replace" : "secondFactor.end", .secondFactorEnd)
            })
        let (elsewhere, linkable) = try await elsewhere(actor, hasPassword: hasPassword, words, context)
        let page = AccountPage(
            title: texts("account.title"),
            facts: [Fact(texts("account.name"), name), Fact(texts("signIn.email"), account?.email ?? "")], functions: functions,
            password: hasPassword || elsewhere.isEmpty
                ? Form(
                    action: "/account/wachtwoord", button: texts("account.changePassword"), scope: "wachtwoord",
                    fields: [current, new], problems: problems(.password)) : nil,
            secondFactor: second, elsewhere: elsewhere, linkable: linkable,
            hasElsewhere: !elsewhere.isEmpty || !linkable.isEmpty, sessions: sessions,
            endOthers: sessions.count > 2 ? "/account/sessies/overige" : nil, keys: keys,
            newKey: Form(
                action: Address.tokens.path, button: texts("account.makeKey"), scope: "sleutel",
                fields: [keyName] + (hasPassword || elsewhere.isEmpty ? [confirmed] : []),
                problems: problems(.key)),
            madeKey: made)
        return try await site.show(page, request, context, nil, status: problem == nil ? .ok : .unprocessableContent)
    }

    /// The ways in by providers elsewhere, and the providers that can become one.
    private func elsewhere(
        _ actor: Actor, hasPassword: Bool, _ words: Words, _ context: SiteContext
    ) async throws -> (there: [AccountPage.Elsewhere], linkable: [Link]) {
        let texts = words.texts
        let identities = try await site.installation.vault.accounts.identities(of: actor.person)
        let there = identities.map { identity in
            let provider = site.providers.first { $0.key == identity.provider }
            return AccountPage.Elsewhere(
                name: provider?.name[words.language] ?? identity.provider,
                use: texts(
                    "account.elsewhereUse",
                    [
                        "organisation": identity.organisation, "since": words.format.plainDay(identity.since.day),
                        "used": identity.used.map { words.format.recent($0, today: words.today) } ?? texts("account.never"),
                    ]), end: hasPassword || identities.count > 1 ? Address.unlinkElsewhere(identity.provider).path : nil)
        }
        // No organisation proves who holds no function.
        let linkable = site.providers.filter { provider in
            !actor.functions.isEmpty && !identities.contains { $0.provider == provider.key }
        }.map {
            Link(texts("account.link", ["name": $0.name[words.language]]), Address.linkElsewhere($0.key))
        }
        return (there, linkable)
    }

    private func changePassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let accounts = site.installation.vault.accounts
        if let text = try await refused(request, context) {
            return try await page(request, context, problem: Problem(place: .password, field: "current", text: text))
        }
        do {
            let name = try await site.installation.names.people([actor.person])[actor.person]
            try await accounts.setPassword(context.form["new"], of: actor.person, name: name)
        } catch AccountRefusal.password(let faults) {
            let text = site.texts(context).sentence(faults)
            return try await page(request, context, problem: Problem(place: .password, field: "new", text: text))
        }
        context.note(.passwordChanged, of: actor.person)
        // Every session ended with the old password; whoever changed it stays in with a new one.
        let signedIn = try await accounts.begin(
            after: context.session, of: actor.person, at: site.installation.clock.now())
        return SignInRoutes(site: site).begin(signedIn, after: Address.account.path, done: "saved")
    }

    /// Asks for the password once more, before something that matters: what is wrong with it, or nil.
    ///
    /// - Throws: `AccountRefusal.busy`, which is nobody's mistake.
    private func refused(_ request: Request, _ context: SiteContext) async throws -> String? {
        let texts = site.texts(context)
        let now = site.installation.clock.now()
        do {
            try await site.installation.vault.accounts.confirm(
                try context.signedIn.person, password: context.form["current"], source: site.source(request, context), at: now)
            return nil
        } catch AccountRefusal.wait(let until) {
            return texts.count("signIn.wait", site.seconds(until: until))
        } catch AccountRefusal.wrongCredentials {
            return texts("account.wrongPassword")
        }
    }

    private func makeKey(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let name = context.form["name"].trimmed
        guard !name.isEmpty else {
            let text = site.words(context).refusal(Refusal(.required))
            return try await page(request, context, problem: Problem(place: .key, field: "name", text: text))
        }
        // A key outlives the session: whoever finds a browser open must not leave with one.
        if try await signsInElsewhereOnly(actor) {
            if let check = try await OwnerCheck(site: site).first(.key, request, context) { return check }
        } else if let text = try await refused(request, context) {
            return try await page(request, context, problem: Problem(place: .key, field: "current", text: text))
        }
        let now = site.installation.clock.now()
        let issued = try await site.installation.vault.accounts.issueToken(
            for: actor.person, name: name, expires: now.adding(days: Self.keyDays), at: now)
        context.note(.keyMade, of: actor.person)
        return try await page(request, context, made: issued.secret.text)
    }

    /// Whether somebody has no password here that could be asked.
    private func signsInElsewhereOnly(_ actor: Actor) async throws -> Bool {
        let accounts = site.installation.vault.accounts
        guard try await accounts.account(of: actor.person)?.hasPassword != true else { return false }
        return try await !accounts.identities(of: actor.person).isEmpty
    }

    private func revokeKey(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let revoked = try await site.installation.vault.accounts.revokeToken(
            try context.parameter("key"), of: actor.person, at: site.installation.clock.now())
        guard revoked else { throw NotFound() }
        context.note(.keyRevoked, of: actor.person)
        return site.redirect(.account, done: "saved")
    }

    /// Ends one session of one's own, in whatever browser it is.
    private func endSession(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let accounts = site.installation.vault.accounts
        let name = try context.parameter("session")
        let sessions = try await accounts.sessions(of: actor.person, at: site.installation.clock.now())
        guard let session = sessions.first(where: { $0.name == name }) else { throw NotFound() }
        if let check = try await OwnerCheck(site: site).first(.sessions, request, context) { return check }
        try await accounts.signOut(session)
        context.note(.sessionsEnded, of: actor.person)
        return site.redirect(.account, done: "saved")
    }

    private func endOtherSessions(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        if let check = try await OwnerCheck(site: site).first(.sessions, request, context) { return check }
        try await site.installation.vault.accounts.signOutEverywhere(actor.person, except: context.session)
        context.note(.sessionsEnded, of: actor.person)
        return site.redirect(.account, done: "saved")
    }
}
