import Domain
import Foundation
import TestKit
import Testing

@Suite("A person of the installation")
struct PersonTests {
    private let id = PersonID("p-1")

    private func person(_ events: [PersonEvent] = [.registered(.init(name: "Ine Baas", email: "ine@testland.example"))]) -> Person
    {
        var person = Person(id: id)
        for event in events { person.apply(event, version: person.version + 1) }
        return person
    }

    private func grant(
        _ function: String, at organisation: OrganisationID, discipline: String? = nil, from: String = "2021-08-01",
        until: String? = nil, id: String = "f-1"
    ) -> FunctionGrant {
        FunctionGrant(
            id: id,
            held: HeldFunction(
                function: function, organisation: organisation, discipline: discipline, from: .of(from),
                until: until.map { .of($0) }))
    }

    private func refusal(_ command: PersonCommand, _ person: Person) -> [String] {
        do {
            _ = try person.decide(command, rules: .invented)
            return []
        } catch {
            return error.reasons.map(\.short)
        }
    }

    @Test("is registered with a name and an address that looks like one")
    func registers() throws {
        let unknown = Person(id: id)
        #expect(
            try unknown.decide(.register(name: "Ine Baas", email: "ine@testland.example"), rules: .invented)
                == [.registered(.init(name: "Ine Baas", email: "ine@testland.example"))])
        #expect(refusal(.register(name: " ", email: "ine"), unknown) == ["required at name", "notAnEmail at email"])
        #expect(refusal(.register(name: String(repeating: "x", count: 501), email: "a@b.nl"), unknown) == ["tooLong at name"])
    }

    @Test("registering the same again is nothing, somebody else under the same key is refused")
    func registersAgain() throws {
        #expect(try person().decide(.register(name: "Ine Baas", email: "ine@testland.example"), rules: .invented) == [])
        #expect(refusal(.register(name: "Jan Baas", email: "ine@testland.example"), person()) == ["alreadyKnown"])
    }

    @Test(
        "an address has one at-sign, a dot after it, no blanks and nothing that a mail header would read",
        arguments: [
            ("a@b.nl", true), ("a.b+c@d.e.nl", true), ("a@b", false), ("@b.nl", false), ("a@@b.nl", false), ("a@b..nl", false),
            ("a b@c.nl", false), ("a@b.nl\r\nBcc: x@y.nl", false), ("a@b.nl,c@d.nl", false), ("<a@b.nl>", false),
            ("a@b.nl\u{0}", false),
            ("a@.nl", false), (String(repeating: "a", count: 250) + "@b.nl", false), ("", false),
        ])
    func addresses(_ text: String, _ expected: Bool) {
        #expect(EmailAddress.looksRight(text) == expected)
    }

    @Test("a function is one of the plan, held where the plan puts it")
    func grants() throws {
        #expect(
            try person().decide(.grant(grant("ib", at: Testland.school)), rules: .invented) == [
                .functionGranted(grant("ib", at: Testland.school))
            ])
        #expect(refusal(.grant(grant("king", at: Testland.school)), person()) == ["unknownFunction at function"])
        #expect(refusal(.grant(grant("ib", at: .partnership)), person()) == ["unknownOrganisation at organisation"])
        #expect(refusal(.grant(grant("decider", at: Testland.school)), person()) == ["unknownOrganisation at organisation"])
        #expect(
            refusal(.grant(grant("expert", at: .partnership, discipline: "astroloog")), person()) == [
                "wrongDiscipline at discipline"
            ])
        #expect(refusal(.grant(grant("ib", at: Testland.school, until: "2021-07-31")), person()) == ["endBeforeBegin at until"])
        #expect(refusal(.grant(grant("ib", at: Testland.school)), Person(id: id)) == ["unknownPerson"])
    }

    @Test(
        "nobody is made a parent or a guest by an administrator",
        arguments: ["guardian", "guardian-without-authority", "youth-team"])
    func noFamily(_ function: String) {
        #expect(refusal(.grant(grant(function, at: .partnership)), person()) == ["unknownFunction at function"])
    }

    @Test(
        "administrating belongs to the installation, at the partnership or at a school",
        arguments: [.partnership, Testland.school])
    func administrator(_ place: OrganisationID) throws {
        #expect(try person().decide(.grant(grant(Person.administrator, at: place)), rules: .invented).count == 1)
    }

    @Test("what was done with an account is told for ever under its own name", arguments: AccountAct.allCases)
    func handled(_ act: AccountAct) throws {
        let events = try person().decide(.handleAccount(act, on: .of("2021-09-01")), rules: .invented)
        #expect(events == [.accountHandled(.init(act: act))])
        #expect(events[0].name == "account.handled.v1")
        #expect(try events[0].payload() == Data(#"{"act":"\#(act.rawValue)"}"#.utf8))
        #expect(try PersonEvent(name: "account.handled.v1", payload: try events[0].payload()) == events[0])
        #expect(refusal(.handleAccount(act, on: .of("2021-09-01")), Person(id: id)) == ["unknownPerson"])
    }

    @Test("one function at one place is granted once at a time, so that ending it ends it")
    func once() throws {
        let holder = person([.registered(.init(name: "I", email: "i@t.nl")), .functionGranted(grant("ib", at: Testland.school))])
        #expect(try holder.decide(.grant(grant("ib", at: Testland.school)), rules: .invented) == [], "the same click")
        #expect(
            refusal(.grant(grant("ib", at: Testland.school, from: "2021-09-01", id: "f-2")), holder) == [
                "alreadyKnown at function"
            ])
        #expect(try holder.decide(.grant(grant("ib", at: Testland.otherSchool, id: "f-2")), rules: .invented).count == 1)
        let ended = person([
            .registered(.init(name: "I", email: "i@t.nl")),
            .functionGranted(grant("ib", at: Testland.school, until: "2022-07-31")),
        ])
        #expect(
            refusal(.grant(grant("ib", at: Testland.school, from: "2022-07-31", id: "f-2")), ended) == [
                "alreadyKnown at function"
            ])
        #expect(
            try ended.decide(.grant(grant("ib", at: Testland.school, from: "2022-08-01", id: "f-2")), rules: .invented).count == 1
        )
    }

    @Test("two disciplines of one function stand beside each other")
    func disciplines() throws {
        let holder = person([
            .registered(.init(name: "I", email: "i@t.nl")),
            .functionGranted(grant("expert", at: .partnership, discipline: "arts")),
        ])
        #expect(
            try holder.decide(.grant(grant("expert", at: .partnership, discipline: "pedagoog", id: "f-2")), rules: .invented)
                .count == 1)
    }

    @Test("ending: on a day from the eve of the begin on; again is nothing")
    func ends() throws {
        let holder = person([.registered(.init(name: "I", email: "i@t.nl")), .functionGranted(grant("ib", at: Testland.school))])
        let ended = PersonEvent.functionEnded(.init(id: "f-1", until: .of("2021-10-31")))
        #expect(try holder.decide(.end(id: "f-1", until: .of("2021-10-31")), rules: .invented) == [ended])
        #expect(try holder.decide(.end(id: "f-1", until: .of("2021-07-31")), rules: .invented).count == 1, "never held")
        #expect(refusal(.end(id: "f-1", until: .of("2021-07-30")), holder) == ["endBeforeBegin at until"])
        #expect(refusal(.end(id: "f-9", until: .of("2021-10-31")), holder) == ["unknownFunction"])
        var after = holder
        after.apply(ended, version: 3)
        #expect(try after.decide(.end(id: "f-1", until: .of("2021-10-31")), rules: .invented) == [])
    }

    @Test(
        "as an actor somebody has what is held on the day, first and last day included",
        arguments: [("2021-07-31", 0), ("2021-08-01", 1), ("2021-10-31", 1), ("2021-11-01", 0)])
    func actor(_ day: String, _ count: Int) {
        let holder = person([
            .registered(.init(name: "I", email: "i@t.nl")), .functionGranted(grant("ib", at: Testland.school)),
            .functionEnded(.init(id: "f-1", until: .of("2021-10-31"))),
        ])
        #expect(holder.actor(on: .of(day)).functions.count == count)
    }

    @Test("the end of a function that was never granted changes nothing")
    func unknownEnd() {
        let before = person()
        var after = before
        after.apply(.functionEnded(.init(id: "f-9", until: .of("2021-10-31"))), version: 2)
        #expect(after.functions == before.functions)
    }
}

