import Domain

// A way through a route: who did what under which rule, what was refused and why, and what would have made it otherwise.
extension PlanExplainer {
    func explanation(of route: RouteExample, _ example: PlanExample) -> PlanExplanation {
        guard let rule = rules.procedure(route.route) else { return explained(by: example, rows: [], steps: [], otherwise: []) }
        let stop = route.walk(by: rules)?.stop
        let now = words(of: example)
        var otherwise: [PlanExplanation.Otherwise] = []
        for (change, other) in variations(of: route, rule, stop) {
            let outcome = words(of: example.with(.route(other)))
            guard outcome != now, !otherwise.contains(where: { $0.change == change }) else { continue }
            otherwise.append(PlanExplanation.Otherwise(change: change, outcome: outcome))
        }
        return explained(by: example, rows: [], steps: steps(of: route, rule, stop), otherwise: otherwise)
    }

    // MARK: what happened

    /// Who did what under which rule, as far as the situation goes; of what was refused, why.
    private func steps(
        of route: RouteExample, _ rule: ProcedureRule, _ stop: RouteExample.Stop?
    ) -> [PlanExplanation.Step] {
        var steps = [
            PlanExplanation.Step(
                text: Localized(
                    nl: "\(rule.title.nl): begonnen door \(names(of: route.start.by.map { [$0] } ?? rule.start.by).nl)",
                    en: "\(rule.title.en): started by \(names(of: route.start.by.map { [$0] } ?? rule.start.by).en)"),
                source: rule.source)
        ]
        steps += lacking(route.start, rule.start.needs)
        if let stop, stop.index == 0 { steps += why(stop, route, rule) }
        for (place, taken) in route.steps.enumerated() {
            if let step = rule.step(taken.step), let choice = step.choice(taken.choice) {
                let who = names(of: taken.form.by.map { [$0] } ?? step.by.functions)
                let due =
                    step.due.map { Localized(nl: ", binnen \($0.period.said.nl)", en: ", within \($0.period.said.en)") }
                    ?? Localized(nl: "", en: "")
                steps.append(
                    PlanExplanation.Step(
                        text: Localized(
                            nl: "\(step.title.nl): ‘\(choice.title.nl)’, door \(who.nl)\(due.nl)",
                            en: "\(step.title.en): ‘\(choice.title.en)’, by \(who.en)\(due.en)"),
                        source: step.source ?? step.by.source))
                steps += lacking(taken.form, choice.needs)
            }
            if let stop, stop.index == place + 1 { steps += why(stop, route, rule) }
        }
        for clock in rule.clocks {
            steps.append(
                PlanExplanation.Step(
                    text: Localized(
                        nl: "termijn ‘\(clock.title.nl)’: \(clock.within.period.said.nl)",
                        en: "term ‘\(clock.title.en)’: \(clock.within.period.said.en)"),
                    source: clock.source))
        }
        return steps
    }

    private func lacking(_ form: RouteExample.Form, _ needs: [Need]) -> [PlanExplanation.Step] {
        needs.filter { form.lacks.contains($0.id) }.map { need in
            PlanExplanation.Step(
                text: Localized(nl: "dit ontbreekt: \(need.why.nl)", en: "this is missing: \(need.why.en)"), source: need.source)
        }
    }

