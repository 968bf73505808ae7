import Domain
import Plan
import Testing

@Suite("A plan with one line spoiled")
struct SpoiledPlanTests {
    /// What is done to a line.
    enum Spoil: CaseIterable {
        case removed, emptied, replaced, indented

        func callAsFunction(_ line: Substring) -> Substring? {
            let key = line.prefix { $0 != ":" }
            switch self {
            case .removed: return nil
            case .emptied: return key + ":"
            case .replaced: return key + ": { a: [99999999999999999999, ~], \u{1F600}: \"9223372036854775807..\" }"
            case .indented: return " " + line
            }
        }
    }

    @Test(
        "nothing stops the program, and every problem names a line that is there", arguments: SmallPlan.texts.keys.sorted(),
        Spoil.allCases)
    func spoil(_ path: String, _ spoil: Spoil) throws {
        let lines = try #require(SmallPlan.texts[path]).split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices {
            var spoiled = lines
            if let line = spoil(lines[index]) { spoiled[index] = line } else { spoiled.remove(at: index) }
            let texts = SmallPlan.texts.merging([path: spoiled.joined(separator: "\n")]) { _, new in new }
            for problem in SmallPlan.problems(texts) {
                guard let place = problem.place, problem.code != .missingFile else { continue }
                let text = try #require(texts[place.file], "\(place.file) is no file of the plan")
                let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
                #expect((1...max(1, count)).contains(place.line), "\(problem.line(in: .en))")
            }
        }
    }
}
