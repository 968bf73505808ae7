import Domain
import Journal

/// What mail tells of a dossier: that something waits or happened and what kind, never about whom.
package enum Notice: Hashable, Sendable {
    /// A family asked something with its rights; for those who handle that.
    case rightsAsked
    /// There is news about what somebody asked with their rights; for that person.
    case rightsAnswered(PersonID)
    /// A letter of theirs, or what they said, was written down as a request; for that person.
    case rightsRecorded(PersonID)
    /// A request that somebody wrote down for a guardian was taken back, as another wrote down; for who wrote the request down.
    case rightsTakenBack(PersonID)
    /// A dossier will be destroyed; for the family, and those of the school who may stop it.
    case destruction
    /// Somebody from outside was let in; for whoever decides for the child.
    case askedIn
    /// A part of a dossier was handed over, sealed, to another partnership; for whoever decides for the child.
    case handedOver
    /// Somebody opened a dossier in an emergency; for whoever decides for the child.
    case emergency
    /// The same, for those who watch over the logs.
    case emergencyWatched

    /// Its name in the catalogue of texts.
    package var code: String {
        switch self {
        case .rightsAsked: "rightsAsked"
        case .rightsAnswered: "rightsAnswered"
        case .rightsRecorded: "rightsRecorded"
        case .rightsTakenBack: "rightsTakenBack"
        case .destruction: "destruction"
        case .askedIn: "askedIn"
        case .handedOver: "handedOver"
        case .emergency: "emergency"
        case .emergencyWatched: "emergencyWatched"
        }
    }
}

extension Installation {
    /// The addresses of those whom something is told; who has none hears of it where they sign in, or by a letter.
    ///
    /// - Throws: the journal's fault.
    package func addresses(for notice: Notice, of dossier: Dossier) async throws -> [String] {
        switch notice {
        case .rightsAsked:
            let places = (rules.rights?.handledBy ?? []).compactMap { function in
                RightsRule.place(of: function, at: dossier.school, rules).map { (function, $0) }
            }
            return try await addresses(holding: places)
        case .rightsAnswered(let person), .rightsRecorded(let person), .rightsTakenBack(let person):
            return [try await registers.person(person)?.email].compactMap(\.self)
        case .destruction:
            let places = (rules.retention?.stops ?? []).compactMap { function in
                dossier.school.flatMap { rules.function(function)?.place == .school ? (function, $0) : nil }
            }
            let school = try await addresses(holding: places)
            return Set(school).union(try await addresses(of: dossier.guardians)).sorted()
        case .askedIn, .handedOver, .emergency:
            return try await addresses(of: dossier.authorities).sorted()
        case .emergencyWatched:
            return try await addresses(holding: rules.watchingLogs.map { ($0, .partnership) })
        }
    }

    /// Where guardians are reached: the address that they gave, or else the one with which they sign in.
    private func addresses(of guardians: [Guardian]) async throws -> Set<String> {
        var found: Set<String> = []
        for guardian in guardians {
            if let email = guardian.email {
                found.insert(email)
            } else if let person = guardian.person, let email = try await registers.person(person)?.email {
                found.insert(email)
            }
        }
        return found
    }

    /// The addresses of everybody who holds one of these functions today, each once.
    private func addresses(holding places: [(function: String, at: OrganisationID)]) async throws -> [String] {
        var found: Set<String> = []
        for place in places {
            for held in try await registers.functions(at: place.at, function: place.function, on: today) {
                if let email = try await registers.person(held.person)?.email { found.insert(email) }
            }
        }
        return found.sorted()
    }
}
