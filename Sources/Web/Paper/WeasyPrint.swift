import Domain
import Foundation
import Synchronization

/// Makes tagged PDFs with WeasyPrint, a program of its own: what it does wrong cannot harm the server.
///
/// It gets the page by standard input and may fetch nothing; two run at once, some wait, and one that hangs is stopped.
package struct WeasyPrint: Paper {
    private let program: OutsideProgram
    private let style: String
    private let turnstile: Turnstile

    /// The longest a document may take.
    private static let patience = Duration.seconds(30)
    private static let largest = 20_000_000

    /// - Parameters:
    ///   - program: path of the program, or its name to be looked up.
    ///   - style: path of the style sheet for paper.
    ///   - waiting: how many documents may wait for their turn; the next one is refused, because it would come too late.
    package init(program: String, style: String, waiting: Int = 20) {
        self.program = OutsideProgram(program, patience: Self.patience)
        self.style = style
        turnstile = Turnstile(places: 2, waiting: waiting)
    }

    package func pdf(html: String, language: Language) async throws -> Data {
        guard await turnstile.enter() else { throw PaperUnavailable(reason: "busy") }
        defer { turnstile.leave() }
        do {
            let pdf = try await program.run(
                [
                    "--quiet", "--pdf-variant", "pdf/ua-1", "--encoding", "utf-8", "--allowed-protocols", "data",
                    "--stylesheet", style, "-", "-",
                ], input: html, most: Self.largest)
            guard pdf.starts(with: "%PDF-".utf8) else { throw PaperUnavailable(reason: "failed") }
            return pdf
        } catch let trouble as OutsideProgram.Trouble {
            throw PaperUnavailable(reason: trouble.rawValue)
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

/// Lets a few in at a time; some others wait their turn in order, and who comes after them is sent away.
private final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Bool, Never>] = []
    }

    private let state: Mutex<State>
    private let most: Int

    init(places: Int, waiting: Int) {
        state = Mutex(State(free: places))
        most = waiting
    }

    /// True once there is a place; false when too many wait already.
    func enter() async -> Bool {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state -> Bool? in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                guard state.waiting.count < most else { return false }
                state.waiting.append(continuation)
                return nil
            }
            if let now { continuation.resume(returning: now) }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: true)
    }
}
