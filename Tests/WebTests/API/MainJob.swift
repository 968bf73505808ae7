import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing

@testable import Web

/// The main job under one plan: what is walked, and what is expected to come out.
struct MainJob: Sendable, CustomTestStringConvertible {
    let plan: String
    /// Function that opens dossiers and does the work at the school.
    let worker: String
    /// Routes in their order; the last one ends with a numbered decision.
    let routes: [String]
    let script: FormFiller.Script
    /// The route that plans a meeting, and how many days ahead the plan asks.
    let meeting: (route: String, ahead: Int)
    /// The form of the number of the first decision.
    let number: String
    let begin: String
    let end: String
    /// What is copied to whoever carries it out.
    let copies: [String: JSON]

    var testDescription: String { plan }

    static let all = [spow, heuvelrug]

    static let spow = MainJob(
        plan: "spow", worker: "ib", routes: ["sot", "hia", "tlv"],
        script: .init(
            choices: ["sot.meet": "hia", "hia.meet": "tlv", "tlv.check": "complete", "tlv.decide": "granted"],
            answers: [
                "school-type": "so", "tlv-category": "laag", "emb": "not-emb", "tlv-begin": "2023-12-01",
            ]), meeting: ("sot", 7), number: "PO2803-2023-2024-0001-so-laag", begin: "2023-12-01", end: "2027-07-31",
        copies: ["school-type": "so", "tlv-category": "laag", "emb": "not-emb"])

    static let heuvelrug = MainJob(
        plan: "heuvelrug", worker: "zorgcoach", routes: ["trajectoverleg", "toewijzing"],
        script: .init(
            choices: [
                "trajectoverleg.overleg": "plek", "toewijzing.ontvangst": "compleet", "toewijzing.commissie": "toewijzen",
            ],
            answers: ["plek": "boslicht", "eerste-dag": "2023-12-01"]), meeting: ("trajectoverleg", 3),
        number: "T00001/2023-2024", begin: "2023-12-01", end: "2027-07-31",
        copies: ["plek": "boslicht", "eerste-dag": "2023-12-01"])

    /// Step 1: opens the dossier of an invented child with two guardians, one of them with an account.
    func open(_ stage: PlanStage, given: String = "Pim", born: String = "2015-03-10") async throws -> FormFiller {
        let program = try await stage.program(try stage.holder(worker))
        let plan = try await program.done(.get, "/plan")
        let places = try await program.done(.get, "/openingsplaatsen")["openingsplaatsen"].list ?? []
        let place = try #require(places.first)
        let relation = try #require(plan["relaties"].list?.first { $0["gezag"] == true })["id"]
        let named = (place["kandidaten"].object ?? [:]).sorted { $0.key < $1.key }.compactMap { function, people in
            people.list?.first.map { JSON.object(["functie": .text(function), "persoon": $0["persoon"]]) }
        }
        let opened = try await program.done(
            .post, "/dossiers",
            [
                "kind": [
                    "voornaam": .text(given), "achternaam": "van den Berg", "geboortedatum": .text(born), "groep": "5",
                ], "school": place["school"],
                "verzorgers": [
                    [
                        "naam": "Mies van den Berg", "relatie": relation, "gezag": true,
                        "email": .text("mies.\(given.lowercased().replacing(" ", with: "-"))@voorbeeld.example"),
                    ],
                    ["naam": "Piet van den Berg", "relatie": relation, "gezag": true],
                ], "betrokkenen": .list(named),
            ])
        #expect(opened.status == .created)
        let id = try #require(opened["id"].text)
        #expect(opened.location == "/v1/dossiers/\(id)")
        return FormFiller(stage: stage, dossier: id, school: program, script: script)
    }
}
