import Domain
import Testing

@Suite("A week: which part of it where")
struct WeekTests {
    private static func field(_ rule: WeekRule = WeekRule(own: ["own"], mostElsewhere: 60)) -> Field {
        Field(
            id: "week", title: Localized(nl: "Week", en: "Week"), kind: .week(rule),
            options: ["own", "unit", "care"].map { Field.Option(id: $0, title: Localized(nl: $0, en: $0)) }, source: "1")
    }

    private func codes(_ parts: [String], _ field: Field = field()) -> [Refusal.Code] {
        field.problems(with: .list(parts)).map(\.code)
    }

    @Test("each part of a day is at one place of the plan, on a school day")
    func parts() {
        #expect(codes(["mon.morning.own", "mon.afternoon.unit", "fri.morning.own"]).isEmpty)
        #expect(codes(["mon.morning.own", "mon.morning.unit"]) == [.sameTwice])
        #expect(codes(["mon.morning.own", "mon.morning.own"]) == [.sameTwice])
        for wrong in ["sat.morning.own", "mon.night.own", "mon.morning.moon", "mon.morning", "mon.morning.own.unit", "..", "own"]
        {
            #expect(codes([wrong]) == [.notAnOption], "\(wrong)")
        }
    }

    @Test("a plan names the parts of its own day")
    func dayparts() {
        let blocks = WeekRule(dayparts: [Field.Option(id: "block", title: Localized(nl: "Blok", en: "Block"))])
        #expect(codes(["tue.block.unit"], Self.field(blocks)).isEmpty)
        #expect(codes(["tue.morning.unit"], Self.field(blocks)) == [.notAnOption])
    }

    @Test("what is elsewhere is counted of the parts that are filled in, rounded up, and held to the ceiling")
    func share() {
        let rule = WeekRule(own: ["own"], mostElsewhere: 60)
        let three = ["mon.morning.unit", "tue.morning.care", "wed.morning.unit", "thu.morning.own", "fri.morning.own"]
        #expect(rule.share(of: .list(three))?.percent == 60)
        #expect(codes(three).isEmpty)
        #expect(codes(three + ["fri.afternoon.unit"]) == [.tooMuchElsewhere])
        // 3 of 5 is 60; 17 of 28 is 60.7, and is not made 60 by rounding.
        #expect(WeekRule.Share(elsewhere: 17, all: 28).percent == 61)
        #expect(WeekRule.Share(elsewhere: 0, all: 0).percent == 0)
        #expect(WeekRule().share(of: .list(three)) == nil, "without an own place nothing is elsewhere")
        #expect(codes(["mon.morning.unit"], Self.field(WeekRule(own: ["own"]))).isEmpty)
        let refusal = Self.field().problems(with: .list(["mon.morning.unit"])).first
        #expect(refusal?.values == ["most": "60", "share": "100"] && refusal?.source == "1")
    }

    @Test("it is read in the order of the week, however it was sent")
    func order() {
        let sent = Answer.list(["fri.morning.own", "mon.afternoon.own", "mon.morning.unit"])
        let ordered = WeekRule(own: ["own"]).ordered(sent).map(\.description)
        #expect(ordered == ["mon.morning.unit", "mon.afternoon.own", "fri.morning.own"])
    }

    @Test("a condition holds when any part of the week is at the place")
    func condition() {
        let facts = Facts(["week": .list(["mon.morning.own", "tue.morning.unit"])])
        let at = { (places: [String]) in Condition([.init(fact: "week", match: .oneOf(places))]).holds(for: facts) }
        #expect(at(["unit"]) && at(["own"]) && at(["care", "unit"]))
        #expect(!at(["care"]) && !at(["morning"]) && !at(["tue"]))
    }
}
