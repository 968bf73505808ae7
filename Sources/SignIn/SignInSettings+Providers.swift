import Domain
import Foundation
import Plan
import UseCases

extension SignInSettings {
    /// The settings of an installation; nil when it has none, and then nobody signs in elsewhere.
    ///
    /// - Parameter folder: the data folder of the installation.
    /// - Throws: `PlanProblems` with everything that is wrong.
    package static func of(_ folder: URL) throws -> SignInSettings? {
        let file = folder.appending(path: fileName)
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return nil }
        return try read(try String(contentsOf: file, encoding: .utf8))
    }

    /// The providers, each with its secret.
    ///
    /// - Parameters:
    ///   - folder: the data folder of the installation.
    ///   - environment: where a secret may stand instead of in a file.
    ///   - outside: what asks other machines.
    /// - Throws: `SecretProblem`.
    package func open(
        in folder: URL, environment: [String: String], outside: any Outside, clock: any Clock
    ) throws -> [OpenIDProvider] {
        try providers.map { provider in
            OpenIDProvider(
                provider, secret: try provider.loadedSecret(in: folder, environment: environment), outside: outside,
                clock: clock)
        }
    }

    /// A secret that is not there or lies open; says which, and never what.
    package struct SecretProblem: Error, Hashable, Sendable {
        package let message: String
    }
}

extension SignInSettings.Provider {
    fileprivate func loadedSecret(in folder: URL, environment: [String: String]) throws -> String {
        func problem(_ text: String) -> SignInSettings.SecretProblem {
            SignInSettings.SecretProblem(message: "\(SignInSettings.fileName): providers.\(key): \(text)")
        }
        switch secret {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw problem("the variable \(name) is not set")
            }
            return value
        case .file(let path):
            let file = path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
            let place = file.path(percentEncoded: false)
            guard let contents = FileManager.default.contents(atPath: place), contents.count <= 10_000,
                let text = String(data: contents, encoding: .utf8)
            else { throw problem("the file \(path) with the secret is not there") }
            let mode = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? NSNumber
            guard let mode, mode.intValue & 0o077 == 0 else {
                throw problem("others can read the file \(path) with the secret: chmod 600 it")
            }
            let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !value.isEmpty else { throw problem("the file \(path) with the secret is empty") }
            return value
        }
    }
}

extension OpenIDProvider {
    /// What is wrong with the provider as it answers now; nil when it can be used.
    package func trouble() async -> SignInTrouble? {
        do throws(SignInTrouble) {
            _ = try await address(
                asking: SignInQuestion(
                    state: "", nonce: "", verifier: "", back: "", isAnew: false, asked: Instant(milliseconds: 0)))
            try await lookAtKeys()
            return nil
        } catch {
            return error
        }
    }
}
