import Domain
import Foundation

/// The right of a person to sign in.
package struct Account: Hashable, Sendable {
    package let person: PersonID
    /// As folded by `folded(_:)`; no two accounts have the same.
    package let email: String
    /// True if a password was ever chosen; without one, signing in goes by another way.
    package let hasPassword: Bool
    package let created: Instant
    /// Since when nobody signs in with it; nil while it is open.
    package let disabled: Instant?
    /// True while the password is one that somebody else handed out, so that two people know it: then a password of one's
    /// own comes before anything else (ASVS 5.0, 6.4.1).
    package let handedOut: Bool
    /// Since when; nil for one that was handed out before that was written down.
    package let handedSince: Instant?

    /// Days after which a password that was handed out and never replaced opens nothing any more.
    ///
    /// It lies in a mail, on paper or in somebody's memory until then (ASVS 5.0, 6.4.1). Two weeks, because a newcomer may be
    /// registered on the last day before a holiday of the schools, most of which last one or two.
    package static let firstPasswordDays = 14

    /// When a password that was handed out ends unless its owner chooses another one first; nil for one's own.
    package var firstPasswordEnds: Instant? {
        handedOut ? (handedSince ?? created).adding(days: Self.firstPasswordDays) : nil
    }

    package init(
        person: PersonID, email: String, hasPassword: Bool, created: Instant, disabled: Instant?, handedOut: Bool = false,
        handedSince: Instant? = nil
    ) {
        self.person = person
        self.email = email
        self.hasPassword = hasPassword
        self.created = created
        self.disabled = disabled
        self.handedOut = handedOut
        self.handedSince = handedSince
    }

    /// The form in which addresses are compared: no blanks around it, no capitals, one spelling of accents.
    package static func folded(_ email: String) -> String {
        email.trimmingCharacters(in: .whitespacesAndNewlines).lowercased().precomposedStringWithCompatibilityMapping
    }
}

/// How long somebody stays signed in.
package struct SessionTimes: Hashable, Sendable {
    /// Seconds without a request after which the session ends.
    package let idle: Int
    /// Seconds after signing in at which it ends whatever happens.
    package let absolute: Int
    /// Seconds for which a password or code that was given counts for what matters most, such as signing.
    package let fresh: Int

    /// An hour without a request; twelve hours at most: a working day. A quarter of an hour to sign: whoever signs ten
    /// letters in a row is asked once, and a browser that was left open signs nothing.
    package static let standard = SessionTimes(idle: 3600, absolute: 43_200, fresh: 900)

    package init(idle: Int, absolute: Int, fresh: Int = 900) {
        self.idle = max(1, idle)
        self.absolute = max(1, absolute)
        self.fresh = max(1, fresh)
    }

    /// The moment at which a session ends if nothing more is asked.
    package func end(created: Instant, seen: Instant) -> Instant {
        min(seen.adding(milliseconds: Int64(idle) * 1000), created.adding(milliseconds: Int64(absolute) * 1000))
    }
}

/// Somebody who is signed in, in one browser.
package struct Session: Hashable, Sendable {
    /// Digest of the secret in the cookie; names the session without opening it.
    package let digest: Data
    package let person: PersonID
    /// Goes along with every form and is compared when it comes back, so that no other site can send one.
    package let csrf: SecretToken
    package let created: Instant
    /// The last request, to the minute.
    package let seen: Instant
    /// True while the account still has the password that was handed out: the session opens nothing but the choice of
    /// another one.
    package let choosesPassword: Bool
    /// True if codes are asked for when this person signs in.
    package let hasSecondFactor: Bool
    /// When it was proved by more than a password that the owner is here; nil while it was not.
    package let proved: Instant?
    /// When the owner was recognised last: by signing in, or by a password or code that was asked again.
    package let recognised: Instant
    /// The key of the provider elsewhere where its owner signed in; nil when it was here.
    package let provider: String?
    /// True if that provider proved its owner by a second factor of its own, and is trusted with it.
    package let isProvedElsewhere: Bool

    /// Names the session in an address, and opens nothing: half of its digest, in hexadecimal.
    package var name: String { Data(digest.prefix(16)).hexadecimal }

    /// True while a code has to be given: the session opens nothing else.
    package var asksCode: Bool { hasSecondFactor && proved == nil }

    package init(
        digest: Data, person: PersonID, csrf: SecretToken, created: Instant, seen: Instant, choosesPassword: Bool = false,
        hasSecondFactor: Bool = false, proved: Instant? = nil, recognised: Instant? = nil, provider: String? = nil,
        isProvedElsewhere: Bool = false
    ) {
        self.digest = digest
        self.person = person
        self.csrf = csrf
        self.created = created
        self.seen = seen
        self.choosesPassword = choosesPassword
        self.hasSecondFactor = hasSecondFactor
        self.proved = proved
        self.recognised = recognised ?? created
        self.provider = provider
        self.isProvedElsewhere = isProvedElsewhere
    }
}

/// A key with which a program acts for a person.
package struct APIToken: Hashable, Sendable {
    /// Names the token without opening anything.
    package let id: String
    package let person: PersonID
    /// What its owner called it.
    package let name: String
    package let created: Instant
    package let expires: Instant
    /// The last request, to the minute; nil if there was none.
    package let used: Instant?
    package let revoked: Instant?

    package init(
        id: String, person: PersonID, name: String, created: Instant, expires: Instant, used: Instant? = nil,
        revoked: Instant? = nil
    ) {
        self.id = id
        self.person = person
        self.name = name
        self.created = created
        self.expires = expires
        self.used = used
        self.revoked = revoked
    }

    /// True if it opens something at this moment.
    package func isValid(at moment: Instant) -> Bool { revoked == nil && moment < expires }
}
