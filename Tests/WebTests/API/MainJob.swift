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
    /// The route that plans a meeting, and how many days ahead the plan asks; none where it asks for no days.
    let meeting: (route: String, ahead: Int)?
    /// The form of the number of the first decision.
    let number: String
    /// From when and until when it holds; none where the plan says no more than what was decided.
    let begin: String?
    let end: String?
    /// What is copied to whoever carries it out.
    let copies: [String: JSON]
    /// The step in which it is decided, and the step whose actor may not decide; none where the plan allows it.
    let decides: (step: String, adviser: String?)
    /// Whether the plan gives a term of objection.
    var objection = true
    /// The day on which the child was born and the group it is in.
    var child = (born: "2015-03-10", group: "5")

    var testDescription: String { plan }

    static let all = [spow, heuvelrug, koers, eindhoven, zeeuws]
    static let withMeetingAhead = all.filter { $0.meeting != nil }
    static let withAdviser = all.filter { $0.decides.adviser != nil }

    static let spow = MainJob(
        plan: "spow", worker: "ib", routes: ["sot", "hia", "tlv"],
        script: .init(
            choices: ["sot.meet": "hia", "hia.meet": "tlv", "tlv.check": "complete", "tlv.decide": "granted"],
            answers: [
                "school-type": "so", "tlv-category": "laag", "emb": "not-emb", "tlv-begin": "2023-12-01",
            ]), meeting: ("sot", 7), number: "PO2803-2023-2024-0001-so-laag", begin: "2023-12-01", end: "2027-07-31",
        copies: ["school-type": "so", "tlv-category": "laag", "emb": "not-emb"], decides: ("decide", "advise-first"))

    static let heuvelrug = MainJob(
        plan: "heuvelrug", worker: "zorgcoach", routes: ["trajectoverleg", "toewijzing"],
        script: .init(
            choices: [
                "trajectoverleg.overleg": "plek", "toewijzing.ontvangst": "compleet", "toewijzing.commissie": "toewijzen",
            ],
            answers: ["plek": "boslicht", "eerste-dag": "2023-12-01"]), meeting: ("trajectoverleg", 3),
        number: "T00001/2023-2024", begin: "2023-12-01", end: "2027-07-31",
        copies: ["plek": "boslicht", "eerste-dag": "2023-12-01"], decides: ("commissie", "toets"))

    static let koers = MainJob(
        plan: "koers-vo", worker: "schoolcontact",
        routes: ["koersvraag", "thuiszittersaanpak", "plaatsingsoverleg", "taskforce"],
        script: .init(
            choices: [
                "koersvraag.meedenken": "thuiszitter", "thuiszittersaanpak.aanpak-maken": "met-leerplicht",
                "thuiszittersaanpak.uitvoeren-aanpak": "plek-zoeken", "plaatsingsoverleg.bespreken": "geen-plek",
                "taskforce.kerngroep": "plaatsen",
            ],
            answers: [
                "verzuimsoort": "absoluut", "gemeente-leerling": "rotterdam", "delen-grond": "toestemming",
                "plaatsende-school": "De Nieuwe Haven", "plaatsing-vanaf": "2023-12-01",
            ], starters: ["taskforce": "koersloket"]), meeting: nil, number: "TF-2023-2024-001", begin: nil, end: nil,
        copies: [
            "plaatsende-school": "De Nieuwe Haven", "plaatsing-vanaf": "2023-12-01",
            "steun-bij-plaatsing": "Ingevuld door een programma.",
        ], decides: ("kerngroep", "huisbezoek"), objection: false, child: ("2009-03-10", "leerjaar-2"))

    static let eindhoven = MainJob(
        plan: "eindhoven-kempenland", worker: "aanvrager", routes: ["vso-aanvraag"],
        script: .init(
            choices: ["vso-aanvraag.aanvraag-nakijken": "compleet", "vso-aanvraag.pcl-besluit": "toelaten"],
            answers: ["vso-vanaf": "2023-12-01", "vso-categorie": "laag"]),
        meeting: nil, number: "VO0002-2023-2024-0001-vso-laag", begin: "2023-12-01", end: "2026-07-31",
        copies: ["vso-categorie": "laag"], decides: ("pcl-besluit", "gedragsadvies"), child: ("2009-03-10", "jaar-2"))

    static let zeeuws = MainJob(
        plan: "zeeuws-vlaanderen", worker: "zorgcoordinator", routes: ["hulp-in-de-les", "trajectgroep"],
        script: .init(
            choices: [
                "hulp-in-de-les.team-helpt": "niet-genoeg", "trajectgroep.plan-bedenken": "jeugdhulp-leidt",
                "trajectgroep.plan-door-jeugdhulp": "geschreven", "trajectgroep.onderwijs-voorop": "traject-begint",
            ],
            answers: ["regisseur": "De casemanager", "traject-vanaf": "2023-12-01", "traject-tot": "2024-07-31"]),
        meeting: nil, number: "TG-2023-2024-001", begin: "2023-12-01", end: "2024-07-31",
        copies: ["regisseur": "De casemanager", "regie-afspraken": "Ingevuld door een programma."],
        decides: ("onderwijs-voorop", nil), objection: false, child: ("2009-03-10", "klas-2"))

    /// Step 1: opens the dossier of an invented child with two guardians, one of them with an account.
    func open(_ stage: PlanStage, given: String = "Pim") async throws -> FormFiller {
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
                    "voornaam": .text(given), "achternaam": "van den Berg", "geboortedatum": .text(child.born),
                    "groep": .text(child.group),
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
