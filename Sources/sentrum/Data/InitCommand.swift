import Foundation
import ArgumentParser
import Domain
import Journal
import UseCases

/// Makes a new installation for a partnership.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make an installation: folder, keys, plan and the first administrator.")

    @Argument(help: "The folder to make; it must be empty or not be there.")
    var directory: String

    @Option(help: "The folder of the partnership's plans, or of one version.")
    var plan: String

    @Option(help: "The folder with the rules of law; beside the plan when not given.")
    var law: String?

    @Option(help: "Where to write the master key; in DIRECTORY/keys/master.key when not given.")
    var keyFile: String?

    @Option(help: "Where to keep the list of erasures, outside the folder; beside it as DIRECTORY.erasures when not given.")
    var erasures: String?

    @OptionGroup var stores: DatabaseOptions

    @Option(help: "Name of the first administrator.")
    var adminName: String

    @Option(help: "Mail address of the first administrator.")
    var adminEmail: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let partnership: String
        let plans: [String]
        let administrator: String
        let password: String?
        let masterKey: String
    }

    func run() async throws {
        guard EmailAddress.looksRight(adminEmail.trimmed) else {
            throw ValidationError("--admin-email must be a mail address")
        }
        guard !adminName.trimmed.isEmpty else { throw ValidationError("--admin-name must not be empty") }
        let (folder, shelf) = try DataFolder.make(
            directory, plan: PlanSource(plan, law: law), keyFile: keyFile, erasures: erasures)
        let place = try stores.place()
        do {
            // Several nodes share a list in their database; a file beside it is kept when somebody says where.
            if case .folder = place { try folder.keepErasures() } else if erasures != nil { try folder.keepErasures() }
        } catch {
            Output.problem("the list of erasures cannot be made at \(folder.erasures.path(percentEncoded: false)):")
            Output.problem("nothing is destroyed until `serve --erasures FILE` says where it can be kept")
        }
        let opened = try await OpenInstallation(folder, in: place, shelf: shelf)
        let installation = opened.installation
        let partnership = installation.rules.partnership
        try await installation.register(
            Organisation(id: .partnership, kind: "partnership", name: partnership.name, code: partnership.code), as: .program)
        let (person, password) = try await installation.register(name: adminName, email: adminEmail, as: .program)
        let grant = FunctionGrant(
            id: installation.chance.key(),
            held: HeldFunction(function: Person.administrator, organisation: .partnership, from: installation.today))
        _ = try await installation.perform(.grant(grant), on: person, as: .program)
        try await opened.close()
        let result = Result(
            partnership: partnership.name, plans: shelf.versions.map(\.key.rawValue), administrator: adminEmail.trimmed,
            password: password, masterKey: folder.keyFile.path)
        if json { return try Output.json(result) }
        Output.line("\(directory): an installation for \(result.partnership)")
        Output.line("plan           \(result.plans.joined(separator: ", "))")
        if let first = shelf.versions.map(\.inForce).min(), first > installation.today {
            Output.line("               in force from \(first), and followed until then as well: there is no other")
        }
        Output.line("master key     \(result.masterKey)")
        Output.line("administrator  \(result.administrator)")
        if let password { Output.line("password       \(password)   shown once: change it after signing in") }
        Output.line("Keep a copy of the master key somewhere else: without it nothing can be read.")
    }
}
