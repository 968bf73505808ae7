import Foundation
import TestKit
import Testing

@Suite("sentrum init")
struct InitTests {
    @Test("a new installation has a plan, a key of its owner's alone and one administrator")
    func initial() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let mode = try FileManager.default.attributesOfItem(atPath: data + "/keys/master.key")[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(FileManager.default.fileExists(atPath: data + "/plans/spow/2020-2024/plan.yaml"))
        #expect(FileManager.default.fileExists(atPath: data + "/plans/law"))
        #expect(!FileManager.default.fileExists(atPath: data + "/demo.json"))
        let list = try Tool.sentrum("account", "list", data, "--json")
        struct Person: Decodable {
            struct Function: Decodable { let function: String }
            let email: String
            let canSignIn: Bool
            let functions: [Function]
        }
        let people = try list.json([Person].self)
        #expect(people.map(\.email) == ["an@example.org"])
        #expect(people.first?.canSignIn == true)
        #expect(people.first?.functions.map(\.function) == ["administrator"])
        #expect(try Tool.sentrum("journal", "verify", data).status == 0)
    }

    @Test("a second one over the first is refused, and nothing changes")
    func twice() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let before = try Data(contentsOf: URL(filePath: data + "/keys/master.key"))
        let again = try Tool.sentrum(
            "init", data, "--plan", "plans/spow", "--admin-name", "Bo", "--admin-email", "bo@example.org")
        #expect(again.status == 2)
        #expect(again.err.contains("not empty"))
        #expect(try Data(contentsOf: URL(filePath: data + "/keys/master.key")) == before)
        #expect(try Tool.sentrum("account", "list", data).out.contains("bo@example.org") == false)
    }

    @Test("a plan that may only be read, as that of a package, becomes a copy that its owner may change")
    func readOnlyPlan() throws {
        let scratch = try Scratch()
        let source = scratch.path("plans")
        let files = FileManager.default
        try files.createDirectory(atPath: source, withIntermediateDirectories: true)
        for name in ["spow", "law"] {
            try files.copyItem(atPath: Tool.project.appending(path: "plans/\(name)").path, toPath: "\(source)/\(name)")
        }
        let plan = "\(source)/spow/2020-2024/plan.yaml"
        try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: plan)
        let made = try Tool.sentrum(
            "init", scratch.path("data"), "--plan", "\(source)/spow", "--admin-name", "An", "--admin-email", "an@example.org")
        #expect(made.status == 0, "\(made.err)")
        let copy = scratch.path("data/plans/spow/2020-2024/plan.yaml")
        let mode = try files.attributesOfItem(atPath: copy)[.posixPermissions] as? NSNumber
        #expect((mode?.intValue ?? 0) & 0o200 != 0)
        #expect(files.contents(atPath: copy) == files.contents(atPath: plan))
    }

    @Test("one version of a plan brings along what it amends")
    func version() throws {
        let scratch = try Scratch()
        let made = try Tool.sentrum(
            "init", scratch.path("data"), "--plan", "plans/spow/2020-2024-addendum", "--admin-name", "An", "--admin-email",
            "an@example.org", "--json")
        struct Result: Decodable {
            let plans: [String]
            let password: String
        }
        #expect(try made.json(Result.self).plans == ["spow/2020-2024", "spow/2020-2024-addendum"])
        #expect(try made.json(Result.self).password.count >= 20)
    }

    @Test("a plan that cannot be used leaves no folder behind")
    func brokenPlan() throws {
        let scratch = try Scratch()
        let plans = try BrokenPlan.make(in: scratch)
        let run = try Tool.sentrum(
            "init", scratch.path("data"), "--plan", plans, "--admin-name", "An", "--admin-email", "an@example.org")
        #expect(run.status == 2)
        #expect(run.err.contains("procedures/sot.yaml:"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("data")))
    }

    @Test("what cannot be finished leaves nothing behind, and can be made once more")
    func unfinished() throws {
        let scratch = try Scratch()
        let (data, key) = (scratch.path("data"), scratch.path("elsewhere.key"))
        func make(_ name: String) throws -> Tool.Run {
            try Tool.sentrum(
                "init", data, "--plan", "plans/spow", "--key-file", key, "--admin-name", name, "--admin-email", "an@example.org")
        }
        let refused = try make(String(repeating: "a", count: 3_000))
        #expect(refused.status == 2)
        #expect(refused.err.contains("tooLong"))
        for path in [data, key, data + ".erasures"] { #expect(!FileManager.default.fileExists(atPath: path), "\(path)") }
        #expect(try make("An").status == 0)
        // A key or a list that was there before stays, whatever fails beside it.
        let before = try Data(contentsOf: URL(filePath: key))
        try FileManager.default.removeItem(atPath: data)
        #expect(try make("An").status != 0)
        #expect(try Data(contentsOf: URL(filePath: key)) == before)
        #expect(FileManager.default.fileExists(atPath: data + ".erasures"))
    }

    @Test("a database that is not there leaves nothing behind; one that holds something keeps the key that it was made with")
    func database() throws {
        let scratch = try Scratch()
        func make(_ database: String, schema: String, name: String) throws -> Tool.Run {
            try Tool.sentrum(
                "init", scratch.path("data"), "--plan", "plans/spow", "--database", database, "--schema", schema, "--admin-name",
                name, "--admin-email", "an@example.org")
        }
        let away = try make("host=/nergens user=sentrum dbname=postgres", schema: "init", name: "An")
        #expect(away.status == 70)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("data")))
        guard PostgresServer.isAvailable else { return }
        let server = try #require(PostgresServer.shared, "PostgreSQL is required and does not start")
        let schema = server.freshSchema()
        let half = try make(server.address, schema: schema, name: String(repeating: "a", count: 3_000))
        #expect(half.status == 2)
        #expect(half.err.contains("tooLong") && half.err.contains("take both away"))
        #expect(FileManager.default.fileExists(atPath: scratch.path("data/keys/master.key")))
        // Both taken away, it is made.
        try FileManager.default.removeItem(atPath: scratch.path("data"))
        try server.shell("DROP SCHEMA \(schema), \(schema)_keys CASCADE")
        #expect(try make(server.address, schema: schema, name: "An").status == 0)
        // Another folder gets nothing of it, and leaves its key alone.
        let key = try Data(contentsOf: URL(filePath: scratch.path("data/keys/master.key")))
        let other = try Tool.sentrum(
            "init", scratch.path("other"), "--plan", "plans/spow", "--database", server.address, "--schema", schema,
            "--admin-name", "Bo", "--admin-email", "bo@example.org")
        #expect(other.status == 70 && other.err.contains("master-key-wrong"), "\(other.err)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("other")))
        #expect(try Data(contentsOf: URL(filePath: scratch.path("data/keys/master.key"))) == key)
    }

    @Test("the master key can be kept elsewhere, and without it nothing opens")
    func keyElsewhere() throws {
        let scratch = try Scratch()
        let key = scratch.path("elsewhere.key")
        let data = scratch.path("data")
        let made = try Tool.sentrum(
            "init", data, "--plan", "plans/spow", "--admin-name", "An", "--admin-email", "an@example.org", "--key-file", key)
        #expect(made.status == 0, "\(made.err)")
        #expect(!FileManager.default.fileExists(atPath: data + "/keys"))
        #expect(try Tool.sentrum("journal", "verify", data).status == 70)
        #expect(try Tool.sentrum("journal", "verify", data, "--key-file", key).status == 0)
        #expect(try Tool.sentrum("journal", "verify", data, "--without-keys").status == 0)
    }

    @Test("another master key opens nothing: a fault, named by its code")
    func wrongKey() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let other = try scratch.installation("other")
        let run = try Tool.sentrum("account", "list", data, "--key-file", other + "/keys/master.key")
        #expect(run.status == 70)
        #expect(run.err.contains("journal.master-key-wrong"))
    }
}

/// A copy of a plan with a fault in it.
enum BrokenPlan {
    /// The folder of the partnership; in the first version a step is done by a function that does not exist.
    static func make(in scratch: Scratch) throws -> String {
        let files = FileManager.default
        let plans = scratch.folder.appending(path: "plans")
        try files.createDirectory(at: plans, withIntermediateDirectories: true)
        for name in ["spow", "law"] {
            try files.copyItem(at: Tool.project.appending(path: "plans/\(name)"), to: plans.appending(path: name))
        }
        let file = plans.appending(path: "spow/2020-2024/procedures/sot.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let broken = text.replacing("    by: ib\n", with: "    by: wizard\n", maxReplacements: 1)
        #expect(broken != text)
        try broken.write(to: file, atomically: true, encoding: .utf8)
        return plans.appending(path: "spow").path
    }
}
