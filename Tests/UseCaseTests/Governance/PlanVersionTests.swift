import Domain
import Foundation
import Journal
import JournalSQLite
import Plan
import TestKit
import Testing
import UseCases

@Suite("A version of the plan that comes in force without a restart")
struct PlanVersionTests {
    /// An installation that follows an invented plan of files, on a store of its own.
    private struct Hall {
        let stage: Stage
        let installation: Installation

        static let plans = PlanFolder(
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../plans").standardized.path)
        static let key = PlanKey("heuvelrug/2022-2026")
        static let next = PlanKey("heuvelrug/2026")
        static let leader = Testland.holder(of: "trajectleider", as: "p-leader")
        static let platform = Testland.holder(of: "platformlid", as: "p-platform")
        static let board = Testland.holder(of: "bestuurder", as: "p-board")
        static let title = Localized(nl: "Samen dichtbij 2026", en: "Together nearby 2026")
        static let votes: [String: PlanVote] = ["dennen": .inFavour, "beuken": .inFavour, "eiken": .against]
        static let shorter = PlanVersionCommand.FileChange(
            file: "procedures/toewijzing.yaml", text: "clocks: { beslissen: { within: P3W } }\n")
        static let example = PlanVersionCommand.FileChange(
            file: "examples/termijnen.yaml", text: termExample(due: "2023-04-04"))

        /// Takes the place of the example of the plan before it that says four weeks.
        static func termExample(due: String) -> String {
            """
            vier-weken:
              kind: term
              why: { nl: De commissie beslist binnen drie weken., en: The committee decides within three weeks. }
              source: hoofdstuk 4, stap 3
              clock: toewijzing.beslissen
              from: 2023-03-14
              expect: { due: \(due) }

            """
        }

        static func open(on day: String = "2026-01-12") async throws -> Hall {
            let shelf = try PlanLoader.shelf("heuvelrug", from: plans)
            let stage = try await Stage.inMemory(shelf, on: day, filled: false)
            return Hall(stage: stage, installation: again(stage, shelf))
        }

        /// Another start of the program on the same store.
        static func again(_ stage: Stage, _ shelf: PlanShelf) -> Installation {
            Installation(
                journal: stage.journal, registers: stage.journal, vault: stage.installation.vault, shelf: shelf,
                plans: plans, clock: stage.clock)
        }

        func restarted() -> Installation { Self.again(stage, stage.installation.shelf) }

        var step: PlanStep { PlanStep(day: stage.clock.now().day) }

        func draft() async throws {
            let files = installation.firstFile(of: Self.next, amends: Self.key, title: Self.title, from: .of("2026-08-01"))
            _ = try await installation.perform(
                .draft(.init(title: Self.title, amends: Self.key, files: files)), on: Self.next, as: Self.leader)
        }

        func approve() async throws {
            _ = try await installation.perform(.submit(step), on: Self.next, as: Self.leader)
            _ = try await installation.perform(.consent(step), on: Self.next, as: Self.platform)
            _ = try await installation.perform(.adopt(votes: Self.votes, step), on: Self.next, as: Self.board)
        }

        func enact(from day: String = "2026-02-01") async throws {
            _ = try await installation.perform(.enact(from: .of(day), until: nil, step), on: Self.next, as: Self.board)
        }

        static func weeks(_ rules: PlanRules?) -> Period? {
            rules?.procedure("toewijzing")?.clocks.first { $0.id == "beslissen" }?.within.period
        }
    }

    @Test("joins the shelf at once, and holds from its day on, while the one before stays to be found")
    func joins() async throws {
        let hall = try await Hall.open()
        try await hall.draft()
        _ = try await hall.installation.perform(
            .write([Hall.shorter, Hall.example], basedOn: nil), on: Hall.next, as: Hall.leader)
        #expect(hall.installation.shelf[Hall.next] == nil)
        try await hall.approve()
        #expect(hall.installation.shelf[Hall.next] == nil)
        try await hall.enact()
        let shelf = hall.installation.shelf
        #expect(shelf[Hall.next]?.inForce == .of("2026-02-01"))
        #expect(hall.installation.rules.key == Hall.key)
        hall.stage.clock.move("2026-02-01")
        #expect(hall.installation.rules.key == Hall.next)
        #expect(Hall.weeks(hall.installation.rules) == Period(3, .weeks))
        #expect(Hall.weeks(hall.installation.shelf[Hall.key]) == Period(4, .weeks))
        #expect(hall.installation.plans.faults.isEmpty)
    }

    @Test("is followed again after the program was killed and started anew, and by another process that runs on")
    func restart() async throws {
        let hall = try await Hall.open()
        let other = hall.restarted()
        try await hall.draft()
        _ = try await hall.installation.perform(
            .write([Hall.shorter, Hall.example], basedOn: nil), on: Hall.next, as: Hall.leader)
        try await hall.approve()
        try await hall.enact()
        #expect(other.shelf[Hall.next] == nil)
        #expect(try await other.followVersions())
        #expect(try await !other.followVersions())
        #expect(Hall.weeks(other.shelf[Hall.next]) == Period(3, .weeks))
        let restarted = hall.restarted()
        #expect(try await restarted.followVersions())
        #expect(restarted.shelf.versions == hall.installation.shelf.versions)
        try await hall.stage.expectSound()
    }

