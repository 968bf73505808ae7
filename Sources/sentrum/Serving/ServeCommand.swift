import ArgumentParser
import Domain
import Foundation
import Web

/// Serves an installation to browsers and programs.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve an installation over HTTP.")

    @OptionGroup var place: InstallationOptions

    @OptionGroup var options: ServeOptions

    @Flag(help: "Also serve the bare page /gezond/kaal, to hold the others against when measuring.")
    var bench = false

    func run() async throws {
        // Before anything is opened: with settings that cannot be used nothing happens.
        let settings = try options.settings(of: URL(filePath: place.directory, directoryHint: .isDirectory))
        let opened = try await place.open()
        let serving = Serving(settings)
        let certificates = try serving.certificates()
        var way = ServedInstallation.Way(
            settings: settings, address: settings.address, witnesses: settings.witnesses, isMeasured: bench)
        if let certificates { way.certificate = { await certificates.standing(nil) } }
        let served = try await ServedInstallation(
            opened, way, face: try Face(resources: Site.resources), logger: serving.logger)
        let practice = served.practice
        let listener = serving.listener(certificates: certificates) { line in
            Output.line(line)
            for role in practice?.roles ?? [] { Output.line("  \(role.title.nl): \(role.email)  \(role.password)") }
        }
        try await serving.run(
            [try listener.application(WebServer(site: served.site)), served.housekeeping],
            watched: { await Watched(served.watch) })
        try await opened.close()
    }
}
