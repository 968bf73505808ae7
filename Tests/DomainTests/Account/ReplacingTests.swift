import Domain
import Foundation
import TestKit
import Testing

@Suite("Somebody who stands in for somebody else")
struct ReplacingTests {
    private func person(_ id: String, _ held: [HeldFunction]) -> Person {
        var person = Person(id: PersonID(id))
        person.apply(.registered(.init(name: id, email: "\(id)@testland.example")), version: 1)
        for (index, held) in held.enumerated() {
            person.apply(.functionGranted(FunctionGrant(id: "\(id)-\(index)", held: held)), version: 2 + index)
        }
        return person
    }

    private func held(
        _ function: String, _ place: OrganisationID, _ discipline: String? = nil, until: String? = nil
    ) -> HeldFunction {
        HeldFunction(
            function: function, organisation: place, discipline: discipline, from: .of("2021-08-01"),
            until: until.map { .of($0) })
    }

    private var marie: Person { person("marie", [held("ib", Testland.school)]) }

    private func given(
        _ jet: Person, for absent: Person, from: String = "2021-11-01", until: String? = "2021-11-30"
    ) throws -> HeldFunction {
        try jet.replacing(
            absent, in: "\(absent.id)-0", from: .of(from), until: until.map { .of($0) }, key: "key"
        ).held
    }

    private func refusal(
        _ jet: Person, for absent: Person, from: String = "2021-11-01", until: String? = "2021-11-30"
    ) -> [String] {
        do {
            _ = try given(jet, for: absent, from: from, until: until)
            return []
        } catch let refused as Refused {
            return refused.reasons.map(\.short)
        } catch {
            return ["\(error)"]
        }
    }

    @Test("holds the same function at the same place until a last day, and the absent one keeps it")
    func given() throws {
        let jet = person("jet", [])
        let grant = try jet.replacing(
            marie, in: "marie-0", from: .of("2021-11-01"), until: .of("2021-11-30"), key: "key")
        #expect(
            grant
                == FunctionGrant(
                    id: "key",
                    held: HeldFunction(
                        function: "ib", organisation: Testland.school, from: .of("2021-11-01"), until: .of("2021-11-30"),
                        replaces: marie.id)))
        #expect(try jet.decide(.grant(grant), rules: .invented) == [.functionGranted(grant)])
        #expect(marie.actor(on: .of("2021-11-10")).functions.count == 1)
        let stored = try JSONEncoder().encode(grant)
        #expect(try JSONDecoder().decode(FunctionGrant.self, from: stored) == grant)
    }

    @Test("may hold the same function of their own beside it")
    func beside() throws {
        let jet = person("jet", [held("ib", Testland.school)])
        let grant = try jet.replacing(marie, in: "marie-0", from: .of("2021-11-01"), until: .of("2021-11-30"), key: "key")
        #expect(try jet.decide(.grant(grant), rules: .invented) == [.functionGranted(grant)])
        var twice = jet
        twice.apply(.functionGranted(grant), version: 3)
        let again = FunctionGrant(id: "again", held: grant.held)
        #expect(throws: Refused.self) { try twice.decide(.grant(again), rules: .invented) }
    }

    @Test("has a last day, not before the first, within the time that the absent one holds it, and is another person")
    func days() {
        let jet = person("jet", [])
        #expect(refusal(jet, for: marie, until: nil) == ["required at until"])
        #expect(refusal(jet, for: marie, until: "2021-10-31") == ["endBeforeBegin at until"])
        #expect(refusal(jet, for: marie, from: "2021-07-31") == ["notHeldThen at from"])
        let leaving = person("marie", [held("ib", Testland.school, until: "2021-11-15")])
        #expect(refusal(jet, for: leaving) == ["notHeldThen at until"])
        #expect(refusal(jet, for: leaving, until: "2021-11-15") == [])
        #expect(refusal(marie, for: marie) == ["ownPlace at email"])
        let chief = person("chief", [held(Person.administrator, .partnership)])
        #expect(refusal(jet, for: chief) == ["unknownFunction at grant"])
        #expect(refusal(Person(id: PersonID("niemand")), for: marie) == ["unknownPerson at email"])
    }

    @Test("of an expert has the same discipline of their own")
    func disciplines() throws {
        let doctor = person("arts", [held("expert", .partnership, "arts")])
        #expect(refusal(person("jet", []), for: doctor) == ["wrongDiscipline at email"])
        #expect(refusal(person("jet", [held("expert", .partnership, "pedagoog")]), for: doctor) == ["wrongDiscipline at email"])
        let other = person("jet", [held("expert", .partnership, "arts")])
        #expect(try given(other, for: doctor).discipline == "arts")
    }

    @Test("stands in for nobody any further: what was taken over is not passed on")
    func notFurther() throws {
        var jet = person("jet", [])
        jet.apply(
            .functionGranted(
                FunctionGrant(id: "jet-0", held: try given(jet, for: marie))), version: 2)
        #expect(refusal(person("kim", []), for: jet) == ["notHeldThen at from"])
    }

    @Test("sees what was asked of the absent one by name, in that function, at that place and until the last day")
    func sees() throws {
        let jet = person("jet", [try given(person("jet", []), for: marie)])
        let named = Principal.holder(marie.id, of: "ib", at: Testland.school)
        #expect(jet.actor(on: .of("2021-11-01")).principals.contains(named))
        #expect(jet.actor(on: .of("2021-11-30")).principals.contains(named))
        #expect(!jet.actor(on: .of("2021-12-01")).principals.contains(named))
        #expect(!jet.actor(on: .of("2021-10-31")).principals.contains(named))
        let actor = jet.actor(on: .of("2021-11-30"))
        #expect(!actor.principals(on: .of("2021-12-01")).contains(named))
        #expect(!actor.principals.contains(.holder(marie.id, of: "teacher", at: Testland.school)))
        #expect(!actor.principals.contains(.guardian(marie.id, authority: true)))
        #expect(actor.standsIn(for: marie.id, in: ["ib"], at: [Testland.school, .partnership]))
        #expect(!actor.standsIn(for: marie.id, in: ["expert"], at: [Testland.school]))
        #expect(!actor.standsIn(for: marie.id, in: ["ib"], at: [.partnership]))
    }
}
