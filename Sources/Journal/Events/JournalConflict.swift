import Domain

/// Somebody else wrote to the stream first: it no longer stands at the version that the act was decided on.
///
/// Not a fault: the caller reads the news, decides again and tries again.
package struct JournalConflict: Error, Hashable, Sendable {
    /// The stream that moved.
    package let stream: StreamID
    /// The version that the act was decided on.
    package let expectedVersion: Int
    /// The version that the stream stands at, 0 if it has no events.
    package let actualVersion: Int
    /// The stable name of the conflict.
    package var code: String { "journal.conflict" }

    package init(stream: StreamID, expectedVersion: Int, actualVersion: Int) {
        self.stream = stream
        self.expectedVersion = expectedVersion
        self.actualVersion = actualVersion
    }
}
