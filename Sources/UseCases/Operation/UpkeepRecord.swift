import Domain
import Journal
import Synchronization

/// What the work that goes on by itself came to since the program started: housekeeping, the hourly round, mail.
///
/// It is of this process alone and is not kept: whoever starts the program anew starts it anew too.
package final class UpkeepRecord: Sendable {
    /// How one kind of work went last.
    package struct Round: Sendable, Hashable {
        /// When it succeeded last; nil when it did not yet.
        package internal(set) var succeeded: Instant?
        /// When it failed last; nil when it did not yet.
        package internal(set) var failed: Instant?

        /// Whether the last try failed.
        package var isFailing: Bool { failed.map { failed in succeeded.map { $0 < failed } ?? true } ?? false }
    }

    /// A kind of work.
    package enum Work: String, Sendable, Hashable, CaseIterable {
        /// Each minute: following the plan, destroying what is to be destroyed.
        case minute
        /// Each hour: tidying, and signing the journal.
        case hour
        /// A mail.
        case mail
        /// What people send: that something was saved in a dossier, or could not be.
        case saving
    }

    private let state = Mutex<[Work: Round]>([:])
    private let shortened = Mutex(false)
    private let lastOutage = Mutex<WriteOutage?>(nil)

    package init() {}

    package func round(_ work: Work) -> Round { state.withLock { $0[work] ?? Round() } }

    /// Whether work that is done every so many milliseconds is to be done now.
    ///
    /// Also when it was done last in what is the future: after a clock was set back by a day nobody waits a day for it.
    package static func isDue(_ last: Instant?, every period: Int64, at now: Instant) -> Bool {
        guard let last else { return true }
        return now < last || last.adding(milliseconds: period) <= now
    }

    package func succeeded(_ work: Work, at moment: Instant) {
        state.withLock { $0[work, default: Round()].succeeded = moment }
    }

    package func failed(_ work: Work, at moment: Instant) {
        state.withLock { $0[work, default: Round()].failed = moment }
    }

    /// Says that something was saved.
    package func saved(at moment: Instant) { succeeded(.saving, at: moment) }

    /// Says that something could not be saved, and why.
    package func couldNotSave(_ outage: WriteOutage, at moment: Instant) {
        lastOutage.withLock { $0 = outage }
        failed(.saving, at: moment)
    }

    /// Why the last thing that somebody sent could not be saved; nil when it could.
    package var outage: WriteOutage? { round(.saving).isFailing ? lastOutage.withLock { $0 } : nil }

    /// Whether the journal was found to have fewer rows than its last checkpoint.
    package var isShortened: Bool { shortened.withLock { $0 } }

    /// Says that the journal has fewer rows than its last checkpoint: tampering, or a wrong restore.
    package func foundShortened() { shortened.withLock { $0 = true } }
}

/// Post that says in the record how each message went.
package struct RecordedPost: Post {
    private let post: any Post
    private let upkeep: UpkeepRecord
    private let clock: any Clock

    package init(_ post: any Post, _ upkeep: UpkeepRecord, clock: any Clock) {
        self.post = post
        self.upkeep = upkeep
        self.clock = clock
    }

    package func send(_ mail: OutgoingMail) async throws {
        do {
            try await post.send(mail)
            upkeep.succeeded(.mail, at: clock.now())
        } catch {
            upkeep.failed(.mail, at: clock.now())
            throw error
        }
    }
}
