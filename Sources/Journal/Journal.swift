import Domain

/// The truth: every change as an event, added at the end of its stream and never altered.
package protocol Journal: Sendable {
    /// The events of a stream after a version (0 for all), in order; none if there is no such stream.
    ///
    /// Throws `erased` if the stream was forgotten.
    func read(_ stream: StreamID, after version: Int) async throws(JournalFault) -> [RecordedEvent]

    /// Does one act and returns its events once they are on disk; none if there was nothing to do.
    ///
    /// Throws `JournalConflict` if the stream stands at another version, `JournalFault`, or what `make` threw; then nothing
    /// is written and no number is used up.
    func append(_ appending: Appending) async throws -> [RecordedEvent]

    /// Does many acts in order in one transaction, all or none of them; each sees the ones before it.
    func appendAll(_ appendings: [Appending]) async throws -> [[RecordedEvent]]

    /// The streams whose key starts so, in order, after a key; for going through all of them page by page.
    func streams(prefix: String, after stream: StreamID?, limit: Int) async throws(JournalFault) -> [StreamID]

    /// The sequence of the last event, 0 if there is none.
    func head() async throws(JournalFault) -> Int64

    /// The events of all streams after a sequence, in order, without those of erased streams; for export and projections.
    func events(after sequence: Int64, limit: Int) async throws(JournalFault) -> [RecordedEvent]

    /// The rows as they are stored, sealed, after a sequence, erased ones as well; for checkpoints, export and verifying.
    func rows(after sequence: Int64, limit: Int) async throws(JournalFault) -> [SealedEvent]
}

extension Journal {
    /// All events of a stream.
    package func read(_ stream: StreamID) async throws(JournalFault) -> [RecordedEvent] { try await read(stream, after: 0) }
}
