import Domain
import Foundation
import Testing

@testable import Journal

@Suite("A signed checkpoint")
struct SignedNoteTests {
    private let checkpoint = Checkpoint(
        origin: "example.org/journal", size: 40, root: MerkleHash.leaf(Data("row".utf8)), at: minute(5))

    /// The example of the description of Go's signed notes.
    @Test("is read and checked in the form that others use")
    func publicExample() throws {
        let key = try #require(VerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        let note = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

            """
        let read = try #require(SignedNote(whole: note))
        #expect(read.isSigned(by: key))
        #expect(read.whole == note)
        let altered = try #require(SignedNote(whole: note.replacing("is the answer", with: "was the answer")))
        #expect(!altered.isSigned(by: key))
        #expect(VerifierKey("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") == nil)
        #expect(VerifierKey("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") == nil)
        #expect(VerifierKey("PeterNeumann") == nil)
    }

    @Test("says which journal, how many rows, which root and when, and is read back")
    func text() throws {
        let text = checkpoint.text
        #expect(
            text == """
                example.org/journal
                40
                \(checkpoint.root.base64EncodedString())
                at 2026-01-01T00:05:00.000Z

                """)
        #expect(Checkpoint(text: text) == checkpoint)
        for wrong in [
            text.replacing("\n40\n", with: "\n040\n"), text.replacing("\n40\n", with: "\n-4\n"),
            text.replacing("\n40\n", with: "\n+40\n"), text + "more\n", String(text.dropLast()),
            text.replacing("at 2026", with: "2026"), text.replacing("example.org/", with: "example org/"),
            text.replacing(checkpoint.root.base64EncodedString(), with: "cm93"), "",
        ] {
            #expect(Checkpoint(text: wrong) == nil)
        }
    }

    @Test("is signed by one key, and by no other of the same name")
    func signing() throws {
        let key = try CheckpointKey.generate(name: "example.org/journal")
        let note = try SignedNote(checkpoint.text, by: key)
        #expect(note.isSigned(by: key.verifier))
        #expect(try #require(SignedNote(whole: note.whole)) == note)
        #expect(try !note.isSigned(by: CheckpointKey.generate(name: "example.org/journal").verifier))
        let verifier = try #require(VerifierKey(key.verifier.description))
        #expect(note.isSigned(by: verifier))
        let later = Checkpoint(origin: checkpoint.origin, size: 41, root: checkpoint.root, at: checkpoint.at)
        let moved = try #require(SignedNote(whole: note.whole.replacing("\n40\n", with: "\n41\n")))
        #expect(moved.text == later.text)
        #expect(!moved.isSigned(by: key.verifier))
        #expect(throws: JournalFault.self) { try CheckpointKey.generate(name: "two words") }
        #expect(throws: JournalFault.self) { try CheckpointKey.generate(name: "a+b") }
    }

    @Test(
        "what is no note is not read as one",
        arguments: ["", "\n", "a\n\n", "a\n\nb\n", "a\n\n\u{2014} name\n", "a\n\n\u{2014} n !!\n"])
    func unreadable(whole: String) {
        #expect(SignedNote(whole: whole) == nil)
    }

    @Test("is found again between the lines of mails")
    func collected() throws {
        let key = try CheckpointKey.generate(name: "example.org/journal")
        let notes = try (1...3).map { size in
            try SignedNote(Checkpoint(origin: key.name, size: size, root: checkpoint.root, at: checkpoint.at).text, by: key)
        }
        let mails = notes.map { "From: SENtrum\r\n\r\nHello,\r\n\r\n" + $0.whole.replacing("\n", with: "\r\n") + "\r\n-- \r\n" }
        #expect(SignedNote.all(in: mails.joined(), of: key.name) == notes)
        #expect(SignedNote.all(in: mails.joined(), of: "example.org/other").isEmpty)
        #expect(SignedNote.all(in: "example.org/journal", of: key.name).isEmpty)
    }

    @Test("its key is made once, lies in a file for its owner only, and stays the same")
    func keyFile() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "checkpoint.key")
        let made = try CheckpointKey.loadOrCreate(at: file, name: "example.org/journal")
        let read = try CheckpointKey.loadOrCreate(at: file, name: "example.org/journal")
        #expect(made.verifier.description == read.verifier.description)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        #expect(throws: JournalFault.keyFileExposed("mode 644")) {
            try CheckpointKey.loadOrCreate(at: file, name: "example.org/journal")
        }
    }
}
