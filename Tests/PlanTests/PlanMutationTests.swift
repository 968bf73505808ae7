import Domain
import Foundation
import Plan
import Testing

@Suite("Changing every value of a plan in turn")
struct PlanMutationTests {
    static let versions = ["spow/2020-2024", "spow/2020-2024-addendum"].map { PlanKey($0) }

    @Test(
        "of a sample of all changes to SPOW's plan at least 95 in 100 are noticed, and of those to what decides something too",
        arguments: versions)
    func sample(_ key: PlanKey) async throws {
        let mutation = try PlanMutation(key, from: RealPlans.folder)
        let environment = ProcessInfo.processInfo.environment
        let all = environment["SENTRUM_MUTATE"] == "all"
        let report = await mutation.report(sample: all ? nil : 40, seed: 2020, workers: 2)
        let survivors = report.survivors.map { "\($0.file):\($0.line) \($0.path) \($0.change) \($0.after ?? "-")" }
        #expect(report.all.all > 0)
        #expect(report.all.share >= 0.95, "\(report.all.by) \(survivors)")
        // A small sample is no proof of the share of all: `make mutate` is.
        #expect(report.values.share >= 0.95, "\(report.values.by) \(survivors)")
        if let path = environment["SENTRUM_MUTATE_LOG"] {
            var text = "\(key) values \(report.values.share) \(report.values.by) wording \(report.wording.by)\n"
            for one in report.survivors {
                text +=
                    "\(one.file):\(one.line) \(one.path) \(one.change) \(one.before) -> \(one.after ?? "-")\(one.isWarned ? " !" : "")\n"
            }
            try text.write(toFile: "\(path)-\(key.rawValue.replacing("/", with: "-"))", atomically: true, encoding: .utf8)
        }
        if let path = environment["SENTRUM_SAYS"] {
            let file = PlanSayings.file(of: try PlanLoader.open(key, from: RealPlans.folder))
            try file.write(toFile: "\(path)/\(key.rawValue)/examples/says.yaml", atomically: true, encoding: .utf8)
        }
    }
}
