import Domain

/// Which backups are kept: the newest of each of the last days, and of each of the last weeks, on which there was one.
package struct BackupKeep: Hashable, Sendable {
    /// How many days, 0…
    package let daily: Int
    /// How many weeks, from Monday, 0…
    package let weekly: Int

    package init(daily: Int, weekly: Int) {
        self.daily = daily
        self.weekly = weekly
    }

    /// Those of these moments that are kept; the newest always is.
    ///
    /// Days without a backup do not count, so a machine that stood still for a month loses nothing by it.
    package func kept(_ moments: [Instant]) -> Set<Instant> {
        let newestFirst = moments.sorted(by: >)
        var kept = Set(newestFirst.prefix(1))
        for (most, name) in [(daily, { (day: Day) in day }), (weekly, { $0.adding(days: 1 - $0.weekday.rawValue) })] {
            var seen: Set<Day> = []
            for moment in newestFirst where seen.count < most && seen.insert(name(moment.day)).inserted { kept.insert(moment) }
        }
        return kept
    }
}
