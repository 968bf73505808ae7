import Domain

/// Tries the examples of a plan by the very rules that the engine follows.
package enum PlanExamples {
    /// Every example with what came out.
    package static func run(_ plan: LoadedPlan) -> [ExampleResult] {
        plan.examples.map { run($0, of: plan) }
    }

    /// One example by a plan as it was read.
    package static func run(_ example: PlanExample, of plan: LoadedPlan) -> ExampleResult {
        run(example, by: plan.rules, sources: plan.sources)
    }

    /// One example by the rules of a plan.
    ///
    /// - Parameter sources: every source of the plan as it is written; what is told of paragraphs rests on them.
    package static func run(
        _ example: PlanExample, by rules: PlanRules, sources: [WrittenSource] = []
    ) -> ExampleResult {
        switch example.kind {
        case .validity(let validity): validity.result(of: example, by: rules)
        case .term(let term): term.result(of: example, by: rules)
        case .route(let route):
            ExampleResult(
                example, route.expected.words, route.walked(by: rules)?.words ?? "no route \(route.route)")
        case .says(let says):
            ExampleResult(example, differing: says.differences(by: rules))
        case .card(let card):
            ExampleResult(example, differing: card.differences(by: rules, sources: sources))
        }
    }
}

extension ExampleResult {
    fileprivate init(_ example: PlanExample, differing: (missing: [String], extra: [String])) {
        let (missing, extra) = differing
        let nothing = missing.isEmpty && extra.isEmpty
        let told = { (lines: [String]) in lines.isEmpty ? "nothing more" : lines.joined(separator: "; ") }
        self.init(example, nothing ? "as written" : told(missing), nothing ? "as written" : told(extra))
    }

    fileprivate init(_ example: PlanExample, _ expected: String, _ got: String, _ explanation: [Explained] = []) {
        self.init(example: example, expected: expected, got: got, explanation: explanation)
    }
}

extension ValidityExample {
    /// What is known of the child when the decision is taken.
    func facts(by rules: PlanRules, _ rule: ValidityRule) -> Facts {
        var facts = Facts(answers, scales: rules.scales)
        facts.answers[rule.beginField] = .text(begin.description)
        facts.answers["group"] = .text(group)
        facts.answers["born"] = .text(born.description)
        facts.answers["age"] = .text(String(born.wholeYears(until: decided)))
        return facts
    }

    fileprivate func result(of example: PlanExample, by rules: PlanRules) -> ExampleResult {
        let expected = self.expected.words + (row.map { ", row \($0)" } ?? "")
        guard let rule = rules.procedure(procedure)?.outcome(outcome)?.decision?.validity, let table = rules.tables[rule.table]
        else { return ExampleResult(example, expected, "no validity at \(procedure).\(outcome)") }
        let child = ValidityFacts(born: born, group: group, groups: rules.groups.map(\.id), decided: decided, begin: begin)
        let facts = facts(by: rules, rule)
        var answers = answers
        answers[rule.beginField] = .text(begin.description)
        var explanation: [Explained] = []
        var applied: String?
        let got: Expected
        do throws(Refused) {
            let validity = try rule.validity(for: child, facts: facts, table: table)
            explanation = validity.explanation
            applied = validity.row.id
            do throws(Refused) {
                let (end, deviates) = try rule.settle(validity, answers: answers)
                got = .end(end, deviates: deviates)
            } catch {
                if validity.clashes, error.reasons.first?.code == .conflictNeedsChoice, let law = validity.earliest {
                    got = .conflict(table: validity.latest, law: law)
                } else {
                    throw error
                }
            }
        } catch {
            got = .refused(error.reasons.first?.code ?? .required)
        }
        let row = row == nil ? "" : ", row \(applied ?? "-")"
        return ExampleResult(example, expected, got.words + row, explanation)
    }
}

extension ValidityExample.Expected {
    fileprivate var words: String {
        switch self {
        case .end(let day, let deviates): "end \(day)\(deviates ? ", deviates" : "")"
        case .conflict(let table, let law): "conflict table \(table) law \(law)"
        case .refused(let code): "refused \(code.rawValue)"
        }
    }
}

extension TermExample {
    fileprivate func result(of example: PlanExample, by rules: PlanRules) -> ExampleResult {
        let words = { (day: Day?) in day.map { "due \($0)" } ?? "stands still" }
        let term: Term
        var extensions: [Term] = []
        switch subject {
        case .term(let written): term = written
        case .clock(let procedure, let clock):
            guard let rule = rules.procedure(procedure)?.clocks.first(where: { $0.id == clock }) else {
                return ExampleResult(example, words(due), "no clock \(procedure).\(clock)")
            }
            term = rule.within
            if isExtended {
                guard let extended = rule.extended else {
                    return ExampleResult(example, words(due), "no extension \(procedure).\(clock)")
                }
                extensions = [extended.with]
            }
        }
        let clock = TermClock(started: from, term: term, extensions: extensions, pauses: pauses)
        let got = clock.dueDay(holidays: rules.holidays)
        return ExampleResult(example, words(due), words(got), clock.explanation(holidays: rules.holidays))
    }
}

extension Day {
    /// Whole years from this day of birth to another day; a birthday on 29 February falls on the 28th in other years.
    fileprivate func wholeYears(until day: Day) -> Int {
        let years = day.year - year
        return adding(years: years) > day ? years - 1 : years
    }
}
