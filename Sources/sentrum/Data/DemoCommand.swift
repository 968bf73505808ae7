import JournalSQLite
import ArgumentParser
import Domain
import Foundation
import Journal
import UseCases

/// Makes an installation with invented people and years of cases.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make an installation filled with invented people and years of cases.")

    @Argument(help: "The folder to make; it must be empty or not be there.")
    var directory: String

    @Option(help: "How many dossiers.")
    var pupils = 600

    @Option(help: "Over how many schools they are spread; as many as the demo's settings say when not given.")
    var schools: Int?

    @Option(help: "One in so many dossiers has a whole story; the others are opened, and no more.")
    var wholeStories = 1

    @Option(help: "Another number gives other people and cases; the same number the same.")
    var seed: UInt64 = 1

    @Option(help: "The moment at which everything stops, such as 2026-11-02T09:00; now when not given.")
    var at: LocalTime?

    @Option(
        help: "The folder of the partnership's plans, with a folder `demo` in it; the one of `plans` that has it when not given.")
    var plan: String?

    @Option(help: "The folder with the rules of law; beside the plan when not given.")
    var law: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let people: [DemoPerson]
        let schools: Int
        let staff: Int
        let dossiers: Int
        let events: Int
        let documents: Int
        let decisions: Int
        let failures: [String: Int]
    }

    /// What `demo.json` says: that this is a demo, and how it was made.
    private struct Mark: Encodable {
        let pupils: Int
        let schools: Int?
        let wholeStories: Int
        let seed: UInt64
        let at: Instant
    }

    func validate() throws {
        guard (0...1_000_000).contains(pupils) else { throw ValidationError("--pupils must be 0 to 1000000") }
        guard (1...1_000).contains(wholeStories) else { throw ValidationError("--whole-stories must be 1 to 1000") }
        guard (1...10_000).contains(schools ?? 1) else { throw ValidationError("--schools must be 1 to 10000") }
    }

    /// The one folder of plans that has what a demo is made of.
    ///
    /// - Throws: wrong usage when there is none, or when there are several to choose from.
    private static func onlyDemo(in plans: String) throws -> String {
        let files = FileManager.default
        let found = ((try? files.contentsOfDirectory(atPath: plans)) ?? []).sorted().map { "\(plans)/\($0)" }
            .filter { files.fileExists(atPath: "\($0)/demo/settings.yaml") }
        guard let only = found.first, found.count == 1 else {
            throw ValidationError(
                found.isEmpty
                    ? "no folder of \(plans) has a demo: say which with --plan"
                    : "several have a demo, choose one with --plan: \(found.joined(separator: ", "))")
        }
        return only
    }

    func run() async throws {
        let source = try PlanSource(try plan ?? Self.onlyDemo(in: "plans"), law: law)
        let content = try DemoContent.read(source.demo)
        let until = at?.instant ?? SystemClock().now()
        let outcome = try await DataFolder.make(directory, plan: source) { folder, shelf in
            try await fill(folder, shelf, content, until: until)
        }
        let result = Result(
            people: outcome.people, schools: outcome.schools, staff: outcome.staff, dossiers: outcome.dossiers,
            events: outcome.events, documents: outcome.documents, decisions: outcome.decisions, failures: outcome.failures)
        if json { return try Output.json(result) }
        tell(result)
    }

    /// Invents people and cases, and puts them in the stores.
    private func fill(
        _ folder: DataFolder, _ shelf: PlanShelf, _ content: DemoContent, until: Instant
    ) async throws -> Demo.Outcome {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // First of all, so that one that was stopped half-way is not taken for a real one.
        try encoder.encode(Mark(pupils: pupils, schools: schools, wholeStories: wholeStories, seed: seed, at: until)).write(
            to: folder.demo)
        let opened = try await OpenInstallation(folder, at: until, shelf: shelf)
        let demo = Demo(
            content, shelf: shelf,
            stores: Demo.Stores(
                journal: opened.journal, blobs: opened.stores.blobs, reads: opened.stores.reads, accounts: opened.stores.accounts),
            pupils: pupils, schools: schools, whole: wholeStories, seed: seed, until: until)
        let bar = ProgressBar("dossiers")
        let outcome = try await demo.make { bar.show($0.done, of: $0.total) }
        try encoder.encode(outcome.people).write(to: folder.demoPeople)
        try await opened.installation.registersFollow(opened.journal)
        try await opened.close()
        return outcome
    }

    private func tell(_ result: Result) {
        Output.line(
            "\(directory): \(result.dossiers) dossiers at \(result.schools) schools, \(result.staff) people at work, "
                + "\(result.documents) documents, \(result.decisions) decisions, \(result.events) events")
        for (failure, count) in result.failures.sorted(by: { $0.key < $1.key }) {
            Output.problem("not told \(count) times: \(failure)")
        }
        Output.line()
        for person in result.people {
            Output.line("\(person.title.en), \(person.organisation): \(person.email)")
            Output.line("    \(person.what.en)")
        }
        if let password = result.people.first?.password { Output.line("\nThe password of them all: \(password)") }
    }
}
