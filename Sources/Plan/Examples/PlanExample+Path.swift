extension PlanExample {
    /// The keys that lead to it: `terms.promise`, the name of its file and its own.
    ///
    /// An example of a version that amends takes the place of the one with the same path in the version that it amends.
    package var path: String { "\(Self.file(place.file)).\(id)" }

    /// The name of a file of examples, without its folder.
    static func file(_ path: String) -> String { String((path.split(separator: "/").last ?? "").dropLast(5)) }

    /// Whether it is a situation; what a plan says word for word, and what a card tells whole, is the plan itself.
    package var isSituation: Bool {
        switch kind {
        case .validity, .term, .route: true
        case .says, .card: false
        }
    }

    /// The card that it is; nil for any other kind.
    package var card: PlanCard? {
        if case .card(let card) = kind { card } else { nil }
    }
}
