import Domain

/// Reads where a plan has what the law says it must contain.
struct ContentsReader {
    /// The lists of law, by key.
    let lists: [PlanContents.List]

    func contents(_ section: PlanSection) -> PlanContents {
        let written = section.string("law")
        guard written != "none" else {
            return PlanContents(list: nil, reason: section.text("reason"), entries: [])
        }
        let list = lists.first { $0.id == written }
        if list == nil, !written.isEmpty {
            section.bad(
                section.node["law"] ?? section.node, section.path("law"), nl: "‘\(written)’ is geen lijst van de wet",
                en: "‘\(written)’ is no list of law", hint: Nearest.hint(for: written, among: lists.map(\.id) + ["none"]))
        }
        return PlanContents(
            list: list, reason: nil,
            entries: section.things("items") { id, section in
                PlanContents.Entry(
                    id: id, source: section.optionalString("source"), files: section.keys("files"),
                    paper: section.optionalText("paper"))
            })
    }
}
