import Foundation
import Testing

@Suite("sentrum demo")
struct DemoTests {
    private struct Person: Decodable, Equatable {
        struct Text: Decodable, Equatable {
            let nl: String
            let en: String
        }
        let role: String
        let title: Text
        let email: String
        let password: String
        let name: String
        let organisation: String
        let what: Text
    }

    private struct Result: Decodable {
        let people: [Person]
        let schools: Int
        let dossiers: Int
        let documents: Int
        let decisions: Int
        let events: Int
        let failures: [String: Int]
    }

    @Test("there is something true to show: people for every function, decisions, documents, and work that waits")
    func contents() throws {
        let scratch = try Scratch()
        let data = scratch.path("demo")
        let made = try Tool.sentrum(
            "demo", data, "--pupils", "60", "--seed", "7", "--at", "2026-11-02T09:00", "--json")
        let result = try made.json(Result.self)
        #expect(result.failures.isEmpty)
        #expect(result.dossiers == 60)
        #expect(result.schools == 46)
        #expect(result.decisions >= 4)
        #expect(result.documents >= 10)
        let roles = result.people.map(\.role)
        for role in ["ib", "guardian", "guardian-without-authority", "secretary", "decision-maker", "administrator"] {
            #expect(roles.contains(role), "\(role)")
        }
        #expect(Set(roles).count == roles.count)
        #expect(result.people.allSatisfy { $0.email.hasSuffix("@demo.example") && !$0.what.nl.isEmpty && !$0.what.en.isEmpty })
        let school = { role in result.people.first { $0.role == role }?.organisation }
        #expect(school("ib") == school("guardian"))
        let kept = try JSONDecoder().decode([Person].self, from: Data(contentsOf: URL(filePath: data + "/demo-people.json")))
        #expect(kept == result.people)
        #expect(FileManager.default.fileExists(atPath: data + "/demo.json"))
        // Serving it begins at once: the registers are those of the plan in force already.
        if Tool.hasSQLiteShell {
            let marks = try Tool.run(Tool.sqliteShell, [data + "/journal.sqlite", "SELECT count(*) FROM plan_of_registers"])
            #expect(marks.out.hasPrefix("1"))
        }
        let rebuilt = try Tool.sentrum("journal", "rebuild", data)
        #expect(rebuilt.status == 0, "\(rebuilt.out)")
        #expect(rebuilt.out.contains("row for row"))
        let verified = try Tool.sentrum("journal", "verify", data)
        #expect(verified.status == 0)
        #expect(verified.out.hasPrefix("\(result.events) events"))
    }

    @Test("no event lies after the moment at which it is opened, and numbers of decisions have no gaps")
    func timesAndNumbers() throws {
        let scratch = try Scratch()
        let events = try Self.events(of: try scratch.demo(pupils: 80))
        #expect(events.allSatisfy { $0.at <= "2026-11-02T08:00:00.000Z" })
        var ordinals: [String: [Int]] = [:]
        for event in events where event.type == "decision.issued.v1" {
            guard let counter = event.payload["counter"], let ordinal = event.payload["ordinal"].flatMap({ Int($0) }) else {
                continue
            }
            ordinals[counter, default: []].append(ordinal)
        }
        #expect(!ordinals.isEmpty)
        for (counter, numbers) in ordinals { #expect(numbers == Array(1...numbers.count), "\(counter)") }
    }

    @Test("the same seed and moment give the same events; another seed gives others")
    func deterministic() throws {
        let scratch = try Scratch()
        let first = try Self.lines(of: try scratch.demo("first", pupils: 30))
        let second = try Self.lines(of: try scratch.demo("second", pupils: 30))
        let other = try Self.lines(of: try scratch.demo("other", pupils: 30, seed: 8))
        #expect(first.count > 500)
        #expect(first == second)
        #expect(first != other)
    }

    @Test("with one whole story in so many the others are opened and left so, and the registers are as made anew")
    func brief() throws {
        let scratch = try Scratch()
        let made = { (name: String, whole: String) in
            try Tool.sentrum(
                "demo", scratch.path(name), "--pupils", "120", "--whole-stories", whole, "--seed", "7", "--at",
                "2026-11-02T09:00", "--json"
            ).json(Result.self)
        }
        let whole = try made("whole", "1")
        let brief = try made("brief", "30")
        #expect(brief.failures.isEmpty)
        #expect(brief.dossiers == whole.dossiers)
        if Tool.hasSQLiteShell {
            let there = try Tool.run(
                Tool.sqliteShell, [scratch.path("brief") + "/journal.sqlite", "SELECT count(*) FROM dossiers"])
            #expect(there.out.hasPrefix("120"), "each is opened: \(there.out)")
        }
        #expect(brief.events < whole.events)
        let events = try Self.events(of: scratch.path("brief")).filter { $0.stream.hasPrefix("dossier-") }
        let moments = Dictionary(grouping: events, by: \.stream).values.map { Set($0.map(\.at)).count }
        #expect(moments.count { $0 == 1 } >= 20, "\(moments.sorted())")
        let rebuilt = try Tool.sentrum("journal", "rebuild", scratch.path("brief"))
        #expect(rebuilt.out.contains("row for row"))
    }

    @Test("a demo without dossiers still has schools and people")
    func empty() throws {
        let scratch = try Scratch()
        let list = try Tool.sentrum("account", "list", try scratch.demo(pupils: 0), "--limit", "5")
        #expect(list.status == 0)
        #expect(list.out.contains("@demo.example"))
    }

    @Test("a plan without a demo is refused before anything is made")
    func noDemo() throws {
        let scratch = try Scratch()
        let plans = scratch.folder.appending(path: "plans")
        try FileManager.default.createDirectory(at: plans, withIntermediateDirectories: true)
        for name in ["spow", "law"] {
            try FileManager.default.copyItem(
                at: Tool.project.appending(path: "plans/\(name)"), to: plans.appending(path: name))
        }
        try FileManager.default.removeItem(at: plans.appending(path: "spow/demo"))
        let run = try Tool.sentrum("demo", scratch.path("data"), "--plan", plans.appending(path: "spow").path)
        #expect(run.status == 2)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("data")))
    }

    // MARK: Reading the journal

    private struct Event {
        let stream: String
        let type: String
        let at: String
        /// Its texts and numbers.
        let payload: [String: String]
    }

    private static func events(of data: String) throws -> [Event] {
        try Tool.sentrum("journal", "export", data).out.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            let payload = object["payload"] as? [String: Any] ?? [:]
            return Event(
                stream: object["stream"] as? String ?? "", type: object["type"] as? String ?? "",
                at: object["at"] as? String ?? "",
                payload: payload.compactMapValues { $0 as? String ?? ($0 as? NSNumber)?.stringValue })
        }
    }

    /// Every event as exported, but for the random name under which the contents of a document are kept.
    private static func lines(of data: String) throws -> [String] {
        try Tool.sentrum("journal", "export", data).out.split(separator: "\n").map { line in
            line.replacing(/"blob":"[0-9a-f]*"/, with: "").description
        }
    }
}
