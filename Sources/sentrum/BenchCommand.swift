import ArgumentParser
import Foundation

/// Measures what disk, database and journal can do at best where the data is: the yardstick for the program's own figures.
///
/// Everything is written in a folder of its own inside the given one and taken away again; the data is not touched.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the disk, the database and the journal where the data is.",
        discussion: "Nothing of the data is read or changed. `make bench` measures the pages as well.")

    @Argument(help: "The folder of an installation, or any folder on the same disk.")
    var directory: String

    @Option(help: "Seconds that each measurement takes.")
    var seconds = 2.0

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder), isFolder.boolValue else {
            throw ValidationError("\(directory) is not a folder")
        }
        guard seconds > 0, seconds <= 600 else { throw ValidationError("--seconds goes from above 0 to 600") }
    }

    func run() async throws {
        let scratch = URL(filePath: directory).appending(path: ".bench-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(
            at: scratch, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: scratch) }
        let time = Duration.seconds(seconds)
        var rates = [try DiskBench(folder: scratch).sync(for: time)]
        let commits = try CommitBench(folder: scratch)
        rates.append(try commits.alone(for: time))
        rates.append(try await commits.together(32, for: time))
        try commits.close()
        let journal = try JournalBench(folder: scratch)
        for writers in [1, 4, 32, 64] { rates.append(try await journal.appends(writers, for: time)) }
        try journal.close()
        if json {
            try Output.json(rates)
        } else {
            for rate in rates { Output.line(rate.line) }
        }
    }
}
