import Domain

/// Reads plans from their files into the rules that the engine follows.
///
/// Strict: whatever the format does not know is a problem, and all problems are given at once.
package enum PlanLoader {
    /// One version as it is written, with the version it amends; its content is not checked beyond the format.
    ///
    /// - Throws: what cannot be read: unknown or missing keys, values of another kind, an unknown version to amend.
    package static func open(_ key: PlanKey, from files: some PlanFiles) throws(PlanProblems) -> LoadedPlan {
        try open(key, PlanTrees(files))
    }

    /// The rules of one version, read and checked, without its examples.
    ///
    /// - Throws: what `open` throws, else every error that `PlanCheck` finds; warnings alone stop nothing.
    package static func load(_ key: PlanKey, from files: some PlanFiles) throws(PlanProblems) -> PlanRules {
        try checked(key, PlanTrees(files, readsExamples: false)).rules
    }

    /// Every version of a partnership, read and checked, so that a running procedure finds the one it started under.
    ///
    /// Examples are not read: what is wrong with one of them keeps nobody from their work.
    ///
    /// - Throws: the errors of all versions together; `no-such-plan` when there is none.
    package static func shelf(_ partnership: String, from files: some PlanFiles) throws(PlanProblems) -> PlanShelf {
        let trees = PlanTrees(files, readsExamples: false)
        var problems: [PlanProblem] = []
        var versions: [PlanRules] = []
        for key in keys(of: partnership, in: files) {
            do {
                versions.append(try checked(key, trees).rules)
            } catch {
                problems += error.problems
            }
        }
        problems += clashes(of: versions).map { problem($0.message, at: nil) }
        guard !problems.haveErrors else { throw PlanProblems(problems) }
        guard let shelf = PlanShelf(versions) else {
            throw PlanProblems([
                PlanProblem(
                    .noSuchPlan, at: nil, path: partnership,
                    message: Localized(
                        nl: "‘\(partnership)’ heeft geen enkel plan", en: "‘\(partnership)’ has no plan at all"),
                    hint: Nearest.hint(for: partnership, among: partnerships(in: files)))
            ])
        }
        return shelf
    }

    /// The versions of a partnership, by name.
    package static func keys(of partnership: String, in files: some PlanFiles) -> [PlanKey] {
        (files.names(in: partnership) ?? []).map { PlanKey("\(partnership)/\($0)") }
            .filter { files.names(in: $0.rawValue)?.contains("plan.yaml") == true }
    }

    /// The partnerships that have a plan here, by name.
    package static func partnerships(in files: some PlanFiles) -> [String] {
        (files.names(in: ".") ?? []).filter { !keys(of: $0, in: files).isEmpty }
    }

    private static func checked(_ key: PlanKey, _ trees: PlanTrees) throws(PlanProblems) -> LoadedPlan {
        let plan = try open(key, trees)
        let problems = PlanCheck.problems(of: plan).filter { $0.severity == .error && !PlanCheck.harmless.contains($0.code) }
        guard problems.isEmpty else { throw PlanProblems(problems) }
        return plan
    }

    private static func open(_ key: PlanKey, _ trees: PlanTrees) throws(PlanProblems) -> LoadedPlan {
        let read = read(key, trees, PlanReading())
        guard let plan = read.plan, read.problems.isEmpty else { throw PlanProblems(read.problems) }
        return plan
    }

    /// One version as far as it can be read, with everything that is wrong; nil when there is nothing to read.
    static func read(
        _ key: PlanKey, _ trees: PlanTrees, _ reading: PlanReading
    ) -> (plan: LoadedPlan?, problems: [PlanProblem]) {
        let before = trees.problems.count
        let found = trees.tree(key).map { read($0, key, trees, reading) }
        // A file that several versions share is read once, so its problems are told with the first of them.
        return (found?.plan, trees.problems[before...] + (found?.problems ?? []))
    }

    /// What the tree of a version comes to, and what is wrong with how it is written.
    static func read(
        _ tree: PlanTree, _ key: PlanKey, _ trees: PlanTrees, _ reading: PlanReading = PlanReading()
    ) -> (plan: LoadedPlan, problems: [PlanProblem]) {
        let law = LawReading(reading)
        let reader = PlanReader(
            reading, key: key, holidays: law.holidays(trees), articles: law.articles(trees), lists: law.lists(trees),
            retention: law.retention(trees), rights: law.rights(trees))
        let rules = reading.section(tree.root, path: "") { reader.plan($0) }
        let dropped = rules.amends == nil ? [] : Set(tree.examples.flatMap { PlanReader.dropped($0.file, $0.node) })
        let examples = tree.examples.flatMap { reader.examples($0.file, $0.node, isAmending: rules.amends != nil) }
        let plan = LoadedPlan(
            rules: rules, examples: examples, dropped: dropped, places: PlanPlaces(reading.places), touched: tree.touched,
            sources: tree.sources, notes: trees.notes(beside: key))
        return (plan, reading.problems)
    }

    /// What is wrong between the versions of a partnership, each told with the version that comes in the way.
    ///
    /// - Parameter plans: all its versions, as they were read.
    package static func clashes(of plans: [LoadedPlan]) -> [PlanKey: [PlanProblem]] {
        let found = clashes(of: plans.map(\.rules)).map { key, message in
            (key, problem(message, at: plans.first { $0.rules.key == key }?.places["in-force"]))
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    /// Versions that begin on one day, or before the one they amend: nobody could say which one holds.
    private static func clashes(of versions: [PlanRules]) -> [(key: PlanKey, message: Localized)] {
        let sameDay = Dictionary(grouping: versions, by: \.inForce).sorted { $0.key < $1.key }.compactMap {
            day, versions -> (PlanKey, Localized)? in
            let keys = versions.map(\.key.rawValue).sorted()
            guard keys.count > 1, let last = keys.last else { return nil }
            let all = keys.joined(separator: ", ")
            return (
                PlanKey(last),
                Localized(nl: "op \(day) gaan twee versies tegelijk in: \(all)", en: "two versions begin on \(day): \(all)")
            )
        }
        let early = versions.compactMap { version -> (PlanKey, Localized)? in
            guard let amended = versions.first(where: { $0.key == version.amends }), version.inForce < amended.inForce else {
                return nil
            }
            return (
                version.key,
                Localized(
                    nl: "‘\(version.key)’ gaat in vóór ‘\(amended.key)’, dat het wijzigt",
                    en: "‘\(version.key)’ begins before ‘\(amended.key)’, which it amends")
            )
        }
        return sameDay + early
    }

    private static func problem(_ message: Localized, at place: PlanPlace?) -> PlanProblem {
        PlanProblem(.versionsClash, at: place, path: "in-force", message: message)
    }
}
