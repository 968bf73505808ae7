import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The family of a child")
struct FamilyTests {
    private static let path = DossierStage.path + "/gezin"
    private static let mother = Testland.motherInDossier.id
    private static let father = Testland.fatherInDossier.id

    @Test("The coordinator adds, changes and ends a guardian")
    func guardians() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let page = try await ib.get(Self.path)
            #expect(page.words.contains("Mies Pluis"))
            #expect(page.words.contains("met gezag"))
            let added = try await ib.post(
                Self.path,
                [
                    ("guardian-name", " Oma Pluis "), ("guardian-relation", "stepparent"), ("guardian-authority", ""),
                    ("guardian-email", ""),
                ])
            #expect(added.location == "\(Self.path)?gedaan=gezin-bewaard")
            let grandmother = try #require(try await stage.now.guardians.last)
            #expect(grandmother.name == "Oma Pluis")
            #expect(!grandmother.authority)
            let changed = try await ib.post(
                "\(Self.path)/g-father",
                [
                    ("guardian-name", "Piet Pluis"), ("guardian-relation", "father"), ("guardian-authority", "no"),
                    ("guardian-email", "piet@example.nl"),
                ])
            #expect(changed.status == .seeOther)
            #expect(try await stage.now.guardian(Self.father)?.authority == false)
            #expect(try await stage.now.guardian(Self.father)?.email == "piet@example.nl")
            let asked = try await ib.get("\(Self.path)/g-father/beeindigen")
            #expect(asked.words.contains("U haalt Piet Pluis uit het dossier."))
            #expect(try await ib.post("\(Self.path)/g-father/beeindigen").status == .seeOther)
            #expect(try await stage.now.guardian(Self.father) == nil)
            #expect(try await ib.get("\(Self.path)/g-father/beeindigen").status == .notFound)
        }
    }

    @Test("A guardian's address is for the school and for that guardian, and for nobody else of the family")
    func addresses() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            for (id, name, relation, email) in [
                ("g-father", "Piet Pluis", "father", "piet@example.nl"), ("g-mother", "Mies Pluis", "mother", "mies@example.nl"),
            ] {
                _ = try await ib.post(
                    "\(Self.path)/\(id)",
                    [
                        ("guardian-name", name), ("guardian-relation", relation), ("guardian-authority", "yes"),
                        ("guardian-email", email),
                    ])
            }
            #expect(try await ib.get(Self.path).text.contains("piet@example.nl"))
            let mother = try await stage.visitor(Testland.mother).get(Self.path)
            #expect(mother.text.contains("mies@example.nl"), "one's own")
            #expect(mother.words.contains("Piet Pluis") && !mother.text.contains("piet@"))
            let program = try await stage.program(Testland.mother)
            for path in ["/dossiers/d-1", "/dossiers/d-1/verzorgers", "/dossiers/d-1/verzorgers/g-father"] {
                let answer = try await program.done(.get, path)
                #expect(!answer.text.contains("piet@"), "\(path)")
            }
        }
    }

    @Test("A refused guardian stays in its own form with the reasons, the other forms are untouched")
    func refusedGuardian() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let page = try await ib.post(
                "\(Self.path)/g-father",
                [
                    ("guardian-name", ""), ("guardian-relation", "father"), ("guardian-authority", "yes"),
                    ("guardian-email", "piet@"),
                ])
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("id=\"field-guardian-g-father-guardian-name-error\""))
            #expect(page.text.contains("id=\"field-guardian-g-father-guardian-email-error\""))
            #expect(page.text.contains("value=\"piet@\""))
            #expect(!page.text.contains("field-guardian-g-mother-guardian-name-error"))
        }
    }

    @Test("Ids on the page are unique, however many forms it has")
    func uniqueIds() async throws {
        try await DossierStage.run { stage in
            let page = try await stage.visitor(Testland.ib).get(Self.path)
            let ids = Markup(page.text).opened.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count)
        }
    }

    @Test("A guardian with an address gets an account: the password is shown once and opens the dossier")
    func account() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let without = try await ib.get("\(Self.path)/g-father/account")
            #expect(without.status == .seeOther)
            _ = try await ib.post(
                "\(Self.path)/g-father",
                [
                    ("guardian-name", "Piet Pluis"), ("guardian-relation", "father"), ("guardian-authority", "yes"),
                    ("guardian-email", "piet@example.nl"),
                ])
            #expect(try await ib.get("\(Self.path)/g-father/account").words.contains("piet@example.nl"))
            let given = try await ib.post("\(Self.path)/g-father/account")
            #expect(given.status == .ok)
            #expect(given.headers[.cacheControl] == "no-store")
            let password = try #require(given.text.firstMatch(of: /id="first-password">([^<]+)</)).1
            let signedIn = try await stage.installation.vault.accounts.signIn(
                email: "piet@example.nl", password: String(password), source: "test", at: stage.clock.now())
            #expect(try await stage.now.guardian(Self.father)?.person == signedIn.session.person)
            let newcomer = try await stage.visitor(Actor(person: signedIn.session.person))
            #expect(try await newcomer.get(DossierStage.path).location == "/account/eigen-wachtwoord")
            try await stage.installation.vault.accounts.setPassword(
                "vier oude bruggen bij het veer", of: signedIn.session.person, name: nil)
            let father = try await stage.visitor(Actor(person: signedIn.session.person))
            #expect(try await father.get(DossierStage.path).status == .ok)
            // A second press gives no second account and shows no password.
            #expect(try await ib.post("\(Self.path)/g-father/account").status == .seeOther)
        }
    }

    @Test("The school records what a guardian said, on which day and how")
    func recorded() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let answer = try await ib.post(
                "\(Self.path)/toestemming",
                [("guardian", "g-father"), ("purpose", "talk"), ("word", "given"), ("way", "paper"), ("on", "2021-09-03")])
            #expect(answer.location == "\(Self.path)?gedaan=toestemming-vastgelegd")
            let agreement = try #require(try await stage.now.agreement(of: Self.father, on: "talk"))
            #expect(agreement.word == .given)
            #expect(agreement.way == .paper)
            #expect(agreement.on == .of("2021-09-03"))
            let page = try await ib.get(Self.path).words
            #expect(page.contains("op papier, 3 september 2021; vastgelegd door Naam van ib"))
            #expect(page.contains("Niet meer akkoord"), "what was given can be taken back")
        }
    }

    @Test(
        "An answer that is not whole, or of a day to come, is refused beside the field",
        arguments: [
            ("", "paper", "2021-09-03", ["word"]), ("given", "", "2021-09-03", ["way"]), ("given", "paper", "3 sept", ["on"]),
            ("given", "paper", "2021-09-07", ["on"]), ("", "", "", ["word", "way", "on"]),
        ])
    func refusedAnswer(_ word: String, _ way: String, _ on: String, _ fields: [String]) async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let page = try await ib.post(
                "\(Self.path)/toestemming",
                [("guardian", "g-father"), ("purpose", "talk"), ("word", word), ("way", way), ("on", on)])
            #expect(page.status == .unprocessableContent)
            for field in fields { #expect(page.text.contains("id=\"field-talk-g-father-\(field)-error\""), "\(field)") }
            #expect(page.text.contains("value=\"\(on)\""))
            #expect(try await stage.now.agreements.isEmpty)
        }
    }

    /// The father with an address and an account whose first password he never changed.
    private func newAccount(_ stage: DossierStage) async throws -> PersonID {
        try await stage.happened(
            .recordGuardian(
                Guardian(id: Self.father, name: "Piet Pluis", relation: "father", authority: true, email: "piet@example.nl")))
        _ = try await stage.visitor(Testland.ib).post("\(Self.path)/g-father/account")
        return try #require(try await stage.now.guardian(Self.father)?.person)
    }

    @Test("A first password that was lost or ended is given anew by the school, until the parent chose one")
    func renewed() async throws {
        try await DossierStage.run { stage in
            let person = try await newAccount(stage)
            let accounts = stage.installation.vault.accounts
            stage.clock.move(to: stage.clock.now().adding(days: 20))
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get(Self.path).words.contains("Nieuw eerste wachtwoord geven"))
            let asked = try await ib.get("\(Self.path)/g-father/account")
            #expect(asked.words.contains("Piet Pluis koos nog geen eigen wachtwoord."))
            // It goes to the address of the account, also when the dossier says another one by now.
            var moved = try #require(try await stage.now.guardian(Self.father))
            moved.email = "verhuisd@example.nl"
            try await stage.happened(.recordGuardian(moved))
            let elsewhere = try await ib.get("\(Self.path)/g-father/account")
            #expect(elsewhere.words.contains("piet@example.nl") && !elsewhere.words.contains("verhuisd@example.nl"))
            // The old form, pressed again, gives none.
            #expect(try await ib.post("\(Self.path)/g-father/account").location == Self.path)
            let given = try await ib.post("\(Self.path)/g-father/account", [("renew", "yes")])
            #expect(given.words.contains("Het nieuwe wachtwoord is er"))
            let account = try #require(try await accounts.account(of: person))
            #expect(account.firstPasswordEnds == stage.clock.now().adding(days: Account.firstPasswordDays))
            let acts = try await stage.installation.journal.read(Projection.stream(person))
            #expect(acts.last?.type == "account.handled.v1" && acts.last?.actor == Testland.ib.person)

            try await accounts.setPassword("vier oude bruggen bij het veer", of: person, name: nil)
            #expect(try await !ib.get(Self.path).words.contains("Nieuw eerste wachtwoord geven"))
            #expect(try await ib.get("\(Self.path)/g-father/account").location == Self.path)
            #expect(try await ib.post("\(Self.path)/g-father/account", [("renew", "yes")]).status == .forbidden)
        }
    }

    @Test("No first password is given anew where the account opens anything else, nor by who does not see to the family")
    func notRenewed() async throws {
        try await DossierStage.run { stage in
            let person = try await newAccount(stage)
            #expect(
                try await stage.visitor(Testland.mother).post("\(Self.path)/g-father/account", [("renew", "yes")]).status
                    == .forbidden)
            let ib = try await stage.visitor(Testland.ib)
            // Of another child as well.
            var open = Testland.open
            if case .open(let command) = open {
                open = .open(
                    .init(
                        child: command.child, school: command.school,
                        guardians: [
                            Guardian(id: GuardianID("g-x"), name: "Piet", relation: "father", authority: true, person: person)
                        ]))
            }
            _ = try await stage.installation.perform(open, on: DossierID("d-2"), as: Testland.ib)
            #expect(try await !ib.get(Self.path).words.contains("Nieuw eerste wachtwoord geven"))
            #expect(try await ib.post("\(Self.path)/g-father/account", [("renew", "yes")]).status == .forbidden)
        }
        try await DossierStage.run { stage in
            let person = try await newAccount(stage)
            // Somebody with a function, even one that is over.
            let held = HeldFunction(
                function: "teacher", organisation: Testland.otherSchool, from: .of("2018-08-01"), until: .of("2019-07-31"))
            _ = try await stage.installation.perform(
                PersonCommand.grant(FunctionGrant(id: "x", held: held)), on: person, as: .program)
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.post("\(Self.path)/g-father/account", [("renew", "yes")]).status == .forbidden)
        }
    }

    @Test("A guardian gives their own word, with the account and today, and for nobody else")
    func ownWord() async throws {
        try await DossierStage.run { stage in
            let mother = try await stage.visitor(Testland.mother)
            let page = try await mother.get(Self.path)
            #expect(page.words.contains("Wat zegt u?"))
            #expect(!page.words.contains("Hoe werd dat gezegd?"))
            #expect(!page.text.contains("guardian-name"), "a guardian does not change the family")
            let own = try await mother.post(
                "\(Self.path)/toestemming",
                [("guardian", "g-mother"), ("purpose", "talk"), ("word", "refused"), ("way", "paper"), ("on", "2021-01-01")])
            #expect(own.status == .seeOther)
            let agreement = try #require(try await stage.now.agreement(of: Self.mother, on: "talk"))
            #expect(agreement.way == .account)
            #expect(agreement.on == .of("2021-09-06"))
            let other = try await mother.post(
                "\(Self.path)/toestemming",
                [("guardian", "g-father"), ("purpose", "talk"), ("word", "given"), ("way", "paper"), ("on", "2021-09-03")])
            #expect(other.status == .forbidden)
            #expect(
                try await mother.post(
                    Self.path,
                    [
                        ("guardian-name", "X"), ("guardian-relation", "father"),
                    ]
                ).status == .forbidden)
        }
    }

    @Test("Agreement is asked for each recipient, shown apart, and taken back for that one alone")
    func recipients() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let form = try await ib.get(Self.path)
            #expect(form.text.contains("id=\"field-share-new-recipient-recipient\""))
            #expect(!form.text.contains("id=\"field-talk-new-recipient-recipient\""), "a talk goes to nobody outside")
            func asked(_ guardian: String, _ recipient: String) -> [(String, String)] {
                [
                    ("purpose", "share"), ("new-recipient", "yes"), ("recipient", recipient), ("guardian", guardian),
                    ("word", "given"), ("way", "spoken"), ("on", "2021-09-03"),
                ]
            }
            for (guardian, recipient, field) in [("g-father", " ", "recipient"), ("", "Praktijk Zuid", "guardian")] {
                let refused = try await ib.post("\(Self.path)/toestemming", asked(guardian, recipient))
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("id=\"field-share-new-recipient-\(field)-error\""), "\(field)")
            }
            #expect(try await stage.now.agreements.isEmpty)
            for recipient in [Testland.practice, "Praktijk Zuid"] {
                #expect(try await ib.post("\(Self.path)/toestemming", asked("g-father", recipient)).status == .seeOther)
            }
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get(Self.path).words.contains("Voor Praktijk De Brug"))
            for recipient in [Testland.practice, "Praktijk Zuid"] {
                let own = [("guardian", "g-mother"), ("purpose", "share"), ("recipient", recipient), ("word", "given")]
                #expect(try await mother.post("\(Self.path)/toestemming", own).status == .seeOther)
            }
            #expect(try await stage.now.agreedRecipients(of: "share") == [Testland.practice, "Praktijk Zuid"])
            try await stage.happened(Testland.asksIn())
            #expect(try await mother.get(Self.path).words.contains("leest nu mee."))
            let ask = try await ib.get(DossierStage.path + "/meelezers?soort=practitioner")
            #expect(ask.words.contains("Voor wie is de toestemming?") && ask.words.contains("Praktijk Zuid"))
            let back = [("guardian", "g-mother"), ("purpose", "share"), ("recipient", Testland.practice), ("word", "withdrawn")]
            #expect(try await mother.post("\(Self.path)/toestemming", back).status == .seeOther)
            #expect(try await stage.now.agreedRecipients(of: "share") == ["Praktijk Zuid"])
            #expect(try await stage.now.askedIn.first?.closed?.why == .agreementGone)
            // A parent can name somebody as well, and speaks for nobody else.
            let named = [("purpose", "share"), ("new-recipient", "yes"), ("recipient", "Tante Bep"), ("word", "refused")]
            #expect(try await mother.post("\(Self.path)/toestemming", named + [("guardian", "g-mother")]).status == .seeOther)
            #expect(
                try await stage.now.agreement(of: Self.mother, on: "share", to: "Tante Bep")?.way == .account)
            for other in ["g-father", "child"] {
                let spoken = named + [("guardian", other), ("way", "paper"), ("on", "2021-09-03")]
                #expect(try await mother.post("\(Self.path)/toestemming", spoken).status == .forbidden, "\(other)")
            }
        }
    }

    @Test("What a child of sixteen says itself is recorded by the school, beside the parents, and by nobody of the family")
    func childItself() async throws {
        try await DossierStage.run { stage in
            let young = try await stage.visitor(Testland.ib).get(Self.path)
            #expect(!young.words.contains("zelf?"))
            stage.clock.move(to: .of("2030-09-06"))
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get(Self.path).words.contains("Wat zei Pim zelf?"))
            let said = [("guardian", "child"), ("purpose", "talk"), ("word", "refused"), ("way", "spoken"), ("on", "2030-09-05")]
            #expect(try await ib.post("\(Self.path)/toestemming", said).status == .seeOther)
            #expect(try await stage.now.agreement(of: nil, on: "talk")?.word == .refused)
            #expect(try await ib.get(Self.path).words.contains("Pim zegt hier nee tegen."))
            #expect(try await ib.get(DossierStage.path).words.contains("legde vast dat het kind zelf nee zegt"))
            let early = said.map { $0.0 == "on" ? ("on", "2021-09-05") : $0 }
            let refused = try await ib.post("\(Self.path)/toestemming", early)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"field-talk-child-on-error\""))
            let mother = try await stage.visitor(Testland.mother)
            #expect(!(try await mother.get(Self.path).words.contains("Wat zei Pim zelf?")))
            #expect(try await mother.post("\(Self.path)/toestemming", said).status == .forbidden)
        }
    }

    @Test("Details of the child and who is named for it are corrected, and refusals keep what was typed")
    func child() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let path = DossierStage.path + "/gegevens"
            let form = try await ib.get(path)
            #expect(form.value("given-name") == "Pim")
            #expect(form.value("born") == "2014-03-10")
            let refused = try await ib.post(
                path,
                [
                    ("given-name", "Pimmetje"), ("family-name", "Pluis"), ("born", "morgen"), ("group", "4"),
                    ("teacher", "p-teacher"),
                ])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.value("given-name") == "Pimmetje")
            #expect(refused.text.contains("id=\"field-born-error\""))
            let answer = try await ib.post(
                path,
                [
                    ("given-name", "Pim"), ("family-name", "Pluis"), ("born", "2014-03-11"), ("group", "5"),
                    ("teacher", "p-other-teacher"),
                ])
            #expect(answer.location == "\(DossierStage.path)?gedaan=gegevens-verbeterd")
            let dossier = try await stage.now
            #expect(dossier.child?.group == "5")
            #expect(dossier.named.map(\.person) == [Testland.otherTeacher.person])
            #expect(try await stage.visitor(Testland.teacher).get(DossierStage.path).status == .notFound)
            #expect(try await stage.visitor(Testland.mother).get(path).status == .forbidden)
        }
    }
}
