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
        /// The same of what decides something: no texts.
        let values: Int
        let valuesNoticed: Int
        let seconds: Double
        let survivors: [MutationReport.Survivor]
    }

    func validate() throws {
        guard (0...100).contains(least) else { throw ValidationError("--least is a percentage") }
    }

    func run() async throws {
        var reports: [(plan: LoadedPlan, report: MutationReport, seconds: Double)] = []
        for version in try PlanVersions(folders).versions {
            let clock = ContinuousClock()
            let start = clock.now
            let mutation = try PlanMutation(version.key, from: version.folder)
            let report = await mutation.report(
                sample: sample, seed: seed, workers: ProcessInfo.processInfo.activeProcessorCount)
            let plan = try PlanLoader.open(version.key, from: version.folder)
            reports.append((plan, report, (clock.now - start) / .seconds(1)))
        }
        if json {
            try Output.json(
                reports.map { plan, report, seconds in
                    Result(
                        plan: plan.rules.key.rawValue, changes: report.all.all, noticed: report.all.noticed,
                        by: Dictionary(report.all.by.map { ($0.key.rawValue, $0.value) }) { first, _ in first },
                        values: report.values.all, valuesNoticed: report.values.noticed, seconds: seconds,
                        survivors: report.survivors)
                })
        } else if page {
            MutationPage(reports.map { ($0.plan, $0.report) }).lines.forEach { Output.line($0) }
        } else {
            for (plan, report, seconds) in reports { print(plan.rules.key, report, seconds) }
        }
        guard reports.allSatisfy({ min($0.report.all.share, $0.report.values.share) * 100 >= least }) else {
            throw ExitCode(Ending.refused)
        }
    }

    private func print(_ key: PlanKey, _ report: MutationReport, _ seconds: Double) {
        for one in report.survivors {
            Output.line("\(one.file):\(one.line): \(one.path): \(one.change.rawValue): \(one.before) -> \(one.after ?? "-")")
        }
        let by = MutationReport.Noticed.allCases.map { "\($0.rawValue) \(report.all.by[$0] ?? 0)" }.joined(separator: ", ")
        Output.line(
            "\(key): \(report.all.noticed) of \(report.all.all) changes noticed, \(MutationPage.percent(report.all.share)) (\(by)); "
                + "\(MutationPage.percent(report.values.share)) of what decides something; \(Int(seconds)) s")
    }
}
