import Domain
import TestKit
import Testing

@Suite("From when a clock counts, and what meets it")
struct ClockStartTests {
    @Test("a term counts from a day that was answered, and is met by its step while the procedure goes on")
    func fromAnswer() {
        func counting(from start: ClockRule.From) -> ProcedureRule {
            Testland.entry.with(clocks: [
                ClockRule(
                    id: "look-back", title: Localized(nl: "a", en: "a"), within: Term(Period(6, .weeks), countsBy: .calendar),
                    from: start, metBy: ["check"], warn: [Period(1, .weeks)], ground: Localized(nl: "a", en: "a"),
                    source: "")
            ])
        }
        let route = counting(from: .answer("begin"))
        func state(_ story: Given) -> ClockState? {
            story.procedure(Testland.entryInstance)?.clocks(route, .dutchLaw).first
        }
        // Asked on 1 October about a child that begins on 10 January: six weeks from then, whatever day it was asked.
        #expect(state(.asking())?.due == .of("2022-02-21"))
        #expect(state(.asking())?.warnFrom(.dutchLaw) == .of("2022-02-14"))
        let unanswered = Given.asking().procedure(Testland.entryInstance)?.clocks(counting(from: .answer("end")), .dutchLaw)
        #expect(unanswered?.map(\.clock) == [nil])
        let met = state(.complete())
        #expect(met?.clock?.status(on: .of("2022-03-01"), warn: [], holidays: .dutchLaw) == .met(on: .of("2021-10-04")))
        #expect(met?.warnFrom(.dutchLaw) == nil, "what is met is not warned about")
        let procedure = Given.complete().procedure(Testland.entryInstance)
        let open = procedure?.open.first { $0.step == "first" }
        #expect(open.flatMap { procedure?.due($0, route, .dutchLaw) } == nil, "what is met presses no later step")
    }

    @Test("a term can count from the first time that a step was done")
    func fromStep() {
        let rule = ClockRule(
            id: "answered", title: Localized(nl: "a", en: "a"), within: Term(Period(2, .weeks), countsBy: .calendar),
            from: .step("ask"), ground: Localized(nl: "a", en: "a"), source: "")
        let route = Testland.entry.with(clocks: [rule])
        func due(_ story: Given) -> Day? {
            story.procedure(Testland.entryInstance)?.clocks(route, .dutchLaw).first?.due
        }
        func asks(_ story: Given, on day: String) -> Given {
            story.after(Testland.take("check", "incomplete", ["missing": .text("Verslag")]), as: Testland.secretary, on: day)
        }
        func supplies(_ story: Given, on day: String) -> Given {
            story.after(Testland.take("ask", "supplied", ["addition": .text("Hier")]), on: day)
        }
        let asked = asks(.asking(), on: "2021-10-04")
        #expect(due(asked) == nil)
        let supplied = supplies(asked, on: "2021-10-14")
        #expect(due(supplied) == .of("2021-10-28"))
        #expect(due(supplies(asks(supplied, on: "2021-10-18"), on: "2021-10-25")) == .of("2021-10-28"))
    }
}