@Suite("Stored events of people and organisations")
struct AccountEventTests {
    private static let people: [(PersonEvent, String, String)] = [
        (
            .registered(.init(name: "Ine Baas", email: "ine@testland.example")), "person.registered.v1",
            #"{"email":"ine@testland.example","name":"Ine Baas"}"#
        ),
        (
            .functionGranted(
                FunctionGrant(
                    id: "f-1",
                    held: HeldFunction(
                        function: "expert", organisation: .partnership, discipline: "arts", from: .of("2021-08-01"),
                        until: .of("2022-07-31")))), "function.granted.v1",
            #"{"held":{"discipline":"arts","from":"2021-08-01","function":"expert","organisation":"partnership","until":"2022-07-31"},"id":"f-1"}"#
        ),
        (
            .functionEnded(.init(id: "f-1", until: .of("2021-10-31"))), "function.ended.v1", #"{"id":"f-1","until":"2021-10-31"}"#
        ),
    ]

    private static let organisations: [(OrganisationEvent, String, String)] = [
        (
            .registered(
                Organisation(
                    id: OrganisationID("o-1"), kind: "bo", name: "De Lindeboom", code: "99ZZ00", board: "Bestuur",
                    street: "Laan 1",
                    postcode: "9999 ZZ", place: "Testdorp", phone: "0100000000", website: "https://lindeboom.example/")),
            "organisation.registered.v1",
            #"{"board":"Bestuur","code":"99ZZ00","id":"o-1","kind":"bo","name":"De Lindeboom","phone":"0100000000","place":"Testdorp","postcode":"9999 ZZ","street":"Laan 1","website":"https://lindeboom.example/"}"#
        ),
        (.closed(.init(on: .of("2022-07-31"))), "organisation.closed.v1", #"{"on":"2022-07-31"}"#),
    ]

    @Test("of people are written as ever and read as ever", arguments: people)
    func person(_ event: PersonEvent, _ name: String, _ payload: String) throws {
        #expect(event.name == name)
        #expect(String(decoding: try event.payload(), as: UTF8.self) == payload)
        #expect(try PersonEvent(name: name, payload: Data(payload.utf8)) == event)
    }

    @Test("of organisations are written as ever and read as ever", arguments: organisations)
    func organisation(_ event: OrganisationEvent, _ name: String, _ payload: String) throws {
        #expect(event.name == name)
        #expect(String(decoding: try event.payload(), as: UTF8.self) == payload)
        #expect(try OrganisationEvent(name: name, payload: Data(payload.utf8)) == event)
    }

    @Test("a name that was never written is said to be unknown")
    func unknown() {
        #expect(throws: UnknownEvent(name: "person.forgotten.v1")) {
            try PersonEvent(name: "person.forgotten.v1", payload: Data())
        }
        #expect(throws: UnknownEvent(name: "organisation.merged.v1")) {
            try OrganisationEvent(name: "organisation.merged.v1", payload: Data())
        }
        #expect(throws: DecodingError.self) { try PersonEvent(name: "person.registered.v1", payload: Data("{}".utf8)) }
    }
}