    @Test("does not go to the council with an error in it or an example that comes out otherwise")
    func trial() async throws {
        let hall = try await Hall.open()
        try await hall.draft()
        func write(_ file: String, _ text: String?) async throws {
            _ = try await hall.installation.perform(
                .write([.init(file: file, text: text)], basedOn: nil), on: Hall.next, as: Hall.leader)
        }
        func refusal() async throws -> Refusal? {
            do {
                _ = try await hall.installation.perform(.submit(hall.step), on: Hall.next, as: Hall.leader)
                return nil
            } catch let refused as Refused {
                return refused.reasons.first
            }
        }
        try await write("procedures/toewijzing.yaml", "clocks: { beslissen: { within: drie } }\n")
        #expect(try await refusal() == Refusal(.planHasFaults, values: ["errors": "1", "failing": "0"]))
        try await write("procedures/toewijzing.yaml", "clocks: { beslissen: { within: P3W } }\n")
        try await write("examples/termijnen.yaml", Hall.termExample(due: "2023-04-11"))
        #expect(try await refusal() == Refusal(.planHasFaults, values: ["errors": "0", "failing": "1"]))
        let version = try await hall.installation.planVersion(Hall.next)
        let tried = hall.installation.tryOut(
            version, changes: ["examples/termijnen.yaml": Hall.termExample(due: "2023-04-04")])
        #expect(tried.results.map(\.passed) == [true])
        // Without an answer of its own, what holds in the plan before it counts.
        let unanswered = hall.installation.tryOut(version, changes: ["examples/termijnen.yaml": nil])
        #expect(unanswered.results.isEmpty)
        #expect(unanswered.turned.map(\.example.path) == ["termijnen.vier-weken"])
        try await write("plan.yaml", "key: heuvelrug/2026\ntitle: { nl: A, en: A }\nin-force: 2026-08-01\n")
        #expect(try await refusal()?.code == .planHasFaults)
        try await write("plan.yaml", version.texts["plan.yaml"])
        try await write("examples/termijnen.yaml", Hall.termExample(due: "2023-04-04"))
        #expect(try await refusal() == nil)
    }

