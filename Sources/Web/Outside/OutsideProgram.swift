import Foundation
import Subprocess

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
        /// It ended with another status than 0 or before it had read everything, or could not be started.
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

    /// - Parameters:
    ///   - program: path of the program, or its name to be looked up.
    ///   - patience: how long it may take.
    init(_ program: String, patience: Duration) {
        executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        self.patience = patience
    }

    /// Runs it with a text on its standard input, and returns what it wrote to its standard output.
    ///
    /// - Throws: `Trouble`, or the error of starting it.
    func run(_ arguments: [String], input: String, most: Int) async throws -> Data {
        let text = try Self.memory(holding: input)
        defer { try? text.close() }
        return try await withThrowingTaskGroup(of: Data.self) { group in
            group.addTask {
                let result = try await Subprocess.run(
                    executable, arguments: Arguments(arguments), platformOptions: Self.apart,
                    input: .fileDescriptor(text, closeAfterSpawningProcess: false), output: .data(limit: most),
                    error: .discarded)
                // Its place in the text is that of the program: what was not read was not brought away, whatever it says.
                guard result.terminationStatus.isSuccess, try text.seek(offset: 0, from: .current) == input.utf8.count else {
                    throw Trouble.failed
                }
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

    /// A text as a file that lies in memory under no name.
    ///
    /// Through a pipe a program that ends before it has read everything would take the server with it: the library that starts
    /// programs does not forgive a pipe that breaks. And what is in a letter never comes on a disk.
    /// - Throws: the error of the system when there is no room.
    private static func memory(holding text: String) throws -> FileDescriptor {
        let name = "/sentrum-\(UUID().uuidString)"
        let opened = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        shm_unlink(name)
        let file = FileDescriptor(rawValue: opened)
        do {
            try file.writeAll(text.utf8)
            try file.seek(offset: 0, from: .start)
            return file
        } catch {
            try? file.close()
            throw error
        }
    }
}
