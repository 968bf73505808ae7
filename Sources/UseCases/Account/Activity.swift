import Domain
import Journal

/// What an account could see and what it opened between two moments: what has to be known when a password leaked.
///
/// It names dossiers by their keys, and nothing that is in them.
package struct Activity: Sendable, Hashable {
    /// A dossier that could be seen.
    package struct Open: Sendable, Hashable {
        package let dossier: DossierID
        package let parts: Set<DossierPart>
        /// The functions through which it could be seen.
        package let functions: Set<String>
        /// The first day on which it could, within the time asked about.
        package let since: Day
    }

    /// In order of key.
    package let couldSee: [Open]
    /// What was opened, oldest first, as it stands in the read log.
    package let opened: [ReadEntry]
    /// Dossiers that were forgotten since: of these only the read log tells.
    package let forgotten: Int
}

extension Installation {
    /// Goes through every dossier and asks, for each state that it was in and each day on which something changed, whether
    /// one of its openings fitted this person: by the same function that opens a page.
    ///
    /// It takes a while where there is much: every event of every dossier is read.
    ///
    /// - Throws: `NotFound` for somebody who was never registered.
    package func activity(of id: PersonID, from: Instant, until: Instant) async throws -> Activity {
        let person = try await person(id)
        guard person.exists else { throw NotFound() }
        let days = from.day...max(from.day, until.day)
        // On these days something may open without anything happening in a dossier.
        let turns = (person.functions.map(\.held.from) + shelf.versions.map(\.inForce)).filter { days.contains($0) }
        var couldSee: [Activity.Open] = []
        var forgotten = 0
        var last: StreamID?
        while true {
            let streams = try await journal.streams(prefix: "dossier-", after: last, limit: 500)
            guard let end = streams.last else { break }
            last = end
            for stream in streams {
                guard let dossier = Projection.dossier(of: stream) else { continue }
                do {
                    let events = try await journal.read(stream)
                    if let open = try open(dossier, events, to: person, days, turns, until) { couldSee.append(open) }
                } catch JournalFault.erased {
                    forgotten += 1
                }
            }
        }
        return Activity(
            couldSee: couldSee, opened: try await opened(by: id, from: from, until: until), forgotten: forgotten)
    }

    /// What could be seen of one dossier; nil when nothing.
    private func open(
        _ id: DossierID, _ events: [RecordedEvent], to person: Person, _ days: ClosedRange<Day>, _ turns: [Day],
        _ until: Instant
    ) throws -> Activity.Open? {
        let shelf = shelf
        var parts: Set<DossierPart> = []
        var functions: Set<String> = []
        var since: Day?
        var dossier = Dossier(id: id)
        for (index, event) in events.enumerated() {
            guard event.at <= until else { break }
            try dossier.fold(event)
            let next = events.dropFirst(index + 1).first?.at.day ?? days.upperBound
            let first = max(event.at.day, days.lowerBound)
            let last = min(next, days.upperBound)
            guard first <= last else { continue }
            for day in [first] + turns.filter({ first < $0 && $0 <= last }).sorted() {
                let mine = person.actor(on: day).principals
                let open = dossier.openings(shelf, on: day).filter { mine.contains($0.principal) && $0.wasOpen(on: day) }
                guard !open.isEmpty else { continue }
                for opening in open {
                    parts.formUnion(opening.parts)
                    functions.insert(opening.function)
                }
                since = min(since ?? day, day)
            }
        }
        return since.map { Activity.Open(dossier: id, parts: parts, functions: functions, since: $0) }
    }

    private func opened(by person: PersonID, from: Instant, until: Instant) async throws -> [ReadEntry] {
        var found: [ReadEntry] = []
        var before: Int64?
        while true {
            let page = try await vault.reads.reads(by: person, before: before, limit: 1_000)
            guard let last = page.last else { break }
            found += page.map(\.read).filter { from <= $0.at && $0.at <= until }
            // The log is in order of writing, and that is order of time.
            if last.read.at < from { break }
            before = last.sequence
        }
        return found.reversed()
    }
}

extension Opening {
    /// Whether it was open at some moment of a day: an hour in an emergency counts with its day.
    fileprivate func wasOpen(on day: Day) -> Bool {
        ends.map { $0.adding(milliseconds: -Emergency.lasts).day <= day && day <= $0.day } ?? isOpen(on: day)
    }
}
