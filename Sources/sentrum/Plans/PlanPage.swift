import Domain

/// A plan as a page in Markdown: for a parent as well as for a lawyer.
struct PlanPage {
    private let rules: PlanRules
    private let language: Language
    private var lines: [String] = []

    init(_ rules: PlanRules, _ language: Language) {
        self.rules = rules
        self.language = language
        head()
        functions()
        forms()
        document()
        for route in rules.procedures { procedure(route) }
        tables()
    }

    /// The whole page.
    var text: String { lines.joined(separator: "\n") }

    private func say(_ nl: String, _ en: String) -> String { language == .nl ? nl : en }

    private mutating func add(_ line: String = "") { lines.append(line) }

    private mutating func heading(_ level: Int, _ text: String) {
        add()
        add(String(repeating: "#", count: level) + " " + text)
        add()
    }

    private func source(_ text: String) -> String { "*(\(text))*" }

    private func name(_ function: String) -> String { rules.function(function)?.title[language] ?? function }

    private func names(_ functions: [String]) -> String { functions.map(name).joined(separator: ", ") }

    private mutating func head() {
        add("# \(rules.title[language])")
        add()
        let until = rules.until.map { say(" tot en met \($0)", " until \($0)") } ?? ""
        add(
            "\(rules.partnership.name) (\(rules.partnership.code)). \(say("Geldt vanaf", "In force from")) \(rules.inForce)\(until)."
        )
        add(say("Bron: ", "Source: ") + rules.document + ".")
    }

    private mutating func functions() {
        heading(2, say("Wie er zijn", "Who there are"))
        for function in rules.functions {
            add("- **\(function.title[language])**: \(function.explanation[language]) \(source(function.source))")
        }
    }

    private mutating func forms() {
        heading(2, say("Vormen van ondersteuning", "Forms of support"))
        for tier in rules.tiers {
            heading(3, tier.title[language])
            for form in tier.forms { add("- **\(form.title[language])**: \(form.explanation[language]) \(source(form.source))") }
        }
    }

    private mutating func document() {
        heading(2, rules.groeidocument.title[language])
        for part in rules.groeidocument.parts {
            heading(3, part.title[language])
            add("\(part.explanation[language]) \(source(part.source))")
            add()
            for field in part.fields.compactMap({ rules.fields[$0] }) {
                let optional = field.required ? "" : say(" (mag leeg blijven)", " (may stay empty)")
                add("- \(field.title[language])\(optional)")
            }
        }
    }

    private mutating func procedure(_ route: ProcedureRule) {
        heading(2, "\(route.title[language])")
        add("\(route.why[language]) \(source(route.source))")
        add()
        add("\(say("Begint door", "Started by")): \(names(route.start.by)).")
        let after = route.start.after.compactMap { after -> String? in
            guard let before = rules.procedure(after.procedure) else { return nil }
            let outcomes = after.outcomes.compactMap { before.outcome($0)?.title[language] }.joined(separator: ", ")
            return before.title[language] + (outcomes.isEmpty ? "" : ": \(outcomes)")
        }
        if !after.isEmpty { add("\(say("Volgt op", "Follows")): \(after.joined(separator: "; ")).") }
        needs(route.start.needs)
        for step in route.steps { self.step(step, of: route) }
        clocks(route)
        heading(3, say("Wat eruit kan komen", "What can come out"))
        for outcome in route.outcomes {
            add("- **\(outcome.title[language])**\(outcome.explanation.map { ": \($0[language])" } ?? "")")
        }
    }

    private mutating func needs(_ needs: [Need]) {
        guard !needs.isEmpty else { return }
        add()
        add(say("Nodig:", "Needed:"))
        add()
        for need in needs { add("- \(need.why[language])" + (need.source.map { " \(source($0))" } ?? "")) }
    }

    private mutating func step(_ step: StepRule, of route: ProcedureRule) {
        heading(3, step.title[language])
        if let explanation = step.explanation { add(explanation[language]) }
        let due = step.due.map { say(", binnen \($0.period)", ", within \($0.period)") } ?? ""
        add("\(say("Door", "By")): \(names(step.by.functions))\(due)." + (step.source.map { " \(source($0))" } ?? ""))
        add()
        for choice in step.choices {
            let then =
                switch choice.then {
                case .end(let outcome): route.outcome(outcome)?.title[language] ?? outcome
                case .open(let steps): steps.compactMap { route.step($0)?.title[language] }.joined(separator: ", ")
                }
            add("- \(choice.title[language]) → \(then)")
            for need in choice.needs { add("  - \(say("nodig", "needed")): \(need.why[language])") }
        }
    }

    private mutating func clocks(_ route: ProcedureRule) {
        guard !route.clocks.isEmpty else { return }
        heading(3, say("Termijnen", "Terms"))
        for clock in route.clocks {
            add("- **\(clock.title[language])** (\(clock.within.period)): \(clock.ground[language]) \(source(clock.source))")
        }
    }

    private mutating func tables() {
        for (_, table) in rules.tables.sorted(by: { $0.key < $1.key }) {
            heading(2, table.title[language])
            for row in table.rows {
                let when = row.when.clauses.map { clause in
                    switch clause.match {
                    case .oneOf(let values): "\(clause.fact): \(values.joined(separator: ", "))"
                    case .range(let from, let to): "\(clause.fact): \(from.map(String.init) ?? "")–\(to.map(String.init) ?? "")"
                    case .absent: "\(clause.fact): –"
                    }
                }
                let note = row.note.map { " \($0[language])" } ?? ""
                add(
                    "- \(when.isEmpty ? say("altijd", "always") : when.joined(separator: "; ")) → \(until(row.until)).\(note) \(source(row.source))"
                )
            }
        }
    }

    private func until(_ rule: UntilRule) -> String {
        switch rule {
        case .endOfGroup(let group): say("tot het einde van groep \(group)", "to the end of group \(group)")
        case .endOfFirstGroupOf(let groups):
            say(
                "tot het einde van de eerstvolgende van groep \(groups.joined(separator: ", "))",
                "to the end of the next of groups \(groups.joined(separator: ", "))")
        case .endOfSchoolYearOfAge(let age):
            say("tot het einde van het schooljaar waarin het kind \(age) wordt", "to the end of the school year of age \(age)")
        case .endOfSchoolYear(let after):
            after == 0
                ? say("tot het einde van het schooljaar", "to the end of the school year")
                : say("tot het einde van schooljaar +\(after)", "to the end of school year +\(after)")
        case .period(let period): say("\(period) vanaf het begin", "\(period) from the beginning")
        case .chosen(let most): say("te kiezen, ten hoogste \(until(most))", "to be chosen, at most \(until(most))")
        }
    }
}
