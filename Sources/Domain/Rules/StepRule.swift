/// One step: who does what, and which choices end it.
package struct StepRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    package let explanation: Localized?
    package let by: ActorRule
    package let asks: [Ask]
    package let choices: [ChoiceRule]
    /// How long the actor has from the opening of the step; a promise, not a legal term.
    package let due: Term?
    /// Present when the step is a meeting that was planned.
    package let meeting: MeetingRule?
    /// Steps that must all be done before this one opens.
    package let waitsFor: [String]
    /// What the writer of the plan wants readers to know of it, such as what was chosen where the document is silent.
    package let note: Localized?
    package let source: String?

    package init(
        id: String, title: Localized, explanation: Localized? = nil, by: ActorRule, asks: [Ask] = [], choices: [ChoiceRule],
        due: Term? = nil, meeting: MeetingRule? = nil, waitsFor: [String] = [], note: Localized? = nil,
        source: String? = nil
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.by = by
        self.asks = asks
        self.choices = choices
        self.due = due
        self.meeting = meeting
        self.waitsFor = waitsFor
        self.note = note
        self.source = source
    }

    /// The choice with this key.
    package func choice(_ id: String) -> ChoiceRule? { choices.first { $0.id == id } }
}
