import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing

@testable import Web

@Suite("Versions of the plan through the interface for programs")
struct APIPlanVersionTests {
    private static let root = "/planversies/spow/nieuw"

    private static func begin(_ director: Program) async throws {
        let begun = try await director.ask(
            .post, "/planversies",
            [
                "versie": "nieuw", "titel": ["nl": "Nieuw plan", "en": "New plan"], "wijzigt": "spow/2020-2024-addendum",
                "vanaf": "2024-08-01",
            ])
        #expect(begun.status == .created)
        #expect(begun.headers[.location] == "/v1\(root)")
        #expect(begun.json["toestand"] == "draft")
    }

    private static func write(_ director: Program, _ files: JSON, version: Int? = nil) async throws -> Program.Answer {
        var body: [String: JSON] = ["bestanden": files]
        if let version { body["stroomversie"] = .int(version) }
        return try await director.ask(.patch, "\(root)/bestanden", .object(body))
    }

    @Test("A draft is begun, written, checked, and goes to the council only when every example comes out")
    func writes() async throws {
        try await PlanStage.run("spow") { stage in
            let director = try await stage.program(try stage.holder("swv-director"))
            try await Self.begin(director)
            let sound = try await director.done(.get, "\(Self.root)/controle")
            #expect(sound["klopt"] == true)
            let term: JSON = ["bestand": "procedures/tlv.yaml", "tekst": "clocks:\n  decide: { within: P5W }\n"]
            let written = try await Self.write(director, [term])
            #expect(written.status == .ok)
            #expect(written.json["klopt"] == false)
            let turned = written.json["voorbeelden"].list ?? []
            #expect(turned.contains { $0["voorbeeld"] == "terms.promise" && $0["uitkomst"] == "due 2021-12-07" })
            #expect(turned.allSatisfy { $0["eigen"] == false })
            let differences = try await director.done(.get, "\(Self.root)/verschillen")["verschillen"].list ?? []
            #expect(differences.contains { $0["pad"].text?.hasPrefix("procedures.tlv.clocks.decide") == true })
            let files = try await director.done(.get, "\(Self.root)/bestanden")
            #expect(files["bestanden"].list?.contains(term) == true)
            let early = try await director.ask(.post, "\(Self.root)/handelingen", ["handeling": "voorleggen"])
            #expect(early.status == .unprocessableContent)
            #expect(early.codes == ["planHasFaults"])
            let names = turned.compactMap { $0["voorbeeld"].text?.split(separator: ".").last }
            let dropped = names.map { "\($0): ~\n" }.joined()
            let answered = try await Self.write(director, [["bestand": "examples/terms.yaml", "tekst": .text(dropped)]])
            #expect(answered.json["klopt"] == true, "\(answered.json["voorbeelden"])")
            let submitted = try await director.ask(.post, "\(Self.root)/handelingen", ["handeling": "voorleggen"])
            #expect(submitted.status == .ok)
            #expect(submitted.json["toestand"] == "submitted")
            // Then its text stays as it is.
            #expect(try await Self.write(director, [term]).status == .notFound)
        }
    }

    @Test("What another wrote meanwhile is not written over, and a fault in a body is told with its place")
    func meanwhile() async throws {
        try await PlanStage.run("spow") { stage in
            let director = try await stage.program(try stage.holder("swv-director"))
            try await Self.begin(director)
            let version = try #require(try await director.done(.get, "\(Self.root)/bestanden")["stroomversie"].int)
            func term(_ weeks: Int) -> JSON {
                [["bestand": "procedures/tlv.yaml", "tekst": .text("clocks:\n  decide: { within: P\(weeks)W }\n")]]
            }
            #expect(try await Self.write(director, term(5), version: version).status == .ok)
            let late = try await Self.write(director, term(4), version: version)
            #expect(late.status == .conflict)
            #expect(late.codes == ["fieldChangedMeanwhile"])
            #expect(late.pointers == ["/bestanden/0"])
            let outside = try await Self.write(director, [["bestand": "../x.yaml", "tekst": "x"]])
            #expect(outside.codes == ["badFile"])
            #expect(try await director.ask(.post, "\(Self.root)/handelingen", ["handeling": "dansen"]).status == .badRequest)
            let taken = try await director.ask(
                .post, "/planversies",
                ["versie": "Groot", "titel": ["nl": "A", "en": "A"], "wijzigt": "spow/2020-2024", "vanaf": "2024-08-01"])
            #expect(taken.codes == ["badKey"])
            #expect(taken.pointers == ["/versie"])
        }
    }

