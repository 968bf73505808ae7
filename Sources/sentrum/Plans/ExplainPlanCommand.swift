import ArgumentParser
import Domain
import Journal
import Plan
import UseCases
import Web

/// Explains how an outcome came about by a plan, and what would have made it another.
struct ExplainPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain an outcome: which rows applied, by which answers, from which paragraph, and what would change it.",
        discussion: """
            Explains the examples of a file (termijnen.yaml) or one of them (termijnen.yaml#key); one situation that is typed, with
            --decision, --group, --born, --decided and --begin; or what happened in a data folder, with --data and --as: a decision
            that was taken (--decision NUMBER), with an end date or without, or how the routes of a dossier stand (--dossier KEY):
            what is open and why, what lacks, which terms run until when. --route names one of them; of one that never ran it
            tells what its start takes. A look at a dossier stands in its read log.
            """)

    @Argument(help: "The folder of one version; not with --data, where the version is the one it was decided under.")
    var folder: String?

    @Argument(help: "A file of its examples, or one of them: FILE or FILE#key.")
    var example: String?

    @Option(help: "Procedure and outcome, such as tlv.granted; with --data the number of the decision.")
    var decision: String?

    @Option(help: "The child's group on the day of the decision.")
    var group: String?

    @Option(help: "The child's day of birth.")
    var born: Day?

    @Option(help: "The day of the decision.")
    var decided: Day?

    @Option(help: "The first day.")
    var begin: Day?

    @Option(name: .customLong("answer"), help: "An answer, field=value; may be given more than once.")
    var answers: [String] = []

    @Option(help: "A data folder: explain what happened there.")
    var data: String?

    @Option(help: "With --data: the key of a dossier, as it stands in the address of its page.")
    var dossier: String?

    @Option(help: "With --dossier: the key of one route, or of one run of it.")
    var route: String?

    @Option(help: "The file of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @Option(name: .customLong("as"), help: "With --data: the mail address of who asks, and may see it.")
    var reader: String?

    @Option(help: "Language of the explanation: nl or en.")
    var language = Language.nl

    @Flag(help: "Print the result as JSON.")
    var json = false

    func validate() throws {
        if data != nil {
            guard (decision != nil) != (dossier != nil), reader != nil, folder == nil, route == nil || dossier != nil else {
                throw ValidationError(
                    "--data goes with --as ADDRESS and --decision NUMBER or --dossier KEY [--route KEY], and without a folder")
            }
        } else {
            guard folder != nil else { throw ValidationError("name the folder of a version, or --data") }
            guard dossier == nil, route == nil else { throw ValidationError("--dossier and --route go with --data") }
            guard example != nil || (decision != nil && group != nil && born != nil && decided != nil && begin != nil) else {
                throw ValidationError(
                    "name a file of examples, or --decision, --group, --born, --decided and --begin")
            }
        }
    }

    func run() async throws {
        if let data, let reader { return try await explainCases(in: data, as: reader) }
        let found = try explanations()
        if json { return try Output.json(found) }
        try show(found) { explanation, texts in
            explanation.lines(
                in: language, counted: { texts.explained($0) },
                refused: { texts.whyNot($0.rawValue, ofEnd: !explanation.rows.isEmpty) })
        }
    }

    /// Prints explanations with an empty line between them.
    private func show<Found>(_ found: [Found], lines: (Found, Texts) -> [String]) throws {
        let texts = try Face(resources: Site.resources).texts(language)
        for (index, explanation) in found.enumerated() {
            if index > 0 { Output.line() }
            for line in lines(explanation, texts) { Output.line(line) }
        }
    }

    /// What happened in a data folder, to somebody who may see it.
    private func explainCases(in data: String, as reader: String) async throws {
        let opened = try await OpenInstallation(DataFolder.find(data, keyFile: keyFile))
        let installation = opened.installation
        let actor = try await installation.actor(installation.person(email: reader).id)
        let found: [CaseExplanation]
        do {
            found =
                if let number = decision {
                    [try await installation.explanation(ofDecision: number, as: actor)]
                } else {
                    try await installation.explanations(in: DossierID(dossier ?? ""), of: route, as: actor)
                }
            try await opened.close()
        } catch is NotFound {
            // One answer for all: that there is something which somebody may not see is told to nobody.
            throw CommandRefusal(
                decision.map { "\($0) is no decision that this person may see" }
                    ?? "\(dossier ?? "") is no dossier whose procedures this person may see, or there is no such route")
        }
        if json { return try Output.json(found) }
        try show(found) { explanation, texts in
            explanation.lines(
                in: language, counted: { texts.explained($0) },
                refused: { texts.whyNot($0.rawValue, ofEnd: !explanation.rows.isEmpty) })
        }
    }

    private func explanations() throws -> [PlanExplanation] {
        let path = folder ?? ""
        guard let version = try PlanVersions([path]).versions.first else { throw CommandRefusal("\(path) holds no plan") }
        let plan = try PlanLoader.open(version.key, from: version.folder)
        let explainer = PlanExplainer(plan)
        if let example { return try examples(example, of: plan).map(explainer.explanation) }
        return [try typed(plan.rules, explainer)]
    }

    /// The examples of a file, or the one that is named behind `#`.
    private func examples(_ written: String, of plan: LoadedPlan) throws -> [PlanExample] {
        let parts = written.split(separator: "#", maxSplits: 1).map(String.init)
        let file = parts[0].split(separator: "/").last.map(String.init) ?? parts[0]
        let found = plan.examples.filter { example in
            let own = example.place.file.split(separator: "/").last.map(String.init)
            return (own == file || own == "\(file).yaml") && (parts.count == 1 || example.id == parts[1])
        }
        guard !found.isEmpty else { throw CommandRefusal("\(written) is no example of \(plan.rules.key)") }
        return found
    }

    /// The situation that was typed.
    private func typed(_ rules: PlanRules, _ explainer: PlanExplainer) throws -> PlanExplanation {
        let parts = (decision ?? "").split(separator: ".").map(String.init)
        guard parts.count == 2, let group, let born, let decided, let begin else {
            throw CommandRefusal("\(decision ?? "") is no decision of this plan with an end date")
        }
        guard rules.groups.contains(where: { $0.id == group }) else { throw CommandRefusal("\(group) is no group of this plan") }
        var given = try typedAnswers(rules)
        given["group"] = .text(group)
        given["born"] = .text(born.description)
        let taken = TakenDecision(procedure: parts[0], outcome: parts[1], decided: decided, begin: begin, answers: given)
        guard let found = explainer.explanation(of: taken) else {
            throw CommandRefusal("\(decision ?? "") is no decision of this plan with an end date")
        }
        return found
    }

    private func typedAnswers(_ rules: PlanRules) throws -> Answers {
        var given: Answers = [:]
        for answer in answers {
            let pair = answer.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { throw ValidationError("--answer is field=value") }
            guard let field = rules.fields[pair[0]] else { throw CommandRefusal("\(pair[0]) is no field of this plan") }
            let value = Answer.text(pair[1])
            let problems = field.problems(with: value)
            guard problems.isEmpty else { throw Refused(problems) }
            given[pair[0]] = value
        }
        return given
    }
}
