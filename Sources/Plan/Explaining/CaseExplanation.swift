import Domain

/// How a route stands in one child's dossier, or came out there, and what would make it another: for whoever asks why.
///
/// It speaks of the rules and of what they rest on: who acts by function and never by name, and nothing of what somebody wrote.
package struct CaseExplanation: Hashable, Sendable, Codable {
    /// What was known when it was decided, as far as it was chosen, counted or a day.
    package struct Known: Hashable, Sendable, Codable {
        package let question: Localized
        package let value: Localized
    }

    /// Something that must be there first.
    package struct Needed: Hashable, Sendable, Codable {
        package let what: Localized
        /// Nil when it is there.
        package let lacks: Localized?
        package let source: String?
    }

    /// A way on: a choice of a step, or the start of a route, with what it takes.
    package struct Way: Hashable, Sendable, Codable {
        package let choice: Localized
        /// What comes of it.
        package let leadsTo: Localized
        /// Until when what it grants would last, by the table of the plan.
        package let lasts: Localized?
        package let clauses: [PlanExplanation.Clause]
        /// One of these must have happened before; empty where nothing has to.
        package let after: [Localized]
        /// Whether the way can be taken as far as what happened before decides: not a second time where the plan knows one.
        package let isFree: Bool
        package let needs: [Needed]
        /// What the form still asks.
        package let asks: [Localized]
        package let source: String?
        /// Whether somebody could take it now, but for what the form asks.
        package var isOpen: Bool { isFree && clauses.allSatisfy(\.holds) && needs.allSatisfy { $0.lacks == nil } }
    }

    /// A step that waits for somebody.
    package struct Waiting: Hashable, Sendable, Codable {
        package let step: Localized
        package let by: Localized
        package let since: Day
        /// What opened it.
        package let because: Localized
        /// The day of its meeting, when one is planned.
        package let meeting: Day?
        /// The term of the step itself.
        package let within: Localized?
        /// The last day, by its own term or the nearest clock.
        package let due: Day?
        package let source: String?
        package let paragraphs: [Localized]
        package let ways: [Way]
    }

    /// A term that somebody can hold the partnership to.
    package struct Running: Hashable, Sendable, Codable {
        package let clock: Localized
        package let within: Localized
        /// Whose rule it is.
        package let ground: Localized
        package let from: Localized
        /// Nil when it has not begun.
        package let started: Day?
        /// Nil when it has not begun, or stands still without an end.
        package let due: Day?
        package let standing: Localized
        package let counted: [Explained]
        package let source: String
        package let paragraphs: [Localized]
    }

    package let plan: PlanKey
    /// Title of the version of the plan.
    package let title: Localized
    package let document: String
    /// The day from which this version holds.
    package let inForce: Day
    package let route: Localized
    package let source: String
    package let paragraphs: [Localized]
    /// The day it was started; nil of a route that was not.
    package let started: Day?
    /// The version that it started under, when it was moved to another since.
    package let startedUnder: PlanKey?
    /// What came out; nil while it runs.
    package let outcome: PlanExplanation.Outcome?
    package let ended: Day?
    /// What the outcome means, to a parent.
    package let meaning: Localized?
    package let number: String?
    package let deviates: Bool
    package let known: [Known]
    /// What was done on the way, oldest first.
    package let steps: [PlanExplanation.Step]
    /// Of a decision with an end: every row of its table, whether it applied and by which answers.
    package let rows: [PlanExplanation.Row]
    package let counted: [Explained]
    package let otherwise: [PlanExplanation.Otherwise]
    /// The last days for an objection or an appeal, and what can be begun now.
    package let next: [Localized]
    /// What else the last step could have led to, or what a start takes.
    package let ways: [Way]
    package let open: [Waiting]
    package let clocks: [Running]
    /// Steps that can still come, with who acts.
    package let ahead: [Localized]
    /// What can still come out.
    package let outcomes: [Localized]
}

extension CaseExplanation {
    /// What came out and the rows that it rests on, without how it got there: for who may read the decision alone.
    package var withoutTheWay: CaseExplanation {
        CaseExplanation(
            plan: plan, title: title, document: document, inForce: inForce, route: route, source: source, paragraphs: paragraphs,
            started: started, startedUnder: startedUnder, outcome: outcome, ended: ended, meaning: meaning, number: number,
            deviates: deviates, known: [], steps: [], rows: rows, counted: counted, otherwise: otherwise, next: next, ways: [],
            open: [], clocks: [], ahead: [], outcomes: [])
    }
}
