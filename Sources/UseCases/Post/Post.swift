/// A message to an address outside.
package struct OutgoingMail: Sendable, Hashable {
    package let to: String
    package let subject: String
    /// Plain text.
    package let text: String

    package init(to: String, subject: String, text: String) {
        self.to = to
        self.subject = subject
        self.text = text
    }
}

/// What brings mail away. Mail says that something waits and what kind, never about whom.
package protocol Post: Sendable {
    /// Hands a message over; when this returns somebody else sees to it that it arrives.
    ///
    /// - Throws: `PostUnavailable`.
    func send(_ mail: OutgoingMail) async throws
}

/// Mail could not be handed over; it is tried again later.
package struct PostUnavailable: Error, Hashable, Sendable {
    /// In short, for the log: never an address or a text.
    package let reason: String
    package init(reason: String) { self.reason = reason }
}
