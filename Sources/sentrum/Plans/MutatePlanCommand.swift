import ArgumentParser
import Domain
import Foundation
import Plan

/// Tries how much of a plan its examples and the check hold fast.
struct MutatePlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutate",
        abstract: "Change every value of a plan in turn, and say which changes neither the check nor an example notices.")

    @Argument(help: "Folders of versions, or of partnerships for all their versions.")
    var folders: [String]

    @Option(help: "Try so many changes instead of all.")
    var sample: Int?

    @Option(help: "Which sample: the same seed gives the same one.")
    var seed: UInt64 = 1

    @Option(help: "The share that must be noticed, in percent.")
    var least: Double = 95

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(help: "Print the figures as a page of the reference, for docs/reference/plan-proof.md.")
    var page = false

    private struct Result: Encodable {
        let plan: String
        let changes: Int
        let noticed: Int
        let by: [String: Int]
        let seconds: Double
        let survivors: [MutationReport.Survivor]
    }

    func validate() throws {
        guard (0...100).contains(least) else { throw ValidationError("--least is a percentage") }
    }

    func run() async throws {
        var reports: [(key: PlanKey, report: MutationReport, seconds: Double)] = []
        for version in try PlanVersions(folders).versions {
            let clock = ContinuousClock()
            let start = clock.now
            let mutation = try PlanMutation(version.key, from: version.folder)
            let report = await mutation.report(
                sample: sample, seed: seed, workers: ProcessInfo.processInfo.activeProcessorCount)
            reports.append((version.key, report, (clock.now - start) / .seconds(1)))
        }
        if json {
            try Output.json(
                reports.map { key, report, seconds in
                    Result(
                        plan: key.rawValue, changes: report.all, noticed: report.noticed,
                        by: Dictionary(report.counts.map { ($0.key.rawValue, $0.value) }) { first, _ in first },
                        seconds: seconds, survivors: report.survivors)
                })
        } else if page {
            MutationPage(reports.map { ($0.key, $0.report) }).lines.forEach { Output.line($0) }
        } else {
            for (key, report, seconds) in reports { print(key, report, seconds) }
        }
        guard reports.allSatisfy({ $0.report.share * 100 >= least }) else { throw ExitCode(Ending.refused) }
    }

    private func print(_ key: PlanKey, _ report: MutationReport, _ seconds: Double) {
        for one in report.survivors {
            Output.line("\(one.file):\(one.line): \(one.path): \(one.change.rawValue): \(one.before) -> \(one.after ?? "-")")
        }
        let by = MutationReport.Noticed.allCases.map { "\($0.rawValue) \(report.counts[$0] ?? 0)" }.joined(separator: ", ")
        Output.line(
            "\(key): \(report.noticed) of \(report.all) changes noticed, \(MutationPage.percent(report.share)) (\(by)), "
                + "\(Int(seconds)) s")
    }
}

/// The figures of a mutation as a page of the reference.
struct MutationPage {
    private let reports: [(key: PlanKey, report: MutationReport)]

    init(_ reports: [(PlanKey, MutationReport)]) { self.reports = reports.map { (key: $0.0, report: $0.1) } }

    static func percent(_ share: Double) -> String { "\((share * 1000).rounded(.down) / 10) %" }

    var lines: [String] {
        let kinds = MutationReport.Noticed.allCases
        var lines = [
            "# How much of a plan is held fast", "",
            "`make mutate` changes every value of each plan below in turn and sees who notices. This page is made by it.", "",
            "Texts are emptied; yes becomes no; numbers, periods and days go one down and one up; items of lists are dropped; what an",
            "amending version removes is kept; a source becomes another paragraph and one that does not exist; every other word becomes",
            "another one that could stand there and one that nobody knows. Noticed by: the *reading* of the files, a *situation* of the",
            "examples that comes out otherwise, an error of the *check*, a *warning* of it, or a *saying*: an example that pins word for",
            "word what the plan says there. A saying proves that nobody changed a value unseen, not that the value is right; the",
            "situations and the sources do that.", "",
            "| version | changes | " + kinds.map(\.rawValue).joined(separator: " | ") + " | noticed |",
            "|---|---|" + String(repeating: "---|", count: kinds.count + 1),
        ]
        for (key, report) in reports {
            let counts = kinds.map { String(report.counts[$0] ?? 0) }.joined(separator: " | ")
            lines.append("| \(key) | \(report.all) | \(counts) | \(Self.percent(report.share)) |")
        }
        lines += ["", "| change | noticed | of |", "|---|---|---|"]
        for change in PlanMutant.Change.allCases {
            let found = reports.compactMap { $0.report.changes[change] }
            guard !found.isEmpty else { continue }
            lines.append("| \(change.rawValue) | \(found.map(\.noticed).reduce(0, +)) | \(found.map(\.all).reduce(0, +)) |")
        }
        let left = reports.flatMap(\.report.survivors)
        lines += ["", left.isEmpty ? "Nothing goes unnoticed." : "What goes unnoticed:", ""]
        for one in left {
            lines.append(
                "- `\(one.file):\(one.line)` `\(one.path)`: \(one.change.rawValue), `\(one.before)` → `\(one.after ?? "")`")
        }
        return lines
    }
}
