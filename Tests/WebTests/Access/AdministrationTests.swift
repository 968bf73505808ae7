import Domain
import Foundation
import HTTPTypes
import Journal
import Testing
import UseCases

@testable import Web

@Suite("The administrator and accounts")
struct AdministrationTests {
    private func visitor(_ person: PersonID, _ stage: PlanStage) async throws -> Visitor {
        let signedIn = try await stage.installation.vault.accounts.begin(person, at: stage.clock.now())
        return Visitor(
            client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
    }

    private func administrator(_ stage: PlanStage) async throws -> Visitor {
        try await visitor(PersonID("p-administrator"), stage)
    }

    @Test("An address that is somebody's already adds nobody: it is said whose it is, and giving a function is a choice")
    func known() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let ib = try stage.holder("ib")
            let head = try await stage.installation.journal.head()
            let answer = try await administrator.post(
                "/beheer/mensen", [("name", "Iemand Anders"), ("email", " \(ib)@Voorbeeld.example")])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.words.contains("Dit e-mailadres is al van Naam van \(ib.rawValue.dropFirst(2))"))
            #expect(answer.text.contains("href=\"/beheer/mensen/\(ib)\""))
            #expect(answer.value("name") == "Iemand Anders")
            #expect(answer.text.contains("aria-invalid"))
            #expect(try await stage.installation.journal.head() == head)

