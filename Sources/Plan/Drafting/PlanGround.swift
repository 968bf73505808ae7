import Domain

/// A version that drafts are laid over, read once: what it says does not change while a draft of it is written.
package struct PlanGround: Sendable {
    package let key: PlanKey
    package let plan: LoadedPlan
    /// The situations that come out in it as they say: its own, and those of what it amends that it did not answer otherwise.
    ///
    /// A version that is laid over it keeps them true, or says of each what comes out instead.
    package let standing: [PlanExample]
    /// The cards that tell it as it is, found in the same way.
    ///
    /// What they tell is the plan itself, so a version that is laid over it may well differ; it is shown where.
    package let cards: [PlanExample]
    /// Paths of all that hold in the version that it amends, whether they still do; empty for a full version.
    package let amended: Set<String>
    let tree: PlanTree
    let files: any PlanFiles
    /// How the standing examples are written, by their path.
    let written: [String: PlanNode]

    /// - Throws: what keeps the version from being read.
    package init(_ key: PlanKey, from files: any PlanFiles) throws(PlanProblems) {
        try self.init(key, files, PlanTrees(files))
    }

    private init(_ key: PlanKey, _ files: any PlanFiles, _ trees: PlanTrees) throws(PlanProblems) {
        let read = PlanLoader.read(key, trees, PlanReading())
        guard let plan = read.plan, let tree = trees.tree(key), read.problems.isEmpty else {
            throw PlanProblems(read.problems)
        }
        self.key = key
        self.plan = plan
        self.tree = tree
        self.files = files
        // A plan that amends itself in the end was refused as unreadable above.
        let under = try plan.rules.amends.map { amended throws(PlanProblems) in try PlanGround(amended, files, trees) }
        amended = Set(((under?.standing ?? []) + (under?.cards ?? [])).map(\.path))
        let own = plan.examples.filter(\.isSituation)
        let inherited = (under?.standing ?? []).filter { example in
            !plan.answers(example) && PlanExamples.run(example.withoutRow, by: plan.rules).passed
        }
        standing = own + inherited
        let holds = { (example: PlanExample) in
            example.card != nil && !plan.answers(example) && PlanExamples.run(example, of: plan).passed
        }
        cards = plan.examples.filter { $0.card != nil } + (under?.cards ?? []).filter(holds)
        let mine = tree.examples.flatMap { file, node in
            node.entries.map { ("\(PlanExample.file(file)).\($0.key)", $0.value) }
        }
        written = (under?.written ?? [:]).merging(mine) { $1 }
    }
}

extension LoadedPlan {
    /// Whether it says itself what comes out of an example of the version that it amends, or took that example out.
    package func answers(_ example: PlanExample) -> Bool {
        dropped.contains(example.path) || examples.contains { $0.path == example.path }
    }
}
