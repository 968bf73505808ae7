import Domain

// Who outside the usual circle can be asked in.
extension PlanComparison {
    /// For the family whose dossier they see, and for whoever may ask them.
    func compareAskedIn() {
        let at = { (rule: AskedInRule, sources: PlanSources) in
            Spot(
                path: "asked-in.\(rule.id)", thing: rule.title, concerns: [.parents] + self.audience(rule.by),
                sources: sources)
        }
        things(before.askedIn, after.askedIn, key: \.id) {
            add(.listAdded, at($0, PlanSources(nil, $0.source)), nil, .text($0.explanation))
        } removed: {
            add(.listRemoved, at($0, PlanSources($0.source, nil)))
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            node(spot, was, now, told: ["title", "explanation", "parts"]) {
                reworded(.title, spot, was.title, now.title)
                reworded(.explanation, spot, was.explanation, now.explanation)
                let order = DossierPart.allCases
                listed(
                    .readsGained, .readsLost, spot, order.filter(was.parts.contains), order.filter(now.parts.contains)
                ) { .part($0) }
            }
        }
    }
}
