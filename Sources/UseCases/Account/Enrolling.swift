import Domain
import Journal

extension Installation {
    /// Gives somebody a function at a school, by their address, whether they are known here or not.
    ///
    /// A school's administrator has no list of everybody to choose from. So an address that is known already counts only together
    /// with a name that fits it: else whoever tries addresses learns whose they are, or a slip of the pen gives a stranger
    /// the dossiers of a school.
    ///
    /// - Returns: the person, and the first password when an account was made: shown once, kept nowhere.
    /// - Throws: `Refused` with every reason before anybody is registered.
    package func enrol(
        name: String, email: String, in held: HeldFunction, as actor: Actor
    ) async throws -> (person: PersonID, password: String?) {
        let grant = FunctionGrant(id: chance.key(), held: held)
        let known = try await known(email: email)
        var somebody = Person(id: known?.id ?? PersonID(chance.key()))
        if let known {
            somebody = try await person(known.id)
            guard NameKey.couldBe(name, known.name) else { throw Refused(.otherName, field: "email") }
        }
        var reasons: [Refusal] = []
        do {
            // Tried on paper first: a refusal leaves nobody behind.
            if known == nil {
                let registered = try somebody.decide(.register(name: name.trimmed, email: Account.folded(email)), rules: rules)
                for event in registered { somebody.apply(event, version: 1) }
            }
        } catch {
            reasons += error.reasons
            somebody.apply(.registered(.init(name: name, email: email)), version: 1)
        }
        do {
            try somebody.allow(.grant(grant), by: actor, rules: rules)
            _ = try somebody.decide(.grant(grant), rules: rules)
        } catch {
            reasons += error.reasons.map { $0.code == .toOneself ? Refusal($0.code, field: "email") : $0 }
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        let (person, password) = try await register(name: name, email: email, as: actor)
        try await perform(.grant(grant), on: person, as: actor)
        return (person, password)
    }
}

extension NameKey {
    /// Whether two names could be of one person: the last word of one of them stands in the other.
    ///
    /// So `Ine Baas` fits `I. Baas-Vos` and `Ine Vos-Baas`, and `Jan de Vries` does not fit `Piet de Boer`.
    static func couldBe(_ one: String, _ other: String) -> Bool {
        let (one, other) = (fold(one).split(separator: " "), fold(other).split(separator: " "))
        guard let lastOfOne = one.last, let lastOfOther = other.last else { return false }
        return other.contains(lastOfOne) || one.contains(lastOfOther)
    }
}
