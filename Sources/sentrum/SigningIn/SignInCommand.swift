import ArgumentParser
import Domain
import Foundation
import SignIn
import UseCases

/// Signing in elsewhere: with the account of a school or a partnership.
struct SignInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in", abstract: "Look at the settings for signing in elsewhere.",
        subcommands: [CheckSignInCommand.self])
}

/// Says everything that is wrong with the settings for signing in elsewhere.
struct CheckSignInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with sign-in.yaml, by line and key, and look at each provider when asked.")

    @Argument(help: "The data folder.")
    var directory: String

    @Flag(help: "Also ask each provider for its description and keys, as signing in does.")
    var ask = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Provider: Encodable {
            let key: String
            let issuer: String
            /// The page of this site that has to be registered there, after the address of the site.
            let back: String
            /// Why it cannot be used as it answers now; nil when it can, or was not asked.
            let trouble: String?
        }

        let providers: [Provider]
    }

    func run() async throws {
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        guard let settings = try SignInSettings.of(folder) else {
            throw CommandRefusal("\(directory) holds no \(SignInSettings.fileName): nobody signs in elsewhere")
        }
        let opened = try settings.open(
            in: folder, environment: ProcessInfo.processInfo.environment, outside: OutsideWeb(), clock: SystemClock())
        var providers: [Result.Provider] = []
        for (provider, opened) in zip(settings.providers, opened) {
            let trouble = ask ? await opened.trouble() : nil
            providers.append(
                Result.Provider(
                    key: provider.key, issuer: provider.issuer, back: "/aanmelden/via/\(provider.key)/terug",
                    trouble: trouble?.rawValue))
        }
        let result = Result(providers: providers)
        if json {
            try Output.json(result)
        } else {
            for provider in result.providers {
                let state = provider.trouble.map { "trouble: \($0)" } ?? (ask ? "answers as it should" : "set up")
                Output.line("\(provider.key): \(provider.issuer), back at \(provider.back): \(state)")
            }
        }
        if result.providers.contains(where: { $0.trouble != nil }) { throw ExitCode(Ending.refused) }
    }
}
