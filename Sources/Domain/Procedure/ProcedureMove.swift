/// What moving a running procedure to another version of the plan would change, and what forbids it.
///
/// A procedure stays on the version it started under, so that nobody's rights change while they wait (rechtszekerheid). To
/// move it is an act of somebody, with a reason, after seeing this.
package struct ProcedureMove: Sendable, Hashable {
    /// An open step as it is and as it would be.
    package struct Step: Sendable, Hashable {
        package let before: StepRule
        /// Nil when the other version has no such step.
        package let after: StepRule?
        package let dueBefore: Day?
        package let dueAfter: Day?
        /// Fields that it would ask, and would ask no more.
        package let asked: [String]
        package let dropped: [String]

        /// Whether anything is otherwise.
        package var changes: Bool {
            guard let after else { return true }
            return before.by.functions != after.by.functions || dueBefore != dueAfter || !asked.isEmpty || !dropped.isEmpty
                || before.title != after.title || before.choices.map(\.id) != after.choices.map(\.id)
        }
    }

    /// A clock as it stands and as it would stand.
    package struct Clock: Sendable, Hashable {
        package let id: String
        /// Nil when there is no such clock there.
        package let before: ClockState?
        package let after: ClockState?

        package var changes: Bool {
            before?.due != after?.due || (before == nil) != (after == nil)
                || before?.rule.extended?.with != after?.rule.extended?.with
        }
    }

    /// Something needed at a choice that is still to come.
    package struct NeedAhead: Sendable, Hashable {
        package let step: String
        package let choice: String
        package let need: Need
    }

    /// A choice that can still come and can be made in other cases there, or not at all.
    package struct ChoiceAhead: Sendable, Hashable {
        package let step: StepRule
        package let choice: ChoiceRule
        /// Whether there is none of that name there at all.
        package let isGone: Bool
    }

    /// A term to object to a decision or to go to court against it, when it is another one there.
    package struct Remedy: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            case objection, appeal
        }
        package let kind: Kind
        package let outcome: String
        /// Nil when there is none.
        package let before: Term?
        package let after: Term?
    }

    /// The end that a decision would get.
    package enum End: Sendable, Hashable {
        /// Somebody chooses it, at most this day.
        case atMost(Day)
        case day(Day)

        package var day: Day {
            switch self {
            case .atMost(let day), .day(let day): day
            }
        }
    }

    /// The end that a decision taken now would get under either version, in one case.
    package struct DecisionEnd: Sendable, Hashable {
        package let outcome: String
        /// Answers that are not known yet and that this case supposes, by field.
        package let supposing: Answers
        package let before: End
        /// Nil when the other version's table has no row for it.
        package let after: End?
    }

    package let instance: InstanceID
    package let from: PlanKey
    package let to: PlanKey
    /// The version of the dossier that this was worked out for.
    package let basedOn: Int
    package let steps: [Step]
    package let clocks: [Clock]
    /// What would be needed ahead and is not now, and the other way round.
    package let needed: [NeedAhead]
    package let dropped: [NeedAhead]
    /// Steps that would come and do not now, and the other way round.
    package let newSteps: [StepRule]
    package let goneSteps: [StepRule]
    /// Outcomes that could come out and cannot now, and the other way round.
    package let newOutcomes: [OutcomeRule]
    package let goneOutcomes: [OutcomeRule]
    /// Choices that could be made in fewer cases, and choices that could be made in more.
    package let narrower: [ChoiceAhead]
    package let wider: [ChoiceAhead]
    package let remedies: [Remedy]
    package let ends: [DecisionEnd]
    /// Whether the other version has no such route for this child today, if it were started now.
    package let isClosedToChild: Bool
    /// Fields answered in this procedure that the other version does not know, or of which it does not know the answer.
    package let lostAnswers: [String]
    /// Why it cannot be moved; empty when it can.
    package let refusals: [Refusal]

    /// Whether nothing would be otherwise for anybody.
    package var changesNothing: Bool {
        steps.allSatisfy { !$0.changes } && clocks.allSatisfy { !$0.changes } && needed.isEmpty && dropped.isEmpty
            && newSteps.isEmpty && goneSteps.isEmpty && newOutcomes.isEmpty && goneOutcomes.isEmpty && lostAnswers.isEmpty
            && narrower.isEmpty && wider.isEmpty && remedies.isEmpty && !isClosedToChild
            && ends.allSatisfy { $0.before == $0.after }
    }
}

