import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Opening a dossier")
struct NewDossierTests {
    static let child = [("given-name", "Saar"), ("family-name", "de Wit"), ("born", "2014-05-06"), ("group", "4")]
    static let guardian = [
        ("guardian.1.name", "Lies de Wit"), ("guardian.1.relation", "mother"), ("guardian.1.email", "lies@example.nl"),
    ]

    @Test("Who may not open dossiers is told so", arguments: [Testland.teacher, Testland.adviser, Testland.mother])
    func notAllowed(_ actor: Actor) async throws {
        try await DossierStage.run { stage in
            let visitor = try await stage.visitor(actor)
            #expect(try await visitor.get("/leerlingen/nieuw").status == .forbidden)
            #expect(try await visitor.post("/leerlingen/nieuw", Self.child).status == .forbidden)
            #expect(try await !visitor.get("/leerlingen").text.contains("/leerlingen/nieuw"))
        }
    }

    @Test("A dossier is opened with the teacher named and the authority that is usual for the relation")
    func open() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let form = try await ib.get("/leerlingen/nieuw")
            #expect(form.status == .ok)
            #expect(form.words.contains("Naam van teacher"))
            #expect(!form.words.contains("De Vuurtoren"))
            let answer = try await ib.post(
                "/leerlingen/nieuw",
                Self.child + Self.guardian + [
                    ("teacher", "p-teacher"), ("guardian.3.name", "Bas Vis"), ("guardian.3.relation", "stepparent"),
                    ("guardian.2.name", ""), ("guardian.2.relation", ""),
                ])
            #expect(answer.status == .seeOther)
            let path = try #require(answer.location)
            #expect(path.hasSuffix("?gedaan=dossier-geopend"))
            let id = DossierID(String(try #require(path.firstMatch(of: /leerlingen\/([a-z0-9]+)/)).1))
            let dossier = try await stage.installation.load(id)
            #expect(dossier.child == Child(givenName: "Saar", familyName: "de Wit", born: .of("2014-05-06"), group: "4"))
            #expect(dossier.guardians.map(\.name) == ["Lies de Wit", "Bas Vis"])
            #expect(dossier.guardians.map(\.authority) == [true, false])
            #expect(dossier.guardians[0].email == "lies@example.nl")
            #expect(dossier.named == [NamedPerson(person: Testland.teacher.person, function: "teacher")])
            let page = try await ib.get(path)
            #expect(page.words.contains("Het dossier is geopend."))
        }
    }

    @Test("A refused form says what is wrong beside each field, all at once, and keeps what was typed")
    func refused() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let page = try await ib.post(
                "/leerlingen/nieuw",
                [
                    ("given-name", "Saar"), ("family-name", " "), ("born", "31-02-2014"), ("group", "9"),
                    ("guardian.2.name", "Lies"), ("guardian.2.relation", ""), ("guardian.2.email", "lies@"),
                ])
            #expect(page.status == .unprocessableContent)
            #expect(page.value("given-name") == "Saar")
            #expect(page.value("guardian.2.name") == "Lies")
            #expect(page.value("guardian.2.email") == "lies@")
            for field in ["family-name", "born", "group", "guardian-2-relation", "guardian-2-email"] {
                #expect(page.text.contains("id=\"field-\(field)-error\""), "\(field)")
                #expect(page.text.contains("href=\"#field-\(field)\""), "\(field)")
            }
            #expect(!page.text.contains("field-given-name-error"))
            #expect(page.words.contains("Schrijf een datum die bestaat"))
        }
    }

    @Test("A guardian can be added and taken away without script, and nothing typed is lost")
    func blocks() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let more = try await ib.post("/leerlingen/nieuw", Self.child + Self.guardian + [("meer", "verzorger")])
            #expect(more.status == .ok)
            #expect(more.value("guardian.1.name") == "Lies de Wit")
            #expect(more.value("guardian.2.name") == "")
            #expect(more.value("given-name") == "Saar")
            #expect(more.value("guardian.1.authority") == "yes")
            let less = try await ib.post(
                "/leerlingen/nieuw",
                Self.child + Self.guardian + [("guardian.2.name", "Per ongeluk"), ("verwijder", "2")])
            #expect(less.status == .ok)
            #expect(!less.text.contains("Per ongeluk"))
            #expect(less.value("guardian.1.name") == "Lies de Wit")
        }
    }

    @Test("A child that may be known already is shown first, and opened anyway when it is another one")
    func alike() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let twin = [("given-name", " pim"), ("family-name", "Pluis"), ("born", "2014-03-10"), ("group", "4")]
            let warned = try await ib.post("/leerlingen/nieuw", twin)
            #expect(warned.status == .unprocessableContent)
            #expect(warned.text.contains("<a href=\"/leerlingen/d-1\">"))
            #expect(try await ib.post("/leerlingen/nieuw", twin + [("ander-kind", "yes")]).status == .seeOther)
            // The same child at another school is not this school's to know.
            let other = try await stage.visitor(Testland.otherIB)
            #expect(try await other.post("/leerlingen/nieuw", twin).status == .seeOther)
        }
    }

    @Test("A person of another school cannot be named, nor a dossier opened there")
    func otherSchool() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let named = try await ib.post("/leerlingen/nieuw", Self.child + [("teacher", "p-other-ib")])
            #expect(named.status == .unprocessableContent)
            #expect(named.text.contains("id=\"field-teacher-error\""))
            let elsewhere = try await ib.post(
                "/leerlingen/nieuw", Self.child + [("school", Testland.otherSchool.rawValue)])
            // With one school of one's own there is nothing to choose: it is that one.
            #expect(elsewhere.status == .seeOther)
            let rows = try await stage.installation.dossiers(for: Testland.ib, search: "saar", after: nil, limit: 5).rows
            #expect(rows.map(\.school) == [Testland.school])
        }
    }
}
