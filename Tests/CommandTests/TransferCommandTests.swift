import Foundation
import Testing

@Suite("The cards of partnerships")
struct TransferCommandTests {
    private func installation(_ name: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-\(name)-\(UUID().uuidString)")
        let made = try Tool.sentrum(
            "init", folder.path, "--plan", "plans/\(name)", "--admin-name", "A. Beheer", "--admin-email", "a@\(name).example")
        try #require(made.status == 0, "\(made.err)")
        return folder
    }

    @Test("A card is kept only with the words that its partnership read aloud, is listed, and can be taken away")
    func cards() throws {
        let (one, other) = (try installation("spow"), try installation("heuvelrug"))
        defer { for folder in [one, other] { try? FileManager.default.removeItem(at: folder) } }
        let card = try Tool.sentrum("transfer", "card", other.path)
        #expect(card.status == 0)
        #expect(card.out.hasPrefix("sentrum-card/1\nname: "))
        let words = try #require(
            card.err.split(separator: " ").last.map { String($0).trimmingCharacters(in: .whitespacesAndNewlines) })
        #expect(words.count == 39)
        let file = one.appending(path: "other.card")
        try Data(card.out.utf8).write(to: file)
        let wrong = try Tool.sentrum("transfer", "trust", one.path, file.path, "--fingerprint", "0000-" + words.dropFirst(5))
        #expect(wrong.status == 2)
        #expect(try Tool.sentrum("transfer", "list", one.path).out == "no partnership is known yet\n")
        let right = try Tool.sentrum("transfer", "trust", one.path, file.path, "--fingerprint", words.uppercased())
        #expect(right.status == 0, "\(right.err)")
        #expect(try Tool.sentrum("transfer", "list", one.path).out.hasPrefix(words))
        // Its own card is no partner, and nothing secret is in a card.
        #expect(try Tool.sentrum("transfer", "trust", other.path, file.path, "--fingerprint", words).status == 2)
        let mode = try FileManager.default.attributesOfItem(atPath: other.appending(path: "keys/transfer.key").path)
        #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try Tool.sentrum("transfer", "forget", one.path, words).status == 0)
        #expect(try Tool.sentrum("transfer", "forget", one.path, words).status == 2)
        #expect(
            try Tool.sentrum("transfer", "list", one.path, "--json").out.trimmingCharacters(in: .whitespacesAndNewlines)
                == "[\n\n]")
    }
}
