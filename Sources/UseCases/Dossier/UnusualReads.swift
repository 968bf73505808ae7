import Domain
import Journal

extension PlanRules {
    /// What reading this person is told of, because they watch over the logs; nil when the plan says nothing about it.
    fileprivate func readingWatch(of actor: Actor) -> ReadingWatch? {
        actor.functions.filter { $0.organisation == .partnership }.compactMap { function($0.function)?.watch }.first
    }
}

extension Installation {
    /// How far back is looked, in days: a week of work, and the one before it.
    private static let watchedDays = 14
    /// How many lines of the logs are looked through at most, and in pages of how many.
    private static let watchedLines = 20_000
    private static let linesAtOnce = 1_000
    /// Ways of reading that show nothing of a child: a look in the log alone, and what the family reads of its own.
    private static let ownPurpose = "family"

    /// Reading that stands out in the last two weeks, the latest first, for whoever watches over the logs.
    ///
    /// - Throws: `NotFound` for everybody else.
    package func unusualReads(as actor: Actor) async throws -> [UnusualReading] {
        guard rules.watchesLogs(actor) else { throw NotFound() }
        guard let watch = rules.readingWatch(of: actor) else { return [] }
        let lines = try await readsLately().filter { read in
            read.purpose != Self.ownPurpose && read.parts != [DossierPart.readLog.rawValue]
        }
        let rows = try await registers.dossiers(Array(Set(lines.map(\.dossier))))
        let readers = try await names.people(Set(lines.map(\.person))).mapValues { NameKey.fold($0) }
        let families = rows.mapValues { NameKey.fold($0.familyName) }
        return watch.unusual(
            lines.compactMap { read in
                // One that was forgotten has a log and nothing else any more.
                guard let row = rows[read.dossier] else { return nil }
                let sharesName =
                    if let reader = readers[read.person], let family = families[read.dossier], !family.isEmpty {
                        reader.hasSuffix(" \(family)")
                    } else { false }
                return ReadingWatch.Look(
                    dossier: read.dossier, person: read.person, function: read.function, at: read.at, changed: row.changedAt,
                    sharesName: sharesName, isAfterwards: read.purpose == ReadEntry.afterwards)
            })
    }

    /// The lines of the last days, the newest first.
    private func readsLately() async throws -> [ReadEntry] {
        let since = clock.now().adding(days: -Self.watchedDays)
        var lines: [ReadEntry] = []
        var before: Int64?
        while lines.count < Self.watchedLines {
            let page = try await vault.reads.latest(before: before, limit: Self.linesAtOnce)
            lines += page.map(\.read).filter { since <= $0.at }
            guard page.count == Self.linesAtOnce, let last = page.last, since <= last.read.at else { break }
            before = last.sequence
        }
        return lines
    }
}
