import Domain

/// How many changes were noticed, by whom, and which were not.
package struct MutationReport: Sendable {
    /// A change that nobody noticed.
    package struct Survivor: Hashable, Sendable, Codable {
        package let path: String
        package let file: String
        package let line: Int
        package let change: PlanMutant.Change
        package let before: String
        package let after: String?
        package let isWording: Bool
        /// Whether a warning was given, which stops nothing.
        package let isWarned: Bool
    }

    /// Who noticed, in the order in which they are asked.
    package enum Noticed: String, Hashable, Sendable, Codable, CaseIterable {
        case reading, situation, check, saying, warning, survived

        package var counts: Bool { self != .warning && self != .survived }
    }

    /// Some of the changes: how many were noticed, and by whom.
    package struct Counts: Sendable, Hashable {
        package fileprivate(set) var by: [Noticed: Int] = [:]

        package var all: Int { by.values.reduce(0, +) }
        package var noticed: Int { by.filter { $0.key.counts }.values.reduce(0, +) }
        /// Between 0 and 1; 1 when nothing was changed.
        package var share: Double { all == 0 ? 1 : Double(noticed) / Double(all) }

        fileprivate static func + (left: Counts, right: Counts) -> Counts {
            Counts(by: left.by.merging(right.by, uniquingKeysWith: +))
        }
    }

    /// What decides something: who may, who sees, when, how much, where it stands.
    package private(set) var values = Counts()
    /// How it is said: titles, explanations, questions, letters.
    package private(set) var wording = Counts()
    /// Everything.
    package var all: Counts { values + wording }
    /// By kind of change: how many were noticed, of how many.
    package private(set) var changes: [PlanMutant.Change: (noticed: Int, all: Int)] = [:]
    package private(set) var survivors: [Survivor] = []

    package init() {}

    package mutating func add(_ mutant: PlanMutant, _ verdict: PlanMutation.Verdict) {
        let noticed: Noticed =
            switch verdict {
            case .reading: .reading
            case .check: .check
            case .situation: .situation
            case .saying: .saying
            case .warning: .warning
            case .survived: .survived
            }
        if mutant.isWording { wording.by[noticed, default: 0] += 1 } else { values.by[noticed, default: 0] += 1 }
        changes[mutant.change, default: (0, 0)].all += 1
        guard !verdict.isNoticed else {
            changes[mutant.change, default: (0, 0)].noticed += 1
            return
        }
        survivors.append(
            Survivor(
                path: mutant.path, file: mutant.place.file, line: mutant.place.line, change: mutant.change,
                before: mutant.before, after: mutant.after, isWording: mutant.isWording, isWarned: noticed == .warning))
    }

    package mutating func add(_ other: MutationReport) {
        values = values + other.values
        wording = wording + other.wording
        changes.merge(other.changes) { ($0.noticed + $1.noticed, $0.all + $1.all) }
        survivors += other.survivors
    }
}

extension PlanMutation {
    /// Tries changes side by side.
    ///
    /// - Parameters:
    ///   - sample: how many, chosen by the seed; nil for all.
    ///   - workers: how many at once.
    package func report(sample: Int? = nil, seed: UInt64 = 1, workers: Int) async -> MutationReport {
        let chosen = sample.map { Self.sample(of: mutants, $0, seed: seed) } ?? mutants
        let count = max(1, workers)
        return await withTaskGroup(of: MutationReport.self) { group in
            for worker in 0..<count {
                group.addTask {
                    var report = MutationReport()
                    guard let trial = self.trial() else { return report }
                    for index in stride(from: worker, to: chosen.count, by: count) {
                        report.add(chosen[index], trial.verdict(of: chosen[index]))
                    }
                    return report
                }
            }
            var all = MutationReport()
            for await report in group { all.add(report) }
            return all.sorted()
        }
    }

    /// A sample that is the same for the same seed.
    static func sample(of mutants: [PlanMutant], _ count: Int, seed: UInt64) -> [PlanMutant] {
        var left = mutants
        var state = seed
        var chosen: [PlanMutant] = []
        while chosen.count < count, !left.isEmpty {
            // SplitMix64: short, and the same on every machine.
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            let index = Int((mixed ^ (mixed >> 31)) % UInt64(left.count))
            left.swapAt(index, left.count - 1)
            chosen.append(left.removeLast())
        }
        return chosen
    }
}

extension MutationReport {
    fileprivate func sorted() -> MutationReport {
        var report = self
        report.survivors.sort {
            ($0.file, $0.line, $0.path, $0.change.rawValue) < ($1.file, $1.line, $1.path, $1.change.rawValue)
        }
        return report
    }
}
