import CoreMetrics
import Synchronization

/// Keeps what is counted and timed while the program runs, and tells it in the text format that Prometheus reads.
///
/// Whatever counts does so by the common interface of swift-metrics and does not know who listens. The format is that of
/// "Exposition formats, text-based, version 0.0.4" in the documentation of Prometheus.
package final class Exposition: MetricsFactory {
    /// What is so at a moment.
    package struct Gauge: Sendable {
        let name: String
        let labels: [(String, String)]
        let value: Double

        package init(_ name: String, _ labels: [(String, String)], _ value: Double) {
            self.name = name
            self.labels = labels
            self.value = value
        }
    }

    /// A name with its labels, as they are written.
    private struct Series: Hashable {
        let name: String
        let labels: String

        init(_ label: String, _ dimensions: [(String, String)]) {
            name = Exposition.name(label)
            labels = dimensions.map { "\(Exposition.name($0.0))=\"\(Exposition.escaped($0.1))\"" }.joined(separator: ",")
        }
    }

    private let counts = Mutex<[Series: Count]>([:])
    private let levels = Mutex<[Series: Level]>([:])
    private let times = Mutex<[Series: Times]>([:])

    package init() {}

    // MARK: What is kept

    /// Only ever more.
    private final class Count: CounterHandler {
        private let value = Atomic<Int64>(0)
        var now: Int64 { value.load(ordering: .relaxed) }
        func increment(by amount: Int64) { value.add(amount, ordering: .relaxed) }
        func reset() { value.store(0, ordering: .relaxed) }
    }

    /// Up and down.
    private final class Level: MeterHandler, RecorderHandler {
        private let value = Mutex<Double>(0)
        var now: Double { value.withLock { $0 } }
        func set(_ new: Int64) { set(Double(new)) }
        func set(_ new: Double) { value.withLock { $0 = new } }
        func increment(by amount: Double) { value.withLock { $0 += amount } }
        func decrement(by amount: Double) { value.withLock { $0 -= amount } }
        func record(_ new: Int64) { set(Double(new)) }
        func record(_ new: Double) { set(new) }
    }

    /// How often something took no longer than so many seconds.
    private final class Times: TimerHandler {
        /// In seconds: from a page that was at hand to one that nobody waits for.
        static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

        struct State {
            var within = [Int64](repeating: 0, count: Times.bounds.count)
            var all: Int64 = 0
            var seconds: Double = 0
        }

        private let state = Mutex(State())
        var now: State { state.withLock { $0 } }

        func recordNanoseconds(_ duration: Int64) {
            let seconds = Double(duration) / 1_000_000_000
            state.withLock { state in
                state.all += 1
                state.seconds += seconds
                for (place, bound) in Self.bounds.enumerated() where seconds <= bound { state.within[place] += 1 }
            }
        }
    }

    // MARK: What counts asks for it

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let series = Series(label + "_total", dimensions)
        return counts.withLock { counts in
            let count = counts[series] ?? Count()
            counts[series] = count
            return count
        }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { level(label, dimensions) }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { level(label, dimensions) }

    private func level(_ label: String, _ dimensions: [(String, String)]) -> Level {
        let series = Series(label, dimensions)
        return levels.withLock { levels in
            let level = levels[series] ?? Level()
            levels[series] = level
            return level
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let series = Series(label + "_seconds", dimensions)
        return times.withLock { times in
            let kept = times[series] ?? Times()
            times[series] = kept
            return kept
        }
    }

    // What was counted once stays told until the program ends: who reads it works with what is added.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    // MARK: What is told

    /// Everything that was counted, by name.
    ///
    /// - Parameter gauges: what is so at this moment and was not counted.
    package func text(_ gauges: [Gauge] = []) -> String {
        var told: [String: (kind: String, series: [(labels: String, lines: [String])])] = [:]
        func add(_ series: Series, _ kind: String, _ lines: [String]) {
            told[series.name, default: (kind, [])].series.append((series.labels, lines))
        }
        for (series, count) in counts.withLock({ $0 }) { add(series, "counter", [Self.line(series, String(count.now))]) }
        for (series, level) in levels.withLock({ $0 }) { add(series, "gauge", [Self.line(series, Self.number(level.now))]) }
        for gauge in gauges {
            let series = Series(gauge.name, gauge.labels)
            add(series, "gauge", [Self.line(series, Self.number(gauge.value))])
        }
        for (series, kept) in times.withLock({ $0 }) {
            let now = kept.now
            let labels = series.labels.isEmpty ? "" : series.labels + ","
            add(
                series, "histogram",
                zip(Times.bounds, now.within).map { "\(series.name)_bucket{\(labels)le=\"\(Self.number($0))\"} \($1)" } + [
                    "\(series.name)_bucket{\(labels)le=\"+Inf\"} \(now.all)",
                    Self.line(series, Self.number(now.seconds), ending: "_sum"),
                    Self.line(series, String(now.all), ending: "_count"),
                ])
        }
        return told.sorted { $0.key < $1.key }
            .flatMap { name, all in
                ["# TYPE \(name) \(all.kind)"] + all.series.sorted { $0.labels < $1.labels }.flatMap(\.lines)
            }
            .joined(separator: "\n") + "\n"
    }

    private static func line(_ series: Series, _ value: String, ending: String = "") -> String {
        "\(series.name)\(ending)\(series.labels.isEmpty ? "" : "{\(series.labels)}") \(value)"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    /// A name as the format allows it: letters, digits and underscores.
    private static func name(_ label: String) -> String {
        String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
