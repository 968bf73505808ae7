import Domain
import Foundation
import Journal
import Synchronization
import Testing
import UseCases

@Suite("Witnesses of the journal")
struct WitnessingTests {
    /// Mail that is kept, or cannot go.
    private final class Box: Post {
        private let state = Mutex((sent: [OutgoingMail](), broken: Set<String>()))
        var sent: [OutgoingMail] { state.withLock { $0.sent } }
        func breakFor(_ addresses: Set<String>) { state.withLock { $0.broken = addresses } }

        func send(_ mail: OutgoingMail) async throws {
            try state.withLock { state in
                guard !state.broken.contains(mail.to) else { throw PostUnavailable(reason: "test") }
                state.sent.append(mail)
            }
        }
    }

    private func note(_ number: Int, in journal: MemoryJournal) async throws {
        _ = try await journal.append(
            Appending(
                stream: StreamID(rawValue: "dossier-1"), expectedVersion: number, at: Instant(milliseconds: 0),
                actor: PersonID("person-a")
            ) { _ in Act(events: [NewEvent(type: "sample.noted.v1", payload: Data("{}".utf8))]) })
    }

    @Test("each is told every checkpoint once, also what could not be sent before")
    func told() async throws {
        let (journal, box) = (MemoryJournal(), Box())
        let key = try CheckpointKey.generate(name: "sentrum/test")
        let witnessing = Witnessing(journal, key: key, witnesses: ["a@example.org", "b@example.org"], post: box)
        try await witnessing.work(at: Instant(milliseconds: 0))
        #expect(box.sent.isEmpty, "an empty journal has nothing to tell")

        box.breakFor(["a@example.org"])
        try await note(0, in: journal)
        await #expect(throws: PostUnavailable.self) { try await witnessing.work(at: Instant(milliseconds: 1)) }
        try await note(1, in: journal)
        await #expect(throws: PostUnavailable.self) { try await witnessing.work(at: Instant(milliseconds: 2)) }
        #expect(box.sent.map(\.to) == ["b@example.org", "b@example.org"], "one that fails keeps no other from it")

        box.breakFor([])
        try await witnessing.work(at: Instant(milliseconds: 3))
        try await witnessing.work(at: Instant(milliseconds: 4))
        #expect(box.sent.count == 3, "nothing is told twice")
        let late = try #require(box.sent.last)
        #expect(late.to == "a@example.org")
        let notes = SignedNote.all(in: late.text, of: "sentrum/test")
        #expect(notes.count == 2)
        #expect(notes.allSatisfy { $0.isSigned(by: key.verifier) })
        #expect(late.text.contains(key.verifier.description))
        let last = try #require(notes.last.flatMap { Checkpoint(text: $0.text) })
        #expect(try await journal.verify(contents: true, against: [last]).isWhole)
    }
}
