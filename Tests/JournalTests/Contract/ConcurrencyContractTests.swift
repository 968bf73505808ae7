import Domain
import Foundation
import Journal
import Testing

@Suite("Every journal keeps order among writers at the same time")
struct ConcurrencyContractTests {
    @Test("32 tasks drawing from one counter get every number once, though some of them throw", arguments: StoreKind.allCases)
    func drawsWithoutGaps(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            let rounds = 12
            let drawn = await withTaskGroup(of: [Int64].self) { group in
                for task in 0..<32 {
                    group.addTask {
                        var mine: [Int64] = []
                        for round in 0..<rounds {
                            let fails = (task + round) % 5 == 0
                            let stream = StreamID(rawValue: "dossier-\(task)-\(round)")
                            let appending = Appending(
                                stream: stream, expectedVersion: 0, at: minute(0), actor: "person-a", draws: ["tlv"]
                            ) { place in
                                if fails { throw Refused() }
                                return Act(events: [event("\(place.drawn)")])
                            }
                            do {
                                let recorded = try await journal.append(appending)
                                mine += recorded.compactMap { Int64($0.text.filter(\.isNumber)) }
                                #expect(!fails)
                            } catch is Refused {
                                #expect(fails)
                            } catch {
                                Issue.record(error)
                            }
                        }
                        return mine
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            let expected = (0..<32).reduce(0) { sum, task in sum + (0..<rounds).count { (task + $0) % 5 != 0 } }
            #expect(drawn.sorted() == Array(1...Int64(expected)))
            let (counters, head) = (try await journal.counters(), try await journal.head())
            #expect(counters == ["tlv": Int64(expected)])
            #expect(head == Int64(expected))
            let verification = try await journal.verify(contents: true)
            #expect(verification.isWhole)
        }
    }

    @Test("Writers of one stream collide, try again, and all land, each once", arguments: StoreKind.allCases)
    func retriesLand(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<16 {
                    group.addTask {
                        for _ in 0..<1000 {
                            do {
                                let version = try await journal.read("dossier-1").count
                                _ = try await journal.append(.noting("task\(task)", in: "dossier-1", after: version))
                                return
                            } catch is JournalConflict {
                                continue
                            } catch {
                                Issue.record(error)
                                return
                            }
                        }
                        Issue.record("never landed")
                    }
                }
            }
            let events = try await journal.read("dossier-1")
            #expect(events.map(\.version) == Array(1...16))
            #expect(Set(events.map(\.text)).count == 16)
        }
    }

    @Test("What is acknowledged is read at once, events and registers alike", arguments: StoreKind.allCases)
    func readsOwnWrites(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            for index in 1...50 {
                let row = DossierRow.sample("dossier-1", "Anna", "Visser", version: index)
                _ = try await journal.append(
                    .noting("\(index)", in: "dossier-1", after: index - 1, registers: RegisterChange(upserts: [row])))
                #expect(try await journal.read("dossier-1").count == index)
                #expect(try await journal.dossier("dossier-1")?.version == index)
            }
        }
    }
}
