import ArgumentParser
import Domain
import Foundation
import Journal
import JournalSQLite
import Plan
import UseCases
import Web

/// The data folder that a command works on, and when it is there.
struct InstallationOptions: ParsableArguments {
    @Argument(help: "The data folder.")
    var directory: String

    @Option(help: "Path of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @Option(help: "Start the clock at this local time (2026-11-02T09:00); for demonstrations and tests.")
    var at: String?

    /// Opens the folder.
    ///
    /// - Throws: `ValidationError` for a time that cannot be read, `PlanProblems`, or the store's fault.
    func open() throws -> OpenInstallation {
        let folder = DataFolder(URL(filePath: directory), keyFile: keyFile.map { URL(filePath: $0) })
        return try OpenInstallation(folder, clock: try clock(folder))
    }

    /// The clock of this run: as asked, else as the demonstration was made for, else the machine's.
    private func clock(_ folder: DataFolder) throws -> any Clock {
        guard let at else { return SystemClock() }
        return ShiftedClock(startingAt: try LocalTime.instant(at))
    }
}

/// A time on the wall clock as typed on the command line.
enum LocalTime {
    static func instant(_ text: String) throws -> Instant {
        guard let moment = LocalMoment(text) else { throw ValidationError("'\(text)' is not a time like 2026-11-02T09:00") }
        return Instant.amsterdam(moment.day, hour: moment.hour, minute: moment.minute)
    }
}

/// Where everything of an installation lies.
///
/// `journal.sqlite` and `keys.sqlite`, `blobs/`, `keys/master.key` (or elsewhere), `plans/`, and in a demonstration
/// `demo-people.json`.
struct DataFolder {
    let root: URL
    let keyFile: URL

    init(_ root: URL, keyFile: URL? = nil) {
        self.root = root
        self.keyFile = keyFile ?? root.appending(path: "keys/master.key")
    }

    var plans: URL { root.appending(path: "plans") }
    var demoPeople: URL { root.appending(path: "demo-people.json") }
    var isDemo: Bool { FileManager.default.fileExists(atPath: demoPeople.path) }
    /// The partnership whose plan is here.
    func partnership() throws -> String {
        let found = try FileManager.default.contentsOfDirectory(atPath: plans.path).filter { $0 != "law" && !$0.hasPrefix(".") }
        guard found.count == 1, let partnership = found.first else {
            throw ValidationError("\(plans.path) must hold the plan of one partnership beside law")
        }
        return partnership
    }
}

/// An installation with its stores open.
struct OpenInstallation {
    let folder: DataFolder
    let store: SQLiteStore
    let journal: SQLiteJournal
    let installation: Installation

    init(_ folder: DataFolder, clock: any Clock) throws {
        self.folder = folder
        let shelf = try PlanLoader.shelf(try folder.partnership(), from: PlanFolder(folder.plans.path))
        store = try SQLiteStore.open(directory: folder.root, master: try MasterKey.load(from: folder.keyFile))
        journal = SQLiteJournal(store)
        let vault = SQLiteVault(store, directory: folder.root)
        // In a demonstration the passwords are printed on the page; what they cost to guess protects nothing.
        let hasher = PasswordHasher(cost: folder.isDemo ? .demonstration : .standard)
        installation = Installation(
            journal: journal, registers: journal,
            vault: Vault(
                accounts: Accounts(store: vault.accounts, hasher: hasher), reads: vault.reads, drafts: vault.drafts,
                blobs: vault.blobs), shelf: shelf, clock: clock)
    }

    /// The roles of a demonstration; nil for a real installation.
    func practice() throws -> Site.Practice? {
        guard folder.isDemo else { return nil }
        return Site.Practice(roles: try JSONDecoder().decode([Site.Practice.Role].self, from: try Data(contentsOf: folder.demoPeople)))
    }

    func close() async throws {
        try await store.checkpoint()
        try store.close()
    }
}
