import ArgumentParser
import Domain
import Plan

/// Writes a plan as a readable page.
struct RenderPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Write a plan as a readable page in Markdown, each part with its source.")

    @Argument(help: "The folder of one version.")
    var folder: String

    @Option(help: "Language of the page: nl or en.")
    var language = Language.nl

    func run() async throws {
        guard let version = try PlanVersions([folder]).versions.first else { throw CommandRefusal("\(folder) holds no plan") }
        let rules = try PlanLoader.load(version.key, from: version.folder)
        Output.line(PlanPage(rules, language).text)
    }
}
