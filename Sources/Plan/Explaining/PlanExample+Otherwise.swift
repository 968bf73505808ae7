import Domain

// The same situation with one thing other.
extension PlanExample {
    func with(_ kind: Kind) -> PlanExample { PlanExample(id: id, why: why, source: source, kind: kind, place: place) }
}

extension ValidityExample {
    func with(group: String? = nil, born: Day? = nil, begin: Day? = nil, answers: Answers? = nil) -> ValidityExample {
        ValidityExample(
            procedure: procedure, outcome: outcome, group: group ?? self.group, born: born ?? self.born, decided: decided,
            begin: begin ?? self.begin, answers: answers ?? self.answers, expected: expected, row: nil)
    }
}

extension TermExample {
    func with(from: Day? = nil, pauses: [Pause]? = nil) -> TermExample {
        TermExample(subject: subject, from: from ?? self.from, pauses: pauses ?? self.pauses, isExtended: isExtended, due: due)
    }
}

extension RouteExample.Form {
    func with(by other: String? = nil, answers: Answers? = nil, lacks: [String]? = nil) -> RouteExample.Form {
        RouteExample.Form(by: other ?? by, answers: answers ?? self.answers, lacks: lacks ?? self.lacks, day: day)
    }
}

extension RouteExample {
    /// - Parameter index: 0 for the form of the start, then that of each step.
    func with(_ form: Form, at index: Int) -> RouteExample {
        var steps = steps
        if index > 0 { steps[index - 1] = Taken(step: steps[index - 1].step, choice: steps[index - 1].choice, form: form) }
        return RouteExample(route: route, after: after, start: index == 0 ? form : start, steps: steps, expected: expected)
    }

    /// After another ending; nil for nothing before.
    func with(after: Before?) -> RouteExample {
        RouteExample(route: route, after: after, start: start, steps: steps, expected: expected)
    }

    func with(lastChoice choice: String) -> RouteExample {
        guard let last = steps.last else { return self }
        return RouteExample(
            route: route, after: after, start: start,
            steps: steps.dropLast() + [Taken(step: last.step, choice: choice, form: last.form)], expected: expected)
    }
}
