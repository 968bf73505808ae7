import Journal
import Synchronization

/// Who of several nodes does what only one must do, such as signing the journal and destroying what is over.
///
/// It is a lock that the server keeps for a connection: a node that ends, however suddenly, gives it back.
final class PostgresAlone: Sendable {
    /// Unchecked: touched inside the lock alone.
    private final class Holder: @unchecked Sendable {
        var connection: PostgresConnection?
    }

    private let address: PostgresAddress
    private let limits: PostgresConnection.Limits
    private let holder = Mutex(Holder())

    init(_ address: PostgresAddress, limits: PostgresConnection.Limits) {
        self.address = address
        self.limits = limits
    }

    /// Whether this node is the one; it stays so until it ends or loses its connection.
    func isThisOne() throws -> Bool {
        try holder.withLock { holder in
            if let connection = holder.connection, !connection.isLost, (try? connection.rows("SELECT 1")) != nil { return true }
            holder.connection = nil
            let connection = try PostgresConnection(address, limits: limits)
            let key = PostgresSchema.lockKey(address.schema, "alone")
            guard try connection.rows("SELECT pg_try_advisory_lock(?)", [.int(key)]).first?.truth(0) == true else { return false }
            holder.connection = connection
            return true
        }
    }

    func close() { holder.withLock { $0.connection = nil } }
}
