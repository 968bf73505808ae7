import ArgumentParser
import Domain
import Journal
import UseCases

/// Tells what an account could see and what it opened, for when a password leaked.
struct ActivityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activity", abstract: "What could this account see, and what did it open, between two moments?",
        discussion: "Dossiers are named by their keys. It reads every event, so it takes a while where there is much.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Mail address of the person.")
    var email: String

    @Option(help: "From this local time on, such as 2026-11-02T09:00.")
    var from: LocalTime

    @Option(help: "Until this local time; now when not given.")
    var until: LocalTime?

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Dossier: Encodable {
            let dossier: String
            let parts: [String]
            let functions: [String]
            let since: Day
        }

        struct Opened: Encodable {
            let at: Instant
            let dossier: String
            let parts: [String]
            let function: String
            let purpose: String
            let kind: String
        }

        let couldSee: [Dossier]
        let opened: [Opened]
        let forgotten: Int
    }

    func run() async throws {
        let opened = try await place.open()
        let person = try await opened.installation.person(email: email)
        let until = until?.instant ?? opened.installation.clock.now()
        guard from.instant <= until else { throw CommandRefusal("the time ends before it begins") }
        let activity = try await opened.installation.activity(of: person.id, from: from.instant, until: until)
        try await opened.close()
        let result = Result(
            couldSee: activity.couldSee.map {
                Result.Dossier(
                    dossier: $0.dossier.rawValue, parts: $0.parts.map(\.rawValue).sorted(), functions: $0.functions.sorted(),
                    since: $0.since)
            },
            opened: activity.opened.map {
                Result.Opened(
                    at: $0.at, dossier: $0.dossier.rawValue, parts: $0.parts, function: $0.function, purpose: $0.purpose,
                    kind: $0.kind.rawValue)
            }, forgotten: activity.forgotten)
        if json { return try Output.json(result) }
        Output.line("could see \(result.couldSee.count) dossiers:")
        for dossier in result.couldSee {
            Output.line(
                "  \(dossier.dossier) since \(dossier.since) as \(dossier.functions.joined(separator: ", ")): "
                    + dossier.parts.joined(separator: ", "))
        }
        Output.line("opened \(result.opened.count) times, \(Set(result.opened.map(\.dossier)).count) dossiers:")
        for read in result.opened {
            Output.line(
                "  \(read.at) \(read.dossier) \(read.kind) as \(read.function) for \(read.purpose): "
                    + read.parts.joined(separator: ", "))
        }
        if result.forgotten > 0 { Output.line("\(result.forgotten) dossiers were forgotten since: of these only the log tells") }
    }
}
