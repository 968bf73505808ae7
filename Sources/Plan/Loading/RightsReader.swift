import Domain

/// Reads who handles what families ask with their rights.
struct RightsReader {
    /// What the law says; nil where there is no such file.
    let law: RightsLaw?

    /// What the plan says in `rights`, or what holds when it says nothing; nil without a law.
    func rule(_ root: PlanSection, _ functions: [FunctionRule]) -> RightsRule? {
        let said = root.part("rights") { section in (section.neededKeys("handled-by"), section.string("source")) }
        guard let law else { return nil }
        return RightsRule(law: law, handledBy: said?.0 ?? RightsRule.unsaid(functions), source: said?.1)
    }
}

extension LawReading {
    /// The file of what families can ask.
    static let rights = "law/rights.yaml"

    /// What families can ask by law; nil when there is no such file, as in an installation from before it.
    func rights(_ trees: PlanTrees) -> RightsLaw? {
        guard trees.files.text(of: LawReading.rights) != nil, let node = trees.sharedNode(LawReading.rights) else { return nil }
        return reading.section(node, path: "law.rights") { section in
            let sources = section.things("rights") { id, section -> (Right, String)? in
                guard let right = Right(rawValue: id) else {
                    section.bad(
                        section.node, section.path, nl: "‘\(id)’ is geen bekend recht", en: "‘\(id)’ is no known right",
                        hint: Nearest.hint(for: id, among: Right.allCases.map(\.rawValue)))
                    return nil
                }
                return (right, section.string("source"))
            }
            let law = RightsLaw(
                terms: section.list("terms") { node, path in
                    reading.section(node, path: path) { section in
                        RightsLaw.Term(
                            from: section.day("from"), answer: section.period("answer"), longer: section.period("longer"),
                            source: section.string("source"))
                    }
                },
                ages: section.list("ages") { node, path in
                    reading.section(node, path: path) { section in
                        RightsLaw.Age(
                            from: section.day("from"), heard: section.number("heard") ?? 0, itself: section.number("itself") ?? 0,
                            source: section.string("source"))
                    }
                }, sources: Dictionary(sources, uniquingKeysWith: { first, _ in first }),
                grounds: section.things("grounds") { id, section in
                    RightsLaw.Ground(
                        id: id, title: section.text("title"), rights: section.words("rights"), source: section.string("source"))
                }, complaint: section.string("complaint"), information: section.string("information"))
            for right in Right.allCases where law.sources[right] == nil {
                section.bad(
                    node, section.path("rights"), nl: "‘\(right.rawValue)’ ontbreekt", en: "‘\(right.rawValue)’ is missing")
            }
            return law
        }
    }
}
