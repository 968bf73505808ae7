import Domain
import Plan
import Testing

@Suite("The plans of this repository")
struct RealPlansTests {
    static let keys = PlanLoader.partnerships(in: RealPlans.folder).flatMap { PlanLoader.keys(of: $0, in: RealPlans.folder) }

    @Test("there is more than one partnership's plan")
    func several() {
        #expect(PlanLoader.partnerships(in: RealPlans.folder).count > 1)
    }

    @Test("two partnerships share no word but the guardians, so nothing of one can be taken for granted")
    func nothingShared() throws {
        let plans = try PlanLoader.partnerships(in: RealPlans.folder).map { partnership in
            try #require(PlanLoader.keys(of: partnership, in: RealPlans.folder).first)
        }.map { try PlanLoader.open($0, from: RealPlans.folder).rules }
        for (index, one) in plans.enumerated() {
            for other in plans[(index + 1)...] {
                let functions = Set(one.functions.map(\.id)).intersection(other.functions.map(\.id))
                #expect(functions == ["guardian", "guardian-without-authority"])
                #expect(Set(one.procedures.map(\.id)).isDisjoint(with: other.procedures.map(\.id)))
                #expect(Set(one.fields.keys).isDisjoint(with: other.fields.keys))
                #expect(Set(one.groeidocument.parts.map(\.id)).isDisjoint(with: other.groeidocument.parts.map(\.id)))
                #expect(Set(one.letters.keys).isDisjoint(with: other.letters.keys))
                #expect(one.groups != other.groups)
            }
        }
    }

    @Test("every plan reads and has nothing wrong, warnings included", arguments: keys)
    func clean(_ key: PlanKey) throws {
        do {
            let plan = try PlanLoader.open(key, from: RealPlans.folder)
            #expect(PlanCheck.problems(of: plan).map { $0.line(in: .en) } == [])
        } catch {
            Issue.record("\(error.lines(in: .en).joined(separator: "\n"))")
        }
    }

    @Test("every example of every plan comes out as it says", arguments: keys)
    func examples(_ key: PlanKey) throws {
        let results = PlanExamples.run(try PlanLoader.open(key, from: RealPlans.folder))
        #expect(!results.isEmpty)
        for result in results {
            let place = result.example.place
            #expect(result.passed, "\(place.file):\(place.line) \(result.example.id): \(result.expected) ≠ \(result.got)")
        }
    }

    @Test("every partnership's versions make a shelf", arguments: PlanLoader.partnerships(in: RealPlans.folder))
    func shelf(_ partnership: String) throws {
        let start = ContinuousClock.now
        let shelf = try PlanLoader.shelf(partnership, from: RealPlans.folder)
        #expect(shelf.versions.count == PlanLoader.keys(of: partnership, in: RealPlans.folder).count)
        // A server starts with this; generous, because tests run side by side.
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
