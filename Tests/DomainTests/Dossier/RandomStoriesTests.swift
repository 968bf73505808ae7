import Domain
import Foundation
import TestKit
import Testing

@Suite("Whatever happens in a dossier")
struct RandomStoriesTests {
    private static let seeds = Array(UInt64(1)...24)
    private static let length = 500

    @Test("the rules hold after every command, and the same command again does nothing", arguments: seeds)
    func invariants(_ seed: UInt64) throws {
        var story = RandomStory(seed: seed)
        for number in 1...Self.length {
            let place: Comment = "seed \(seed), command \(number)"
            let (command, setting) = story.next()
            let before = story.dossier
            let result = story.perform(command, setting)
            switch result {
            case .failure(let refused):
                #expect(story.dossier == before, place)
                #expect(!refused.reasons.isEmpty, place)
            case .success(let events):
                guard !events.isEmpty else { continue }
                #expect(story.dossier.version == before.version + events.count, place)
                check(story, place)
                // Once more, by the same person at the same moment.
                let again = try? story.dossier.decide(command, setting)
                #expect(again?.draws.isEmpty ?? true, place)
                #expect(again?.events([]).isEmpty ?? true, place)
            }
        }
        try checkReplay(story, "seed \(seed)")
    }

    private func check(_ story: RandomStory, _ place: Comment) {
        let dossier = story.dossier
        for procedure in dossier.procedures {
            guard let rules = story.shelf[procedure.plan], let route = rules.procedure(procedure.rule) else {
                Issue.record("a procedure of no plan")
                continue
            }
            #expect(procedure.open.allSatisfy { route.step($0.step) != nil }, place)
            #expect(Set(procedure.open.map(\.step)).count == procedure.open.count, place)
            #expect(procedure.open.isEmpty == (procedure.ended != nil), place)
            for open in procedure.open {
                let waited = route.step(open.step)?.waitsFor ?? []
                #expect(
                    waited.allSatisfy { step in procedure.lastDone(step) != nil && !procedure.open.contains { $0.step == step } },
                    place)
                _ = procedure.due(open, route, rules.holidays)
            }
            for clock in procedure.clocks(route, rules.holidays) {
                #expect(clock.due.map { $0 >= procedure.received } ?? true, place)
            }
        }
        #expect(zip(dossier.history, dossier.history.dropFirst()).allSatisfy { $0.version < $1.version && $0.at <= $1.at }, place)
        #expect(Set(dossier.guardians.map(\.id)).count == dossier.guardians.count, place)
        let accounts = dossier.guardians.compactMap(\.person)
        #expect(Set(accounts).count == accounts.count, place)
        #expect(
            dossier.versions.map(\.number) == Array(1...max(1, dossier.versions.count)).prefix(dossier.versions.count).map { $0 },
            place)
        #expect(
            dossier.agreements.allSatisfy {
                $0.way != .account || $0.recordedBy != Testland.ib.person || accounts.contains(Testland.ib.person)
            }, place)
        checkSight(story, place)
        checkDecisions(dossier, place)
    }

    private func checkSight(_ story: RandomStory, _ place: Comment) {
        let dossier = story.dossier
        let openings = dossier.openings(story.shelf)
        let day = story.clock.time.day
        #expect(openings.map(\.principal) == Set(openings.map(\.principal)).sorted(), place)
        for procedure in dossier.procedures {
            guard let rules = story.shelf[procedure.plan], let route = rules.procedure(procedure.rule) else { continue }
            for step in procedure.open.compactMap({ route.step($0.step) }) {
                let waiting = dossier.principals(for: step, in: procedure, rules)
                #expect(
                    openings.filter { $0.isOpen(on: day) }.map(\.principal).count(where: waiting.contains) == Set(waiting).count,
                    place)
            }
        }
        for actor in [Testland.otherIB, Testland.board, Testland.administrator, Testland.stranger]
        where !dossier.guardians.contains(where: { $0.person == actor.person }) {
            #expect(actor.sight(of: openings, rules: .invented, on: day) == nil, place)
        }
    }

    private func checkDecisions(_ dossier: Dossier, _ place: Comment) {
        for decision in dossier.decisions {
            #expect(decision.advices.count == 2, place)
            #expect(
                Set(decision.advices.map(\.by) + [decision.by]).count == 3, "at least two experts, and neither decides: \(place)")
            #expect(decision.advices.allSatisfy { $0.discipline != nil }, place)
            #expect(!decision.reasons.isEmpty, place)
            #expect(dossier.procedure(decision.instance)?.ended?.outcome == decision.outcome, place)
            if let begin = decision.begin, let end = decision.end { #expect(begin <= end, place) }
            #expect((decision.begin == nil) == (decision.outcome == "refused"), place)
        }
        let byCounter = Dictionary(grouping: dossier.decisions, by: \.counter)
        for (_, decisions) in byCounter { #expect(decisions.map(\.ordinal) == Array(1...Int64(decisions.count)), place) }
        #expect(Set(dossier.decisions.map(\.number)).count == dossier.decisions.count, place)
    }

    /// What is stored and read again folds into the same dossier.
    private func checkReplay(_ story: RandomStory, _ place: Comment) throws {
        var replayed = Dossier(id: story.dossier.id)
        for (event, context) in story.journal {
            replayed.apply(try DossierEvent(name: event.name, payload: try event.payload()), context)
        }
        #expect(replayed == story.dossier, place)
        #expect(replayed.openings(story.shelf) == story.dossier.openings(story.shelf), place)
    }

    @Test("the stories go somewhere: there are meetings, advices, second rounds, decisions and refusals in them")
    func worthwhile() {
        var outcomes: [String: Int] = [:]
        var codes: Set<Refusal.Code> = []
        var rounds = 0
        var conflicts = 0
        var replaced = 0
        for seed in Self.seeds {
            var story = RandomStory(seed: seed)
            for _ in 1...Self.length {
                let (command, setting) = story.next()
                if case .failure(let refused) = story.perform(command, setting) { codes.formUnion(refused.reasons.map(\.code)) }
            }
            for procedure in story.dossier.procedures {
                outcomes[procedure.ended?.outcome ?? "running", default: 0] += 1
                if procedure.done.count(where: { $0.step == "first" }) > 1 { rounds += 1 }
                if procedure.meetings.count > 1 { conflicts += 1 }
                replaced += procedure.replaced.count
            }
        }
        for outcome in ["granted", "refused", "withdrawn", "in-school", "wider"] {
            #expect(outcomes[outcome, default: 0] > 3, "\(outcomes)")
        }
        #expect(rounds > 3)
        #expect(conflicts > 3)
        #expect(replaced > 3)
        #expect(
            codes.isSuperset(of: [
                .notOpened, .notAllowed, .needMissing, .required, .fieldChangedMeanwhile, .notYourStep, .samePerson, .stepNotOpen,
                .tooSoon,
                .mayNotStart, .alreadyRunning, .notAfter,
            ]), "\(codes)")
    }
}
