import Domain
import Foundation
import TestKit
import Testing

@Suite("Whatever people do, sight is what it is by hand")
struct SightSimulationTests {
    /// `SENTRUM_SIMULATE_ACTS=100000`: so many acts of each plan; without it a few, so that the tests stay quick.
    private static let acts = ProcessInfo.processInfo.environment["SENTRUM_SIMULATE_ACTS"].flatMap(Int.init) ?? 400
    /// `SENTRUM_SIMULATE_SEED=17`: to have one run again.
    private static let seed = ProcessInfo.processInfo.environment["SENTRUM_SIMULATE_SEED"].flatMap(UInt64.init) ?? 1

    @Test(
        "after every act each person sees and may do what the slow way says, now and on days to come",
        arguments: ["spow", "testland"])
    func sight(_ partnership: String) throws {
        var life = try Life(PlanShelf.inRepository(partnership), seed: Self.seed)
        for act in 1...Self.acts {
            let place: Comment = "\(partnership), act \(act) (SENTRUM_SIMULATE_SEED=\(Self.seed))"
            let index = life.step()
            for difference in life.differences(at: index, on: life.now.day, at: life.now) {
                Issue.record("\(place): \(difference)")
            }
            // What is open closes by itself, so the days to come are looked at too.
            if act % 10 == 0 {
                let later = life.now.day.adding(days: life.invention.random.number(1...500))
                for difference in life.differences(at: index, on: later) { Issue.record("\(place), on \(later): \(difference)") }
            }
        }
        print(
            "\(partnership): \(life.people) people, \(Self.acts) acts, \(life.done) done, \(life.looked) looks, \(life.seen) sights"
        )
        // A life in which next to nothing happens, or nobody sees anything, shows nothing.
        #expect(life.done > Self.acts / 4)
        #expect(life.people > 30)
        #expect(life.seen > life.looked / 20 && life.seen < life.looked)
    }
}

/// Some sixty people who work in a few dossiers, of which one is new now and then.
private struct Life {
    var invention: Invention
    private(set) var now = Instant.of("2023-09-04", "08:00")
    private(set) var done = 0
    private(set) var looked = 0
    private(set) var seen = 0
    private var files: [File]
    private var opened = 0
    private var drawn: [String: Int64] = [:]
    private var held: [PersonID: [HeldFunction]]

    private static let schools = [OrganisationID("school-het-anker"), OrganisationID("school-de-boei")]

    /// One dossier, as it is and as it came about.
    private struct File {
        var dossier: Dossier
        var happened: [SightByHand.Happened] = []
        /// How often somebody tried something in it.
        var tries = 0
    }

    var people: Int { held.count }

    init(_ shelf: PlanShelf, seed: UInt64) throws {
        let staff = Invention.staff(of: shelf.inForce(on: now.day), at: Self.schools, since: .of("2018-08-01"))
        let family = (1...6).map { PersonID("p-ouder-\($0)") }
        invention = Invention(
            random: SeededRandom(seed: seed), staff: staff, family: family, shelf: shelf, schools: Self.schools,
            withMoves: true)
        held = Dictionary(grouping: staff, by: \.person).mapValues { $0.map(\.held) }
        for person in family { held[person] = [] }
        files = []
        for _ in 1...4 { files.append(blank()) }
    }

    private mutating func blank() -> File {
        opened += 1
        return File(dossier: Dossier(id: DossierID("d-\(opened)")))
    }

