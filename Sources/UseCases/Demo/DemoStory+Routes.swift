import Domain

extension DemoStory {
    /// Routes as they come: one, and then perhaps another that follows from it.
    mutating func wander() throws(DemoHalt) {
        for round in 0..<8 {
            let leading = leadsTo()
            try pass(days: random.within(round == 0 ? 3...25 : leading.isEmpty ? 30...120 : 4...30))
            if let last = dossier.procedures.last, let ended = last.ended, settings.last.contains("\(last.rule).\(ended.outcome)")
            {
                break
            }
            // Some dossiers are opened and need no route at all; after the last outcome most rest.
            guard random.chance(round == 0 ? 0.9 : leading.isEmpty ? 0.35 : 0.93) else { break }
            guard let route = next(leading) else { break }
            _ = try run(route, to: intended(route).map { .outcome($0) })
            try settle()
        }
    }

    /// One route of an aim; it starts when it can and ends as it must.
    mutating func follow(_ leg: DemoAim.Leg) throws(DemoHalt) {
        if !dossier.procedures.isEmpty { try settle() }
        try pass(days: random.within(1...12))
        guard let route = rules.procedure(leg.route), dossier.mayFollow(route.start.after, on: now.day) else {
            return fail("follow \(leg.route)")
        }
        // Who plays which part is settled before anybody is born: a route that is not there for this child is left out.
        guard dossier.mayStart(route, rules, on: now.day) else { return }
        if try run(route, to: leg.end) == nil { fail("start \(leg.route)") }
    }

    /// What a route is to come to, where the settings say so.
    private mutating func intended(_ route: ProcedureRule) -> String? {
        guard let toward = settings.toward[route.id] else { return nil }
        return random.pick(route.outcomes.map(\.id)) { toward[$0]?.weight ?? 0 }
    }

    /// Sets what is answered on the way to an outcome; to the likeliest while it stays open.
    private mutating func lean(_ route: ProcedureRule, to end: DemoAim.End?) {
        leaning = nil
        guard let toward = settings.toward[route.id] else { return }
        var outcome = toward.max { ($0.value.weight, $1.key) < ($1.value.weight, $0.key) }?.key
        if case .outcome(let wanted) = end { outcome = wanted }
        if let outcome, let rule = toward[outcome] { leaning = ("\(route.id).\(outcome)", rule) }
    }

    /// What is written after a route: how it went.
    mutating func settle() throws(DemoHalt) {
        try addPapers()
        let rules = rules
        guard random.chance(0.6),
            let part = rules.groeidocument.parts.first(where: { part in
                !dossier.emptyFields(ofPart: part.id, rules, dossier.facts(rules, on: now.day)).isEmpty
            })
        else { return }
        try pass(days: random.within(5...30))
        try write(part)
    }

    /// Routes that the last outcome leads to.
    private func leadsTo() -> Set<String> {
        guard let last = dossier.procedures.last, let ended = last.ended,
            let outcome = stage.shelf[last.plan]?.procedure(last.rule)?.outcome(ended.outcome)
        else { return [] }
        return Set(outcome.leadsTo)
    }

    /// A route that can be started now, by weight.
    private mutating func next(_ leading: Set<String>) -> ProcedureRule? {
        let startable = rules.procedures.filter { route in
            dossier.mayStart(route, rules, on: now.day)
                && (route.start.repeatable || !dossier.procedures.contains { $0.rule == route.id && $0.isRunning })
        }
        let before = Dictionary(grouping: dossier.procedures, by: \.rule).mapValues(\.count)
        return random.pick(startable) { [settings, theme = pupil.theme] route in
            let likely = theme.routes[route.id] ?? 1
            let weight = leading.contains(route.id) ? 60 : (settings.routes[route.id] ?? 1) * likely
            return weight / Double(1 + before[route.id, default: 0] * 2)
        }
    }

    // MARK: One route

