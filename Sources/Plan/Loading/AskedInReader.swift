import Domain

/// Reads who outside the usual circle can be asked in.
struct AskedInReader {
    func rules(_ root: PlanSection) -> [AskedInRule] {
        root.things("asked-in", needed: false) { id, section in
            AskedInRule(
                id: id, title: section.text("title"), explanation: section.text("explanation"),
                by: section.neededKeys("by"), parts: section.words("parts"), ground: ground(section),
                longest: section.period("longest"), remind: section.period("remind"),
                handsOver: section.flag("hands-over"), source: section.string("source"))
        }
    }

    /// Agreement or the law, and not both: then nobody would know what follows when a parent says no.
    private func ground(_ section: PlanSection) -> AskedInRule.Ground {
        let purpose = section.optionalString("agreement")
        let law = section.optionalText("law")
        switch (purpose, law) {
        case (let purpose?, nil): return .agreement(purpose: purpose)
        case (nil, let law?): return .law(law)
        default:
            section.bad(
                section.node, section.path, nl: "hier hoort ‘agreement’ of ‘law’, een van beide",
                en: "‘agreement’ or ‘law’ belongs here, one of the two")
            return .agreement(purpose: purpose ?? "")
        }
    }
}
