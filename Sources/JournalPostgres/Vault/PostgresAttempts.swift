import Domain
import Foundation
import Journal

/// Attempts counted in the database, so that whoever guesses gains nothing by asking another node.
struct PostgresAttempts: Attempts {
    let store: PostgresStore
    let kind: String
    let rule: AttemptRule

    func begin(_ key: String, at moment: Instant) async throws -> Instant? {
        try await count(key) { count in
            var counted = count.flatMap { $0.counts(at: moment, by: rule) ? $0 : nil } ?? AttemptCount(last: moment)
            let until = counted.begin(at: moment, by: rule)
            return (until == nil ? counted : nil, until)
        }
    }

    func takeBack(_ key: String) async throws {
        _ = try await count(key) { count in
            guard var count else { return (nil, nil) }
            count.takeBack(by: rule)
            return (count, nil)
        }
    }

    func forget(_ key: String) async throws {
        let key = PostgresValue.bytes(Throttle.digest(key))
        try await store.change { db in
            _ = try db.execute("DELETE FROM attempts WHERE kind = ? AND key = ?", [.text(kind), key])
        }
    }

    /// Reads what is known of a key and writes what it becomes, if it changes.
    private func count(
        _ key: String, _ next: @escaping @Sendable (AttemptCount?) -> (AttemptCount?, Instant?)
    ) async throws -> Instant? {
        let named: [PostgresValue] = [.text(kind), .bytes(Throttle.digest(key))]
        return try await store.change { db in
            // Held until the end, so that a hundred at once are counted one after another; one that is new may be done again.
            let row = try db.rows(
                "SELECT failures, last, until FROM attempts WHERE kind = ? AND key = ? FOR UPDATE", named
            ).first
            let (count, until) = next(
                try row.map { AttemptCount(failures: Int(try $0.int(0)), last: try $0.moment(1), until: $0.optionalMoment(2)) })
            guard let count else { return until }
            try db.execute(
                """
                INSERT INTO attempts (kind, key, failures, last, until) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (kind, key)
                DO UPDATE SET failures = excluded.failures, last = excluded.last, until = excluded.until
                """, named + [PostgresValue(count.failures), PostgresValue(count.last), PostgresValue(count.until)])
            return until
        }
    }
}

/// Known places in the database, so that an owner is known on every node.
struct PostgresPlaces: Places {
    let store: PostgresStore

    func contains(_ place: String) async throws -> Bool {
        let digest = PostgresValue.bytes(Throttle.digest(place))
        return try await store.ask { db in
            try db.rows("SELECT 1 FROM known_places WHERE place = ?", [digest]).first != nil
        }
    }

    func insert(_ place: String, at: Instant) async throws {
        let digest = PostgresValue.bytes(Throttle.digest(place))
        try await store.change { db in
            _ = try db.execute(
                "INSERT INTO known_places (place, at) VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET at = excluded.at",
                [digest, PostgresValue(at)])
        }
    }
}

extension PostgresAccounts {
    package func attempts(_ kind: String, by rule: AttemptRule) -> any Attempts {
        PostgresAttempts(store: store, kind: kind, rule: rule)
    }

    package func knownPlaces() -> any Places { PostgresPlaces(store: store) }

    /// How long an attempt or a place that nobody meets again is kept, in days.
    private static let remembered = 90

    /// Deletes what of attempts, places and presences means nothing any more.
    static func forgetAttempts(before moment: Instant, _ db: PostgresConnection) throws {
        let before = PostgresValue(moment.adding(days: -remembered))
        try db.executeAll([
            .init("DELETE FROM attempts WHERE last < ?", [before]), .init("DELETE FROM known_places WHERE at < ?", [before]),
            .init("DELETE FROM presences WHERE at < ?", [PostgresValue(moment.adding(days: -1))]),
        ])
    }
}
