import ArgumentParser
import Domain
import Foundation
import UseCases

/// Writes a version that lives in the journal as files, as a folder of plans holds them.
struct ExportPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a draft, or a version put in force here, as YAML files in a new folder.")

    @OptionGroup var place: InstallationOptions

    @Argument(help: "The version, such as name/2024-2028.")
    var version: String

    @Argument(help: "The folder to make; it must be empty or not be there.")
    var folder: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let version: String
        let state: String
        let files: [String]
    }

    func run() async throws {
        let opened = try await place.open()
        let found = try await opened.installation.planVersion(PlanKey(version))
        try await opened.close()
        guard found.exists else { throw CommandRefusal("there is no version \(version) in the journal") }
        guard !found.files.isEmpty else {
            throw CommandRefusal("the files of \(version) stand in the folder of plans already")
        }
        let target = URL(filePath: folder, directoryHint: .isDirectory)
        let files = FileManager.default
        if let there = try? files.contentsOfDirectory(atPath: target.path), !there.isEmpty {
            throw CommandRefusal("\(folder) is not empty: nothing was written")
        }
        let texts = found.dated.filter { PlanVersion.isFile($0.key) }
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            let file = target.appending(path: path)
            try files.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        if json {
            return try Output.json(
                Result(version: version, state: found.state.rawValue, files: texts.keys.sorted()))
        }
        Output.line("\(folder): \(texts.count) files of \(version), \(found.state.rawValue)")
    }
}
