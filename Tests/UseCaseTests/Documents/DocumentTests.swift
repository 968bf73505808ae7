import Domain
import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Documents of a dossier")
struct DocumentTests {
    private let id = DossierID("d-1")
    private static let pdf = Data("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".utf8)

    private func add(
        to stage: Stage, _ contents: Data = pdf, _ name: String = "verslag.pdf", as actor: Actor = Testland.ib
    ) async throws -> DossierDocument {
        let dossier = try await stage.installation.addDocument(contents, name: name, kind: "report", to: id, as: actor)
        return try #require(dossier.documents.last)
    }

    @Test("what was stored is read back to the letter, small in the table and large as a file", arguments: [0, 300_000])
    func readBack(_ padding: Int) async throws {
        try await Stage.onFile { stage in
            try await stage.tell(id, to: .opened)
            let contents = Self.pdf + Data(repeating: 0x0A, count: padding)
            let document = try await add(to: stage, contents)
            #expect(document.by == Testland.ib.person)
            #expect(document.size == contents.count)
            #expect(document.format == "pdf")
            let read = try await stage.installation.document(document.id, of: id, as: Testland.mother)
            #expect(read.contents == contents)
            #expect(read.document == document)
            let log = try await stage.installation.vault.reads.reads(of: id, before: nil, limit: 10).map(\.read)
            #expect(log.map(\.kind) == [.document])
            #expect(log.map(\.person) == [Testland.mother.person])
            #expect(log.map(\.parts) == [["documents"]])
        }
    }

    @Test("contents open only in the dossier that they were stored for")
    func otherStream() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let other = DossierID("d-2")
        try await stage.tell(other, to: .opened)
        let document = try await add(to: stage)
        await #expect(throws: NotFound()) { try await stage.installation.document(document.id, of: other, as: Testland.ib) }
        // Even when the other dossier speaks of the same contents.
        _ = try await stage.installation.perform(.addDocument(document), on: other, as: Testland.ib)
        await #expect(throws: VaultFault.blobMissing(document.blob)) {
            try await stage.installation.document(document.id, of: other, as: Testland.ib)
        }
    }

    @Test("who does not see documents, or not the dossier, finds none; nor does anybody one that was withdrawn")
    func outOfSight() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let document = try await add(to: stage)
        for actor in [Testland.teacher, Testland.stepfather, Testland.otherIB, Testland.adviser, Testland.stranger] {
            await #expect(throws: NotFound()) { try await stage.installation.document(document.id, of: id, as: actor) }
        }
        #expect(try await stage.installation.vault.reads.reads(of: id, before: nil, limit: 10).isEmpty)
        _ = try await stage.installation.perform(.withdrawDocument(document.id), on: id, as: Testland.ib)
        await #expect(throws: NotFound()) { try await stage.installation.document(document.id, of: id, as: Testland.ib) }
        #expect(try await stage.replayed(id).documents.map(\.id) == [document.id])
    }

    @Test("a look at contents that cannot be logged shows nothing")
    func unlogged() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let document = try await add(to: stage)
        await #expect(throws: diskFull) {
            try await stage.another(reads: FullReads()).document(document.id, of: id, as: Testland.ib)
        }
    }

    @Test(
        "a file of another kind, an empty or a disguised one is refused and leaves no event",
        arguments: [
            ("programma.exe", Data([0x4D, 0x5A, 0x90, 0x00])), ("verslag.pdf", Data()),
            ("verslag.pdf", Data("<html><script>alert(1)</script></html>".utf8)),
        ])
    func refusedFile(_ name: String, _ contents: Data) async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let version = try await stage.version(id)
        await #expect(throws: DocumentRefusal.self) { try await add(to: stage, contents, name) }
        #expect(try await stage.version(id) == version)
        #expect(try await sweep(stage) == 0)
    }

    @Test("who may not add documents adds none, and a kind that the plan does not know is refused")
    func refusedPeople() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        await #expect(throws: Refused(.notAllowed)) { try await add(to: stage, as: Testland.teacher) }
        await #expect(throws: NotFound()) { try await add(to: stage, as: Testland.stranger) }
        await #expect(throws: Refused(.notAnOption, field: "kind")) {
            try await stage.installation.addDocument(Self.pdf, name: "a.pdf", kind: "song", to: id, as: Testland.ib)
        }
        #expect(try await stage.replayed(id).documents.isEmpty)
        #expect(try await sweep(stage) == 0)
    }

    /// How many contents a sweep of everything deletes.
    private func sweep(_ stage: Stage) async throws -> Int {
        try await stage.installation.vault.blobs.sweep(
            from: Instant(milliseconds: 0), until: .of("2030-01-01"), isMentioned: { _, _ in false })
    }
}
