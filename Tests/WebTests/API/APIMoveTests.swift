import Domain
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Moving, and yearly lists, through the interface for programs")
struct APIMoveTests {
    private static let functions = Testland.functions.map { rule in
        rule.id != "secretary"
            ? rule
            : FunctionRule(
                id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place, sight: rule.sight,
                reads: rule.reads, may: [.moveProcedure], source: rule.source)
    }

    private static func plan(_ key: String, _ from: String, _ entry: ProcedureRule) -> PlanRules {
        Testland.plan(key: key, inForce: from, functions: functions, procedures: [Testland.talk, entry])
    }

    private static let path = "/dossiers/d-1/procedures/\(Testland.entryInstance)"

    /// A request that waits for its advices, with another version in force.
    private func running(
        _ other: ProcedureRule = Testland.entry, _ test: @Sendable (DossierStage) async throws -> Void
    ) async throws {
        try await DossierStage.run(
            plan: Self.plan("testland/2020", "2020-08-01", Testland.entry),
            and: [Self.plan("testland/2021", "2021-09-20", other)]
        ) { stage in
            for part in Testland.everyPart { try await stage.happened(.write(part)) }
            try await stage.happened(Testland.agrees(Testland.fatherInDossier))
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.startTalk())
            stage.clock.move(to: .of("2021-09-17"))
            try await stage.happened(Testland.talked("wider"))
            try await stage.happened(Testland.startEntry())
            try await stage.happened(Testland.foundComplete(), by: Testland.secretary)
            stage.clock.move(to: .of("2021-09-21"))
            try await test(stage)
        }
    }

    @Test("The consequences come in both languages, with the version of the dossier that moving must send along")
    func consequences() async throws {
        try await running { stage in
            let office = try await stage.program(Testland.secretary)
            let shown = try await office.done(.get, "\(Self.path)/versie")
            #expect(shown["van"] == "testland/2020")
            #expect(shown["naar"] == "testland/2021")
            #expect(shown["kan"] == true)
            let steps = shown["gevolgen"].list?.first { $0["deel"] == "steps" }
            #expect(steps?["regels"].list?.first?["wat"]["nl"] == "Eerste advies")
            #expect(steps?["regels"].list?.first?["wat"]["en"] == "First advice")
            let body: JSON = ["naar": "testland/2021", "gezien": shown["gezien"], "reden": "De ouders vroegen erom."]
            let empty = try await office.ask(
                .post, "\(Self.path)/versie", ["naar": "testland/2021", "gezien": shown["gezien"], "reden": " "])
            #expect(empty.status == .unprocessableContent)
            #expect(empty.pointers == ["/reden"])
            for _ in 1...2 {
                #expect(try await office.ask(.post, "\(Self.path)/versie", body).status.kind == .successful)
            }
            #expect(try await stage.now.procedure(Testland.entryInstance)?.moves.count == 1)
        }
    }

    @Test("Who looked at an older state must look again, and what would be lost is refused with its paragraph")
    func refused() async throws {
        try await running(Testland.entry.with(clocks: [])) { stage in
            let office = try await stage.program(Testland.secretary)
            let shown = try await office.done(.get, "\(Self.path)/versie")
            #expect(shown["kan"] == false)
            #expect(shown["redenen"].list?.allSatisfy { $0["code"] == "moveClockLater" && $0["bron"] != .null } == true)
            let body: JSON = ["naar": "testland/2021", "gezien": shown["gezien"], "reden": "Toch."]
            let sent = try await office.ask(.post, "\(Self.path)/versie", body)
            #expect(sent.status == .unprocessableContent)
            #expect(Set(sent.codes) == ["moveClockLater"])
        }
        try await running { stage in
            let office = try await stage.program(Testland.secretary)
            let shown = try await office.done(.get, "\(Self.path)/versie")
            try await stage.happened(Testland.advisesFirst, by: Testland.adviser)
            let late = try await office.ask(
                .post, "\(Self.path)/versie", ["naar": "testland/2021", "gezien": shown["gezien"], "reden": "Toch."])
            #expect(late.status == .conflict)
            #expect(late.codes == ["procedureChangedMeanwhile"])
        }
    }

    @Test("Moving is there for nobody else")
    func others() async throws {
        try await running { stage in
            for actor in [Testland.ib, Testland.mother, Testland.decider, Testland.adviser, Testland.stranger] {
                let program = try await stage.program(actor)
                #expect(try await program.get("\(Self.path)/versie").status == .notFound, "\(actor.person)")
                let sent = try await program.ask(
                    .post, "\(Self.path)/versie", ["naar": "testland/2021", "gezien": 1, "reden": "Toch."])
                #expect(sent.status == .notFound, "\(actor.person)")
            }
        }
    }

    @Test("A step that takes the child to another school takes the dossier along: the old school sees it no more")
    func otherSchool() async throws {
        try await DossierStage.run(plan: Testland.planWithChange()) { stage in
            let school = try await stage.program(Testland.ib)
            let start: JSON = [
                "procedure": "change", "antwoorden": ["to-school": .text(Testland.otherSchool.rawValue)],
            ]
            let started = try await school.done(.post, "/dossiers/d-1/procedures", start)
            let id = try #require(started["id"].text)
            let other = try await stage.program(Testland.otherIB)
            #expect(try await other.get("/dossiers/d-1").status == .notFound)
            let step = "/dossiers/d-1/procedures/\(id)/stappen/begin"
            _ = try await school.done(.post, step, ["keuze": "begun", "antwoorden": [:]])
            #expect(try await other.get("/dossiers/d-1").status == .ok)
            // For as long as the plan says the old school reads on, and does nothing more.
            let again = try await school.ask(.post, "/dossiers/d-1/procedures", start)
            #expect(again.status == .forbidden)
            stage.clock.move(to: .of("2022-03-01"))
            #expect(try await school.get("/dossiers/d-1").status == .notFound)
            #expect(try await other.get("/dossiers/d-1").status == .ok)
            let now = try await stage.now
            #expect(now.school == Testland.otherSchool)
        }
    }

    @Test("A yearly list goes on from page to page, tells nobody of a child that they do not see, and begins by one request")
    func lists() async throws {
        try await DossierStage.run(plan: Testland.planWithChange()) { stage in
            for part in Testland.everyPart { try await stage.happened(.write(part)) }
            try await stage.happened(Testland.agrees(Testland.fatherInDossier))
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.startTalk())
            stage.clock.move(to: .of("2021-09-20", "16:30"))
            try await stage.happened(Testland.talked("wider"))
            try await stage.happened(Testland.startEntry())
            try await stage.happened(Testland.foundComplete(), by: Testland.secretary)
            try await stage.happened(Testland.advisesFirst, by: Testland.adviser)
            try await stage.happened(Testland.advisesSecond, by: Testland.expert)
            try await stage.happened(Testland.decides("grant"), by: Testland.decider)
            stage.clock.move(to: .of("2025-09-01"))
            let school = try await stage.program(Testland.ib)
            #expect(try await school.done(.get, "/lijsten")["lijsten"].list?.map { $0["procedure"] } == ["renewal"])
            let list = try await school.done(.get, "/lijsten/renewal?aantal=1")
            let child = try #require(list["kinderen"].list?.first)
            #expect(child["voornaam"] == "Pim")
            #expect(child["einde"] == "2026-07-31")
            #expect(child["staat"]["begonnen"] == false)
            #expect(list["totaal"] == 1)
            #expect(list["volgende"] == .null)
            let board = try await stage.program(Testland.board).done(.get, "/lijsten/renewal")
            #expect(board["kinderen"] == [])
            #expect(board["cijfers"]["totaal"] == "minder-dan-10")
            #expect(!board.text.contains("Pluis"))
            let family = try await stage.program(Testland.mother)
            #expect(try await family.get("/lijsten/renewal").status == .notFound)
            #expect(try await family.done(.get, "/lijsten")["lijsten"] == [])
            #expect(try await stage.program(Testland.otherIB).done(.get, "/lijsten/renewal")["cijfers"] == .null)
            let body: JSON = ["besluit": child["besluit"]]
            #expect(try await stage.program(Testland.otherIB).ask(.post, "/lijsten/renewal", body).status == .notFound)
            for _ in 1...2 { #expect(try await school.done(.post, "/lijsten/renewal", body)["begonnen"] == true) }
            #expect(try await stage.now.procedures.count { $0.rule == "renewal" } == 1)
            let after = try await school.done(.get, "/lijsten/renewal")
            #expect(after["kinderen"].list?.first?["staat"]["begonnen"] == true)
            #expect(after["nietBegonnen"] == 0)
        }
    }
}
