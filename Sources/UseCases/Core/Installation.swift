import Domain
import Journal
import Plan

/// One running SENtrum: the stores, the plan, the clock; every use case is a function of it.
package struct Installation: Sendable {
    package let journal: any Journal
    package let registers: any Registers
    /// What was signed of the journal; nil where nothing is.
    package let checkpoints: (any Checkpoints)?
    package let vault: Vault
    /// With which key dossiers are handed over, and to whom; nil where nothing is set up for it.
    package let transfers: (any TransferDesk)?
    package let plans: PlanLibrary
    package let clock: any Clock
    package let chance: any Chance
    package let cache: DossierCache
    package let names: Names
    package let searches = Searches()
    package let grounds = PlanGrounds()
    /// How the work that goes on by itself went.
    package let upkeep = UpkeepRecord()
    private let triedPlans = TriedPlans()

    /// - Parameters:
    ///   - shelf: the versions of the folder of plans.
    ///   - plans: where those were read, so that versions from the journal can join them (`followVersions`).
    ///   - transfers: with which key dossiers are handed over, and to which partnerships.
    ///   - cached: how many folded dossiers are kept in memory.
    package init(
        journal: any Journal, registers: any Registers, vault: Vault, shelf: PlanShelf, plans: (any PlanFiles)? = nil,
        checkpoints: (any Checkpoints)? = nil, clock: any Clock = SystemClock(), chance: any Chance = SystemChance(),
        transfers: (any TransferDesk)? = nil, cached: Int = 2_000
    ) {
        self.journal = journal
        self.registers = registers
        self.checkpoints = checkpoints
        self.transfers = transfers
        self.vault = vault
        self.plans = PlanLibrary(shelf, files: plans)
        self.clock = clock
        self.chance = chance
        cache = DossierCache(limit: cached)
        names = Names(registers: registers, clock: clock)
    }

    /// A version with its examples, each tried; nil when it is not followed here or cannot be read anew.
    package func tried(_ key: PlanKey) -> WholePlan? {
        guard shelf[key] != nil else { return nil }
        return triedPlans.plan(key, from: plans.files)
    }

    package var today: Day { clock.now().day }

    /// The versions of the plan that are followed now; another reading may find one more.
    package var shelf: PlanShelf { plans.shelf }

    /// The plan in force today.
    package var rules: PlanRules { shelf.inForce(on: today) }
}

/// What is kept beside the journal: accounts, the read log, drafts and the contents of documents.
package struct Vault: Sendable {
    package let accounts: Accounts
    package let reads: any Reads
    package let drafts: any Drafts
    package let blobs: any Blobs

    package let presences: any Presences

    package init(
        accounts: Accounts, reads: any Reads, drafts: any Drafts, blobs: any Blobs, presences: any Presences = Presence()
    ) {
        self.presences = presences
        self.accounts = accounts
        self.reads = reads
        self.drafts = drafts
        self.blobs = blobs
    }
}

/// Thrown for what does not exist, or not for whoever asks: the two are never told apart.
package struct NotFound: Error, Hashable, Sendable {
    package init() {}
}
