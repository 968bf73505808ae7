import Domain
import Foundation
import Plan
import Testing

@testable import Web

@Suite("The catalogue of texts")
struct TextsTests {
    private let dutch: Texts
    private let english: Texts

    init() throws {
        dutch = try Texts.load(.nl, from: Folders.texts)
        english = try Texts.load(.en, from: Folders.texts)
    }

    @Test("Both languages have the same keys, none of them empty, with the same places for values")
    func sameKeys() {
        #expect(Set(dutch.sentences.keys).symmetricDifference(english.sentences.keys).sorted() == [])
        for (key, sentence) in dutch.sentences {
            #expect(!sentence.isEmpty, "\(key)")
            guard let other = english.sentences[key] else { continue }
            #expect(!other.isEmpty, "\(key)")
            #expect(Texts.places(in: sentence) == Texts.places(in: other), "\(key)")
        }
    }

    @Test("A key stands in one file")
    func once() {
        #expect(dutch.repeated == [])
        #expect(english.repeated == [])
    }

    @Test("Every text that a template or the program asks for exists")
    func asked() throws {
        var asked: [String: String] = [:]
        for source in try TemplateSource.all(in: Folders.resources.appending(path: "Templates")) {
            for key in source.keys { asked[key] = source.name }
        }
        for case let path as String in FileManager.default.enumerator(atPath: Folders.resources.path) ?? .init()
        where path.hasSuffix(".swift") {
            let code = try String(contentsOf: Folders.resources.appending(path: path), encoding: .utf8)
            for match in code.matches(of: /texts(?:\([a-z.]*\))?(\.count)?\("([a-zA-Z0-9_.\-]+)"/) {
                asked[String(match.2) + (match.1 == nil ? "" : ".other")] = path
            }
        }
        #expect(asked.count > 150)
        for (key, place) in asked {
            #expect(dutch.has(key), "\(place) asks for \(key)")
        }
    }

    @Test("Every reason for a refusal has its sentence", arguments: Refusal.Code.allCases)
    func refusals(_ code: Refusal.Code) {
        #expect(dutch.has("refusal.\(code.rawValue)"))
    }

    /// What trying a situation by a plan can give as the reason why it is refused.
    private static let situations: [Refusal.Code] = [
        .required, .needMissing, .mayNotStart, .notAfter, .stepNotOpen, .notYourStep, .unknownChoice, .notRunning, .startClosed,
        .choiceClosed, .notADay, .notAMoment, .notAnOption, .tooLong, .notANumber, .tooLittle, .tooMuch, .moreThanOther, .tooFew,
        .tooMany, .sameTwice, .noRowMatches, .severalRowsMatch, .reasonsRequired, .afterLatest, .pastLatest, .beforeEarliest,
        .endBeforeBegin, .notWholeSchoolYears, .unknownGroup, .conflictNeedsChoice,
    ]

    @Test("Every reason why a situation is refused is told to whoever reads the plan", arguments: situations)
    func reasons(_ code: Refusal.Code) {
        #expect(dutch.whyNot(code.rawValue) != dutch("whyNot.byRules"))
    }

    @Test("A reason that nobody foresaw is no code; of a last day that lacks it is told that it is that day")
    func unforeseen() {
        #expect(dutch.whyNot("somethingNew") == "de regels laten het niet toe")
        #expect(dutch.whyNot("required", ofEnd: true) == "er moet een einddatum worden gekozen")
        #expect(dutch.whyNot("noRowMatches", ofEnd: true) == dutch.whyNot("noRowMatches"))
    }

    @Test("Every step of counting a term has its sentence", arguments: Explained.TermCode.allCases)
    func terms(_ code: Explained.TermCode) {
        #expect(dutch.has("explained.\(code.rawValue)"))
    }

    @Test("Every kind of difference between plans has its sentence", arguments: PlanDifference.Code.allCases)
    func differences(_ code: PlanDifference.Code) {
        #expect(dutch.has("comparing.line.\(code.rawValue.replacing(".", with: "_"))"))
    }

    @Test("What a plan arranges without a title has a name, and so has what is told by its name alone")
    func arranged() {
        for word in PlanDifference.Word.allCases {
            #expect(dutch.has("comparing.thing.\(word.rawValue.replacing(".", with: "_"))"))
        }
        for word in PlanDifference.further { #expect(dutch.has("comparing.word.\(word)"), "\(word)") }
    }

    @Test("A number that may be one has a sentence for one")
    func plurals() {
        for key in dutch.sentences.keys where key.hasSuffix(".other") {
            #expect(dutch.has(key.dropLast(5) + "one"), "\(key)")
        }
    }

    @Test("Places are filled by name, unknown ones stay, and a missing key shows itself")
    func filling() {
        let texts = Texts(language: .nl, sentences: ["a": "{n} van {all}", "b.one": "{n} dag", "b.other": "{n} dagen"])
        #expect(texts("a", ["n": "3"]) == "3 van {all}")
        #expect(texts.count("b", 1) == "1 dag")
        #expect(texts.count("b", 0) == "0 dagen")
        #expect(texts("c") == "c")
        #expect(texts.ifKnown("c") == nil)
    }

    @Test("A template's text takes its places from the page, is made safe, and may not be missing")
    func resolving() throws {
        let texts = Texts(language: .nl, sentences: ["hello": "Dag {name} & co", "raw": "<b>ja</b>"])
        let source = TemplateSource(name: "x", text: "  <p>{{t.hello}}</p>\n\n{{{t.raw}}}")
        #expect(try source.resolved(texts) == "<p>Dag {{name}} &amp; co</p>\n<b>ja</b>\n")
        #expect(throws: TemplateSource.MissingText(template: "x", key: "gone", language: "nl")) {
            try TemplateSource(name: "x", text: "{{t.gone}}").resolved(texts)
        }
    }
}
