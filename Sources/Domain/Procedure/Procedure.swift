/// One run of a route: which steps are open, what was done, and how it ended.
package struct Procedure: Sendable, Hashable {
    package let id: InstanceID
    /// Key of the route in the plan.
    package let rule: String
    /// The plan version it follows: the one it started under, until somebody moves it.
    package var plan: PlanKey
    package let startedBy: PersonID
    package let startedAt: Instant
    package var answers: Answers
    /// Open steps with the moment they opened.
    package var open: [OpenStep]
    package var done: [DoneStep] = []
    package var meetings: [Meeting] = []
    /// People chosen for a step in whose place another was chosen, oldest first.
    package var replaced: [Replacement] = []
    /// The times that it was moved to another version of the plan, oldest first.
    package var moves: [PlanMove] = []
    /// Day on which everything asked was there; nil as long as it is not.
    package var complete: Day?
    package var ended: Ending?

    package init(
        id: InstanceID, rule: String, plan: PlanKey, startedBy: PersonID, startedAt: Instant, answers: Answers, open: [OpenStep]
    ) {
        self.id = id
        self.rule = rule
        self.plan = plan
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.answers = answers
        self.open = open
    }

    /// The day it was received: the day it was started by whoever asks.
    package var received: Day { startedAt.day }

    package var isRunning: Bool { ended == nil }

    /// The last time a step was done.
    package func lastDone(_ step: String) -> DoneStep? { done.last { $0.step == step } }

    /// The day of a step's meeting that is still to come; nil on the day itself and when none is planned.
    package func meetingAhead(of step: StepRule, on day: Day) -> Day? {
        guard step.meeting != nil, let planned = meetings.last(where: { $0.step == step.id })?.day, planned > day else {
            return nil
        }
        return planned
    }

    /// Everyone who acted in it, the starter first.
    package var actors: [PersonID] {
        var seen: Set<PersonID> = []
        return ([startedBy] + done.map(\.by)).filter { seen.insert($0).inserted }
    }

    /// The version of the plan that it followed at a moment: what was done then is read by those rules.
    package func plan(at moment: Instant) -> PlanKey { moves.first { moment < $0.at }?.from ?? plan }

    /// The version of the plan that it started under.
    package var startedUnder: PlanKey { moves.first?.from ?? plan }

    /// A move to another version of the plan: from where, by whom and why.
    package struct PlanMove: Sendable, Hashable {
        package let from: PlanKey
        package let to: PlanKey
        package let reason: String
        package let by: PersonID
        package let at: Instant
        package init(from: PlanKey, to: PlanKey, reason: String, by: PersonID, at: Instant) {
            self.from = from
            self.to = to
            self.reason = reason
            self.by = by
            self.at = at
        }
    }

    /// Somebody chosen for a step in whose place another was chosen.
    package struct Replacement: Sendable, Hashable {
        /// Field in which the person is chosen.
        package let field: String
        package let from: PersonID
        package let to: PersonID
        package let reason: String
        package let by: PersonID
        package let at: Instant
        package init(field: String, from: PersonID, to: PersonID, reason: String, by: PersonID, at: Instant) {
            self.field = field
            self.from = from
            self.to = to
            self.reason = reason
            self.by = by
            self.at = at
        }
    }

    /// A step that waits for somebody.
    package struct OpenStep: Sendable, Hashable, Codable {
        package let step: String
        package let since: Instant
        package init(step: String, since: Instant) {
            self.step = step
            self.since = since
        }
    }

    /// A step that was taken.
    package struct DoneStep: Sendable, Hashable {
        package let step: String
        package let choice: String
        package let answers: Answers
        package let by: PersonID
        /// In whose place, when the one chosen was away.
        package let inPlaceOf: PersonID?
        package let at: Instant
        /// When the step had opened: with `at` the time it stood open, which pauses are counted from.
        package let since: Instant
        /// The discipline in which it was taken.
        package let discipline: String?
        package init(
            step: String, choice: String, answers: Answers, by: PersonID, at: Instant, since: Instant,
            discipline: String? = nil, inPlaceOf: PersonID? = nil
        ) {
            self.inPlaceOf = inPlaceOf
            self.step = step
            self.choice = choice
            self.answers = answers
            self.by = by
            self.at = at
            self.since = since
            self.discipline = discipline
        }
    }

    /// How it ended.
    package struct Ending: Sendable, Hashable {
        package let outcome: String
        package let at: Instant
        package let by: PersonID
        /// Steps that were still open and closed with it: until then a clock may have stood still in one.
        package let closed: [OpenStep]
        package init(outcome: String, at: Instant, by: PersonID, closed: [OpenStep] = []) {
            self.outcome = outcome
            self.at = at
            self.by = by
            self.closed = closed
        }
    }
}

/// A planned meeting of a step.
package struct Meeting: Sendable, Hashable, Codable {
    package let step: String
    /// `YYYY-MM-DDTHH:MM` on the wall clock.
    package let moment: String
    package let place: String
    /// Functions invited beside the required ones.
    package let also: [String]
    /// Why it is nearer than the plan asks; nil when it is not.
    package let reason: String?

    package init(step: String, moment: String, place: String, also: [String], reason: String?) {
        self.step = step
        self.moment = moment
        self.place = place
        self.also = also
        self.reason = reason
    }

    /// The day of the meeting.
    package var day: Day? { LocalMoment(moment)?.day }
}

/// Keys of the questions that every plan has for a meeting; their texts are in the catalogue.
package enum MeetingField {
    package static let moment = "meeting-moment"
    package static let place = "meeting-place"
    package static let also = "meeting-also"
    package static let reason = "meeting-reason"

    package static let all: Set<String> = [moment, place, also, reason]
}

/// A numbered decision as it was taken, with what it rests on.
package struct Decision: Sendable, Hashable, Codable {
    /// An advice that the decision rests on.
    package struct Advice: Sendable, Hashable, Codable {
        package let step: String
        package let by: PersonID
        package let discipline: String?
        package let on: Day
        package init(step: String, by: PersonID, discipline: String?, on: Day) {
            self.step = step
            self.by = by
            self.discipline = discipline
            self.on = on
        }
    }

    package let instance: InstanceID
    package let outcome: String
    /// The number as printed, unique in the partnership.
    package let number: String
    package let counter: String
    /// Place in its counter, 1, 2, 3… without gaps.
    package let ordinal: Int64
    package let begin: Day?
    package let end: Day?
    /// Whether the end departs from the plan's table.
    package let deviates: Bool
    package let issued: Day
    package let by: PersonID
    package let advices: [Advice]
    /// Fields copied to whoever carries it out.
    package let copies: Answers
    package let reasons: String
    /// Last day for an objection.
    package let objectionUntil: Day?
    /// Last day for an appeal to the court; nil when there is none, and in decisions of before it was written down.
    package let appealUntil: Day?
    package let explanation: [Explained]

    package init(
        instance: InstanceID, outcome: String, number: String, counter: String, ordinal: Int64, begin: Day?, end: Day?,
        deviates: Bool, issued: Day, by: PersonID, advices: [Advice], copies: Answers, reasons: String, objectionUntil: Day?,
        appealUntil: Day? = nil, explanation: [Explained]
    ) {
        self.instance = instance
        self.outcome = outcome
        self.number = number
        self.counter = counter
        self.ordinal = ordinal
        self.begin = begin
        self.end = end
        self.deviates = deviates
        self.issued = issued
        self.by = by
        self.advices = advices
        self.copies = copies
        self.reasons = reasons
        self.objectionUntil = objectionUntil
        self.appealUntil = appealUntil
        self.explanation = explanation
    }
}
