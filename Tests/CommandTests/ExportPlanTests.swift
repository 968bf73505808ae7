import Foundation
import Testing

@Suite("sentrum plan export")
struct ExportPlanTests {
    @Test("a draft comes out as files that the check takes, and nothing is written over")
    func export() throws {
        let scratch = try Scratch()
        let data = scratch.path("demo")
        let made = try Tool.sentrum("demo", data, "--pupils", "0", "--at", "2026-11-02T09:00")
        #expect(made.status == 0, "\(made.err)")
        let out = scratch.path("out")
        let exported = try Tool.sentrum("plan", "export", data, "spow/voorstel", out, "--json")
        #expect(exported.status == 0, "\(exported.err)")
        #expect(exported.out.contains("submitted"))
        let plan = try String(contentsOf: URL(filePath: out + "/plan.yaml"), encoding: .utf8)
        #expect(plan.hasPrefix("key: spow/voorstel\n"))
        #expect(FileManager.default.fileExists(atPath: out + "/procedures/tlv.yaml"))
        // Beside the plan that it changes it is a version as any other.
        let plans = URL(filePath: data + "/plans/spow/voorstel")
        try FileManager.default.copyItem(at: URL(filePath: out), to: plans)
        let checked = try Tool.sentrum("plan", "check", plans.path)
        #expect(checked.status == 0, "\(checked.out) \(checked.err)")

        #expect(try Tool.sentrum("plan", "export", data, "spow/voorstel", out).status == 2)
        #expect(try Tool.sentrum("plan", "export", data, "spow/2020-2024", scratch.path("a")).status == 2)
        #expect(try Tool.sentrum("plan", "export", data, "spow/nergens", scratch.path("b")).status == 2)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("b")))
    }
}
