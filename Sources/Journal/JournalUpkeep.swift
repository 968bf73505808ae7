import Domain

/// What is done to a journal as a whole: proving, rebuilding, comparing, forgetting.
package protocol JournalUpkeep: Sendable {
    /// Goes through every row and reports the first that is broken.
    ///
    /// - Parameters:
    ///   - contents: opens the sealed contents as well and needs the keys; without it everything but the commitments is
    ///     checked from the rows alone.
    ///   - checkpoints: what the rows must agree with, their signatures checked before: those that the journal keeps, and
    ///     those that somebody else kept.
    func verify(contents: Bool, against checkpoints: [Checkpoint]) async throws(JournalFault) -> Verification

    /// Empties the registers and fills them again from the journal, in one transaction.
    ///
    /// `project` gives all rows that one stream stands for; of two with one key the last counts, and two streams never
    /// claim the same row (`registerClash`). Erased streams give none. Counters are raised to the highest
    /// number that a decision carries, never lowered: a number of an erased decision is not given out again. What
    /// `project` throws is rethrown and leaves the registers as they were.
    func rebuild(project: @escaping @Sendable (StreamID, [RecordedEvent]) throws -> [any RegisterRow]) async throws

    /// The number of rows and a digest of each register, to compare live with rebuilt.
    func registerDigests() async throws(JournalFault) -> [RegisterDigest]

    /// All rows of one register as stored values, in order of key; to name the first row that differs.
    func registerDump(_ table: RegisterTable) async throws(JournalFault) -> [[RegisterValue]]

    /// The last number drawn from each counter.
    func counters() async throws(JournalFault) -> [String: Int64]

    /// Forgets streams for good: destroys their keys, blanks their contents and deletes these register rows.
    ///
    /// What remains is who did what kind of thing when, and the chain. Doing it again does no harm: a restored backup gets
    /// its erasures applied once more. Streams without events are noted too, so that none is ever begun under that name.
    ///
    /// - Parameter noting: an act in the same transaction, such as the statement that stays; left out when its stream has
    ///   events already, because this was done before.
    func erase(
        _ streams: [StreamID], at: Instant, registers: RegisterChange, noting: Appending?
    ) async throws(JournalFault)

    /// Sees to it that nothing that was deleted can be read any more in the files of the store: neither in its pages nor in
    /// what it wrote ahead.
    func settle() async throws(JournalFault)

    /// All erasures, in order of stream; kept outside the backups too.
    func erasures() async throws(JournalFault) -> [Erasure]
}

extension JournalUpkeep {
    /// Forgets streams, and notes nothing.
    package func erase(_ streams: [StreamID], at: Instant, registers: RegisterChange) async throws(JournalFault) {
        try await erase(streams, at: at, registers: registers, noting: nil)
    }

    /// Goes through every row, held to nothing but its own chain.
    package func verify(contents: Bool) async throws(JournalFault) -> Verification {
        try await verify(contents: contents, against: [])
    }
}

/// That a stream was forgotten, and when.
package struct Erasure: Hashable, Sendable, Codable {
    /// The stream that was forgotten.
    package let stream: StreamID
    /// When its key was destroyed.
    package let at: Instant

    package init(stream: StreamID, at: Instant) {
        self.stream = stream
        self.at = at
    }
}

/// One register in short: equal digests mean equal rows.
package struct RegisterDigest: Hashable, Sendable {
    /// The table's name.
    package let table: String
    /// The number of rows.
    package let rows: Int
    /// SHA-256 over all rows in order of key, in hexadecimal.
    package let digest: String
}
