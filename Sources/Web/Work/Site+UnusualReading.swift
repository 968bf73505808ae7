import Domain
import UseCases

extension Site {
    /// How many dossiers of one remark are named.
    private static let namedOfUnusual = 5

    /// Reading that stands out in the last two weeks, newest first, without the name of a child.
    ///
    /// - Parameter days: leaves out what was longer ago than so many days; nil for all of it.
    /// - Throws: `NotFound` for whoever does not watch over the logs.
    func unusualReading(days: Int? = nil, _ actor: Actor, _ words: Words) async throws -> [ReadLogsPage.Unusual] {
        let found = try await installation.unusualReads(as: actor).filter { one in
            days.map { words.today.adding(days: -$0) <= one.last.day } ?? true
        }
        let names = try await installation.names.people(Set(found.map(\.person)))
        return found.map { one in
            let rest = one.dossiers.count - Self.namedOfUnusual
            return ReadLogsPage.Unusual(
                who: names[one.person] ?? words.texts("somebody"), function: words.function(one.function),
                when: words.format.recent(one.last, today: words.today),
                why: words.texts.count("unusual.\(one.reason.rawValue)", one.dossiers.count),
                dossiers: one.dossiers.prefix(Self.namedOfUnusual).map {
                    Link(words.keyed($0), Address.readLog($0.rawValue))
                }, more: rest > 0 ? words.texts.count("unusual.more", rest) : nil)
        }
    }
}
