import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// The guardians of a child, what they agree to, and the accounts with which they read along.
struct FamilyRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        let family = pages.group("/leerlingen/:dossier/gezin")
        family.get("", use: show)
        family.post("", use: addGuardian)
        family.post("/toestemming", use: agree)
        family.post("/:guardian", use: changeGuardian)
        family.get("/:guardian/beeindigen", use: askEnd)
        family.post("/:guardian/beeindigen", use: end)
        family.get("/:guardian/account", use: askAccount)
        family.post("/:guardian/account", use: giveAccount)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(
            try context.dossierID, [.family, .agreements], all: false, as: try context.signedIn)
        return try await page(seen, request, context)
    }

    private func page(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, refused: FamilyForms.Refused? = nil
    ) async throws -> Response {
        let words = site.words(context, seen.rules)
        let recorders = try await site.installation.names.people(
            Set(seen.dossier.agreements.map(\.recordedBy)).union(seen.dossier.askedIn.map(\.asked.person)))
        let forms = FamilyForms(
            words: words, seen: seen, recorders: recorders, refused: refused,
            asked: seen.ownGuardian?.authority == true
                ? seen.familyAsks(site.installation.shelf).map { Set($0.purposes) } : nil,
            withoutOwnPassword: Set(try await site.installation.guardiansWithoutOwnPassword(in: seen).keys))
        let page = FamilyPage(
            title: words.texts("family.title", ["given": words.given(seen)]),
            frame: try await site.frame(seen, current: .family, words), childsSay: words.childsSay(seen),
            problems: forms.problemsOfNoForm,
            guardians: forms.guardians, newGuardian: forms.newGuardian, purposes: forms.purposes)
        let clashes = refused?.reasons.contains { $0.code == .fieldChangedMeanwhile } == true
        return try await site.show(
            page, request, context, .pupils, status: refused == nil ? .ok : clashes ? .conflict : .unprocessableContent)
    }

    /// The dossier before a form is carried out, for somebody who sees the family.
    private func glance(_ context: SiteContext, _ part: DossierPart = .family) async throws -> SeenDossier {
        let seen = try await site.installation.glance(try context.dossierID, as: try context.signedIn)
        guard seen.sight.sees(part) else { throw NotFound() }
        return seen
    }

    /// Carries something out; a refusal shows the family again with the reasons in the form of that scope.
    private func carryOut(
        _ seen: SeenDossier, _ request: Request, _ context: SiteContext, scope: String, done: String,
        _ act: () async throws -> Void
    ) async throws -> Response {
        do {
            try await act()
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            // As it is now: somebody may have answered meanwhile.
            let now = try await site.installation.glance(seen.dossier.id, as: seen.actor)
            return try await page(
                now, request, context,
                refused: FamilyForms.Refused(scope: scope, sent: context.form, reasons: refused.reasons))
        }
        return site.redirect(.family(seen.dossier.id.rawValue), done: done)
    }

    // MARK: Guardians

    private func typed(_ form: PostedForm, _ rules: PlanRules) -> NewGuardian {
        let relation = form["guardian-relation"]
        let authority = form["guardian-authority"]
        return NewGuardian(
            name: form["guardian-name"], relation: relation,
            authority: authority.isEmpty ? rules.relation(relation)?.authority ?? false : authority == "yes",
            email: form["guardian-email"])
    }

    private func addGuardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        return try await carryOut(
            seen, request, context, scope: FamilyForms.newScope, done: "gezin-bewaard"
        ) {
            _ = try await site.installation.record(
                typed(context.form, seen.rules), id: nil, in: seen.dossier.id, as: seen.actor)
        }
    }

    private func changeGuardian(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        let id = GuardianID(try context.parameter("guardian"))
        let before = try await site.before(context.form, seen.dossier)
        guard before.guardian(id) != nil else { throw NotFound() }
        do {
            _ = try await site.installation.change(
                typed(context.form, seen.rules), id, since: before, as: seen.actor)
        } catch let refused as Refused {
            return try await changed(id, seen, before, refused.reasons, request, context)
        }
        return site.redirect(.family(seen.dossier.id.rawValue), done: "gezin-bewaard")
    }

    /// The family again, with what was typed and what somebody else made of it meanwhile.
    private func changed(
        _ id: GuardianID, _ seen: SeenDossier, _ before: Dossier, _ reasons: [Refusal], _ request: Request,
        _ context: SiteContext
    ) async throws -> Response {
        guard reasons.allSatisfy({ $0.field != nil || $0.code == .unknownGuardian }) else { throw Refused(reasons) }
        let isGone = reasons.contains { $0.code == .unknownGuardian }
        var seen = seen
        if isGone || reasons.contains(where: { $0.code == .fieldChangedMeanwhile }) {
            // What somebody else wrote is shown beside one's own, so this is a reading as well.
            seen = try await site.installation.see(seen.dossier.id, [.family], as: seen.actor)
        }
        let changedBy = try await site.last(
            ["guardian.changed"], in: seen, site.words(context, seen.rules), where: { $0.values["guardian"] == id.rawValue })
        // Of a guardian that somebody else ended, what was typed stands in the form for another one.
        return try await page(
            seen, request, context,
            refused: FamilyForms.Refused(
                scope: isGone ? FamilyForms.newScope : "guardian-\(id)", sent: context.form, reasons: reasons, before: before,
                changedBy: changedBy))
    }

    private func guardian(_ context: SiteContext, _ seen: SeenDossier) throws -> Guardian {
        guard let guardian = seen.dossier.guardian(GuardianID(try context.parameter("guardian"))) else { throw NotFound() }
        return guardian
    }

    /// The guardian of an address, for somebody who may change the family.
    private func editable(_ seen: SeenDossier, _ context: SiteContext) throws -> Guardian {
        let guardian = try guardian(context, seen)
        guard seen.sight.may(.editFamily) else { throw Refused(.notAllowed) }
        return guardian
    }

    private func askEnd(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.family], as: try context.signedIn)
        let guardian = try editable(seen, context)
        let words = site.words(context, seen.rules)
        let id = seen.dossier.id.rawValue
        let page = ConfirmPage(
            title: words.texts("family.end.title"), frame: try await site.frame(seen, current: .family, words),
            lead: words.texts("family.end.lead", ["who": guardian.name]),
            facts: [Fact(words.texts("guardian.relation"), words.relation(guardian))],
            consequences: [
                words.texts("family.end.noAccess"), words.texts("family.end.agreements"), words.texts("family.end.history"),
            ],
            form: Form(
                action: Address.guardianEnd(id, guardian.id.rawValue).path, button: words.texts("family.end.button"),
                cancel: Link(words.texts("form.cancel"), .family(id))), isGrave: true)
        return try await site.show(page, request, context, .pupils)
    }

    private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        let guardian = try editable(seen, context)
        _ = try await site.installation.perform(.endGuardian(guardian.id), on: seen.dossier.id, as: seen.actor)
        return site.redirect(.family(seen.dossier.id.rawValue), done: "gezin-beeindigd")
    }

    // MARK: Accounts

    private func askAccount(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.family], as: try context.signedIn)
        let guardian = try editable(seen, context)
        let words = site.words(context, seen.rules)
        let id = seen.dossier.id.rawValue
        let known = try await site.installation.guardiansWithoutOwnPassword(in: seen)[guardian.id]
        let isRenewed = known != nil
        guard isRenewed || guardian.person == nil, let email = known ?? guardian.email else {
            return site.redirect(.family(id))
        }
        let key = isRenewed ? "renewing" : "account"
        let reads = seen.rules.function(
            guardian.authority ? PlanRules.guardian : PlanRules.guardianWithoutAuthority)?.explanation[words.language]
        let page = ConfirmPage(
            title: words.texts("family.\(key).title"), frame: try await site.frame(seen, current: .family, words),
            lead: words.texts("family.\(key).lead", ["who": guardian.name]),
            facts: [
                Fact(words.texts("guardian.relation"), words.relation(guardian)), Fact(words.texts("guardian.email"), email),
            ], consequences: [words.texts("family.\(key).check"), isRenewed ? nil : reads].compactMap { $0 },
            form: Form(
                action: Address.guardianAccount(id, guardian.id.rawValue).path, button: words.texts("family.\(key).button"),
                fields: isRenewed ? [FormField(name: Self.renew, label: "", kind: .hidden, value: "yes")] : [],
                cancel: Link(words.texts("form.cancel"), .family(id))), isGrave: false)
        return try await site.show(page, request, context, .pupils)
    }

    /// The field that says that another first password is wanted, and not an account: a second press of the one is not the other.
    private static let renew = "renew"

    private func giveAccount(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context)
        let guardian = try editable(seen, context)
        let isRenewed = context.form[Self.renew] == "yes"
        // A second press must not take away an account that is in use.
        guard isRenewed || guardian.person == nil else { return site.redirect(.family(seen.dossier.id.rawValue)) }
        if let check = try await OwnerCheck(site: site).first(.access, request, context) { return check }
        guard isRenewed else { return try await giveFirstAccount(to: guardian, in: seen, request, context) }
        let (email, password) = try await site.installation.renewFirstPassword(
            of: guardian.id, in: seen.dossier.id, as: seen.actor)
        if let person = guardian.person { context.note(.passwordRenewed, of: person) }
        return try await hand(
            try await site.give(password, to: email, context), to: guardian, email, in: seen, request, context,
            title: "family.renewing.given")
    }

    private func giveFirstAccount(
        to guardian: Guardian, in seen: SeenDossier, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let scope = FamilyForms.scope(guardian)
        do {
            let (email, password) = try await site.installation.giveAccount(
                to: guardian.id, in: seen.dossier.id, as: seen.actor)
            return try await hand(
                try await site.give(password, to: email, context), to: guardian, email, in: seen, request, context,
                title: "family.account.given")
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            if refused.reasons.contains(where: { $0.code == .otherName }) { context.note(.addressTried) }
            return try await self.page(
                seen, request, context, refused: FamilyForms.Refused(scope: scope, sent: nil, reasons: refused.reasons))
        } catch AccountRefusal.emailTaken {
            return try await self.page(
                seen, request, context,
                refused: FamilyForms.Refused(
                    scope: scope, sent: nil, reasons: [Refusal(.alreadyKnown, field: "guardian-email")]))
        }
    }

    /// Shows a first password, or says that it was mailed or that none was needed.
    private func hand(
        _ given: Site.Given?, to guardian: Guardian, _ email: String, in seen: SeenDossier, _ request: Request,
        _ context: SiteContext, title: String
    ) async throws -> Response {
        guard case .told(let told) = given else {
            let done = given == nil ? "account-gekoppeld" : "uitnodiging-gemaild"
            return site.redirect(.family(seen.dossier.id.rawValue), done: done)
        }
        let words = site.words(context, seen.rules)
        // Shown in the answer itself, because it is kept nowhere.
        let page = AccountGivenPage(
            title: words.texts(title), frame: try await site.frame(seen, current: .family, words),
            lead: words.texts("family.account.givenLead", ["who": guardian.name]), email: email, password: told,
            back: Link(words.texts("family.account.back"), .family(seen.dossier.id.rawValue)))
        return try await site.show(page, request, context, .pupils)
    }

    // MARK: Agreements

    private func agree(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await glance(context, .agreements)
        let form = context.form
        guard let purpose = seen.rules.purpose(form["purpose"]) else { throw NotFound() }
        let speaker = form["guardian"]
        let isNew = form[FamilyForms.newRecipient] == "yes"
        let guardian = seen.dossier.guardian(GuardianID(SiteContext.key(speaker) ?? ""))
        guard guardian != nil || speaker == FamilyForms.child || (isNew && speaker.isEmpty) else { throw NotFound() }
        let recipient = form["recipient"].trimmed.nilWhenEmpty
        let index = recipient.flatMap { name in
            seen.dossier.recipients(of: purpose.id).firstIndex { Agreement.isSame($0, name) }
        }
        let scope =
            isNew ? FamilyForms.newScope(purpose) : FamilyForms.scope(purpose, guardian, recipient: index)
        return try await carryOut(seen, request, context, scope: scope, done: "toestemming-vastgelegd") {
            let own = guardian.map { $0.person == seen.actor.person } ?? false
            let day = own ? seen.today : Day(form["on"].trimmed)
            var unreadable: [Refusal] = []
            if isNew, recipient == nil { unreadable.append(Refusal(.required, field: "recipient")) }
            if speaker.isEmpty { unreadable.append(Refusal(.required, field: "guardian")) }
            let word = Agreement.Word(rawValue: form["word"])
            if word == nil { unreadable.append(Refusal(.required, field: "word")) }
            let way = own ? .account : Agreement.Way(rawValue: form["way"])
            if way == nil { unreadable.append(Refusal(.required, field: "way")) }
            if day == nil { unreadable.append(Refusal(form["on"].trimmed.isEmpty ? .required : .notADay, field: "on")) }
            guard unreadable.isEmpty, let word, let way, let day else { throw Refused(unreadable) }
            let agreement = DossierCommand.RecordAgreement(
                guardian: guardian?.id, purpose: purpose.id, word: word, way: way, on: day, recipient: recipient,
                after: Int(form[FamilyForms.answered]))
            _ = try await site.installation.perform(.recordAgreement(agreement), on: seen.dossier.id, as: seen.actor)
        }
    }
}
