import Domain
import Journal

/// What became of answers that were sent in.
package struct Written: Sendable {
    /// The dossier with everything in it that could be written.
    package let dossier: Dossier
    /// Why the rest was not, each beside its field; empty when all was.
    package let refused: [Refusal]
}

extension Installation {
    /// Writes answers in a part of the groeidocument: what can be written is, so that one refused field holds up no other.
    ///
    /// - Throws: `NotFound`, or `Refused` when nobody like this may write there at all.
    package func write(
        _ write: DossierCommand.Write, in id: DossierID, as actor: Actor
    ) async throws -> Written {
        do {
            return Written(dossier: try await perform(.write(write), on: id, as: actor), refused: [])
        } catch let refused as Refused {
            let fields = Set(refused.reasons.compactMap(\.field))
            guard !fields.isEmpty, refused.reasons.allSatisfy({ $0.field != nil }) else { throw refused }
            let rest = DossierCommand.Write(
                part: write.part, answers: write.answers.filter { !fields.contains($0.key) }, basedOn: write.basedOn)
            // Somebody may write again in between, in one of the others: then that one is refused as well.
            if rest.answers.isEmpty { return Written(dossier: try await load(id), refused: refused.reasons) }
            let written = try await self.write(rest, in: id, as: actor)
            return Written(dossier: written.dossier, refused: refused.reasons + written.refused)
        }
    }
}
