import Domain
import Journal

/// What an administrator does with somebody's account. Each act stands in the journal before it is done.
extension Installation {
    /// Gives somebody a new first password, shown once; every session ends, and so does every key for a program.
    ///
    /// - Throws: `NotFound` for somebody without an account; `Refused` when it is not this administrator's to do.
    package func renewPassword(of person: PersonID, as actor: Actor) async throws -> String {
        let account = try await record(.passwordRenewed, of: person, as: actor)
        let password = FirstPassword.make(chance, email: account.email, name: nil)
        try await vault.accounts.setPassword(password, of: person, name: nil, handedOut: clock.now())
        // Whoever got in with the old password may have made a key or a way in that stays.
        try await revokeKeys(of: person)
        try await vault.accounts.unlinkAll(of: person)
        return password
    }

    /// Takes somebody's second factor away whose telephone and recovery codes are gone; every session ends.
    ///
    /// - Throws: `NotFound` for somebody without an account; `Refused` when it is not this administrator's to do.
    package func resetSecondFactor(of person: PersonID, as actor: Actor) async throws {
        _ = try await record(.secondFactorReset, of: person, as: actor)
        try await vault.accounts.resetSecondFactor(of: person)
    }

    /// Closes somebody's account: sessions and keys for programs end at once, and nobody signs in with it.
    ///
    /// - Throws: `NotFound` for somebody without an account; `Refused` when it is not this administrator's to do.
    package func closeAccount(of person: PersonID, as actor: Actor) async throws {
        _ = try await record(.closed, of: person, as: actor)
        try await vault.accounts.disable(person, at: clock.now())
    }

    /// Opens a closed account again, with the password that it had.
    ///
    /// - Throws: `NotFound` for somebody without an account; `Refused` when it is not this administrator's to do.
    package func reopenAccount(of person: PersonID, as actor: Actor) async throws {
        _ = try await record(.reopened, of: person, as: actor)
        try await vault.accounts.enable(person)
    }

    /// Whether an administrator may do these things with somebody's account.
    ///
    /// A school's may when all that the person holds is held there, and the account opens nothing by another way: not as family
    /// of a child, nor as somebody asked in from outside.
    package func mayHandleAccount(of person: PersonID, as actor: Actor) async throws -> Bool {
        guard let reach = actor.administers else { return false }
        guard reach != .everywhere else { return true }
        guard try await self.person(person).isLookedAfter(within: reach, on: today, rules) else { return false }
        return try await !isFamilyOrFromOutside(person)
    }

    private func record(_ act: AccountAct, of person: PersonID, as actor: Actor) async throws -> Account {
        guard let account = try await vault.accounts.account(of: person) else { throw NotFound() }
        guard try await mayHandleAccount(of: person, as: actor) else { throw Refused(.notAllowed) }
        try await perform(.handleAccount(act, on: today), on: person, as: actor)
        return account
    }
}

extension Installation {
    /// The people whom an administrator sees, in order of name: those who hold, held or will hold something within the reach.
    package func people(within reach: AdministrationReach, search: String?, limit: Int) async throws -> [PersonRow] {
        switch reach {
        case .everywhere: try await registers.people(search: search, limit: limit)
        case .at(let places): try await registers.people(at: places.sorted(), search: search, limit: limit)
        }
    }

    /// Whether an administrator with this reach sees somebody.
    package func sees(_ person: PersonID, within reach: AdministrationReach) async throws -> Bool {
        guard reach != .everywhere else { return true }
        return try await self.person(person).isKnown(within: reach)
    }
}

/// Something that was done to a person, with who did it.
package struct PersonAct: Sendable, Hashable {
    package let at: Instant
    package let actor: PersonID
    package let event: PersonEvent
    /// The function that it is about, as it stands now; nil when it is about none.
    package let held: HeldFunction?
}

extension Installation {
    /// What was done to a person, newest first, as far as an administrator looks after it.
    ///
    /// A school's administrator sees what was done with functions at the school, and with the account by whom may do so.
    /// - Throws: `NotFound` for somebody whom this administrator does not see, and for who is none.
    package func acts(on id: PersonID, for actor: Actor) async throws -> [PersonAct] {
        let person = try await person(id)
        guard let reach = actor.administers, person.exists, person.isKnown(within: reach) else { throw NotFound() }
        let seesAccount = try await mayHandleAccount(of: id, as: actor)
        let grants = Dictionary(person.functions.map { ($0.id, $0.held) }) { first, _ in first }
        return try await journal.read(Projection.stream(id)).reversed().compactMap { recorded in
            let event = try PersonEvent(name: recorded.type, payload: recorded.payload)
            let held: HeldFunction? =
                switch event {
                case .registered, .accountHandled: nil
                case .functionGranted(let grant): grant.held
                case .functionEnded(let ended): grants[ended.id]
                }
            guard held.map({ reach.covers($0.organisation) }) ?? seesAccount else { return nil }
            return PersonAct(at: recorded.at, actor: recorded.actor, event: event, held: held)
        }
    }
}
