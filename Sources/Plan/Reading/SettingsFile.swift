import Domain

/// A file of settings beside a plan, read as the files of a plan are: every fault at once, with file, line and key.
package enum SettingsFile {
    /// Reads a text.
    ///
    /// - Parameters:
    ///   - file: the name that problems are told under.
    ///   - read: asks for every key that belongs there; any other one is a problem.
    package static func read<Value>(
        _ text: String, file: String, _ read: (PlanSection) -> Value
    ) throws(PlanProblems) -> Value {
        let node: PlanNode
        switch YAMLText.node(text, file: file) {
        case .success(let found): node = found
        case .failure(let problems): throw problems
        }
        let reading = PlanReading()
        let value = reading.section(node, path: "", read)
        guard reading.problems.isEmpty else { throw PlanProblems(reading.problems) }
        return value
    }
}

extension PlanSection {
    /// Says what is wrong with the value of a key; nothing when the key is not there, because that is said already.
    package func refuse(_ key: String, nl: String, en: String, hint: Localized? = nil) {
        guard let node = value(key) else { return }
        bad(node, path(key), nl: nl, en: en, hint: hint)
    }

    /// A map from words that others made up to lists; one value alone may stand without brackets.
    package func lists(_ key: String) -> [(name: String, values: [String])] {
        guard let node = value(key) else { return [] }
        guard node.isMap else {
            reading.expected(node, path(key), nl: "woorden met hun waarden", en: "words with their values")
            return []
        }
        return node.entries.map { entry in
            let path = "\(path(key)).\(entry.key)"
            reading.places[path] = entry.place
            let nodes = if case .list(let nodes) = entry.value.content { nodes } else { [entry.value] }
            let values = nodes.compactMap { scalar($0, path) }
            if nodes.isEmpty {
                bad(
                    entry.value, path, nl: "deze lijst is leeg", en: "this list is empty",
                    hint: Localized(nl: "noem ten minste één procedure.uitkomst", en: "name at least one procedure.outcome"))
            }
            return (entry.key, values)
        }
    }
}
