import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Whatever people do and whatever fails")
struct HistoryTests {
    @Test("journal, memory, registers and sight agree after every act", arguments: Run.all)
    func history(_ run: Run) async throws {
        let world = try await World(
            PlanShelf.inRepository(run.partnership), store: .inMemory(), start: .of("2023-09-04", "08:00"))
        try await world.fill()
        var history = History(run, world)
        for step in 1...Run.steps {
            try await history.step(step)
            if step % 50 == 0 || step == Run.steps { try await history.audit() }
        }
        // A history in which next to nothing happens shows nothing.
        #expect(history.done > Run.steps / 4, "\(run.testDescription): \(history.tally)")
    }
}

/// One history as it goes.
struct History {
    let run: Run
    let world: World
    var invention: Invention
    /// How many acts were carried out.
    var done = 0
    var refused = 0
    var faults = 0
    private var place: Comment
    /// Somebody whose function ended last.
    private var away: Invention.Staff?

    /// The dossiers as the journal told them last; none changes but the one that is acted in.
    private var truth: [DossierID: Dossier] = [:]

    private static let dossiers = (1...4).map { DossierID("d-\($0)") }

    init(_ run: Run, _ world: World) {
        self.run = run
        self.world = world
        invention = Invention(
            random: TestKit.SeededRandom(seed: run.seed), staff: world.staff, family: world.family, shelf: world.shelf,
            schools: World.schools)
        place = "\(run.testDescription)"
    }

    var tally: String { "\(done) done, \(refused) refused, \(faults) faults" }

    /// Time passes, somebody does something, and everything is looked at.
    mutating func step(_ number: Int) async throws {
        place = "\(run.testDescription), step \(number) (SENTRUM_SIMULATE_SEED=\(run.seed))"
        passTime()
        if invention.random.happens(6) { try await changeStaff() }
        guard let id = invention.random.one(of: Self.dossiers) else { return }
        let after = try await act(in: truth[id] ?? Dossier(id: id))
        truth[id] = after
        try await compare(after)
        try await look()
    }

    private mutating func passTime() {
        let hour: Int64 = 3_600_000
        switch invention.random.number(1...100) {
        case ...40: break
        case ...85: world.clock.move(milliseconds: Int64(invention.random.number(0...20)) * hour)
        case ...96: world.clock.move(milliseconds: Int64(invention.random.number(1...14)) * 24 * hour)
        // Somebody set the clock right, and so it stepped back.
        default: world.clock.move(milliseconds: -Int64(invention.random.number(1...60)) * hour)
        }
    }

    /// A function ends as of yesterday, or is given again.
    private mutating func changeStaff() async throws {
        // Most who left are back soon, or nobody is there to act.
        let gone = invention.random.happens(80) ? away : nil
        guard let one = gone ?? invention.random.one(of: world.staff) else { return }
        away = gone == nil ? one : nil
        let person = try await world.other.person(one.person)
        let today = world.other.today
        if let held = person.functions.last(where: { $0.held.isHeld(on: today) }) {
            _ = try await world.other.perform(
                .end(id: held.id, until: today.adding(days: -1)), on: one.person, as: .program)
        } else {
            let again = HeldFunction(
                function: one.held.function, organisation: one.held.organisation, discipline: one.held.discipline, from: today)
            do {
                _ = try await world.other.perform(
                    .grant(FunctionGrant(id: "grant-\(invention.random.key())", held: again)), on: one.person, as: .program)
            } catch let refused as Refused {
                // After a step back of the clock the day that it ended lies ahead.
                #expect(refused.reasons.map(\.code) == [.alreadyKnown], place)
            }
        }
    }

    // MARK: Acting

