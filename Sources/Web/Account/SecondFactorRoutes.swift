import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// The code beside the password: giving it, setting it up, and doing without.
struct SecondFactorRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.signInCode.path), use: askCode)
        pages.post(RouterPath(Address.signInCode.path), use: takeCode)
        pages.get(RouterPath(Address.secondFactor.path), use: show)
        pages.post(RouterPath(Address.secondFactor.path), use: setUp)
        pages.post(RouterPath(Address.recoveryCodes.path), use: renewCodes)
        pages.post(RouterPath(Address.secondFactorEnd.path), use: end)
    }

    private var accounts: Accounts { site.installation.vault.accounts }

    // MARK: Giving a code

    private func askCode(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        guard context.session?.asksCode == true else { return site.redirect(.work) }
        return try await codePage(request, context)
    }

    private func codePage(_ request: Request, _ context: SiteContext, problem: String? = nil) async throws -> Response {
        let texts = site.texts(context)
        let after = request.uri.queryParameters["naar"].map(String.init) ?? context.form["naar"]
        var fields = [Self.field(texts, hint: "secondFactor.code.hint")]
        if SignInRoutes.isAfter(after) { fields.append(FormField(name: "naar", label: "", kind: .hidden, value: after)) }
        let page = SignInPage(
            title: texts("signIn.codeTitle"), message: nil,
            form: Form(
                action: Address.signInCode.path, button: texts("signIn.button"), fields: fields,
                problems: problem.map { [FormProblem($0, field: "code")] } ?? []), providers: [], demo: nil, forgotten: nil,
            asksCode: true)
        return try await site.show(page, request, context, nil, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func takeCode(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        guard let session = context.session, session.asksCode else { return site.redirect(.work) }
        do {
            let proved = try await accounts.prove(
                code: context.form["code"], in: session, source: site.source(request, context),
                at: site.installation.clock.now())
            context.note(.codeGiven, of: session.person)
            return SignInRoutes(site: site).begin(proved, after: context.form["naar"])
        } catch let refusal as AccountRefusal {
            return try await codePage(request, context, problem: sentence(refusal, session.person, context))
        }
    }

    /// What is said of a code that was not taken, and a line in the server's log.
    ///
    /// - Throws: the refusal when it is about something else.
    private func sentence(_ refusal: AccountRefusal, _ person: PersonID, _ context: SiteContext) throws -> String {
        let texts = site.texts(context)
        switch refusal {
        case .wrongCode:
            context.note(.codeRefused, of: person)
            return texts("secondFactor.wrong")
        case .wait(let until):
            context.note(.slowed, of: person)
            return texts.count("signIn.wait", site.seconds(until: until))
        default: throw refusal
        }
    }

    // MARK: Setting it up

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        guard context.session?.hasSecondFactor == false else { return site.redirect(.account) }
        // Whoever finds a browser open must not bind the account to their own telephone.
        if let check = try await OwnerCheck(site: site).first(.secondFactor, request, context) { return check }
        return try await setUpPage(request, context)
    }

    private func setUpPage(_ request: Request, _ context: SiteContext, problem: String? = nil) async throws -> Response {
        let actor = try context.signedIn
        guard let session = context.session else { throw NotFound() }
        let texts = site.texts(context)
        let secret = try await accounts.secretToSetUp(in: session)
        let email = try await accounts.account(of: actor.person)?.email ?? ""
        let address = secret.address(issuer: "SENtrum \(site.installation.rules.partnership.shortName)", account: email)
        let rows = await site.qrCodes.rows(of: address)
        let isAsked = try await site.asksSecondFactor(of: actor)
        let page = SecondFactorPage(
            title: texts("secondFactor.title"), lead: texts(isAsked ? "secondFactor.asked" : "secondFactor.chosen"),
            steps: [
                texts("secondFactor.install"), texts(rows == nil ? "secondFactor.type" : "secondFactor.scan"),
                texts("secondFactor.give"),
            ], picture: rows.map(Self.picture), secret: Self.grouped(secret.text),
            form: Form(
                action: Address.secondFactor.path, button: texts("secondFactor.button"),
                fields: [Self.field(texts)], problems: problem.map { [FormProblem($0, field: "code")] } ?? []))
        return try await site.show(page, request, context, nil, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func setUp(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        guard let session = context.session, !session.hasSecondFactor else { return site.redirect(.account) }
        if let check = try await OwnerCheck(site: site).first(.secondFactor, request, context) { return check }
        do {
            let codes = try await accounts.confirmSecondFactor(
                code: context.form["code"], in: session, source: site.source(request, context),
                at: site.installation.clock.now())
            context.note(.secondFactorSet, of: session.person)
            return try await codesPage(codes, request, context)
        } catch AccountRefusal.secondFactorThere {
            // Pressed twice: the codes went to the first press, and new ones can be drawn.
            return site.redirect(.account)
        } catch let refusal as AccountRefusal {
            return try await setUpPage(request, context, problem: sentence(refusal, session.person, context))
        }
    }

    private func codesPage(_ codes: [String], _ request: Request, _ context: SiteContext) async throws -> Response {
        let texts = site.texts(context)
        let page = RecoveryCodesPage(
            title: texts("secondFactor.codes.title"), lead: texts("secondFactor.codes.lead"), codes: codes,
            next: Link(texts("secondFactor.codes.next"), .work))
        return try await site.show(page, request, context, nil)
    }

    // MARK: Afterwards

    private func renewCodes(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        do {
            let codes = try await accounts.renewRecoveryCodes(
                of: actor.person, code: context.form["code"], source: site.source(request, context),
                at: site.installation.clock.now())
            context.note(.recoveryCodesRenewed, of: actor.person)
            return try await codesPage(codes, request, context)
        } catch let refusal as AccountRefusal {
            return try await accountPage(.recoveryCodes, refusal, request, context)
        }
    }

    private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        do {
            try await accounts.removeSecondFactor(
                of: actor.person, code: context.form["code"], source: site.source(request, context),
                at: site.installation.clock.now())
            context.note(.secondFactorRemoved, of: actor.person)
            return site.redirect(.account, done: "saved")
        } catch let refusal as AccountRefusal {
            return try await accountPage(.secondFactorEnd, refusal, request, context)
        }
    }

    private func accountPage(
        _ place: AccountRoutes.Problem.Place, _ refusal: AccountRefusal, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let text = try sentence(refusal, try context.signedIn.person, context)
        return try await AccountRoutes(site: site).page(
            request, context, problem: AccountRoutes.Problem(place: place, field: "code", text: text))
    }

    // MARK: Drawing

    /// Where a code is filled in.
    ///
    /// - Parameter hint: name of the text below it.
    static func field(_ texts: Texts, hint: String? = nil) -> FormField {
        FormField(
            name: "code", label: texts("signIn.code"), kind: .code, hint: hint.map { texts($0) },
            autocomplete: "one-time-code")
    }

    /// In groups of four, to read along while typing.
    private static func grouped(_ text: String) -> String {
        var groups: [Substring] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    /// With the four empty squares around it that the standard asks.
    private static func picture(_ rows: [[Bool]]) -> SecondFactorPage.Picture {
        let margin = 4
        var path = ""
        for (y, row) in rows.enumerated() {
            for (x, isDark) in row.enumerated() where isDark { path += "M\(x + margin) \(y + margin)h1v1h-1z" }
        }
        let width = rows.count + 2 * margin
        return SecondFactorPage.Picture(viewBox: "0 0 \(width) \(width)", path: path)
    }
}
