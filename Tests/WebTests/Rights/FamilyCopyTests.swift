import Domain
import Foundation
import Testing

@testable import Web

@Suite("A copy without what is about others")
struct FamilyCopyTests {
    private static let copy = FamilyCopy(
        title: "Alles over Pim", partnership: "Testland", made: "2021-09-06", language: "nl",
        sections: [
            FamilyCopy.Section(
                key: "growth", title: "Geschreven", lead: nil,
                passages: [
                    .init("field:a", "Vraag A", ["Speelt met Kees."], note: "Juf, 6 september"),
                    .init("field:b", "Vraag B over Kees", ["KEES is stil.", "Pim ook."]),
                    .init("field:c", "Vraag C", ["Niets bijzonders."], note: "Kees zei dit"),
                ])
        ], checkpoint: [])

    private func passages(_ shields: RightsRequest.Shield...) -> [FamilyCopy.Passage] {
        Self.copy.without(shields, mark: "[weg]").sections[0].passages
    }

    @Test("words are gone wherever they stand, in any capitals, and each place says why")
    func everywhere() throws {
        let found = passages(.init(place: "field:a", words: "kees", reason: "Gaat over Kees."))
        let all = String(decoding: try JSONEncoder().encode(found), as: UTF8.self).lowercased()
        #expect(!all.contains("kees"))
        #expect(found.map(\.leftOut) == ["Gaat over [weg].", "Gaat over [weg].", "Gaat over [weg]."])
        #expect(found[1].title == "Vraag B over [weg]" && found[1].lines == ["[weg] is stil.", "Pim ook."])
    }

    @Test("a whole passage is gone with who wrote it, and the others stay as they are")
    func whole() {
        let found = passages(.init(place: "field:a", words: nil, reason: "Een ander."))
        #expect(found[0].lines == ["[weg]"] && found[0].note == nil && found[0].leftOut == "Een ander.")
        #expect(Array(found.dropFirst()) == Array(Self.copy.sections[0].passages.dropFirst()))
    }

    @Test("the longer of two words goes first, so that nothing of it is left")
    func longest() {
        let found = passages(
            .init(place: "field:a", words: "Kees", reason: "A."), .init(place: "field:a", words: "met Kees", reason: "B."))
        #expect(found[0].lines == ["Speelt [weg]."])
    }

    @Test("a kept copy is read back as it was, in each language")
    func kept() throws {
        let kept = KeptCopy([.nl: Self.copy])
        let read = try JSONDecoder().decode(KeptCopy.self, from: try kept.data())
        #expect(read == kept && read[.nl] == Self.copy && read[.en] == nil)
    }
}
