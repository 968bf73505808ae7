import ArgumentParser
import Domain
import Foundation
import Journal

/// Lists the backups in a folder.
struct ListBackupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the backups in a folder, the oldest first. No key is needed.")

    @Argument(help: "The folder of the backups.")
    var to: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Line: Encodable {
        let moment: Instant
        let files: Int
        let bytes: Int64
        let events: Int64
    }

    func run() async throws {
        let place = try BackupPlace(URL(filePath: to, directoryHint: .isDirectory), .contents)
        let found = try place.look()
        let lines = found.readable.map { manifest in
            Line(
                moment: manifest.moment, files: manifest.files.count, bytes: manifest.bytes, events: manifest.journal?.size ?? 0)
        }
        if json {
            try Output.json(lines)
        } else {
            for line in lines {
                Output.line("\(line.moment)  \(line.events) events  \(line.files) files  \(said(line.bytes))")
            }
            if lines.isEmpty { Output.line("no backups") }
        }
        for name in found.unreadable { Output.problem("moments/\(name) cannot be read as the manifest of a backup") }
        if !found.unreadable.isEmpty { throw ExitCode(Ending.refused) }
    }
}
