import Domain
import Foundation
import Plan

/// `plan-proof plans partnership…`: changes every value of these partnerships' plans in turn and prints the page of the reference.
/// `plan-proof plans --within 2000`: checks every plan as `plan check` does, and that it takes no longer than so many milliseconds.
///
/// A program of its own beside `sentrum plan mutate`, because it needs the rules and the plans only: so an optimised build of it
/// takes a minute.
@main
struct PlanProof {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let root = arguments.first, arguments.count > 1 else {
            say("usage: plan-proof FOLDER PARTNERSHIP… | FOLDER --within MILLISECONDS")
            exit(64)
        }
        let files = PlanFolder(root)
        if arguments.dropFirst().first == "--within" {
            guard let most = arguments.last.flatMap({ Int($0) }) else { exit(64) }
            return try await measure(files, within: most)
        }
        _ = try await check(files)
        var reports: [(plan: LoadedPlan, report: MutationReport)] = []
        for key in arguments.dropFirst().flatMap({ PlanLoader.keys(of: $0, in: files) }) {
            let clock = ContinuousClock()
            let start = clock.now
            let mutation = try PlanMutation(key, from: files)
            let report = await mutation.report(workers: ProcessInfo.processInfo.activeProcessorCount)
            reports.append((try PlanLoader.open(key, from: files), report))
            let seconds = Int((clock.now - start) / .seconds(1))
            say("\(key): \(report.all.noticed) of \(report.all.all), \(MutationPage.percent(report.all.share)); \(seconds) s")
        }
        print(MutationPage(reports).lines.joined(separator: "\n"))
    }

    /// Checks every plan some times: the quickest counts, for what else the machine does is not theirs.
    private static func measure(_ files: PlanFolder, within most: Int) async throws {
        var best = Int.max
        for _ in 1...5 {
            best = min(best, try await check(files))
            if best <= most { return }
        }
        say("this takes longer than \(most) ms")
        exit(2)
    }

    /// Checks every plan of the folder and tries its examples, side by side: what comes out wrong as it is says nothing about a
    /// change.
    ///
    /// - Returns: how many milliseconds it took.
    private static func check(_ files: PlanFolder) async throws -> Int {
        let clock = ContinuousClock()
        let start = clock.now
        let keys = PlanLoader.partnerships(in: files).flatMap { PlanLoader.keys(of: $0, in: files) }
        let wrong = try await withThrowingTaskGroup(of: PlanKey?.self, returning: [PlanKey].self) { group in
            for key in keys {
                group.addTask {
                    let plan = try PlanLoader.open(key, from: files)
                    let isWrong = PlanCheck.problems(of: plan).contains { $0.severity == .error }
                    return isWrong || !PlanExamples.run(plan).allSatisfy(\.passed) ? key : nil
                }
            }
            return try await group.reduce(into: []) { found, key in if let key { found.append(key) } }
        }
        guard wrong.isEmpty else {
            say(
                "\(wrong.map(\.rawValue).sorted().joined(separator: ", ")): errors, or examples that come out otherwise: plan check"
            )
            exit(2)
        }
        let milliseconds = Int((clock.now - start) / .milliseconds(1))
        say("\(keys.count) plans checked in \(milliseconds) ms")
        return milliseconds
    }

    private static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
