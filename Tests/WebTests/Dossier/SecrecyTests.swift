import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("A dossier that is not for somebody")
struct SecrecyTests {
    /// Every page of the slice, with something at each place that exists.
    static let pages = [
        "", "/gegevens", "/gezin", "/gezin/g-father/beeindigen", "/gezin/g-father/account", "/groeidocument",
        "/groeidocument/observe", "/groeidocument/vastzetten", "/groeidocument/vergelijk", "/groeidocument/versies/1",
        "/groeidocument/versies/1/ondertekenen", "/documenten", "/documenten/doc-1", "/documenten/doc-1/intrekken", "/leeslog",
    ]

    /// Every form of the slice.
    static let forms = [
        "/gegevens", "/gezin", "/gezin/g-father", "/gezin/g-father/beeindigen", "/gezin/g-father/account", "/gezin/toestemming",
        "/groeidocument/observe", "/groeidocument/vastzetten", "/groeidocument/versies/1/ondertekenen", "/documenten",
        "/documenten/doc-1/intrekken",
    ]

    private func filled(_ stage: DossierStage) async throws {
        for write in Testland.everyPart { try await stage.happened(.write(write)) }
        try await stage.happened(.lockVersion, .addDocument(Testland.document()))
    }

    @Test("Every page is not found for the coordinator of another school and for a stranger", arguments: pages)
    func pagesNotFound(_ page: String) async throws {
        try await DossierStage.run { stage in
            try await filled(stage)
            for actor in [Testland.otherIB, Testland.stranger, Testland.administrator, Testland.board] {
                let answer = try await stage.visitor(actor).get(DossierStage.path + page)
                #expect(answer.status == .notFound, "\(actor.person)")
                #expect(!answer.text.contains("Pluis"))
            }
            #expect(try await stage.reads.isEmpty)
        }
    }

    @Test("Every form is not found for the coordinator of another school, and changes nothing", arguments: forms)
    func formsNotFound(_ form: String) async throws {
        try await DossierStage.run { stage in
            try await filled(stage)
            let before = try await stage.now.version
            let other = try await stage.visitor(Testland.otherIB)
            #expect(try await other.post(DossierStage.path + form).status == .notFound)
            #expect(try await stage.now.version == before)
        }
    }

    @Test("A guest is sent to sign in and comes back after it", arguments: pages + ["/nieuw"])
    func guests(_ page: String) async throws {
        try await DossierStage.run { stage in
            let path = page == "/nieuw" ? "/leerlingen/nieuw" : DossierStage.path + page
            let answer = try await stage.visitor(nil).get(path)
            #expect(answer.status == .seeOther)
            #expect(answer.location?.hasPrefix("/aanmelden?naar=") == true)
        }
    }

    @Test("A form without the word of the session is refused", arguments: forms)
    func csrf(_ form: String) async throws {
        try await DossierStage.run { stage in
            try await filled(stage)
            let before = try await stage.now.version
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.post(DossierStage.path + form, csrf: false).status == .forbidden)
            #expect(try await stage.now.version == before)
        }
    }

    @Test(
        "A part that a function does not read is not found, and no tab leads to it",
        arguments: [
            (Testland.teacher, ["/gezin", "/documenten", "/leeslog"], ["", "/groeidocument", "/groeidocument/observe"]),
            (Testland.stepfather, ["/gezin", "/groeidocument", "/documenten", "/leeslog"], [""]),
            (Testland.privacyOfficer, ["/gezin", "/groeidocument", "/documenten"], ["", "/leeslog"]),
            (Testland.ib, ["/leeslog"], ["", "/gezin", "/documenten"]),
        ])
    func parts(_ actor: Actor, _ closed: [String], _ open: [String]) async throws {
        try await DossierStage.run { stage in
            try await filled(stage)
            let visitor = try await stage.visitor(actor)
            let dossier = try await visitor.get(DossierStage.path)
            for page in closed {
                #expect(try await visitor.get(DossierStage.path + page).status == .notFound, "\(page)")
                #expect(!dossier.text.contains("href=\"\(DossierStage.path)\(page)\""), "\(page)")
            }
            for page in open { #expect(try await visitor.get(DossierStage.path + page).status == .ok, "\(page)") }
        }
    }

    @Test("Every page is there in English as well, for who may see it", arguments: pages)
    func english(_ page: String) async throws {
        try await DossierStage.run { stage in
            try await filled(stage)
            let ib = try await stage.visitor(Testland.ib, language: .en)
            let answer = try await ib.get(DossierStage.path + page)
            guard page != "/leeslog", page != "/documenten/doc-1" else { return }
            #expect([.ok, .seeOther].contains(answer.status), "\(answer.status)")
            if answer.status == .ok { #expect(answer.text.contains("<html lang=\"en\">")) }
        }
    }

    @Test("What is still needed names no parent to who may not read about the family, and tells a parent of themselves")
    func needs() async throws {
        try await DossierStage.run { stage in
            func told(_ actor: Actor) async throws -> String {
                let seen = try await stage.installation.glance(DossierStage.dossier, as: actor)
                let route = try #require(seen.rules.procedure("talk"))
                let states = seen.dossier.states(
                    of: route.start.needs, seen.rules, facts: seen.dossier.facts(seen.rules, on: seen.today, in: nil),
                    on: seen.today)
                let words = Words(stage.site.face.texts(.nl), seen.rules, today: seen.today)
                return states.map { words.item($0, in: seen).state }.joined(separator: "; ")
            }
            let names = try await stage.now.guardians.filter(\.authority).map(\.name)
            let known = try await told(Testland.ib)
            for name in names { #expect(known.contains(name)) }
            let director = try await told(Testland.director)
            for name in names { #expect(!director.contains(name)) }
            #expect(director.contains("\(names.count) ouders of verzorgers"))
        }
    }
}
