import Domain
import Foundation
import HTTPTypes
import Journal
import NIOCore
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The documents of a dossier")
struct DocumentTests {
    private static let path = DossierStage.path + "/documenten"
    private static let pdf = Data("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8)

    /// The address of the only document.
    private func added(_ stage: DossierStage) async throws -> String {
        "\(Self.path)/\(try #require(try await stage.now.documentsInSight.first).id)"
    }

    @Test("A document is added, listed and handed out as it came, always to be saved")
    func add() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let answer = try await ib.upload(
                Self.path, file: ("Verslag van Pim \u{202E}fdp.pdf", Self.pdf), [("kind", "report")])
            #expect(answer.location == "\(Self.path)?gedaan=document-toegevoegd")
            let list = try await ib.get(Self.path).words
            #expect(list.contains("Verslag van Pim fdp.pdf"))
            #expect(list.contains("toegevoegd door u, 6 september 2021"))
            let file = try await ib.get(try await added(stage))
            #expect(file.status == .ok)
            #expect(Data(file.body.readableBytesView) == Self.pdf)
            #expect(file.headers[.contentType] == "application/pdf")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"Verslag van Pim fdp.pdf\"") == true)
            let policy = try #require(file.headers[.contentSecurityPolicy])
            for rule in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'", "sandbox"] {
                #expect(policy.contains(rule), "\(rule)")
            }
            #expect(file.headers[.xContentTypeOptions] == "nosniff")
            #expect(file.headers[.cacheControl] == "no-store")
            #expect(try await stage.reads.first?.kind == .document)
        }
    }

    @Test("Nothing chosen, an unknown kind and a file that is not taken are refused beside the field")
    func refused() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let nothing = try await ib.upload(Self.path, file: nil, [])
            #expect(nothing.status == .unprocessableContent)
            #expect(nothing.text.contains("field-file-error"))
            #expect(nothing.text.contains("field-kind-error"))
            let program = try await ib.upload(Self.path, file: ("lief.exe", Data([0x4D, 0x5A, 0x90, 0])), [("kind", "report")])
            #expect(program.status == .unprocessableContent)
            #expect(program.words.contains("Dit soort bestand nemen wij niet aan."))
            #expect(program.text.contains("value=\"report\" checked"))
            let empty = try await ib.upload(Self.path, file: ("leeg.pdf", Data()), [("kind", "report")])
            #expect(empty.words.contains("Dit bestand is leeg."))
            let kind = try await ib.upload(Self.path, file: ("a.pdf", Self.pdf), [("kind", "geheim")])
            #expect(kind.status == .unprocessableContent)
            #expect(try await stage.now.documents.isEmpty)
        }
    }

    @Test("A document is taken out of sight after asking, and is not found from then on")
    func withdraw() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.upload(Self.path, file: ("a.pdf", Self.pdf), [("kind", "report")])
            let address = try await added(stage)
            #expect(try await ib.get("\(address)/intrekken").words.contains("Dit document weghalen?"))
            #expect(try await ib.post("\(address)/intrekken").location == "\(Self.path)?gedaan=document-ingetrokken")
            #expect(try await ib.get(address).status == .notFound)
            #expect(try await ib.get("\(address)/intrekken").status == .notFound)
            #expect(try await stage.now.documents.count == 1, "the journal keeps that it was there")
        }
    }

    @Test("A family adds its own documents and takes back only those")
    func family() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.upload(Self.path, file: ("school.pdf", Self.pdf), [("kind", "report")])
            let school = try await added(stage)
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get(school).status == .ok)
            #expect(try await mother.post("\(school)/intrekken").status == .forbidden)
            _ = try await mother.upload(Self.path, file: ("thuis.pdf", Self.pdf), [("kind", "drawing")])
            let own = try #require(try await stage.now.documentsInSight.last)
            let list = try await mother.get(Self.path)
            #expect(list.text.contains("\(own.id)/intrekken"))
            #expect(!list.text.contains("\(school)/intrekken"))
            #expect(try await mother.post("\(Self.path)/\(own.id)/intrekken").status == .seeOther)
        }
    }
}