    /// Runs a route from its start until it ends.
    ///
    /// - Returns: whether it ended; nil when it could not start.
    /// - Throws: `held` when the step of the aim is open and nothing else goes on.
    mutating func run(_ route: ProcedureRule, to end: DemoAim.End?) throws(DemoHalt) -> Bool? {
        lean(route, to: end)
        guard let instance = try start(route) else { return nil }
        var planned: [Procedure.OpenStep: Instant] = [:]
        var again: Set<Procedure.OpenStep> = []
        var taken = 0
        while let procedure = dossier.procedure(instance), procedure.isRunning, taken < 60 {
            guard let rules = stage.shelf[procedure.plan], let route = rules.procedure(procedure.rule) else { return false }
            var held: String?
            if case .open(let step, _) = end, procedure.open.contains(where: { $0.step == step }) { held = step }
            for open in procedure.open where planned[open] == nil { planned[open] = schedule(open, procedure, route, rules) }
            let ready = procedure.open.filter { $0.step != held }.sorted { ($0.since, $0.step) < ($1.since, $1.step) }
            guard let next = ready.min(by: { planned[$0] ?? now < planned[$1] ?? now }) else { throw .held }
            try advance(to: planned[next] ?? now)
            guard let step = route.step(next.step), try take(step, of: procedure.id, route, rules, to: end, held: held) else {
                // Guardians who say no get their way: another choice is made some days later.
                guard again.insert(next).inserted else {
                    fail("step \(route.id).\(next.step)")
                    return false
                }
                planned[next] = moment(inDays: random.within(3...12))
                continue
            }
            taken += 1
        }
        return true
    }

    private mutating func start(_ route: ProcedureRule) throws(DemoHalt) -> InstanceID? {
        let instance = InstanceID(random.key())
        var answers = fill(route.start.asks, rules)
        let meeting = route.start.plans.flatMap { route.step($0)?.meeting }
        if let meeting { answers.merge(invited(meeting)) { _, new in new } }
        guard try satisfy(route.start.needs, rules, also: answers) else { return nil }
        if let meeting { answers.merge(self.meeting(meeting)) { _, new in new } }
        let starters = starters(of: route, rules)
        // The plan names first who usually does it.
        guard let acting = random.chance(0.8) ? starters.first : random.pick(starters) else {
            fail("starter \(route.id)")
            return nil
        }
        let form = Form(what: "start \(route.id)", asks: route.start.asks, needs: route.start.needs, meeting: meeting)
        let started = try submit(form, &answers, rules) { story, answers throws(Refused) in
            try story.act(.start(.init(instance: instance, procedure: route.id, answers: answers)), by: acting)
        }
        return started ? instance : nil
    }

    /// When an open step is taken: after its meeting, in its own pace, or as its term asks; some come too late.
    private mutating func schedule(
        _ open: Procedure.OpenStep, _ procedure: Procedure, _ route: ProcedureRule, _ rules: PlanRules
    ) -> Instant {
        let step = route.step(open.step)
        if step?.meeting != nil, let meeting = procedure.meetings.last(where: { $0.step == open.step }),
            let moment = LocalMoment(meeting.moment)
        {
            let after = moment.instant.adding(milliseconds: Int64(random.within(40...110)) * 60_000)
            return random.chance(0.7) ? after : after.adding(days: random.within(1...3))
        }
        let family = step?.by.functions.contains { rules.function($0)?.place == .family } ?? false
        if let pace = settings.pace["\(route.id).\(open.step)"] {
            return moment(inDays: random.within(pace.range), family: family)
        }
        guard let due = step?.due?.end(startingAfter: open.since.day, holidays: rules.holidays) else {
            return moment(inDays: random.within(1...9), family: family)
        }
        let span = Double(max(1, open.since.day.days(until: due)))
        let share = random.chance(0.06) ? 1.1 + random.fraction() * 0.4 : 0.1 + random.fraction() * 0.8
        return moment(inDays: Int(span * share), family: family)
    }

    private mutating func take(
        _ step: StepRule, of instance: InstanceID, _ route: ProcedureRule, _ rules: PlanRules, to end: DemoAim.End?,
        held: String?
    ) throws(DemoHalt) -> Bool {
        guard let procedure = dossier.procedure(instance), let acting = actors(for: step, in: procedure, rules).first,
            let choice = choice(at: step, of: procedure, route, rules, to: end, held: held)
        else { return false }
        choosing = "\(route.id).\(step.id).\(choice.id)"
        defer { choosing = nil }
        var answers = fill(step.asks + choice.asks, rules)
        let meeting = choice.plans.flatMap { route.step($0)?.meeting }
        if let meeting { answers.merge(invited(meeting)) { _, new in new } }
        guard try satisfy(choice.needs, rules, also: answers) else { return false }
        if let meeting { answers.merge(self.meeting(meeting)) { _, new in new } }
        let form = Form(
            what: "take \(route.id).\(step.id).\(choice.id)", asks: step.asks + choice.asks, needs: choice.needs, meeting: meeting
        )
        return try submit(form, &answers, rules) { story, answers throws(Refused) in
            try story.act(.take(.init(instance: instance, step: step.id, choice: choice.id, answers: answers)), by: acting)
        }
    }

