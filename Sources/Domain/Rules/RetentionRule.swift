/// How long a dossier is kept once what it was for has ended, and who sees to it that it is destroyed then.
package struct RetentionRule: Hashable, Sendable {
    /// A term of the law, from the day on which it holds.
    package struct Term: Hashable, Sendable {
        /// The first day on which it holds.
        package let from: Day
        /// How long after the end.
        package let keep: Period
        /// The article that says so.
        package let source: String

        package init(from: Day, keep: Period, source: String) {
            self.from = from
            self.keep = keep
            self.source = source
        }
    }

    /// The list of the law that the plan follows; nil when there is no such list, and then nothing is ever destroyed.
    package let law: RetentionLaw?
    /// Functions at the partnership that announce a destruction, and hold one back.
    package let announces: [String]
    /// Functions at the partnership that agree to it: somebody else than who announced it.
    package let agrees: [String]
    /// Functions that may stop it, beside those.
    package let stops: [String]
    /// How long it can be stopped after it was agreed to.
    package let waits: Period
    package let source: String

    package init(
        law: RetentionLaw?, announces: [String], agrees: [String], stops: [String], waits: Period, source: String
    ) {
        self.law = law
        self.announces = announces
        self.agrees = agrees
        self.stops = stops
        self.waits = waits
        self.source = source
    }
}

/// What the law says of one kind of file, dated.
package struct RetentionLaw: Hashable, Sendable {
    package let id: String
    package let title: Localized
    /// Oldest first.
    package let terms: [RetentionRule.Term]

    package init(id: String, title: Localized, terms: [RetentionRule.Term]) {
        self.id = id
        self.title = title
        self.terms = terms.sorted { $0.from < $1.from }
    }

    /// The term for what ended on a day: the one that held then, or the oldest for what ended before.
    package func term(on day: Day) -> RetentionRule.Term? { terms.last { $0.from <= day } ?? terms.first }
}
