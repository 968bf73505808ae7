/// A numbered decision with a letter.
package struct DecisionRule: Hashable, Sendable {
    /// Template of the number: `{swv}`, `{school-year}`, `{seq:4}` and `{field}` of any answer.
    package let number: String
    /// Name of the gap-free counter, a template too; one counter a name.
    package let counter: String
    package let validity: ValidityRule?
    /// Key of the letter.
    package let letter: String
    /// Field with the reasons of the decision.
    package let reasonsField: String
    /// Steps whose reports the decision rests on, in order.
    package let advices: [String]
    /// Fields copied to whoever carries the decision out, in order.
    package let copies: [String]
    /// Term of objection, from the day after it is made known.
    package let objection: Term?
    /// Term of appeal to the court, from the day after it is made known; for a decision on an objection (Awb 6:7).
    package let appeal: Term?
    package let source: String

    package init(
        number: String, counter: String, validity: ValidityRule?, letter: String, reasonsField: String, advices: [String],
        copies: [String], objection: Term?, appeal: Term? = nil, source: String
    ) {
        self.number = number
        self.counter = counter
        self.validity = validity
        self.letter = letter
        self.reasonsField = reasonsField
        self.advices = advices
        self.copies = copies
        self.objection = objection
        self.appeal = appeal
        self.source = source
    }
}
