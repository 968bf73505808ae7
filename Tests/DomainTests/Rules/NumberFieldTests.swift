import Domain
import TestKit
import Testing

@Suite("A number that a plan asks")
struct NumberFieldTests {
    private func field(_ rule: NumberRule) -> Field {
        Field(id: "share", title: Localized(nl: "v", en: "v"), kind: .number(rule), source: "Testland, 5")
    }

    @Test(
        "is whole, digits only, and within its bounds, both included",
        arguments: [
            ("60", nil), ("0", Refusal.Code.tooLittle), ("10", nil), ("9", .tooLittle), ("61", .tooMuch), ("1.5", .notANumber),
            ("1,5", .notANumber), ("1.500", .notANumber), ("-1", .notANumber), ("+20", .notANumber), ("20 ", .notANumber),
            ("twintig", .notANumber), ("٢٠", .notANumber), ("99999999999999999999", .notANumber), ("020", nil),
        ] as [(String, Refusal.Code?)])
    func bounds(_ text: String, _ expected: Refusal.Code?) {
        let problems = field(NumberRule(unit: .percent, least: 10, most: 60)).problems(with: .text(text))
        #expect(problems.map(\.code) == (expected.map { [$0] } ?? []))
        #expect(problems.allSatisfy { $0.field == "share" && $0.source == "Testland, 5" })
    }

    @Test("a refusal says the bound with its unit")
    func said() {
        let problems = field(NumberRule(unit: .percent, least: 10, most: 60)).problems(with: .text("61"))
        #expect(problems.first?.values == ["most": "60", "unit": "percent"])
    }

    @Test(
        "may not be above another one, where that is known",
        arguments: [("1000", "1000", true), ("1001", "1000", false), ("1001", "", true), ("1001", "veel", true)])
    func ceiling(_ answer: String, _ other: String, _ fits: Bool) {
        let field = field(NumberRule(unit: .euro, mostField: "ceiling"))
        let problems = field.problems(with: .text(answer), beside: Facts(["ceiling": .text(other)]))
        #expect(problems.map(\.code) == (fits ? [] : [.moreThanOther]))
        #expect(problems.allSatisfy { $0.values == ["most": other, "unit": "euro", "other": "ceiling"] })
    }

    @Test(
        "together with others it may not be above another one; while one of them is unknown nothing is compared",
        arguments: [("400", true), ("401", false)])
    func together(_ answer: String, _ fits: Bool) {
        let field = field(NumberRule(unit: .euro, mostField: "ceiling", togetherWith: ["base"]))
        let known: Answers = ["ceiling": .text("1000"), "base": .text("600")]
        let problems = field.problems(with: .text(answer), beside: Facts(known))
        #expect(problems.map(\.code) == (fits ? [] : [.moreThanOther]))
        #expect(problems.allSatisfy { $0.values["most"] == "400" })
        #expect(field.problems(with: .text(answer), beside: Facts(["ceiling": .text("1")])).isEmpty)
        let above: Answers = ["ceiling": .text("100"), "base": .text("600")]
        #expect(field.problems(with: .text("1"), beside: Facts(above)).first?.values["most"] == "0")
        #expect(field.problems(with: .text("0"), beside: Facts(above)).isEmpty)
    }

    @Test("a condition asks it as a range of whole numbers", arguments: [("60", true), ("61", false), ("0", true), ("", false)])
    func range(_ answer: String, _ holds: Bool) {
        let condition = Condition([.init(fact: "share", match: .range(from: nil, to: 60))])
        #expect(condition.holds(for: Facts(["share": .text(answer)])) == holds)
    }
}

@Suite("Several answers to one question")
struct SeveralAnswersTests {
    private func field(_ kind: Field.Kind, most: Int? = nil) -> Field {
        let title = Localized(nl: "v", en: "v")
        return Field(
            id: "schools", title: title, kind: kind, options: ["a", "b", "c"].map { Field.Option(id: $0, title: title) },
            atLeast: 2,
            atMost: most)
    }

    @Test(
        "at least two texts, none of them twice however it is written",
        arguments: [
            (["De Linde", "De Beuk"], nil), (["De Linde"], Refusal.Code.tooFew), (["De Linde", " "], .tooFew),
            (["De Linde", "de  linde "], .sameTwice), (["De Linde", "De Beuk", "De Eik"], nil),
            (["De Linde", "De Beuk", "De Eik", "De Es"], .tooMany),
            (["De Linde", String(repeating: "x", count: 501)], .tooLong),
        ] as [([String], Refusal.Code?)])
    func texts(_ answers: [String], _ expected: Refusal.Code?) {
        #expect(field(.texts, most: 3).problems(with: .list(answers)).map(\.code) == (expected.map { [$0] } ?? []))
    }

    @Test("more texts than anybody reads are refused where the plan names no number")
    func flood() {
        let many = (1...Field.mostTexts + 1).map { "School \($0)" }
        #expect(field(.texts).problems(with: .list(many)).map(\.code) == [.tooMany])
        #expect(field(.texts).problems(with: .list(Array(many.dropLast()))).isEmpty)
    }

    @Test(
        "at least two of the options",
        arguments: [(["a", "b"], nil), (["a"], Refusal.Code.tooFew), (["a", "d"], .notAnOption), (["a", "a"], .sameTwice)]
            as [([String], Refusal.Code?)])
    func choices(_ answers: [String], _ expected: Refusal.Code?) {
        #expect(field(.choices).problems(with: .list(answers)).map(\.code) == (expected.map { [$0] } ?? []))
    }
}
