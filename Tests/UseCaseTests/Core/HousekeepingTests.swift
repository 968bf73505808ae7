import Domain
import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Tidying up")
struct HousekeepingTests {
    private let id = DossierID("d-1")
    private let pdf = Data("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".utf8)

    private func orphan(_ stage: Stage, of stream: StreamID? = nil) async throws {
        _ = try await stage.installation.vault.blobs.store(
            pdf, for: stream ?? Projection.stream(id), at: stage.clock.now())
    }

    @Test("contents that no event speaks of go, those of documents stay, withdrawn ones as well")
    func blobs() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        var dossier = try await stage.installation.addDocument(pdf, name: "a.pdf", kind: "report", to: id, as: Testland.ib)
        dossier = try await stage.installation.addDocument(pdf, name: "b.pdf", kind: "report", to: id, as: Testland.ib)
        let documents = dossier.documents
        _ = try await stage.installation.perform(.withdrawDocument(documents[0].id), on: id, as: Testland.ib)
        try await orphan(stage)
        stage.clock.move("2021-09-02")
        #expect(try await stage.installation.tidy(since: Instant(milliseconds: 0)).blobs == 1)
        #expect(try await stage.installation.tidy(since: Instant(milliseconds: 0)).blobs == 0)
        for document in documents {
            let read = try await stage.installation.vault.blobs.read(
                BlobReference(id: document.blob, sha256: document.digest, size: document.size), of: Projection.stream(id))
            #expect(read == pdf)
        }
    }

    @Test("what was stored within the hour is left alone, and found the next time")
    func hour() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        stage.clock.move("2021-09-02", "10:30")
        try await orphan(stage)
        stage.clock.move("2021-09-02", "11:00")
        let first = stage.clock.now()
        #expect(try await stage.installation.tidy(since: .of("2021-09-02", "10:00")).blobs == 0)
        stage.clock.move("2021-09-02", "12:00")
        #expect(try await stage.installation.tidy(since: first).blobs == 1)
    }

    @Test("contents of a forgotten dossier do not stop it, and of a stream that holds no documents are left alone")
    func forgotten() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let person = Projection.stream(Testland.ib.person)
        try await orphan(stage, of: person)
        try await orphan(stage)
        let old = Projection.rows(of: try await stage.replayed(id), stage.installation.shelf)
        try await stage.journal.erase(
            [Projection.stream(id)], at: stage.clock.now(), registers: .between(old: old, new: []))
        stage.clock.move("2021-09-02")
        #expect(try await stage.installation.tidy(since: Instant(milliseconds: 0)).blobs == 1)
    }

    @Test("dossiers looked through for their contents do not push out those that people work in")
    func cache() async throws {
        let stage = try await Stage.inMemory(cached: 2)
        for number in 1...6 {
            let id = DossierID("d-\(number)")
            try await stage.tell(id, to: .opened)
            _ = try await stage.installation.addDocument(pdf, name: "a.pdf", kind: "report", to: id, as: Testland.ib)
        }
        let used = DossierID("d-1")
        _ = try await stage.installation.load(used)
        stage.clock.move("2021-09-02")
        _ = try await stage.installation.tidy(since: Instant(milliseconds: 0))
        #expect(stage.installation.cache[used] != nil)
    }

    @Test("sessions that ended and drafts of more than a month go; the others stay")
    func sessionsAndDrafts() async throws {
        let stage = try await Stage.inMemory()
        try await stage.tell(id, to: .opened)
        let vault = stage.installation.vault
        let (person, _) = try await stage.installation.register(name: "Kim Bos", email: "kim@testland.example", as: .program)
        _ = try await vault.accounts.begin(person, at: stage.clock.now())
        try await vault.drafts.save(
            Data("oud".utf8), person: person, form: "oud", stream: Projection.stream(id), at: stage.clock.now())
        stage.clock.move("2021-10-15")
        let staying = try await vault.accounts.begin(person, at: stage.clock.now())
        try await vault.drafts.save(
            Data("nieuw".utf8), person: person, form: "nieuw", stream: Projection.stream(id), at: stage.clock.now())
        let gone = try await stage.installation.tidy(since: Instant(milliseconds: 0))
        #expect(gone.sessions == 1)
        #expect(gone.drafts == 1)
        #expect(try await vault.accounts.session(staying.secret.text, at: stage.clock.now()) != nil)
        #expect(try await vault.drafts.begun(by: person).map(\.form) == ["nieuw"])
    }
}
