import Domain

/// One version of the plan as a place on this site: once a reader chose a version, every link stays in it.
struct PlanPlace: Sendable, Hashable {
    let key: PlanKey
    /// Whether links name the version; without it they lead to the version in force.
    let isNamed: Bool

    /// The address of a page of the plan, with a place on it.
    func href(_ address: Address, _ anchor: String? = nil) -> String {
        address.path + (isNamed ? "?versie=\(key)" : "") + (anchor.map { "#\($0)" } ?? "")
    }

    /// Names of places on the pages of a plan.
    static func step(_ id: String) -> String { "stap-\(id)" }
    static func outcome(_ id: String) -> String { "uitkomst-\(id)" }
    static func clock(_ id: String) -> String { "termijn-\(id)" }
    static func table(_ id: String) -> String { "tabel-\(id)" }
    static func form(_ id: String) -> String { "vorm-\(id)" }
    static func function(_ id: String) -> String { "functie-\(id)" }
    static func purpose(_ id: String) -> String { "toestemming-\(id)" }
    static func part(_ id: String) -> String { "deel-\(id)" }
    static func letter(_ id: String) -> String { "brief-\(id)" }
    static func chapter(_ id: String) -> String { "hoofdstuk-\(id)" }

    /// The place of a paragraph or article: letters and digits of its name with hyphens between them.
    static func source(_ reference: String) -> String {
        var name = ""
        for letter in reference.lowercased().unicodeScalars {
            let isPlain = (97...122).contains(letter.value) || (48...57).contains(letter.value)
            if isPlain { name.unicodeScalars.append(letter) } else if name.last != "-", !name.isEmpty { name += "-" }
        }
        while name.last == "-" { name.removeLast() }
        return "bron-" + name
    }
}
