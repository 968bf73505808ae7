import Domain

/// Where a password that is written down comes from.
package enum PasswordOrigin: Hashable, Sendable {
    /// Its owner chose it.
    case own
    /// Somebody else handed it out at this moment, so that two people know it.
    case handedOut(Instant)
    /// The password is the one of before in another hash.
    case asBefore
}
