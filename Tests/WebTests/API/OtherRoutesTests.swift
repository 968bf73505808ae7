import Domain
import TestKit
import Testing

@testable import Web

@Suite("Routes beside the main job through the interface for programs")
struct OtherRoutesTests {
    /// A dossier that goes another way than the main job of its plan.
    struct Way: Sendable, CustomTestStringConvertible {
        let name: String
        let job: MainJob
        /// Routes in their order, each with the outcome that it must come to.
        let routes: [(route: String, outcome: String)]
        let choices: [String: String]
        var answers: [String: JSON] = [:]

        var testDescription: String { "\(job.plan): \(name)" }

        static let all = [
            Way(
                name: "the school can go on and makes a plan", job: .koers,
                routes: [("koersvraag", "school-verder"), ("ontwikkelingsperspectief", "klaar")],
                choices: ["koersvraag.meedenken": "school-verder", "ontwikkelingsperspectief.samen-kijken": "klaar"]),
            Way(
                name: "a pupil who sits at home goes back with help of youth care", job: .koers,
                routes: [("thuiszittersaanpak", "weer-naar-school")],
                choices: [
                    "thuiszittersaanpak.aanpak-maken": "met-partners", "thuiszittersaanpak.uitvoeren-aanpak": "terug",
                ], answers: ["verzuimsoort": "relatief", "terug-hoe": "opbouw"]),
            Way(
                name: "a school in the placement meeting is willing, and the next meeting sees it worked out", job: .koers,
                routes: [("plaatsingsoverleg", "geplaatst")],
                choices: [
                    "plaatsingsoverleg.bespreken": "school-bereid", "plaatsingsoverleg.onderling-regelen": "geregeld",
                    "plaatsingsoverleg.resultaten": "gelukt",
                ]),
            Way(
                name: "the Taskforce finds another solution, on another ground than agreement", job: .koers,
                routes: [("thuiszittersaanpak", "vastgelopen"), ("taskforce", "andere-oplossing")],
                choices: [
                    "thuiszittersaanpak.uitvoeren-aanpak": "vastgelopen", "taskforce.kerngroep": "andere-oplossing",
                ], answers: ["verzuimsoort": "absoluut", "delen-grond": "andere-grond"]),
            Way(
                name: "money for a pupil, accounted for and reported back", job: .eindhoven,
                routes: [("leerlingenmodel", "toegekend"), ("verantwoording", "teruggekoppeld")],
                choices: ["leerlingenmodel.contract-maken": "voorstel", "verantwoording.samenvatten": "duidelijk"],
                answers: ["geld-vanaf": "2023-12-01", "geld-tot": "2024-07-31"]),
            Way(
                name: "after a TLV it is judged again, and the pupil goes back", job: .eindhoven,
                routes: [("vso-aanvraag", "toegelaten"), ("herbeoordeling", "kan-terug"), ("terugkeer", "terug-in-vo")],
                choices: ["herbeoordeling.pcl-opnieuw": "terug"],
                answers: ["vso-vanaf": "2023-12-01"]),
            Way(
                name: "help at school that was enough", job: .eindhoven, routes: [("hulp-op-school", "voldoende")], choices: [:]),
            Way(
                name: "from primary school to an own trajectory that the school leads", job: .zeeuws,
                routes: [
                    ("kennismaking", "met-traject-proberen"), ("trajectgroep", "traject-begint"),
                    ("eigen-traject", "zonder-traject-verder"), ("steunplan-thuis", "steunplan-gemaakt"),
                ],
                choices: ["trajectgroep.plan-bedenken": "school-leidt", "eigen-traject.samen-terugkijken": "zonder"],
                answers: ["traject-vanaf": "2023-12-01", "traject-tot": "2024-07-31"]),
        ]
    }

    @Test("Every step finds its actor and every route comes to the outcome that was chosen", arguments: Way.all)
    func way(_ way: Way) async throws {
        try await PlanStage.run(way.job.plan) { stage in
            let opened = try await way.job.open(stage)
            let filler = FormFiller(
                stage: stage, dossier: opened.dossier, school: opened.school,
                script: .init(choices: way.choices, answers: way.answers, starters: opened.script.starters))
            for (route, outcome) in way.routes {
                let stands = try await filler.walk(route)
                #expect(stands["uitkomst"].text == outcome, "\(route)")
            }
        }
    }

    @Test("No pupil comes to the placement meeting before the school itself approached two other schools")
    func twoSchools() async throws {
        let job = MainJob.koers
        try await PlanStage.run(job.plan) { stage in
            let filler = try await job.open(stage)
            let answers: [String: JSON] = [
                "overlegregio": "noord", "inbreng-soort": "afstromer", "zonder-naam": "Een leerling die vastloopt.",
                "nodige-ondersteuning": "Rust.", "benaderde-scholen": ["De Nieuwe Haven"],
                "antwoord-scholen": "Vol.", "gezin-weet-ervan": "beiden",
            ]
            let refused = try await filler.school.ask(
                .post, "\(filler.path)/procedures", ["procedure": "plaatsingsoverleg", "antwoorden": .object(answers)])
            #expect(refused.status == .unprocessableContent)
            #expect(Set(refused.pointers) == ["/antwoorden/benaderde-scholen"])
            let second: [String: JSON] = ["benaderde-scholen": ["De Nieuwe Haven", "Het Andere College"]]
            let started = try await filler.school.ask(
                .post, "\(filler.path)/procedures",
                ["procedure": "plaatsingsoverleg", "antwoorden": .object(answers.merging(second) { $1 })])
            #expect(started.status == .created)
        }
    }

    @Test("Whoever works at the pupil's school does not decide in the committee that is bound to no school")
    func boundToNoSchool() async throws {
        let job = MainJob.eindhoven
        try await PlanStage.run(job.plan) { stage in
            let filler = try await job.open(stage)
            let instance = try await filler.start("vso-aanvraag")
            for step in ["aanvraag-nakijken", "gedragsadvies", "tweede-advies"] {
                try await filler.take(step, of: instance, by: try await filler.whoeverHas(step, of: instance))
            }
            let worker = try stage.holder(job.worker)
            try await stage.grant("pcl-voorzitter", to: worker)
            let decided = try await filler.school.ask(
                .post, "\(filler.path)/procedures/\(instance)/stappen/pcl-besluit",
                ["keuze": "toelaten", "antwoorden": ["vso-categorie": "laag", "pcl-redenen": "Dit past."]])
            #expect(decided.status == .forbidden)
            #expect(decided.codes == ["boundToSchool"])
            let chair = try await stage.program(try stage.holder("pcl-voorzitter"))
            let taken = try await chair.ask(
                .post, "\(filler.path)/procedures/\(instance)/stappen/pcl-besluit",
                ["keuze": "toelaten", "antwoorden": ["vso-categorie": "laag", "pcl-redenen": "Dit past."]])
            #expect(taken.status == .ok)
        }
    }
}
