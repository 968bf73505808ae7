import Testing

@Suite("What the command asks and says")
struct UsageTests {
    @Test(
        "help names every command and ends well",
        arguments: [[], ["--help"], ["help"]])
    func help(_ arguments: [String]) throws {
        let run = try Tool.run(Tool.program, arguments)
        #expect(run.status == 0)
        for command in ["init", "demo", "serve", "config", "plan", "journal", "import", "account", "backup", "restore"] {
            #expect(run.out.contains("\n  \(command)"), "\(command)")
        }
    }

    @Test("its version is told, by semantic versioning")
    func version() throws {
        let run = try Tool.sentrum("--version")
        #expect(run.status == 0)
        #expect(run.out.trimmingCharacters(in: .newlines).wholeMatch(of: /\d+\.\d+\.\d+/) != nil, "\(run.out)")
    }

    @Test(
        "wrong usage ends with 64 and changes nothing",
        arguments: [
            ["nothing"], ["init"], ["demo"], ["demo", "/nowhere", "--pupils", "many"], ["demo", "/nowhere", "--at", "tomorrow"],
            ["demo", "/nowhere", "--pupils", "-1"], ["journal"], ["journal", "verify"], ["plan", "check"],
            ["account", "grant", "/nowhere", "--email", "a@example.org"], ["account", "add", "/nowhere", "--colour", "red"],
            ["init", "/nowhere", "--plan", "plans/spow", "--admin-name", "An", "--admin-email", "an"],
        ])
    func wrongUsage(_ arguments: [String]) throws {
        let run = try Tool.run(Tool.program, arguments)
        // Without a further word a group of commands shows its help.
        #expect(run.status == (arguments == ["journal"] ? 0 : 64), "\(run.out)\(run.err)")
    }

    @Test(
        "a folder that holds no installation is refused",
        arguments: [
            ["journal", "verify"], ["journal", "rebuild"], ["journal", "export"], ["account", "list"],
            ["import", "schools"],
        ])
    func nothingThere(_ command: [String]) throws {
        let scratch = try Scratch()
        let file = command[0] == "import" ? ["Tests/UseCaseTests/Import/Fixtures/duo-02.csv"] : []
        let run = try Tool.run(Tool.program, command + [scratch.path("none")] + file)
        #expect(run.status == 2)
        #expect(run.err.contains("holds no installation"))
    }
}
