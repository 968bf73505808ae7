import Domain

extension DemoStory {
    /// Fills in a form: what is asked and not known yet, and now and then what may stay empty.
    mutating func fill(_ asks: [Ask], _ rules: PlanRules) -> Answers {
        var answers: Answers = [:]
        for ask in asks {
            guard let field = rules.fields[ask.field] else { continue }
            let facts = dossier.facts(rules, on: now.day, also: answers)
            guard ask.when.holds(for: facts), field.when.holds(for: facts) else { continue }
            if !ask.anew, facts[ask.field]?.isEmpty == false { continue }
            guard ask.required && field.required || fills(ask.field) else { continue }
            if let answer = answer(to: field, rules, with: answers) { answers[ask.field] = answer }
        }
        return answers
    }

    /// Whether a field that may stay empty is filled in this time.
    mutating func fills(_ field: String) -> Bool { random.chance(settings.filled[field] ?? settings.filledUsually) }

    /// An answer that fits the kind of field and this child.
    ///
    /// - Parameter answers: what stands on the same form already.
    mutating func answer(
        to field: Field, _ rules: PlanRules, besides tried: Set<String> = [], with answers: Answers = [:]
    ) -> Answer? {
        switch field.kind {
        case .text: return .text(String(phrase(field.id).prefix(Field.longestText)))
        case .paragraph: return .text(phrase(field.id))
        case .day:
            let rule = settings.days[field.id] ?? DayRule(within: 7...60)
            return .text(rule.day(from: now.day, &random).description)
        case .number(let rule): return .text(String(number(rule, field.id, rules, answers)))
        case .texts: return texts(field)
        case .moment:
            return .text(meetingMoment(from: now.day.adding(days: 7)))
        case .yesNo:
            let weights = weights(field.id) ?? [:]
            return random.pick(["yes", "no"]) { weights[$0] ?? 1 }.map { .text($0) }
        case .choice:
            return option(of: field, besides: tried).map { .text($0) }
        case .choices:
            guard let first = option(of: field, besides: tried) else { return nil }
            var chosen = [first]
            while chosen.count < field.atLeast,
                let other = random.pick(field.options.map(\.id).filter({ !chosen.contains($0) && !tried.contains($0) }))
            { chosen.append(other) }
            if chosen.count < field.atMost ?? field.options.count, random.chance(0.35),
                let second = option(of: field, besides: tried), !chosen.contains(second)
            {
                chosen.append(second)
            }
            return .list(field.options.map(\.id).filter(chosen.contains))
        case .week(let rule): return week(rule, field)
        // Invented children stay at their schools: another school is where other people of the story would have to go on.
        case .school: return nil
        case .person(let function, let disciplines):
            let people = candidates(function, disciplines, rules)
            return people.first { !tried.contains($0.rawValue) }.map { .text($0.rawValue) }
        }
    }

    /// A week mostly at the first place of the child's own, with a part or two elsewhere as far as the plan lets it.
    private mutating func week(_ rule: WeekRule, _ field: Field) -> Answer? {
        guard let home = rule.own.first ?? field.options.first?.id else { return nil }
        var parts = WeekRule.days.flatMap { day in
            rule.dayparts.map { WeekPart(day: day.key, daypart: $0.id, place: home).description }
        }
        for other in field.options.map(\.id) where !rule.own.contains(other) && other != home && random.chance(0.6) {
            let place = random.within(0...parts.count - 1)
            guard let part = WeekPart(parts[place]), part.place == home else { continue }
            var tried = parts
            tried[place] = WeekPart(day: part.day, daypart: part.daypart, place: other).description
            if field.problems(with: .list(tried)).isEmpty { parts = tried }
        }
        return .list(parts)
    }

