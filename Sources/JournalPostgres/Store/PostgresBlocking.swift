import Dispatch
import Journal
import Synchronization

/// A few connections for whoever has a thread to wait with.
final class PostgresBlocking: Sendable {
    /// Unchecked: whoever took one has it alone.
    private final class Holder: @unchecked Sendable {
        var connection: PostgresConnection?
    }

    private let address: PostgresAddress
    private let limits: PostgresConnection.Limits
    private let free: Mutex<(holders: [Holder], closed: Bool)>
    private let count: DispatchSemaphore
    private let longest: Int

    /// - Parameter longest: for how many milliseconds somebody waits for a connection.
    init(_ address: PostgresAddress, limits: PostgresConnection.Limits, connections: Int, longest: Int) {
        self.address = address
        self.limits = limits
        self.longest = longest
        free = Mutex(((0..<connections).map { _ in Holder() }, false))
        count = DispatchSemaphore(value: connections)
    }

    /// Runs work that does no harm when it is done twice: a connection that turns out to be lost is made again once.
    func use<T>(_ work: (PostgresConnection) throws -> T) throws -> T {
        do {
            return try once(work)
        } catch let error as PostgresError where error.isOutage {
            return try once(work)
        }
    }

    /// Runs work once, on a connection that is there.
    func once<T>(_ work: (PostgresConnection) throws -> T) throws -> T {
        guard count.wait(timeout: .now() + .milliseconds(longest)) == .success else { throw JournalFault.busy }
        defer { count.signal() }
        let holder = try free.withLock { free in
            guard !free.closed, let holder = free.holders.popLast() else { throw JournalFault.closed }
            return holder
        }
        defer { free.withLock { $0.closed ? () : $0.holders.append(holder) } }
        let connection = try connection(of: holder)
        do {
            let value = try work(connection)
            if connection.isInsideTransaction { try connection.script("ROLLBACK") }
            return value
        } catch {
            // Whatever state it is in, the next one gets a fresh one.
            if (error as? PostgresError)?.isOutage == true || connection.isInsideTransaction { holder.connection = nil }
            throw error
        }
    }

    private func connection(of holder: Holder) throws -> PostgresConnection {
        if let connection = holder.connection, !connection.isLost { return connection }
        let made = try PostgresConnection(address, limits: limits)
        holder.connection = made
        return made
    }

    func close() {
        free.withLock { free in
            free.closed = true
            free.holders = []
        }
    }
}
