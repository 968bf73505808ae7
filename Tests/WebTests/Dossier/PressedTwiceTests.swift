import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("A form that is pressed twice")
struct PressedTwiceTests {
    private static let pdf = Data("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8)

    /// Sends the same form twice in the same moment, and once more afterwards; all answers.
    private func thrice(_ send: @Sendable () async throws -> Visitor.Answer) async throws -> [Visitor.Answer] {
        async let first = send()
        async let second = send()
        let both = try await [first, second]
        return both + [try await send()]
    }

    @Test("opens one dossier, and every answer leads to it; the next form opens another")
    func dossier() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let key = try #require(try await ib.get("/leerlingen/nieuw").value("_key"))
            let form = NewDossierTests.child + NewDossierTests.guardian + [("_key", key)]
            let answers = try await thrice { try await ib.post("/leerlingen/nieuw", form) }
            #expect(Set(answers.map(\.location)).count == 1)
            #expect(answers.allSatisfy { $0.status == .seeOther && $0.location?.hasSuffix("?gedaan=dossier-geopend") == true })
            #expect(answers[0].location?.contains(key) == false, "what a browser sends names nothing here")
            #expect(try await stage.installation.dossiers(for: Testland.ib, search: "saar", after: nil, limit: 9).rows.count == 1)
            let next = try #require(try await ib.get("/leerlingen/nieuw").value("_key"))
            #expect(next != key)
            // Another child of the same name is asked about, as ever.
            let other = try await ib.post(
                "/leerlingen/nieuw", NewDossierTests.child + NewDossierTests.guardian + [("_key", next)])
            #expect(other.status == .unprocessableContent)
        }
    }

    @Test("of somebody else makes something of theirs: a key is worth nothing to others")
    func others() async throws {
        try await DossierStage.run { stage in
            let key = stage.installation.chance.key()
            let mine = stage.installation.key(of: key, for: "dossier", by: Testland.ib.person)
            #expect(mine == stage.installation.key(of: key, for: "dossier", by: Testland.ib.person))
            #expect(mine != stage.installation.key(of: key, for: "dossier", by: Testland.otherIB.person))
            #expect(mine != stage.installation.key(of: key, for: "document/d-1", by: Testland.ib.person))
            #expect(mine.count == 26)
            // Without a key, or with one that could be guessed, everything made is new.
            for none in ["", "1", String(repeating: "x", count: 81)] {
                let first = stage.installation.key(of: none, for: "dossier", by: Testland.ib.person)
                #expect(first != stage.installation.key(of: none, for: "dossier", by: Testland.ib.person))
            }
        }
    }

    @Test("starts one procedure, and every answer leads to it")
    func procedure() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.agrees(Testland.fatherInDossier))
            let ib = try await stage.visitor(Testland.ib)
            let path = "\(DossierStage.path)/procedures/nieuw/talk"
            let page = try await ib.get(path)
            let key = try #require(page.value("_key"))
            let start = Testland.startTalk()
            guard case .start(let wanted) = start else { return }
            let fields = wanted.answers.map { ($0.key, $0.value.text) } + [("_key", key)]
            let answers = try await thrice { try await ib.post(path, fields) }
            #expect(answers.allSatisfy { $0.status == .seeOther && $0.location?.hasSuffix("?gedaan=started") == true })
            #expect(Set(answers.map(\.location)).count == 1)
            #expect(try await stage.now.procedures.count == 1)
        }
    }

    @Test("adds one document")
    func document() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let path = "\(DossierStage.path)/documenten"
            let key = try #require(try await ib.get(path).value("_key"))
            let answers = try await thrice {
                try await ib.upload(path, file: ("Verslag.pdf", Self.pdf), [("kind", "report"), ("_key", key)])
            }
            #expect(answers.allSatisfy { $0.status == .seeOther })
            #expect(try await stage.now.documents.count == 1)
            let next = try #require(try await ib.get(path).value("_key"))
            _ = try await ib.upload(path, file: ("Verslag.pdf", Self.pdf), [("kind", "report"), ("_key", next)])
            #expect(try await stage.now.documents.count == 2)
        }
    }
}
