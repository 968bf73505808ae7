import Domain

// How long a dossier is kept, and who handles what families ask of it.
extension PlanComparison {
    /// For the family whose dossier it is, and for whoever sees to it.
    func compareRetention() {
        let (old, new) = (before.retention, after.retention)
        guard old != new else { return }
        let sources = PlanSources(old?.source, new?.source)
        let spot = { (word: PlanDifference.Word, concerns: [PlanAudience]) in
            Spot(path: "retention", thing: .word(word), concerns: [.parents] + concerns, sources: sources)
        }
        let all = spot(.retention, audience([old, new].flatMap { ($0?.announces ?? []) + ($0?.agrees ?? []) }))
        guard let old, let new else { return add(old == nil ? .listAdded : .listRemoved, all) }
        node(all, old, new, told: ["law", "announces", "agrees", "stops", "waits"]) {
            if old.law?.id != new.law?.id {
                changed(.keptByLaw, all, old.law, new.law) { $0.map { .text($0.title) } }
            } else if old.law != new.law {
                add(.further, all, nil, .written("law"))
            }
            doers(.actorsGained, .actorsLost, spot(.announcing, []), old.announces, new.announces)
            doers(.actorsGained, .actorsLost, spot(.agreeing, []), old.agrees, new.agrees)
            doers(.actorsGained, .actorsLost, spot(.stopping, []), old.stops, new.stops)
            changed(.waits, all, old.waits, new.waits) { .period($0) }
        }
    }

    /// For the family that asks, and for whoever answers.
    func compareRights() {
        let (old, new) = (before.rights, after.rights)
        guard old != new else { return }
        let spot = Spot(
            path: "rights", thing: .word(.rights),
            concerns: [.parents] + audience([old, new].flatMap { $0?.handledBy ?? [] }),
            sources: PlanSources(old?.source, new?.source))
        guard let old, let new else { return add(old == nil ? .listAdded : .listRemoved, spot) }
        node(spot, old, new, told: ["handledBy"]) { doers(.actorsGained, .actorsLost, spot, old.handledBy, new.handledBy) }
    }

    /// Where the plan has what the law says it must contain, for whoever judges the plan.
    func compareContents() {
        let (old, new) = (before.contents, after.contents)
        guard old != new else { return }
        let plan = Spot(
            path: "contents", thing: .word(.contents), concerns: [.everyone], sources: PlanSources(nil, nil))
        guard let old, let new else { return add(old == nil ? .listAdded : .listRemoved, plan) }
        let at = { (entry: PlanContents.Entry, sources: PlanSources) in
            let items = (new.list?.items ?? []) + (old.list?.items ?? [])
            let title = items.first { $0.id == entry.id }?.title
            return Spot(
                path: "contents.items.\(entry.id)", thing: title.map { .titled($0) } ?? .word(.contents), concerns: [.everyone],
                sources: sources)
        }
        node(plan, old, new, told: ["list", "entries"]) {
            changed(.contentsList, plan, old.list, new.list) { $0.map { .text($0.title) } }
            things(old.entries, new.entries, key: \.id) {
                add(.listAdded, at($0, PlanSources(nil, $0.source)), nil, $0.paper.map { .text($0) })
            } removed: {
                add(.listRemoved, at($0, PlanSources($0.source, nil)), $0.paper.map { .text($0) })
            } both: { was, now in
                let spot = at(now, PlanSources(was.source, now.source))
                node(spot, was, now, told: ["paper"]) { reworded(.onPaper, spot, was.paper, now.paper) }
            }
        }
    }
}
