import Domain
import TestKit
import Testing

@Suite("The administrator of a school")
struct AdministrationReachTests {
    private let school = Testland.school
    private let today = Day.of("2021-09-15")

    private func actor(_ held: (String, OrganisationID)..., id: String = "p-chief") -> Actor {
        Actor(
            person: PersonID(id),
            functions: held.map { HeldFunction(function: $0.0, organisation: $0.1, from: .of("2020-08-01")) })
    }

    private var chief: Actor { actor((Person.administrator, school)) }

    private func grant(
        _ function: String, _ place: OrganisationID, from: String = "2021-08-01", until: String? = nil, id: String = "f-1"
    ) -> FunctionGrant {
        FunctionGrant(
            id: id, held: HeldFunction(function: function, organisation: place, from: .of(from), until: until.map { .of($0) }))
    }

    private func person(_ grants: FunctionGrant..., id: String = "p-1") -> Person {
        var person = Person(id: PersonID(id))
        let registered = PersonEvent.registered(.init(name: "Ine Baas", email: "ine@testland.example"))
        for event in [registered] + grants.map(PersonEvent.functionGranted) {
            person.apply(event, version: person.version + 1)
        }
        return person
    }

    private func refusal(_ command: PersonCommand, on person: Person, by actor: Actor) -> [String] {
        do {
            try person.allow(command, by: actor, rules: .invented)
            return []
        } catch {
            return error.reasons.map(\.short)
        }
    }

    @Test("looks after the school, or the schools, where that was given; of the partnership after everything")
    func reach() {
        #expect(actor(("ib", school)).administers == nil)
        #expect(chief.administers == .at([school]))
        #expect(
            actor((Person.administrator, school), (Person.administrator, Testland.otherSchool)).administers
                == .at([school, Testland.otherSchool]))
        #expect(actor((Person.administrator, school), (Person.administrator, .partnership)).administers == .everywhere)
        #expect(Actor.program.administers == .everywhere)
    }

    @Test("gives what the plan places at a school, and only there")
    func gives() {
        #expect(refusal(.grant(grant("ib", school)), on: person(), by: chief) == [])
        #expect(refusal(.grant(grant("ib", Testland.otherSchool)), on: person(), by: chief) == ["notAllowed at organisation"])
        #expect(refusal(.grant(grant("decider", .partnership)), on: person(), by: chief) == ["notAllowed at organisation"])
        #expect(refusal(.grant(grant("decider", school)), on: person(), by: chief) == ["notAllowed at function"])
        #expect(refusal(.grant(grant("king", school)), on: person(), by: chief) == ["notAllowed at function"])
    }

    @Test("has no say over who is sent to the school and sees only what is going on there: the adviser of SPOW")
    func sent() throws {
        let rules = try PlanShelf.inRepository("spow").inForce(on: today)
        func may(_ command: PersonCommand, on person: Person, by actor: Actor) -> Bool {
            (try? person.allow(command, by: actor, rules: rules)) != nil
        }
        let whole = actor((Person.administrator, .partnership))
        for (function, isOfSchool) in [("adviser", false), ("ib", true), ("teacher", true)] {
            #expect(rules.function(function)?.place == .school)
            let holder = person(grant(function, school))
            for command in [
                PersonCommand.grant(grant(function, school, id: "f-2")), .end(id: "f-1", until: today),
                .handleAccount(.passwordRenewed, on: today),
            ] {
                #expect(may(command, on: holder, by: chief) == isOfSchool, "\(function): \(command)")
                #expect(may(command, on: holder, by: whole))
            }
        }
    }

    @Test("makes nobody administrator, there or elsewhere, and ends no administrator")
    func noAdministrators() {
        for place in [school, Testland.otherSchool, .partnership] {
            #expect(!refusal(.grant(grant(Person.administrator, place)), on: person(), by: chief).isEmpty)
        }
        let other = person(grant(Person.administrator, school))
        #expect(refusal(.end(id: "f-1", until: today), on: other, by: chief) == ["notAllowed"])
        #expect(refusal(.end(id: "f-1", until: today), on: other, by: actor((Person.administrator, .partnership))) == [])
    }

    @Test("gives nothing to themselves")
    func oneself() {
        let own = person(grant(Person.administrator, school), id: "p-chief")
        #expect(refusal(.grant(grant("ib", school, id: "f-2")), on: own, by: chief) == ["toOneself at function"])
        let whole = actor((Person.administrator, .partnership))
        #expect(refusal(.grant(grant("ib", school, id: "f-2")), on: own, by: whole) == [])
    }

    @Test("ends what is held there; what is held elsewhere is not there for them")
    func ends() {
        let both = person(grant("ib", school), grant("teacher", Testland.otherSchool, id: "f-2"))
        #expect(refusal(.end(id: "f-1", until: today), on: both, by: chief) == [])
        #expect(refusal(.end(id: "f-2", until: today), on: both, by: chief) == ["unknownFunction"])
        #expect(refusal(.end(id: "f-3", until: today), on: both, by: chief) == ["unknownFunction"])
    }

    @Test("who is no administrator gives and ends nothing, and does nothing with an account")
    func others() {
        let head = actor(("school-director", school))
        let holder = person(grant("ib", school))
        #expect(refusal(.grant(grant("teacher", school, id: "f-2")), on: holder, by: head) == ["notAllowed"])
        #expect(refusal(.end(id: "f-1", until: today), on: holder, by: head) == ["notAllowed"])
        #expect(refusal(.handleAccount(.closed, on: today), on: holder, by: head) == ["notAllowed"])
    }

    @Test("does something with an account that opens nothing outside the school, now or later, and something in it")
    func accounts() {
        func may(_ grants: FunctionGrant...) -> Bool {
            var one = person()
            for grant in grants { one.apply(.functionGranted(grant), version: one.version + 1) }
            return refusal(.handleAccount(.passwordRenewed, on: today), on: one, by: chief).isEmpty
        }
        #expect(may(grant("ib", school)))
        #expect(may(grant("ib", school), grant("teacher", school, id: "f-2")))
        #expect(!may(grant("ib", school), grant("teacher", Testland.otherSchool, id: "f-2")))
        #expect(!may(grant("ib", school), grant("decider", .partnership, id: "f-2")))
        #expect(may(grant("ib", school), grant("teacher", Testland.otherSchool, until: "2021-09-14", id: "f-2")), "over")
        #expect(!may(grant("ib", school), grant("teacher", Testland.otherSchool, until: "2021-09-15", id: "f-2")), "today still")
        #expect(!may(grant("ib", school), grant("teacher", Testland.otherSchool, from: "2022-08-01", id: "f-2")), "later")
        #expect(
            may(
                grant("ib", school),
                grant("teacher", Testland.otherSchool, from: "2022-08-01", until: "2022-07-31", id: "f-2")), "never")
        #expect(!may(grant("ib", school, until: "2021-09-14")), "nothing is held any more")
        #expect(!may(grant("ib", school, from: "2021-09-16")), "nothing is held yet")
        #expect(!may())
    }

    @Test("sees who holds, held or will hold something there")
    func sees() {
        for held in [
            grant("ib", school), grant("ib", school, until: "2021-08-02"), grant("ib", school, from: "2030-08-01"),
        ] { #expect(person(held).isKnown(within: .at([school]))) }
        #expect(!person(grant("ib", Testland.otherSchool)).isKnown(within: .at([school])))
        #expect(!person().isKnown(within: .at([school])))
        #expect(person().isKnown(within: .everywhere))
    }
}
