import Domain

/// What a plan says, line by line in the words of its files, texts left out: `by.functions: secretary`.
///
/// Read from the rules that the engine follows and not from the files, so that it also shows what a file comes to: the functions
/// of `all`, what an amending version changed, and what holds when a key is left out. A word that the format gets later shows by
/// itself.
package struct PlanSayings {
    /// The things of the plan by the keys that lead to them: `procedures.tlv.steps.check`, `functions.ib`, `plan`.
    private let subjects: [(path: String, value: Any)]

    package init(_ rules: PlanRules) {
        var found: [(String, Any)] = []
        for child in Mirror(reflecting: rules).children {
            switch child.label {
            case "key", "title", "scales", "oneProcedure", "holidays", "outline", "contents", "letters", nil: break
            case "procedures":
                for route in rules.procedures {
                    let path = "procedures.\(route.id)"
                    found.append((path, Head(form: route.form, source: route.source)))
                    found.append(("\(path).start", route.start))
                    found += route.steps.map { ("\(path).steps.\($0.id)", $0) }
                    found += route.clocks.map { ("\(path).clocks.\($0.id)", $0) }
                    found += route.outcomes.map { ("\(path).outcomes.\($0.id)", $0) }
                }
            case "fields":
                found += rules.fields.sorted { $0.key < $1.key }.map { ("fields.\($0.key)", $0.value) }
            case "tables":
                found += rules.tables.sorted { $0.key < $1.key }.map { ("rules.\($0.key)", $0.value) }
            case "functions": found += rules.functions.map { ("functions.\($0.id)", $0) }
            case "tiers": found += rules.tiers.map { ("waaier.\($0.id)", $0) }
            case let label?: found.append((Self.written(label), child.value))
            }
        }
        if let contents = rules.contents { found.append(("contents", contents.entries)) }
        subjects = found
    }

    private struct Head {
        let form: String?
        let source: String
    }

    /// Every subject, in the order of the format.
    package var paths: [String] { subjects.map(\.path) }

    /// What is said of a subject; nil when the plan has none of that name.
    package func lines(of path: String) -> [String]? {
        subjects.first { $0.path == path }.map { lines($0.value, at: "") }
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
        if let word = word(value) { return word.isEmpty ? [] : [path.isEmpty ? word : "\(path): \(word)"] }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { lines($0.value, at: path) } ?? []
        case .collection:
            return mirror.children.enumerated().flatMap { index, child in
                let id = Mirror(reflecting: child.value).children.first { $0.label == "id" }.map { "\($0.value)" }
                let inner = join(path, id ?? String(index + 1))
                let found = lines(child.value, at: inner)
                return id != nil && found.isEmpty ? [inner] : found
            }
        case .dictionary:
            return pairs(mirror).flatMap { lines($0.value, at: join(path, $0.key)) }
        default:
            return mirror.children.flatMap { child -> [String] in
                guard let label = child.label, label != "id" else { return [] }
                return lines(child.value, at: join(path, Self.written(label)))
            }
        }
    }

    private func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func pairs(_ mirror: Mirror) -> [(key: String, value: Any)] {
        mirror.children.compactMap { child in
            let pair = Mirror(reflecting: child.value).children.map(\.value)
            guard pair.count == 2 else { return nil }
            return (word(pair[0]) ?? "\(pair[0])", pair[1])
        }.sorted { $0.0 < $1.0 }
    }

    /// A value on one line; nil for what needs several, empty for what says nothing.
    private func word(_ value: Any) -> String? {
        switch value {
        case is Localized: return ""
        case let text as String: return text
        case let flag as Bool: return flag ? "true" : ""
        case let number as Int: return String(number)
        case let text as any CustomStringConvertible where value is Day || value is Period: return text.description
        case let key as PlanKey: return key.rawValue
        case let option as Field.Option: return option.id
        case let range as ClosedRange<Int>: return "\(range.lowerBound)..\(range.upperBound)"
        case let term as Term: return "\(term.period) \(term.countsBy.rawValue)"
        case let condition as Condition:
            return condition.clauses.map { "\($0.fact) \(word($0.match) ?? "")" }.joined(separator: " and ")
        default: break
        }
        if let raw = value as? any RawRepresentable, let text = raw.rawValue as? String { return text }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.isEmpty ? "" : nil
        case .enum:
            guard let payload = mirror.children.first else { return Self.written("\(value)") }
            return [Self.written(payload.label ?? ""), inline(payload.value)].filter { !$0.isEmpty }.joined(separator: " ")
        case .set: return mirror.children.map { inline($0.value) }.sorted().joined(separator: ", ")
        case .collection:
            let words = mirror.children.map { child in
                // A thing with keys of its own needs lines of its own.
                Mirror(reflecting: child.value).displayStyle == .struct && !(child.value is Field.Option)
                    && !(child.value is Period)
                    ? nil : word(child.value)
            }
            return words.contains { $0 == nil } ? nil : words.compactMap(\.self).joined(separator: ", ")
        default: return nil
        }
    }

    /// Whatever it is, on one line.
    private func inline(_ value: Any) -> String {
        if let word = word(value) { return word }
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional { return mirror.children.first.map { inline($0.value) } ?? "" }
        return mirror.children.compactMap { child in
            let text = inline(child.value)
            guard !text.isEmpty else { return nil }
            guard let label = child.label, !label.hasPrefix(".") else { return text }
            return "\(Self.written(label)) \(text)"
        }.joined(separator: ", ")
    }
}

/// What the plan must say of some of its things, word for word: so that a value changes only when somebody means it.
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
