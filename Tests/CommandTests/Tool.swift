import Foundation
import Testing

/// The built command, run as a user runs it.
struct Tool {
    /// What came of one run.
    struct Run {
        let status: Int32
        let out: String
        let err: String

        /// The result that `--json` printed.
        func json<Result: Decodable>(_ type: Result.Type = Result.self) throws -> Result {
            try JSONDecoder().decode(type, from: Data(out.utf8))
        }
    }

    /// Beside the program that runs the tests.
    static let program: URL = {
        if let named = ProcessInfo.processInfo.environment["SENTRUM_PROGRAM"] { return URL(filePath: named) }
        return URL(filePath: CommandLine.arguments[0]).standardizedFileURL.deletingLastPathComponent().appending(path: "sentrum")
    }()

    /// The folder of this project.
    static let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL

    /// Runs a program to its end, in the folder of the project.
    static func run(_ program: URL = Tool.program, _ arguments: [String]) throws -> Run {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files and not pipes: a full pipe would stop the program.
        let files = ["out", "err"].map { folder.appending(path: $0) }
        for file in files { try Data().write(to: file) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = project
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, out: try String(contentsOf: files[0], encoding: .utf8),
            err: try String(contentsOf: files[1], encoding: .utf8))
    }

    /// Runs the command.
    static func sentrum(_ arguments: String...) throws -> Run { try run(Tool.program, arguments) }

    /// Runs statements on a database in the shell of SQLite.
    static func sqlite(_ database: URL, _ statements: String) throws {
        let done = try run(sqliteShell, [database.path, statements])
        #expect(done.status == 0, "\(done.err)")
    }

    static let sqliteShell = URL(filePath: "/usr/bin/sqlite3")
    static let hasSQLiteShell = FileManager.default.isExecutableFile(atPath: sqliteShell.path)
}

/// A folder that goes away with the test.
final class Scratch: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A path in it.
    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A new installation, made by the command.
    func installation(_ name: String = "data") throws -> String {
        let made = try Tool.sentrum(
            "init", path(name), "--plan", "plans/spow", "--admin-name", "An Beheer", "--admin-email", "an@example.org")
        #expect(made.status == 0, "\(made.err)")
        return path(name)
    }

    /// A small demo, made by the command.
    func demo(_ name: String = "demo", pupils: Int = 12, seed: Int = 7) throws -> String {
        let made = try Tool.sentrum(
            "demo", path(name), "--pupils", String(pupils), "--seed", String(seed), "--at", "2026-11-02T09:00")
        #expect(made.status == 0, "\(made.err)")
        return path(name)
    }
}