    /// - Returns: the dossier as the journal tells it afterwards.
    private mutating func act(in before: Dossier) async throws -> Dossier {
        let id = before.id
        let deed = invention.deed(in: before, at: world.clock.now())
        var overtaking: Invention.Deed?
        switch invention.random.number(1...100) {
        case ...5: world.faults.meet(.before)
        case ...10: world.faults.meet(.after)
        case ...18:
            let other = invention.deed(in: before, at: world.clock.now())
            overtaking = other
            world.faults.meet(
                .overtaken { [world] in
                    do {
                        _ = try await world.other.perform(
                            other.command, on: id, as: try await world.other.actor(other.person))
                    } catch is Refused {} catch is NotFound {}
                })
        default: break
        }
        let actor = try await world.server.actor(deed.person)
        let outcome: Result<Dossier, any Error>
        do {
            outcome = .success(try await world.server.perform(deed.command, on: id, as: actor))
        } catch {
            outcome = .failure(error)
        }
        let met = !world.faults.isPending
        world.faults.meet(nil)
        let after = try await world.replayed(id)
        switch outcome {
        case .success(let returned):
            done += after.version > before.version ? 1 : 0
            #expect(returned == after, place)
        case .failure(let fault as JournalFault):
            faults += 1
            #expect(fault == FaultyJournal.disk, place)
            #expect(met, place)
        case .failure(is Refused), .failure(is NotFound):
            refused += 1
            if overtaking == nil { #expect(after == before, place) }
        case .failure(let error): Issue.record("\(type(of: error)): \(place)")
        }
        try await checkActors(before, after, overtaking == nil ? [deed] : [deed, overtaking ?? deed])
        return after
    }

    /// Nobody wrote in a dossier that they did not see, and nobody but those who acted.
    private func checkActors(_ before: Dossier, _ after: Dossier, _ deeds: [Invention.Deed]) async throws {
        guard after.version > before.version else { return }
        let events = try await world.journal.read(Projection.stream(after.id), after: before.version)
        #expect(Set(events.map(\.actor)).isSubset(of: deeds.map(\.person)), place)
        guard before.exists, deeds.count == 1, let deed = deeds.first else { return }
        let actor = try await world.other.actor(deed.person)
        let sight = actor.sight(of: before.openings(world.shelf), rules: world.rules, on: world.other.today)
        #expect(sight != nil, "\(place) by \(deed.person)")
    }

    // MARK: Comparing

    /// The state in memory and the rows of the registers are what the journal tells.
    private func compare(_ truth: Dossier) async throws {
        #expect(try await world.server.load(truth.id) == truth, place)
        #expect(try await world.other.load(truth.id) == truth, place)
        let expected = Projection.rows(of: truth, world.shelf)
        func rows<Row: RegisterRow>(_ type: Row.Type = Row.self) -> Set<Row> { Set(expected.compactMap { $0 as? Row }) }
        let journal = world.journal
        #expect(Set(try await [journal.dossier(truth.id)].compactMap { $0 }) == rows(), place)
        #expect(Set(try await journal.openings(of: truth.id)) == rows(), place)
        #expect(Set(try await journal.tasks(of: truth.id)) == rows(), place)
        #expect(Set(try await journal.changes(of: truth.id, limit: 1000)) == rows(), place)
        #expect(Set(try await journal.procedures(of: truth.id)) == rows(), place)
        #expect(Set(try await journal.decisions(of: truth.id)) == rows(), place)
    }

    /// The whole journal: the chain, the registers against a rebuild, and the numbers.
    func audit() async throws {
        for id in Self.dossiers { #expect(try await world.replayed(id) == truth[id] ?? Dossier(id: id), place) }
        try await Soundness.check(world.journal, world.shelf, Self.dossiers, place)
    }

    // MARK: Looking

    /// Somebody looks into a dossier, at their list and at their work: never at what is out of their sight.
    private mutating func look() async throws {
        let person = invention.anybody
        let actor = try await world.server.actor(person)
        var visible: [DossierID: Sight] = [:]
        var listed: [DossierID: Sight] = [:]
        for id in Self.dossiers {
            let openings = (truth[id] ?? Dossier(id: id)).openings(world.shelf)
            func sight(_ openings: [Opening]) -> Sight? {
                actor.sight(of: openings, rules: world.rules, on: world.other.today)
            }
            visible[id] = sight(openings)
            // What is open to handle what a family asked is in no list.
            listed[id] = sight(openings.filter { $0.ground != .rights }).flatMap { $0.sees(.child) ? $0 : nil }
        }
        try await see(as: actor, visible)
        let page = try await world.server.listed(for: actor, search: nil, after: nil, limit: 100)
        #expect(Set(page.rows.map(\.row.id)) == Set(listed.keys), "\(place) list of \(person)")
        for row in page.rows { #expect(row.parts == listed[row.row.id]?.parts, "\(place) list of \(person)") }
        let worklist = try await world.server.worklist(for: actor)
        for item in worklist.waiting + worklist.awaited {
            #expect(listed[item.dossier.id] != nil, "\(place) \(item.step.id) waits for \(person)")
        }
        for news in worklist.news {
            let sight = listed[news.dossier.id]
            for change in news.changes {
                #expect(
                    DossierPart(ofHistory: change.code).map { sight?.sees($0) == true } == true && change.actor != person,
                    "\(place) \(change.code) is news for \(person)")
            }
        }
    }

    private mutating func see(as actor: Actor, _ visible: [DossierID: Sight]) async throws {
        guard let id = invention.random.one(of: Self.dossiers) else { return }
        let parts = Set(DossierPart.allCases.filter { _ in invention.random.happens(30) })
        let all = invention.random.happens(50)
        let full = invention.random.happens(8)
        world.reads.set(full: full)
        defer { world.reads.set(full: false) }
        let before = try await world.reads.reads(of: id, before: nil, limit: 1).first?.sequence ?? 0
        let shown = visible[id]?.parts.intersection(parts) ?? []
        let mayLook = visible[id] != nil && (all ? shown == parts : !shown.isEmpty)
        do {
            _ = try await world.server.see(id, parts, all: all, as: actor)
            #expect(mayLook && !full, "\(place) \(actor.person) saw \(parts)")
            let read = try await world.reads.reads(of: id, before: nil, limit: 1).first
            #expect(read.map { $0.sequence > before } == true, place)
            #expect(read?.read.person == actor.person, place)
            #expect(read?.read.parts == shown.map(\.rawValue).sorted(), place)
        } catch {
            #expect(!mayLook || full, "\(place) \(actor.person) did not see \(parts)")
            #expect(error is NotFound || mayLook && error as? JournalFault == FaultyJournal.disk, place)
            #expect(try await world.reads.reads(of: id, before: nil, limit: 1).first?.sequence ?? 0 == before, place)
        }
    }
}
