import Domain
import Journal

extension Forgetting {
    /// Destroys, in a backup that was put back, what was forgotten since by the account of its keys.
    ///
    /// The list of erasures is followed before; this is for what it does not name: questions, which are forgotten without one.
    /// Their keys are gone, so they cannot be read, and would stand in the journal as rows that nobody can open.
    ///
    /// - Parameter forgotten: the streams that were forgotten when the keys were copied.
    /// - Returns: how many streams went.
    package func forgetAgain(_ forgotten: [StreamID]) async throws -> Int {
        let done = Set(try await upkeep.erasures().map(\.stream))
        let streams = forgotten.filter { !done.contains($0) }
        guard !streams.isEmpty else { return 0 }
        let dossiers = streams.compactMap { Projection.dossier(of: $0) }
        let questions = streams.compactMap { Projection.question(of: $0) }
        try await upkeep.erase(
            streams, at: installation.clock.now(),
            registers: RegisterChange(
                deletes: questions.map { RegisterKey(table: QuestionRow.table, values: [RegisterValue($0)]) },
                dossiers: dossiers))
        try await forget(dossiers: dossiers, streams: streams)
        try await upkeep.settle()
        return streams.count
    }
}
