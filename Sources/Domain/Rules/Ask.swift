/// A field as asked at one place.
package struct Ask: Hashable, Sendable {
    package let field: String
    package let required: Bool
    /// Ask again although an answer is known: what is asked is about this moment, such as the minutes of a meeting.
    package let anew: Bool
    package let when: Condition

    package init(field: String, required: Bool = true, anew: Bool = false, when: Condition = .always) {
        self.field = field
        self.required = required
        self.anew = anew
        self.when = when
    }
}
