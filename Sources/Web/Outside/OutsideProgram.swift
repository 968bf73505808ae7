import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A program of somebody else that does a piece of work: what it does wrong cannot harm the server, and one that hangs is
/// stopped.
struct OutsideProgram: Sendable {
    /// Why it did not do its work.
    enum Trouble: String, Error {
        /// It ended with another status than 0, or could not be started.
        case failed
        case slow
    }

    private let executable: Executable
    private let patience: Duration
    /// A program that has to be stopped is stopped with all that it began.
    private static let apart: PlatformOptions = {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        return options
    }()

    /// A pipe that breaks is an error and no signal, which would end this process. The server has it so for its own connections.
    private static let hasNoSignalOfPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// - Parameters:
    ///   - program: path of the program, or its name to be looked up.
    ///   - patience: how long it may take.
    init(_ program: String, patience: Duration) {
        _ = Self.hasNoSignalOfPipes
        executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        self.patience = patience
    }

    /// What the program reads.
    ///
    /// One that ends before it has read all of it breaks the pipe. The library gives that on as an error and then ends this whole
    /// process, because it did not close its own end; so it never hears of it, and who runs the program asks afterwards.
    private final class Text: InputProtocol {
        private let text: String
        private let written = Mutex(false)

        init(_ text: String) { self.text = text }

        /// Whether all of it was taken by the system for the program.
        var isWritten: Bool { written.withLock { $0 } }

        func write(with writer: StandardInputWriter) async throws {
            let bytes = Array(text.utf8)
            let count = try? await writer.write(bytes)
            written.withLock { $0 = count == bytes.count }
        }
    }

    /// Runs it with a text on its standard input, and returns what it wrote to its standard output.
    ///
    /// - Throws: `Trouble`, or the error of starting it.
    func run(_ arguments: [String], input: String, most: Int) async throws -> Data {
        try await withThrowingTaskGroup(of: Data.self) { group in
            group.addTask {
                let text = Text(input)
                let result = try await Subprocess.run(
                    executable, arguments: Arguments(arguments), platformOptions: Self.apart, input: text,
                    output: .data(limit: most), error: .discarded)
                guard result.terminationStatus.isSuccess, text.isWritten else { throw Trouble.failed }
                return result.standardOutput
            }
            group.addTask {
                try await Task.sleep(for: patience)
                throw Trouble.slow
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw Trouble.failed }
            return first
        }
    }
}
