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

    private struct Result: Encodable, Sendable {
        struct Example: Encodable, Sendable {
            let id: String
            let expected: String
            let got: String
        }

        struct Paper: Encodable, Sendable {
            let item: String
            let title: Localized
            let paper: Localized
        }

        let plan: String
        let problems: [PlanProblem]
        let examples: Int
        let failed: [Example]
        /// What the law asks of a plan and the files leave to paper.
        let paper: [Paper]
        var isGood: Bool { !problems.contains { $0.severity == .error } && failed.isEmpty }

        /// The same with more problems.
        func with(_ more: [PlanProblem]) -> Result {
            more.isEmpty
                ? self : Result(plan: plan, problems: problems + more, examples: examples, failed: failed, paper: paper)
        }
    }

    /// A version with its result; without its plan when it could not be read.
    private struct Checked: Sendable {
        let plan: LoadedPlan?
        let result: Result
    }

    func run() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let versions = try PlanVersions(folders).versions
        let results = await checked(versions)
        let seconds = (clock.now - start) / .seconds(1)
        if json { try Output.json(results) } else { results.forEach(print) }
        if !json, results.count > 1 { Output.line("\(results.count) plans in \((seconds * 100).rounded() / 100) s") }
        if !results.allSatisfy(\.isGood) { throw ExitCode(Ending.refused) }
    }

    /// The plans side by side, told in their order, each beside the other versions of its partnership.
    private func checked(_ versions: [(folder: PlanFolder, key: PlanKey)]) async -> [Result] {
        let checked = await withTaskGroup(of: (Int, Checked).self) { group in
            for (index, version) in versions.enumerated() {
                group.addTask { (index, Self.check(version.key, in: version.folder)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let read = Dictionary(checked.compactMap(\.plan).map { ($0.rules.key, $0) }) { first, _ in first }
        var clashes: [String: [PlanKey: [PlanProblem]]] = [:]
        return zip(versions, checked).map { version, checked in
            let partnership = String(version.key.rawValue.prefix { $0 != "/" })
            let folder = "\(version.folder.root)/\(partnership)"
            let found =
                clashes[folder]
                ?? PlanLoader.clashes(
                    of: PlanLoader.keys(of: partnership, in: version.folder).compactMap { key in
                        read[key] ?? (try? PlanLoader.open(key, from: version.folder))
                    })
            clashes[folder] = found
            return checked.result.with(found[version.key] ?? [])
        }
    }

    private static func check(_ key: PlanKey, in folder: PlanFolder) -> Checked {
        do throws(PlanProblems) {
            let plan = try PlanLoader.open(key, from: folder)
            let tried = PlanExamples.run(plan)
            let failed = tried.filter { !$0.passed }
            let result = Result(
                plan: key.rawValue, problems: PlanCheck.problems(of: plan), examples: tried.count,
                failed: failed.map { Result.Example(id: $0.example.id, expected: $0.expected, got: $0.got) },
                paper: (plan.rules.contents?.onPaper ?? []).map {
                    Result.Paper(item: $0.item.id, title: $0.item.title, paper: $0.paper)
                })
            return Checked(plan: plan, result: result)
        } catch {
            return Checked(
                plan: nil, result: Result(plan: key.rawValue, problems: error.problems, examples: 0, failed: [], paper: []))
        }
    }

    private func print(_ result: Result) {
        for problem in result.problems { Output.line(problem.line(in: language)) }
        for example in result.failed {
            Output.line("example \(example.id): expected \(example.expected), got \(example.got)")
        }
        for one in result.paper {
            let words = language == .nl ? "op papier" : "on paper"
            Output.line("\(result.plan): \(words), \(one.item): \(one.title[language]): \(one.paper[language])")
        }
        let errors = result.problems.count { $0.severity == .error }
        let warnings = result.problems.count - errors
        Output.line(
            "\(result.plan): \(errors) errors, \(warnings) warnings, \(result.examples - result.failed.count) of "
                + "\(result.examples) examples as expected")
    }
}
