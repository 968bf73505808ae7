/// One way to end a step.
package struct ChoiceRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    package let explanation: Localized?
    /// In which case it can be chosen at all.
    package let when: Condition
    /// Whether it can be made only once in a procedure, such as a delay of which the law allows one.
    package let once: Bool
    package let asks: [Ask]
    package let needs: [Need]
    package let then: Next
    /// Whether the request is complete from this day on.
    package let marksComplete: Bool
    /// The step that this choice plans a meeting for.
    package let plans: String?

    /// Where the procedure goes.
    package enum Next: Hashable, Sendable {
        case open([String])
        case end(outcome: String)
    }

    package init(
        id: String, title: Localized, explanation: Localized? = nil, when: Condition = .always, once: Bool = false,
        asks: [Ask] = [], needs: [Need] = [], then: Next, marksComplete: Bool = false, plans: String? = nil
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.when = when
        self.once = once
        self.asks = asks
        self.needs = needs
        self.then = then
        self.marksComplete = marksComplete
        self.plans = plans
    }
}
