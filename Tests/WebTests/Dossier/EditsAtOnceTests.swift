import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Two who change the same")
struct EditsAtOnceTests {
    private static let child = DossierStage.path + "/gegevens"
    private static let father = DossierStage.path + "/gezin/g-father"

    /// A second coordinator of the same school.
    private func colleague(_ stage: DossierStage) async throws -> Visitor {
        let person = Testland.otherTeacher.person
        _ = try await stage.installation.perform(
            PersonCommand.grant(
                FunctionGrant(
                    id: "second-ib", held: HeldFunction(function: "ib", organisation: Testland.school, from: .of("2018-08-01")))),
            on: person, as: .program)
        return try await stage.visitor(Testland.otherTeacher)
    }

    private func form(
        _ version: String, given: String = "Pim", family: String = "Pluis", group: String = "4"
    ) -> [(String, String)] {
        [
            ("versie", version), ("given-name", given), ("family-name", family), ("born", "2014-03-10"), ("group", group),
        ]
    }

    private func guardian(
        _ version: String, name: String = "Piet Pluis", authority: String = "yes", email: String = ""
    ) -> [(String, String)] {
        [
            ("versie", version), ("guardian-name", name), ("guardian-relation", "father"), ("guardian-authority", authority),
            ("guardian-email", email),
        ]
    }

    @Test("Different fields of a child go together by themselves")
    func different() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let colleague = try await colleague(stage)
            let version = try #require(try await ib.get(Self.child).value("versie"))
            #expect(try await colleague.post(Self.child, form(version, family: "Pluus")).status == .seeOther)
            #expect(try await ib.post(Self.child, form(version, group: "5")).status == .seeOther)
            let child = try await stage.now.child
            #expect(child?.familyName == "Pluus")
            #expect(child?.group == "5")
        }
    }

    @Test("Of the same field both are shown, nothing typed is lost, and the choice decides", arguments: ["mine", "theirs"])
    func same(_ choice: String) async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let colleague = try await colleague(stage)
            let version = try #require(try await ib.get(Self.child).value("versie"))
            _ = try await colleague.post(Self.child, form(version, family: "Pluus", group: "5"))
            let page = try await ib.post(Self.child, form(version, given: "Pimm", family: "Plüis"))
            #expect(page.status == .conflict)
            #expect(page.words.contains("Wat u invulde: Plüis"))
            #expect(page.words.contains("Wat er nu staat: Pluus (Naam van other-teacher, vandaag 10.00 uur)"))
            #expect(page.value("given-name") == "Pimm")
            #expect(page.text.contains("<option value=\"5\" selected>"), "what the other changed alone is taken over")
            #expect(try await stage.now.child?.familyName == "Pluus", "nothing is decided yet")
            let again = try #require(page.value("versie"))
            #expect(again == String(try await stage.now.version))
            let family = choice == "mine" ? "Plüis" : "Pluus"
            let settled = try await ib.post(Self.child, form(again, given: "Pimm", family: family, group: "5"))
            #expect(settled.status == .seeOther)
            let child = try await stage.now.child
            #expect(child?.familyName == family)
            #expect(child?.givenName == "Pimm")
            #expect(child?.group == "5")
        }
    }

    @Test("A form that cannot be read keeps the version it was made from, so that nothing is overwritten afterwards")
    func unreadable() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let colleague = try await colleague(stage)
            let version = try #require(try await ib.get(Self.child).value("versie"))
            _ = try await colleague.post(Self.child, form(version, family: "Pluus"))
            var wrong = form(version, given: "Pimm")
            wrong[3].1 = "ooit"
            let page = try await ib.post(Self.child, wrong)
            #expect(page.status == .unprocessableContent)
            #expect(page.value("versie") == version)
            #expect(try await ib.post(Self.child, form(version, given: "Pimm")).status == .seeOther)
            #expect(try await stage.now.child?.familyName == "Pluus")
        }
    }

    @Test("A teacher named by somebody else meanwhile stays named")
    func named() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let colleague = try await colleague(stage)
            let version = try #require(try await ib.get(Self.child).value("versie"))
            _ = try await colleague.post(
                Self.child, form(version) + [("teacher", "p-teacher"), ("teacher", "p-other-teacher")])
            _ = try await ib.post(Self.child, form(version) + [("teacher", "p-teacher")])
            #expect(try await Set(stage.now.named.map(\.person.rawValue)) == ["p-teacher", "p-other-teacher"])
        }
    }

    @Test("Of a guardian different fields go together, and the same field is a choice")
    func guardians() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let colleague = try await colleague(stage)
            let version = String(try await stage.now.version)
            #expect(try await ib.get(DossierStage.path + "/gezin").value("versie") == version)
            _ = try await colleague.post(Self.father, guardian(version, authority: "no"))
            #expect(try await ib.post(Self.father, guardian(version, email: "piet@example.nl")).status == .seeOther)
            let merged = try await stage.now.guardian(GuardianID("g-father"))
            #expect(merged?.authority == false)
            #expect(merged?.email == "piet@example.nl")
            let page = try await colleague.post(Self.father, guardian(version, authority: "no", email: "p.pluis@example.nl"))
            #expect(page.status == .conflict)
            #expect(page.words.contains("Wat u invulde: p.pluis@example.nl"))
            #expect(page.words.contains("Wat er nu staat: piet@example.nl (Naam van ib, vandaag 10.00 uur)"))
            #expect(!page.words.contains("Wat u invulde: Nee"), "they agree on the authority")
        }
    }

    @Test("Of a guardian that somebody ended meanwhile, what was typed stays on the page")
    func ended() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let version = String(try await stage.now.version)
            _ = try await colleague(stage).post("\(Self.father)/beeindigen")
            let page = try await ib.post(Self.father, guardian(version, name: "Piet de Pluis"))
            #expect(page.status == .unprocessableContent)
            #expect(page.words.contains("Deze ouder of verzorger staat niet in het dossier."))
            #expect(page.text.contains("value=\"Piet de Pluis\""))
            #expect(try await stage.now.guardian(GuardianID("g-father")) == nil)
        }
    }
}
