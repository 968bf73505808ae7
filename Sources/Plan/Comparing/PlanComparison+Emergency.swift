import Domain

// Who may open a dossier in an emergency.
extension PlanComparison {
    /// For the family, and for whoever may.
    func compareEmergency() {
        let old = before.emergency
        let new = after.emergency
        guard old != new else { return }
        let spot = Spot(
            path: "emergency", thing: .word(.emergency),
            concerns: [.parents] + audience((new ?? old)?.by ?? []), sources: PlanSources(old?.source, new?.source))
        guard let old, let new else {
            return add(
                old == nil ? .listAdded : .listRemoved, spot, old.map { .text($0.explanation) }, new.map { .text($0.explanation) }
            )
        }
        node(spot, old, new, told: ["explanation", "by", "parts"]) {
            reworded(.explanation, spot, old.explanation, new.explanation)
            doers(.actorsGained, .actorsLost, spot, old.by, new.by)
            read(spot, old.parts, new.parts)
        }
    }
}
