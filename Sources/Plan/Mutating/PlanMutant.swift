import Domain

/// A plan with one value changed: a test of its examples and of the check, which ought to notice.
package struct PlanMutant: Sendable {
    /// What is done to a value.
    package enum Change: String, Hashable, Sendable, Codable, CaseIterable {
        case emptied, reworded, flipped, other, unknown, dropped, kept
        case lower, higher
    }

    /// The keys that lead to the value.
    package let path: String
    /// Where the value stands.
    package let place: PlanPlace
    package let change: Change
    /// The value as it is written, and what it is changed to; nil for what is dropped.
    package let before: String
    package let after: String?
    /// Whether it is how something is said: a text for people, and no value that decides anything.
    package let isWording: Bool
    /// Where in the own tree of its version: the positions that lead to it, and what stands there instead.
    let position: [Int]
    let replacement: Replacement

    enum Replacement: Hashable, Sendable {
        case value(PlanNode)
        /// An item of a list or an entry of a map that is no longer there.
        case nothing
    }

    /// Whether a key holds a text for people.
    static func isWording(_ key: String) -> Bool { key == "nl" || key == "en" || key.hasSuffix(".mustache") }

    /// The last key that is no position in a list: by this survivors are grouped.
    package var word: String {
        path.split(separator: ".").last { Int($0) == nil }.map(String.init) ?? path
    }
}

extension PlanNode {
    /// This node with something else at a position below it.
    func replacing(at position: ArraySlice<Int>, with replacement: PlanMutant.Replacement) -> PlanNode {
        guard let index = position.first else {
            if case .value(let node) = replacement { return node }
            return self
        }
        let rest = position.dropFirst()
        var changed = self
        switch content {
        case .list(var nodes):
            if rest.isEmpty, replacement == .nothing {
                nodes.remove(at: index)
            } else {
                nodes[index] = nodes[index].replacing(at: rest, with: replacement)
            }
            changed.content = .list(nodes)
        case .map(var entries):
            if rest.isEmpty, replacement == .nothing {
                entries.remove(at: index)
            } else {
                entries[index].value = entries[index].value.replacing(at: rest, with: replacement)
            }
            changed.content = .map(entries)
        default: break
        }
        return changed
    }
}