    /// A choice by weight; with an aim, one that leads there.
    private mutating func choice(
        at step: StepRule, of procedure: Procedure, _ route: ProcedureRule, _ rules: PlanRules, to end: DemoAim.End?,
        held: String?
    ) -> ChoiceRule? {
        let visits = procedure.done.count { $0.step == step.id }
        let choices = step.choices.filter {
            !isRefused($0) && dossier.isOpen($0, of: step, rules, on: now.day, in: procedure)
        }
        let weight = { [settings, theme = pupil.theme] (choice: ChoiceRule) -> Double in
            let key = "\(route.id).\(step.id).\(choice.id)"
            let weight = (settings.choices[key] ?? 1) * (theme.choices[key] ?? 1)
            // Going round is fine once or twice, not for ever.
            if case .open(let next) = choice.then, visits > 0, next.contains(where: { procedure.lastDone($0) != nil }) {
                return weight * (visits > 2 ? 0.001 : 0.4)
            }
            return weight
        }
        guard let end else { return random.pick(choices, weight: weight) ?? choices.first }
        if held != nil {
            // Nothing may end the route, nor make the open step open again.
            let going = choices.filter { if case .open = $0.then { true } else { false } }
            return random.pick(going, weight: weight) ?? going.first ?? choices.first
        }
        let distances = route.distances(to: end)
        let known = choices.compactMap { choice in
            route.distance(of: choice, to: end, distances).map { (choice: choice, distance: $0) }
        }
        guard let nearest = known.map(\.distance).min() else { return random.pick(choices, weight: weight) }
        // Now and then the long way round, as it goes in life.
        let detour = visits == 0 && random.chance(0.2) ? 2 : 0
        return random.pick(known.filter { $0.distance <= nearest + detour }) { weight($0.choice) }?.choice
            ?? known.first { $0.distance == nearest }?.choice
    }

    /// Whether a choice needs an agreement that somebody has refused.
    private func isRefused(_ choice: ChoiceRule) -> Bool {
        choice.needs.contains { need in
            guard case .agreement(let purpose) = need.kind else { return false }
            return dossier.authorities.contains { dossier.agreement(of: $0.id, on: purpose)?.word == .refused }
        }
    }

    // MARK: Forms

    /// What a form asks, for mending it when it is refused.
    private struct Form {
        let what: String
        let asks: [Ask]
        let needs: [Need]
        let meeting: MeetingRule?
    }

    /// Sends a form; what is refused is mended and sent again, as a person would.
    private mutating func submit(
        _ form: Form, _ answers: inout Answers, _ rules: PlanRules,
        _ send: (inout DemoStory, Answers) throws(Refused) -> Void
    ) throws(DemoHalt) -> Bool {
        var tried: [String: Set<String>] = [:]
        var last: Refused?
        for _ in 0..<8 {
            do {
                try send(&self, answers)
                return true
            } catch {
                last = error
            }
            guard let reasons = last?.reasons, try mend(reasons, form, &answers, &tried, rules) else { break }
        }
        fail(form.what, last)
        return false
    }

    private mutating func mend(
        _ reasons: [Refusal], _ form: Form, _ answers: inout Answers, _ tried: inout [String: Set<String>], _ rules: PlanRules
    ) throws(DemoHalt) -> Bool {
        for reason in reasons {
            switch (reason.code, reason.field) {
            case (.needMissing, _):
                guard try satisfy(form.needs, rules, also: answers) else { return false }
            case (.tooSoon, let field?):
                answers[field] = .text(phrase(field))
            case (.dayInPast, _), (_, MeetingField.moment?), (_, MeetingField.place?):
                guard let meeting = form.meeting else { return false }
                answers.merge(self.meeting(meeting)) { _, new in new }
            case (.beforeEarliest, let field?):
                answers[field] = reason.values["day"].map { .text($0) }
            case (.notWholeSchoolYears, let field?), (.endBeforeBegin, let field?):
                // A later end: the last day of the next school year.
                let day = answers[field]?.day ?? now.day
                answers[field] = .text(SchoolYear(containing: day).next.last.description)
            case (_, let id?):
                guard let field = rules.fields[id] else { return false }
                if let before = answers[id] { tried[id, default: []].insert(before.text) }
                guard let answer = answer(to: field, rules, besides: tried[id] ?? []) else { return false }
                answers[id] = answer
            case (_, nil):
                return false
            }
        }
        return true
    }
}
