import Domain
import Foundation
import Journal
import UseCases

/// What a provider says, held against the question that was asked and the settings of the installation.
struct IDTokenCheck {
    let provider: SignInSettings.Provider
    let question: SignInQuestion
    let now: Instant

    /// How far the clocks of two machines may be apart, in seconds.
    static let leeway: Int64 = 60
    /// How old a token may be that was asked for just now, in seconds.
    private static let oldest: Int64 = 600

    /// Refuses a token that is not the answer to this question (OpenID Connect Core 1.0, 3.1.3.7).
    func check(_ claims: Claims) throws(SignInTrouble) {
        guard claims.text("iss") == provider.issuer else { throw .otherIssuer }
        let audience = claims.texts("aud")
        let party = claims.text("azp")
        guard audience.contains(provider.client), party == nil || party == provider.client,
            audience.count == 1 || party != nil
        else { throw .otherAudience }
        guard claims.text("nonce") == question.nonce else { throw .otherNonce }
        let seconds = now.milliseconds / 1000
        guard let expires = claims.seconds("exp"), let issued = claims.seconds("iat"), seconds < expires + Self.leeway,
            issued <= seconds + Self.leeway, issued >= seconds - Self.oldest,
            claims.seconds("nbf").map({ $0 <= seconds + Self.leeway }) ?? true
        else { throw .wrongTime }
        if question.isAnew {
            // The provider was asked to have somebody sign in anew, and shows by the moment that it did.
            guard let signedIn = claims.seconds("auth_time"), signedIn >= question.asked.milliseconds / 1000 - Self.leeway,
                signedIn <= seconds + Self.leeway
            else { throw .notAnew }
        }
    }

    /// Who it is, by the claims that the settings name.
    func identity(_ claims: Claims) throws(SignInTrouble) -> ProvedIdentity {
        // One that is longer than the standard lets it be (255) is no subject.
        guard let subject = claims.text(provider.subject), subject.utf8.count <= 512 else { throw .noSubject }
        for requirement in provider.requires {
            guard !requirement.oneOf.isDisjoint(with: claims.texts(requirement.claim)) else { throw .notMeant }
        }
        let (named, places) = organisations(claims)
        guard let first = named.first, !places.isEmpty else { throw .otherOrganisation }
        var mail: String?
        if let rule = provider.mail, let address = claims.text(rule.claim), claims.isTrue(rule.verified) { mail = address }
        return ProvedIdentity(
            provider: provider.key, subject: LinkedIdentity.digest(issuer: provider.issuer, subject: subject),
            organisation: first, places: places, mail: mail, isProved: isProved(claims),
            signedIn: claims.seconds("auth_time").map { Instant(milliseconds: $0 * 1000) })
    }

    /// The values that count, and the organisations that they stand for.
    private func organisations(_ claims: Claims) -> (named: [String], places: Set<ProvedIdentity.Place>) {
        var named: [String] = []
        var places: Set<ProvedIdentity.Place> = []
        for value in claims.texts(provider.organisation.claim) where value.utf8.count <= 200 {
            let found: Set<ProvedIdentity.Place> =
                switch provider.organisation.meaning {
                case .map(let map): map[value] ?? []
                case .schoolNumber:
                    ProvedIdentity.Place(value).flatMap { $0 == .partnership ? nil : [$0] } ?? []
                }
            guard !found.isEmpty else { continue }
            named.append(value)
            places.formUnion(found)
        }
        return (named, places)
    }

    private func isProved(_ claims: Claims) -> Bool {
        guard let rule = provider.secondFactor else { return false }
        return claims.text("acr").map(rule.acr.contains) ?? false || !rule.amr.isDisjoint(with: claims.texts("amr"))
    }
}
