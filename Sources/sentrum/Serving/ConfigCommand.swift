import ArgumentParser
import Foundation
import SignIn

/// The settings with which a server would serve.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at the settings with which a server would serve.",
        subcommands: [CheckConfigCommand.self, CheckManyConfigCommand.self])
}

/// Says which settings hold, where each comes from, and what will not work with them. Changes nothing and opens no store, so it
/// can be asked while the server runs.
struct CheckConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say which settings hold and where each comes from, and everything that will not work with them.",
        discussion: "Ends with 2 when something will not work; what works less well is told and does not change that.")

    @Argument(help: "The data folder.")
    var directory: String

    @Option(help: "The file of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @OptionGroup var options: ServeOptions

    @OptionGroup var stores: DatabaseOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let folder = try DataFolder.find(directory, keyFile: keyFile, in: try stores.place())
        let settings = try options.settings(of: folder.root)
        try ConfigReport(settings, ConfigTrial(settings, of: folder)).tell(asJSON: json)
    }
}

/// The same for the server of a house with many partnerships: what is found of one is told with its name.
struct CheckManyConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-many", abstract: "The same as check, for all that serve-many would serve.")

    @OptionGroup var house: HouseOptions

    @OptionGroup var options: ServeOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let house = try house.house()
        let settings = try options.settings(of: house.root)
        try ServeManyCommand.refuseAddress(settings)
        try ConfigReport(settings, ConfigTrial(settings, of: house)).tell(asJSON: json)
    }
}

/// The settings that hold, and what came of trying them.
private struct ConfigReport: Encodable {
    struct Setting: Encodable {
        let name: String
        let values: [String]
        let origin: ServeSettings.Origin
    }

    let settings: [Setting]
    /// What will not work.
    let problems: [String]
    /// What works less well.
    let remarks: [String]

    init(_ settings: ServeSettings, _ trial: ConfigTrial) {
        self.settings = ServeSetting.allCases.compactMap { setting in
            settings.found(setting).map { Setting(name: setting.rawValue, values: $0.values, origin: $0.origin) }
        }
        problems = trial.problems
        remarks = trial.remarks
    }

    /// Prints it.
    ///
    /// - Throws: the exit code of what is refused, when something will not work.
    func tell(asJSON: Bool) throws {
        if asJSON {
            try Output.json(self)
        } else {
            let width = ServeSetting.allCases.map(\.rawValue.count).max() ?? 0
            for setting in settings {
                let name = setting.name.padding(toLength: width, withPad: " ", startingAt: 0)
                Output.line("\(name)  \(setting.values.joined(separator: ", "))  (\(setting.origin.rawValue))")
            }
            for remark in remarks { Output.line("note: \(remark)") }
            for problem in problems { Output.problem("problem: \(problem)") }
            if problems.isEmpty { Output.line("a server can serve with this") }
        }
        if !problems.isEmpty { throw ExitCode(Ending.refused) }
    }
}
