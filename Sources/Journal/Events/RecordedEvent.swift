import Domain
import Foundation

/// One event as it stands in the journal, its contents opened.
package struct RecordedEvent: Hashable, Sendable {
    /// Its place among all events, 1… without gaps.
    package let sequence: Int64
    /// The stream that it belongs to.
    package let stream: StreamID
    /// Its place in the stream, 1… without gaps.
    package let version: Int
    /// The frozen type name, `procedure.started.v1`.
    package let type: String
    /// When it was recorded.
    package let at: Instant
    /// Who did it.
    package let actor: PersonID
    /// For whom, if the actor stood in for somebody.
    package let onBehalfOf: PersonID?
    /// The contents as JSON.
    package let payload: Data

    package init(
        sequence: Int64, stream: StreamID, version: Int, type: String, at: Instant, actor: PersonID, onBehalfOf: PersonID?,
        payload: Data
    ) {
        self.sequence = sequence
        self.stream = stream
        self.version = version
        self.type = type
        self.at = at
        self.actor = actor
        self.onBehalfOf = onBehalfOf
        self.payload = payload
    }
}
