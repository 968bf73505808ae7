import Domain

/// Who has which part of a groeidocument open to write in, at this moment: it warns people, it decides nothing.
///
/// Somebody counts as there for two minutes after opening or saving.
package protocol Presences: Sendable {
    /// Notes that somebody has the part open to write in.
    func note(_ person: PersonID, in part: String, of dossier: DossierID, at now: Instant) async throws

    /// Who else has the part open, or any part when none is named; in order of key.
    func others(
        than person: PersonID, in part: String?, of dossier: DossierID, at now: Instant
    ) async throws -> [PersonID]
}
