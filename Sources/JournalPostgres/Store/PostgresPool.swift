import Dispatch
import Journal
import Synchronization

/// A few connections that many ask: whoever finds none free waits in order, and not for ever.
final class PostgresPool: Sendable {
    private struct Job: Sendable {
        let number: Int
        let run: @Sendable (PostgresLane) -> Void
        let fail: @Sendable (JournalFault) -> Void
    }

    private struct State {
        var free: [PostgresLane]
        var waiting: [Job] = []
        var next = 0
        var closed = false
    }

    private let lanes: [PostgresLane]
    private let longest: Int
    private let most: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - longest: for how many milliseconds somebody waits for a connection.
    ///   - most: how many may wait; the next one is refused at once.
    init(lanes: [PostgresLane], longest: Int, most: Int) {
        self.lanes = lanes
        self.longest = longest
        self.most = most
        state = Mutex(State(free: lanes))
    }

    /// Runs work that only reads on one of the connections; a connection that turns out to be lost is made again once.
    ///
    /// - Throws: `JournalFault`: `busy` when none came free in time, `unreachable`; and whatever the work throws.
    func read<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        try await use { lane in
            do {
                return try work(try lane.connected())
            } catch let error as PostgresError where error.isOutage || error.isRetried {
                if error.isOutage { lane.drop() } else { lane.tidy() }
                return try work(try lane.connected())
            }
        }
    }

    /// Runs work on one of the lanes, on its thread.
    func use<T: Sendable>(_ work: @escaping @Sendable (PostgresLane) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit(
                { lane in
                    let result = Result { try work(lane) }
                    lane.tidy()
                    if case .failure(let error as PostgresError) = result {
                        if error.isOutage { lane.drop() }
                        continuation.resume(throwing: JournalFault(error))
                    } else {
                        continuation.resume(with: result)
                    }
                }, { continuation.resume(throwing: $0) })
        }
    }

    /// Refuses new work and lets what waits fail; what runs is finished.
    func close() {
        let left = state.withLock { state in
            state.closed = true
            let left = state.waiting
            state.waiting = []
            return left
        }
        for job in left { job.fail(.closed) }
        for lane in lanes { lane.close() }
    }

    private func submit(
        _ run: @escaping @Sendable (PostgresLane) -> Void, _ fail: @escaping @Sendable (JournalFault) -> Void
    ) {
        enum Next { case go(PostgresLane), wait(Int), refuse(JournalFault) }
        let next = state.withLock { state -> Next in
            guard !state.closed else { return .refuse(.closed) }
            if let lane = state.free.popLast() { return .go(lane) }
            guard state.waiting.count < most else { return .refuse(.busy) }
            state.next += 1
            state.waiting.append(Job(number: state.next, run: run, fail: fail))
            return .wait(state.next)
        }
        switch next {
        case .go(let lane):
            lane.async {
                run(lane)
                self.goOn(lane)
            }
        case .wait(let number):
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(longest)) { self.giveUp(number) }
        case .refuse(let fault): fail(fault)
        }
    }

    /// Does what waits, on the thread of a lane that came free.
    private func goOn(_ lane: PostgresLane) {
        while let job = next(for: lane) { job.run(lane) }
    }

    private func next(for lane: PostgresLane) -> Job? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free.append(lane)
                return nil
            }
            return state.waiting.removeFirst()
        }
    }

    private func giveUp(_ number: Int) {
        let late = state.withLock { state -> Job? in
            // They are in order of number, and the oldest are the first to give up.
            guard let place = state.waiting.firstIndex(where: { $0.number >= number }), state.waiting[place].number == number
            else { return nil }
            return state.waiting.remove(at: place)
        }
        late?.fail(.busy)
    }
}
