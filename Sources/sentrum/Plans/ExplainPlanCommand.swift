import ArgumentParser
import Domain
import Plan
import Web

/// Explains how the plan comes to an end date.
struct ExplainPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain line by line until when a decision holds for one child.")

    @Argument(help: "The folder of one version.")
    var folder: String

    @Option(help: "Procedure and outcome, such as tlv.granted.")
    var decision: String

    @Option(help: "The child's group on the day of the decision.")
    var group: String

    @Option(help: "The child's day of birth.")
    var born: Day

    @Option(help: "The day of the decision.")
    var decided: Day

    @Option(help: "The first day.")
    var begin: Day

    @Option(name: .customLong("answer"), help: "An answer, field=value; may be given more than once.")
    var answers: [String] = []

    @Option(help: "Language of the explanation: nl or en.")
    var language = Language.en

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let row: String
        let begin: Day
        let proposed: Day?
        let latest: Day
        let earliest: Day?
        let explanation: [Explained]
    }

    func run() async throws {
        guard let version = try PlanVersions([folder]).versions.first else { throw CommandRefusal("\(folder) holds no plan") }
        let rules = try PlanLoader.load(version.key, from: version.folder)
        let parts = decision.split(separator: ".").map(String.init)
        guard parts.count == 2, let rule = rules.procedure(parts[0])?.outcome(parts[1])?.decision?.validity,
            let table = rules.tables[rule.table]
        else { throw CommandRefusal("\(decision) is no decision of this plan with an end date") }
        guard rules.groups.contains(where: { $0.id == group }) else { throw CommandRefusal("\(group) is no group of this plan") }
        var facts = try facts(rules)
        facts.answers[rule.beginField] = .text(begin.description)
        let child = ValidityFacts(
            born: born, group: group, groups: rules.groups.map(\.id), decided: decided, begin: begin)
        let found = try rule.validity(for: child, facts: facts, table: table)
        let result = Result(
            row: found.row.id, begin: found.begin, proposed: found.proposed, latest: found.latest, earliest: found.earliest,
            explanation: found.explanation)
        if json { return try Output.json(result) }
        let texts = try Face(resources: Site.resources).texts(language)
        for line in result.explanation {
            Output.line(texts.ifKnown("explained.\(line.code)", line.values) ?? "\(line.code) \(line.values)")
        }
        Output.line(result.proposed.map { "\(result.begin) – \($0)" } ?? "\(result.latest) | \(result.earliest ?? result.latest)")
    }

    private func facts(_ rules: PlanRules) throws -> Facts {
        var facts = Facts([:], scales: rules.scales)
        for answer in answers {
            let pair = answer.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { throw ValidationError("--answer is field=value") }
            guard let field = rules.fields[pair[0]] else { throw CommandRefusal("\(pair[0]) is no field of this plan") }
            let given = Answer.text(pair[1])
            let problems = field.problems(with: given)
            guard problems.isEmpty else { throw Refused(problems) }
            facts.answers[pair[0]] = given
        }
        let years = decided.year - born.year
        facts.answers["group"] = .text(group)
        facts.answers["born"] = .text(born.description)
        facts.answers["age"] = .text(String(born.adding(years: years) > decided ? years - 1 : years))
        return facts
    }
}
