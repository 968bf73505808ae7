import Domain

/// A version that drafts are laid over, read once: what it says does not change while a draft of it is written.
package struct PlanGround: Sendable {
    package let key: PlanKey
    package let plan: LoadedPlan
    let tree: PlanTree
    let files: any PlanFiles

    /// - Throws: what keeps the version from being read.
    package init(_ key: PlanKey, from files: any PlanFiles) throws(PlanProblems) {
        let trees = PlanTrees(files)
        let read = PlanLoader.read(key, trees, PlanReading())
        guard let plan = read.plan, let tree = trees.tree(key), read.problems.isEmpty else {
            throw PlanProblems(read.problems)
        }
        self.key = key
        self.plan = plan
        self.tree = tree
        self.files = files
    }
}