    /// What was refused: what it hangs on, what was so, and who or what may.
    private func why(_ stop: RouteExample.Stop, _ route: RouteExample, _ rule: ProcedureRule) -> [PlanExplanation.Step] {
        let taken = stop.index == 0 ? nil : route.steps[stop.index - 1]
        let step = taken.flatMap { rule.step($0.step) }
        let choice = taken.flatMap { step?.choice($0.choice) }
        let source = step.flatMap { $0.source ?? $0.by.source } ?? rule.source
        func line(_ nl: String, _ en: String) -> PlanExplanation.Step {
            PlanExplanation.Step(text: Localized(nl: nl, en: en), source: source)
        }
        switch stop.code {
        case .mayNotStart:
            let who = names(of: rule.start.by)
            return [line("dit begint alleen: \(who.nl)", "only started by: \(who.en)")]
        case .notYourStep:
            guard let step else { return [] }
            let who = names(of: step.by.functions)
            return [line("dit doet alleen: \(who.nl)", "only done by: \(who.en)")]
        case .notAfter:
            let after = Localized.either(rule.start.after.map(said))
            let was = route.after.map { said(.init(procedure: $0.procedure, outcomes: [$0.outcome])) }
            return [
                line(
                    "dit kan pas na: \(after.nl); hiervoor gebeurde: \(was?.nl ?? "niets")",
                    "only possible after: \(after.en); before this happened: \(was?.en ?? "nothing")")
            ]
        case .startClosed, .choiceClosed:
            let when = stop.index == 0 ? rule.start.when : choice?.when ?? .always
            let clauses = when.clauses.map { clause($0, stop.facts) }
            guard clauses.contains(where: { !$0.holds }) else {
                return [line("dit kan één keer, en dat is gedaan", "this can be done once, and was")]
            }
            return clauses.map { line($0.line(in: .nl), $0.line(in: .en)) }
        case .stepNotOpen:
            let open = Localized.all(stop.open.compactMap { rule.step($0)?.title })
            return [line("aan de beurt was: \(open.nl)", "next was: \(open.en)")]
        case .notRunning: return [line("dit was al afgelopen", "this had ended already")]
        case .unknownChoice:
            let choices = Localized.list(step?.choices.map(\.title) ?? [])
            return [line("hier kan worden gekozen: \(choices.nl)", "what can be chosen here: \(choices.en)")]
        case .required:
            guard let field = stop.field else { return [] }
            let asked = question(field)
            return [line("hier is niets geantwoord: \(asked.nl)", "nothing was answered here: \(asked.en)")]
        default:
            let form = stop.index == 0 ? route.start : taken?.form
            guard let field = stop.field.flatMap({ rules.fields[$0] }), let answer = form?.answers[field.id] else { return [] }
            return [PlanExplanation.Step(text: answered(answer, field, stop.facts), source: field.source ?? source)]
        }
    }

    /// An answer with the bounds that it does not keep.
    private func answered(_ answer: Answer, _ field: Field, _ facts: Facts) -> Localized {
        let refusal = (field.problems(with: answer) + field.problems(with: answer, beside: facts)).first
        let given =
            field.kind.isWeek
            ? Localized(nl: "zoals de week is ingevuld", en: "as the week was filled in")
            : Localized.list(answer.values.map { title(of: $0, fact: field.id) })
        guard let bound = refusal.flatMap({ bound($0, field, facts) }) else {
            return Localized(nl: "\(field.title.nl): \(given.nl)", en: "\(field.title.en): \(given.en)")
        }
        return Localized(
            nl: "\(field.title.nl): \(given.nl); \(bound.nl)", en: "\(field.title.en): \(given.en); \(bound.en)")
    }

