import Domain
import Foundation
import Testing
import UseCases

@Suite("sentrum account")
struct AccountCommandTests {
    @Test("somebody is added with a function, given another, and it ends")
    func life() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        #expect(
            try Tool.sentrum("import", "schools", data, "Tests/UseCaseTests/Import/Fixtures/duo-02.csv").status == 0)
        let added = try Tool.sentrum(
            "account", "add", data, "--name", "Cas Kok", "--email", "Cas@Example.org", "--function", "secretary", "--json")
        struct Added: Decodable { let password: String }
        #expect(try added.json(Added.self).password.count >= 20)
        let grant = { (arguments: [String]) in
            try Tool.run(Tool.program, ["account", "grant", data, "--email", "cas@example.org"] + arguments)
        }
        #expect(try grant(["--function", "ib", "--organisation", "11CD00"]).status == 0)
        #expect(try grant(["--function", "ib", "--organisation", "11CD00"]).status == 2)
        #expect(try grant(["--function", "ib"]).status == 2)
        #expect(try grant(["--function", "wizard"]).status == 2)
        #expect(try grant(["--function", "ib", "--organisation", "00ZZ00"]).status == 2)
        let list = try Tool.sentrum("account", "list", data, "--search", "kok").out
        #expect(list.contains("ib, De Liereling"))
        #expect(list.contains("secretary, "))
        let end = ["account", "end", data, "--email", "cas@example.org", "--function", "ib", "--organisation", "11CD00"]
        #expect(try Tool.run(Tool.program, end + ["--until", "2000-01-01"]).status == 2)
        let yesterday = ["--until", Self.day(-1)]
        #expect(try Tool.run(Tool.program, end + yesterday).status == 0)
        #expect(try Tool.sentrum("account", "list", data, "--search", "kok").out.contains("ib, ") == false)
        #expect(try Tool.run(Tool.program, end + yesterday).status == 2)
    }

    @Test("nobody is added whose function cannot be given, and it is said which there are and where it is held")
    func noHalfAccount() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let add = { (arguments: [String]) in
            try Tool.run(
                Tool.program, ["account", "add", data, "--name", "Cas Kok", "--email", "cas@example.org"] + arguments)
        }
        let unknown = try add(["--function", "wizard"])
        #expect(unknown.status == 2)
        #expect(unknown.err.contains("no function wizard") && unknown.err.contains("  secretary: "))
        let nowhere = try add(["--function", "ib"])
        #expect(nowhere.status == 2)
        #expect(nowhere.err.contains("ib is held at a school: name it with --organisation"))
        #expect(!(try Tool.sentrum("account", "list", data).out.contains("cas@example.org")))
        #expect(try add(["--function", "secretary"]).status == 0)
    }

    @Test("a list that is cut off says that there are more, and a whole one does not")
    func cutOff() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        #expect(try Tool.sentrum("account", "add", data, "--name", "Zoë Zand", "--email", "zoe@example.org").status == 0)
        let first = try Tool.sentrum("account", "list", data, "--limit", "1")
        #expect(first.status == 0)
        #expect(first.err.contains("there are more than 1"))
        #expect(!first.out.contains("zoe@example.org"))
        let all = try Tool.sentrum("account", "list", data, "--limit", "2")
        #expect(all.err.isEmpty && all.out.contains("zoe@example.org"))
        #expect(try Tool.sentrum("account", "list", data, "--limit", "0").status == 64)
    }

    @Test("nobody is added twice, and a new password is another one")
    func passwords() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let again = try Tool.sentrum("account", "add", data, "--name", "An", "--email", "AN@example.org")
        #expect(again.status == 2)
        let first = try Tool.sentrum("account", "password", data, "--email", "an@example.org")
        let second = try Tool.sentrum("account", "password", data, "--email", "an@example.org")
        #expect(first.status == 0 && second.status == 0)
        #expect(first.out != second.out)
        #expect(try Tool.sentrum("account", "password", data, "--email", "nobody@example.org").status == 2)
    }

    /// A day as the program counts them: in the Netherlands it is tomorrow already an hour or two before the machine says so.
    private static func day(_ days: Int) -> String { SystemClock().now().day.adding(days: days).description }
}
