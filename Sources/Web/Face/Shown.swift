/// A value as a template reads it.
///
/// Absent values and empty texts are one: a template shows nothing for them, and does not go on to look for the same name in
/// what surrounds them. A row without a note must not show the note of the page.
enum Shown: Sendable {
    case absent
    case text(String)
    case truth(Bool)
    case number(Int)
    case list([Shown])
    /// Values by name; where a name stands twice the last one holds.
    case parts([(name: String, value: Shown)])

    /// The value of a name: nil when these are no parts or none of them is called so.
    func part(named name: String) -> Shown? {
        guard case .parts(let parts) = self else { return nil }
        return parts.last { $0.name == name }?.value
    }
}

extension Shown: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, Shown)...) {
        self = .parts(elements.map { (name: $0.0, value: $0.1) })
    }
}

/// A value that says itself what a template reads of it.
///
/// Pages that are asked for all day do so for every part of them. Whatever does not is looked through by its mirror, which
/// shows the same and costs many times as much; a test holds the two together.
protocol Showing {
    /// What a template reads.
    var shown: Shown { get }
}

extension String: Showing {
    var shown: Shown { isEmpty ? .absent : .text(self) }
}

extension Bool: Showing {
    var shown: Shown { .truth(self) }
}

extension Int: Showing {
    var shown: Shown { .number(self) }
}

extension Optional: Showing where Wrapped: Showing {
    var shown: Shown {
        switch self {
        case .some(let value): value.shown
        case .none: .absent
        }
    }
}

extension Array: Showing where Element: Showing {
    var shown: Shown { .list(map(\.shown)) }
}

extension Showing where Self: RawRepresentable<String> {
    var shown: Shown { .text(rawValue) }
}

extension Shown {
    /// Any value: as it says itself, or else as its mirror shows it, the properties of a structure by their names.
    init(of value: Any) {
        self = if let showing = value as? any Showing { showing.shown } else { Shown(mirrored: value) }
    }

    /// The value as its mirror shows it, whatever it says itself.
    init(mirrored value: Any) {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            self = mirror.children.first.map { Shown(of: $0.value) } ?? .absent
        case .collection, .set:
            self = .list(mirror.children.map { Shown(of: $0.value) })
        case .enum:
            self = .text(String(describing: value))
        default:
            var parts: [(name: String, value: Shown)] = []
            if let derived = value as? any Derived {
                parts = derived.derived.map { (name: $0.key, value: Shown(of: $0.value)) }
            }
            for child in mirror.children {
                if let label = child.label { parts.append((name: label, value: Shown(of: child.value))) }
            }
            self = .parts(parts)
        }
    }
}
