import Domain
import TestKit
import Testing

@testable import Web

@Suite("Numbers and several texts in a form")
struct NumbersAndTextsTests {
    private func field(_ kind: Field.Kind, least: Int = 1, most: Int? = nil) -> Field {
        Field(id: "f", title: Localized(nl: "Vraag", en: "Question"), kind: kind, atLeast: least, atMost: most)
    }

    /// A field of a plan as a Dutch reader meets it.
    private func asked(_ field: Field, _ value: Answer? = nil, _ problems: [Refusal] = []) throws -> FormField {
        try words.field(field, value: value, problems: problems)
    }

    private var words: Words {
        get throws { Words(try Texts.load(.nl, from: Folders.texts), .invented, today: .of("2021-09-01")) }
    }

    @Test("several texts are written one a line, and read without blanks and empty lines")
    func lines() throws {
        let form = PostedForm(fields: ["f": [" De Linde \r\n\r\nDe Beuk\n"]])
        #expect(form.answer("f", severalFor: .texts) == .list(["De Linde", "De Beuk"]))
        #expect(PostedForm(fields: ["f": [" \r\n"]]).answer("f", severalFor: .texts) == .list([]))
        let shown = try asked(field(.texts, least: 2, most: 4), .list(["De Linde", "De Beuk"]))
        #expect(shown.kind == .paragraph)
        #expect(shown.value == "De Linde\nDe Beuk")
        #expect(shown.hint == "Schrijf er één per regel. Ten minste 2. Ten hoogste 4.")
    }

    @Test("a number says its unit and bounds, and what was typed stays in the field")
    func number() throws {
        let rule = NumberRule(unit: .percent, least: 1, most: 60)
        let shown = try asked(field(.number(rule)), .text("61,5"), [Refusal(.notANumber, field: "f")])
        #expect(shown.value == "61,5")
        #expect(shown.hint == "In procenten. Ten minste 1 procent. Ten hoogste 60 procent.")
        #expect(shown.error == "Schrijf een heel getal, met alleen cijfers.")
        let refused = try asked(
            field(.number(rule)), .text("61"),
            [Refusal(.tooMuch, field: "f", values: ["most": "60", "unit": "percent"], source: "WPO art. 15")])
        #expect(refused.error == "Dit is te veel: ten hoogste 60 procent. (WPO art. 15)")
    }

    @Test("a number is read with its unit, one of a thing as well as many")
    func read() throws {
        let words = try self.words
        func read(_ unit: NumberRule.Unit, _ number: String) -> String {
            words.answer(.text(number), to: field(.number(NumberRule(unit: unit))))
        }
        #expect(read(.euro, "12500") == "€ 12.500")
        #expect(read(.percent, "60") == "60 procent")
        #expect(read(.halfDays, "1") == "1 dagdeel")
        #expect(read(.days, "3") == "3 dagen")
        #expect(read(.count, "7") == "7")
        #expect(words.answer(.list(["De Linde", "De Beuk"]), to: field(.texts)) == "De Linde; De Beuk")
        let time = Condition([
            .init(fact: "today", match: .calendar(from: DayOfSchoolYear("05-01"), to: DayOfSchoolYear("07-31"))),
            .init(fact: "school-kind", match: .oneOf(["sbo"])),
        ])
        #expect(
            words.condition(time)
                == "Tijd van het jaar: 1 mei tot en met 31 juli; Soort school: school voor speciaal basisonderwijs")
    }
}
