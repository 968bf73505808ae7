import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("A dossier under every plan")
struct EveryPlanTests {
    @Test("Opened, written, locked and read in both languages", arguments: MainJob.all.map(\.plan), Language.allCases)
    func pages(_ partnership: String, _ language: Language) async throws {
        try await PlanStage.run(partnership) { stage in
            let rules = stage.installation.rules
            let opener = try #require(rules.functions.first { $0.may.contains(.openDossier) && $0.may.contains(.lock) })
            let actor = try await stage.installation.actor(try stage.holder(opener.id))
            let signedIn = try await stage.installation.vault.accounts.begin(actor.person, at: stage.clock.now())
            let visitor = Visitor(
                client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=\(language.rawValue)",
                csrf: signedIn.session.csrf.text)
            // Seven in the year of the test, or old enough for secondary education.
            let born = rules.ages.contains(7) ? "2016-05-06" : "2009-05-06"
            let opened = try await visitor.post(
                "/leerlingen/nieuw",
                [
                    ("given-name", "Saar"), ("family-name", "de Wit"), ("born", born), ("group", rules.groups[3].id),
                    ("guardian.1.name", "Lies de Wit"), ("guardian.1.relation", rules.relations[0].id),
                ])
            #expect(opened.status == .seeOther)
            let path = String(try #require(opened.location?.split(separator: "?").first))
            for part in rules.groeidocument.parts {
                let form = try await visitor.get("\(path)/groeidocument/\(part.id)")
                #expect(form.status == .ok, "\(part.id)")
                let texts = part.fields.filter { rules.fields[$0].map { [.text, .paragraph].contains($0.kind) } == true }
                let saved = try await visitor.post(
                    "\(path)/groeidocument/\(part.id)",
                    texts.flatMap { [($0, "Saar leert graag."), ("\($0).revision", form.value("\($0).revision") ?? "0")] })
                #expect(saved.status == .seeOther, "\(part.id)")
            }
            #expect(try await visitor.post("\(path)/groeidocument/vastzetten").status == .seeOther)
            let pages = [
                "", "/gegevens", "/gezin", "/groeidocument", "/groeidocument/versies/1", "/groeidocument/vergelijk",
                "/documenten",
            ]
            for page in pages {
                let answer = try await visitor.get(path + page)
                #expect(answer.status == .ok, "\(page)")
                #expect(answer.text.contains("<html lang=\"\(language.rawValue)\">"))
                #expect(Markup(answer.text).unbalanced == nil, "\(page)")
                // A key of the texts that was left in the page would have a full stop inside and no blank.
                let left = answer.words.matches(of: /\b(dossier|growth|family|agreement|guardian|documents|child|around)\.[a-z]+/)
                #expect(left.isEmpty, "\(left.map(\.0))")
            }
        }
    }
}
