import Domain
import Journal
import Synchronization

/// Names of people and organisations by key, remembered because every page needs some.
package final class Names: Sendable {
    private struct State {
        var people: [PersonID: String] = [:]
        var organisations: [OrganisationID: OrganisationRow] = [:]
    }

    private let state = Mutex(State())
    private let registers: any Registers
    /// Beyond this many the memory starts anew: a bound, not a tuning.
    private static let most = 50_000

    package init(registers: any Registers) { self.registers = registers }

    /// The names of these people; one without a name is left out.
    package func people(_ ids: some Sequence<PersonID>) async throws -> [PersonID: String] {
        var names: [PersonID: String] = [:]
        var unknown: [PersonID] = []
        state.withLock { state in
            for id in ids {
                if let name = state.people[id] { names[id] = name } else { unknown.append(id) }
            }
        }
        for id in unknown where names[id] == nil {
            guard let row = try await registers.person(id) else { continue }
            names[id] = row.name
            state.withLock { state in
                if state.people.count > Self.most { state.people = [:] }
                state.people[id] = row.name
            }
        }
        return names
    }

    /// One organisation, when it is registered.
    package func organisation(_ id: OrganisationID) async throws -> OrganisationRow? {
        if let row = state.withLock({ $0.organisations[id] }) { return row }
        guard let row = try await registers.organisation(id) else { return nil }
        state.withLock { state in
            if state.organisations.count > Self.most { state.organisations = [:] }
            state.organisations[id] = row
        }
        return row
    }

    /// Forgets what may have changed.
    package func forget(person: PersonID) { state.withLock { $0.people[person] = nil } }
    package func forget(organisation: OrganisationID) { state.withLock { $0.organisations[organisation] = nil } }
}
