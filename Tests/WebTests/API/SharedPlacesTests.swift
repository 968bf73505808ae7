import TestKit
import Testing

@testable import Web

/// Places where several schools work as one: every route of their plans, walked by a program that knows keys alone.
@Suite("Plans of places that several schools share")
struct SharedPlacesTests {
    struct Place: Sendable, CustomTestStringConvertible {
        let plan: String
        /// Who opens the dossier and does the work at the school.
        let worker: String
        /// Routes in their order, each with the outcome that it must come to.
        let routes: [(route: String, outcome: String)]
        let script: FormFiller.Script
        /// The number and the last day of the one decision.
        let decision: (number: String, end: String)

        var testDescription: String { plan }

        static let all = [
            Place(
                plan: "hoogeveen", worker: "go-cvb-lid",
                routes: [
                    ("go-intake", "welkom"), ("go-groepsindeling", "ingedeeld"), ("go-zorg-erbij", "genoeg"),
                    ("go-passend-nog", "schakelen"), ("go-deel-van-de-week", "overgestapt"),
                ],
                script: .init(
                    choices: [
                        "go-zorg-erbij.go-bekijken": "genoeg", "go-passend-nog.go-ouders": "naar-buiten",
                        "go-deel-van-de-week.go-meedoen": "overstap",
                    ],
                    answers: ["go-aanpak": "samen", "go-wennen": "no", "go-eerste-dag": "2023-12-01", "go-dagdelen": ["wo-och"]]),
                decision: ("GO-2023-2024-001", "2024-07-31")),
            Place(
                plan: "het-anker", worker: "anker-begeleider",
                routes: [("anker-team", "elders-in-huis"), ("anker-meedoen", "doet-mee"), ("anker-terugkijken", "overstap")],
                script: .init(
                    choices: ["anker-team.anker-gesprek": "mee", "anker-terugkijken.anker-kijken": "overstap"],
                    answers: [
                        "anker-school": "bao", "anker-waarvoor": "vak", "anker-vak": ["rekenen"], "anker-over-schoolgrens": "yes",
                        "anker-van": "2023-12-01",
                    ]), decision: ("ANKER-2023-2024-001", "2025-07-31")),
            Place(
                plan: "talentencampus-venlo", worker: "tcv-arrangeur",
                routes: [("tcv-uitstapje", "op-reis"), ("tcv-terugblik", "hele-dag"), ("tcv-dagarrangement", "dag-geregeld")],
                script: .init(
                    choices: ["tcv-terugblik.tcv-bekijken": "dag"],
                    answers: [
                        "tcv-basisschoolsoort": "bao", "tcv-bestemming": "sbo", "tcv-proefblok": "yes",
                        "tcv-begindag": "2023-12-01", "tcv-week": ["mon.blok-1.basis", "mon.blok-2.sbo"],
                    ]), decision: ("TCV-2023-2024-0001", "2023-12-28")),
        ]
    }

    @Test("every step finds its actor, every route its outcome, and the decision its number and end", arguments: Place.all)
    func walked(_ place: Place) async throws {
        try await PlanStage.run(place.plan) { stage in
            let filler = try await open(place, stage)
            for (route, outcome) in place.routes {
                let stands = try await filler.walk(route)
                #expect(stands["uitkomst"].text == outcome, "\(route)")
            }
            let decisions = try await filler.school.done(.get, "\(filler.path)/besluiten")["besluiten"].list ?? []
            #expect(decisions.map { $0["nummer"].text } == [place.decision.number])
            #expect(decisions.map { $0["einde"].text } == [place.decision.end])
        }
    }

    /// Opens the dossier of an invented child of group 5 with one guardian.
    private func open(_ place: Place, _ stage: PlanStage) async throws -> FormFiller {
        let program = try await stage.program(try stage.holder(place.worker))
        let relations = try await program.done(.get, "/plan")["relaties"].list
        let relation = try #require(relations?.first { $0["gezag"] == true })["id"]
        let school = try #require(try await program.done(.get, "/openingsplaatsen")["openingsplaatsen"].list?.first)
        let named = (school["kandidaten"].object ?? [:]).sorted { $0.key < $1.key }.compactMap { function, people in
            people.list?.first.map { JSON.object(["functie": .text(function), "persoon": $0["persoon"]]) }
        }
        let opened = try await program.done(
            .post, "/dossiers",
            [
                "kind": ["voornaam": "Pim", "achternaam": "van den Berg", "geboortedatum": "2015-03-10", "groep": "5"],
                "school": school["school"],
                "verzorgers": [["naam": "Mies van den Berg", "relatie": relation, "gezag": true]], "betrokkenen": .list(named),
            ])
        let id = try #require(opened["id"].text)
        return FormFiller(stage: stage, dossier: id, school: program, script: place.script)
    }
}
