import Domain
import Journal

extension Installation {
    /// Folds a person from the journal.
    package func person(_ id: PersonID) async throws -> Person {
        var person = Person(id: id)
        for event in try await journal.read(Projection.stream(id)) {
            person.apply(try PersonEvent(name: event.type, payload: event.payload), version: event.version)
        }
        return person
    }

    /// Carries out a command on a person.
    ///
    /// - Throws: `Refused`, or the journal's fault.
    package func perform(_ command: PersonCommand, on id: PersonID, as actor: Actor) async throws -> Person {
        let before = try await person(id)
        let events = try before.decide(command, rules: rules)
        guard !events.isEmpty else { return before }
        var after = before
        for (index, event) in events.enumerated() { after.apply(event, version: before.version + 1 + index) }
        let act = Act(
            events: try events.map { NewEvent(type: $0.name, payload: try $0.payload()) },
            registers: .between(old: Projection.rows(of: before), new: Projection.rows(of: after)))
        _ = try await journal.append(
            Appending(
                stream: Projection.stream(id), expectedVersion: before.version, at: clock.now(), actor: actor.person,
                make: { _ in act }))
        names.forget(person: id)
        return after
    }

    /// Registers somebody with an account, or finds who has this address already.
    ///
    /// - Returns: the person, and the first password when an account was made: shown once, kept nowhere.
    package func register(name: String, email: String, as actor: Actor) async throws -> (person: PersonID, password: String?) {
        let email = email.trimmed.lowercased()
        if let known = try await registers.people(email: email).first { return (known.id, nil) }
        let id = PersonID(chance.key())
        _ = try await perform(.register(name: name.trimmed, email: email), on: id, as: actor)
        let password = FirstPassword.make(chance)
        try await vault.accounts.open(id, email: email, password: password, name: name, at: clock.now())
        return (id, password)
    }

    /// Gives somebody a new first password, shown once; every session ends.
    ///
    /// - Throws: `NotFound` for somebody without an account.
    package func renewPassword(of person: PersonID) async throws -> String {
        guard try await vault.accounts.account(of: person) != nil else { throw NotFound() }
        let password = FirstPassword.make(chance)
        try await vault.accounts.setPassword(password, of: person, name: nil)
        return password
    }

    /// Gives a guardian an account of their own, so that they can read along and write their part.
    ///
    /// - Returns: the first password when an account was made; nil when the person had one already.
    package func giveAccount(
        to guardian: GuardianID, in dossier: DossierID, as actor: Actor
    ) async throws -> (email: String, password: String?) {
        let seen = try await glance(dossier, as: actor)
        guard seen.sight.may(.editFamily) else { throw Refused(.notAllowed) }
        guard var known = seen.dossier.guardian(guardian) else { throw NotFound() }
        guard let email = known.email else { throw Refused(.required, field: "guardian-email") }
        let (person, password) = try await register(name: known.name, email: email, as: actor)
        known.person = person
        _ = try await perform(.recordGuardian(known), on: dossier, as: actor)
        return (email, password)
    }

    /// Registers an organisation or changes what is registered.
    package func register(_ organisation: Organisation, as actor: Actor) async throws {
        let stream = Projection.stream(organisation.id)
        var state: OrganisationState?
        let events = try await journal.read(stream)
        for event in events { OrganisationState.fold(&state, try OrganisationEvent(name: event.type, payload: event.payload)) }
        guard state?.organisation != organisation else { return }
        let event = OrganisationEvent.registered(organisation)
        var after = state
        OrganisationState.fold(&after, event)
        let act = Act(
            events: [NewEvent(type: event.name, payload: try event.payload())],
            registers: .between(old: state.map { [$0.row] } ?? [], new: after.map { [$0.row] } ?? []))
        _ = try await journal.append(
            Appending(
                stream: stream, expectedVersion: events.count, at: clock.now(), actor: actor.person, make: { _ in act }))
        names.forget(organisation: organisation.id)
    }
}

/// A password for the first time: words apart by hyphens would ask a list; this is letters and digits in groups of five.
package enum FirstPassword {
    /// Twenty random letters and digits, 100 bits, easy to read aloud.
    package static func make(_ chance: any Chance) -> String {
        let key = Array(chance.key())
        return (0..<4).map { String(key[($0 * 5)..<($0 * 5 + 5)]) }.joined(separator: "-")
    }
}
