import Domain
import Foundation
import Synchronization

/// Makes tagged PDFs with WeasyPrint, a program of its own: what it does wrong cannot harm the server.
///
/// It gets the page by standard input and may fetch nothing; at most two run at once, and one that hangs is stopped.
package struct WeasyPrint: Paper {
    private let program: OutsideProgram
    private let style: String
    private let turnstile = Turnstile(places: 2)

    /// The longest a document may take.
    private static let patience = Duration.seconds(30)
    private static let largest = 20_000_000

    /// - Parameters:
    ///   - program: path of the program, or its name to be looked up.
    ///   - style: path of the style sheet for paper.
    package init(program: String, style: String) {
        self.program = OutsideProgram(program, patience: Self.patience)
        self.style = style
    }

    package func pdf(html: String, language: Language) async throws -> Data {
        await turnstile.enter()
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
