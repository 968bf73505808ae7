import Domain

/// One atomic act on one stream: its events, the numbers drawn for them and what changes in the registers.
package struct Appending: Sendable {
    /// The stream that is added to.
    package let stream: StreamID
    /// The version that the act was decided on, 0 for a stream that must not exist yet.
    package let expectedVersion: Int
    /// When the act was done.
    package let at: Instant
    /// Who did it.
    package let actor: PersonID
    /// For whom, if the actor stood in for somebody.
    package let onBehalfOf: PersonID?
    /// The gap-free counters that one number each is drawn from; the same name twice draws two numbers.
    package let draws: [String]
    /// Makes the events and the change of the registers, inside the transaction: pure and quick.
    ///
    /// What it throws rolls the act back, drawn numbers as well, and is rethrown. Without events nothing is written.
    package let make: @Sendable (Place) throws -> Act

    package init(
        stream: StreamID, expectedVersion: Int, at: Instant, actor: PersonID, onBehalfOf: PersonID? = nil,
        draws: [String] = [], make: @escaping @Sendable (Place) throws -> Act
    ) {
        self.stream = stream
        self.expectedVersion = expectedVersion
        self.at = at
        self.actor = actor
        self.onBehalfOf = onBehalfOf
        self.draws = draws
        self.make = make
    }
}

/// What an act does: its events and the difference that they make in the registers.
package struct Act: Sendable {
    /// In order; none means that there was nothing to do.
    package let events: [NewEvent]
    /// The difference in the registers.
    package let registers: RegisterChange

    package init(events: [NewEvent], registers: RegisterChange = RegisterChange()) {
        self.events = events
        self.registers = registers
    }
}

/// Where an act lands in the journal; known only inside the transaction.
package struct Place: Sendable {
    /// The numbers drawn, in the order of `Appending.draws`; each 1… and one more than the last that stood.
    package let drawn: [Int64]
    /// The sequence of the act's first event.
    package let sequence: Int64

    private let appending: Appending

    /// The place of this act if its first event gets this sequence.
    package init(of appending: Appending, sequence: Int64, drawn: [Int64]) {
        self.appending = appending
        self.sequence = sequence
        self.drawn = drawn
    }

    /// The events as they will stand in the journal if the act returns just these; for folding and projecting them.
    package func recorded(_ events: [NewEvent]) -> [RecordedEvent] {
        events.enumerated().map { index, event in
            RecordedEvent(
                sequence: sequence + Int64(index), stream: appending.stream, version: appending.expectedVersion + 1 + index,
                type: event.type, at: appending.at, actor: appending.actor, onBehalfOf: appending.onBehalfOf,
                payload: event.payload)
        }
    }
}
