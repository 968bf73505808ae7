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
            node(
                spot, was, now, told: ["title", "explanation", "by", "parts", "ground", "longest", "remind", "handsOver"]
            ) {
                reworded(.title, spot, was.title, now.title)
                reworded(.explanation, spot, was.explanation, now.explanation)
                doers(.askedByGained, .askedByLost, spot, was.by, now.by)
                read(spot, was.parts, now.parts)
                compareGround(was.ground, now.ground, spot)
                changed(.longest, spot, was.longest, now.longest) { .period($0) }
                changed(.remind, spot, was.remind, now.remind) { .period($0) }
                changed(.handsOver, spot, was.handsOver, now.handsOver) { .yesNo($0) }
            }
        }
    }

    /// On what ground the family's dossier is opened to somebody from outside: the law, or their own agreement.
    private func compareGround(_ old: AskedInRule.Ground, _ new: AskedInRule.Ground, _ spot: Spot) {
        let code: PlanDifference.Code = new.purpose == nil ? .groundOfLaw : .groundOfAgreement
        changed(code, spot, old, new) { ground in
            switch ground {
            case .law(let words): .text(words)
            case .agreement(let id): (self.after.purpose(id) ?? self.before.purpose(id)).map { .text($0.title) } ?? .written(id)
            }
        }
    }
}
