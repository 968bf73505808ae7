import Domain
import Journal

/// What was decided and done in dossiers under one plan, what runs there and what can be done next, by the rules of another.
///
/// Nothing is changed and nothing is decided again: the answers that were given stay the answers, and whoever acted did.
package struct PlanReplay: Sendable, Hashable {
    /// What a decision comes to.
    package enum Outcome: Sendable, Hashable {
        /// This last day; nil for a decision without one.
        case end(Day?)
        /// The rules would have said no to these answers.
        case refused(Refusal.Code)
        /// The other plan has no such decision.
        case absent
    }

    /// A decision that would have come out otherwise.
    package struct DecisionTurn: Sendable, Hashable {
        package let dossier: DossierID
        package let number: String
        package let was: Outcome
        package let would: Outcome
        /// Whether the decision as it was taken still holds on the day of the replay.
        package let holds: Bool
    }

    /// A term of a running procedure that would have ended on another day.
    package struct TermTurn: Sendable, Hashable {
        package let dossier: DossierID
        /// Key of the route and of its clock.
        package let procedure: String
        package let clock: String
        /// The last day; nil while it stands still, has not begun, or is not in that plan.
        package let was: Day?
        package let would: Day?
    }

    /// Dossiers with a procedure under the first plan.
    package var dossiers = 0
    /// Decisions taken under the first plan, and those of them that would have come out otherwise, oldest dossier first.
    package var decisions = 0
    package var turnedDecisions: [DecisionTurn] = []
    /// Terms of procedures that run under the first plan, and those of them that would have ended otherwise.
    package var terms = 0
    package var turnedTerms: [TermTurn] = []
    /// Starts and steps done under the first plan and choices open under it now, and those that would have been otherwise.
    package var acts = 0
    package var turnedActs: [ActTurn] = []

    package init() {}

    /// Dossiers in which anything would have come out otherwise, oldest first.
    package var turnedDossiers: [DossierID] {
        var seen: Set<DossierID> = []
        return (turnedDecisions.map(\.dossier) + turnedTerms.map(\.dossier) + turnedActs.map(\.dossier))
            .filter { seen.insert($0).inserted }
    }
}

extension Installation {
    /// How many streams are asked for at once.
    private static let page = 500

    /// Goes through every dossier and tries what was decided, and what runs, under one plan by the rules of another.
    ///
    /// It reads contents without showing them: whoever lists a dossier from the result looks at it first (`see`).
    package func replay(from before: PlanRules, by after: PlanRules) async throws -> PlanReplay {
        var replay = PlanReplay()
        var last: StreamID?
        let trial = PlanReplay.Trial(
            before: before, after: after, today: today, actor: { try await actor($0, on: $1) },
            knowingSchool: { try await knowingSchool($0) })
        while true {
            let streams = try await journal.streams(
                prefix: Projection.stream(DossierID("")).rawValue, after: last, limit: Self.page)
            guard let end = streams.last else { return replay }
            last = end
            for stream in streams {
                guard let id = Projection.dossier(of: stream) else { continue }
                do {
                    let events = try await journal.read(stream)
                    guard let opening = events.first else { continue }
                    var opened = Dossier(id: id)
                    try opened.fold(opening)
                    try await replay.tell(opened, events.dropFirst(), trial)
                } catch JournalFault.erased {
                    // Forgotten: there is nothing left to try.
                }
            }
        }
    }
}

extension PlanReplay {
    fileprivate mutating func tell(
        _ opened: Dossier, _ events: some Sequence<RecordedEvent>, _ trial: Trial
    ) async throws {
        var dossier = try await trial.knowingSchool(opened)
        var isConcerned = false
        // How many steps were done in each procedure.
        var done: [InstanceID: Int] = [:]
        for event in events {
            let (taken, school) = (dossier.decisions.count, dossier.school)
            try dossier.fold(event)
            if dossier.school != school { dossier = try await trial.knowingSchool(dossier) }
            // The dossier as it was on that moment: group and answers may have changed since.
            for procedure in dossier.procedures where done[procedure.id] != procedure.done.count {
                let isNew = done.updateValue(procedure.done.count, forKey: procedure.id) == nil
                guard procedure.plan == trial.before.key else { continue }
                isConcerned = true
                if isNew { try await compareStart(of: procedure, in: dossier, trial) }
                if let last = procedure.done.last { try await compareStep(last, of: procedure, in: dossier, trial) }
            }
            guard dossier.decisions.count > taken, let decision = dossier.decisions.last,
                let procedure = dossier.procedure(decision.instance), procedure.plan == trial.before.key
            else { continue }
            decisions += 1
            let would = Self.outcome(of: decision, procedure, dossier, trial.after)
            guard would != .end(decision.end) else { continue }
            turnedDecisions.append(
                DecisionTurn(
                    dossier: dossier.id, number: decision.number, was: .end(decision.end), would: would,
                    holds: decision.end.map { $0 >= trial.today } ?? true))
        }
        for procedure in dossier.procedures where procedure.isRunning && procedure.plan == trial.before.key {
            compareTerms(of: procedure, in: dossier.id, trial.before, trial.after)
            try await compareOpen(of: procedure, in: dossier, trial)
        }
        settle(dossier)
        if isConcerned { dossiers += 1 }
    }

    /// Says of each act whether its procedure runs now, which was not known yet when it was done.
    private mutating func settle(_ dossier: Dossier) {
        for index in turnedActs.indices.reversed() {
            guard turnedActs[index].dossier == dossier.id else { return }
            turnedActs[index].runs = dossier.procedure(turnedActs[index].instance)?.isRunning ?? false
        }
    }

    private static func outcome(
        of decision: Decision, _ procedure: Procedure, _ dossier: Dossier, _ rules: PlanRules
    ) -> Outcome {
        guard let rule = rules.procedure(procedure.rule)?.outcome(decision.outcome)?.decision else { return .absent }
        guard let validity = rule.validity else { return .end(nil) }
        do throws(Refused) {
            let facts = dossier.facts(rules, on: decision.issued, in: procedure)
            let found = try dossier.validity(validity, rules, facts, on: decision.issued)
            return .end(try validity.settle(found, answers: facts.answers).end)
        } catch {
            return .refused(error.reasons.first?.code ?? .required)
        }
    }

    private mutating func compareTerms(of procedure: Procedure, in dossier: DossierID, _ before: PlanRules, _ after: PlanRules) {
        let due = { (rules: PlanRules) -> [String: Day?] in
            guard let route = rules.procedure(procedure.rule) else { return [:] }
            return Dictionary(
                procedure.clocks(route, rules.holidays).map { ($0.rule.id, $0.due) }, uniquingKeysWith: { first, _ in first })
        }
        let (own, other) = (due(before), due(after))
        terms += own.count
        for clock in Set(own.keys).union(other.keys).sorted() {
            let (was, would) = (own[clock] ?? nil, other[clock] ?? nil)
            guard was != would else { continue }
            turnedTerms.append(
                TermTurn(dossier: dossier, procedure: procedure.rule, clock: clock, was: was, would: would))
        }
    }
}
