import Domain
import Foundation
import Journal
import JournalSQLite
import Synchronization
import TestKit
import Testing
import UseCases

/// A clock that the simulation sets.
final class SetClock: UseCases.Clock {
    private let time: Mutex<Instant>

    init(_ time: Instant) { self.time = Mutex(time) }

    func now() -> Instant { time.withLock { $0 } }
    func move(milliseconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
}

/// A partnership of one plan with everybody it needs, and two servers on one store, one of them on a bad day.
struct World: Sendable {
    let store: SQLiteStore
    let journal: SQLiteJournal
    let faults: FaultyJournal
    let reads: FaultyReads
    let clock: SetClock
    /// What the people of the simulation work with: every fault comes through here.
    let server: Installation
    /// Another server, whose people act in between; nothing ever goes wrong with it.
    let other: Installation
    let staff: [Invention.Staff]
    /// Accounts of guardians, to be named in dossiers.
    let family: [PersonID]

    var shelf: PlanShelf { other.shelf }
    var rules: PlanRules { other.rules }

    static let schools = [OrganisationID("school-het-anker"), OrganisationID("school-de-boei")]
    private static let since = Day.of("2018-08-01")

    /// - Parameters:
    ///   - store: in memory, or in a folder.
    ///   - directory: where large documents are kept; nil keeps them in the store.
    ///   - start: the first morning.
    init(_ shelf: PlanShelf, store: SQLiteStore, directory: URL? = nil, start: Instant) async throws {
        self.store = store
        let journal = SQLiteJournal(store)
        let faults = FaultyJournal(journal)
        let vault = SQLiteVault(store, directory: directory)
        let reads = FaultyReads(vault.reads)
        let clock = SetClock(start)
        func installation(_ journal: any Journal, _ registers: SQLiteJournal, _ reads: any Reads) -> Installation {
            // Room for fewer dossiers than there are, so that they come and go.
            Installation(
                journal: journal, registers: registers,
                vault: Vault(
                    accounts: Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration)), reads: reads,
                    drafts: vault.drafts, blobs: vault.blobs), shelf: shelf, clock: clock, cached: 3)
        }
        self.journal = journal
        self.faults = faults
        self.reads = reads
        self.clock = clock
        server = installation(faults, journal, reads)
        other = installation(journal, journal, vault.reads)
        staff = Invention.staff(of: shelf.inForce(on: start.day), at: World.schools, since: World.since)
        family = (1...6).map { PersonID("p-ouder-\($0)") }
    }

    /// Registers the schools and everybody.
    func fill() async throws {
        try await other.register(
            Organisation(id: .partnership, kind: "partnership", name: rules.partnership.name), as: .program)
        for school in World.schools {
            try await other.register(Organisation(id: school, kind: "bo", name: school.rawValue), as: .program)
        }
        for person in staff.map(\.person) + family {
            _ = try await other.perform(
                .register(name: "Persoon \(person)", email: "\(person)@voorbeeld.example"), on: person, as: .program)
        }
        for one in staff {
            _ = try await other.perform(.grant(FunctionGrant(id: one.grant, held: one.held)), on: one.person, as: .program)
        }
    }

    /// The dossier as the journal tells it, without any memory.
    func replayed(_ id: DossierID) async throws -> Dossier {
        var dossier = Dossier(id: id)
        for event in try await journal.read(Projection.stream(id)) { try dossier.fold(event) }
        return try await other.knowingSchool(dossier)
    }
}
