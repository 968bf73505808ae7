import Domain
import Plan
import TestKit
import Testing

/// Requests for a TLV as they could come: a child of any group, asked what the plan asks in its group of that moment, which may
/// move up before the decision.
@Suite("Any request for a TLV that reaches the decision")
struct TLVRequestTests {
    private static let keys = PlanLoader.keys(of: "spow", in: RealPlans.folder)
    private static let instance = InstanceID("i-tlv")
    private static let school = OrganisationID("school")
    private static let decider = Actor(
        person: PersonID("p-decider"),
        functions: [HeldFunction(function: "decision-maker", organisation: .partnership, from: .of("2015-01-01"))])

    /// A request on its way: the dossier with both advices given, and the day on which it is decided.
    private struct Request {
        let dossier: Dossier
        let decided: Day
        let group: Int
        let story: String
    }

    /// Answers what a form asks of a dossier, as somebody would: what does not apply is left out.
    private static func answers(
        _ asks: [Ask], _ dossier: Dossier, _ rules: PlanRules, on day: Day, in procedure: Procedure?, _ given: Answers,
        _ random: inout SeededRandom
    ) -> Answers {
        var answers: Answers = [:]
        for asked in dossier.asked(asks, rules, on: day, in: procedure) where asked.known == nil {
            var facts = dossier.facts(rules, on: day, in: procedure)
            facts.answers.merge(answers) { _, new in new }
            let conditions = asks.filter { $0.field == asked.field.id }.map(\.when)
            guard asked.field.when.holds(for: facts), conditions.contains(where: { $0.holds(for: facts) }) else { continue }
            answers[asked.field.id] =
                given[asked.field.id]
                ?? {
                    switch asked.field.kind {
                    case .choice, .choices: .text(random.one(of: asked.field.options)?.id ?? "")
                    case .yesNo: .text("yes")
                    default: .text("woord")
                    }
                }()
        }
        return answers
    }

    private static func request(_ rules: PlanRules, _ random: inout SeededRandom) throws -> Request {
        let route = try #require(rules.procedure("tlv"))
        let started = Day.of("2022-08-01").adding(days: random.number(0...700))
        let advised = started.adding(days: random.number(3...40))
        // Half of the requests are decided after the summer: the child may have moved up, or the class stayed as it was.
        let decided =
            random.happens(50)
            ? SchoolYear(containing: advised).next.first.adding(days: random.number(0...120))
            : advised.adding(days: random.number(0...90))
        let group = random.number(1...8)
        let moved = min(8, group + (random.happens(60) ? 1 : 0))
        let begin = decided.adding(days: random.number(-20...300))
        let born = SchoolYear(containing: started).first.adding(days: -365 * (group + 3) - random.number(0...700))
        var dossier = Dossier(id: DossierID("d"))
        var version = 0
        func tell(_ event: DossierEvent, on day: Day) {
            version += 1
            dossier.apply(
                event, EventContext(version: version, at: .amsterdam(day, hour: 10, minute: 0), actor: PersonID("p-\(version)")))
        }
        func child(_ group: Int) -> Child { Child(givenName: "Pim", familyName: "Pluis", born: born, group: String(group)) }
        tell(.opened(.init(child: child(group), school: Self.school)), on: started)
        let asked = Self.answers(
            route.start.asks, dossier, rules, on: started, in: nil, ["tlv-begin": .text(begin.description)], &random)
        tell(
            .procedureStarted(
                .init(instance: instance, procedure: "tlv", plan: rules.key, answers: asked, opens: ["check"], meeting: nil)),
            on: started)
        let taken = [
            (step: "check", choice: "complete", opens: ["advise-first", "advise-second"]),
            (step: "advise-first", choice: "given", opens: []), (step: "advise-second", choice: "given", opens: ["decide"]),
        ]
        for (step, choice, opens) in taken {
            let rule = try #require(route.step(step))
            let procedure = try #require(dossier.procedure(instance))
            let said = Self.answers(
                rule.asks + (rule.choice(choice)?.asks ?? []), dossier, rules, on: advised, in: procedure, [:], &random)
            tell(
                .stepTaken(
                    .init(
                        instance: instance, step: step, choice: choice, answers: said, opens: opens, meeting: nil, complete: nil)),
                on: advised)
        }
        if moved != group { tell(.childCorrected(child(moved)), on: max(advised, decided.adding(days: -1))) }
        return Request(
            dossier: dossier, decided: decided, group: moved,
            story: "group \(group) to \(moved), born \(born), decided \(decided), begins \(begin), \(asked.mapValues(\.text))")
    }

