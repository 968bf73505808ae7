import Domain

/// What going through the whole journal showed.
package struct Verification: Hashable, Sendable {
    /// The number of rows gone through, up to and including the broken one if there is one.
    package var events: Int64 = 0
    /// The number of streams seen.
    package var streams = 0
    /// The number of rows whose contents were opened and held to their commitment.
    package var opened: Int64 = 0
    /// The number of rows whose contents are blanked because their stream is erased.
    package var erased: Int64 = 0
    /// The first broken row, in order of sequence; nil if all is well.
    package var firstBreak: Break?
    /// The number of checkpoints that the rows were held to and agree with.
    package var checkpoints = 0
    /// The first checkpoint, in order of size, that says otherwise than the rows; nil if all is well.
    package var firstMismatch: Mismatch?
    /// Guards of the database itself (triggers) that are missing or were altered; none if all is well.
    package var missingGuards: [String] = []

    package init() {}

    /// True if no row is broken, no checkpoint says otherwise and no guard is missing.
    package var isWhole: Bool { firstBreak == nil && firstMismatch == nil && missingGuards.isEmpty }

    /// A checkpoint that the rows do not agree with: the journal is not the one that was signed for.
    package struct Mismatch: Hashable, Sendable {
        /// What the checkpoint says.
        package let checkpoint: Checkpoint
        /// The first row that may be another than it was: the one after the last checkpoint that agrees.
        package let firstRow: Int64
        /// Whether rows are missing at the end: there are fewer than the checkpoint says.
        package let isCutOff: Bool

        package init(checkpoint: Checkpoint, firstRow: Int64, isCutOff: Bool) {
            self.checkpoint = checkpoint
            self.firstRow = firstRow
            self.isCutOff = isCutOff
        }
    }

    /// One broken row, and what is wrong with it.
    package struct Break: Hashable, Sendable {
        /// The row's sequence: of a gap, the row after it.
        package let sequence: Int64
        package let stream: StreamID
        package let version: Int
        package let reason: Reason

        package init(sequence: Int64, stream: StreamID, version: Int, reason: Reason) {
            self.sequence = sequence
            self.stream = stream
            self.version = version
            self.reason = reason
        }
    }

    /// What can be wrong with a row, in the order in which it is looked for. The raw values are frozen.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A row before this one is missing: its sequence is not the last one's plus 1.
        case sequence
        /// A row of the stream before this one is missing or comes later: its version is not the last one's plus 1.
        case version
        /// It does not name the hash of the stream's row before it.
        case previousHash = "previous-hash"
        /// Its own columns do not give its hash: one of them was altered.
        case hash
        /// The sealed bytes are not those that its digest was taken of.
        case payloadDigest = "payload-digest"
        /// Its contents are gone though the stream is not erased.
        case payloadMissing = "payload-missing"
        /// Its contents are still there though the stream is erased.
        case payloadKept = "payload-kept"
        /// There is no key to open its contents though the stream is not erased.
        case keyMissing = "key-missing"
        /// There is still a key though the stream is erased.
        case keyKept = "key-kept"
        /// Its contents do not open with the stream's key.
        case seal
        /// Its contents are not what its commitment was made to.
        case commitment
        /// Its columns do not read as an event at all.
        case unreadable
    }
}
