import Domain
import Foundation
import Journal
import Synchronization

/// Fills an empty installation with invented people and years of cases, every one of them really decided.
///
/// The same seed, moment, plan and number of pupils give the same events; only what seals them differs.
package struct Demo: Sendable {
    /// Where everything is stored.
    package struct Stores: Sendable {
        let journal: any Journal
        let blobs: any Blobs
        let reads: any Reads
        let accounts: any AccountStore

        package init(journal: any Journal, blobs: any Blobs, reads: any Reads, accounts: any AccountStore) {
            self.journal = journal
            self.blobs = blobs
            self.reads = reads
            self.accounts = accounts
        }
    }

    /// What was made.
    package struct Outcome: Sendable {
        package let people: [DemoPerson]
        package let schools: Int
        package let staff: Int
        package let dossiers: Int
        package let events: Int
        package let documents: Int
        package let decisions: Int
        /// What the stories could not do, as codes; none when plan and demo fit.
        package let failures: [String: Int]
    }

    /// How far it is.
    package struct Progress: Sendable {
        package let done: Int
        package let total: Int
    }

    private let stores: Stores
    private let casting: DemoCasting
    private let stage: DemoStage
    private let pupils: Int

    /// Dossiers whose stories are in memory together, and whose acts stand in the journal in the order of time.
    private static let chunk = 1_500
    /// Acts that share one transaction.
    private static let batch = 200
    /// Stories that one task tells.
    private static let portion = 25

    /// - Parameter pupils: the number of dossiers.
    /// - Parameter schools: how many schools have any; as the settings say when not given.
    /// - Parameter whole: one in so many dossiers has a whole story; the others are opened, and no more.
    /// - Parameter until: the moment at which the demo is opened; nothing happens after it.
    package init(
        _ content: DemoContent, shelf: PlanShelf, stores: Stores, pupils: Int, schools: Int? = nil, whole: Int = 1, seed: UInt64,
        until: Instant
    ) {
        let first = until.day.adding(years: -content.settings.years)
        let random = SeededRandom(seed: seed ^ 0x0F_1857, part: 0)
        let world = DemoWorld(
            content, rules: shelf.inForce(on: until.day), pupils: pupils, active: schools, first: first.adding(days: -40),
            random: random)
        stage = DemoStage(
            content: content, shelf: shelf, world: world, first: first, until: until, seed: seed, whole: whole,
            looks: pupils > 5_000 ? 4 : 40)
        casting = DemoCasting(stage, pupils: pupils)
        self.pupils = pupils
        self.stores = stores
    }

    /// Makes everything; `told` hears how far it is.
    ///
    /// - Throws: the journal's and the vault's faults.
    package func make(told: @Sendable (Progress) -> Void) async throws -> Outcome {
        let hash = try PasswordHash(stage.content.settings.password, cost: .demonstration)
        var tally = DemoTally(stage)
        var events = try await makeWorld(hash)
        var versions = DemoVersions(stage, stores.blobs)
        for batch in try await versions.appendings().batches(of: Self.batch) {
            events += try await stores.journal.appendAll(batch).joined().count
        }
        var next: Task<[DemoStory], any Error>? = stories(0..<min(Self.chunk, pupils))
        var done = 0
        told(Progress(done: 0, total: pupils))
        while let telling = next {
            let stories = try await telling.value
            let after = done + stories.count
            // The next stories are told while these are stored.
            next = after < pupils ? self.stories(after..<min(after + Self.chunk, pupils)) : nil
            for story in stories { tally.look(at: story) }
            events += try await store(stories, hash, tally: &tally) { share in
                told(Progress(done: done + Int(Double(stories.count) * share), total: pupils))
            }
            done = after
            told(Progress(done: done, total: pupils))
        }
        return Outcome(
            people: tally.people(), schools: stage.world.schools.count, staff: stage.world.members.count, dossiers: done,
            events: events, documents: tally.documents, decisions: tally.decisions,
            failures: tally.failures.merging(versions.failures, uniquingKeysWith: +))
    }

    // MARK: Telling

    private func stories(_ range: Range<Int>) -> Task<[DemoStory], any Error> {
        let casting = casting
        return Task.detached {
            try await withThrowingTaskGroup(of: (Int, [DemoStory]).self) { group in
                for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.portion) {
                    let part = start..<min(start + Self.portion, range.upperBound)
                    group.addTask { (start, part.map(casting.story)) }
                }
                var parts: [Int: [DemoStory]] = [:]
                for try await (start, stories) in group { parts[start] = stories }
                return parts.keys.sorted().flatMap { parts[$0] ?? [] }
            }
        }
    }

    // MARK: Storing

    /// Schools and everybody who works there.
    private func makeWorld(_ hash: PasswordHash) async throws -> Int {
        let at = Instant.amsterdam(stage.first.adding(days: -30), hour: 9, minute: 0)
        let world = stage.world
        let administrator = world.members.first?.person ?? Actor.program.person
        var appendings: [Appending] = []
        for organisation in [world.partnership] + world.schools.map(\.organisation) {
            let event = OrganisationEvent.registered(organisation)
            let act = Act(
                events: [NewEvent(type: event.name, payload: try event.payload())],
                registers: .between(old: [], new: [OrganisationState(organisation: organisation).row]))
            appendings.append(
                Appending(
                    stream: Projection.stream(organisation.id), expectedVersion: 0, at: at, actor: administrator,
                    make: { _ in act }))
        }
        for member in world.members {
            let events =
                [PersonEvent.registered(.init(name: member.name, email: member.email))]
                + member.grants.map(PersonEvent.functionGranted)
            appendings.append(try appending(events, of: member.person, at: at, by: administrator))
        }
        var count = 0
        for batch in appendings.batches(of: Self.batch) { count += try await stores.journal.appendAll(batch).joined().count }
        try await open(world.members.map { DemoAccount(person: $0.person, name: $0.name, email: $0.email, at: at) }, hash)
        return count
    }

    private func appending(_ events: [PersonEvent], of person: PersonID, at: Instant, by actor: PersonID) throws -> Appending {
        var after = Person(id: person)
        for (index, event) in events.enumerated() { after.apply(event, version: index + 1) }
        let act = Act(
            events: try events.map { NewEvent(type: $0.name, payload: try $0.payload()) },
            registers: .between(old: [], new: Projection.rows(of: after)))
        return Appending(
            stream: Projection.stream(person), expectedVersion: 0, at: at, actor: actor, make: { _ in act })
    }

    private func open(_ accounts: [DemoAccount], _ hash: PasswordHash) async throws {
        let store = stores.accounts
        try await accounts.inParallel { account in
            try await store.insert(
                Account(
                    person: account.person, email: Account.folded(account.email), hasPassword: true, created: account.at,
                    disabled: nil), password: hash)
        }
    }

    /// Stores what the stories brought, in the order of time.
    private func store(
        _ stories: [DemoStory], _ hash: PasswordHash, tally: inout DemoTally, told: (Double) -> Void
    ) async throws -> Int {
        let references = try await storeBlobs(stories)
        let folds = stories.map { DemoFold($0.dossier.id, acts: $0.acts.count { $0.isOfDossier }) }
        let acts = stories.enumerated().flatMap { index, story in story.acts.map { (index, $0) } }
        let ordered = acts.enumerated().sorted { ($0.element.1.at, $0.offset) < ($1.element.1.at, $1.offset) }.map(\.element)
        var count = 0
        for (number, batch) in ordered.batches(of: Self.batch).enumerated() {
            let appendings = try batch.map { index, act in
                switch act.deed {
                case .person(let event): try appending([event], of: act.stream.person, at: act.at, by: act.actor)
                case .dossier(let decided): folds[index].appending(act, decided, references, stage)
                }
            }
            count += try await stores.journal.appendAll(appendings).joined().count
            told(Double((number + 1) * Self.batch) / Double(max(1, ordered.count)) * 0.95)
        }
        let looks = stories.flatMap(\.reads).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for batch in looks.map(\.element).batches(of: 1_000) { try await stores.reads.log(batch) }
        try await open(stories.flatMap(\.accounts), hash)
        for fold in folds { tally.count(fold.tasks) }
        return count
    }

    private func storeBlobs(_ stories: [DemoStory]) async throws -> [DocumentID: BlobReference] {
        let blobs = stores.blobs
        let found = Mutex<[DocumentID: BlobReference]>([:])
        let all = stories.flatMap { story in story.blobs.map { (Projection.stream(story.dossier.id), $0) } }
        try await all.inParallel { stream, blob in
            let reference = try await blobs.store(Data(blob.bytes()), for: stream, at: blob.at)
            found.withLock { $0[blob.document] = reference }
        }
        return found.withLock { $0 }
    }
}

