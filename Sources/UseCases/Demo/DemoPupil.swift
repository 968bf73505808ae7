import Domain

/// One child of a demo: who it is, at which school, and what happens to its dossier.
struct DemoPupil: Sendable {
    let index: Int
    let school: Organisation
    let theme: DemoTheme
    let girl: Bool
    let circle: DemoNames.Circle
    /// Where the story leads; nil to let it go as it goes.
    let aim: DemoAim?
    /// The dossier is opened, and left so.
    let isBrief: Bool
    /// At least one guardian has an account.
    let withAccount: Bool
    /// Among the guardians is one without authority, and all have accounts.
    let withCarer: Bool
    /// The first holder of a function is taken rather than any.
    let prefersFirst: Bool
}

/// What must be so when a story ends.
struct DemoAim: Sendable, Hashable {
    /// How near the end of its time an open step is.
    enum Urgency: Int, Sendable, Hashable, CaseIterable {
        case late, soon, calm
    }

    /// What becomes of one route of the story.
    enum End: Sendable, Hashable {
        case outcome(String)
        case open(step: String, Urgency)
    }

    /// One route with its end.
    struct Leg: Sendable, Hashable {
        let route: String
        let end: End
    }

    /// One after another; only the last may stay open.
    let legs: [Leg]

    /// The step that stays open, and how near its end.
    var held: (route: String, step: String, urgency: Urgency)? {
        guard let last = legs.last, case .open(let step, let urgency) = last.end else { return nil }
        return (last.route, step, urgency)
    }
}

extension DemoAim {
    /// The routes that come first, because of what must have happened before this one; nil when nothing leads there.
    static func legs(before route: ProcedureRule, _ rules: PlanRules, _ visited: Set<String> = []) -> [Leg]? {
        guard !route.start.after.isEmpty else { return [] }
        guard !visited.contains(route.id) else { return nil }
        let ways = route.start.after.compactMap { after -> [Leg]? in
            guard let before = rules.procedure(after.procedure),
                let outcome = after.outcomes.first ?? before.outcomes.first?.id,
                let legs = legs(before: before, rules, visited.union([route.id]))
            else { return nil }
            return legs + [Leg(route: before.id, end: .outcome(outcome))]
        }
        return ways.min { $0.count < $1.count }
    }

    /// A story told leg by leg, as the settings write it; nil when the plan does not know a word of it.
    static func told(_ words: [String], _ rules: PlanRules) -> DemoAim? {
        var legs: [Leg] = []
        for (index, word) in words.enumerated() {
            let parts = word.split(separator: ".").map(String.init)
            guard parts.count == 2, let route = rules.procedure(parts[0]) else { return nil }
            if route.outcome(parts[1]) != nil {
                legs.append(Leg(route: route.id, end: .outcome(parts[1])))
            } else if route.step(parts[1]) != nil, index == words.count - 1 {
                legs.append(Leg(route: route.id, end: .open(step: parts[1], .soon)))
            } else {
                return nil
            }
        }
        return legs.isEmpty ? nil : DemoAim(legs: legs)
    }

    /// Aims that together show every step of the plan at every urgency, and every outcome; the most telling first.
    ///
    /// - Parameter rare: routes that few children go: they come after all others, but for one step of each function that has no
    ///   other work.
    static func all(_ rules: PlanRules, rare: Set<String> = []) -> [Cast] {
        let common = casts(of: rules.procedures.filter { !rare.contains($0.id) }, rules)
        let seldom = casts(of: rules.procedures.filter { rare.contains($0.id) }, rules)
        let busy = Set(common.rounds.joined().compactMap(\.function))
        var shown: Set<String> = []
        let alone = seldom.rounds.joined().filter { cast in
            guard let function = cast.function, !busy.contains(function) else { return false }
            return shown.insert(function).inserted
        }
        return common.rounds[0] + alone + common.ended + common.rounds[1] + common.rounds[2] + seldom.rounds[0] + seldom.ended
            + seldom.rounds[1] + seldom.rounds[2]
    }

    /// The aims of some routes: steps that stay open in three rounds, and outcomes, those with a decision first.
    private static func casts(of routes: [ProcedureRule], _ rules: PlanRules) -> (rounds: [[Cast]], ended: [Cast]) {
        var waiting: [String: [(before: [Leg], route: ProcedureRule, step: StepRule)]] = [:]
        var decided: [Cast] = []
        var others: [Cast] = []
        for route in routes {
            guard let before = legs(before: route, rules) else { continue }
            for step in route.steps { waiting[step.by.functions.first ?? "", default: []].append((before, route, step)) }
            for outcome in route.outcomes {
                let aim = DemoAim(legs: before + [Leg(route: route.id, end: .outcome(outcome.id))])
                if outcome.decision == nil {
                    others.append(Cast(aim: aim, function: nil, isFirst: false))
                } else {
                    decided.append(Cast(aim: aim, function: nil, isFirst: true))
                }
            }
        }
        var rounds: [[Cast]] = [[], [], []]
        for function in rules.functions.map(\.id) {
            let steps = waiting[function] ?? []
            // Each function meets each urgency at once, also one that has a single step.
            let timed = steps.filter { isTimed($0.step, $0.route) }
            let first = max(3, timed.count)
            for turn in 0..<timed.count * 3 {
                let (before, route, step) = timed[turn % timed.count]
                // In the second round each step comes with the next urgency.
                guard let urgency = Urgency(rawValue: (turn % timed.count + turn / timed.count * 2) % 3) else { continue }
                let aim = DemoAim(legs: before + [Leg(route: route.id, end: .open(step: step.id, urgency))])
                rounds[turn < first ? 0 : turn < first * 2 ? 1 : 2].append(
                    Cast(aim: aim, function: function, isFirst: turn < first))
            }
            for (before, route, step) in steps where !isTimed(step, route) {
                for round in 0..<2 {
                    let aim = DemoAim(legs: before + [Leg(route: route.id, end: .open(step: step.id, .calm))])
                    rounds[round].append(Cast(aim: aim, function: function, isFirst: round == 0))
                }
            }
        }
        return (rounds, decided + others)
    }

    /// An aim with whom it is work for.
    struct Cast: Sendable {
        let aim: DemoAim
        let function: String?
        /// Among the first of its kind: at the school where visitors look.
        let isFirst: Bool
    }

    /// Whether an open step has a day by which it is due.
    private static func isTimed(_ step: StepRule, _ route: ProcedureRule) -> Bool {
        step.due != nil || step.meeting != nil
            || route.clocks.contains { $0.from == .received || !step.choices.contains(where: \.marksComplete) }
    }
}

extension ProcedureRule {
    /// How many choices lie between each step and a goal; steps from which it cannot be reached are left out.
    func distances(to end: DemoAim.End) -> [String: Int] {
        var distances: [String: Int] = [:]
        if case .open(let step, _) = end { distances[step] = 0 }
        var changed = true
        while changed {
            changed = false
            for step in steps {
                for choice in step.choices {
                    guard let next = distance(of: choice, to: end, distances), next + 1 < distances[step.id] ?? .max else {
                        continue
                    }
                    distances[step.id] = next + 1
                    changed = true
                }
            }
        }
        return distances
    }

    /// How many choices lie after this one; nil when it does not lead to the goal.
    func distance(of choice: ChoiceRule, to end: DemoAim.End, _ distances: [String: Int]) -> Int? {
        switch (choice.then, end) {
        case (.end(let outcome), .outcome(let wanted)): outcome == wanted ? 0 : nil
        case (.end, .open): nil
        case (.open(let steps), _): steps.compactMap { distances[$0] }.min()
        }
    }
}
