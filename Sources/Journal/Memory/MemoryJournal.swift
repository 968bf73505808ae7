import Domain
import Foundation
import Synchronization

/// The journal and its registers in memory: for tests and trials, with the same meanings as the stores on disk.
///
/// It seals and chains as they do, so that what holds for one holds for the other.
package final class MemoryJournal: Journal, Sendable {
    let state = Mutex(State())

    struct State: Sendable {
        var rows: [SealedEvent] = []
        var streams: [StreamID: [Int]] = [:]
        var keys: [StreamID: StreamKey] = [:]
        var erased: [StreamID: Instant] = [:]
        var counters: [String: Int64] = [:]
        var registers = MemoryRegisters()
        var checkpoints: [KeptCheckpoint] = []
        var told: [String: Int64] = [:]
    }

    package init() {}

    package func read(_ stream: StreamID, after version: Int) async throws(JournalFault) -> [RecordedEvent] {
        try state.withLock { (state) throws(JournalFault) in
            if state.erased[stream] != nil { throw .erased(stream) }
            guard let places = state.streams[stream], version < places.count else { return [] }
            guard let key = state.keys[stream] else { throw .keyMissing(stream) }
            var events: [RecordedEvent] = []
            for place in places[max(0, version)...] { events.append(try state.rows[place].opened(with: key)) }
            return events
        }
    }

    package func append(_ appending: Appending) async throws -> [RecordedEvent] {
        try state.withLock { state in
            var next = state
            let events = try next.append(appending)
            state = next
            return events
        }
    }

    package func appendAll(_ appendings: [Appending]) async throws -> [[RecordedEvent]] {
        try state.withLock { state in
            var next = state
            let events = try appendings.map { try next.append($0) }
            state = next
            return events
        }
    }

    package func streams(prefix: String, after stream: StreamID?, limit: Int) async throws(JournalFault) -> [StreamID] {
        let all = state.withLock { Array($0.streams.keys) }
        let found = all.filter { key in
            key.rawValue.hasPrefix(prefix) && stream.map { $0.rawValue.precedesByBytes(key.rawValue) } ?? true
        }
        return Array(found.sorted { $0.rawValue.precedesByBytes($1.rawValue) }.prefix(max(0, limit)))
    }

    package func head() async throws(JournalFault) -> Int64 { state.withLock { Int64($0.rows.count) } }

    package func events(after sequence: Int64, limit: Int) async throws(JournalFault) -> [RecordedEvent] {
        try state.withLock { (state) throws(JournalFault) in
            var events: [RecordedEvent] = []
            for row in state.rows.dropFirst(Int(clamping: max(0, sequence))) where state.erased[row.stream] == nil {
                guard events.count < limit else { break }
                guard let key = state.keys[row.stream] else { throw .keyMissing(row.stream) }
                events.append(try row.opened(with: key))
            }
            return events
        }
    }

    package func rows(after sequence: Int64, limit: Int) async throws(JournalFault) -> [SealedEvent] {
        state.withLock { Array($0.rows.dropFirst(Int(clamping: max(0, sequence))).prefix(max(0, limit))) }
    }
}

extension MemoryJournal.State {
    mutating func append(_ appending: Appending) throws -> [RecordedEvent] {
        let stream = appending.stream
        guard erased[stream] == nil else { throw JournalFault.erased(stream) }
        let places = streams[stream] ?? []
        guard places.count == appending.expectedVersion else {
            throw JournalConflict(stream: stream, expectedVersion: appending.expectedVersion, actualVersion: places.count)
        }
        var counters = counters
        let drawn = appending.draws.map { name in
            counters[name, default: 0] += 1
            return counters[name, default: 0]
        }
        let place = Place(of: appending, sequence: Int64(rows.count) + 1, drawn: drawn)
        let act = try appending.make(place)
        guard !act.events.isEmpty else { return [] }
        let key = keys[stream] ?? StreamKey.generate()
        keys[stream] = key
        self.counters = counters
        var previous = places.last.map { rows[$0].hash } ?? SealedEvent.origin
        let events = place.recorded(act.events)
        for event in events {
            let row = try SealedEvent(sealing: event, with: key, after: previous)
            streams[stream, default: []].append(rows.count)
            rows.append(row)
            previous = row.hash
        }
        try registers.apply(act.registers)
        return events
    }
}