/// One dossier as it comes to stand in the journal, with the numbers really drawn; its rows are written with its last act.
private final class DemoFold: Sendable {
    private struct State {
        var dossier: Dossier
        var left: Int
        var tasks: [TaskRow] = []
    }

    private let state: Mutex<State>

    init(_ id: DossierID, acts: Int) { state = Mutex(State(dossier: Dossier(id: id), left: acts)) }

    /// What waits in it for whom, once all is stored.
    var tasks: [TaskRow] { state.withLock { $0.tasks } }

    func appending(
        _ act: DemoAct, _ decided: Decided, _ references: [DocumentID: BlobReference], _ stage: DemoStage
    ) -> Appending {
        Appending(
            stream: act.stream, expectedVersion: act.version, at: act.at, actor: act.actor, draws: decided.draws,
            make: { place in
                let events = decided.events(place.drawn).map { $0.with(references) }
                let rows = self.state.withLock { state -> [any RegisterRow]? in
                    for event in events {
                        state.dossier.apply(
                            event, EventContext(version: state.dossier.version + 1, at: act.at, actor: act.actor))
                    }
                    state.left -= 1
                    guard state.left == 0 else { return nil }
                    // By the plan of the last day, also when the last act was under an older one: as lists show it then.
                    let rows = Projection.rows(of: state.dossier, stage.shelf, on: stage.until.day)
                    state.tasks = rows.compactMap { $0 as? TaskRow }
                    return rows
                }
                return Act(
                    events: try events.map { NewEvent(type: $0.name, payload: try $0.payload()) },
                    registers: RegisterChange(upserts: rows ?? []))
            })
    }
}

extension DemoAct {
    fileprivate var isOfDossier: Bool { if case .dossier = deed { true } else { false } }
}

extension DossierEvent {
    /// The same event, its document spoken of as it was stored.
    fileprivate func with(_ references: [DocumentID: BlobReference]) -> DossierEvent {
        guard case .documentAdded(let document) = self, let reference = references[document.id] else { return self }
        return .documentAdded(
            DossierDocument(
                id: document.id, name: document.name, kind: document.kind, format: document.format, size: reference.size,
                digest: reference.sha256, blob: reference.id, by: document.by, at: document.at))
    }
}

extension StreamID {
    fileprivate var person: PersonID { PersonID(String(rawValue.drop { $0 != "-" }.dropFirst())) }
}

extension Array where Element: Sendable {
    fileprivate func batches(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }

    /// Does the work for all, up to 128 at a time, so that they share commits.
    fileprivate func inParallel(_ work: @escaping @Sendable (Element) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, element) in enumerated() {
                if index >= 128 { try await group.next() }
                group.addTask { try await work(element) }
            }
            try await group.waitForAll()
        }
    }
}
