import Domain
import Foundation
import TestKit
import Testing

/// Every event of a version of the plan as it is stored. These texts are frozen: no line ever changes.
@Suite("Stored events of a version of the plan")
struct PlanVersionEventTests {
    struct Stored: Sendable, CustomStringConvertible {
        let event: PlanVersionEvent
        let name: String
        let payload: String
        var description: String { name }
    }

    private static let step = PlanStep(
        day: .of("2024-03-31"), function: "chair",
        document: PlanDocument(
            id: DocumentID("d1"), name: "verslag.pdf", format: "pdf", size: 12, digest: "ab", blob: "b1"),
        note: "Met dank")
    private static let stepText =
        #"{"day":"2024-03-31","document":{"blob":"b1","digest":"ab","format":"pdf","id":"d1","name":"verslag.pdf","size":12},"function":"chair","note":"Met dank"}"#
    private static let plain = PlanStep(day: .of("2024-03-31"))

    static let all: [Stored] = [
        Stored(
            event: .drafted(
                .init(
                    key: PlanKey("testland/2024"), amends: PlanKey("testland/2020"), title: Localized(nl: "Plan", en: "Plan"),
                    by: PersonID("p1"))), name: "plan.drafted.v1",
            payload: #"{"amends":"testland/2020","by":"p1","key":"testland/2024","title":{"en":"Plan","nl":"Plan"}}"#),
        Stored(
            event: .drafted(
                .init(
                    key: PlanKey("testland/2020"), amends: nil, title: Localized(nl: "Plan", en: "Plan"), by: PersonID("p1"),
                    known: true)), name: "plan.drafted.v1",
            payload: #"{"by":"p1","key":"testland/2020","known":true,"title":{"en":"Plan","nl":"Plan"}}"#),
        Stored(
            event: .fileWritten(.init(file: "procedures/entry.yaml", text: "a: b\n")), name: "plan.file-written.v1",
            payload: #"{"file":"procedures/entry.yaml","text":"a: b\n"}"#),
        Stored(
            event: .fileWritten(.init(file: "procedures/entry.yaml", text: nil)), name: "plan.file-written.v1",
            payload: #"{"file":"procedures/entry.yaml"}"#),
        Stored(event: .submitted(step), name: "plan.submitted.v1", payload: stepText),
        Stored(event: .submitted(plain), name: "plan.submitted.v1", payload: #"{"day":"2024-03-31"}"#),
        Stored(event: .returned(step), name: "plan.returned.v1", payload: stepText),
        Stored(
            event: .questionAsked(.init(id: "q1", chapter: "1.6", text: "Waarom?", group: "parents")),
            name: "plan.question-asked.v1", payload: #"{"chapter":"1.6","group":"parents","id":"q1","text":"Waarom?"}"#),
        Stored(
            event: .questionAsked(.init(id: "q1", chapter: "1.6", text: "Waarom?")), name: "plan.question-asked.v1",
            payload: #"{"chapter":"1.6","id":"q1","text":"Waarom?"}"#),
        Stored(
            event: .questionAnswered(.init(id: "q1", text: "Daarom.")), name: "plan.question-answered.v1",
            payload: #"{"id":"q1","text":"Daarom."}"#),
        Stored(event: .questionSettled(.init(id: "q1")), name: "plan.question-settled.v1", payload: #"{"id":"q1"}"#),
        Stored(event: .consented(step), name: "plan.consented.v1", payload: stepText),
        Stored(event: .consentRefused(step), name: "plan.consent-refused.v1", payload: stepText),
        Stored(
            event: .agreed(.init(municipality: "east", step: plain)), name: "plan.agreed.v1",
            payload: #"{"municipality":"east","step":{"day":"2024-03-31"}}"#),
        Stored(
            event: .adopted(.init(votes: ["first": .inFavour, "second": .against, "third": .absent], step: plain)),
            name: "plan.adopted.v1",
            payload: #"{"step":{"day":"2024-03-31"},"votes":{"first":"for","second":"against","third":"absent"}}"#),
        Stored(
            event: .enacted(.init(from: .of("2024-08-01"), until: .of("2028-07-31"), step: plain)), name: "plan.enacted.v1",
            payload: #"{"from":"2024-08-01","step":{"day":"2024-03-31"},"until":"2028-07-31"}"#),
        Stored(
            event: .enacted(.init(from: .of("2024-08-01"), step: plain)), name: "plan.enacted.v1",
            payload: #"{"from":"2024-08-01","step":{"day":"2024-03-31"}}"#),
        Stored(event: .reported(step), name: "plan.reported.v1", payload: stepText),
        Stored(event: .withdrawn(step), name: "plan.withdrawn.v1", payload: stepText),
    ]

    @Test("is written as it always was, and read back", arguments: all)
    func frozen(_ stored: Stored) throws {
        #expect(stored.event.name == stored.name)
        #expect(try String(decoding: stored.event.payload(), as: UTF8.self) == stored.payload)
        #expect(try PlanVersionEvent(name: stored.name, payload: Data(stored.payload.utf8)) == stored.event)
    }

    @Test("every kind stands here")
    func complete() {
        #expect(Set(Self.all.map(\.name)).count == 14)
    }

    @Test("an unknown name is said to be unknown")
    func unknown() {
        #expect(throws: UnknownEvent(name: "plan.rewritten.v1")) {
            try PlanVersionEvent(name: "plan.rewritten.v1", payload: Data("{}".utf8))
        }
    }
}