    /// A number within its bounds, and not above the one that it may not be above.
    private mutating func number(_ rule: NumberRule, _ id: String, _ rules: PlanRules, _ answers: Answers) -> Int {
        let known = { (field: String) in (answers[field] ?? dossier.known[field]?.answer).flatMap { NumberRule.number($0.text) } }
        let usual = Self.usualRange(of: rule.unit)
        let isCeiling = rules.fields.values.contains { field in
            if case .number(let other) = field.kind { other.mostField == id } else { false }
        }
        if isCeiling {
            let least = max(rule.least, usual * 2)
            return random.within(least...max(least, min(rule.most, usual * 3)))
        }
        let beside = rule.togetherWith.compactMap(known).reduce(0, +)
        let ceiling = rule.mostField.flatMap(known).map { max(0, $0 - beside) }
        let most = min(rule.most, ceiling ?? rule.most, rule.least + usual)
        return random.within(rule.least...max(rule.least, most))
    }

    /// How far above the least a number usually is.
    private static func usualRange(of unit: NumberRule.Unit) -> Int {
        switch unit {
        case .euro: 9_000
        case .percent: 60
        case .minutes: 90
        case .count, .hours, .halfDays, .days, .weeks, .months, .years: 8
        }
    }

    /// Several texts, none of them twice.
    private mutating func texts(_ field: Field) -> Answer? {
        var texts: [String] = []
        var attempts = 0
        while texts.count < field.atLeast, attempts < 50 {
            attempts += 1
            let text = String(phrase(field.id).prefix(Field.longestText))
            let numbered = attempts > 10 ? "\(text) (\(texts.count + 1))" : text
            if field.problems(with: .list(texts + [numbered])).allSatisfy({ $0.code == .tooFew }) { texts.append(numbered) }
        }
        return texts.isEmpty ? nil : .list(texts)
    }

    private func weights(_ field: String) -> [String: Double]? {
        leaning?.rule.options[field] ?? pupil.theme.options[field] ?? settings.options[field]
    }

    private mutating func option(of field: Field, besides tried: Set<String>) -> String? {
        let weights = weights(field.id)
        let options = field.options.map(\.id).filter { !tried.contains($0) }
        return random.pick(options) { option in weights.map { $0[option] ?? 0 } ?? 1 } ?? random.pick(options)
    }

    /// What somebody would write there about this child.
    mutating func phrase(_ field: String) -> String {
        let phrases = stage.content.phrases
        let said = choosing.flatMap { phrases.said[$0]?[field] } ?? leaning.flatMap { phrases.leaning[$0.key]?[field] }
        let list = said ?? pupil.theme.phrases[field] ?? phrases.phrases[field] ?? phrases.general
        return words.filled(random.pick(list) ?? "")
    }

    // MARK: Meetings

    /// Who is invited to a meeting beside those who always come.
    mutating func invited(_ rule: MeetingRule) -> Answers {
        let also = rule.optional.filter { _ in random.chance(0.2) }
        return also.isEmpty ? [:] : [MeetingField.also: .list(also)]
    }

    /// When and where a meeting is: on a school day, mostly as far ahead as it must be announced.
    mutating func meeting(_ rule: MeetingRule) -> Answers {
        let announced = rule.ahead?.after(now.day) ?? now.day.adding(days: 3)
        let hasty = rule.ahead != nil && random.chance(0.07)
        let from = hasty ? now.day.adding(days: 2) : announced.adding(days: random.within(1...9))
        let moment = meetingMoment(from: from)
        var answers: Answers = [
            MeetingField.moment: .text(moment),
            MeetingField.place: .text(words.filled(random.pick(stage.content.phrases.places) ?? "")),
        ]
        if hasty { answers[MeetingField.reason] = .text(phrase(MeetingField.reason)) }
        return answers
    }

    private mutating func meetingMoment(from day: Day) -> String {
        var day = day
        while !isOpen(day) { day = day.adding(days: 1) }
        let times = ["08:30", "09:00", "10:30", "13:15", "14:45", "15:15", "15:30", "16:00"]
        return "\(day)T\(random.pick(times) ?? "15:30")"
    }
}

extension LocalMoment {
    /// The moment on the clock in Amsterdam.
    var instant: Instant { .amsterdam(day, hour: hour, minute: minute) }
}
