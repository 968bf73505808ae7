import Crypto
import Domain
import Foundation
import Synchronization

extension MemoryJournal: JournalUpkeep {
    package func verify(
        contents: Bool, against checkpoints: [Checkpoint]
    ) async throws(JournalFault) -> Verification {
        let state = state.withLock { $0 }
        var verifier = ChainVerifier(
            checkpoints: checkpoints, isErased: { state.erased[$0] != nil }, key: contents ? { state.keys[$0] } : nil)
        for row in state.rows where verifier.goesOn { try verifier.look(at: row) }
        verifier.finish()
        return verifier.verification
    }

    package func rebuild(
        project: @escaping @Sendable (StreamID, [RecordedEvent]) throws -> [any RegisterRow]
    ) async throws {
        try state.withLock { state in
            var registers = MemoryRegisters()
            for (stream, places) in state.streams where state.erased[stream] == nil {
                guard let key = state.keys[stream] else { throw JournalFault.keyMissing(stream) }
                let events = try places.map { try state.rows[$0].opened(with: key) }
                let rows = RegisterChange.between(old: [], new: try project(stream, events)).upserts
                for row in rows { try registers.insert(row) }
            }
            state.registers = registers
            for decision in registers.all(DecisionRow.self) {
                state.counters[decision.counter] = max(state.counters[decision.counter] ?? 0, decision.ordinal)
            }
        }
    }

    package func registerDigests() async throws(JournalFault) -> [RegisterDigest] {
        let registers = state.withLock { $0.registers }
        return RegisterRows.tables.map { table in
            var digester = RegisterDigester(table: table.name)
            for values in registers.values(table) { digester.add(values) }
            return digester.digest
        }
    }

    package func registerDump(_ table: RegisterTable) async throws(JournalFault) -> [[RegisterValue]] {
        state.withLock { $0.registers.values(table) }
    }

    package func counters() async throws(JournalFault) -> [String: Int64] { state.withLock { $0.counters } }

    package func erase(
        _ streams: [StreamID], at: Instant, registers: RegisterChange, noting: Appending?
    ) async throws(JournalFault) {
        do {
            try state.withLock { state in
                var next = state
                try next.registers.apply(registers)
                for stream in streams {
                    if next.erased[stream] == nil { next.erased[stream] = at }
                    next.keys[stream] = nil
                    for place in next.streams[stream] ?? [] { next.rows[place] = next.rows[place].blanked }
                }
                if let noting, next.streams[noting.stream] == nil { _ = try next.append(noting) }
                state = next
            }
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unexpected(type: "\(type(of: error))")
        }
    }

    package func settle() async throws(JournalFault) {}

    package func erasures() async throws(JournalFault) -> [Erasure] {
        state.withLock { $0.erased }
            .map { Erasure(stream: $0.key, at: $0.value) }
            .sorted { $0.stream.rawValue.precedesByBytes($1.stream.rawValue) }
    }
}

extension SealedEvent {
    /// The row as it stands once its stream is erased.
    var blanked: SealedEvent {
        SealedEvent(
            sequence: sequence, stream: stream, version: version, type: type, at: at, actor: actor, onBehalfOf: onBehalfOf,
            payload: nil, payloadDigest: payloadDigest, commitment: commitment, previousHash: previousHash, hash: hash)
    }
}
