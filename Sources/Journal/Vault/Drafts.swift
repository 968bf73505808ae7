import Domain
import Foundation

/// What somebody typed in a form and did not send yet: nobody else's business, and gone when it is sent.
package protocol Drafts: Sendable {
    /// Keeps what was typed, in place of what was kept before, sealed with the key of the stream that it is about.
    ///
    /// - Parameter form: names the form and what it is about, unique for the person.
    /// - Throws: `VaultFault.tooLarge` beyond 1 MB, `JournalFault.erased` if the stream was forgotten.
    func save(_ bytes: Data, person: PersonID, form: String, stream: StreamID, at: Instant) async throws

    /// What was kept; nil if there is nothing, or its stream was forgotten.
    func draft(person: PersonID, form: String) async throws -> Draft?

    /// The forms that a person began and did not send, last typed first, without their contents.
    func begun(by person: PersonID) async throws -> [BegunDraft]

    /// Forgets it, because it was sent or thrown away.
    func discard(person: PersonID, form: String) async throws

    /// Forgets what was not touched since a moment; returns how many.
    func purge(before: Instant) async throws -> Int
}

/// What was typed, and when.
package struct Draft: Hashable, Sendable {
    package let bytes: Data
    package let stream: StreamID
    package let updated: Instant

    package init(bytes: Data, stream: StreamID, updated: Instant) {
        self.bytes = bytes
        self.stream = stream
        self.updated = updated
    }
}

/// That something was typed, and where.
package struct BegunDraft: Hashable, Sendable {
    package let form: String
    package let stream: StreamID
    package let updated: Instant

    package init(form: String, stream: StreamID, updated: Instant) {
        self.form = form
        self.stream = stream
        self.updated = updated
    }
}

extension Draft {
    /// The most bytes of one draft.
    package static let largest = 1_000_000
}
