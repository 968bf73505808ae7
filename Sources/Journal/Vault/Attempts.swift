import Domain

/// Counts attempts that failed, and makes whoever guesses wait longer and longer.
///
/// An attempt counts as failed from its beginning until it has succeeded, so a hundred at once are no way round.
package protocol Attempts: Sendable {
    /// Begins an attempt, counted as failed until `forget` or `takeBack`; returns until when to wait if it may not begin.
    func begin(_ key: String, at moment: Instant) async throws -> Instant?

    /// The attempt succeeded, and with it all is forgotten that the key did before.
    func forget(_ key: String) async throws

    /// The attempt succeeded or came to nothing: it alone is no longer counted.
    func takeBack(_ key: String) async throws
}

/// How attempts are counted.
package struct AttemptRule: Hashable, Sendable {
    /// After how many failures the first wait comes, 1 or more.
    package let free: Int
    /// The most milliseconds that are waited. The first wait is one second, and each next one twice that.
    package let longest: Int64
    /// Milliseconds without an attempt after which all is forgotten.
    package let forgottenAfter: Int64

    /// - Parameters:
    ///   - longest: in seconds.
    ///   - forgottenAfter: in seconds.
    package init(free: Int = 5, longest: Int = 300, forgottenAfter: Int = 3600) {
        self.free = max(1, free)
        self.longest = Int64(max(1, longest)) * 1000
        self.forgottenAfter = Int64(max(1, forgottenAfter)) * 1000
    }

    /// For an account, from wherever somebody tries.
    package static let account = AttemptRule()
    /// For an address that requests come from: more failures are free there, because the staff of a school share one.
    package static let source = AttemptRule(free: 20, longest: 900)
}

/// What is known of the attempts of one key.
package struct AttemptCount: Hashable, Sendable {
    package var failures: Int
    package var last: Instant
    /// Until when the next one has to wait; nil when it need not.
    package var until: Instant?

    package init(failures: Int = 0, last: Instant, until: Instant? = nil) {
        self.failures = failures
        self.last = last
        self.until = until
    }

    /// Whether it still counts at a moment.
    package func counts(at moment: Instant, by rule: AttemptRule) -> Bool {
        moment < last.adding(milliseconds: rule.forgottenAfter)
    }

    /// Until when the next one has to wait at a moment; nil when it need not.
    ///
    /// A wait that is longer than the longest is of a clock that was set back since, and would keep somebody out for as long.
    package func wait(at moment: Instant, by rule: AttemptRule) -> Instant? {
        guard let until, moment < until, until <= moment.adding(milliseconds: rule.longest) else { return nil }
        return until
    }

    /// Counts one attempt more; returns until when to wait, and counts nothing, if it may not begin.
    package mutating func begin(at moment: Instant, by rule: AttemptRule) -> Instant? {
        if let until = wait(at: moment, by: rule) { return until }
        failures += 1
        last = moment
        if failures >= rule.free {
            let doublings = min(failures - rule.free, 40)
            until = moment.adding(milliseconds: min(Int64(1000) << doublings, rule.longest))
        }
        return nil
    }

    /// Counts one attempt less.
    package mutating func takeBack(by rule: AttemptRule) {
        failures = max(0, failures - 1)
        if failures < rule.free { until = nil }
    }
}

/// From where people signed in rightly of late.
///
/// What fails there is counted apart from what fails everywhere else, so that nobody keeps the owner of an account out by trying
/// wrong passwords on purpose.
package protocol Places: Sendable {
    func contains(_ place: String) async throws -> Bool
    func insert(_ place: String, at: Instant) async throws
}
