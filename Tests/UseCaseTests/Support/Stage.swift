import Domain
import Foundation
import Journal
import JournalSQLite
import Plan
import Synchronization
import TestKit
import Testing
import UseCases

/// A clock that a test moves.
final class MovedClock: UseCases.Clock {
    private let time: Mutex<Instant>

    init(_ time: Instant) { self.time = Mutex(time) }

    func now() -> Instant { time.withLock { $0 } }
    func move(to time: Instant) { self.time.withLock { $0 = time } }
    func move(_ day: String, _ time: String = "10:00", sourceLocation: SourceLocation = #_sourceLocation) {
        move(to: .of(day, time, sourceLocation: sourceLocation))
    }
}

/// One installation on a store of its own, with the people of an invented partnership registered in it.
struct Stage: Sendable {
    let store: SQLiteStore
    let journal: SQLiteJournal
    let clock: MovedClock
    let installation: Installation

    /// Everything in memory, on the morning of the day.
    ///
    /// - Parameter filled: whether the people of the invented plan are there; another plan does not know their functions.
    static func inMemory(
        _ shelf: PlanShelf = .of([.invented]), on day: String = "2021-09-01", cached: Int = 2_000, filled: Bool = true
    ) async throws -> Stage {
        let stage = try Stage(store: .inMemory(), directory: nil, shelf, on: day, cached: cached)
        if filled { try await stage.fill() }
        return stage
    }

    /// On files in a folder of its own, which is removed afterwards.
    static func onFile(
        _ shelf: PlanShelf = .of([.invented]), on day: String = "2021-09-01", _ test: (Stage) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "sentrum-usecases-\(UUID().uuidString)")
        let store = try SQLiteStore.open(directory: directory, master: .generate())
        defer {
            try? store.close()
            try? FileManager.default.removeItem(at: directory)
        }
        let stage = try Stage(store: store, directory: directory, shelf, on: day, cached: 2_000)
        try await stage.fill()
        try await test(stage)
    }

    private init(store: SQLiteStore, directory: URL?, _ shelf: PlanShelf, on day: String, cached: Int) throws {
        self.store = store
        journal = SQLiteJournal(store)
        clock = MovedClock(.of(day))
        let vault = SQLiteVault(store, directory: directory)
        installation = Installation(
            journal: journal, registers: journal,
            vault: Vault(
                accounts: Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration)), reads: vault.reads,
                drafts: vault.drafts, blobs: vault.blobs), shelf: shelf, clock: clock, cached: cached)
    }

    /// The same stores behind another installation: one more server, with a memory of its own.
    ///
    /// - Parameters:
    ///   - journal: what stands between it and the journal.
    ///   - reads: what stands between it and the read log.
    ///   - accounts: what stands between it and the accounts.
    func another(
        journal: (any Journal)? = nil, reads: (any Reads)? = nil, accounts: (any AccountStore)? = nil, cached: Int = 2_000,
        chance: any Chance = SystemChance()
    ) -> Installation {
        let vault = installation.vault
        return Installation(
            journal: journal ?? self.journal, registers: self.journal,
            vault: Vault(
                accounts: accounts.map { Accounts(store: $0, hasher: PasswordHasher(cost: .demonstration)) } ?? vault.accounts,
                reads: reads ?? vault.reads, drafts: vault.drafts, blobs: vault.blobs), shelf: installation.shelf, clock: clock,
            chance: chance, cached: cached)
    }

    /// Registers the invented schools and people; those who hold a function get it as a grant.
    private func fill() async throws {
        for organisation in [
            Organisation(id: .partnership, kind: "partnership", name: "Testland"),
            Organisation(id: Testland.school, kind: "bo", name: "De Lindeboom", code: "99AA00"),
            Organisation(id: Testland.otherSchool, kind: "bo", name: "De Vuurtoren", code: "99BB00"),
        ] { try await installation.register(organisation, as: .program) }
        for actor in Testland.people.values.sorted(by: { $0.person < $1.person }) {
            let id = actor.person
            _ = try await installation.perform(
                .register(name: Stage.name(of: id), email: "\(id)@testland.example"), on: id, as: .program)
            for (index, held) in actor.functions.enumerated() {
                _ = try await installation.perform(
                    .grant(FunctionGrant(id: "grant-\(id)-\(index)", held: held)), on: id, as: .program)
            }
        }
    }

    /// The name that somebody is registered by.
    static func name(of person: PersonID) -> String { "Persoon \(person.rawValue.dropFirst(2))" }
}

extension Stage {
    /// Everything in the registers, by table.
    func registers() async throws -> [String: [[RegisterValue]]] {
        var dumps: [String: [[RegisterValue]]] = [:]
        for table in RegisterRows.tables { dumps[table.name] = try await journal.registerDump(table) }
        return dumps
    }

    /// That the registers are what a rebuild makes of the journal, row for row, and that the chain is whole.
    func expectSound(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let live = try await registers()
        let shelf = installation.shelf
        try await journal.rebuild { try Projection.rows($0, $1, shelf) }
        let rebuilt = try await registers()
        for table in RegisterRows.tables {
            let one = live[table.name] ?? []
            let other = rebuilt[table.name] ?? []
            #expect(one.count == other.count, "\(table.name) \(comment ?? "")", sourceLocation: sourceLocation)
            for (left, right) in zip(one, other) where left != right {
                Issue.record(
                    "\(table.name): \(left) is \(right) after a rebuild \(comment ?? "")", sourceLocation: sourceLocation)
            }
        }
        let verification = try await journal.verify(contents: true)
        #expect(verification.isWhole, "\(verification) \(comment ?? "")", sourceLocation: sourceLocation)
    }

    /// The number of events of a dossier.
    func version(_ id: DossierID) async throws -> Int { try await journal.read(Projection.stream(id)).count }

    /// The dossier as the journal tells it, without any memory.
    func replayed(_ id: DossierID) async throws -> Dossier {
        var dossier = Dossier(id: id)
        for event in try await journal.read(Projection.stream(id)) { try dossier.fold(event) }
        // The kind of school is the register's, looked up beside what the journal tells.
        if let school = dossier.school { dossier.schoolKind = try await installation.names.organisation(school)?.kind }
        return dossier
    }
}
