import Domain
import Foundation
import Testing

@testable import Journal

@Suite("Drafts", .onEachStore)
struct DraftsTests {
    private let vault: VaultUnderTest
    private let drafts: any Drafts
    private let noor = PersonID("p-noor")
    private let stream = StreamID("dossier-mila")
    private let start = Instant(milliseconds: 1_800_000_000_000)

    init() throws {
        vault = try #require(VaultUnderTest.current)
        drafts = vault.drafts
    }

    private func save(_ text: String, form: String = "f", by person: PersonID? = nil, at: Instant? = nil) async throws {
        try await drafts.save(Data(text.utf8), person: person ?? noor, form: form, stream: stream, at: at ?? start)
    }

    private func text(form: String = "f", by person: PersonID? = nil) async throws -> String? {
        try await drafts.draft(person: person ?? noor, form: form).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test("what was typed last is what comes back, to its writer only")
    func saved() async throws {
        #expect(try await text() == nil)
        try await save("Mila leest")
        try await save("Mila leest graag", at: start.adding(days: 1))
        try await save("", form: "leeg")
        #expect(try await text() == "Mila leest graag")
        #expect(try await text(form: "leeg") == "")
        #expect(try await text(by: PersonID("p-2")) == nil)
        #expect(try await drafts.draft(person: noor, form: "f")?.updated == start.adding(days: 1))
        #expect(try await drafts.begun(by: noor).map(\.form) == ["f", "leeg"])
    }

    @Test("a draft is gone when it is sent, and when nobody touched it for long")
    func gone() async throws {
        try await save("a")
        try await save("b", form: "g", at: start.adding(days: 3))
        try await drafts.discard(person: noor, form: "nothing")
        #expect(try await drafts.purge(before: start) == 0)
        #expect(try await drafts.purge(before: start.adding(days: 1)) == 1)
        #expect(try await text() == nil)
        #expect(try await text(form: "g") == "b")
        try await drafts.discard(person: noor, form: "g")
        #expect(try await text(form: "g") == nil)
    }

    @Test("more than a megabyte is refused")
    func large() async throws {
        try await drafts.save(Data(count: Draft.largest), person: noor, form: "f", stream: stream, at: start)
        await #expect(throws: VaultFault.tooLarge(limit: Draft.largest)) {
            try await drafts.save(Data(count: Draft.largest + 1), person: noor, form: "f", stream: stream, at: start)
        }
    }

    @Test("what is stored is sealed, and opens for nobody in whose place it is put")
    func sealed() async throws {
        try await save("Mila leest graag")
        let stored = try await vault.bytes("SELECT sealed FROM drafts").first
        #expect(try #require(stored).range(of: Data("Mila".utf8)) == nil)
        for change in ["person = 'p-2'", "form = 'g'"] {
            try await save("Mila leest graag")
            try await vault.execute("UPDATE drafts SET \(change)")
            await #expect(throws: VaultFault.draftDamaged) {
                _ = try await drafts.draft(
                    person: change.contains("person") ? PersonID("p-2") : noor, form: change.contains("form") ? "g" : "f")
            }
            try await vault.execute("DELETE FROM drafts")
        }
        // The joint between the names is part of what is sealed for.
        try await save("x", form: "1|f", by: PersonID("p"))
        try await vault.execute("UPDATE drafts SET person = 'p|1', form = 'f'")
        await #expect(throws: VaultFault.draftDamaged) { _ = try await drafts.draft(person: PersonID("p|1"), form: "f") }
    }

    @Test("a forgotten dossier takes its drafts along, and takes no new ones")
    func erased() async throws {
        try await save("Mila leest graag")
        try await vault.journal.erase([stream], at: start, registers: RegisterChange())
        #expect(try await text() == nil)
        await #expect(throws: JournalFault.erased(stream)) { try await save("weer iets") }
        try await vault.upkeep.forget(dossiers: [], people: [], streams: [stream])
        #expect(try await drafts.begun(by: noor).isEmpty)
    }
}
