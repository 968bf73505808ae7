/// When something holds: every named fact must match; no facts named means always.
package struct Condition: Hashable, Sendable {
    /// What one fact must be.
    package enum Match: Hashable, Sendable {
        /// One of these values.
        case oneOf([String])
        /// A position in an ordered scale, both ends included; nil leaves an end open.
        case range(from: Int?, to: Int?)
        /// A day of the year in the order of the school year, both ends included; nil leaves an end open.
        case calendar(from: DayOfSchoolYear?, to: DayOfSchoolYear?)
        /// Not known, or empty.
        case absent
        /// Known, whatever it is.
        case present
    }

    /// One fact with what it must be.
    package struct Clause: Hashable, Sendable {
        package let fact: String
        package let match: Match
        package init(fact: String, match: Match) {
            self.fact = fact
            self.match = match
        }
    }

    package let clauses: [Clause]

    package init(_ clauses: [Clause]) { self.clauses = clauses }

    package static let always = Condition([])

    /// Whether every clause matches the facts.
    package func holds(for facts: Facts) -> Bool { clauses.allSatisfy { $0.holds(for: facts) } }
}

extension Condition.Clause {
    /// Whether this one fact is as asked.
    package func holds(for facts: Facts) -> Bool {
        let values = facts[fact]?.values ?? []
        switch match {
        // Of a week it is asked whether any part of it is at one of these places.
        case .oneOf(let allowed):
            return values.contains { allowed.contains($0) || WeekPart($0).map { allowed.contains($0.place) } ?? false }
        case .absent: return facts[fact]?.isEmpty ?? true
        case .present: return facts[fact]?.isEmpty == false
        case .range(let from, let to):
            guard let position = values.first.flatMap({ facts.position(of: $0, in: fact) }) else { return false }
            return from.map { position >= $0 } ?? true && to.map { position <= $0 } ?? true
        case .calendar(let from, let to):
            guard let day = values.first.flatMap({ Day($0).map { DayOfSchoolYear($0) } ?? DayOfSchoolYear($0) }) else {
                return false
            }
            return from.map { day >= $0 } ?? true && to.map { day <= $0 } ?? true
        }
    }
}

/// What is known when a rule is applied: answers by name, and the order of the scales that ranges speak of.
package struct Facts: Hashable, Sendable {
    package var answers: Answers
    /// Position of each value by the name of its fact, such as the groups of a school in their order.
    package var scales: [String: [String: Int]]

    package init(_ answers: Answers = [:], scales: [String: [String: Int]] = [:]) {
        self.answers = answers
        self.scales = scales
    }

    package subscript(_ fact: String) -> Answer? { answers[fact] }

    /// Where a value stands on the scale of its fact; a whole number stands for itself.
    package func position(of value: String, in fact: String) -> Int? { scales[fact]?[value] ?? Int(value) }
}
