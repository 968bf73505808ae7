import Domain
import Foundation
import Synchronization

extension MemoryJournal: Checkpoints {
    package func hashes(after sequence: Int64, limit: Int) async throws(JournalFault) -> [Data] {
        try await rows(after: sequence, limit: limit).map(\.hash)
    }

    package func lastCheckpoint() async throws(JournalFault) -> KeptCheckpoint? { state.withLock { $0.checkpoints.last } }

    package func checkpoints(after size: Int64, limit: Int) async throws(JournalFault) -> [KeptCheckpoint] {
        state.withLock { Array($0.checkpoints.filter { $0.size > size }.prefix(max(0, limit))) }
    }

    package func keep(_ checkpoint: KeptCheckpoint) async throws(JournalFault) -> Bool {
        state.withLock { state in
            guard checkpoint.size > state.checkpoints.last?.size ?? 0 else { return false }
            state.checkpoints.append(checkpoint)
            return true
        }
    }

    package func told(_ witness: String) async throws(JournalFault) -> Int64 { state.withLock { $0.told[witness] ?? 0 } }

    package func setTold(_ witness: String, size: Int64) async throws(JournalFault) {
        state.withLock { $0.told[witness] = size }
    }
}