extension Dossier {
    /// The versions that a procedure can be moved to: the one in force, and back to the one it started under.
    ///
    /// A version that is not in force yet gives nobody a right, and one that was never its own has nothing to do with it.
    package func versions(toMove procedure: Procedure, _ shelf: PlanShelf, on day: Day) -> [PlanRules] {
        guard procedure.isRunning else { return [] }
        let now = shelf.inForce(on: day)
        let own = shelf[procedure.startedUnder].map { [$0] } ?? []
        return ([now] + own.filter { $0.key != now.key }).filter { $0.key != procedure.plan }
    }

    /// What moving a procedure to another version would change for this child today.
    ///
    /// - Returns: nil when the version that it follows does not know it.
    package func consequences(
        ofMoving procedure: Procedure, to rules: PlanRules, _ shelf: PlanShelf, on day: Day
    ) -> ProcedureMove? {
        guard let own = shelf[procedure.plan], let before = own.procedure(procedure.rule) else { return nil }
        let held = MovedCase(dossier: self, procedure: procedure, own: own, other: rules, before: before, day: day)
        var refusals: [Refusal] = []
        if !procedure.isRunning { refusals.append(Refusal(.notRunning)) }
        if !versions(toMove: procedure, shelf, on: day).contains(where: { $0.key == rules.key }) {
            refusals.append(Refusal(.planNotInForce, values: ["plan": rules.key.rawValue]))
        }
        if decisions.contains(where: { $0.instance == procedure.id }) { refusals.append(Refusal(.moveDecided)) }
        return held.move(refusals)
    }

    /// Moves a procedure to another version of the plan.
    ///
    /// Whoever confirms must have seen the consequences as they are: when the procedure went on since, it is refused and shown
    /// anew. Confirming twice does nothing more.
    func decide(_ move: DossierCommand.Move, _ sight: Sight, _ setting: Setting) throws(Refused) -> [DossierEvent] {
        guard let procedure = procedure(move.instance), sight.sees(.procedures) else { throw Refused(.unknownProcedure) }
        guard sight.may(.moveProcedure) else { throw Refused(.notAllowed) }
        guard procedure.plan != move.to else { return [] }
        guard let rules = setting.shelf[move.to] else { throw Refused(.planNotInForce, values: ["plan": move.to.rawValue]) }
        guard let found = consequences(ofMoving: procedure, to: rules, setting.shelf, on: setting.today) else {
            throw Refused(.unknownProcedure)
        }
        var reasons = found.refusals
        if move.reason.allSatisfy(\.isWhitespace) { reasons.append(Refusal(.required, field: MoveField.reason)) }
        if Field.isLonger(move.reason, than: Field.longestParagraph) {
            reasons.append(Refusal(.tooLong, field: MoveField.reason, values: ["most": String(Field.longestParagraph)]))
        }
        let wentOn = history.contains {
            $0.version > move.basedOn && $0.values["instance"] == procedure.id.rawValue
        }
        if wentOn || move.basedOn > version { reasons.append(Refusal(.procedureChangedMeanwhile)) }
        guard reasons.isEmpty else { throw Refused(reasons) }
        return [
            .procedureMoved(.init(instance: procedure.id, from: procedure.plan, to: rules.key, reason: move.reason))
        ]
    }
}

/// Keys of the questions that every plan has when a procedure is moved to another version.
package enum MoveField {
    package static let reason = "move-reason"
    package static let version = "move-to"
}
