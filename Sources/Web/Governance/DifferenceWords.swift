import Domain
import Plan
import UseCases

/// Says in one language what differs between two plans, and for whom.
package struct DifferenceWords: Sendable {
    let texts: Texts
    let format: LocalFormat
    let before: Words
    let after: Words

    /// - Parameters:
    ///   - before: the plan that is compared.
    ///   - after: the plan that it is compared with.
    package init(_ texts: Texts, before: PlanRules, after: PlanRules) {
        self.texts = texts
        format = LocalFormat(texts)
        self.before = Words(texts, before, today: before.inForce)
        self.after = Words(texts, after, today: after.inForce)
    }

    /// What the whole comparison is called.
    package var title: String {
        texts("comparing.title", ["before": before.rules.title[texts.language], "after": after.rules.title[texts.language]])
    }

    /// How many differences there are.
    package func count(_ number: Int) -> String {
        number == 0 ? texts("comparing.none") : texts.count("comparing.count", number)
    }

    /// Whom a difference concerns: a function by its title.
    package func audience(_ audience: PlanAudience) -> String {
        switch audience {
        case .everyone: texts("comparing.everyone")
        case .parents: texts("comparing.parents")
        case .child: texts("comparing.child")
        case .function(let id): function(id)
        }
    }

    /// Under which words a difference stands: the procedure and its step, or what part of the plan it is in.
    package func heading(_ difference: PlanDifference) -> String {
        guard difference.within.isEmpty else {
            return difference.within.map { name($0) }.joined(separator: " › ")
        }
        let topic = difference.path.prefix { $0 != "." }
        return texts.ifKnown("comparing.topic.\(topic)") ?? String(topic)
    }

    /// What differs, in one sentence.
    package func sentence(_ difference: PlanDifference) -> String {
        var values = ["thing": name(difference.thing)]
        values["before"] = difference.before.map { phrase($0, before) }
        values["after"] = difference.after.map { phrase($0, after) }
        switch difference.code {
        case .situation:
            if case .situation(let facts, _) = difference.after { values["situation"] = situation(facts) }
        // What is only said when there is something to say.
        case .askAdded: values["after"] = values["after"].map { "(\($0))" } ?? ""
        case .outcomeAdded, .procedureAdded, .functionAdded: values["after"] = values["after"] ?? ""
        default: break
        }
        if difference.code == .further, case .written(let label) = difference.after {
            values["after"] = texts.ifKnown("comparing.word.\(label)") ?? label
        }
        let nothing = texts("comparing.nothing")
        for name in ["before", "after"] where values[name]?.isEmpty ?? true {
            let isExtra =
                name == "after" && [.askAdded, .outcomeAdded, .procedureAdded, .functionAdded].contains(difference.code)
            values[name] = isExtra ? "" : nothing
        }
        let key = "comparing.line.\(difference.code.rawValue.replacing(".", with: "_"))"
        // A text of the plan may end a sentence itself.
        var sentence = texts(key, values)
        for (double, single) in [("..", "."), ("?.", "?"), (".’.", ".’"), (" .", "."), (".)’", ".)")] {
            sentence = sentence.replacing(double, with: single)
        }
        while sentence.last == " " { sentence.removeLast() }
        return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }

    /// What each plan says of it; nil where a plan says nothing.
    package func sides(_ difference: PlanDifference) -> (before: String?, after: String?) {
        // A property that is told by its name has no values to put beside each other.
        guard difference.code != .further else { return (nil, nil) }
        let words = { (phrase: PlanPhrase?, side: Words) -> String? in
            phrase.map { self.phrase($0, side) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        return (words(difference.before, before), words(difference.after, after))
    }

    /// The paragraphs of both sides; empty where neither plan names one.
    package func sources(_ sources: PlanSources) -> String {
        switch (sources.before, sources.after) {
        case (nil, nil): ""
        case (let before?, let after?) where before != after:
            texts("comparing.sources.changed", ["before": before, "after": after])
        case (_, let after?): texts("comparing.sources.same", ["after": after])
        case (let before?, nil): texts("comparing.sources.gone", ["before": before])
        }
    }

    // MARK: Examples

    /// What the list of examples is called; that there are none when it is empty.
    package func examples(_ number: Int) -> String { texts(number == 0 ? "comparing.examples.none" : "comparing.examples.title") }

    /// Whose examples were tried by whose rules.
    package func examples(of turn: ExampleTurn) -> String {
        let title = { (key: PlanKey) in (key == before.rules.key ? before : after).rules.title[texts.language] }
        return texts("comparing.examples.by", ["from": title(turn.from), "by": title(turn.by)])
    }

    /// One example that comes out otherwise.
    package func line(_ turn: ExampleTurn) -> String {
        texts(
            "comparing.examples.line",
            [
                "id": turn.example.id, "expected": outcome(turn.expected, of: turn), "got": outcome(turn.got, of: turn),
                "why": turn.example.why[texts.language],
            ])
    }

    /// What comes out of an example, in words: `end 2024-07-31` and its like are the words of the engine.
    private func outcome(_ words: String, of turn: ExampleTurn) -> String {
        if case .route(let walked) = turn.example.kind, let told = way(words, of: walked.route) { return told }
        let parts = words.split(separator: " ").map { $0.filter { $0 != "," } }
        let day = { (place: Int) in
            parts.indices.contains(place) ? Day(parts[place]).map { format.plainDay($0) } ?? parts[place] : ""
        }
        switch parts.first {
        case "end":
            return texts(words.contains("deviates") ? "comparing.outcome.deviates" : "comparing.outcome.end", ["day": day(1)])
        case "due": return texts("comparing.outcome.due", ["day": day(1)])
        case "stands": return texts("comparing.outcome.still")
        case "conflict": return texts("comparing.outcome.conflict", ["table": day(2), "law": day(4)])
        case "refused":
            let code = parts.dropFirst().joined(separator: " ")
            return texts("comparing.outcome.refused", ["code": reason(code)])
        case "no" where parts.dropFirst().first == "validity": return texts("comparing.outcome.noDecision")
        case "no" where parts.dropFirst().first == "clock": return texts("comparing.outcome.noClock")
        default: return words
        }
    }

    /// Where a way through a route came out; nil for what is told like any other outcome.
    private func way(_ words: String, of route: String) -> String? {
        let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        let routes = [after, before].compactMap { $0.rules.procedure(route) }
        switch parts.first {
        case "outcome":
            let title = routes.lazy.compactMap { $0.outcome(rest)?.title }.first
            return texts("comparing.outcome.ended", ["outcome": title?[texts.language] ?? rest])
        case "open" where rest.isEmpty: return texts("comparing.outcome.nothingOpen")
        case "open":
            let titles = rest.split(separator: ",").map { part in
                let id = part.drop { $0 == " " }
                let title = routes.lazy.compactMap { $0.step(String(id))?.title }.first
                return "‘\(title?[texts.language] ?? String(id))’"
            }
            return texts("comparing.outcome.open", ["steps": format.list(titles)])
        case "no": return texts("comparing.outcome.gone")
        default: return nil
        }
    }

    // MARK: Dossiers

    /// What the part about dossiers is called.
    package var replayTitle: String {
        texts(
            "comparing.replay.title", ["before": before.rules.title[texts.language], "after": after.rules.title[texts.language]])
    }

    /// What came of the dossiers, in figures alone.
    package func figures(_ replay: PlanReplay) -> [String] {
        let turned = replay.turnedDecisions
        var lines = [
            texts.count("comparing.replay.dossiers", replay.dossiers),
            texts(
                "comparing.replay.decisions",
                [
                    "all": String(replay.decisions), "otherwise": String(turned.count),
                    "holds": String(turned.count { $0.holds }),
                ]),
        ]
        let kinds = Dictionary(grouping: turned) { kind($0) }
        lines += kinds.sorted { $0.key < $1.key }.map { "- " + $0.key.replacing("{n}", with: String($0.value.count)) }
        lines.append(
            texts(
                "comparing.replay.terms", ["all": String(replay.terms), "otherwise": String(replay.turnedTerms.count)]))
        let acts = replay.turnedActs
        lines.append(
            texts(
                "comparing.replay.acts",
                ["all": String(replay.acts), "otherwise": String(acts.count), "running": String(acts.count { $0.runs })]))
        let what = Dictionary(grouping: acts) { self.what($0) }.mapValues(\.count)
        lines += what.sorted { $0.key < $1.key }.map { "- \($0.key): \($0.value)" }
        lines.append(texts("comparing.replay.turnedDossiers", ["n": String(replay.turnedDossiers.count)]))
        return lines
    }

    /// The same for whoever may read figures and no dossiers: no count under ten, nor one that could be reckoned from others.
    package func publicFigures(_ replay: PlanReplay) -> [String] {
        let turned = replay.turnedDecisions
        let holding = turned.count { $0.holds }
        var lines = [texts("comparing.figures.dossiers", ["n": figure(replay.dossiers, of: replay.dossiers)])]
        lines.append(
            texts(
                "comparing.figures.decisions",
                [
                    "all": figure(replay.decisions, of: replay.decisions),
                    "otherwise": figure(turned.count, of: replay.decisions),
                ]))
        if holding >= Self.least, turned.count - holding == 0 || turned.count - holding >= Self.least {
            lines.append(texts("comparing.figures.holding", ["n": format.number(holding)]))
        }
        let kinds = Dictionary(grouping: turned) { kind($0) }.mapValues(\.count)
        // One kind under ten could be reckoned from the rest.
        if kinds.values.allSatisfy({ $0 >= Self.least }) {
            lines += kinds.sorted { $0.key < $1.key }.map { $0.key.replacing("{n}", with: format.number($0.value)) }
        }
        lines.append(
            texts(
                "comparing.figures.terms",
                [
                    "all": figure(replay.terms, of: replay.terms),
                    "otherwise": figure(replay.turnedTerms.count, of: replay.terms),
                ]))
        // Counted by dossier: of one child more than ten acts may be told.
        let figure = figure(replay.turnedDossiers.count, of: replay.dossiers)
        lines.append(texts("comparing.figures.turnedDossiers", ["n": figure]))
        return lines
    }

    /// Smaller counts are not told: with few children a number is about somebody.
    private static let least = 10

    /// A count as far as it may be told: neither it nor what is left of the whole is a count under ten.
    private func figure(_ count: Int, of whole: Int) -> String {
        if count == 0, whole == 0 || whole >= Self.least { return "0" }
        if count < Self.least { return texts("comparing.figures.few") }
        let rest = whole - count
        return rest == 0 || rest >= Self.least ? format.number(count) : texts("comparing.figures.nearlyAll")
    }

    /// The last day of a term in words; that it has none.
    package func due(_ day: Day?) -> String {
        day.map { texts("comparing.outcome.due", ["day": format.plainDay($0)]) } ?? texts("comparing.figures.noDay")
    }

    /// One decision by its number.
    package func line(_ turn: PlanReplay.DecisionTurn) -> String {
        texts("comparing.replay.line", ["number": turn.number, "was": outcome(turn.was), "would": outcome(turn.would)])
    }

    /// What the list of numbers is called.
    package var replaySeen: String { texts("comparing.replay.seen") }

    /// That the list of numbers is empty.
    package var replaySeenNone: String { texts("comparing.replay.seenNone") }

    /// Why no number is listed.
    package var replayHidden: String { texts("comparing.replay.hidden") }

    /// What a decision comes to, in words.
    package func outcome(_ outcome: PlanReplay.Outcome) -> String {
        switch outcome {
        case .end(let day?): texts("comparing.outcome.end", ["day": format.plainDay(day)])
        case .end(nil): texts("comparing.replay.noEnd")
        case .refused(let code): texts("comparing.outcome.refused", ["code": reason(code.rawValue)])
        case .absent: texts("comparing.outcome.noDecision")
        }
    }

    private func kind(_ turn: PlanReplay.DecisionTurn) -> String {
        switch (turn.was, turn.would) {
        case (.end(let was?), .end(let would?)): texts(was < would ? "comparing.replay.later" : "comparing.replay.earlier")
        case (_, .refused(let code)): texts("comparing.replay.refused", ["reason": reason(code.rawValue)])
        case (_, .absent): texts("comparing.replay.absent")
        default: texts("comparing.replay.changed")
        }
    }

    private func reason(_ code: String) -> String { texts.whyNot(code, ofEnd: true) }

    // MARK: Pieces of a plan

    private func name(_ thing: PlanDifference.Thing) -> String {
        switch thing {
        case .titled(let title): title[texts.language]
        case .word(let word): name(word)
        }
    }

    private func name(_ word: PlanDifference.Word) -> String {
        texts("comparing.thing.\(word.rawValue.replacing(".", with: "_"))")
    }

    private func function(_ id: String) -> String {
        after.rules.function(id) == nil ? before.function(id) : after.function(id)
    }

    private func phrase(_ phrase: PlanPhrase, _ side: Words) -> String {
        switch phrase {
        case .text(let text): text[texts.language]
        case .written(let text): texts.ifKnown("comparing.counts.\(text)") ?? text
        case .day(let day): format.plainDay(day)
        case .period(let period): side.period(period)
        case .term(let term): side.within(term)
        case .yesNo(let yes): texts(yes ? "comparing.yes" : "comparing.no")
        case .condition(let condition): side.condition(condition)
        case .until(let rule): side.until(rule)
        case .rule(let condition, let until):
            texts("comparing.rule", ["when": side.condition(condition), "until": side.until(until)])
        case .situation(_, let until): until.map { side.until($0) } ?? texts("comparing.noEnd")
        case .need(let kind, let condition): need(kind, condition, side)
        case .sees(let sight): side.sees(sight)
        case .place(let place): texts.ifKnown("comparing.place.\(place.rawValue)") ?? place.rawValue
        case .part(let part): texts.ifKnown("dossierPart.\(part.rawValue)") ?? part.rawValue
        case .act(let act): texts.ifKnown("comparing.act.\(act.rawValue)") ?? act.rawValue
        case .function(let id): function(id)
        case .discipline(let id): side.rules.disciplines.first { $0.id == id }?.title[texts.language] ?? id
        case .kind(let kind): self.kind(kind)
        case .voice(let voice): texts.ifKnown("voice.\(voice)") ?? function(voice)
        case .hit(let hit): texts.ifKnown("plan.hit.\(hit.rawValue)") ?? hit.rawValue
        case .from(.received): texts("comparing.from.received")
        case .from(.complete): texts("comparing.from.complete")
        case .from(.answer(let field)): texts("comparing.from.answer", ["field": side.field(field)])
        case .from(.step(let step)): texts("comparing.from.step", ["step": step])
        case .count(let number): String(number)
        case .word(let word): name(word)
        case .majority(let majority): texts("card.version.majority.\(majority.rawValue)")
        case .yearDay(let day): Day(year: 2001, month: day.month, day: day.day).map { format.dayAndMonth($0) } ?? "\(day)"
        case .watch(let watch):
            texts(
                "comparing.watch",
                [
                    "dossiers": String(watch.dossiers), "before": String(watch.before), "after": String(watch.after),
                    "quiet": side.period(watch.quiet),
                ])
        case .list(let phrases): format.list(phrases.map { self.phrase($0, side) })
        }
    }

    private func need(_ kind: Need.Kind, _ condition: Condition, _ side: Words) -> String {
        let need = side.need(Need(id: "", kind: kind, why: Localized(nl: "", en: "")))
        guard condition != .always else { return need }
        return texts("comparing.needWhen", ["need": need, "when": side.condition(condition)])
    }

    private func kind(_ kind: Field.Kind) -> String {
        switch kind {
        case .text: texts("comparing.kind.text")
        case .paragraph: texts("comparing.kind.paragraph")
        case .day: texts("comparing.kind.day")
        case .moment: texts("comparing.kind.moment")
        case .choice: texts("comparing.kind.choice")
        case .choices: texts("comparing.kind.choices")
        case .yesNo: texts("comparing.kind.yes-no")
        case .texts: texts("comparing.kind.texts")
        case .number(let rule): number(rule)
        case .week(let rule): week(rule)
        case .person(let function, []): texts("comparing.kind.person", ["function": self.function(function)])
        case .person(let function, let disciplines):
            texts(
                "comparing.kind.personOf",
                [
                    "function": self.function(function),
                    "disciplines": format.list(disciplines.map { self.phrase(.discipline($0), after) }),
                ])
        case .school([]): texts("comparing.kind.school")
        case .school(let kinds):
            texts("comparing.kind.schoolOf", ["kinds": format.list(kinds.map { after.value($0, of: PlanRules.schoolKind) })])
        }
    }

    private func week(_ rule: WeekRule) -> String {
        let parts = format.list(rule.dayparts.map { $0.title[texts.language] })
        guard let most = rule.mostElsewhere else { return texts("comparing.kind.week", ["parts": parts]) }
        return texts("comparing.kind.weekAtMost", ["parts": parts, "most": String(most)])
    }

    private func number(_ rule: NumberRule) -> String {
        let unit = texts("comparing.unit.\(rule.unit.rawValue)")
        let other = rule.mostField.map { after.rules.fields[$0] == nil ? before.field($0) : after.field($0) }
        let most = rule.most == NumberRule.largest ? nil : rule.most
        let bounds =
            most.map { texts("comparing.kind.between", ["least": String(rule.least), "most": String($0)]) }
            ?? texts("comparing.kind.atLeast", ["least": String(rule.least)])
        let number = texts("comparing.kind.number", ["unit": unit, "bounds": bounds])
        let beside = rule.togetherWith.map { after.rules.fields[$0] == nil ? before.field($0) : after.field($0) }
        guard let other else { return number }
        guard !beside.isEmpty else { return texts("comparing.kind.notAbove", ["number": number, "field": other]) }
        return texts("comparing.kind.notAboveTogether", ["number": number, "field": other, "beside": format.list(beside)])
    }

    private func situation(_ facts: [PlanPhrase.Fact]) -> String {
        guard !facts.isEmpty else { return texts("comparing.all") }
        return facts.map { fact in
            let side = after.rules.fields[fact.name] == nil && before.rules.fields[fact.name] != nil ? before : after
            let name = side.field(fact.name)
            return "\(name.hasSuffix("?") ? String(name.dropLast()) : name): \(values(fact, side))"
        }.joined(separator: "; ")
    }

    /// "Groep 1 of Groep 2", "Groep 4 tot en met Groep 8"
    private func values(_ fact: PlanPhrase.Fact, _ side: Words) -> String {
        let values = fact.values.map { $0.map { side.value($0, of: fact.name) } ?? texts("comparing.unknown") }
        let places = fact.values.compactMap { value in side.rules.groups.firstIndex { $0.id == value } }
        if fact.name == "group", values.count > 2, places.count == values.count, let first = places.first, let last = places.last,
            last - first == values.count - 1
        {
            return texts("rule.fromTo", ["from": values[0], "to": values[values.count - 1]])
        }
        return values.joined(separator: " \(texts("rule.or")) ")
    }
}
