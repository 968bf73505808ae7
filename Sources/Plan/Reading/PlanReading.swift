import Domain

/// What is gathered while a plan is read: everything that is wrong, and where each value stands.
final class PlanReading {
    var problems: [PlanProblem] = []
    /// The place of each value by the keys that lead to it.
    var places: [String: PlanPlace] = [:]
    /// Every key that was asked for in the files of a plan: the words of the format.
    var words: Set<String> = []
    /// The groups of the plan in their order: ranges of conditions speak of them.
    var groups: [String] = []
    /// What kind of value is read where; nil when nobody wants to know.
    var shapes: PlanShapes?

    /// Notes what kind of value is read at a place, whether one stands there or not.
    func note(_ shape: @autoclosure () -> PlanShape, at path: String) { shapes?.note(shape(), at: path) }

    func add(
        _ code: PlanProblem.Code, at place: PlanPlace?, path: String, nl: String, en: String, hint: Localized? = nil
    ) {
        problems.append(PlanProblem(code, at: place, path: path, message: Localized(nl: nl, en: en), hint: hint))
    }

    /// Reads a map; for anything else a problem is noted once and the closure gets a section that is silent.
    func section<Value>(_ node: PlanNode, path: String, _ read: (PlanSection) -> Value) -> Value {
        places[path] = node.place
        if !node.isMap { expected(node, path, nl: "‘sleutel: waarde’", en: "‘key: value’") }
        let section = PlanSection(node, path: path, reading: self)
        let value = read(section)
        section.finish()
        return value
    }

    /// Notes that a value is of another kind than what is read there.
    func expected(_ node: PlanNode, _ path: String, nl: String, en: String, hint: Localized? = nil) {
        switch node.content {
        case .empty:
            add(
                .emptyValue, at: node.place, path: path, nl: "hier staat niets; verwacht: \(nl)",
                en: "there is nothing here; expected: \(en)",
                hint: Localized(nl: "vul het in of haal de sleutel weg", en: "fill it in or remove the key"))
        case .removed:
            add(
                .emptyValue, at: node.place, path: path, nl: "‘~’ haalt iets weg; hier is niets om weg te halen",
                en: "‘~’ removes something; there is nothing to remove here")
        case .unread: break
        default:
            add(.wrongKind, at: node.place, path: path, nl: "verwacht: \(nl)", en: "expected: \(en)", hint: hint)
        }
    }
}
