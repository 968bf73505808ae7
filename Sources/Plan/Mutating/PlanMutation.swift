import Domain

/// Changes every value of one version in turn, and sees whether reading, the check or an example notices.
package struct PlanMutation: Sendable {
    /// Who noticed a change first.
    package enum Verdict: Hashable, Sendable {
        /// The format: it cannot be read.
        case reading(PlanProblem.Code)
        /// The check, with an error.
        case check(PlanProblem.Code)
        /// A situation comes out otherwise.
        case situation(String)
        /// A line that says how the plan words it.
        case saying(String)
        /// The check, with a warning alone: the plan can still be used, so this does not count as noticed.
        case warning(PlanProblem.Code)
        /// Nobody.
        case survived

        /// Whether the plan cannot be put in force with this change in it.
        package var isNoticed: Bool {
            switch self {
            case .reading, .check, .situation, .saying: true
            case .warning, .survived: false
            }
        }
    }

    package let key: PlanKey
    package let mutants: [PlanMutant]
    private let files: any PlanFiles

    /// - Throws: when the version cannot be read as it is.
    package init(_ key: PlanKey, from files: some PlanFiles) throws(PlanProblems) {
        let plan = try PlanLoader.open(key, from: files)
        let trees = PlanTrees(files)
        let tree = trees.tree(key)
        let own = trees.own(key)
        self.key = key
        self.files = files
        mutants = own.flatMap { own in tree.map { PlanMutants(plan, whole: $0.root).all(in: own.root) } } ?? []
    }

    /// Tries changed plans; each worker makes one of its own.
    package func trial() -> Trial? { Trial(key, files) }

    /// Changed plans of one version, tried one after the other.
    package final class Trial {
        private let key: PlanKey
        private let trees: PlanTrees
        /// The version's own files without its examples: these are read once, because no change touches them.
        private let own: PlanTree
        private let examples: [PlanExample]
        /// What the check says of the plan as it is.
        private let known: Set<PlanProblem.Code>

        init?(_ key: PlanKey, _ files: any PlanFiles) {
            trees = PlanTrees(files)
            guard let tree = trees.tree(key), var own = trees.own(key) else { return nil }
            let plan = PlanLoader.read(tree, key, trees).plan
            own.examples = []
            self.key = key
            self.own = own
            examples = plan.examples
            known = Set(PlanCheck.problems(of: plan).map(\.code))
        }

        /// Who notices the change.
        package func verdict(of mutant: PlanMutant) -> Verdict {
            var changed = own
            changed.root = own.root.replacing(at: mutant.position[...], with: mutant.replacement)
            return verdict(of: changed, isWording: mutant.isWording)
        }

        /// The rules of the changed plan, whatever the check says of it; nil when it cannot be read.
        package func rules(of mutant: PlanMutant) -> PlanRules? {
            let before = trees.problems.count
            defer { trees.problems.removeLast(trees.problems.count - before) }
            var changed = own
            changed.root = own.root.replacing(at: mutant.position[...], with: mutant.replacement)
            guard let tree = trees.merged(changed), trees.problems.count == before else { return nil }
            let (plan, problems) = PlanLoader.read(tree, key, trees)
            return problems.isEmpty ? plan.rules : nil
        }

        /// Who notices that a version's own files are other than they were; those who hold texts are asked last.
        func verdict(of change: (PlanTree) -> PlanTree) -> Verdict {
            let changed = change(own)
            let found = verdict(of: changed, isWording: false)
            return found.isNoticed ? found : verdict(of: changed, isWording: true)
        }

        /// - Parameter isWording: whether a text was changed; then those who hold texts fast are asked first, and else not at all.
        private func verdict(of changed: PlanTree, isWording: Bool) -> Verdict {
            let before = trees.problems.count
            defer { trees.problems.removeLast(trees.problems.count - before) }
            guard let tree = trees.merged(changed) else { return .reading(trees.problems.last?.code ?? .unreadable) }
            if let problem = trees.problems[before...].first { return .reading(problem.code) }
            let (read, problems) = PlanLoader.read(tree, key, trees)
            if let problem = problems.first { return .reading(problem.code) }
            let plan = LoadedPlan(
                rules: read.rules, examples: examples, dropped: read.dropped, places: read.places, touched: read.touched,
                sources: read.sources, notes: read.notes)
            if isWording, let saying = saying(plan) { return .saying(saying) }
            for example in examples {
                if case .says = example.kind { continue }
                if !PlanExamples.run(example, of: plan).passed { return .situation(example.id) }
            }
            let found = PlanCheck.problems(of: plan).filter { !known.contains($0.code) }
            if let error = found.first(where: { $0.severity == .error }) { return .check(error.code) }
            return found.first.map { .warning($0.code) } ?? .survived
        }

        /// The first that words something otherwise than the plan does now.
        private func saying(_ plan: LoadedPlan) -> String? {
            let said = PlanSayings(plan.rules)
            for example in examples {
                guard case .says(let says) = example.kind else { continue }
                if says.sayings.contains(where: { said.lines(of: $0.subject) != $0.lines }) { return example.id }
            }
            return nil
        }
    }
}
