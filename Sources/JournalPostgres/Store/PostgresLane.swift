import Dispatch
import Foundation
import Journal

/// A thread of its own for one connection, which is made when it is needed and made again when it was lost.
///
/// Unchecked, because the connection is touched on its queue alone.
final class PostgresLane: @unchecked Sendable {
    private let address: PostgresAddress
    private let limits: PostgresConnection.Limits
    private let patience: Int
    private let queue: DispatchQueue
    private var connection: PostgresConnection?
    private var isClosed = false

    /// - Parameter patience: for how many milliseconds a server that is not reached is tried again.
    init(_ address: PostgresAddress, limits: PostgresConnection.Limits, patience: Int, label: String) {
        self.address = address
        self.limits = limits
        self.patience = patience
        queue = DispatchQueue(label: label)
    }

    /// Runs something on the lane's thread.
    func async(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    /// The connection; only on the lane's thread.
    ///
    /// - Throws: `unreachable` when the server was not reached in time.
    func connected() throws(JournalFault) -> PostgresConnection {
        if isClosed { throw .closed }
        if let connection, !connection.isLost { return connection }
        connection = nil
        let end = DispatchTime.now() + .milliseconds(patience)
        var pause: UInt32 = 20_000
        while true {
            do {
                let made = try PostgresConnection(address, limits: limits)
                connection = made
                return made
            } catch {
                guard case .unreachable = error, DispatchTime.now() < end else { throw error }
                usleep(pause)
                pause = min(pause * 2, 500_000)
            }
        }
    }

    /// Lets go of a connection that was lost or is in doubt; only on the lane's thread.
    func drop() { connection = nil }

    /// Leaves no transaction open; only on the lane's thread.
    func tidy() {
        guard let connection, connection.isInsideTransaction else { return }
        do { try connection.script("ROLLBACK") } catch { drop() }
    }

    /// Closes the connection once what runs is done.
    func close() {
        queue.async {
            self.connection = nil
            self.isClosed = true
        }
    }
}
