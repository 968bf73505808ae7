import Domain
import Journal

/// A dossier of which something was read lately, for whoever watches over the logs: without a word of what is in it.
package struct ReadDossier: Sendable {
    package let dossier: DossierID
    package let school: OrganisationID?
    /// When it was read last.
    package let last: Instant
    /// How many lines, and of how many people, there are among those that were looked through.
    package let reads: Int
    package let people: Int
}

extension PlanRules {
    /// Whether somebody watches over the logs of all dossiers and sees nothing else of them: the privacy officer.
    package func watchesLogs(_ actor: Actor) -> Bool {
        actor.functions.contains { $0.organisation == .partnership && watchingLogs.contains($0.function) }
    }

    /// The functions at the partnership that watch over the logs: they see every dossier's.
    var watchingLogs: [String] {
        functions.filter { $0.place == .partnership && $0.sight.contains(.always) && $0.reads.contains(.readLog) }.map(\.id)
    }
}

extension Installation {
    /// How many lines of the logs one page of dossiers is made of.
    private static let linesOfPage = 500

    /// The dossiers that were read lately, the last one first, for whoever watches over the logs.
    ///
    /// - Parameter before: where the page before ended.
    /// - Returns: the dossiers, and where the next page begins when there is more.
    /// - Throws: `NotFound` for everybody else.
    package func readDossiers(
        before: Int64?, as actor: Actor
    ) async throws -> (dossiers: [ReadDossier], next: Int64?) {
        guard rules.watchesLogs(actor) else { throw NotFound() }
        let lines = try await vault.reads.latest(before: before, limit: Self.linesOfPage)
        var order: [DossierID] = []
        var found: [DossierID: [ReadEntry]] = [:]
        for line in lines {
            if found[line.read.dossier] == nil { order.append(line.read.dossier) }
            found[line.read.dossier, default: []].append(line.read)
        }
        let rows = try await registers.dossiers(order)
        let dossiers = order.compactMap { id -> ReadDossier? in
            // One that was forgotten has a log and no page any more.
            guard let row = rows[id], let reads = found[id], let last = reads.first else { return nil }
            return ReadDossier(
                dossier: id, school: row.school, last: last.at, reads: reads.count, people: Set(reads.map(\.person)).count)
        }
        return (dossiers, lines.count == Self.linesOfPage ? lines.last?.sequence : nil)
    }
}