            let added = try await administrator.post(
                "/beheer/mensen", [("name", "Iemand Anders"), ("email", "anders@voorbeeld.example")])
            #expect(added.status == .ok)
            #expect(added.words.contains("Het eerste wachtwoord is"))
        }
    }

    @Test("Closing an account ends its sessions and keys in the same moment, and opening it again brings none back")
    func close() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let ib = try stage.holder("ib")
            let session = try await visitor(ib, stage)
            let program = try await stage.program(ib)
            #expect(try await session.get("/").status == .ok)
            #expect(try await program.get("/account").status == .ok)

            let closed = try await administrator.post("/beheer/mensen/\(ib)/sluiten")
            #expect(closed.location == "/beheer/mensen/\(ib)?gedaan=account-gesloten")
            #expect(try await session.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
            await #expect(throws: AccountRefusal.unknownAccount) { _ = try await visitor(ib, stage) }
            let page = try await administrator.get("/beheer/mensen/\(ib)")
            #expect(page.words.contains("gesloten sinds"))
            #expect(!page.text.contains("/sluiten\""))

            #expect(try await administrator.post("/beheer/mensen/\(ib)/openen").status == .seeOther)
            #expect(try await session.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
            #expect(try await visitor(ib, stage).get("/").status == .ok)
        }
    }

    @Test("Nobody closes their own account, and nobody but the administrator another's")
    func notOwn() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            #expect(try await administrator.post("/beheer/mensen/p-administrator/sluiten").status == .forbidden)
            #expect(try await administrator.get("/beheer/mensen/p-administrator").text.contains("/sluiten") == false)
            #expect(try await administrator.get("/").status == .ok)
            let ib = try stage.holder("ib")
            #expect(try await visitor(ib, stage).post("/beheer/mensen/p-administrator/sluiten").status == .notFound)
            #expect(try await administrator.post("/beheer/mensen/niemand/sluiten").status == .notFound)
        }
    }

    @Test("With the last function every session and key ends; with one of several none")
    func lastFunction() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let person = try stage.holder("ib")
            try await stage.grant("teacher", to: person)
            let session = try await visitor(person, stage)
            let program = try await stage.program(person)
            let first = try await administrator.post("/beheer/mensen/\(person)/einde", [("grant", "\(person)-teacher")])
            #expect(first.location == "/beheer/mensen/\(person)?gedaan=saved")
            #expect(try await session.get("/").status == .ok)
            let last = try await administrator.post("/beheer/mensen/\(person)/einde", [("grant", "\(person)-ib")])
            #expect(last.location == "/beheer/mensen/\(person)?gedaan=laatste-functie-beeindigd")
            #expect(try await session.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
        }
    }

    // MARK: Of a school

    private func schoolAdministrator(_ stage: PlanStage) async throws -> Visitor {
        try await visitor(try await stage.administrator(at: PlanStage.school), stage)
    }

    /// The form with which somebody gets a function at a school.
    private func enrolment(
        _ name: String, _ email: String, _ function: String = "teacher", at place: OrganisationID = PlanStage.school,
        from: String = "2023-11-06"
    ) -> [(String, String)] {
        [
            ("name", name), ("email", email), ("function", function), ("organisation", place.rawValue), ("from", from),
            ("until", ""),
        ]
    }

    @Test("A school's administrator sees the people of the school, now and before, and nobody else")
    func sees() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await schoolAdministrator(stage)
            let (ib, stranger, office) = (
                try stage.holder("ib"), try stage.stranger("ib"), try stage.holder("secretary")
            )
            #expect(try await administrator.get("/").text.contains("href=\"/beheer/mensen\""))
            let page = try await administrator.get("/beheer/mensen")
            #expect(page.words.contains("mensen bij Het Anker"))
            #expect(page.text.contains("/beheer/mensen/\(ib)\""))
            for other in [stranger, office] {
                #expect(!page.text.contains(other.rawValue))
                #expect(try await administrator.get("/beheer/mensen/\(other)").status == .notFound)
                let found = try await administrator.post("/beheer/mensen/_zoek", [("zoek", "Naam")])
                #expect(!found.text.contains(other.rawValue))
            }
            // Who left stays in sight, so that an end by mistake is mended.
            #expect(
                try await administrator.post("/beheer/mensen/\(ib)/einde", [("grant", "\(ib)-ib")]).status == .seeOther)
            #expect(try await administrator.get("/beheer/mensen").text.contains("/beheer/mensen/\(ib)\""))
            for path in ["/beheer/scholen", "/beheer/toestand"] {
                #expect(try await administrator.get(path).status == .notFound)
                #expect(!page.text.contains(path))
            }
        }
    }

    @Test("Of somebody who works elsewhere too, a school's administrator sees what they hold at the school alone")
    func seesOwnPart() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await schoolAdministrator(stage)
            let stranger = try stage.stranger("ib")
            try await stage.grant("teacher", to: stranger)
            let page = try await administrator.get("/beheer/mensen/\(stranger)")
            #expect(page.status == .ok)
            #expect(page.words.contains("Het Anker"))
            #expect(!page.words.contains("De Boei"))
            #expect(page.words.contains("Voor dit account vraagt u een nieuw wachtwoord"))
            for act in ["wachtwoord", "tweede-stap", "sluiten", "openen"] {
                #expect(!page.text.contains("/\(act)\""))
                #expect(try await administrator.post("/beheer/mensen/\(stranger)/\(act)").status == .forbidden)
            }
            let refused = try await administrator.post("/beheer/mensen/\(stranger)/einde", [("grant", "\(stranger)-ib")])
            #expect(refused.status == .unprocessableContent)
            let journal = try await stage.installation.person(stranger)
            #expect(journal.actor(on: stage.clock.now().day).holds("ib", at: PlanStage.otherSchool))
        }
    }

    @Test("Somebody new gets a function at the school at once, and the partnership sees who gave it")
    func enrols() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await schoolAdministrator(stage)
            let added = try await administrator.post("/beheer/mensen", enrolment("Iemand Anders", "anders@voorbeeld.example"))
            #expect(added.status == .ok)
            #expect(added.words.contains("Het eerste wachtwoord is"))
            let known = try #require(try await stage.installation.known(email: "anders@voorbeeld.example"))
            let actor = try await stage.installation.actor(known.id)
            #expect(actor.holds("teacher", at: PlanStage.school))
            #expect(actor.functions.count == 1)
            let page = try await self.administrator(stage).get("/beheer/mensen/\(known.id)")
            #expect(page.words.contains("door Naam van administrator-school-het-anker"))
            #expect(try await administrator.post("/beheer/mensen/\(known.id)/sluiten").status == .seeOther)
            #expect(try await self.administrator(stage).get("/beheer/mensen/\(known.id)").words.contains("Account gesloten"))
        }
    }

    @Test("Whoever is known elsewhere gets the function by exact address and name; an address alone tells nobody whose it is")
    func enrolsKnown() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await schoolAdministrator(stage)
            let stranger = try stage.stranger("ib")
            let email = "\(stranger)@voorbeeld.example"
            let head = try await stage.installation.journal.head()
            let guessed = try await administrator.post("/beheer/mensen", enrolment("Wie Dan Ook", email))
            #expect(guessed.status == .unprocessableContent)
            #expect(guessed.words.contains("Dit e-mailadres staat hier op een andere naam"))
            #expect(!guessed.words.contains("Naam van \(stranger.rawValue.dropFirst(2))"), "whose it is shows nowhere")
            #expect(!guessed.text.contains("/beheer/mensen/\(stranger)"))
            #expect(guessed.value("name") == "Wie Dan Ook")
            #expect(guessed.value("email") == email)
            #expect(try await stage.installation.journal.head() == head)

            let name = try #require(try await stage.installation.person(stranger).name)
            let given = try await administrator.post("/beheer/mensen", enrolment(name, email))
            #expect(given.location == "/beheer/mensen/\(stranger)?gedaan=saved")
            #expect(try await stage.installation.actor(stranger).holds("teacher", at: PlanStage.school))
            // Now that they work here, another slip tells whose address it is.
            let again = try await administrator.post("/beheer/mensen", enrolment("Wie Dan Ook", email))
            #expect(again.words.contains("Dit e-mailadres is al van \(name)"))
        }
    }

    @Test(
        "A school's administrator gives nothing elsewhere, nothing of the partnership, no administration, and nothing to themselves"
    )
    func givesNothingElse() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await schoolAdministrator(stage)
            let ib = try stage.holder("ib")
            let own = "p-administrator-\(PlanStage.school)"
            let head = try await stage.installation.journal.head()
            for (function, place) in [
                ("teacher", PlanStage.otherSchool), ("secretary", .partnership), ("secretary", PlanStage.school),
                (Person.administrator, PlanStage.school), (Person.administrator, PlanStage.otherSchool),
                (Person.administrator, .partnership),
            ] {
                let form = enrolment("Iemand Anders", "anders@voorbeeld.example", function, at: place)
                #expect(try await administrator.post("/beheer/mensen", form).status == .unprocessableContent)
                #expect(try await administrator.post("/beheer/mensen/\(ib)", form).status == .unprocessableContent)
            }
            let toOneself = try await administrator.post("/beheer/mensen/\(own)", enrolment("", "", "ib"))
            #expect(toOneself.status == .unprocessableContent)
            let page = try await administrator.get("/beheer/mensen/\(own)")
            #expect(page.words.contains("Een functie geeft u niet aan uzelf"))
            #expect(!page.text.contains("name=\"function\""))
            #expect(!page.text.contains("/einde\""), "nor ends their own administration")
            #expect(try await stage.installation.known(email: "anders@voorbeeld.example") == nil)
            #expect(try await stage.installation.journal.head() == head)
            let offered = try await administrator.get("/beheer/mensen/\(ib)").text
            #expect(offered.contains("value=\"teacher\""))
            for id in ["secretary", Person.administrator] { #expect(!offered.contains("value=\"\(id)\"")) }
            for place in [PlanStage.otherSchool, .partnership] { #expect(!offered.contains("value=\"\(place)\"")) }
        }
    }

    @Test("Who is also family of a child keeps an account that the school's administrator does not touch")
    func family() async throws {
        try await AccessStage.run(at: .opened) { access in
            let stage = access.stage
            let guardian = try #require(access.people[.guardian])
            try await stage.grant("teacher", to: guardian)
            let administrator = try await access.visitor(.schoolAdministrator)
            let page = try await administrator.get("/beheer/mensen/\(guardian)")
            #expect(page.status == .ok)
            #expect(page.words.contains("Voor dit account vraagt u een nieuw wachtwoord"))
            for act in ["wachtwoord", "tweede-stap", "sluiten"] {
                #expect(try await administrator.post("/beheer/mensen/\(guardian)/\(act)").status == .forbidden)
            }
            #expect(try await self.administrator(stage).post("/beheer/mensen/\(guardian)/sluiten").status == .seeOther)
        }
    }

    @Test("A school's administrator has somebody of the school take the place of a colleague, and nobody from elsewhere")
    func replaces() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await schoolAdministrator(stage)
            let (ib, teacher, stranger) = (try stage.holder("ib"), try stage.holder("teacher"), try stage.stranger("ib"))
            func form(_ by: PersonID) -> [(String, String)] {
                [
                    ("grant", "\(ib)-ib"), ("email", "\(by)@voorbeeld.example"), ("from", "2023-11-06"),
                    ("until", "2023-11-30"),
                ]
            }
            let refused = try await administrator.post("/beheer/mensen/\(ib)/vervanging", form(stranger))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("Deze persoon kennen wij niet"))
            #expect(refused.value("email") == "\(stranger)@voorbeeld.example")
            let done = try await administrator.post("/beheer/mensen/\(ib)/vervanging", form(teacher))
            #expect(done.location == "/beheer/mensen/\(ib)?gedaan=vervangen")
            #expect(try await stage.installation.actor(teacher).holds("ib", at: PlanStage.school))
            // Where the function that is to be taken over ended meanwhile, the page says so though it has no form for it any more.
            let own = "\(teacher)-teacher"
            #expect(try await administrator.post("/beheer/mensen/\(teacher)/einde", [("grant", own)]).status == .seeOther)
            let late = try await administrator.post(
                "/beheer/mensen/\(teacher)/vervanging", [("grant", own)] + form(ib).filter { $0.0 != "grant" })
            #expect(late.status == .unprocessableContent)
            #expect(late.words.contains(stage.site.face.texts(.nl)("refusal.notHeldThen")))
        }
    }

    @Test(
        "The partnership's administrator appoints that of a school on the person's page, and ends it: the same minute it is over")
    func appoints() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let director = try stage.holder("school-director")
            let appointed = try await administrator.post(
                "/beheer/mensen/\(director)", enrolment("", "", Person.administrator))
            #expect(appointed.status == .seeOther)
            let visitor = try await visitor(director, stage)
            #expect(try await visitor.get("/beheer/mensen").status == .ok)
            let grant = try #require(
                try await stage.installation.person(director).functions.first { $0.held.function == Person.administrator })
            #expect(
                try await administrator.post("/beheer/mensen/\(director)/einde", [("grant", grant.id)]).status == .seeOther)
            #expect(try await visitor.get("/beheer/mensen").status == .notFound)
        }
    }

    @Test("A first password that nobody used for two weeks ends; who knows it hears whom to ask, and a stranger hears nothing")
    func firstPasswordEnds() async throws {
        try await PlanStage.run("spow") { stage in
            let administrator = try await administrator(stage)
            let email = "anders@voorbeeld.example"
            _ = try await administrator.post("/beheer/mensen", [("name", "Iemand Anders"), ("email", email)])
            let person = try #require(try await stage.installation.known(email: email)?.id)
            let password = try await stage.installation.renewPassword(of: person, as: .program)
            stage.clock.move(to: stage.clock.now().adding(days: Account.firstPasswordDays))
            let guest = Visitor(client: stage.client, cookie: "lang=nl", csrf: "")
            func signIn(_ email: String, _ password: String) async throws -> Visitor.Answer {
                try await guest.post("/aanmelden", [("email", email), ("password", password)])
            }
            let ended = try await signIn(email, password)
            #expect(ended.status == .unprocessableContent)
            #expect(ended.words.contains("Dit eerste wachtwoord werkt niet meer: een eerste wachtwoord werkt 14 dagen"))
            #expect(ended.words.contains("Vraag een nieuw aan de school van uw kind, of aan de beheerder"))
            let wrong = "Dit e-mailadres en wachtwoord horen niet bij elkaar"
            #expect(try await signIn(email, "een heel ander woord").words.contains(wrong))
            #expect(try await signIn("niemand@voorbeeld.example", password).words.contains(wrong))
            #expect(try await self.administrator(stage).get("/beheer/mensen/\(person)").words.contains("Geef een nieuw."))
        }
    }
}
