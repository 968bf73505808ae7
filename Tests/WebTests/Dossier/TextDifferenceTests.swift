import Foundation
import TestKit
import Testing

@testable import Web

@Suite("What changed between two texts")
struct TextDifferenceTests {
    /// "Noor [-kan-] {+wil+} lezen."
    private func marked(_ old: String, _ new: String) -> String {
        TextDifference.pieces(from: old, to: new).map { piece in
            switch piece.change {
            case .same: piece.text
            case .removed: "[-\(piece.text)-]"
            case .added: "{+\(piece.text)+}"
            }
        }.joined()
    }

    @Test(
        "Words that went and words that came stand beside each other, the old first",
        arguments: [
            ("", "", ""),
            ("", "Noor leest.", "{+Noor leest.+}"),
            ("Noor leest.", "", "[-Noor leest.-]"),
            ("Noor leest.", "Noor leest.", "Noor leest."),
            ("Noor kan lezen.", "Noor wil lezen.", "Noor [-kan -]{+wil +}lezen."),
            ("een twee drie", "een drie", "een [-twee -]drie"),
            ("een drie", "een twee drie", "een {+twee +}drie"),
            ("a b c d", "a x y d", "a [-b c -]{+x y +}d"),
        ])
    func words(_ old: String, _ new: String, _ expected: String) {
        #expect(marked(old, new) == expected)
    }

    @Test("A line that is broken elsewhere is no change")
    func blanks() {
        let pieces = TextDifference.pieces(from: "een twee\ndrie", to: "een\ntwee drie")
        #expect(pieces.allSatisfy { $0.change == .same })
    }

    @Test("What stayed and what came is exactly the new text, whatever the texts", arguments: 0..<60)
    func whole(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let words = ["Noor", "leest", "graag.", "\n", "  ", "Soms", "niet!", "é", "👩‍👧", ";", "a.b", "\t"]
        func text() -> String {
            (0..<random.number(0...40)).compactMap { _ in random.one(of: words) }.joined(
                separator: random.happens(50) ? " " : "")
        }
        let (old, new) = (text(), text())
        let pieces = TextDifference.pieces(from: old, to: new)
        #expect(pieces.filter { $0.change != .removed }.map(\.text).joined() == new, "seed \(seed)")
        func bare(_ text: String) -> String { text.filter { !$0.isWhitespace } }
        #expect(bare(pieces.filter { $0.change != .added }.map(\.text).joined()) == bare(old), "seed \(seed)")
        #expect(!zip(pieces, pieces.dropFirst()).contains { $0.change == $1.change }, "seed \(seed)")
    }

    @Test("Two long texts are compared by sentences, and a changed sentence by its words")
    func long() {
        let old = (0..<900).map { "Zin nummer \($0) is hier." }
        var new = old
        new[450] = "Zin nummer 450 is daar."
        new.insert("Een nieuwe zin.", at: 0)
        new.append("En nog een.")
        let pieces = TextDifference.pieces(from: old.joined(separator: " "), to: new.joined(separator: " "))
        #expect(pieces.filter { $0.change == .removed }.map(\.text) == ["hier. "])
        #expect(pieces.filter { $0.change == .added }.map(\.text) == ["Een nieuwe zin. ", "daar. ", "En nog een."])
    }

    @Test("Texts without anything in common and without end cost a moment, not a minute")
    func bounded() {
        let old = (0..<10_000).map { "a\($0)." }.joined(separator: " ")
        let new = (0..<10_000).map { "b\($0)." }.joined(separator: " ")
        let start = ContinuousClock.now
        #expect(marked(old, new) == "[-\(old)-]{+\(new)+}")
        #expect(start.duration(to: .now) < .seconds(5))
    }

    @Test(
        "Two texts merged hold the lines of both, those that they share once",
        arguments: [
            ("a\nb", "a\nb", "a\nb"), ("a\nb", "a\nc", "a\nb\nc"), ("", "mijn", "\nmijn"), ("a\nb\nc", "a\nc\nd", "a\nb\nc\nd"),
        ])
    func merged(_ theirs: String, _ mine: String, _ expected: String) {
        #expect(TextDifference.merged(theirs, mine) == expected)
    }
}
