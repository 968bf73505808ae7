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
    /// At least one guardian has an account.
    let withAccount: Bool
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

    /// Aims that together show every step of the plan at every urgency, and every outcome; the most telling first.
    static func all(_ rules: PlanRules) -> [(aim: DemoAim, function: String?)] {
        var counts: [String: Int] = [:]
        var rounds: [[(DemoAim, String?)]] = [[], [], []]
        var outcomes: [(DemoAim, String?)] = []
        for route in rules.procedures {
            guard let before = legs(before: route, rules) else { continue }
            for step in route.steps {
                let function = step.by.functions.first
                let turn = counts[function ?? "", default: 0]
                counts[function ?? "", default: 0] += 1
                for round in 0..<3 {
                    // Each function meets each urgency in its first three steps.
                    guard let urgency = Urgency(rawValue: (turn + round) % 3) else { continue }
                    let legs = before + [Leg(route: route.id, end: .open(step: step.id, urgency))]
                    rounds[round].append((DemoAim(legs: legs), function))
                }
            }
            for outcome in route.outcomes {
                outcomes.append((DemoAim(legs: before + [Leg(route: route.id, end: .outcome(outcome.id))]), nil))
            }
        }
        // Of the outcomes those with a numbered decision are told first.
        let decided = outcomes.filter { isDecision($0.0, rules) }
        return rounds[0] + decided + outcomes.filter { !isDecision($0.0, rules) } + rounds[1] + rounds[2]
    }
}

private func isDecision(_ aim: DemoAim, _ rules: PlanRules) -> Bool {
    guard let last = aim.legs.last, case .outcome(let outcome) = last.end else { return false }
    return rules.procedure(last.route)?.outcome(outcome)?.decision != nil
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
