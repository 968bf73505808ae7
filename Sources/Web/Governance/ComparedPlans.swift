import Domain
import Plan
import UseCases

/// Two versions of a plan side by side, as a page says them.
struct ComparedPlans: Sendable {
    let old: PlanWords
    let new: PlanWords
    let words: DifferenceWords
    private let differences: [PlanDifference]
    private let audience: PlanAudience?

    /// - Parameter audience: key of whom it is asked for; everybody when there is no such.
    init(_ old: PlanWords, _ new: PlanWords, audience: String?) {
        self.old = old
        self.new = new
        words = DifferenceWords(new.texts, before: old.rules, after: new.rules)
        differences = PlanComparison.differences(from: old.rules, to: new.rules)
        self.audience = Self.everybody(old.rules, new.rules).first { $0.key == audience }
    }

    /// The address of this comparison.
    var path: String {
        "\(Address.planCompare.path)?van=\(old.rules.key)&naar=\(new.rules.key)" + (audience.map { "&voor=\($0.key)" } ?? "")
    }

    private var texts: Texts { new.texts }

    /// Everybody there is in either plan, in the order in which a reader looks for himself.
    private static func everybody(_ old: PlanRules, _ new: PlanRules) -> [PlanAudience] {
        var seen: Set<PlanAudience> = []
        return ([.everyone, .parents, .child] + (new.functions + old.functions).map { PlanAudience.function($0.id) })
            .filter { seen.insert($0).inserted }
    }

    func page(versions: [PlanRules], turns: [ExampleTurn], dossiers: PlanComparePage.Dossiers?) -> PlanComparePage {
        let shown = differences.filter { difference in audience.map { difference.concerns.contains($0) } ?? true }
        var groups: [(title: String, differences: [PlanComparePage.Difference])] = []
        for difference in shown {
            let title = words.heading(difference)
            if let place = groups.firstIndex(where: { $0.title == title }) {
                groups[place].differences.append(self.difference(difference))
            } else {
                groups.append((title, [self.difference(difference)]))
            }
        }
        let options = { (chosen: PlanKey) in
            versions.map { FormOption($0.key.rawValue, $0.title[texts.language], selected: $0.key == chosen) }
        }
        let concerned = Set(differences.flatMap(\.concerns))
        return PlanComparePage(
            title: texts("planCompare.title"), back: Link(texts("plan.back"), .plan), before: options(old.rules.key),
            after: options(new.rules.key),
            audience: [FormOption("", texts("planCompare.anybody"), selected: audience == nil)]
                + Self.everybody(old.rules, new.rules).filter { concerned.contains($0) || $0 == audience }.map {
                    FormOption($0.key, words.audience($0), selected: $0 == audience)
                }, count: words.count(shown.count),
            groups: groups.map { PlanComparePage.Group(title: $0.title, differences: $0.differences) },
            examplesTitle: words.examples(turns.count), examples: examples(turns), dossiers: dossiers)
    }

    private func sides(
        _ before: String?, _ after: String?, _ sources: (before: String?, after: String?) = (nil, nil)
    ) -> [PlanComparePage.Side] {
        [
            PlanComparePage.Side(
                title: old.rules.title[texts.language], text: before, lacks: before == nil && after != nil,
                source: sources.before == old.rules.document ? nil : old.source(sources.before)),
            PlanComparePage.Side(
                title: new.rules.title[texts.language], text: after, lacks: after == nil && before != nil,
                // The document as a whole is no paragraph.
                source: sources.after == new.rules.document ? nil : new.source(sources.after)),
        ]
    }

    private func difference(_ difference: PlanDifference) -> PlanComparePage.Difference {
        let (before, after) = words.sides(difference)
        let (from, to) = (difference.sources.before, difference.sources.after)
        let isBare = before == nil && after == nil && from == nil && to == nil
        return PlanComparePage.Difference(
            sentence: words.sentence(difference), concerns: difference.concerns.map { words.audience($0) },
            sides: isBare ? [] : sides(before, after, (from, to)))
    }

    private func examples(_ turns: [ExampleTurn]) -> [PlanComparePage.Examples] {
        let grouped = [old, new].map { plan in (plan, turns.filter { $0.from == plan.rules.key }) }
        return grouped.filter { !$0.1.isEmpty }.map { plan, turns in
            PlanComparePage.Examples(
                title: texts.count("example.group", turns.count, ["title": words.examples(of: turns[0])]),
                examples: turns.map { turn in
                    let own = plan.outcome(turn.expected, of: turn.example)
                    let other = (plan.rules.key == old.rules.key ? new : old).outcome(turn.got, of: turn.example)
                    let isOld = plan.rules.key == old.rules.key
                    return PlanComparePage.Example(
                        situation: plan.situation(turn.example), sides: sides(isOld ? own : other, isOld ? other : own),
                        why: turn.example.why[texts.language], source: plan.source(turn.example.source))
                })
        }
    }

    // MARK: Dossiers

    func turn(_ turn: PlanReplay.DecisionTurn, _ name: Link) -> PlanComparePage.Turn {
        PlanComparePage.Turn(
            name: name, what: texts("planCompare.decision", ["number": turn.number]),
            sides: sides(words.outcome(turn.was), words.outcome(turn.would)))
    }

    func turn(_ turn: PlanReplay.TermTurn, _ name: Link) -> PlanComparePage.Turn {
        PlanComparePage.Turn(
            name: name, what: words.what(turn), sides: sides(words.due(turn.was), words.due(turn.would)))
    }

    func turn(_ turn: PlanReplay.ActTurn, _ name: Link) -> PlanComparePage.Turn {
        PlanComparePage.Turn(name: name, what: words.what(turn), sides: sides(words.was(turn), words.would(turn)))
    }
}
