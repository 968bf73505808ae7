import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing

@testable import Web

/// A dossier with one of everything in it, under a plan with words of its own, for tests of the interface.
struct APICase: Sendable {
    let stage: PlanStage
    let filler: FormFiller
    let instance: String
    let guardian: String
    let document: String

    var path: String { filler.path }
    var school: Program { filler.school }

    static func run(_ test: @Sendable (APICase) async throws -> Void) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let filler = try await MainJob.heuvelrug.open(stage)
            let school = filler.school
            let instance = try await filler.start("trajectoverleg")
            let guardians = try await school.done(.get, "\(filler.path)/verzorgers")["verzorgers"].list ?? []
            let added = try await school.done(
                .post, "\(filler.path)/documenten",
                ["naam": "verslag.pdf", "soort": "observatie", "inhoud": .text(FormFiller.report.base64EncodedString())])
            try await test(
                APICase(
                    stage: stage, filler: filler, instance: instance, guardian: try #require(guardians.first?["id"].text),
                    document: try #require(added["id"].text)))
        }
    }

    /// The route with everything in its path that is in this dossier.
    func address(_ route: APIRoute) -> String {
        let values = [
            "dossier": filler.dossier, "verzorger": guardian, "functie": "groepsleider",
            "persoon": "p-groepsleider-\(PlanStage.school)", "deel": "wat-helpt", "nummer": "1", "document": document,
            "procedure": "trajectoverleg", "instantie": instance, "stap": "overleg",
            "samenwerkingsverband": "heuvelrug", "versie": "2022-2026",
        ]
        return values.reduce(route.path) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    var routes: [APIRoute] { APIRoutes(site: stage.site).routes }
    /// The routes of one dossier.
    var dossierRoutes: [APIRoute] { routes.filter { $0.path.contains("{dossier}") } }

    /// How often the dossier was read.
    var reads: Int {
        get async throws {
            try await stage.installation.vault.reads.reads(of: DossierID(filler.dossier), before: nil, limit: 1000).count
        }
    }

    /// How often the dossier changed.
    var version: Int { get async throws { try await stage.installation.load(DossierID(filler.dossier)).version } }
}
