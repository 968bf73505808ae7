import Foundation
import Testing

@Suite("sentrum plan")
struct PlanCommandTests {
    @Test("the plans that come along are good, with every example as expected")
    func good() throws {
        let run = try Tool.sentrum("plan", "check", "plans/spow", "--json")
        #expect(run.status == 0, "\(run.out)")
        struct Result: Decodable {
            struct Example: Decodable { let id: String }
            let plan: String
            let examples: Int
            let failed: [Example]
        }
        let results = try run.json([Result].self)
        #expect(results.count >= 2)
        #expect(results.allSatisfy { $0.examples > 0 && $0.failed.isEmpty })
    }

    @Test("a broken plan ends with 2 and says file, line and what was meant")
    func broken() throws {
        let scratch = try Scratch()
        let plans = try BrokenPlan.make(in: scratch)
        let run = try Tool.sentrum("plan", "check", plans + "/2020-2024")
        #expect(run.status == 2)
        let line = try #require(run.out.split(separator: "\n").first { $0.contains("wizard") })
        #expect(line.contains(#/procedures/sot\.yaml:[0-9]+: /#))
        #expect(line.contains("unknown-reference"))
        let dutch = try Tool.sentrum("plan", "check", plans + "/2020-2024", "--language", "nl")
        #expect(dutch.out.contains("geen bekende functie"))
    }

    @Test("an example that comes out otherwise ends with 2")
    func failedExample() throws {
        let scratch = try Scratch()
        let plans = scratch.folder.appending(path: "plans")
        try FileManager.default.createDirectory(at: plans, withIntermediateDirectories: true)
        for name in ["spow", "law"] {
            try FileManager.default.copyItem(at: Tool.project.appending(path: "plans/\(name)"), to: plans.appending(path: name))
        }
        let file = plans.appending(path: "spow/2020-2024/examples/wrong.yaml")
        try """
        wrong:
          kind: term
          why: { nl: Dit komt anders uit, en: This comes out otherwise }
          term: P1W
          from: 2026-11-02
          expect: { due: 2026-11-10 }
        """.write(to: file, atomically: true, encoding: .utf8)
        let run = try Tool.sentrum("plan", "check", plans.appending(path: "spow/2020-2024").path)
        #expect(run.status == 2)
        #expect(run.out.contains("expected due 2026-11-10, got due 2026-11-09"))
    }

    @Test("an outcome is explained line by line, in both languages")
    func explain() throws {
        let child = [
            "plan", "explain", "plans/spow/2020-2024-addendum", "--decision", "tlv.granted", "--group", "5", "--born",
            "2016-03-04", "--decided", "2026-01-12", "--begin", "2026-02-01", "--answer", "school-type=sbo",
        ]
        let english = try Tool.run(Tool.program, child)
        #expect(english.status == 0, "\(english.err)")
        #expect(english.out.contains("2029-07-31"))
        let dutch = try Tool.run(Tool.program, child + ["--language", "nl"])
        #expect(dutch.out != english.out)
        #expect(dutch.out.contains("2029-07-31"))
        #expect(try Tool.run(Tool.program, child + ["--answer", "school-type=palace"]).status == 2)
        #expect(try Tool.run(Tool.program, child + ["--answer", "nonsense"]).status == 64)
    }

    @Test("the page of a plan names every procedure and its source", arguments: ["nl", "en"])
    func render(_ language: String) throws {
        let run = try Tool.sentrum("plan", "render", "plans/spow/2020-2024", "--language", language)
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("# "))
        #expect(run.out.contains("deel 2, 1.7.4"))
    }
}
