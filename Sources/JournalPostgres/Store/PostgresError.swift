import Journal

/// What the server said no to.
///
/// Its own sentence is left out, because it may quote what was stored; of the guards that this program made, whose words are
/// fixed, it is kept.
struct PostgresError: Error, Hashable, Sendable {
    /// Five signs: see the appendix of PostgreSQL's manual.
    let state: String
    /// The constraint that was met, if it was one.
    let constraint: String?
    let table: String?
    /// The words of a guard.
    let guardWords: String?
    /// Whether the connection is gone with it.
    let isLost: Bool

    /// Two transactions were in each other's way: the same again is right.
    var isRetried: Bool { state == "40001" || state == "40P01" }

    var isUnique: Bool { state == "23505" }

    /// The server ends, begins, or is a copy that takes no writing: another connection may find it otherwise.
    var isOutage: Bool {
        isLost || state.hasPrefix("08") || ["57P01", "57P02", "57P03", "25006"].contains(state)
    }
}

extension JournalFault {
    init(_ error: PostgresError) {
        switch error.state {
        // Too many connections, no turn in time, or too long over one statement.
        case "53300", "55P03", "57014": self = .busy
        case "53100": self = .outage(.diskFull)
        case "25006": self = .outage(.diskReadOnly)
        // The server met an error of its disk (`io_error`).
        case "58030": self = .outage(.diskFailed)
        case _ where error.isOutage: self = .unreachable("connection lost \(error.state)")
        default:
            let place = [error.guardWords, error.table, error.constraint].compactMap(\.self).joined(separator: " ")
            self = .storage(code: Int(error.state, radix: 36) ?? 0, message: place)
        }
    }

    /// The fault for whatever a piece of work threw.
    init(any error: any Error) {
        switch error {
        case let fault as JournalFault: self = fault
        case let error as PostgresError: self = JournalFault(error)
        case is CancellationError: self = .cancelled
        default: self = .unexpected(type: "\(type(of: error))")
        }
    }
}
