import Domain

/// Compares two plans and says of every difference whom it concerns.
///
/// Pure: the same two plans always give the same differences in the same order. Nothing that differs is passed over: what
/// has no code of its own, such as a word of the format that is younger than this comparison, is told as `further`.
package final class PlanComparison {
    let before: PlanRules
    let after: PlanRules
    private(set) var found: [PlanDifference] = []

    init(_ before: PlanRules, _ after: PlanRules) {
        self.before = before
        self.after = after
    }

    /// Every difference from one plan to the other, in the order of a plan; empty when they say the same.
    ///
    /// The key and the version that is amended are names, no content, and are not compared.
    package static func differences(from before: PlanRules, to after: PlanRules) -> [PlanDifference] {
        let comparison = PlanComparison(before, after)
        comparison.compareHead()
        comparison.compareFunctions()
        comparison.compareWaaier()
        comparison.compareGroeidocument()
        comparison.compareFields()
        comparison.compareProcedures()
        comparison.compareTables()
        comparison.compareLetters()
        return comparison.found
    }

    /// Where a difference stands, and whom it concerns.
    struct Spot {
        var path: String
        var within: [PlanDifference.Thing] = []
        var thing: PlanDifference.Thing
        var concerns: [PlanAudience]
        var sources: PlanSources

        init(
            path: String, within: [PlanDifference.Thing] = [], thing: PlanDifference.Thing, concerns: [PlanAudience],
            sources: PlanSources
        ) {
            self.path = path
            self.within = within
            self.thing = thing
            self.concerns = concerns
            self.sources = sources
        }

        /// A place that the plan gives a title.
        init(path: String, thing: Localized, concerns: [PlanAudience], sources: PlanSources) {
            self.init(path: path, thing: .titled(thing), concerns: concerns, sources: sources)
        }

        /// A place inside this one.
        func inner(
            _ key: String, _ thing: Localized, concerns: [PlanAudience]? = nil, sources: PlanSources? = nil
        ) -> Spot {
            Spot(
                path: "\(path).\(key)", within: within + [self.thing], thing: .titled(thing),
                concerns: concerns ?? self.concerns, sources: sources ?? self.sources)
        }

        /// The same place for these too.
        func also(_ more: [PlanAudience]) -> Spot {
            var spot = self
            spot.concerns += more
            return spot
        }
    }

    func add(_ code: PlanDifference.Code, _ spot: Spot, _ before: PlanPhrase? = nil, _ after: PlanPhrase? = nil) {
        found.append(
            PlanDifference(
                code: code, path: spot.path, within: spot.within, thing: spot.thing, before: before, after: after,
                concerns: Self.ordered(spot.concerns), sources: spot.sources))
    }

    /// Each once, in the order first named; what concerns everyone concerns nobody in particular.
    private static func ordered(_ concerns: [PlanAudience]) -> [PlanAudience] {
        if concerns.isEmpty || concerns.contains(.everyone) { return [.everyone] }
        var seen: Set<PlanAudience> = []
        return concerns.filter { seen.insert($0).inserted }
    }

    /// A value that is otherwise.
    func changed<Value: Equatable>(
        _ code: PlanDifference.Code, _ spot: Spot, _ old: Value, _ new: Value, _ phrase: (Value) -> PlanPhrase?
    ) {
        guard old != new else { return }
        add(code, spot, phrase(old), phrase(new))
    }

    /// A text that is otherwise.
    func reworded(_ code: PlanDifference.Code, _ spot: Spot, _ old: Localized?, _ new: Localized?) {
        changed(code, spot, old, new) { $0.map { .text($0) } }
    }

    /// What came to a list and what went from it.
    func listed<Item: Equatable>(
        _ gained: PlanDifference.Code, _ lost: PlanDifference.Code, _ spot: Spot, _ old: [Item], _ new: [Item],
        _ phrase: (Item) -> PlanPhrase
    ) {
        let more = new.filter { !old.contains($0) }
        let less = old.filter { !new.contains($0) }
        if !more.isEmpty { add(gained, spot, nil, .list(more.map(phrase))) }
        if !less.isEmpty { add(lost, spot, .list(less.map(phrase)), nil) }
    }

    /// What came to a list and what went from it where something stays, so that nobody reads the whole of it twice; the whole
    /// where nothing stays or only the order is another.
    func partly<Item: Equatable>(
        _ codes: PlanDifference.Parts, _ spot: Spot, _ old: [Item], _ new: [Item], _ phrase: ([Item]) -> PlanPhrase
    ) {
        guard old != new else { return }
        let more = new.filter { !old.contains($0) }
        let less = old.filter { !new.contains($0) }
        guard old.contains(where: new.contains), !more.isEmpty || !less.isEmpty else {
            return add(codes.whole, spot, phrase(old), phrase(new))
        }
        if !more.isEmpty { add(codes.gained, spot, nil, phrase(more)) }
        if !less.isEmpty { add(codes.lost, spot, phrase(less), nil) }
    }

    /// Things with a key: those that came, those that went, those in both, and whether these stand in another order.
    func things<Thing>(
        _ old: [Thing], _ new: [Thing], key: (Thing) -> String, order spot: Spot? = nil, added: (Thing) -> Void,
        removed: (Thing) -> Void, both: (Thing, Thing) -> Void
    ) {
        for thing in old where !new.contains(where: { key($0) == key(thing) }) { removed(thing) }
        for thing in new {
            if let was = old.first(where: { key($0) == key(thing) }) { both(was, thing) } else { added(thing) }
        }
        let (oldKeys, newKeys) = (old.map(key), new.map(key))
        if let spot, oldKeys.filter(newKeys.contains) != newKeys.filter(oldKeys.contains) { add(.order, spot) }
    }

    /// One thing that both plans have: what is told of it by `tell`, then what nobody told.
    ///
    /// - Parameter told: the properties that `tell` looks at; any other that differs is told by its name.
    func node<Thing: Hashable>(_ spot: Spot, _ old: Thing, _ new: Thing, told: Set<String>, _ tell: () -> Void) {
        guard old != new else { return }
        let count = found.count
        tell()
        let properties = { (thing: Thing) in
            Mirror(reflecting: thing).children.map { ($0.label ?? "", $0.value as? AnyHashable) }
        }
        for (was, now) in zip(properties(old), properties(new)) where was.1 != now.1 {
            guard !told.contains(was.0), was.0 != "source" else { continue }
            add(.further, spot, nil, .written(was.0))
        }
        // With another difference of the same thing both paragraphs are told already.
        let isTold = found.count > count || found.contains { $0.thing == spot.thing && $0.sources == spot.sources }
        if !isTold, spot.sources.before != spot.sources.after { add(.source, spot) }
    }

    /// Who may do something: who came to it and who lost it.
    func doers(
        _ gained: PlanDifference.Code, _ lost: PlanDifference.Code, _ spot: Spot, _ old: [String], _ new: [String]
    ) {
        listed(gained, lost, spot.also(audience(old + new)), old, new) { .function($0) }
    }

    /// Which parts of a dossier are read: what came and what went, in the order of a dossier.
    func read(_ spot: Spot, _ old: Set<DossierPart>, _ new: Set<DossierPart>) {
        let order = DossierPart.allCases
        listed(.readsGained, .readsLost, spot, order.filter(old.contains), order.filter(new.contains)) { .part($0) }
    }

    // MARK: Whom it concerns

    /// Those who act in a function.
    func audience(_ functions: [String]) -> [PlanAudience] { functions.map { PlanAudience(function: $0) } }

    /// The title of a function in the plan that has it.
    func titles(_ functions: [String]) -> PlanPhrase { .list(functions.map { .function($0) }) }
}
