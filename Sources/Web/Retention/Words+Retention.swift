import Domain
import Journal
import UseCases

// How long a dossier is kept and how far its destruction is, in words.
extension Words {
    /// "Dossier x7k2qa": the last letters of the key tell dossiers apart and say nothing of the child.
    func keyed(_ id: DossierID) -> String { texts("readLogs.dossier", ["key": String(id.rawValue.suffix(6))]) }

    /// How far it is, in a word.
    func stage(_ keeping: Keeping, _ retention: Retention) -> Chip? {
        if !retention.holds.isEmpty { return Chip(texts("retention.state.held"), .wait) }
        guard let announced = keeping.announced else {
            return keeping.stopped.map { _ in Chip(texts("retention.state.stopped"), .wait) }
        }
        guard let last = announced.stopUntil else { return Chip(texts("retention.state.announced"), .wait) }
        return Chip(texts("retention.state.agreed", ["day": format.shortDay(last, today: today)]), .now)
    }

    /// What the dossier was for last.
    func cause(_ cause: Retention.Cause, _ shelf: PlanShelf) -> String {
        switch cause {
        case .decision: texts("retention.cause.decision")
        case .procedure(let key): texts("retention.cause.procedure", ["route": route(key, shelf)])
        case .work: texts("retention.cause.work")
        case .opened: texts("retention.cause.opened")
        }
    }

    /// The title of a route, in the plan in force or in the last one that had it.
    private func route(_ key: String, _ shelf: PlanShelf) -> String {
        let plan = [rules] + shelf.versions.reversed()
        return plan.lazy.compactMap { $0.procedure(key)?.title[language] }.first ?? key
    }

    /// Everything that is known of keeping a dossier, without a word of what is in it.
    ///
    /// - Parameters:
    ///   - names: of those who announced, agreed, held back and stopped.
    ///   - sight: of whoever reads it in the dossier: what ran or was decided is for who sees that, and reasons are for who has
    ///     something to do there. Nil for those who keep the list.
    func facts(
        _ retention: Retention, _ keeping: Keeping, _ shelf: PlanShelf, names: [PersonID: String], sight: Sight? = nil
    ) -> [Fact] {
        let seesWhat = sight.map { $0.sees(.procedures) && $0.sees(.decisions) } ?? true
        let seesReasons = sight.map { !$0.functions.isEmpty } ?? true
        func who(_ person: PersonID) -> String { names[person] ?? texts("somebody") }
        func said(_ key: String, _ said: Keeping.Said) -> Fact {
            Fact(
                texts(key),
                lines: [texts("retention.byOn", ["who": who(said.by), "day": format.plainDay(said.at.day)])]
                    + (seesReasons ? [said.reason] : []))
        }
        var facts: [Fact] = []
        if let ended = retention.ended {
            facts.append(
                Fact(texts("retention.fact.ended"), format.plainDay(ended), note: seesWhat ? cause(retention.cause, shelf) : nil))
        }
        if let kept = retention.keptUntil, let term = retention.term {
            facts.append(
                Fact(
                    texts("retention.fact.kept"), format.plainDay(kept),
                    note: texts("retention.fact.term", ["period": period(term.keep), "source": term.source])))
        } else {
            facts.append(Fact(texts("retention.fact.kept"), texts("retention.fact.inUse")))
        }
        for case .procedure(let key) in retention.holds where seesWhat {
            facts.append(Fact(texts("retention.fact.holds"), route(key, shelf)))
        }
        for case .right(let right) in retention.holds where sight?.isFamily ?? true {
            facts.append(Fact(texts("retention.fact.right"), title(right)))
        }
        if let hold = keeping.hold { facts.append(said("retention.fact.held", hold)) }
        if let announced = keeping.announced {
            facts.append(
                Fact(
                    texts("retention.fact.announced"),
                    texts("retention.byOn", ["who": who(announced.by), "day": format.plainDay(announced.at.day)])))
            if let by = announced.agreedBy, let at = announced.agreedAt {
                facts.append(
                    Fact(
                        texts("retention.fact.agreed"),
                        texts("retention.byOn", ["who": who(by), "day": format.plainDay(at.day)])))
            }
            if let last = announced.stopUntil {
                facts.append(Fact(texts("retention.fact.stopUntil"), format.plainDay(last)))
            }
        }
        if let stopped = keeping.stopped { facts.append(said("retention.fact.stopped", stopped)) }
        return facts
    }

    /// What the family and the school are told when the dossier will be destroyed; none when it will not.
    func destructionAsks(_ seen: SeenDossier) -> [DossierPage.Ask] {
        guard let announced = seen.dossier.keeping.announced, seen.sight.sees(.child), !seen.sight.functions.isEmpty else {
            return []
        }
        let mayStop = rules.retention?.mayStop(seen.actor, seen.sight, on: today) ?? false
        let day = announced.stopUntil.map { format.plainDay($0) }
        return [
            DossierPage.Ask(
                title: texts("retention.ask.title"),
                text: day.map { texts("retention.ask.agreed", ["day": $0]) } ?? texts("retention.ask.announced"),
                remaining: nil, late: false, items: [],
                primary: Link(
                    texts(mayStop ? "retention.ask.button" : "retention.ask.read"), .keeping(seen.dossier.id.rawValue)),
                secondary: nil)
        ]
    }
}

extension Keeping {
    /// Everybody who said something about keeping the dossier.
    var people: Set<PersonID> {
        Set([hold?.by, announced?.by, announced?.agreedBy, stopped?.by].compactMap(\.self))
    }
}
