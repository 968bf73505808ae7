import Domain
import Journal

/// Why somebody whom a provider knows does not come in here.
package enum ElsewhereRefusal: Error, Hashable, Sendable {
    /// Nobody here is known by it. Whether there is an account with some address is not told.
    case unknown
    /// The account is there, and holds no function today at the organisation that was proved; or it is closed.
    case noFunction
    /// The identity is another's way in, or one has another of this provider already.
    case taken
}

// A provider proves who somebody is and of which organisation; what they may do was given here.
extension Installation {
    /// Signs somebody in whom a provider proved.
    ///
    /// - Throws: `ElsewhereRefusal`.
    package func signIn(by proved: ProvedIdentity) async throws -> Accounts.SignedIn {
        let accounts = vault.accounts
        var known = try await accounts.identity(proved.subject, at: proved.provider)
        if known == nil { known = try await linkedByMail(proved) }
        guard let identity = known else {
            throw ElsewhereRefusal.unknown
        }
        guard try await holdsFunction(identity.person, at: proved) else { throw ElsewhereRefusal.noFunction }
        do {
            return try await accounts.begin(
                by: identity, organisation: proved.organisation, isProved: proved.isProved, recognised: proved.signedIn,
                at: clock.now())
        } catch AccountRefusal.unknownAccount {
            throw ElsewhereRefusal.noFunction
        }
    }

    /// Makes what a provider proved a way in to somebody's own account.
    ///
    /// - Throws: `ElsewhereRefusal`.
    package func link(_ proved: ProvedIdentity, to person: PersonID) async throws {
        guard try await holdsFunction(person, at: proved) else { throw ElsewhereRefusal.noFunction }
        if let known = try await vault.accounts.identity(proved.subject, at: proved.provider), known.person == person { return }
        do {
            try await vault.accounts.link(
                proved.subject,
                to: LinkedIdentity(
                    provider: proved.provider, person: person, organisation: proved.organisation, since: clock.now()))
        } catch AccountRefusal.identityTaken {
            throw ElsewhereRefusal.taken
        }
    }

    /// Takes up an invitation with what a provider proved, instead of choosing a password.
    ///
    /// - Returns: nil when the link of the invitation works no more.
    /// - Throws: `ElsewhereRefusal`, and then the link still works.
    package func accept(invitation secret: String, with proved: ProvedIdentity) async throws -> Accounts.SignedIn? {
        let accounts = vault.accounts
        let now = clock.now()
        guard let invited = try await accounts.owner(ofLink: secret, at: now) else { return nil }
        guard try await holdsFunction(invited.person, at: proved) else { throw ElsewhereRefusal.noFunction }
        do {
            let account = try await accounts.link(
                proved.subject, at: proved.provider, organisation: proved.organisation, byLink: secret, at: now)
            guard account != nil, let identity = try await accounts.identity(proved.subject, at: proved.provider) else {
                return nil
            }
            return try await accounts.begin(
                by: identity, organisation: proved.organisation, isProved: proved.isProved, recognised: proved.signedIn, at: now)
        } catch AccountRefusal.identityTaken {
            throw ElsewhereRefusal.taken
        }
    }

    /// Whether it is the owner of a session whom a provider proved anew.
    package func isOwner(_ proved: ProvedIdentity, of session: Session) async throws -> Bool {
        try await vault.accounts.identity(proved.subject, at: proved.provider)?.person == session.person
    }

    /// Whether somebody holds a function today at an organisation that was proved.
    ///
    /// Who left the school has no function there, or no account of it: either is enough.
    private func holdsFunction(_ person: PersonID, at proved: ProvedIdentity) async throws -> Bool {
        for held in try await actor(person).functions {
            guard let row = try await names.organisation(held.organisation) else { continue }
            if proved.places.contains(where: { $0.matches(row) }) { return true }
        }
        return false
    }

    /// Links whoever has the account with the verified address, where the settings let it; nil when nobody is found.
    ///
    /// Without a function at the proved organisation nobody is found either: an address alone says too little.
    private func linkedByMail(_ proved: ProvedIdentity) async throws -> LinkedIdentity? {
        let accounts = vault.accounts
        guard let mail = proved.mail, let account = try await accounts.account(email: mail), account.disabled == nil,
            try await holdsFunction(account.person, at: proved)
        else { return nil }
        let identity = LinkedIdentity(
            provider: proved.provider, person: account.person, organisation: proved.organisation, since: clock.now())
        do {
            try await accounts.link(proved.subject, to: identity)
        } catch AccountRefusal.identityTaken {
            return nil
        }
        return identity
    }
}
