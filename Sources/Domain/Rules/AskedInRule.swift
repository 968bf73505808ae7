/// Somebody outside the usual circle who can be asked in: for which parts of a dossier at most, on what ground, how long.
package struct AskedInRule: Hashable, Sendable {
    /// What permits it.
    package enum Ground: Hashable, Sendable {
        /// The law, said in words for a parent; the source names the article.
        case law(Localized)
        /// Agreement for this purpose, for whom is asked in, of everybody who decides, as it stands in the dossier.
        case agreement(purpose: String)

        /// The purpose of agreement; nil where the law permits it.
        package var purpose: String? {
            if case .agreement(let purpose) = self { purpose } else { nil }
        }
    }

    package let id: String
    package let title: Localized
    /// One sentence for a parent: who this is and why they read along.
    package let explanation: Localized
    /// Functions whose holders may ask them in, and withdraw that again.
    package let by: [String]
    /// The parts that can be opened to them at most.
    package let parts: Set<DossierPart>
    package let ground: Ground
    /// How long at most, and how long at most from the day on which it is prolonged.
    package let longest: Period
    /// How long before its last day it is said that it ends.
    package let remind: Period
    /// Whether what they read can be handed over, sealed, to the partnership that they are of.
    package let handsOver: Bool
    package let source: String

    package init(
        id: String, title: Localized, explanation: Localized, by: [String], parts: Set<DossierPart>, ground: Ground,
        longest: Period, remind: Period, handsOver: Bool = false, source: String
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.by = by
        self.parts = parts
        self.ground = ground
        self.longest = longest
        self.remind = remind
        self.handsOver = handsOver
        self.source = source
    }

    /// What stands where else the key of a function stands, in openings and in the read log: no function has such a key.
    package var function: String { Self.function(id) }

    private static let prefix = "asked-in_"

    /// The same of a kind by its key.
    package static func function(_ kind: String) -> String { prefix + kind }

    /// The kind of somebody asked in; nil for the key of a function.
    package static func kind(ofFunction function: String) -> String? {
        function.hasPrefix(prefix) ? String(function.dropFirst(prefix.count)) : nil
    }
}

extension PlanRules {
    /// Who can be asked in, by key.
    package func askedIn(_ id: String) -> AskedInRule? { askedIn.first { $0.id == id } }
}
