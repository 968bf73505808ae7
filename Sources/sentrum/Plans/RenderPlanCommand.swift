import ArgumentParser
import Domain
import Plan
import Web

/// Writes a plan as readable text.
struct RenderPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Write a plan as readable text in Markdown, as its pages say it, each part with its source and its examples.")

    @Argument(help: "The folder of one version.")
    var folder: String

    @Option(help: "Language of the text: nl or en.")
    var language = Language.nl

    func run() async throws {
        guard let version = try PlanVersions([folder]).versions.first else { throw CommandRefusal("\(folder) holds no plan") }
        // Read and checked first, so that nobody reads a plan that cannot hold.
        _ = try PlanLoader.load(version.key, from: version.folder)
        let plan = try WholePlan(version.key, from: version.folder)
        Output.line(PlanMarkdown(plan, try Face(resources: Site.resources).texts(language)).text)
    }
}
