import Domain
import Journal
import Synchronization

/// Names of people and organisations by key, remembered for a minute because every page needs some.
///
/// What this process changes it forgets at once; the minute is for what another process changes, such as an import.
package final class Names: Sendable {
    private struct Remembered<Value: Sendable> {
        let value: Value
        let at: Instant
    }

    private struct State {
        var people: [PersonID: Remembered<String>] = [:]
        var organisations: [OrganisationID: Remembered<OrganisationRow>] = [:]
        var all: Remembered<[OrganisationRow]>?
        /// Rises with every change: what was read before one is not remembered after it.
        var changes = 0
    }

    private let state = Mutex(State())
    private let nameOf: @Sendable (PersonID) async throws -> String?
    private let lookUp: @Sendable (OrganisationID) async throws -> OrganisationRow?
    private let list: @Sendable (_ limit: Int) async throws -> [OrganisationRow]
    private let clock: any Clock
    /// Beyond this many the memory starts anew: a bound, not a tuning.
    private static let most = 50_000
    /// The most organisations of one partnership: more than any region has.
    private static let mostOrganisations = 2_000
    /// How long a name is remembered, in milliseconds.
    private static let remembered: Int64 = 60_000

    /// - Parameters:
    ///   - person: where the name of a person is looked up.
    ///   - organisation: where an organisation is looked up.
    ///   - organisations: where all of them are, by name, as many as are asked for.
    ///   - clock: by which a name grows old.
    package init(
        person: @escaping @Sendable (PersonID) async throws -> String?,
        organisation: @escaping @Sendable (OrganisationID) async throws -> OrganisationRow?,
        organisations: @escaping @Sendable (_ limit: Int) async throws -> [OrganisationRow], clock: any Clock
    ) {
        nameOf = person
        lookUp = organisation
        list = organisations
        self.clock = clock
    }

    /// Names as the registers hold them.
    package convenience init(registers: any Registers, clock: any Clock) {
        self.init(
            person: { try await registers.person($0)?.name }, organisation: { try await registers.organisation($0) },
            organisations: { try await registers.organisations(search: nil, kind: nil, limit: $0) }, clock: clock)
    }

    /// The names of these people; one without a name is left out.
    package func people(_ ids: some Sequence<PersonID>) async throws -> [PersonID: String] {
        let now = clock.now()
        var names: [PersonID: String] = [:]
        var unknown: [PersonID] = []
        let changes = state.withLock { state in
            for id in ids {
                if let name = Self.fresh(state.people[id], now) { names[id] = name } else { unknown.append(id) }
            }
            return state.changes
        }
        for id in unknown where names[id] == nil {
            guard let name = try await nameOf(id) else { continue }
            names[id] = name
            state.withLock { state in
                guard state.changes == changes else { return }
                if state.people.count > Self.most { state.people = [:] }
                state.people[id] = Remembered(value: name, at: now)
            }
        }
        return names
    }

    /// One organisation, when it is registered.
    package func organisation(_ id: OrganisationID) async throws -> OrganisationRow? {
        let now = clock.now()
        let (known, changes) = state.withLock { (Self.fresh($0.organisations[id], now), $0.changes) }
        if let known { return known }
        guard let row = try await lookUp(id) else { return nil }
        state.withLock { state in
            guard state.changes == changes else { return }
            if state.organisations.count > Self.most { state.organisations = [:] }
            state.organisations[id] = Remembered(value: row, at: now)
        }
        return row
    }

    /// All organisations by name, the partnership and closed schools among them: what one chooses a place from.
    package func organisations() async throws -> [OrganisationRow] {
        let now = clock.now()
        let (known, changes) = state.withLock { (Self.fresh($0.all, now), $0.changes) }
        if let known { return known }
        let rows = try await list(Self.mostOrganisations)
        state.withLock { state in
            if state.changes == changes { state.all = Remembered(value: rows, at: now) }
        }
        return rows
    }

    private static func fresh<Value>(_ remembered: Remembered<Value>?, _ now: Instant) -> Value? {
        // A clock that was set back makes nothing younger.
        guard let remembered, abs(now.milliseconds - remembered.at.milliseconds) < Self.remembered else { return nil }
        return remembered.value
    }

    /// Forgets what may have changed.
    package func forget(person: PersonID) {
        state.withLock { state in
            state.people[person] = nil
            state.changes += 1
        }
    }

    package func forget(organisation: OrganisationID) {
        state.withLock { state in
            state.organisations[organisation] = nil
            state.all = nil
            state.changes += 1
        }
    }
}
