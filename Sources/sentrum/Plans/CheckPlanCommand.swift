import ArgumentParser
import Domain
import Plan

/// Says everything that is wrong with plans, and tries their examples.
struct CheckPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say everything that is wrong with a plan, by file and line, and try its examples.")

    @Argument(help: "Folders of versions, or of partnerships for all their versions.")
    var folders: [String]

    @Option(help: "Language of the problems: nl or en.")
    var language = Language.en

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Example: Encodable {
            let id: String
            let expected: String
            let got: String
        }

        let plan: String
        let problems: [PlanProblem]
        let examples: Int
        let failed: [Example]
        var isGood: Bool { !problems.contains { $0.severity == .error } && failed.isEmpty }
    }

    func run() async throws {
        let results = try PlanVersions(folders).versions.map { check($0.key, in: $0.folder) }
        if json { try Output.json(results) } else { results.forEach(print) }
        if !results.allSatisfy(\.isGood) { throw ExitCode(Ending.refused) }
    }

    private func check(_ key: PlanKey, in folder: PlanFolder) -> Result {
        do throws(PlanProblems) {
            let plan = try PlanLoader.open(key, from: folder)
            let tried = PlanExamples.run(plan)
            let failed = tried.filter { !$0.passed }
            return Result(
                plan: key.rawValue, problems: PlanCheck.problems(of: plan), examples: tried.count,
                failed: failed.map { Result.Example(id: $0.example.id, expected: $0.expected, got: $0.got) })
        } catch {
            return Result(plan: key.rawValue, problems: error.problems, examples: 0, failed: [])
        }
    }

    private func print(_ result: Result) {
        for problem in result.problems { Output.line(problem.line(in: language)) }
        for example in result.failed {
            Output.line("example \(example.id): expected \(example.expected), got \(example.got)")
        }
        let errors = result.problems.count { $0.severity == .error }
        let warnings = result.problems.count - errors
        Output.line(
            "\(result.plan): \(errors) errors, \(warnings) warnings, \(result.examples - result.failed.count) of "
                + "\(result.examples) examples as expected")
    }
}
