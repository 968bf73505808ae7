/// What reading is told to whoever watches over the logs, because it may be more than the work asks.
///
/// It accuses nobody: it is where to look first in a log of thousands of lines. What is usual differs between partnerships,
/// so the plan says it (`told-of`).
package struct ReadingWatch: Hashable, Sendable {
    /// More dossiers than this, opened by one person on one day, are many: 1…9999.
    package let dossiers: Int
    /// Before this hour of the day it is early: 0…23.
    package let before: Int
    /// From this hour on it is late: 1…24.
    package let after: Int
    /// A dossier in which nothing happened for so long gives no cause to read it.
    package let quiet: Period

    package init(dossiers: Int, before: Int, after: Int, quiet: Period) {
        self.dossiers = dossiers
        self.before = before
        self.after = after
        self.quiet = quiet
    }
}

/// Reading of one person on one day that stands out, for one reason.
package struct UnusualReading: Hashable, Sendable {
    /// Why it stands out; the sentences are in the texts under `unusual.<reason>`.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// More dossiers in a day than is usual.
        case many
        /// Early or late.
        case hours
        /// Nothing happened in the dossier for a long time.
        case quiet
        /// The child has the family name of the reader.
        case name
        /// There was no task for the reader any more: what the dossier was open for had ended.
        case idle
    }

    package let person: PersonID
    /// Key of the function in which it was read first that day.
    package let function: String
    package let day: Day
    package let reason: Reason
    /// The dossiers, in the order in which they were opened.
    package let dossiers: [DossierID]
    /// The last time.
    package let last: Instant
}

extension ReadingWatch {
    /// One look into one dossier by somebody who is not of the family, with what is known around it.
    package struct Look: Sendable {
        package let dossier: DossierID
        package let person: PersonID
        package let function: String
        package let at: Instant
        /// When the dossier changed last; nil when that is not known any more.
        package let changed: Instant?
        /// Whether the child has the family name of the reader.
        package let sharesName: Bool
        /// Whether what it was open for had ended.
        package let isAfterwards: Bool

        package init(
            dossier: DossierID, person: PersonID, function: String, at: Instant, changed: Instant?, sharesName: Bool,
            isAfterwards: Bool
        ) {
            self.dossier = dossier
            self.person = person
            self.function = function
            self.at = at
            self.changed = changed
            self.sharesName = sharesName
            self.isAfterwards = isAfterwards
        }
    }

    /// What stands out among these looks: for each person, day and reason once, the latest first.
    package func unusual(_ looks: [Look]) -> [UnusualReading] {
        struct Desk: Hashable {
            let person: PersonID
            let day: Day
        }
        var found: [UnusualReading] = []
        for (desk, looks) in Dictionary(grouping: looks, by: { Desk(person: $0.person, day: $0.at.day) }) {
            let looks = looks.sorted { ($0.at, $0.dossier) < ($1.at, $1.dossier) }
            for reason in UnusualReading.Reason.allCases {
                let odd = looks.filter { isOdd($0, reason) }
                let dossiers = odd.map(\.dossier).reduce(into: [DossierID]()) { all, one in
                    if !all.contains(one) { all.append(one) }
                }
                guard let first = odd.first, let last = odd.last, reason != .many || dossiers.count > self.dossiers else {
                    continue
                }
                found.append(
                    UnusualReading(
                        person: desk.person, function: first.function, day: desk.day, reason: reason, dossiers: dossiers,
                        last: last.at))
            }
        }
        return found.sorted { ($1.last, $0.person, $0.reason.rawValue) < ($0.last, $1.person, $1.reason.rawValue) }
    }

    private func isOdd(_ look: Look, _ reason: UnusualReading.Reason) -> Bool {
        switch reason {
        case .many: true
        case .hours: !(before..<after).contains(look.at.localTime.hour)
        // What happened after it was read shows that there was something to do.
        case .quiet: look.changed.map { quiet.after($0.day) < look.at.day } ?? false
        case .name: look.sharesName
        case .idle: look.isAfterwards
        }
    }
}
