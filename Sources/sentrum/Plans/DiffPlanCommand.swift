import ArgumentParser
import Domain
import Journal
import Plan
import UseCases
import Web

/// Says what changes for whom between two plans.
struct DiffPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what changes for whom from one plan to another, and which examples come out otherwise.")

    @Argument(help: "The folder of one version.")
    var before: String

    @Argument(help: "The folder of the version to compare it with.")
    var after: String

    @Option(help: "Language: nl or en.")
    var language = Language.nl

    @Option(name: .customLong("for"), help: "Only what concerns one: everyone, parents, child, or the key of a function.")
    var audience: String?

    @Option(help: "A data folder: try what was decided and what runs there under the first plan by the rules of the second.")
    var data: String?

    @Option(help: "The file of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @Option(
        name: .customLong("as"),
        help: "With --data: the mail address of who gets what he or she may see of it, by decision and by dossier."
    )
    var reader: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Difference: Encodable {
            let code: String
            let path: String
            let concerns: [String]
            let heading: String
            let sentence: String
            let sourceBefore: String?
            let sourceAfter: String?
        }

        struct Example: Encodable {
            let id: String
            let from: String
            let by: String
            let expected: String
            let got: String
            let source: String?
        }

        /// The dossiers of a data folder, in figures; by number only those that the reader may see.
        struct Replay: Encodable {
            struct Decision: Encodable {
                let number: String
                let was: String
                let would: String
                let holds: Bool
            }

            struct Turn: Encodable {
                let dossier: String
                let what: String
                let was: String
                let would: String
            }

            let dossiers: Int
            let decisions: Int
            let decisionsOtherwise: Int
            let terms: Int
            let termsOtherwise: Int
            let acts: Int
            let actsOtherwise: Int
            let dossiersOtherwise: Int
            let seen: [Decision]
            let seenTerms: [Turn]
            let seenActs: [Turn]
        }

        let before: String
        let after: String
        let differences: [Difference]
        /// Numbers of the differences, by whom they concern.
        let concerns: [String: [Int]]
        let examples: [Example]
        let replay: Replay?
    }

    func validate() throws {
        guard data != nil || (reader == nil && keyFile == nil) else {
            throw ValidationError("--as and --key-file go with --data")
        }
    }

    func run() async throws {
        let (before, after) = (try open(before), try open(after))
        let all = PlanComparison.differences(from: before.rules, to: after.rules)
        let audiences = Self.audiences(all, before.rules, after.rules)
        if let audience, !Self.known(before.rules, after.rules).contains(where: { $0.key == audience }) {
            throw CommandRefusal("\(audience) is no function of these plans")
        }
        let differences = all.filter { difference in
            audience.map { wanted in difference.concerns.contains { $0.key == wanted } } ?? true
        }
        let turns = ExampleTurn.all(before, after)
        let texts = try Face(resources: Site.resources).texts(language)
        let words = DifferenceWords(texts, before: before.rules, after: after.rules)
        let replayed = try await replay(before.rules, after.rules)
        if json {
            return try Output.json(result(differences, turns, words, before.rules.key, after.rules.key, replayed))
        }
        Output.line("# \(words.title)")
        Output.line()
        Output.line(words.count(differences.count))
        for one in audiences where audience == nil || one.key == audience { print(one, differences, words) }
        Output.line()
        print(turns, words)
        if let (replay, seen) = replayed { print(replay, seen, words) }
    }

    /// What the data folder holds, tried by the other plan, and the same with what the reader may see alone; nil without a folder.
    private func replay(_ before: PlanRules, _ after: PlanRules) async throws -> (PlanReplay, seen: PlanReplay)? {
        guard let data else { return nil }
        let opened = try await OpenInstallation(DataFolder.find(data, keyFile: keyFile))
        let installation = opened.installation
        let replay = try await installation.replay(from: before, by: after)
        var seen = PlanReplay()
        if let reader {
            let actor = try await installation.actor(installation.person(email: reader).id)
            for id in replay.turnedDossiers {
                do {
                    // The look is logged, as any other: the family sees who read this and when.
                    let looked = try await installation.see(id, [.procedures, .decisions], all: false, as: actor, kind: .export)
                    if looked.sight.sees(.decisions) {
                        seen.turnedDecisions += replay.turnedDecisions.filter { $0.dossier == id }
                    }
                    guard looked.sight.sees(.procedures) else { continue }
                    seen.turnedTerms += replay.turnedTerms.filter { $0.dossier == id }
                    seen.turnedActs += replay.turnedActs.filter { $0.dossier == id && looked.tells($0, before) }
                } catch is NotFound {
                    // Not for this person.
                }
            }
        }
        try await opened.close()
        return (replay, seen)
    }

    private func print(_ replay: PlanReplay, _ seen: PlanReplay, _ words: DifferenceWords) {
        Output.line()
        Output.line("## \(words.replayTitle)")
        Output.line()
        for line in words.figures(replay) { Output.line(line) }
        Output.line()
        guard reader != nil else { return Output.line(words.replayHidden) }
        Output.line("### \(words.replaySeen)")
        Output.line()
        if seen.turnedDossiers.isEmpty { Output.line(words.replaySeenNone) }
        for turn in seen.turnedDecisions { Output.line("- \(words.line(turn))") }
        for turn in seen.turnedTerms { Output.line("- \(turn.dossier): \(words.line(turn))") }
        for turn in seen.turnedActs { Output.line("- \(turn.dossier): \(words.line(turn))") }
    }

    private func open(_ path: String) throws -> LoadedPlan {
        let versions = try PlanVersions([path]).versions
        guard let version = versions.first, versions.count == 1 else {
            throw CommandRefusal("\(path) holds several versions: name the folder of one")
        }
        return try PlanLoader.open(version.key, from: version.folder)
    }

    /// Everybody there is in either plan, in the order in which a reader looks for himself.
    private static func known(_ before: PlanRules, _ after: PlanRules) -> [PlanAudience] {
        var seen: Set<PlanAudience> = []
        let functions = (after.functions + before.functions).map { PlanAudience.function($0.id) }
        return ([.everyone, .parents, .child] + functions).filter { seen.insert($0).inserted }
    }

    private static func audiences(
        _ differences: [PlanDifference], _ before: PlanRules, _ after: PlanRules
    ) -> [PlanAudience] {
        let concerned = Set(differences.flatMap(\.concerns))
        return known(before, after).filter(concerned.contains)
    }

    private func print(_ audience: PlanAudience, _ differences: [PlanDifference], _ words: DifferenceWords) {
        Output.line()
        Output.line("## \(words.audience(audience))")
        var heading = ""
        for difference in differences where difference.concerns.contains(audience) {
            let next = words.heading(difference)
            if next != heading {
                Output.line()
                Output.line("### \(next)")
                Output.line()
                heading = next
            }
            let sources = words.sources(difference.sources)
            Output.line("- \(words.sentence(difference))" + (sources.isEmpty ? "" : " *(\(sources))*"))
        }
    }

    private func print(_ turns: [ExampleTurn], _ words: DifferenceWords) {
        Output.line("## \(words.examples(turns.count))")
        var heading = ""
        for turn in turns {
            let next = words.examples(of: turn)
            if next != heading {
                Output.line()
                Output.line("### \(next)")
                Output.line()
                heading = next
            }
            Output.line("- \(words.line(turn))" + (turn.example.source.map { " *(\($0))*" } ?? ""))
        }
    }

    private func result(
        _ differences: [PlanDifference], _ turns: [ExampleTurn], _ words: DifferenceWords, _ before: PlanKey, _ after: PlanKey,
        _ replayed: (replay: PlanReplay, seen: PlanReplay)?
    ) -> Result {
        var concerns: [String: [Int]] = [:]
        for (number, difference) in differences.enumerated() {
            for audience in difference.concerns { concerns[audience.key, default: []].append(number) }
        }
        return Result(
            before: before.rawValue, after: after.rawValue,
            differences: differences.map { difference in
                Result.Difference(
                    code: difference.code.rawValue, path: difference.path, concerns: difference.concerns.map(\.key),
                    heading: words.heading(difference), sentence: words.sentence(difference),
                    sourceBefore: difference.sources.before, sourceAfter: difference.sources.after)
            }, concerns: concerns,
            examples: turns.map { turn in
                Result.Example(
                    id: turn.example.id, from: turn.from.rawValue, by: turn.by.rawValue, expected: turn.expected, got: turn.got,
                    source: turn.example.source)
            },
            replay: replayed.map { replay, seen in
                Result.Replay(
                    dossiers: replay.dossiers, decisions: replay.decisions, decisionsOtherwise: replay.turnedDecisions.count,
                    terms: replay.terms, termsOtherwise: replay.turnedTerms.count, acts: replay.acts,
                    actsOtherwise: replay.turnedActs.count, dossiersOtherwise: replay.turnedDossiers.count,
                    seen: seen.turnedDecisions.map { turn in
                        Result.Replay.Decision(
                            number: turn.number, was: words.outcome(turn.was), would: words.outcome(turn.would), holds: turn.holds
                        )
                    },
                    seenTerms: seen.turnedTerms.map { turn in
                        Result.Replay.Turn(
                            dossier: turn.dossier.rawValue, what: words.what(turn), was: words.due(turn.was),
                            would: words.due(turn.would))
                    },
                    seenActs: seen.turnedActs.map { turn in
                        Result.Replay.Turn(
                            dossier: turn.dossier.rawValue, what: words.what(turn), was: words.was(turn),
                            would: words.would(turn))
                    })
            })
    }
}
