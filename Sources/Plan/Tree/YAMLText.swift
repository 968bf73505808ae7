import Domain
import Yams

/// Reads YAML into nodes that know their line.
enum YAMLText {
    /// How many nodes a file may have; the largest of a plan has some ten thousand. By references to itself a short text can
    /// come to more than any machine holds.
    private static let most = 250_000

    /// The nodes of a text; the first thing that is no YAML is a problem and ends the reading of this file.
    static func node(_ text: String, file: String) -> Result<PlanNode, PlanProblems> {
        do {
            guard let root = try Yams.compose(yaml: text) else {
                return .success(PlanNode(.empty, at: PlanPlace(file: file, line: 1)))
            }
            var problems: [PlanProblem] = []
            var left = most
            let node = convert(root, file: file, line: 1, path: "", left: &left, problems: &problems)
            return problems.isEmpty ? .success(node) : .failure(PlanProblems(problems))
        } catch {
            return .failure(PlanProblems([problem(of: error, file: file)]))
        }
    }

    private static func convert(
        _ node: Node, file: String, line: Int, path: String, left: inout Int, problems: inout [PlanProblem]
    ) -> PlanNode {
        let line = node.mark?.line ?? line
        let place = PlanPlace(file: file, line: line)
        left -= 1
        if left == 0 {
            problems.append(
                PlanProblem(
                    .notYAML, at: place, path: path,
                    message: Localized(nl: "dit bestand is te groot", en: "this file is too large"),
                    hint: Localized(
                        nl: "schrijf verwijzingen (&, *) uit, of verdeel het over meer bestanden",
                        en: "write references (&, *) out, or divide it over more files")))
        }
        guard left > 0 else { return PlanNode(.empty, at: place) }
        switch node {
        case .scalar(let scalar):
            if scalar.style == .plain, scalar.string == "~" { return PlanNode(.removed, at: place) }
            if scalar.style == .plain, scalar.string.isEmpty { return PlanNode(.empty, at: place) }
            return PlanNode(.scalar(scalar.string), at: place)
        case .sequence(let nodes):
            let list = nodes.map { convert($0, file: file, line: line, path: path, left: &left, problems: &problems) }
            return PlanNode(.list(list), at: place)
        case .mapping(let pairs):
            let entries = pairs.compactMap { key, value -> PlanNode.Entry? in
                let keyPlace = PlanPlace(file: file, line: key.mark?.line ?? line)
                guard case .scalar(let scalar) = key else {
                    problems.append(
                        PlanProblem(
                            .badKey, at: keyPlace, path: path,
                            message: Localized(nl: "een sleutel is één woord", en: "a key is one word")))
                    return nil
                }
                let path = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
                let value = convert(
                    value, file: file, line: keyPlace.line, path: path, left: &left, problems: &problems)
                return PlanNode.Entry(key: scalar.string, place: keyPlace, value: value)
            }
            return PlanNode(.map(entries), at: place)
        case .alias:
            return PlanNode(.empty, at: place)
        }
    }

    private static func problem(of error: any Error, file: String) -> PlanProblem {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            PlanProblem(
                .notYAML, at: PlanPlace(file: file, line: mark.line), path: "",
                message: Localized(nl: "dit is geen YAML: \(problem)", en: "this is not YAML: \(problem)"),
                hint: Localized(
                    nl: "let op inspringen, dubbele punten en aanhalingstekens",
                    en: "look at indentation, colons and quotation marks"))
        case .duplicatedKeysInMapping(let keys, let context):
            PlanProblem(
                .duplicateKey, at: PlanPlace(file: file, line: context.mark.line), path: keys.joined(separator: ", "),
                message: Localized(
                    nl: "deze sleutel staat er twee keer", en: "this key stands there twice"))
        default:
            PlanProblem(
                .notYAML, at: PlanPlace(file: file, line: 1), path: "",
                message: Localized(nl: "dit is geen YAML", en: "this is not YAML"))
        }
    }
}
