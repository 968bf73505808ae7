/// How long one dossier is kept, and why: reckoned anew each time from what happened, never stored.
package struct Retention: Hashable, Sendable {
    /// What the dossier was for last.
    package enum Cause: Hashable, Sendable {
        /// A decision that lasts until its last day, by its number.
        case decision(String)
        /// An advice or arrangement: the key of the route that ended.
        case procedure(String)
        /// Something was written in it, and nothing came of it.
        case work
        /// It was opened, and nothing came of it.
        case opened
    }

    /// What holds the end back.
    package enum Hold: Hashable, Sendable {
        /// An objection, a dispute, a second opinion that runs: the key of the route.
        case procedure(String)
        /// Somebody said so, with a reason.
        case person(PersonID)
        /// The family asked something that is not answered, or something rests because it asked that.
        case right(Right)
    }

    /// The last day of what it was for; nil while a procedure runs.
    package let ended: Day?
    package let cause: Cause
    /// The term of the law that held on that day; nil where the law is not known.
    package let term: RetentionRule.Term?
    package let holds: [Hold]

    package init(ended: Day?, cause: Cause, term: RetentionRule.Term?, holds: [Hold]) {
        self.ended = ended
        self.cause = cause
        self.term = term
        self.holds = holds
    }

    /// The last day on which it is kept; nil while it is in use, or where no term is known.
    package var keptUntil: Day? { ended.flatMap { day in term.map { $0.keep.after(day) } } }

    /// Whether it may be destroyed on the day: the term has run out and nothing holds it back.
    package func isOver(on day: Day) -> Bool { holds.isEmpty && keptUntil.map { $0 < day } ?? false }
}

extension Dossier {
    /// What is written in a dossier that shows it in use.
    private static let work: Set<String> = ["answers.written", "version.locked", "document.added"]

    /// How long this dossier is kept (WPO art. 18a lid 13): a term after the end of the last judgement, advice or arrangement.
    ///
    /// A procedure that holds retention, such as an objection, begins no term of its own: the decision that comes of it does.
    /// - Parameter day: by the plan in force on which day, as with `openings`.
    /// - Returns: nil when the dossier is not there, or the plan leaves this to paper.
    package func retention(_ shelf: PlanShelf, on day: Day? = nil) -> Retention? {
        guard let opened, let changedAt else { return nil }
        let rules = shelf.inForce(on: max(changedAt.day, day ?? changedAt.day))
        guard let rule = rules.retention else { return nil }
        var holds: [Retention.Hold] = []
        var ends: [(day: Day, cause: Retention.Cause)] = [(opened, .opened)]
        var isInUse = false
        for procedure in procedures {
            let holdsBack = shelf[procedure.plan]?.procedure(procedure.rule)?.holds.contains(.retention) ?? false
            switch (holdsBack, procedure.ended) {
            case (true, nil): holds.append(.procedure(procedure.rule))
            case (true, _?): break
            case (false, nil): isInUse = true
            case (false, let ended?): ends.append((ended.at.day, .procedure(procedure.rule)))
            }
        }
        for decision in decisions { ends.append((lastDay(of: decision, rules), .decision(decision.number))) }
        if let last = history.last(where: { Self.work.contains($0.code) }) { ends.append((last.at.day, .work)) }
        let asked = day ?? changedAt.day
        holds += rights.filter { $0.isRunning || $0.restricts(on: asked) }.map { .right($0.right) }
        if let hold = keeping.hold { holds.append(.person(hold.by)) }
        // Of two on one day the weightier is named: the later in this list, where decisions come after procedures.
        let last = ends.reduce(ends[0]) { $1.day > $0.day || ($1.day == $0.day && $1.cause != .work) ? $1 : $0 }
        return Retention(
            ended: isInUse ? nil : last.day, cause: last.cause, term: rule.law?.term(on: last.day), holds: holds)
    }

    /// The last day of a decision; of one that began and has no end the last school year of the oldest children of the plan.
    private func lastDay(of decision: Decision, _ rules: PlanRules) -> Day {
        if let end = decision.end { return max(end, decision.issued) }
        guard decision.begin != nil, let child else { return decision.issued }
        return max(SchoolYear(containing: child.born.adding(years: rules.ages.upperBound)).last, decision.issued)
    }
}
