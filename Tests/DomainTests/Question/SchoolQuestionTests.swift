import Domain
import Foundation
import TestKit
import Testing

@Suite("A question about a child that is not named")
struct SchoolQuestionTests {
    private let now = Instant.of("2021-09-06")
    private let text = "Een leerling in groep 4 leest traag. Wat kan ik proberen?"

    private func asked() throws -> SchoolQuestion {
        try told(SchoolQuestion(id: QuestionID("q-1")), ask(), Testland.ib)
    }

    private func ask(_ text: String? = nil, school: OrganisationID = Testland.school, group: String? = nil) -> QuestionCommand {
        .ask(kind: "adviser", school: school, group: group, text: text ?? self.text)
    }

    private func told(_ question: SchoolQuestion, _ command: QuestionCommand, _ actor: Actor) throws -> SchoolQuestion {
        var after = question
        for event in try question.decide(command, names: [], by: actor, at: now, .invented) {
            after.apply(event, EventContext(version: after.version + 1, at: now, actor: actor.person))
        }
        return after
    }

    private func refusal(
        _ question: SchoolQuestion?, _ command: QuestionCommand, _ actor: Actor, names: Set<String> = [],
        rules: PlanRules = .invented
    ) -> String? {
        do {
            _ = try (question ?? SchoolQuestion(id: QuestionID("q-1"))).decide(
                command, names: names, by: actor, at: now, rules)
            return nil
        } catch {
            return error.reasons.map(\.short).joined(separator: ", ")
        }
    }

    @Test("is asked by somebody of the school, answered by whom the plan names, asked on, and closed by the school")
    func life() throws {
        var question = try asked()
        #expect(question.state == .open && question.asker == Testland.ib.person)
        question = try told(question, .tell(text: "Lees elke dag samen."), Testland.adviser)
        #expect(question.state == .answered)
        question = try told(question, .tell(text: "En als dat niet helpt?"), Testland.teacher)
        #expect(question.state == .open)
        #expect(question.lines.map(\.isAnswer) == [false, true, false])
        question = try told(question, .close, Testland.ib)
        #expect(question.state == .closed)
        #expect(refusal(question, .tell(text: "Nog iets."), Testland.adviser) == "closed")
        #expect(try question.decide(.close, names: [], by: Testland.ib, at: now, .invented) == [])
        #expect(try told(question, .bring, Testland.ib).state == .brought)
        #expect(refusal(question, .bring, Testland.adviser) == "notAllowed")
    }

    @Test("is there for nobody else: another school, a parent, the board, and whoever's function ended")
    func nobodyElse() throws {
        let question = try asked()
        for actor in [Testland.otherIB, Testland.mother, Testland.board, Testland.decider, Testland.privacyOfficer] {
            #expect(refusal(question, .tell(text: "x"), actor) == "notOpened", "\(actor.person)")
            #expect(throws: Refused.self) { try question.part(of: actor, .invented, on: now.day) }
        }
        let gone = Actor(
            person: Testland.ib.person,
            functions: Testland.ib.functions.map { $0.ending(.of("2021-09-05")) })
        #expect(refusal(question, .close, gone) == "notOpened")
        #expect(refusal(question, .close, Testland.adviser) == "notAllowed")
        #expect(refusal(nil, ask(), Testland.adviser) == "notAllowed")
        #expect(refusal(nil, ask(school: Testland.otherSchool), Testland.ib) == "notAllowed")
        #expect(refusal(nil, ask(), Testland.mother) == "notAllowed")
    }

    @Test("whoever works at the school and answers for the partnership as well is of the school here")
    func bothHats() throws {
        let both = Actor(person: Testland.ib.person, functions: Testland.ib.functions + Testland.adviser.functions)
        let question = try told(try asked(), .tell(text: "Ik vul aan."), both)
        #expect(question.lines.last?.isAnswer == false)
        #expect(question.state == .open)
    }

    @Test("is of a kind that the plan has, about a group of the plan, and says something")
    func checked() {
        #expect(refusal(nil, .ask(kind: "x", school: Testland.school, group: nil, text: text), Testland.ib) == "notOpened")
        #expect(refusal(nil, ask(group: "99"), Testland.ib) == "unknownGroup at group")
        #expect(refusal(nil, ask("  "), Testland.ib) == "required at text")
        #expect(refusal(nil, ask(String(repeating: "x", count: 20_001)), Testland.ib) == "tooLong at text")
        #expect(refusal(nil, ask(), Testland.ib, rules: Testland.plan(questions: [])) == "notOpened")
    }

    @Test("that tells who the child is, is refused beside the text, also in an answer")
    func recognisable() throws {
        let names: Set = ["Sam", "Bos", "Li"]
        #expect(refusal(nil, ask("Sam leest traag."), Testland.ib, names: names) == "tellsName at text")
        #expect(refusal(nil, ask("Hij heet sam."), Testland.ib, names: names) == nil)
        #expect(refusal(nil, ask("Samen lezen in het bos, met Lies."), Testland.ib, names: names) == nil)
        #expect(refusal(try asked(), .tell(text: "Gaat het om Sam?"), Testland.adviser, names: names) == "tellsName at text")
    }

    @Test(
        "knows a day of birth and a service number, and leaves other days and numbers alone",
        arguments: [
            ("Geboren op 3-5-2013.", Recognisable.birthday("3-5-2013")), ("geboren 03/05/2013", .birthday("03/05/2013")),
            ("2013-05-03", .birthday("2013-05-03")), ("op 3 mei 2013 geboren", .birthday("3 mei 2013")),
            ("Overleg op 3-11-2021.", nil), ("op 3 november 2021 was er overleg", nil), ("31-2-2013", nil), ("1-1-1980", nil),
            ("Nummer 111222333.", .number("111222333")), ("Nummer 111222334.", nil), ("000000000", nil), ("groep 4, AVI M3", nil),
        ])
    func daysAndNumbers(_ text: String, _ expected: Recognisable?) {
        #expect(Recognisable.found(in: text, names: [], on: .of("2021-09-06")) == expected)
    }

    @Test("each stored event reads as it was written, under a name that stays")
    func stored() throws {
        let events: [(QuestionEvent, String)] = [
            (
                .asked(.init(kind: "adviser", school: Testland.school, group: "4", function: "ib", text: text)),
                "question.asked.v1"
            ), (.told(.init(text: "x", function: "adviser", isAnswer: true)), "question.told.v1"),
            (.closed, "question.closed.v1"),
            (.brought, "question.brought.v1"),
        ]
        for (event, name) in events {
            #expect(event.name == name)
            #expect(try QuestionEvent(name: name, payload: event.payload()) == event)
        }
        let frozen = #"{"function":"ib","kind":"adviser","school":"o-1","text":"Hoe?"}"#
        #expect(
            try QuestionEvent(name: "question.asked.v1", payload: Data(frozen.utf8))
                == .asked(.init(kind: "adviser", school: OrganisationID("o-1"), group: nil, function: "ib", text: "Hoe?")))
        #expect(throws: UnknownEvent.self) { try QuestionEvent(name: "question.sold.v1", payload: Data("{}".utf8)) }
    }
}
