import Domain
import Testing

@testable import UseCases
@testable import Web

@Suite("The text of a letter")
struct LetterTextTests {
    private func drawn(_ body: String, _ texts: [String: String], experts: [[String: String]] = []) throws -> String {
        let letter = PlanRules.Letter(
            id: "besluit", title: Localized(nl: "Besluit", en: "Decision"), body: Localized(nl: body, en: body))
        var values = LetterValues(letter: letter)
        values.texts = texts
        values.experts = experts
        return try values.drawn(.nl)
    }

    @Test("What somebody typed stays text, also a quote with an accent on it in an attribute")
    func escapes() throws {
        let text = try drawn("<p title=\"{{child}}\">{{reasons}}</p>", ["child": "\"\u{301} onclick=x", "reasons": "<b>"])
        #expect(!text.utf8.dropFirst("<p title=\"".utf8.count).starts(with: "\"".utf8))
        // Looked at by bytes: as letters, the accent and the mark before it are one.
        #expect(text.utf8.contains("&quot;".utf8))
        #expect(text.hasSuffix(">&lt;b&gt;</p>"))
    }

    @Test("A section is left out when its word is empty, and the advices are told one by one")
    func sections() throws {
        let body = "{{#objectionUntil}}Tot {{objectionUntil}}.{{/objectionUntil}}{{#experts}}[{{name}}, {{day}}]{{/experts}}"
        let experts = [["name": "Anouk", "day": "3 mei"], ["name": "Ruud", "day": "4 mei"]]
        #expect(try drawn(body, ["objectionUntil": ""], experts: experts) == "[Anouk, 3 mei][Ruud, 4 mei]")
        #expect(try drawn(body, ["objectionUntil": "1 juni"]) == "Tot 1 juni.")
    }
}
