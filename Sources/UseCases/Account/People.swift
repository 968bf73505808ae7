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
    /// - Throws: `Refused`, also for whoever may not do it, or the journal's fault.
    @discardableResult
    package func perform(_ command: PersonCommand, on id: PersonID, as actor: Actor) async throws -> Person {
        let after = try await deciding {
            let before = try await person(id)
            try before.allow(command, by: actor, rules: rules)
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
            return after
        }
        names.forget(person: id)
        return after
    }

    /// Registers somebody with an account, or finds who has this address already.
    ///
    /// - Returns: the person, and the first password when an account was made: shown once, kept nowhere.
    package func register(name: String, email: String, as actor: Actor) async throws -> (person: PersonID, password: String?) {
        let name = name.trimmed
        let email = Account.folded(email)
        var id: PersonID
        var password: String?
        if let account = try await vault.accounts.account(email: email) {
            id = account.person
        } else if let known = try await registers.people(email: email).first {
            (id, password) = try await open(known.id, name: known.name, email: email)
        } else {
            // What the rules have against it is said before anything is made.
            id = PersonID(chance.key())
            _ = try Person(id: id).decide(.register(name: name, email: email), rules: rules)
            (id, password) = try await open(id, name: name, email: email)
        }
        // No two accounts have one address, so the account says who it is: pressed twice at once, or gone on with after it
        // broke off half way, it stays one person.
        if try await !person(id).exists {
            do {
                _ = try await perform(.register(name: name, email: email), on: id, as: actor)
            } catch let refused as Refused {
                guard refused.reasons.map(\.code) == [.alreadyKnown] else { throw refused }
            }
        }
        return (id, password)
    }

    /// Who has this address already, by account or by name; nil when it is nobody's.
    package func known(email: String) async throws -> PersonRow? {
        let email = Account.folded(email)
        if let account = try await vault.accounts.account(email: email) { return try await registers.person(account.person) }
        return try await registers.people(email: email).first
    }

    /// Ends a function of somebody; with the last one every session and every key for a program ends as well.
    ///
    /// The account stays open: it may be that of a guardian, who signs in again.
    /// - Returns: whether nothing is held any more today.
    package func end(_ grant: String, of person: PersonID, until: Day, as actor: Actor) async throws -> Bool {
        _ = try await perform(.end(id: grant, until: until), on: person, as: actor)
        guard try await self.actor(person).functions.isEmpty else { return false }
        try await vault.accounts.signOutEverywhere(person)
        try await revokeKeys(of: person)
        return true
    }

    func revokeKeys(of person: PersonID) async throws {
        let now = clock.now()
        for key in try await vault.accounts.tokens(of: person) where key.isValid(at: now) {
            _ = try await vault.accounts.revokeToken(key.id, of: person, at: now)
        }
    }

    /// Opens an account for somebody, or finds whose it is by now.
    private func open(
        _ person: PersonID, name: String, email: String
    ) async throws -> (person: PersonID, password: String?) {
        let password = FirstPassword.make(chance, email: email, name: name)
        do {
            try await vault.accounts.open(
                person, email: email, password: password, name: name, handedOut: true, at: clock.now())
            return (person, password)
        } catch AccountRefusal.emailTaken {
            return (try await vault.accounts.account(email: email)?.person ?? person, nil)
        } catch AccountRefusal.alreadyOpened {
            return (person, nil)
        }
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
        // Asked before anybody is registered, so that a refusal leaves no account behind.
        known.person = PersonID(chance.key())
        var reasons = refusals(of: .recordGuardian(known), in: seen)
        // A slip in the address would let somebody else read.
        if let account = try await self.known(email: email), !NameKey.couldBe(known.name, account.name) {
            reasons.append(Refusal(.otherName, field: "guardian-email"))
        }
        guard reasons.isEmpty else { throw Refused(reasons) }
        let (person, password) = try await register(name: known.name, email: email, as: actor)
        // Making a password takes time on purpose: what was changed meanwhile must not be undone.
        guard var now = try await glance(dossier, as: actor).dossier.guardian(guardian) else { throw NotFound() }
        guard now.email == email else { throw Refused(.fieldChangedMeanwhile, field: "guardian-email") }
        now.person = person
        _ = try await perform(.recordGuardian(now), on: dossier, as: actor)
        return (email, password)
    }

    /// The guardians of a dossier who can be given another first password by who sees to the family: they never chose one of
    /// their own, and their account opens this dossier alone.
    ///
    /// Whoever gives a first password can sign in with it, so never one to an account that opens anything else.
    /// - Returns: each with the address of the account, to which it is sent; the dossier may say another one by now.
    package func guardiansWithoutOwnPassword(in seen: SeenDossier) async throws -> [GuardianID: String] {
        guard seen.sight.may(.editFamily) else { return [:] }
        var found: [GuardianID: String] = [:]
        for guardian in seen.dossier.guardians {
            guard let person = guardian.person, let account = try await vault.accounts.account(of: person),
                account.handedOut, account.disabled == nil, try await vault.accounts.identities(of: person).isEmpty,
                try await self.person(person).functions.isEmpty,
                try await dossiersOfFamilyOrFromOutside(person, limit: 2).map(\.id) == [seen.dossier.id]
            else { continue }
            found[guardian.id] = account.email
        }
        return found
    }

    /// Gives a guardian another first password, whose first one was lost or ended before it was used.
    ///
    /// - Throws: `Refused` (`notAllowed`) when it is not to be given here (see `guardiansWithoutOwnPassword`).
    package func renewFirstPassword(
        of guardian: GuardianID, in dossier: DossierID, as actor: Actor
    ) async throws -> (email: String, password: String) {
        let seen = try await glance(dossier, as: actor)
        guard let person = seen.dossier.guardian(guardian)?.person else { throw NotFound() }
        guard let email = try await guardiansWithoutOwnPassword(in: seen)[guardian] else { throw Refused(.notAllowed) }
        try await perform(.handleAccount(.unusedPasswordRenewed, on: today), on: person, as: actor)
        let password = FirstPassword.make(chance, email: email, name: seen.dossier.guardian(guardian)?.name)
        try await vault.accounts.setPassword(password, of: person, name: nil, handedOut: clock.now())
        return (email, password)
    }

    /// Registers an organisation or changes what is registered.
    package func register(_ organisation: Organisation, as actor: Actor) async throws {
        let stream = Projection.stream(organisation.id)
        try await deciding {
            var state: OrganisationState?
            let events = try await journal.read(stream)
            for event in events {
                OrganisationState.fold(&state, try OrganisationEvent(name: event.type, payload: event.payload))
            }
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
        }
        names.forget(organisation: organisation.id)
    }
}

/// A password for the first time: words apart by hyphens would ask a list; this is letters and digits in groups of five.
package enum FirstPassword {
    /// Twenty random letters and digits, nearly 100 bits, easy to read aloud.
    package static func make(_ chance: any Chance) -> String {
        var letters: [Character] = []
        while letters.count < 20 { letters += chance.key() }
        return stride(from: 0, to: 20, by: 5).map { String(letters[$0..<($0 + 5)]) }.joined(separator: "-")
    }

    /// One that its owner may keep: a draw that happens to hold their name or address is drawn again.
    static func make(_ chance: any Chance, email: String, name: String?) -> String {
        var password = make(chance)
        while !PasswordRule.faults(password, email: email, name: name).isEmpty { password = make(chance) }
        return password
    }
}
