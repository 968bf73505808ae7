/// Where a dossier stands on the way to its destruction: what was said about keeping it.
package struct Keeping: Sendable, Hashable {
    /// Said by somebody, with a reason.
    package struct Said: Sendable, Hashable {
        package let by: PersonID
        package let at: Instant
        package let reason: String

        package init(by: PersonID, at: Instant, reason: String) {
            self.by = by
            self.at = at
            self.reason = reason
        }
    }

    /// A destruction that was announced, and perhaps agreed to.
    package struct Announced: Sendable, Hashable {
        package let by: PersonID
        package let at: Instant
        /// The last day on which the dossier had to be kept, as it was reckoned then.
        package let keptUntil: Day
        package var agreedBy: PersonID?
        package var agreedAt: Instant?
        /// The last day on which it can be stopped; nil before somebody agreed.
        package var stopUntil: Day?

        package init(by: PersonID, at: Instant, keptUntil: Day) {
            self.by = by
            self.at = at
            self.keptUntil = keptUntil
        }
    }

    /// Set while the privacy officer holds the dossier back.
    package var hold: Said?
    package var announced: Announced?
    /// The last time that a destruction was stopped.
    package var stopped: Said?
    /// Whether the destruction has begun: then nothing is added any more.
    package var isBegun = false

    package init() {}
}

extension Dossier {
    /// Folds in what was said about keeping it.
    mutating func apply(_ event: RetentionEvent, _ context: EventContext) {
        switch event {
        case .held(let said):
            keeping.hold = Keeping.Said(by: context.actor, at: context.at, reason: said.reason)
            keeping.announced = nil
        case .released: keeping.hold = nil
        case .begun: keeping.isBegun = true
        case .announced(let announced):
            keeping.announced = Keeping.Announced(by: context.actor, at: context.at, keptUntil: announced.keptUntil)
            keeping.stopped = nil
        case .agreed(let agreed):
            keeping.announced?.agreedBy = context.actor
            keeping.announced?.agreedAt = context.at
            keeping.announced?.stopUntil = agreed.stopUntil
        case .stopped(let said):
            keeping.announced = nil
            keeping.stopped = Keeping.Said(by: context.actor, at: context.at, reason: said.reason)
        }
    }
}

extension DossierEvent {
    /// Whether somebody goes on working with the child: what was announced lapses then.
    var isUse: Bool {
        switch self {
        case .procedureStarted, .stepTaken, .answersWritten, .documentAdded, .versionLocked, .decisionIssued, .moved, .askedIn,
            .askedInHandedOver:
            true
        default: false
        }
    }
}
