import Domain

/// A situation with what must come out by the plan: a test, and an explanation for whoever reads the plan.
package struct PlanExample: Hashable, Sendable {
    /// What is tried, with what must come out.
    package enum Kind: Hashable, Sendable {
        case validity(ValidityExample)
        case term(TermExample)
        case route(RouteExample)
        case says(SaysExample)
        case card(PlanCard)
    }

    package let id: String
    /// What it shows and where that stands.
    package let why: Localized
    package let source: String?
    package let kind: Kind
    package let place: PlanPlace
}

/// The end of something granted to one child.
package struct ValidityExample: Hashable, Sendable {
    /// What must come out.
    package enum Expected: Hashable, Sendable {
        /// This end, which may need reasons because it departs from the table.
        case end(Day, deviates: Bool)
        /// Table and law clash at these ends, and nobody settled it.
        case conflict(table: Day, law: Day)
        /// The rules say no.
        case refused(Refusal.Code)
    }

    package let procedure: String
    package let outcome: String
    package let group: String
    package let born: Day
    package let decided: Day
    package let begin: Day
    package let answers: Answers
    package let expected: Expected
    /// The row of the table that must apply; nil when the example does not say.
    package let row: String?
}

/// The last day of a term.
package struct TermExample: Hashable, Sendable {
    /// Which term is tried.
    package enum Subject: Hashable, Sendable {
        case clock(procedure: String, clock: String)
        case term(Term)
    }

    package let subject: Subject
    /// The day of the event that starts it.
    package let from: Day
    package let pauses: [Pause]
    /// Whether the clock was extended in time.
    package let isExtended: Bool
    /// The last day; nil when it must stand still.
    package let due: Day?
}

/// What came out of an example.
package struct ExampleResult: Hashable, Sendable {
    package let example: PlanExample
    /// What had to come out and what did, in the same words: `end 2024-07-31`, `refused reasonsRequired`.
    package let expected: String
    package let got: String
    /// Line by line how it came out.
    package let explanation: [Explained]

    /// Whether it came out as expected.
    package var passed: Bool { expected == got }
}
