import Domain
import Journal

extension Installation {
    /// The key of what a form makes: of the same form of the same person always the same, so that a second press makes nothing.
    ///
    /// It follows from the form's own key and is not that key: what comes from a browser never names a thing here.
    /// - Parameters:
    ///   - form: the key that came with the form; without one what is made gets a new key each time.
    ///   - what: the kind of thing, and where it is made.
    package func key(of form: String, for what: String, by person: PersonID) -> String {
        guard (16...80).contains(form.utf8.count) else { return chance.key() }
        let (high, low) = FormKey.bits([what, person.rawValue, form])
        return Key.text(high, low)
    }

    /// Whether somebody sees this dossier.
    package func isOpen(_ id: DossierID, to actor: Actor) async throws -> Bool {
        do {
            _ = try await glance(id, as: actor)
            return true
        } catch is NotFound {
            return false
        }
    }
}
