import Foundation
import Testing

@Suite("sentrum journal")
struct JournalCommandTests {
    private struct Verification: Decodable {
        struct Broken: Decodable {
            let sequence: Int
            let stream: String
            let version: Int
            let reason: String
        }
        let whole: Bool
        let events: Int
        let opened: Int
        let broken: Broken?
        let missingGuards: [String]
    }

    @Test(
        "one number changed behind its back is found and named, with keys and without",
        .enabled(if: Tool.hasSQLiteShell), arguments: [[], ["--without-keys"]])
    func tampered(_ flags: [String]) throws {
        let scratch = try Scratch()
        let data = try scratch.demo()
        let whole = try Tool.run(Tool.program, ["journal", "verify", data, "--json"] + flags)
        #expect(whole.status == 0)
        #expect(try whole.json(Verification.self).whole)
        try Tool.sqlite(
            URL(filePath: data + "/journal.sqlite"),
            "DROP TRIGGER events_unchanged; UPDATE events SET at = at + 1 WHERE sequence = 40;")
        let run = try Tool.run(Tool.program, ["journal", "verify", data, "--json"] + flags)
        #expect(run.status == 2)
        let found = try run.json(Verification.self)
        #expect(found.broken?.sequence == 40)
        #expect(found.broken?.reason == "hash")
        #expect(found.missingGuards == ["events_unchanged"])
        let words = try Tool.run(Tool.program, ["journal", "verify", data] + flags)
        #expect(words.out.contains("broken: row 40"))
    }

    @Test("contents exchanged between two rows are found", .enabled(if: Tool.hasSQLiteShell))
    func exchanged() throws {
        let scratch = try Scratch()
        let data = try scratch.demo()
        try Tool.sqlite(
            URL(filePath: data + "/journal.sqlite"),
            """
            DROP TRIGGER events_unchanged;
            UPDATE events SET payload = (SELECT payload FROM events WHERE sequence = 51) WHERE sequence = 50;
            """)
        let run = try Tool.sentrum("journal", "verify", data, "--json")
        #expect(run.status == 2)
        #expect(try run.json(Verification.self).broken?.sequence == 50)
        #expect(try run.json(Verification.self).broken?.reason == "payload-digest")
    }

    @Test("a register that was touched is named and made right", .enabled(if: Tool.hasSQLiteShell))
    func rebuild() throws {
        let scratch = try Scratch()
        let data = try scratch.demo()
        #expect(try Tool.sentrum("journal", "rebuild", data).status == 0)
        try Tool.sqlite(
            URL(filePath: data + "/journal.sqlite"),
            "DELETE FROM openings WHERE (principal, dossier) IN (SELECT principal, dossier FROM openings LIMIT 1);")
        let touched = try Tool.sentrum("journal", "rebuild", data, "--json")
        struct Result: Decodable {
            struct Register: Decodable {
                let name: String
                let equal: Bool
                let rows: Int
                let before: Int
                let firstDifference: String?
            }
            let equal: Bool
            let registers: [Register]
        }
        #expect(touched.status == 2)
        let result = try touched.json(Result.self)
        #expect(!result.equal)
        let openings = try #require(result.registers.first { $0.name == "openings" })
        #expect(openings.rows == openings.before + 1)
        #expect(openings.firstDifference != nil)
        #expect(result.registers.filter { !$0.equal }.map(\.name) == ["openings"])
        #expect(try Tool.sentrum("journal", "rebuild", data).status == 0)
    }

    @Test("the export is one line of JSON an event, in order, and can begin anywhere")
    func export() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let lines = try Tool.sentrum("journal", "export", data).out.split(separator: "\n")
        let objects = try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
        #expect(objects.compactMap { $0["sequence"] as? Int } == Array(1...lines.count))
        #expect(objects.compactMap { $0["type"] as? String }.contains("person.registered.v1"))
        #expect(objects.allSatisfy { $0["payload"] is [String: Any] })
        #expect(!lines.joined().contains("password"))
        #expect(try Tool.sentrum("journal", "export", data, "--after", "2").out.split(separator: "\n") == Array(lines[2...]))
    }
}
