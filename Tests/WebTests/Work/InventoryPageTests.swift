import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The page of what ends this school year")
struct InventoryPageTests {
    private static let path = "/lijsten/renewal"

    private func run(_ test: @Sendable (DossierStage) async throws -> Void) async throws {
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
            try await test(stage)
        }
    }

    @Test("is found from the first page, tells each child with its end, and begins it by one press")
    func begins() async throws {
        try await run { stage in
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get("/").text.contains(Self.path))
            let page = try await ib.get(Self.path)
            #expect(page.words.contains("Pim Pluis"))
            #expect(page.words.contains("31 juli 2026"))
            #expect(page.words.contains("Nog niet begonnen"))
            let decided = try #require(page.value("besluit"))
            for _ in 1...2 { #expect(try await ib.post(Self.path, [("besluit", decided)]).status == .seeOther) }
            #expect(try await stage.now.procedures.count { $0.rule == "renewal" } == 1)
            let after = try await ib.get(Self.path)
            #expect(after.words.contains("Begonnen op"))
            #expect(after.value("besluit") == nil)
        }
    }

    @Test("shows a child to nobody who does not see it; who sees none gets numbers that tell of nobody")
    func others() async throws {
        try await run { stage in
            for actor in [Testland.otherIB, Testland.board, Testland.privacyOfficer, Testland.secretary] {
                let page = try await stage.visitor(actor).get(Self.path)
                #expect(page.status == .ok)
                #expect(!page.text.contains("Pluis"), "\(actor.person)")
                let file = try await stage.visitor(actor).get("\(Self.path)/bestand.csv")
                #expect(!file.text.contains("Pluis"), "\(actor.person)")
                #expect(try await stage.visitor(actor).post(Self.path, [("besluit", "i-entry")]).status == .notFound)
            }
            #expect(try await stage.visitor(Testland.board).get(Self.path).words.contains("minder dan 10"))
            #expect(try await stage.visitor(Testland.board).get(Self.path).words.contains("U ziet aantallen, geen kinderen"))
            let elsewhere = try await stage.visitor(Testland.otherIB).get(Self.path).words
            #expect(!elsewhere.contains("minder dan 10"))
            #expect(elsewhere.contains("er staat niemand op deze lijst"))
            #expect(try await stage.visitor(Testland.mother).get(Self.path).status == .notFound)
            #expect(try await stage.visitor(nil).get(Self.path).status == .seeOther)
        }
    }

    @Test("can be taken along as a file, which is logged for the family")
    func file() async throws {
        try await run { stage in
            let file = try await stage.visitor(Testland.ib).get("\(Self.path)/bestand.csv")
            #expect(file.status == .ok)
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.text.contains("\"Pim Pluis\""))
            #expect(try await stage.reads.first?.kind == .export)
        }
    }

    @Test(
        "no cell of a file is a formula for a spreadsheet",
        arguments: [
            ("=1+1", "\"'=1+1\""), ("+31", "\"'+31\""), ("-2", "\"'-2\""), ("@sum", "\"'@sum\""), ("\tx", "\"'\tx\""),
            (" =1", "\"' =1\""), ("\u{FF1D}1", "\"'\u{FF1D}1\""), ("Jan \"de\" Wit", "\"Jan \"\"de\"\" Wit\""),
            ("a,b", "\"a,b\""), ("a-b", "\"a-b\""), ("", "\"\""),
        ])
    func cells(text: String, cell: String) {
        #expect(CSV.cell(text) == cell)
    }
}