    @Test("finds one row, an end that does not lie before the begin, and is never stuck", arguments: keys)
    func decided(_ key: PlanKey) throws {
        let rules = try PlanLoader.open(key, from: RealPlans.folder).rules
        let shelf = try #require(PlanShelf([rules]))
        let route = try #require(rules.procedure("tlv"))
        let step = try #require(route.step("decide"))
        let choice = try #require(step.choice("granted"))
        var granted = 0
        var askedLate = 0
        for seed in UInt64(1)...400 {
            var random = SeededRandom(seed: seed)
            let request = try Self.request(rules, &random)
            let place = Comment("seed \(seed): \(request.story)")
            let procedure = try #require(request.dossier.procedure(Self.instance))
            let asks = request.dossier.asks(of: choice, step, route, rules, on: request.decided, in: procedure)
            if asks != choice.asks { askedLate += 1 }
            var answers = Self.answers(
                asks, request.dossier, rules, on: request.decided, in: procedure,
                ["tlv-end": .text(""), "tlv-deviation": .text(""), "tlv-conflict": .text("")], &random)
            let setting = Setting(
                now: .amsterdam(request.decided, hour: 11, minute: 0), actor: Self.decider, shelf: shelf)
            var decision: Decision?
            var codes: [Refusal.Code] = []
            // Whatever is refused says what to fill in; a decision maker who does so gets there.
            for _ in 0..<5 where decision == nil {
                do {
                    let decided = try request.dossier.decide(
                        .take(.init(instance: Self.instance, step: "decide", choice: "granted", answers: answers)), setting)
                    for case .decisionIssued(let issued) in decided.events([1]) { decision = issued }
                } catch {
                    codes += error.reasons.map(\.code)
                    for reason in error.reasons {
                        switch reason.code {
                        case .conflictNeedsChoice:
                            answers["tlv-conflict"] = .text(random.happens(50) ? "law" : "table")
                            answers["tlv-deviation"] = .text("reden")
                        case .reasonsRequired, .afterLatest: answers["tlv-deviation"] = .text("reden")
                        case .required where reason.field == "tlv-end", .endBeforeBegin, .beforeEarliest, .notWholeSchoolYears:
                            let begin = try #require(procedure.answers["tlv-begin"]?.day)
                            let year = SchoolYear(containing: begin)
                            answers["tlv-end"] = .text((begin == year.first ? year : year.next).last.description)
                            answers["tlv-conflict"] = answers["tlv-conflict"].map { $0.isEmpty ? $0 : .text("law") }
                        default: Issue.record("\(reason.short), \(place)")
                        }
                    }
                }
            }
            #expect(!codes.contains(.noRowMatches) && !codes.contains(.severalRowsMatch), place)
            guard let decision, let begin = decision.begin, let end = decision.end else {
                Issue.record("stuck: \(codes), \(place)")
                continue
            }
            granted += 1
            #expect(begin <= end, place)
        }
        #expect(granted == 400)
        // Only the addendum asks something in one group alone.
        #expect((askedLate > 5) == (rules.amends != nil), "\(askedLate)")
    }

    @Test(
        "is by the table never for longer than a child stays: the end of group 8, or of the year it becomes 14", arguments: keys)
    func bounds(_ key: PlanKey) throws {
        let rules = try PlanLoader.open(key, from: RealPlans.folder).rules
        let rule = try #require(rules.procedure("tlv")?.outcome("granted")?.decision?.validity)
        let table = try #require(rules.tables[rule.table])
        var bounded = 0
        for seed in UInt64(1)...400 {
            var random = SeededRandom(seed: seed)
            let request = try Self.request(rules, &random)
            let place = Comment("seed \(seed): \(request.story)")
            let procedure = try #require(request.dossier.procedure(Self.instance))
            var facts = request.dossier.facts(rules, on: request.decided, in: procedure)
            for missing in table.missing(for: facts) {
                facts.answers[missing] = rules.fields[missing]?.options.randomElement(using: &random).map { .text($0.id) }
            }
            #expect(table.rows.count { $0.when.holds(for: facts) } == 1, place)
            let validity = try request.dossier.validity(rule, rules, facts, on: request.decided)
            let lastOfGroup8 = SchoolYear(
                startingIn: SchoolYear(containing: request.decided).startingYear + 8 - request.group
            ).last
            let born = try #require(request.dossier.child?.born)
            let lastOf14 = SchoolYear(containing: born.adding(years: 14)).last
            // In special education a child can stay until it is 14, by 1.7.4 and 1.7.5; the addendum keeps that for EMB alone.
            let staysOn =
                facts["school-type"]?.text == "so" && (rules.amends == nil || facts["emb"]?.text != "not-emb")
            #expect(validity.latest <= (staysOn ? lastOf14 : lastOfGroup8), place)
            if !staysOn { bounded += 1 }
            if let proposed = validity.proposed { #expect(proposed <= validity.latest, place) }
        }
        #expect(bounded > 100)
    }
}
