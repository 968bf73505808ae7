import Foundation
import Synchronization
import UseCases

/// A bar with counts and the time left, on a terminal only: a log is not filled with it.
final class ProgressBar: Sendable {
    private struct State {
        var shown = -1
        let begun = ContinuousClock.now
    }

    private let what: String
    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    private let state = Mutex(State())
    private static let width = 30

    /// - Parameter what: what is counted, in the plural.
    init(_ what: String) { self.what = what }

    func show(_ done: Int, of total: Int) {
        guard isTerminal, total > 0 else { return }
        let line = state.withLock { state -> String? in
            let tenths = done * 1_000 / total
            guard tenths > state.shown else { return nil }
            state.shown = tenths
            let filled = done * Self.width / total
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
            let spent = ContinuousClock.now - state.begun
            let left = done > 0 ? Int((spent * (Double(total - done) / Double(done))).components.seconds) : nil
            return "\r[\(bar)] \(done) of \(total) \(what)" + (left.map { ", \(Self.words($0)) left    " } ?? "")
        }
        guard let line else { return }
        FileHandle.standardError.write(Data((line + (done >= total ? "\n" : "")).utf8))
    }

    private static func words(_ seconds: Int) -> String { seconds < 90 ? "\(seconds) s" : "\((seconds + 30) / 60) min" }
}