    @Test("that is broken in the journal is left out and told, and never keeps the program from starting")
    func broken() async throws {
        let hall = try await Hall.open()
        func put(_ key: String, _ events: [(String, String)]) async throws {
            let act = Act(events: events.map { NewEvent(type: $0.0, payload: Data($0.1.utf8)) })
            _ = try await hall.stage.journal.append(
                Appending(
                    stream: StreamID("plan-\(key)"), expectedVersion: 0, at: hall.stage.clock.now(), actor: PersonID("p"),
                    make: { _ in act }))
        }
        let title = #""title":{"en":"A","nl":"A"},"by":"p""#
        let enacted = ("plan.enacted.v1", #"{"from":"2026-03-01","step":{"day":"2026-01-01"}}"#)
        try await put(
            "heuvelrug/a", [("plan.drafted.v1", #"{"key":"heuvelrug/a",\#(title)}"#), enacted])
        try await put("heuvelrug/b", [("plan.rewritten.v9", "{}")])
        try await put("heuvelrug/c", [("plan.drafted.v1", "geen json")])
        try await put(
            "heuvelrug/d",
            [
                ("plan.drafted.v1", #"{"amends":"heuvelrug/2022-2026","key":"heuvelrug/d",\#(title)}"#),
                ("plan.file-written.v1", #"{"file":"plan.yaml","text":"key: [\n"}"#), enacted,
            ])
        let restarted = hall.restarted()
        #expect(try await !restarted.followVersions())
        #expect(restarted.shelf.versions.map(\.key) == [Hall.key])
        #expect(Set(restarted.plans.faults.keys.map(\.rawValue)) == ["heuvelrug/a", "heuvelrug/b", "heuvelrug/c", "heuvelrug/d"])
        #expect(restarted.plans.faults[PlanKey("heuvelrug/b")] == .unreadable)
        #expect(try await restarted.planVersions().map(\.key.rawValue) == ["heuvelrug/a", "heuvelrug/d"])
        _ = try await restarted.tidy(since: hall.stage.clock.now())
        // What is good goes on beside it.
        try await hall.draft()
        _ = try await hall.installation.perform(
            .write([Hall.shorter, Hall.example], basedOn: nil), on: Hall.next, as: Hall.leader)
        try await hall.approve()
        try await hall.enact()
        #expect(hall.installation.shelf[Hall.next] != nil)
    }

    @Test("that begins on a taken day is refused, and one that the journal holds nevertheless is left out")
    func days() async throws {
        let hall = try await Hall.open()
        try await hall.draft()
        try await hall.approve()
        try await hall.enact()
        let later = PlanKey("heuvelrug/2027")
        let files = hall.installation.firstFile(of: later, amends: Hall.next, title: Hall.title, from: .of("2026-09-01"))
        _ = try await hall.installation.perform(
            .draft(.init(title: Hall.title, amends: Hall.next, files: files)), on: later, as: Hall.leader)
        _ = try await hall.installation.perform(.submit(hall.step), on: later, as: Hall.leader)
        _ = try await hall.installation.perform(.consent(hall.step), on: later, as: Hall.platform)
        _ = try await hall.installation.perform(.adopt(votes: Hall.votes, hall.step), on: later, as: Hall.board)
        await #expect(
            throws: Refused(.dayTaken, field: "from", values: ["version": Hall.next.rawValue])
        ) {
            try await hall.installation.perform(
                .enact(from: .of("2026-02-01"), until: nil, hall.step), on: later, as: Hall.board)
        }
        _ = try await hall.installation.perform(
            .enact(from: .of("2026-09-01"), until: .of("2030-08-31"), hall.step), on: later, as: Hall.board)
        #expect(Hall.weeks(hall.installation.shelf[later]) == Period(4, .weeks))
        #expect(hall.installation.shelf[later]?.until == .of("2030-08-31"))
        #expect(hall.installation.shelf.versions.map(\.key) == [Hall.key, Hall.next, later])
    }

    @Test("that is withdrawn before its day leaves the shelf again")
    func withdrawn() async throws {
        let hall = try await Hall.open()
        try await hall.draft()
        try await hall.approve()
        try await hall.enact()
        #expect(hall.installation.shelf[Hall.next] != nil)
        _ = try await hall.installation.perform(
            .withdraw(PlanStep(day: hall.step.day, note: "Toch niet")), on: Hall.next, as: Hall.leader)
        #expect(hall.installation.shelf[Hall.next] == nil)
    }

    @Test("is not found as a draft by those without a part in it, and its papers by nobody without")
    func sight() async throws {
        let hall = try await Hall.open()
        try await hall.draft()
        let stranger = Testland.holder(of: "zorgcoach", as: "p-coach")
        await #expect(throws: NotFound()) { try await hall.installation.planVersion(Hall.next, for: stranger) }
        await #expect(throws: NotFound()) { try await hall.installation.planVersion(Hall.next, for: nil) }
        await #expect(throws: NotFound()) {
            try await hall.installation.perform(.submit(hall.step), on: Hall.next, as: stranger)
        }
        _ = try await hall.installation.perform(.submit(hall.step), on: Hall.next, as: Hall.leader)
        await #expect(throws: NotFound()) {
            try await hall.installation.addPlanDocument(Data("Verslag".utf8), name: "v.txt", to: Hall.next, as: stranger)
        }
        let paper = try await hall.installation.addPlanDocument(
            Data("Verslag".utf8), name: "verslag.txt", to: Hall.next, as: Hall.platform)
        let orphan = try await hall.installation.addPlanDocument(
            Data("Niemand".utf8), name: "weg.txt", to: Hall.next, as: Hall.platform)
        _ = try await hall.installation.perform(
            .consent(PlanStep(day: hall.step.day, document: paper)), on: Hall.next, as: Hall.platform)
        _ = try await hall.installation.perform(.adopt(votes: Hall.votes, hall.step), on: Hall.next, as: Hall.board)
        // Papers of meetings name people: adopted or not, they are for those with a part in the plan.
        await #expect(throws: NotFound()) {
            try await hall.installation.planDocument(paper.id, of: Hall.next, as: stranger)
        }
        #expect(
            try await hall.installation.planDocument(paper.id, of: Hall.next, as: Hall.board).contents
                == Data("Verslag".utf8))
        await #expect(throws: NotFound()) {
            try await hall.installation.planDocument(orphan.id, of: Hall.next, as: Hall.board)
        }
        // What no step speaks of goes; what one does stays.
        hall.stage.clock.move("2026-01-14")
        #expect(try await hall.installation.tidy(since: .of("2026-01-11")).blobs == 1)
        #expect(try await !hall.installation.planDocument(paper.id, of: Hall.next, as: Hall.board).contents.isEmpty)
    }

    @Test("two who write one file at a time do not undo each other's work")
    func atOnce() async throws {
        let hall = try await Hall.open()
        try await hall.draft()
        let seen = try await hall.installation.planVersion(Hall.next).version
        async let one = try? hall.installation.perform(
            .write([.init(file: "README.md", text: "een\n")], basedOn: seen), on: Hall.next, as: Hall.leader)
        async let two = try? hall.installation.perform(
            .write([.init(file: "README.md", text: "twee\n")], basedOn: seen), on: Hall.next, as: Hall.leader)
        let done = [await one, await two].compactMap(\.self)
        #expect(done.count == 1)
        #expect(try await hall.installation.planVersion(Hall.next).texts["README.md"] == done.first?.texts["README.md"])
    }
}