    @Test("The council asks and consents, municipalities agree, boards adopt, and it comes into force, each by who may")
    func wholeWay() async throws {
        try await PlanStage.run("spow") { stage in
            let director = try await stage.program(try stage.holder("swv-director"))
            let chair = try await stage.program(try stage.holder("opr-chair"))
            let member = try await stage.program(try stage.holder("opr-member"))
            let board = try await stage.program(try stage.holder("general-board-member"))
            try await Self.begin(director)
            func act(_ who: Program, _ body: JSON) async throws -> Program.Answer {
                try await who.ask(.post, "\(Self.root)/handelingen", body)
            }
            #expect(try await act(director, ["handeling": "voorleggen"]).status == .ok)
            let asked = try await act(
                member, ["handeling": "vraag", "vraag": "v1", "hoofdstuk": "inrichting", "tekst": "Wat merkt een kind?"])
            #expect(asked.status == .ok, "\(asked.codes)")
            #expect(asked.json["vragen"].list?.count == 1)
            #expect(try await act(member, ["handeling": "instemmen"]).status == .forbidden)
            #expect(try await act(chair, ["handeling": "instemmen"]).codes == ["questionsOpen"])
            #expect(
                try await act(director, ["handeling": "antwoord", "vraag": "v1", "tekst": "Minder wachten."]).status == .ok)
            let minutes: JSON = ["naam": "verslag.pdf", "inhoud": .text(FormFiller.report.base64EncodedString())]
            let spoiled = try await act(
                chair, ["handeling": "instemmen", "stuk": ["naam": "verslag.pdf", "inhoud": ""]])
            #expect(spoiled.status == .unprocessableContent)
            #expect(spoiled.pointers == ["/stuk/inhoud"])
            let consented = try await act(chair, ["handeling": "instemmen", "stuk": minutes])
            #expect(consented.status == .ok, "\(consented.codes)")
            let rule = try #require(stage.installation.rules.governance)
            for municipality in rule.municipalities {
                let function = try #require(rule.functions(for: .agree, party: municipality.id).first)
                let officer = try await stage.program(try stage.holder(function))
                let agreed = try await act(
                    officer, ["handeling": "overeenstemmen", "gemeente": .text(municipality.id), "stuk": minutes])
                #expect(agreed.status == .ok, "\(municipality.id) \(agreed.codes)")
            }
            var votes = Dictionary(rule.boards.map { ($0.id, JSON.text("for")) }, uniquingKeysWith: { first, _ in first })
            let last = try #require(rule.boards.last?.id)
            votes[last] = nil
            let unsaid = try await act(board, ["handeling": "vaststellen", "stemmen": .object(votes)])
            #expect(unsaid.pointers == ["/stemmen/\(last)"])
            votes[last] = "for"
            let bare = try await act(board, ["handeling": "vaststellen", "stemmen": .object(votes)])
            #expect(bare.codes == ["paperNeeded"])
            #expect(bare.pointers == ["/stuk/inhoud"])
            #expect(
                try await act(board, ["handeling": "vaststellen", "stemmen": .object(votes), "stuk": minutes]).status == .ok)
            let today = stage.installation.today.description
            #expect(try await act(director, ["handeling": "ingaan"]).status == .badRequest)
            let enacted = try await act(director, ["handeling": "ingaan", "geldigVanaf": .text(today)])
            #expect(enacted.json["geldtNu"] == true, "\(enacted.codes)")
            // Whoever has no part in it reads the version and its steps, and no names, papers or questions.
            let outsider = try await stage.program(try stage.holder("ib"))
            let read = try await outsider.done(.get, Self.root)
            #expect(read["toestand"] == "enacted")
            #expect(read["vragen"] == .null)
            #expect(read["stappen"].list?.allSatisfy { $0["door"] == .null && $0["stuk"] == .null } == true)
            #expect(try await outsider.done(.get, "/plan")["sleutel"] == "spow/nieuw")
        }
    }

    @Test("A draft is not there for whoever has no part in the plan, and only its writers find its files")
    func others() async throws {
        try await PlanStage.run("spow") { stage in
            try await Self.begin(try await stage.program(try stage.holder("swv-director")))
            let outsider = try await stage.program(try stage.holder("ib"))
            #expect(
                try await outsider.ask(
                    .post, "/planversies",
                    ["versie": "a", "titel": ["nl": "A", "en": "A"], "wijzigt": "spow/2020-2024", "vanaf": "2024-08-01"]
                ).status == .forbidden)
            for path in ["", "/verschillen", "/controle", "/bestanden"] {
                #expect(try await outsider.get("\(Self.root)\(path)").status == .notFound, "\(path)")
            }
            let keys = try await outsider.done(.get, "/planversies")["planversies"].list?.map { $0["sleutel"] }
            #expect(keys == ["spow/2020-2024", "spow/2020-2024-addendum"])
            let member = try await stage.program(try stage.holder("opr-member"))
            #expect(try await member.get(Self.root).status == .ok)
            #expect(try await member.get("\(Self.root)/bestanden").status == .notFound)
        }
    }
}
