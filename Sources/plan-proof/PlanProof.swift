import Domain
import Foundation
import Plan

/// `plan-proof plans partnership…`: changes every value of these partnerships' plans in turn and prints the page of the reference.
///
/// A program of its own beside `sentrum plan mutate`, because it needs the rules and the plans only: so an optimised build of it
/// takes a minute.
@main
struct PlanProof {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let root = arguments.first, arguments.count > 1 else {
            FileHandle.standardError.write(Data("usage: plan-proof FOLDER PARTNERSHIP…\n".utf8))
            exit(64)
        }
        let files = PlanFolder(root)
        try check(files)
        var reports: [(plan: LoadedPlan, report: MutationReport)] = []
        for key in arguments.dropFirst().flatMap({ PlanLoader.keys(of: $0, in: files) }) {
            let clock = ContinuousClock()
            let start = clock.now
            let mutation = try PlanMutation(key, from: files)
            let report = await mutation.report(workers: ProcessInfo.processInfo.activeProcessorCount)
            reports.append((try PlanLoader.open(key, from: files), report))
            let seconds = Int((clock.now - start) / .seconds(1))
            FileHandle.standardError.write(
                Data(
                    "\(key): \(report.all.noticed) of \(report.all.all), \(MutationPage.percent(report.all.share)); \(seconds) s\n"
                        .utf8))
        }
        print(MutationPage(reports).lines.joined(separator: "\n"))
    }

    /// Checks every plan of the folder and tries its examples: what comes out wrong as it is says nothing about a change.
    private static func check(_ files: PlanFolder) throws {
        let clock = ContinuousClock()
        let start = clock.now
        var plans = 0
        for key in PlanLoader.partnerships(in: files).flatMap({ PlanLoader.keys(of: $0, in: files) }) {
            let plan = try PlanLoader.open(key, from: files)
            let wrong = PlanCheck.problems(of: plan).filter { $0.severity == .error }
            guard wrong.isEmpty, PlanExamples.run(plan).allSatisfy(\.passed) else {
                FileHandle.standardError.write(Data("\(key) has errors or examples that come out otherwise: plan check\n".utf8))
                exit(2)
            }
            plans += 1
        }
        let seconds = (clock.now - start) / .milliseconds(1)
        FileHandle.standardError.write(Data("\(plans) plans checked in \(Int(seconds)) ms\n".utf8))
    }
}
