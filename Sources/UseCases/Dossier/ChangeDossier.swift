import Domain
import Journal

/// What is typed to open a dossier.
package struct NewDossier: Sendable {
    package let child: Child
    package let school: OrganisationID
    package let guardians: [NewGuardian]
    package let named: [NamedPerson]

    package init(child: Child, school: OrganisationID, guardians: [NewGuardian], named: [NamedPerson] = []) {
        self.child = child
        self.school = school
        self.guardians = guardians
        self.named = named
    }
}

/// What is typed about a guardian.
package struct NewGuardian: Sendable, Hashable {
    package let name: String
    package let relation: String
    package let authority: Bool
    package let email: String?

    package init(name: String, relation: String, authority: Bool, email: String?) {
        self.name = name
        self.relation = relation
        self.authority = authority
        self.email = email
    }
}

extension Installation {
    /// Opens a dossier for a child of a school.
    ///
    /// - Parameter id: the key that it gets; one that was opened with it already for the same child is opened no second time.
    /// - Throws: `Refused` beside the fields, or when the actor may not open dossiers at that school.
    package func openDossier(_ new: NewDossier, id: DossierID? = nil, as actor: Actor) async throws -> Dossier {
        let child = Child(
            givenName: new.child.givenName.trimmed, familyName: new.child.familyName.trimmed, born: new.child.born,
            group: new.child.group)
        let open = DossierCommand.Open(child: child, school: new.school, guardians: guardians(new.guardians), named: new.named)
        return try await perform(.open(open), on: id ?? DossierID(chance.key()), as: actor)
    }

    /// Guardians as they are recorded: each with a new key, without blanks around what was typed.
    func guardians(_ new: [NewGuardian]) -> [Guardian] {
        new.map {
            Guardian(
                id: GuardianID(chance.key()), name: $0.name.trimmed, relation: $0.relation, authority: $0.authority,
                email: $0.email?.trimmed.nilWhenEmpty)
        }
    }

    /// Adds a guardian, or changes one; an account that the guardian has stays.
    package func record(
        _ guardian: NewGuardian, id: GuardianID?, in dossier: DossierID, as actor: Actor
    ) async throws -> Dossier {
        let before = try await glance(dossier, as: actor).dossier
        let known = id.flatMap { before.guardian($0) }
        if id != nil, known == nil { throw NotFound() }
        let recorded = Guardian(
            id: id ?? GuardianID(chance.key()), name: guardian.name.trimmed, relation: guardian.relation,
            authority: guardian.authority, email: guardian.email?.trimmed.nilWhenEmpty, person: known?.person)
        return try await perform(.recordGuardian(recorded), on: dossier, as: actor)
    }
}

extension String {
    /// Without blanks at either end.
    package var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Nil for an empty text.
    package var nilWhenEmpty: String? { isEmpty ? nil : self }
}
