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
    }

    /// Who noticed, in the order in which they are asked.
    package enum Noticed: String, Hashable, Sendable, Codable, CaseIterable {
        case reading, situation, check, warning, saying, survived
    }

    package private(set) var counts: [Noticed: Int] = [:]
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
            case .warning: .warning
            case .saying: .saying
            case .survived: .survived
            }
        counts[noticed, default: 0] += 1
        changes[mutant.change, default: (0, 0)].all += 1
        guard noticed == .survived else {
            changes[mutant.change, default: (0, 0)].noticed += 1
            return
        }
        survivors.append(
            Survivor(
                path: mutant.path, file: mutant.place.file, line: mutant.place.line, change: mutant.change,
                before: mutant.before, after: mutant.after))
    }

    package mutating func add(_ other: MutationReport) {
        counts.merge(other.counts, uniquingKeysWith: +)
        changes.merge(other.changes) { ($0.noticed + $1.noticed, $0.all + $1.all) }
        survivors += other.survivors
    }

    package var all: Int { counts.values.reduce(0, +) }
    package var noticed: Int { all - counts[.survived, default: 0] }
    /// Between 0 and 1; 1 when nothing was changed.
    package var share: Double { all == 0 ? 1 : Double(noticed) / Double(all) }
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