    /// What an answer has to keep to; nil where there is nothing to say beside the answer itself.
    private func bound(_ refusal: Refusal, _ field: Field, _ facts: Facts) -> Localized? {
        let (least, most) = (refusal.values["least"] ?? "", refusal.values["most"] ?? "")
        switch refusal.code {
        case .tooLittle, .tooFew: return Localized(nl: "ten minste \(least)", en: "at least \(least)")
        case .tooMuch, .tooMany, .tooLong: return Localized(nl: "hooguit \(most)", en: "at most \(most)")
        case .tooMuchElsewhere:
            let share = refusal.values["share"] ?? ""
            return Localized(
                nl: "hooguit \(most) procent kan elders, hier is het \(share)",
                en: "at most \(most) percent can be elsewhere, here it is \(share)")
        case .moreThanOther:
            guard case .number(let rule) = field.kind, let other = refusal.values["other"] else { return nil }
            let others = Localized.all(
                ([other] + rule.togetherWith).map { id in
                    let asked = question(id)
                    let number = facts[id]?.text ?? ""
                    return Localized(nl: "\(asked.nl) (\(number))", en: "\(asked.en) (\(number))")
                })
            return Localized(nl: "hooguit \(most), door \(others.nl)", en: "at most \(most), because of \(others.en)")
        case .notANumber: return Localized(nl: "alleen een heel getal, in cijfers", en: "a whole number only, in digits")
        case .notADay, .notAMoment: return Localized(nl: "dit is geen datum", en: "this is no date")
        case .sameTwice where field.kind.isWeek:
            return Localized(nl: "op een dagdeel staan twee plekken", en: "one part of a day has two places")
        case .sameTwice: return Localized(nl: "er staat twee keer hetzelfde", en: "the same stands there twice")
        case .notAnOption where field.kind.isWeek:
            return Localized(
                nl: "er staat een dag, dagdeel of plek in die er niet is",
                en: "it has a day, part of a day or place that there is not")
        case .notAnOption:
            let titles = Localized.either((field.possibleValues ?? []).map { title(of: $0, fact: field.id) })
            return Localized(nl: "alleen: \(titles.nl)", en: "only: \(titles.en)")
        default: return nil
        }
    }

    /// An ending that a start can follow.
    func said(_ after: StartRule.After) -> Localized {
        let rule = rules.procedure(after.procedure)
        let title = rule?.title ?? Localized(same: after.procedure)
        let outcomes = Localized.either(after.outcomes.map { rule?.outcome($0)?.title ?? Localized(same: $0) })
        let within = after.within?.said
        return Localized(
            nl: title.nl + (outcomes.nl.isEmpty ? "" : " (\(outcomes.nl))") + (within.map { ", hooguit \($0.nl) geleden" } ?? ""),
            en: title.en + (outcomes.en.isEmpty ? "" : " (\(outcomes.en))") + (within.map { ", at most \($0.en) ago" } ?? ""))
    }

    // MARK: what if

    /// The same way with one thing other: an answer, a number or age at its bounds, who did it, what came before, what lacks, and
    /// the last choice.
    private func variations(
        of route: RouteExample, _ rule: ProcedureRule, _ stop: RouteExample.Stop?
    ) -> [(Localized, RouteExample)] {
        var all = otherBefore(route, rule)
        let forms = [route.start] + route.steps.map(\.form)
        for (index, form) in forms.enumerated() {
            let taken = index == 0 ? nil : route.steps[index - 1]
            let step = taken.flatMap { rule.step($0.step) }
            let choice = taken.flatMap { step?.choice($0.choice) }
            let when = index == 0 ? rule.start.when : choice?.when ?? .always
            let isStop = stop?.index == index
            // What was not said is tried too where it was refused for that.
            let unsaid = isStop ? when.clauses.map(\.fact).filter { form.answers[$0] == nil && stop?.facts[$0] == nil } : []
            for fact in form.answers.keys.sorted() + unsaid {
                for (value, change) in values(for: fact, than: form.answers[fact] ?? stop?.facts[fact], rule, form) {
                    all.append((change, route.with(form.with(answers: form.answers.merging([fact: value]) { $1 }), at: index)))
                }
            }
            if isStop, let stop, stop.code == .mayNotStart || stop.code == .notYourStep {
                for function in (index == 0 ? rule.start.by : step?.by.functions ?? []) {
                    let who = names(of: [function])
                    all.append(
                        (Localized(nl: "door \(who.nl)", en: "by \(who.en)"), route.with(form.with(by: function), at: index)))
                }
            }
            if isStop, stop?.code == .required, let field = stop?.field {
                let asked = question(field)
                all.append(
                    (
                        Localized(nl: "met een antwoord op ‘\(asked.nl)’", en: "with an answer to ‘\(asked.en)’"),
                        route.with(form.with(lacks: form.lacks.filter { $0 != field }), at: index)
                    ))
            }
            for need in index == 0 ? rule.start.needs : choice?.needs ?? [] {
                let isLacking = form.lacks.contains(need.id)
                all.append(
                    (
                        isLacking
                            ? Localized(nl: "als dit er was: \(need.why.nl)", en: "if this were there: \(need.why.en)")
                            : Localized(nl: "als dit er niet was: \(need.why.nl)", en: "if this were not there: \(need.why.en)"),
                        route.with(
                            form.with(lacks: isLacking ? form.lacks.filter { $0 != need.id } : form.lacks + [need.id]), at: index)
                    ))
            }
        }
        if let last = route.steps.last, let step = rule.step(last.step) {
            for choice in step.choices where choice.id != last.choice {
                all.append(
                    (
                        Localized(nl: "met de keuze ‘\(choice.title.nl)’", en: "with the choice ‘\(choice.title.en)’"),
                        route.with(lastChoice: choice.id)
                    ))
            }
        }
        return all
    }

