import Domain
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

@Suite("Many at once")
struct ConcurrencyTests {
    @Test("two people write different fields of one part at the same moment: both land")
    func differentFields() async throws {
        try await Stage.onFile { stage in
            let ids = (1...12).map { DossierID("d-\($0)") }
            try await stage.tell(ids, to: .opened)
            for id in ids {
                async let one = stage.installation.perform(
                    Stage.writes("strengths", "Bouwt graag.", in: "observe"), on: id, as: Testland.teacher)
                async let other = stage.another().perform(
                    Stage.writes("parents-view", "Slaapt slecht.", in: "observe"), on: id, as: Testland.mother)
                _ = try await (one, other)
                let dossier = try await stage.replayed(id)
                #expect(dossier.known["strengths"]?.by == Testland.teacher.person)
                #expect(dossier.known["parents-view"]?.by == Testland.mother.person)
            }
            try await stage.expectSound()
        }
    }

    @Test("two people write the same field at the same moment: one lands, the other hears of it")
    func sameField() async throws {
        try await Stage.onFile { stage in
            let ids = (1...12).map { DossierID("d-\($0)") }
            try await stage.tell(ids, to: .opened)
            for id in ids {
                let outcomes = await withTaskGroup(returning: [String: Result<Dossier, any Error>].self) { group in
                    for (text, actor) in [("Een", Testland.teacher), ("Twee", Testland.ib)] {
                        let installation = actor == Testland.ib ? stage.installation : stage.another()
                        group.addTask {
                            let command = Stage.writes("signal", text, in: "general")
                            do {
                                let dossier = try await installation.perform(command, on: id, as: actor)
                                return (text, Result<Dossier, any Error>.success(dossier))
                            } catch {
                                return (text, Result<Dossier, any Error>.failure(error))
                            }
                        }
                    }
                    return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                }
                let landed = outcomes.compactMap { text, outcome in (try? outcome.get()) == nil ? nil : text }
                #expect(landed.count == 1)
                for case .failure(let error) in outcomes.values {
                    #expect(error as? Refused == Refused(.fieldChangedMeanwhile, field: "signal"))
                }
                #expect(try await stage.replayed(id).known["signal"]?.answer.text == landed.first)
            }
        }
    }

    @Test("32 decisions at the same moment draw 32 numbers without a gap, none of them twice")
    func numbers() async throws {
        try await Stage.onFile { stage in
            let ids = (1...32).map { DossierID("d-\($0)") }
            try await stage.tell(ids, to: .advised)
            stage.clock.move("2021-10-18")
            let clicks = 2
            let servers = [stage.installation, stage.another()]
            let dossiers = try await withThrowingTaskGroup(returning: [Dossier].self) { group in
                for id in ids {
                    for click in 0..<clicks {
                        let installation = servers[click % servers.count]
                        // One in four is refused by the rules at the same time; that takes no number.
                        group.addTask {
                            // Once the decision is there, the same click is harmless instead of refused; neither draws a number.
                            _ = try? await installation.perform(
                                Stage.take(id, "decide", "grant", ["begin": .text("morgen")]), on: id, as: Testland.decider)
                            return try await installation.take(
                                "decide", "grant", answers: ["reasons": .text("Beide adviezen zijn het eens.")],
                                of: Stage.entry(id), in: id, as: Testland.decider)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(dossiers.count == ids.count * clicks)
            #expect(dossiers.allSatisfy { $0.decisions.count == 1 })
            let rows = try await stage.journal.decisions(
                issuedFrom: .of("2021-10-18"), through: .of("2021-10-18"), limit: 1000)
            #expect(rows.map(\.ordinal).sorted() == (1...32).map(Int64.init))
            #expect(Set(rows.map(\.number)).count == 32)
            #expect(Set(rows.map(\.dossier)) == Set(ids))
            let printed = Dictionary(dossiers.map { ($0.id, $0.decisions[0].number) }) { $1 }
            #expect(rows.allSatisfy { printed[$0.dossier] == $0.number })
            #expect(try await stage.journal.counters() == ["entry-2021-2022": 32])
            try await stage.expectSound()
        }
    }

    @Test("what one server wrote the other sees at once, whatever it remembers")
    func twoServers() async throws {
        let stage = try await Stage.inMemory()
        let id = DossierID("d-1")
        try await stage.tell(id, to: .opened)
        let other = stage.another()
        for number in 1...5 {
            let writer = number % 2 == 0 ? stage.installation : other
            let revision = try await writer.load(id).known["signal"]?.revision ?? 0
            _ = try await writer.perform(
                Stage.writes("signal", "Keer \(number)", in: "general", on: revision), on: id, as: Testland.ib)
            #expect(try await stage.installation.load(id) == (try await other.load(id)))
        }
        #expect(try await other.load(id).known["signal"]?.answer == .text("Keer 5"))
    }
}
