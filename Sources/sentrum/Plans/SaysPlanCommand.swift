import ArgumentParser
import Domain
import Foundation
import Plan

/// Writes how a plan words things as examples, so that no text changes unseen.
struct SaysPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "says",
        abstract: "Write the texts of a plan, line by line, as a file of examples: none changes unseen after it.")

    @Argument(help: "The folder of one version.")
    var folder: String

    @Flag(help: "Write it to examples/says.yaml of the version instead of printing it.")
    var write = false

    func run() async throws {
        guard let version = try PlanVersions([folder]).versions.first else { throw CommandRefusal("\(folder) holds no plan") }
        let text = PlanSayings.file(of: try PlanLoader.open(version.key, from: version.folder))
        guard write else { return FileHandle.standardOutput.write(Data(text.utf8)) }
        let file = "\(version.folder.root)/\(version.key.rawValue)/examples/says.yaml"
        try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        Output.line(file)
    }
}
