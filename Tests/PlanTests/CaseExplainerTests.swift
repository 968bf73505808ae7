import Domain
import Plan
import TestKit
import Testing

@Suite("Explaining how a route stands in a dossier, or came out there")
struct CaseExplainerTests {
    private let rules = PlanRules.invented

    private func explained(_ given: Given, _ instance: InstanceID, on day: String) throws -> CaseExplanation {
        let procedure = try #require(given.procedure(instance))
        return try #require(CaseExplainer(rules, given.dossier, on: .of(day)).explanation(of: procedure))
    }

    /// The explanation of what a last step came to.
    private func ended(
        _ before: Given, _ last: DossierCommand, on day: String, as actor: Actor = Testland.decider
    ) throws
        -> CaseExplanation
    {
        let given = before.after(last, as: actor, on: day)
        let procedure = try #require(given.procedure(Testland.entryInstance))
        return try #require(
            CaseExplainer(rules, given.dossier, on: .of(day)).explanation(
                of: procedure, before: before.dossier, decision: given.dossier.decisions.last))
    }

    private func lines(_ explained: CaseExplanation, _ language: Language = .nl) -> [String] {
        explained.lines(in: language, counted: { $0.code }, refused: { $0.rawValue })
    }

    @Test("a refusal without an end says what it rests on, what was known, and what granting would have given")
    func refused() throws {
        let explained = try ended(.advised(), Testland.decides("refuse"), on: "2021-10-18")
        #expect(explained.outcome?.nl.hasPrefix("refused, op 18 oktober 2021, ") == true)
        #expect(explained.rows.isEmpty)
        #expect(
            explained.steps.last?.text.nl
                == "Het besluit rust op: Eerste advies en Tweede advies. Waarom, staat in het besluit zelf, bij ‘Motivering’")
        #expect(explained.steps.last?.source == "Testland, 4")
        #expect(explained.known.contains { $0.question == rules.fields["school-type"]?.title && !$0.value.nl.isEmpty })
        let grant = try #require(explained.ways.first { $0.choice.nl == "grant" })
        #expect(grant.isOpen)
        #expect(grant.leadsTo.nl == "afgelopen met ‘granted’")
        #expect(grant.lasts?.nl.hasPrefix("tot en met 31 juli ") == true)
        #expect(explained.next.first?.nl == "Bezwaar kan tot en met 29 november 2021: binnen 6 weken")
    }

    @Test("what somebody wrote is not in it, nor anybody by name or key")
    func secret() throws {
        let explained = try ended(.advised(), Testland.decides("refuse"), on: "2021-10-18")
        let all = (lines(explained) + lines(explained, .en)).joined(separator: "\n")
        for word in ["Beide adviezen", "passend", "p-", "Nederlands"] { #expect(!all.contains(word)) }
        #expect(!all.contains(Testland.expert.person.rawValue))
    }

    @Test("a decision with an end has the rows of its table as well, and what another answer would have made of it")
    func granted() throws {
        let explained = try ended(.advised(), Testland.decides("grant"), on: "2021-10-18")
        #expect(explained.rows.count { $0.matched } == 1)
        #expect(explained.outcome?.nl.contains(", tot en met 31 juli ") == true)
        #expect(!explained.otherwise.isEmpty)
        #expect(explained.ways.map(\.choice.nl).contains("refuse"))
    }

    @Test("a running route says what waits for whom since when and why, until when, and what can still come")
    func running() throws {
        let explained = try explained(.asking(), Testland.entryInstance, on: "2021-10-02")
        #expect(explained.outcome == nil)
        let check = try #require(explained.open.first)
        #expect(explained.open.count == 1)
        #expect(check.step.nl == "Controleren")
        #expect(check.because.nl == "het begin van de procedure opende deze stap")
        #expect(check.within?.nl == "1 week")
        #expect(check.due == .of("2021-10-08"))
        #expect(check.ways.map(\.leadsTo.nl) == ["aan de beurt: Eerste advies en Tweede advies", "aan de beurt: Aanvullen"])
        #expect(check.ways.first?.asks.map(\.nl) == ["Tweede deskundige"])
        #expect(explained.ahead.map(\.nl).contains { $0.hasPrefix("Beslissen, door ") && $0.contains("Eerste advies") })
        #expect(explained.outcomes.map(\.nl) == ["granted", "refused", "withdrawn"])
        #expect(lines(explained).contains { $0.hasPrefix("Aan de beurt: Controleren, door ") })
        #expect(lines(explained).contains("  uiterlijk 8 oktober 2021; binnen 1 week"))
    }

    @Test("a step that another opened says which, and one that waits says what it waited for")
    func opened() throws {
        let first = try explained(.complete(), Testland.entryInstance, on: "2021-10-05").open.first
        #expect(first?.because.nl == "‘complete’ bij ‘Controleren’ opende deze stap")
        let decide = try explained(.advised(), Testland.entryInstance, on: "2021-10-13").open.first
        #expect(decide?.because.nl == "alles waarop deze stap wacht is gedaan: Eerste advies en Tweede advies")
    }

    @Test(
        "a term says from when it runs, until when and by which paragraph; one that has not begun says so, and one that stands still"
    )
    func clocks() throws {
        let begun = try explained(.complete(), Testland.entryInstance, on: "2021-10-05").clocks
        let rule = try #require(Testland.entry.clocks.first { $0.from == .complete })
        let runs = try #require(begun.first { $0.clock == rule.title })
        #expect(runs.started == .of("2021-10-04"))
        #expect(runs.due != nil && runs.source == rule.source)
        #expect(runs.standing.nl.hasPrefix("loopt, nog "))
        let not = try explained(.asking(), Testland.entryInstance, on: "2021-10-02").clocks.first { $0.clock == rule.title }
        #expect(not?.standing.nl == "nog niet begonnen" && not?.due == nil)
        let asked = Given.asking().after(
            Testland.take("check", "incomplete", ["missing": .text("Een verslag.")]), as: Testland.secretary, on: "2021-10-04")
        let paused = try #require(Testland.entry.clocks.first { $0.from == .received && !$0.pausedIn.isEmpty })
        let still = try explained(asked, Testland.entryInstance, on: "2021-10-06").clocks.first { $0.clock == paused.title }
        #expect(still?.standing.nl.hasPrefix("staat stil sinds 5 oktober 2021, met nog ") == true)
    }

    @Test("what a start takes is told with what lacks: agreements, parts, evidence, and what must come before")
    func starting() throws {
        let explainer = CaseExplainer(rules, Given.opened().dossier, on: .of("2021-09-02"))
        let talk = try #require(explainer.explanation(ofStarting: Testland.talk).ways.first)
        #expect(!talk.isOpen)
        #expect(talk.needs.first?.lacks?.nl == "2 ouders of voogden moeten het nog geven")
        #expect(talk.needs.last?.lacks?.nl.hasPrefix("nog leeg: ") == true)
        let entry = try #require(explainer.explanation(ofStarting: Testland.entry).ways.first)
        #expect(!entry.isFree && entry.after.map(\.nl) == ["Overleg (wider)"])
        let after = CaseExplainer(rules, Given.wider().dossier, on: .of("2021-09-21"))
        let ready = try #require(after.explanation(ofStarting: Testland.entry).ways.first)
        #expect(ready.isFree && ready.isOpen)
        let agreed = CaseExplainer(rules, Given.agreed().dossier, on: .of("2021-09-04"))
        #expect(try #require(agreed.explanation(ofStarting: Testland.talk).ways.first).isOpen)
    }

    @Test("of a step that is not told, neither the choice nor an answer is")
    func independent() throws {
        let given = Given.complete().after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
        let procedure = try #require(given.procedure(Testland.entryInstance))
        let told = procedure.done.filter { $0.step != "first" }
        let explained = try #require(
            CaseExplainer(rules, given.dossier, on: .of("2021-10-12")).explanation(of: procedure, told: told))
        #expect(!explained.steps.contains { $0.text.nl.hasPrefix("Eerste advies") })
        let all = try #require(CaseExplainer(rules, given.dossier, on: .of("2021-10-12")).explanation(of: procedure))
        #expect(all.steps.contains { $0.text.nl.hasPrefix("Eerste advies") })
    }

    @Test("no line has a period or a day as the journal writes it, in either language")
    func written() throws {
        let all = [
            try ended(.advised(), Testland.decides("refuse"), on: "2021-10-18"),
            try ended(.advised(), Testland.decides("grant"), on: "2021-10-18"),
            try explained(.complete(), Testland.entryInstance, on: "2021-10-05"),
            try explained(.talking(), Testland.talkInstance, on: "2021-09-07"),
        ]
        for explained in all {
            for language in [Language.nl, .en] {
                for line in lines(explained, language) {
                    #expect(line.firstMatch(of: /\bP[0-9]+[DWMY]\b/) == nil, "\(line)")
                    #expect(line.firstMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) == nil, "\(line)")
                }
            }
            #expect(lines(explained) != lines(explained, .en))
        }
    }
}
