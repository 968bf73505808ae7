import Foundation

/// Threads that work for many in turn: after each piece of work for one comes the next that has any, so whoever asks much gets
/// no more turns than whoever asks little.
///
/// As many threads as the machine has processors, for as long as the program runs. A piece of work is what a task does between
/// two moments of waiting: a fraction of a millisecond.
package final class Turns: @unchecked Sendable {
    /// The work of one, in the order in which it came.
    package final class Lane: TaskExecutor, @unchecked Sendable {
        private let turns: Turns
        /// So many pieces that are done are kept at the most, or half of all.
        private static let most = 1_024
        // These two are the turns' to look at, under their lock.
        fileprivate var work: [UnownedJob] = []
        fileprivate var done = 0

        fileprivate init(_ turns: Turns) { self.turns = turns }

        package func enqueue(_ job: consuming ExecutorJob) { turns.add(UnownedJob(job), to: self) }

        /// Takes the oldest piece of work; one must be there.
        fileprivate func next() -> UnownedJob {
            let job = work[done]
            done += 1
            if done == work.count {
                work.removeAll(keepingCapacity: true)
                done = 0
            } else if done >= Self.most, done * 2 > work.count {
                // A lane that is never empty would keep what is done for ever.
                work.removeFirst(done)
                done = 0
            }
            return job
        }
    }

    private let condition = NSCondition()
    /// Who has work, each once, in the order of turns.
    private var waiting: [Lane] = []

    /// - Parameter threads: how many work at once; as many as there are processors when not given.
    package init(threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
        for number in 0..<max(1, threads) {
            let thread = Thread { [self] in while true { work() } }
            thread.name = "turn \(number)"
            // As much as the threads of Swift's own pool have.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// A lane for somebody.
    package func lane() -> Lane { Lane(self) }

    private func add(_ job: UnownedJob, to lane: Lane) {
        condition.lock()
        let isNew = lane.work.isEmpty
        lane.work.append(job)
        if isNew { waiting.append(lane) }
        condition.signal()
        condition.unlock()
    }

    /// One piece of work, of whose turn it is.
    private func work() {
        condition.lock()
        while waiting.isEmpty { condition.wait() }
        let lane = waiting.removeFirst()
        let job = lane.next()
        // Before it is done: another thread may go on with the same one meanwhile.
        if !lane.work.isEmpty { waiting.append(lane) }
        condition.unlock()
        job.runSynchronously(on: lane.asUnownedTaskExecutor())
    }
}
