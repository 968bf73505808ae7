import Domain

/// What kind of value the format reads at a place.
package enum PlanShape: Hashable, Sendable {
    /// A text in both languages.
    case text
    /// One line as written.
    case line
    /// Several lines, or keys.
    case lines
    case period, periods, term, day, number, flag, condition, until
    /// One of these words; without one the standard holds.
    case word([String], standard: String?)
    /// Any of these words, or `all`.
    case words([String])
    /// The text of a letter in one language.
    case letter
    /// A map of things, one thing of it, a map from keys to texts, and a list of maps: these hold values.
    case things, thing, options, list

    /// Whether it is no value itself, but holds values.
    var holdsValues: Bool {
        switch self {
        case .things, .thing, .options, .list: true
        default: false
        }
    }
}

/// Every place that the readers looked at, in the order in which they did.
struct PlanShapes: Sendable {
    private(set) var order: [String] = []
    private(set) var shapes: [String: PlanShape] = [:]

    /// Notes what is read at a place; the last that is said of it counts.
    mutating func note(_ shape: PlanShape, at path: String) {
        // One word is read by the same reader as one of several, and as one that can be left out: the wider word stays.
        if case .word(_, nil) = shape, let known = shapes[path] {
            switch known {
            case .word, .words: return
            default: break
            }
        }
        if shapes.updateValue(shape, forKey: path) == nil { order.append(path) }
    }
}
