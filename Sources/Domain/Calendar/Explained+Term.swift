extension Explained {
    /// The steps by which a due day is found; the texts of pages and letters are looked up by these codes.
    package enum TermCode: String, CaseIterable, Sendable {
        /// The term starts the day after the event. Values: `event`, `first` (its first day).
        case starts = "term.starts"
        /// By the calendar it would end here. Values: `period`, `day`.
        case wouldEnd = "term.wouldEnd"
        /// It was extended and would now end here. Values: `period`, `from` (the end before), `day`.
        case extended = "term.extended"
        /// It stood still and moves as far (Awb 4:15). Values: `first`, `last`, `days`, `day` (the calendar end now).
        case paused = "term.paused"
        /// It stood still for as long as was given to answer, and nothing came (Awb 4:15). Values: as of `paused`.
        case pausedUnused = "term.pausedUnused"
        /// It stands still, so there is no due day yet (Awb 4:15). Values: `first`, `daysLeft`.
        case standsStill = "term.standsStill"
        /// A pause has no effect: the term had ended or not begun. Values: `first`, `end`.
        case pauseOutside = "term.pauseOutside"
        /// A last day in a weekend is moved (Algemene termijnenwet art. 1 lid 1). Values: `from`, `to`.
        case movedFromWeekend = "term.movedFromWeekend"
        /// A last day on a feestdag is moved (Algemene termijnenwet art. 1 lid 1 and 3). Values: `from`, `to`.
        case movedFromHoliday = "term.movedFromHoliday"
        /// A short term grows to hold enough working days (Algemene termijnenwet art. 2). Values: `from`, `to`, `workingDays`.
        case stretched = "term.stretched"
        /// The last day is no working day but stays: the term is too long for the law (art. 4). Values: `day`, `period`.
        case tooLongToMove = "term.tooLongToMove"
        /// The outcome. Values: `day`.
        case due = "term.due"
    }

    /// A step of a term; days, periods and numbers are written as the journal writes them.
    static func term(_ code: TermCode, _ values: [String: any CustomStringConvertible]) -> Explained {
        Explained(code.rawValue, values.mapValues(\.description))
    }
}
