import Domain
import Foundation
import Journal
import JournalSQLite
import Synchronization
import TestKit
import Testing
import UseCases

@Suite("The program is killed in the middle of its work")
struct KillTests {
    private static let rounds = 5
    private static let dossiers = (1...8).map { DossierID("d-\($0)") }
    private static let day = "2023-09-04"

    @Test("what was acknowledged is there, what was not is not half there, and work goes on", .timeLimit(.minutes(30)))
    func killed() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try MasterKey.create(at: folder.appending(path: "master.key"))
        try await Self.open(folder) { try await $0.fill() }
        let seed = UInt64(Run.first)
        var random = TestKit.SeededRandom(seed: seed)
        var known = 0
        for round in 1...Self.rounds {
            // Another moment every time, however slow the machine is: so many acts and then a little.
            let acts = random.number(5...60)
            let microseconds = random.number(0...8_000)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = folder.path as String, acts = acts as Int, microseconds = microseconds as Int] in
                try await KillTests.workUntilKilled(path, after: acts, and: microseconds)
            }
            let place: Comment =
                "round \(round), killed after \(acts) acts and \(microseconds) µs (SENTRUM_SIMULATE_SEED=\(seed))"
            let acknowledged = try Self.acknowledged(folder)
            #expect(acknowledged.values.reduce(0, +) > known, place)
            known = acknowledged.values.reduce(0, +)
            try await Self.open(folder) { world in
                for id in Self.dossiers {
                    let truth = try await world.replayed(id)
                    #expect(truth.version >= acknowledged[id.rawValue, default: 0], "\(place), \(id)")
                    #expect(try await world.server.load(id) == truth, place)
                    // Contents are on disk before they are spoken of.
                    for document in truth.documents {
                        let contents = try await world.server.vault.blobs.read(
                            BlobReference(id: document.blob, sha256: document.digest, size: document.size),
                            of: Projection.stream(id))
                        #expect(contents.count == document.size, place)
                    }
                }
                try await Soundness.check(world.journal, world.shelf, Self.dossiers, place)
            }
        }
    }

    /// Opens the store of a folder, does the work and closes it.
    private static func open(_ folder: URL, _ work: (World) async throws -> Void) async throws {
        let store = try SQLiteStore.open(directory: folder, master: .load(from: folder.appending(path: "master.key")))
        defer { try? store.close() }
        try await work(World(.of([plan]), store: store, directory: folder, start: .of(day)))
    }

    /// The highest version of each dossier that was acknowledged.
    private static func acknowledged(_ folder: URL) throws -> [String: Int] {
        let lines = try String(contentsOf: folder.appending(path: "acknowledged"), encoding: .utf8).split(separator: "\n")
        return lines.reduce(into: [:]) { versions, line in
            let words = line.split(separator: " ")
            guard words.count == 2, let version = Int(words[1]) else { return }
            versions[String(words[0])] = max(versions[String(words[0]), default: 0], version)
        }
    }

    // MARK: In the process that is killed

    /// A plan in which every second act issues a numbered decision.
    private static let plan: PlanRules = {
        let quick = Testland.entry.with(
            start: StartRule(by: ["ib"], opens: ["decide"], repeatable: true),
            steps: [
                StepRule(
                    id: "decide", title: Testland.entry.title, by: ActorRule(functions: ["ib"], source: "Testland"),
                    asks: [Ask(field: "reasons", anew: true)],
                    choices: [ChoiceRule(id: "grant", title: Testland.entry.title, then: .end(outcome: "granted"))])
            ], clocks: [],
            outcomes: [
                OutcomeRule(
                    id: "granted", title: Testland.entry.title,
                    decision: DecisionRule(
                        number: "{seq:5}", counter: "quick", validity: nil, letter: "granted", reasonsField: "reasons",
                        advices: [], copies: [], objection: nil, source: "Testland"))
            ])
        return Testland.plan(procedures: [quick])
    }()

    /// Works on all dossiers at once; after so many acts, and some microseconds more, the process kills itself.
    private static func workUntilKilled(_ path: String, after acts: Int, and microseconds: Int) async throws {
        let folder = URL(filePath: path)
        let descriptor = Foundation.open(folder.appending(path: "acknowledged").path, O_CREAT | O_WRONLY | O_APPEND, 0o600)
        let file = FileHandle(fileDescriptor: descriptor)
        let left = Times(acts)
        try await open(folder) { world in
            try await withThrowingTaskGroup { group in
                for id in dossiers {
                    group.addTask {
                        while true {
                            let version = try await act(in: id, world)
                            try file.write(contentsOf: Data("\(id) \(version)\n".utf8))
                            guard left.isLast() else { continue }
                            Thread.detachNewThread {
                                usleep(UInt32(microseconds))
                                kill(getpid(), SIGKILL)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Counts down.
    private final class Times: Sendable {
        private let left: Mutex<Int>

        init(_ count: Int) { left = Mutex(count) }

        /// True once: the time that the count comes to nothing.
        func isLast() -> Bool {
            left.withLock { left in
                left -= 1
                return left == 0
            }
        }
    }

    /// One act in a dossier, whatever comes next in it; returns the version that was acknowledged.
    private static func act(in id: DossierID, _ world: World) async throws -> Int {
        let server = world.server
        guard let ib = world.staff.first(where: { $0.held.function == "ib" }) else { throw NotFound() }
        let actor = try await server.actor(ib.person)
        let dossier = try await server.load(id)
        guard dossier.exists else {
            let open = DossierCommand.Open(
                child: Testland.child, school: ib.held.organisation, guardians: [Testland.fatherInDossier])
            return try await server.perform(.open(open), on: id, as: actor).version
        }
        if let procedure = dossier.procedures.first(where: \.isRunning) {
            return try await server.take(
                "decide", "grant", answers: ["reasons": .text("Daarom.")], of: procedure.id, in: id, as: actor
            ).version
        }
        if dossier.version % 4 == 0 {
            let contents = Data("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".utf8)
            return try await server.addDocument(
                contents + Data(repeating: 0x0A, count: dossier.version % 8 == 0 ? 150_000 : 0), name: "a.pdf", kind: "report",
                to: id, as: actor
            ).version
        }
        return try await server.start("entry", answers: [:], in: id, as: actor).dossier.version
    }
}
