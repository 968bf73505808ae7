import Domain
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Moving a procedure to another version, on its page")
struct MovePageTests {
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

    private static let without = Testland.entry.with(clocks: [])
    private static let instance = Testland.entryInstance
    private var path: String { "\(DossierStage.path)/procedures/\(Self.instance)" }

    /// A request that waits for its advices, with another version in force.
    private func run(_ other: ProcedureRule = Testland.entry, _ test: @Sendable (DossierStage) async throws -> Void) async throws
    {
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

    @Test("shows what would change before anything is asked, and then asks why")
    func shows() async throws {
        try await run { stage in
            let office = try await stage.visitor(Testland.secretary)
            #expect(try await office.get(path).text.contains("\(path)/versie"))
            let page = try await office.get("\(path)/versie")
            #expect(page.status == .ok)
            #expect(page.words.contains("Eerste advies"))
            #expect(page.words.contains("Zes weken"))
            #expect(page.value("move-to") == "testland/2021")
            let empty = try await office.post(
                "\(path)/versie", [("move-to", "testland/2021"), ("gezien", page.value("gezien") ?? ""), ("move-reason", " ")])
            #expect(empty.status == .unprocessableContent)
            #expect(try await stage.now.procedure(Self.instance)?.plan == PlanKey("testland/2020"))
        }
    }

    @Test("moves it once, however often it is pressed; family and school read why")
    func moves() async throws {
        try await run { stage in
            let office = try await stage.visitor(Testland.secretary)
            let page = try await office.get("\(path)/versie")
            let form = [
                ("move-to", "testland/2021"), ("gezien", page.value("gezien") ?? ""), ("move-reason", "De ouders vroegen erom."),
            ]
            for _ in 1...2 { #expect(try await office.post("\(path)/versie", form).status == .seeOther) }
            #expect(try await stage.now.procedure(Self.instance)?.moves.count == 1)
            for reader in [Testland.mother, Testland.ib] {
                let shown = try await stage.visitor(reader).get(path)
                #expect(shown.words.contains("De ouders vroegen erom."), "\(reader.person)")
            }
            // And back: it is the only other one now.
            #expect(try await office.get("\(path)/versie").value("move-to") == "testland/2020")
        }
    }

    @Test("says what would be lost instead of a form, and refuses it when sent all the same")
    func refuses() async throws {
        try await run(Self.without) { stage in
            let office = try await stage.visitor(Testland.secretary)
            let page = try await office.get("\(path)/versie")
            #expect(page.status == .ok)
            #expect(page.words.contains("Acht weken"))
            #expect(page.words.contains("Testland, law"))
            #expect(!page.text.contains("name=\"move-reason\""))
            let version = try await stage.now.version
            let sent = try await office.post(
                "\(path)/versie", [("move-to", "testland/2021"), ("gezien", String(version)), ("move-reason", "Toch.")])
            #expect(sent.status == .unprocessableContent)
            #expect(sent.value("move-reason") == nil && sent.text.contains(">Toch.</textarea>"), "what was typed stays")
            #expect(try await stage.now.procedure(Self.instance)?.moves.isEmpty == true)
        }
    }

    @Test("who gives a reason while somebody else moves it keeps the words")
    func somebodyWasFirst() async throws {
        try await run { stage in
            let office = try await stage.visitor(Testland.secretary)
            let page = try await office.get("\(path)/versie")
            let seen = page.value("gezien") ?? ""
            let colleague = try await stage.newcomer("Tweede secretaris", as: "secretary", at: .partnership)
            let sent = [("move-to", "testland/2021"), ("gezien", seen), ("move-reason", "De ouders vroegen erom.")]
            #expect(try await stage.visitor(colleague).post("\(path)/versie", sent).status == .seeOther)
            let late = try await office.post("\(path)/versie", sent)
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains("De ouders vroegen erom.") && late.words.contains("intussen iets gedaan"))
        }
    }

    @Test("is there for nobody else")
    func others() async throws {
        try await run { stage in
            for actor in [Testland.ib, Testland.mother, Testland.decider, Testland.adviser, Testland.stranger, Testland.otherIB] {
                let visitor = try await stage.visitor(actor)
                #expect(try await visitor.get("\(path)/versie").status == .notFound, "\(actor.person)")
                let sent = try await visitor.post(
                    "\(path)/versie", [("move-to", "testland/2021"), ("gezien", "1"), ("move-reason", "Toch.")])
                #expect(sent.status == .notFound, "\(actor.person)")
            }
            #expect(try await stage.now.procedure(Self.instance)?.moves.isEmpty == true)
        }
    }
}
