/// A planned meeting: who comes, why, and how far ahead it is announced.
package struct MeetingRule: Hashable, Sendable {
    /// Function that leads it.
    package let chair: String
    /// Functions that are there in any case.
    package let required: [String]
    /// Functions that can be invited too.
    package let optional: [String]
    /// How long before the meeting it must be registered.
    package let ahead: Period?
    package let aheadSource: String?
    /// Questions that those invited may think about beforehand.
    package let questions: [Localized]
    /// What parents may bring or whom.
    package let bring: Localized?

    package init(
        chair: String, required: [String], optional: [String] = [], ahead: Period? = nil, aheadSource: String? = nil,
        questions: [Localized] = [], bring: Localized? = nil
    ) {
        self.chair = chair
        self.required = required
        self.optional = optional
        self.ahead = ahead
        self.aheadSource = aheadSource
        self.questions = questions
        self.bring = bring
    }
}
