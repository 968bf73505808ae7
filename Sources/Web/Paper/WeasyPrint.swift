import Domain
import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Makes tagged PDFs with WeasyPrint, a program of its own: what it does wrong cannot harm the server.
///
/// It gets the page by standard input and may fetch nothing; at most two run at once, and one that hangs is stopped.
package struct WeasyPrint: Paper {
    private let program: String
    private let style: String
    private let turnstile = Turnstile(places: 2)

    /// The longest a document may take.
    private static let patience = Duration.seconds(30)
    private static let largest = 20_000_000

    /// - Parameters:
    ///   - program: path of the program, or its name to be looked up.
    ///   - style: path of the style sheet for paper.
    package init(program: String, style: String) {
        self.program = program
        self.style = style
    }

    package func pdf(html: String, language: Language) async throws -> Data {
        await turnstile.enter()
        defer { turnstile.leave() }
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        let arguments: Arguments = [
            "--quiet", "--pdf-variant", "pdf/ua-1", "--encoding", "utf-8", "--allowed-protocols", "data", "--stylesheet", style,
            "-", "-",
        ]
        do {
            return try await withThrowingTaskGroup(of: Data.self) { group in
                group.addTask {
                    let result = try await run(
                        executable, arguments: arguments, input: .string(html), output: .data(limit: Self.largest),
                        error: .discarded)
                    guard result.terminationStatus.isSuccess, result.standardOutput.starts(with: "%PDF-".utf8) else {
                        throw PaperUnavailable(reason: "failed")
                    }
                    return result.standardOutput
                }
                group.addTask {
                    try await Task.sleep(for: Self.patience)
                    throw PaperUnavailable(reason: "slow")
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw PaperUnavailable(reason: "failed") }
                return first
            }
        } catch let unavailable as PaperUnavailable {
            throw unavailable
        } catch {
            throw PaperUnavailable(reason: "\(type(of: error))")
        }
    }
}

/// No PDF program: the print page remains.
package struct NoPaper: Paper {
    package init() {}
    package func pdf(html: String, language: Language) async throws -> Data { throw PaperUnavailable(reason: "none") }
}

/// Lets a few in at a time; the others wait their turn in order.
private final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(places: Int) { state = Mutex(State(free: places)) }

    func enter() async {
        await withCheckedContinuation { continuation in
            let free = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if free { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
