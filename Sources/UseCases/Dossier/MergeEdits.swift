import Domain

/// Two edits of the same thing put together: what one changed and what somebody else changed meanwhile.
private struct Merging {
    /// The fields that both changed, each into something else.
    private(set) var clashes: [Refusal] = []

    /// The value of one field: what the other made of it when one left it as it was, else one's own.
    mutating func value<Value: Equatable>(_ field: String, before: Value, mine: Value, now: Value) -> Value {
        if mine == before { return now }
        if now == before || now == mine { return mine }
        clashes.append(Refusal(.fieldChangedMeanwhile, field: field))
        return now
    }

    /// - Throws: `Refused` when both changed the same.
    func check() throws(Refused) {
        if !clashes.isEmpty { throw Refused(clashes) }
    }
}

extension Installation {
    /// Corrects what is known of a child, on top of what somebody else corrected since the form was opened.
    ///
    /// - Parameter before: the dossier that the form was made from.
    /// - Throws: `Refused` with `fieldChangedMeanwhile` beside each field that both changed, each into something else.
    package func correct(_ mine: Child, since before: Dossier, as actor: Actor) async throws -> Dossier {
        try await perform(on: before.id, as: actor) { dossier in
            guard let now = dossier.child, let before = before.child else { return .correctChild(mine) }
            var merging = Merging()
            let child = Child(
                givenName: merging.value("given-name", before: before.givenName, mine: mine.givenName, now: now.givenName),
                familyName: merging.value(
                    "family-name", before: before.familyName, mine: mine.familyName, now: now.familyName),
                born: merging.value("born", before: before.born, mine: mine.born, now: now.born),
                group: merging.value("group", before: before.group, mine: mine.group, now: now.group))
            try merging.check()
            return .correctChild(child)
        }
    }

    /// Changes a guardian, on top of what somebody else changed since the form was opened.
    ///
    /// - Parameter before: the dossier that the form was made from.
    /// - Throws: `Refused` as `correct` does; `unknownGuardian` when the guardian was ended meanwhile.
    package func change(
        _ mine: NewGuardian, _ id: GuardianID, since before: Dossier, as actor: Actor
    ) async throws -> Dossier {
        try await perform(on: before.id, as: actor) { dossier in
            guard let now = dossier.guardian(id) else { throw Refused(.unknownGuardian) }
            let before = before.guardian(id) ?? now
            var merging = Merging()
            let guardian = Guardian(
                id: id,
                name: merging.value("guardian-name", before: before.name, mine: mine.name.trimmed, now: now.name),
                relation: merging.value(
                    "guardian-relation", before: before.relation, mine: mine.relation, now: now.relation),
                authority: merging.value(
                    "guardian-authority", before: before.authority, mine: mine.authority, now: now.authority),
                email: merging.value(
                    "guardian-email", before: before.email, mine: mine.email?.trimmed.nilWhenEmpty, now: now.email),
                person: now.person)
            try merging.check()
            return .recordGuardian(guardian)
        }
    }
}