    /// After another ending, where a start must follow one; after nothing, where it does.
    private func otherBefore(_ route: RouteExample, _ rule: ProcedureRule) -> [(Localized, RouteExample)] {
        var all: [(Localized, RouteExample)] = []
        for after in rule.start.after {
            let outcomes = after.outcomes.isEmpty ? rules.procedure(after.procedure)?.outcomes.map(\.id) ?? [] : after.outcomes
            for outcome in outcomes where route.after?.procedure != after.procedure || route.after?.outcome != outcome {
                let said = said(.init(procedure: after.procedure, outcomes: [outcome]))
                all.append(
                    (
                        Localized(nl: "na \(said.nl)", en: "after \(said.en)"),
                        route.with(after: .init(procedure: after.procedure, outcome: outcome))
                    ))
            }
        }
        if !rule.start.after.isEmpty, route.after != nil {
            all.append(
                (Localized(nl: "als hiervoor niets was gebeurd", en: "if nothing had happened before"), route.with(after: nil)))
        }
        return all
    }

    /// The other values that a fact can have: each answer, and of an age or number those on both sides of each bound.
    private func values(
        for fact: String, than now: Answer?, _ rule: ProcedureRule, _ form: RouteExample.Form
    ) -> [(Answer, Localized)] {
        var bounds: Set<Int> = []
        let conditions =
            [rule.start.when] + rule.steps.flatMap(\.choices).map(\.when) + rule.allAsks.map(\.when)
            + (rule.start.needs + rule.steps.flatMap(\.choices).flatMap(\.needs)).map(\.when)
        for case .range(let from, let to) in conditions.flatMap(\.clauses).filter({ $0.fact == fact }).map(\.match) {
            if let from { bounds.formUnion([from - 1, from]) }
            if let to { bounds.formUnion([to, to + 1]) }
        }
        var least = 0
        if fact == "age" {
            bounds = bounds.filter { rules.ages.contains($0) }
        } else if case .number(let number)? = rules.fields[fact]?.kind {
            least = number.least
            bounds.formUnion([number.least])
            if number.most < NumberRule.largest { bounds.insert(number.most) }
            if let other = number.mostField, let ceiling = form.answers[other].flatMap({ NumberRule.number($0.text) }) {
                let beside = number.togetherWith.compactMap { form.answers[$0].flatMap { NumberRule.number($0.text) } }
                bounds.insert(ceiling - beside.reduce(0, +))
            }
        } else {
            return others(for: fact, than: now)
        }
        let asked = question(fact)
        return bounds.filter { $0 >= least && now?.text != String($0) }.sorted().map { number in
            let was = now.map { (nl: " in plaats van \($0.text)", en: " instead of \($0.text)") } ?? (nl: "", en: "")
            return (
                .text(String(number)),
                Localized(nl: "\(asked.nl): \(number)\(was.nl)", en: "\(asked.en): \(number)\(was.en)")
            )
        }
    }
}

extension Field.Kind {
    fileprivate var isWeek: Bool { if case .week = self { true } else { false } }
}
