import Domain

/// Reads how long dossiers are kept and who destroys them.
struct RetentionReader {
    /// The lists of the law that a plan may follow.
    let laws: [RetentionLaw]

    /// The whole of retention.yaml.
    func rule(_ section: PlanSection) -> RetentionRule {
        let name = section.string("follows")
        let law = laws.first { $0.id == name }
        // Without any list the installation is from before there was one: it destroys nothing and says so.
        if law == nil, !laws.isEmpty, let node = section.value("follows") {
            section.bad(
                node, section.path("follows"), nl: "‘\(name)’ staat niet in \(LawReading.retention)",
                en: "‘\(name)’ does not stand in \(LawReading.retention)", hint: Nearest.hint(for: name, among: laws.map(\.id)))
        }
        return RetentionRule(
            law: law, announces: section.neededKeys("announces"), agrees: section.neededKeys("agrees"),
            stops: section.keys("stops"), waits: section.period("waits"), source: section.string("source"))
    }
}

extension LawReading {
    /// The file of how long files are kept.
    static let retention = "law/retention.yaml"

    /// How long files are kept by law, by kind; none when there is no such file, as in an installation from before it.
    func retention(_ trees: PlanTrees) -> [RetentionLaw] {
        guard trees.files.text(of: LawReading.retention) != nil, let node = trees.sharedNode(LawReading.retention) else {
            return []
        }
        return reading.things(node, path: "law.retention") { id, section in
            RetentionLaw(
                id: id, title: section.text("title"),
                terms: section.list("terms") { node, path in
                    reading.section(node, path: path) { section in
                        RetentionRule.Term(
                            from: section.day("from"), keep: section.period("keep"), source: section.string("source"))
                    }
                })
        }
    }
}
