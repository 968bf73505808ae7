import Domain
import Foundation
import Journal
import Plan
import UseCases
import Web

/// An installation with its stores open.
struct OpenInstallation {
    let installation: Installation
    let folder: DataFolder
    let stores: OpenStores
    let forgetting: Forgetting
    /// How many destructions were carried out at the opening, because the list names them and they were not done here.
    let destroyed: Int
    var journal: any OpenStores.WholeJournal { stores.journal }

    /// Checks the folder, reads the plan, opens the stores and follows the versions that were put in force in the journal.
    ///
    /// - Parameters:
    ///   - list: the list of erasures that it is held to; that of the folder when not given.
    ///   - hasher: what works on passwords, where others share it.
    /// - Throws: `PlanProblems`, or `JournalFault` when a store or the master key does not open.
    init(
        _ folder: DataFolder, in place: StorePlace = .folder, at: Instant? = nil, shelf: PlanShelf? = nil,
        list: (any ErasureList)? = nil, hasher: PasswordHasher? = nil
    ) async throws {
        self.folder = folder
        let shelf = try shelf ?? folder.shelf()
        stores = try OpenStores(folder, place)
        // In a demo the password is printed on the page; what it costs to guess protects nothing.
        let hasher = hasher ?? PasswordHasher(cost: folder.isDemo ? .demonstration : .standard)
        installation = Installation(
            journal: stores.journal, registers: stores.journal,
            vault: Vault(
                accounts: Accounts(store: stores.accounts, hasher: hasher), reads: stores.reads, drafts: stores.drafts,
                blobs: stores.blobs, presences: stores.presences),
            shelf: shelf, plans: PlanFolder(folder.plans.path), checkpoints: stores.journal,
            clock: at.map { ShiftedClock(startingAt: $0) } ?? SystemClock(),
            transfers: PartnersFolder(folder, name: shelf.inForce(on: SystemClock().now().day).partnership.name))
        forgetting = Forgetting(
            installation, upkeep: stores.journal, vault: stores.upkeep, list: try list ?? folder.erasureList(stores.erasures))
        TriedBackup.clearAbandoned(folder)
        // Before anything is read: a backup that was put back may hold what was destroyed since.
        destroyed = try await forgetting.complete()
        try await installation.followVersions()
    }

    /// Who can be signed in by one press, when this is a demo; nil for any other installation.
    func practice() throws -> Site.Practice? {
        guard folder.isDemo, let people = FileManager.default.contents(atPath: folder.demoPeople.path) else { return nil }
        return Site.Practice(roles: try JSONDecoder().decode([Site.Practice.Role].self, from: people))
    }

    /// What the machine knows of it: the room on the disk with the data, and when it was backed up last.
    var surroundings: Surroundings {
        let root = folder.root
        // Invented people need no backup, and a database has programs of its own for it.
        let isBackedUpHere = !folder.isDemo && stores.areInFolder
        return Surroundings(
            freeBytes: {
                // Asked anew: what a URL was once told stays in it.
                let values = try? URL(filePath: root.path(percentEncoded: false))
                    .resourceValues(forKeys: [.volumeAvailableCapacityKey])
                return values?.volumeAvailableCapacity.map(Int64.init)
            },
            backup: {
                guard isBackedUpHere else { return .notHere }
                return BackupRecord.read(in: root).map { .made($0.at) } ?? .never
            })
    }

    /// Moves what was written into the databases and closes them.
    func close() async throws { try await stores.close() }
}
