/// A term that somebody can hold the partnership to.
package struct ClockRule: Hashable, Sendable {
    /// From when it runs.
    package enum From: Hashable, Sendable {
        case received, complete
        /// The day answered to a field of this procedure, such as the day on which a letter came in.
        case answer(String)
        /// The day on which a step was done for the first time, such as sending a request.
        case step(String)
    }

    /// One extension that somebody gives by a step, with notice to whoever waits (Awb 4:14, 7:10 lid 3; WPO 40.6).
    package struct Extension: Hashable, Sendable {
        /// A step, or one choice of it as `step.choice`; the first of these that is done in time extends it, and only once.
        package let by: [String]
        /// Counted from the end of the first period, as that was moved.
        package let with: Term
        package let source: String
        package init(by: [String], with: Term, source: String) {
            self.by = by
            self.with = with
            self.source = source
        }

        /// Whether this is what was done.
        package func isGiven(by done: Procedure.DoneStep) -> Bool {
            by.contains(done.step) || by.contains("\(done.step).\(done.choice)")
        }
    }

    package let id: String
    package let title: Localized
    /// In which case it runs, by what this procedure was told.
    package let when: Condition
    package let within: Term
    package let from: From
    /// While one of these steps is open, the clock stands still.
    package let pausedIn: [String]
    /// The first of these steps that is done meets it; without any, only the end of the procedure does.
    package let metBy: [String]
    /// Nil when it cannot be extended.
    package let extended: Extension?
    /// Warn this long before the end.
    package let warn: [Period]
    /// Whose rule it is: a promise of the plan or a term of law.
    package let ground: Localized
    /// What the writer of the plan wants readers to know of it.
    package let note: Localized?
    package let source: String

    package init(
        id: String, title: Localized, when: Condition = .always, within: Term, from: From, pausedIn: [String] = [],
        metBy: [String] = [], extended: Extension? = nil, warn: [Period] = [], ground: Localized, note: Localized? = nil,
        source: String
    ) {
        self.id = id
        self.title = title
        self.when = when
        self.extended = extended
        self.within = within
        self.from = from
        self.pausedIn = pausedIn
        self.metBy = metBy
        self.warn = warn
        self.ground = ground
        self.note = note
        self.source = source
    }
}
