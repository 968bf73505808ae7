import Domain
import Foundation
import Plan
import Testing

@Suite("Changing every value of a plan in turn")
struct PlanMutationTests {
    static let versions = ["spow/2020-2024"].map { PlanKey($0) }

    @Test("of a sample of all changes to SPOW's plan at least 95 in 100 are noticed", arguments: versions)
    func sample(_ key: PlanKey) async throws {
        let mutation = try PlanMutation(key, from: RealPlans.folder)
        let environment = ProcessInfo.processInfo.environment
        let all = environment["SENTRUM_MUTATE"] == "all"
        let report = await mutation.report(sample: all ? nil : 60, seed: 2020, workers: 2)
        #expect(report.all > 0)
        #expect(
            report.share >= 0.95,
            "\(report.counts) \(report.survivors.map { "\($0.file):\($0.line) \($0.path) \($0.change) \($0.after ?? "-")" })")
        if let path = environment["SENTRUM_MUTATE_LOG"] {
            var text = "\(key) \(report.share) \(report.counts) \(report.changes)\n"
            for one in report.survivors {
                text += "\(one.file):\(one.line) \(one.path) \(one.change) \(one.before) -> \(one.after ?? "-")\n"
            }
            try text.write(toFile: "\(path)-\(key.rawValue.replacing("/", with: "-"))", atomically: true, encoding: .utf8)
        }
        if let path = environment["SENTRUM_SAYS"] {
            let file = PlanSayings.file(of: try PlanLoader.open(key, from: RealPlans.folder))
            try file.write(toFile: "\(path)/\(key.rawValue)/examples/says.yaml", atomically: true, encoding: .utf8)
        }
    }
}
