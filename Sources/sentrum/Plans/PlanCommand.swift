import ArgumentParser
import Domain
import Foundation
import Plan

/// Checks, shows and explains plans.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Check a plan, write it as a readable page, explain an outcome, compare two, or export one.",
        subcommands: [
            CheckPlanCommand.self, RenderPlanCommand.self, ExplainPlanCommand.self, DiffPlanCommand.self, ExportPlanCommand.self,
            MutatePlanCommand.self, SaysPlanCommand.self,
        ])
}

/// A language as typed.
extension Language: ExpressibleByArgument {}

/// Versions of plans as they were named on the command line.
struct PlanVersions {
    let versions: [(folder: PlanFolder, key: PlanKey)]

    /// - Parameter paths: folders of versions, or of partnerships for all their versions.
    /// - Throws: `CommandRefusal` for a folder without a plan.
    ///   Files, and folders in which no plan can be (the law, a demo), are passed over when several paths are given, because a
    ///   pattern such as `plans/*/*` names them too.
    init(_ paths: [String]) throws {
        let several = paths.count > 1
        let found = try paths.flatMap { path -> [(PlanFolder, PlanKey)] in
            let given = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
            if FileManager.default.fileExists(atPath: given.appending(path: "plan.yaml").path),
                let found = PlanFolder.locate(given.path)
            {
                return [found]
            }
            let folder = PlanFolder(given.deletingLastPathComponent().path)
            let keys = PlanLoader.keys(of: given.lastPathComponent, in: folder)
            guard !keys.isEmpty || several else { throw CommandRefusal("\(path) holds no plan") }
            return keys.map { (folder, $0) }
        }
        guard !found.isEmpty else { throw CommandRefusal("\(paths.joined(separator: ", ")) hold no plan") }
        versions = found
    }
}
