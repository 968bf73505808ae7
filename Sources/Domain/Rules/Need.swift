/// Something that must be there before a start or a choice.
package struct Need: Hashable, Sendable {
    /// What is needed.
    package enum Kind: Hashable, Sendable {
        /// Agreement for a purpose of every guardian with authority, and of a child that decides itself.
        case agreement(purpose: String)
        /// Required fields of these parts filled in, and the youngest change not older than the period.
        case groeidocument(parts: [String], notOlderThan: Period?)
        /// One field known, such as what the child thinks of it.
        case field(String)
        /// A document of the kind, added to the dossier.
        case evidence(kind: String)
        /// The locked version signed by every guardian with authority, by account or on paper.
        case signature
    }

    /// Key within its list, stable for links and texts.
    package let id: String
    package let kind: Kind
    package let why: Localized
    package let when: Condition
    package let source: String?

    package init(id: String, kind: Kind, why: Localized, when: Condition = .always, source: String? = nil) {
        self.id = id
        self.kind = kind
        self.why = why
        self.when = when
        self.source = source
    }
}
