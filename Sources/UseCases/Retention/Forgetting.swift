import Domain
import Journal

/// Carries destructions out, and goes on with what was stopped in the middle.
///
/// What is to go is written in a list outside the database before anything goes. So a machine that stops in the middle, and a
/// backup that is put back, come to the same: at the next opening the list is followed before anybody is let in.
package struct Forgetting: Sendable {
    let installation: Installation
    let upkeep: any JournalUpkeep
    private let vault: any VaultUpkeep
    private let list: any ErasureList

    /// How many dossiers one destruction takes at most; the rest follows with the next one.
    private static let most = 50

    package init(
        _ installation: Installation, upkeep: any JournalUpkeep, vault: any VaultUpkeep, list: any ErasureList
    ) {
        self.installation = installation
        self.upkeep = upkeep
        self.vault = vault
        self.list = list
    }

    /// Carries out whatever stands in the list and is not done, or is not done in this database: before anybody is let in.
    ///
    /// - Returns: how many destructions were carried out.
    @discardableResult
    package func complete() async throws -> Int {
        let (entries, finished) = try list.read()
        guard !entries.isEmpty else { return 0 }
        let erased = Set(try await upkeep.erasures().map(\.stream))
        let open = entries.filter { !finished.contains($0.id) || !erased.isSuperset(of: streams(of: $0)) }
        for entry in open { try await carryOut(entry, isFinished: finished.contains(entry.id)) }
        return open.count
    }

    /// Destroys the dossiers whose wait is over; what was begun before is finished first.
    ///
    /// - Returns: the statement, nil when there was nothing to destroy.
    @discardableResult
    package func work() async throws -> DestructionStatement? {
        try await complete()
        try await forgetQuestions()
        let today = installation.today
        var dossiers: [Dossier] = []
        for row in try await installation.registers.retention(.agreed) where row.stopUntil.map({ $0 < today }) ?? false {
            guard dossiers.count < Self.most else { break }
            do {
                // From here on nobody adds or stops anything; whoever was first counts.
                _ = try await installation.perform(.retention(.begin), on: row.dossier, as: .program)
                dossiers.append(try await installation.folded(row.dossier))
            } catch is NotFound {
                // Something new happened meanwhile, so it is kept.
            }
        }
        guard !dossiers.isEmpty else { return nil }
        let people = try await family(of: dossiers)
        let entry = ErasureEntry(
            id: installation.chance.key(), at: installation.clock.now(), dossiers: dossiers.map(\.id), people: people,
            statement: statement(dossiers, people: people.count))
        try list.add(entry)
        try await carryOut(entry, isFinished: false)
        return entry.statement
    }

    /// What is kept beside the journal about these dossiers, and what is remembered of them.
    func forget(dossiers: [DossierID], streams: [StreamID]) async throws {
        try await vault.forget(dossiers: dossiers, people: [], streams: streams)
        for dossier in dossiers { installation.cache.forget(dossier) }
    }

    private func streams(of entry: ErasureEntry) -> [StreamID] {
        entry.dossiers.map { Projection.stream($0) } + entry.people.map { Projection.stream($0) }
    }

    private func carryOut(_ entry: ErasureEntry, isFinished: Bool) async throws {
        let streams = streams(of: entry)
        let act = Act(
            events: [NewEvent(type: DestructionStatement.name, payload: try entry.statement.payload())],
            registers: .between(old: [], new: Projection.rows(of: entry.statement, entry.id)))
        try await upkeep.erase(
            streams, at: entry.at,
            registers: RegisterChange(
                deletes: entry.people.map { RegisterKey(table: PersonRow.table, values: [RegisterValue($0)]) },
                dossiers: entry.dossiers),
            noting: Appending(
                stream: Projection.statement(entry.id), expectedVersion: 0, at: entry.at, actor: Actor.program.person,
                make: { _ in act }))
        try await vault.forget(dossiers: entry.dossiers, people: entry.people, streams: streams)
        for dossier in entry.dossiers { installation.cache.forget(dossier) }
        for person in entry.people { installation.names.forget(person: person) }
        try await upkeep.settle()
        if !isFinished { try list.finish(entry.id) }
    }

    // MARK: What goes, and what is said of it

    private func statement(_ dossiers: [Dossier], people: Int) -> DestructionStatement {
        let announced = dossiers.compactMap(\.keeping.announced)
        let grounds = dossiers.compactMap { $0.retention(installation.shelf, on: installation.today)?.term?.source }
        return DestructionStatement(
            on: installation.today, dossiers: dossiers.count, events: dossiers.reduce(0) { $0 + $1.version },
            documents: dossiers.reduce(0) { $0 + $1.documents.count }, people: people, grounds: Set(grounds).sorted(),
            announcedBy: Set(announced.map(\.by)).sorted(), agreedBy: Set(announced.compactMap(\.agreedBy)).sorted(),
            remains: DestructionStatement.Remain.counted(dossiers))
    }

    /// The family of these dossiers, and whoever was asked in from outside, that nothing else keeps here: no function, now or
    /// ever, and no other dossier in which they stand or did anything.
    private func family(of dossiers: [Dossier]) async throws -> [PersonID] {
        var candidates: Set<PersonID> = []
        for dossier in dossiers {
            for event in try await installation.journal.read(Projection.stream(dossier.id)) {
                switch try DossierEvent(name: event.type, payload: event.payload) {
                case .guardianRecorded(let guardian): if let person = guardian.person { candidates.insert(person) }
                case .askedIn(let asked): candidates.insert(asked.person)
                default: break
                }
            }
        }
        for person in candidates {
            do {
                if try await !installation.person(person).functions.isEmpty { candidates.remove(person) }
            } catch JournalFault.erased {
                // Forgotten before, with another dossier that this one still names.
                candidates.remove(person)
            }
        }
        let going = Set(dossiers.map(\.id))
        var last: StreamID?
        while !candidates.isEmpty {
            let streams = try await installation.journal.streams(prefix: "dossier-", after: last, limit: 500)
            guard let end = streams.last else { break }
            last = end
            for stream in streams {
                guard let id = Projection.dossier(of: stream), !going.contains(id) else { continue }
                do {
                    let other = try await installation.folded(id)
                    candidates.subtract(other.guardians.compactMap(\.person))
                    candidates.subtract(other.askedIn.map(\.asked.person))
                    candidates.subtract(other.history.map(\.actor))
                } catch is NotFound {
                    // Forgotten before.
                }
            }
        }
        return candidates.sorted()
    }
}
