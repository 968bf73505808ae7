import ArgumentParser
import Domain
import Foundation
import UseCases

/// Which installation a command is about.
struct InstallationOptions: ParsableArguments {
    @Argument(help: "The data folder.")
    var directory: String

    @Option(help: "The file of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @Option(help: "The list of erasures, when it is not where the data folder says.")
    var erasures: String?

    @OptionGroup var stores: DatabaseOptions

    @Option(help: "Start the clock at another moment, such as 2026-11-02T09:00 (demonstrations and tests only).")
    var at: LocalTime?

    /// Opens it for use.
    func open() async throws -> OpenInstallation {
        let place = try stores.place()
        return try await OpenInstallation(
            DataFolder.find(directory, keyFile: keyFile, erasures: erasures, in: place), in: place, at: at?.instant)
    }
}
