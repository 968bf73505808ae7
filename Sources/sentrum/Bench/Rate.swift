import Foundation

/// How often something could be done in a second, and how long it took once.
struct Rate: Encodable {
    /// Key of what was measured, for programs: `sync`, `commit`, `commit-together`, `append-1`, …
    let code: String
    /// What was measured, for people.
    let title: String
    /// Times a second, all writers together.
    let perSecond: Double
    /// Milliseconds that half of them took at most.
    let p50: Double
    /// Milliseconds that 99 of 100 took at most.
    let p99: Double

    /// - Parameter times: how long each one took.
    init(_ code: String, _ title: String, _ times: [Duration], in whole: Duration) {
        self.code = code
        self.title = title
        perSecond = (Double(times.count) / (whole / .seconds(1))).rounded(toPlaces: 1)
        let sorted = times.sorted()
        func share(_ part: Double) -> Double {
            guard !sorted.isEmpty else { return 0 }
            let place = min(sorted.count - 1, Int(Double(sorted.count) * part))
            return (sorted[place] / .milliseconds(1)).rounded(toPlaces: 3)
        }
        p50 = share(0.5)
        p99 = share(0.99)
    }

    /// The figures on one line.
    var line: String {
        let title = title.padding(toLength: 52, withPad: " ", startingAt: 0)
        return "\(title) \(Int(perSecond.rounded())) a second, p50 \(p50) ms, p99 \(p99) ms"
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let scale = pow(10, Double(places))
        return (self * scale).rounded() / scale
    }
}

/// Does the work over and over until the time is up; returns how long each took and all together.
func timed(for time: Duration, _ work: () throws -> Void) rethrows -> (times: [Duration], whole: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    var times: [Duration] = []
    var last = start
    while last - start < time {
        try work()
        let now = clock.now
        times.append(now - last)
        last = now
    }
    return (times, last - start)
}

/// The same by several at once, each of which hears its number.
func timed(
    for time: Duration, writers: Int, _ work: @escaping @Sendable (Int) async throws -> Void
) async throws -> (times: [Duration], whole: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
        for writer in 0..<writers {
            group.addTask {
                var times: [Duration] = []
                var last = clock.now
                while last - start < time {
                    try await work(writer)
                    let now = clock.now
                    times.append(now - last)
                    last = now
                }
                return times
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }
    }
    return (times, clock.now - start)
}