    /// Time passes, and somebody does something.
    ///
    /// - Returns: the place of the dossier in which it was done.
    mutating func step() -> Int {
        passTime()
        if invention.random.happens(6) { changeStaff() }
        let index = invention.random.number(0...(files.count - 1))
        files[index].tries += 1
        // One in which everything was done already shows nothing new.
        if files[index].tries > 150 { files[index] = blank() }
        let dossier = files[index].dossier
        let deed = invention.deed(in: dossier, at: now)
        let setting = Setting(
            now: now, actor: actor(deed.person), shelf: invention.shelf,
            people: Dictionary(uniqueKeysWithValues: held.keys.map { ($0, actor($0)) }),
            schools: Dictionary(uniqueKeysWithValues: Self.schools.map { ($0, KnownSchool(id: $0, kind: "bo")) }))
        guard let decided = try? dossier.decide(deed.command, setting) else { return index }
        for counter in decided.draws { drawn[counter, default: 0] += 1 }
        let events = decided.events(decided.draws.map { drawn[$0] ?? 0 })
        for event in events {
            files[index].dossier.apply(
                event, EventContext(version: files[index].dossier.version + 1, at: now, actor: deed.person))
            files[index].happened.append(.init(event: event, at: now, by: deed.person))
        }
        files[index].dossier.schoolKind = "bo"
        done += events.isEmpty ? 0 : 1
        return index
    }

    private mutating func passTime() {
        let hour: Int64 = 3_600_000
        switch invention.random.number(1...100) {
        case ...40: break
        case ...90: now = now.adding(milliseconds: Int64(invention.random.number(0...20)) * hour)
        default: now = now.adding(milliseconds: Int64(invention.random.number(1...14)) * 24 * hour)
        }
    }

    /// Functions of somebody end as of some day, begin on one to come, or are given again.
    private mutating func changeStaff() {
        guard let one = invention.random.one(of: invention.staff) else { return }
        let today = now.day
        let until: Day? = invention.random.happens(85) ? nil : today.adding(days: invention.random.number(-1...30))
        let from = today.adding(days: invention.random.happens(80) ? -100 : invention.random.number(1...30))
        held[one.person] = [
            HeldFunction(
                function: one.held.function, organisation: one.held.organisation, discipline: one.held.discipline, from: from,
                until: until)
        ]
        // Some stand in for a colleague for a time.
        let colleagues = invention.staff.filter { $0.held.function == one.held.function && $0.person != one.person }
        if invention.random.happens(25), let absent = invention.random.one(of: colleagues) {
            held[one.person]?.append(
                HeldFunction(
                    function: absent.held.function, organisation: absent.held.organisation,
                    discipline: absent.held.discipline, from: today.adding(days: invention.random.number(-2...2)),
                    until: today.adding(days: invention.random.number(0...30)), replaces: absent.person))
        }
        // Some have a second function at the other school.
        if invention.random.happens(20), let other = invention.random.one(of: invention.staff) {
            held[one.person]?.append(other.held)
        }
    }

    private func actor(_ person: PersonID, on day: Day? = nil) -> Actor {
        Actor(person: person, functions: (held[person] ?? []).filter { $0.isHeld(on: day ?? now.day) })
    }

    /// In what both ways differ for anybody, in one dossier on one day.
    mutating func differences(at index: Int, on day: Day, at moment: Instant? = nil) -> [String] {
        let file = files[index]
        let byHand = SightByHand(shelf: invention.shelf, happened: file.happened)
        let openings = file.dossier.openings(invention.shelf, on: day)
        let rules = invention.shelf.inForce(on: day)
        var differences: [String] = []
        for person in held.keys.sorted() {
            let actor = actor(person, on: day)
            let fast = actor.sight(of: openings, rules: rules, on: day, at: moment)
            let slow = byHand.sight(of: actor, on: day, at: moment)
            looked += 1
            seen += slow == nil ? 0 : 1
            if fast?.parts != slow?.parts {
                differences.append("\(person) sees \(words(fast?.parts)), by hand \(words(slow?.parts))")
            } else if fast?.acts != slow?.acts {
                differences.append("\(person) may \(words(fast?.acts)), by hand \(words(slow?.acts))")
            }
        }
        return differences
    }

    private func words<Word: RawRepresentable<String>>(_ words: Set<Word>?) -> String {
        words?.map(\.rawValue).sorted().joined(separator: ", ") ?? "nothing"
    }
}
