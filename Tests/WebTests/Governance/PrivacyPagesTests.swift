import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite("What is kept, for everybody to read")
struct PrivacyPagesTests {
    private func get(_ stage: PlanStage, _ path: String) async throws -> Visitor.Answer {
        try await Visitor(client: stage.client, cookie: "lang=nl", csrf: "").get(path)
    }

    @Test(
        "Every function that may read stands there with its parts and the reason, and every purpose of agreement",
        arguments: MainJob.all)
    func everybody(_ job: MainJob) async throws {
        try await PlanStage.run(job.plan) { stage in
            let page = try await get(stage, "/privacy")
            #expect(page.status == .ok)
            let rules = stage.installation.rules
            let table = try #require(page.text.firstMatch(of: /<tbody.*?<\/tbody>/.dotMatchesNewlines())).0
            for function in rules.functions {
                let reads = !function.reads.isEmpty && !function.sight.isEmpty
                #expect(table.contains("#\(PlanPlace.function(function.id))\"") == reads, "\(function.id)")
            }
            let rows = table.split(separator: "<tr").dropFirst()
            #expect(rows.count == rules.functions.filter { !$0.reads.isEmpty && !$0.sight.isEmpty }.count)
            for purpose in rules.purposes { #expect(page.text.contains("#\(PlanPlace.purpose(purpose.id))\"")) }
            #expect(page.words.contains(rules.partnership.email))
            #expect(page.text.contains("href=\"/privacy/verwerkingen\""))
            #expect(try await get(stage, "/aanmelden").text.contains("href=\"/privacy\""), "every page leads there")
        }
    }

    @Test("The register tells of mail only where the site sends it, and of the plan's making only where the plan has it")
    func register() async throws {
        try await PlanStage.run("spow") { stage in
            let page = try await get(stage, "/privacy/verwerkingen").words
            #expect(page.contains("Dossiers van kinderen") && page.contains("Hoe het plan tot stand komt"))
            #expect(!page.contains("een link die één keer werkt") && !page.contains("Aanmelden met het account van het werk"))
            let rules = stage.installation.rules
            for one in rules.questions { #expect(page.contains(one.title.nl)) }
            for one in rules.askedIn { #expect(page.contains(one.title.nl)) }
            #expect(page.contains("WPO art. 18a lid 13") || rules.retention == nil)
            #expect(try await get(stage, "/privacy/toegang").words.contains("Wie een verzoek van een gezin behandelt"))
        }
        try await PlanStage.run("spow", post: Letterbox()) { stage in
            let page = try await get(stage, "/privacy/verwerkingen").words
            #expect(page.contains("een link die één keer werkt"))
        }
        try await PlanStage.run("heuvelrug") { stage in
            let page = try await get(stage, "/privacy/verwerkingen").words
            #expect(page.contains("Hoe het plan tot stand komt") == (stage.installation.rules.governance != nil))
        }
    }
}
