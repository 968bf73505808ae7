import Domain

/// How a plan words things, line by line: `title.nl: Secretariaat`.
///
/// Titles, questions, explanations and letters decide nothing, so no situation can come out otherwise because of one. That
/// nobody changes what families read without meaning it is held fast by the words themselves.
package struct PlanSayings {
    /// The things of the plan by the keys that lead to them: `procedures.tlv.steps.check`, `functions.ib`, `plan`.
    private let subjects: [(path: String, value: Any)]
    private let places: [String: Int]

    package init(_ rules: PlanRules) {
        var found: [(String, Any)] = []
        for child in Mirror(reflecting: rules).children {
            switch child.label {
            case "key", "scales", "oneProcedure", "holidays", nil: break
            case "procedures":
                for route in rules.procedures {
                    let path = "procedures.\(route.id)"
                    found.append((path, Head(title: route.title, why: route.why)))
                    found.append(("\(path).start", route.start))
                    found += route.steps.map { ("\(path).steps.\($0.id)", $0) }
                    found += route.clocks.map { ("\(path).clocks.\($0.id)", $0) }
                    found += route.outcomes.map { ("\(path).outcomes.\($0.id)", $0) }
                }
            case "fields":
                found += rules.fields.sorted { $0.key < $1.key }.map { ("fields.\($0.key)", $0.value) }
            case "tables":
                found += rules.tables.sorted { $0.key < $1.key }.map { ("rules.\($0.key)", $0.value) }
            case "letters":
                found += rules.letters.sorted { $0.key < $1.key }.map { ("letters.\($0.key)", $0.value) }
            case "functions": found += rules.functions.map { ("functions.\($0.id)", $0) }
            case "tiers": found += rules.tiers.map { ("waaier.\($0.id)", $0) }
            case "outline": found += rules.outline.chapters.map { ("paragraphs.\($0.id)", $0) }
            case "contents":
                if let contents = rules.contents { found.append(("contents", contents.entries)) }
            case let label?: found.append((Self.written(label), child.value))
            }
        }
        subjects = found
        places = Dictionary(found.enumerated().map { ($1.0, $0) }) { first, _ in first }
    }

    private struct Head {
        let title: Localized
        let why: Localized
    }

    /// Every subject, in the order of the format.
    package var paths: [String] { subjects.map(\.path) }

    /// What is said of a subject; nil when the plan has none of that name.
    package func lines(of path: String) -> [String]? {
        places[path].map { lines(subjects[$0].value, at: "") }
    }

    /// A name of the program as a plan writes it: `chosenIn` is `chosen-in`.
    private static func written(_ name: String) -> String {
        var text = ""
        for letter in name {
            if letter.isUppercase { text += "-" }
            text += letter.lowercased()
        }
        return text
    }

    private func lines(_ value: Any, at path: String) -> [String] {
        if let text = value as? Localized { return ["\(join(path, "nl")): \(text.nl)", "\(join(path, "en")): \(text.en)"] }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { lines($0.value, at: path) } ?? []
        case .collection:
            return mirror.children.enumerated().flatMap { index, child in
                let id = Mirror(reflecting: child.value).children.first { $0.label == "id" }.map { "\($0.value)" }
                return lines(child.value, at: join(path, id ?? String(index + 1)))
            }
        case .enum:
            // What a case holds, under its name: the law that allows something.
            return mirror.children.flatMap { child in
                child.label.map { lines(child.value, at: join(path, Self.written($0))) } ?? []
            }
        case .dictionary:
            // Of a pair the key comes first; the order of a dictionary is none.
            let pairs = mirror.children.map { Array(Mirror(reflecting: $0.value).children.map(\.value)) }.filter { $0.count == 2 }
            return pairs.map { ("\($0[0])", $0[1]) }.sorted { $0.0 < $1.0 }
                .flatMap { lines($0.1, at: join(path, Self.written($0.0))) }
        case .struct:
            return mirror.children.flatMap { child in
                child.label.map { lines(child.value, at: join(path, Self.written($0))) } ?? []
            }
        default: return []
        }
    }

    private func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

/// How the plan must word some of its things: so that a text changes only when somebody means it.
package struct SaysExample: Hashable, Sendable {
    /// One thing of the plan with what must be said of it.
    package struct Saying: Hashable, Sendable {
        package let subject: String
        package let lines: [String]
    }

    package let sayings: [Saying]
}

extension SaysExample {
    /// What differs: first what had to be said and is not, then what is said and was not to be.
    func differences(by rules: PlanRules) -> (missing: [String], extra: [String]) {
        let said = PlanSayings(rules)
        var missing: [String] = []
        var extra: [String] = []
        for saying in sayings {
            guard let lines = said.lines(of: saying.subject) else {
                missing.append(saying.subject)
                continue
            }
            if lines == saying.lines { continue }
            let before = missing.count + extra.count
            missing += saying.lines.filter { !lines.contains($0) }.map { "\(saying.subject) \($0)" }
            extra += lines.filter { !saying.lines.contains($0) }.map { "\(saying.subject) \($0)" }
            if missing.count + extra.count == before { extra.append("\(saying.subject) in another order") }
        }
        return (missing, extra)
    }
}
