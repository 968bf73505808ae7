import Domain

/// One version as it was read: the rules, and what its readers and checks want to know beside them.
package struct LoadedPlan: Sendable {
    package let rules: PlanRules
    /// The situations with their expected outcome, of this version alone.
    package let examples: [PlanExample]
    /// Paths of examples of the version that it amends which have nothing to say any more.
    package let dropped: Set<String>
    /// Where each value stands.
    package let places: PlanPlaces
    /// What this version changes in the one it amends; empty for a full version.
    package let touched: [PlanTouch]
    /// Every source as it is written, wherever it stands.
    package let sources: [WrittenSource]
    /// Numbers of the notes of its writer, which stand beside the versions.
    package let notes: Set<Int>
}

/// A source with the place where it is written.
package struct WrittenSource: Hashable, Sendable {
    package let text: String
    package let place: PlanPlace
    /// The keys that lead to it.
    package let path: String
}

/// Where each value of a plan stands, by the keys that lead to it.
package struct PlanPlaces: Sendable {
    let places: [String: PlanPlace]

    init(_ places: [String: PlanPlace] = [:]) { self.places = places }

    /// The place of a value, or of the nearest that holds it.
    package subscript(_ path: String) -> PlanPlace? {
        var path = path[...]
        while true {
            if let place = places[String(path)] { return place }
            guard let dot = path.lastIndex(of: ".") else { return places[""] }
            path = path[..<dot]
        }
    }
}
