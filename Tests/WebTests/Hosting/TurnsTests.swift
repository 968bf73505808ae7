import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Web

@Suite("Work for many in turn")
struct TurnsTests {
    /// A piece of work that keeps a thread busy, and a moment of waiting after it.
    private static func piece() async {
        let until = ContinuousClock.now + .microseconds(300)
        while ContinuousClock.now < until {}
        await Task.yield()
    }

    /// Holds threads until it is opened.
    private struct Gate {
        private let semaphore = DispatchSemaphore(value: 0)
        func wait() { semaphore.wait() }
        func open(for threads: Int) { for _ in 0..<threads { semaphore.signal() } }
    }

    private final class Count: Sendable {
        /// Who was done, in the order in which they were.
        let order = Mutex<[String]>([])
        let sum = Atomic(0)
        let atOnce = Atomic(0)
        let most = Atomic(0)
    }

    @Test("Whoever asks little is done long before whoever asks much, though it came last")
    func fair() async {
        let turns = Turns(threads: 2)
        let (crowd, one) = (turns.lane(), turns.lane())
        let count = Count()
        let gate = Gate()
        await withTaskGroup { group in
            // Nobody's turn comes before all of them wait for one.
            for _ in 0..<2 { group.addTask(executorPreference: crowd) { gate.wait() } }
            for _ in 0..<60 {
                group.addTask(executorPreference: crowd) {
                    for _ in 0..<20 { await Self.piece() }
                    count.order.withLock { $0.append("crowd") }
                }
            }
            group.addTask(executorPreference: one) {
                for _ in 0..<20 { await Self.piece() }
                count.order.withLock { $0.append("one") }
            }
            gate.open(for: 2)
        }
        let place = count.order.withLock { $0.firstIndex(of: "one") } ?? 60
        #expect(count.order.withLock { $0.count } == 61)
        #expect(place < 20, "it was done after \(place) of 60")
    }

    @Test("All work is done, by as many threads as there are, and what is done between two moments of waiting is one lane's")
    func complete() async {
        let turns = Turns(threads: 3)
        let lanes = (0..<5).map { _ in turns.lane() }
        let count = Count()
        await withTaskGroup { group in
            for number in 0..<500 {
                group.addTask(executorPreference: lanes[number % 5]) {
                    for _ in 0..<4 {
                        let now = count.atOnce.add(1, ordering: .relaxed).newValue
                        count.most.max(now, ordering: .relaxed)
                        count.sum.add(1, ordering: .relaxed)
                        count.atOnce.subtract(1, ordering: .relaxed)
                        await Task.yield()
                    }
                }
            }
        }
        #expect(count.sum.load(ordering: .relaxed) == 2_000)
        #expect(count.most.load(ordering: .relaxed) <= 3)
    }
}
