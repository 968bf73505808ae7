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
        let place = try stores.place()
        try place.reach()
        try await DataFolder.make(
            directory, plan: PlanSource(plan, law: law), keyFile: keyFile, erasures: erasures
        ) { folder, shelf in try tell(try await fill(folder, shelf, in: place), shelf) }
    }

    /// Opens the stores, and registers the partnership and its first administrator.
    private func fill(_ folder: DataFolder, _ shelf: PlanShelf, in place: StorePlace) async throws -> Result {
        do {
            // Several nodes share a list in their database; a file beside it is kept when somebody says where.
            if case .folder = place { try folder.keepErasures() } else if erasures != nil { try folder.keepErasures() }
        } catch {
            Output.problem("the list of erasures cannot be made at \(folder.erasures.path(percentEncoded: false)):")
            Output.problem("nothing is destroyed until `serve --erasures FILE` says where it can be kept")
        }
        do {
            let opened = try await OpenInstallation(folder, in: place, shelf: shelf)
            let password = try await administrator(of: opened.installation)
            try await opened.close()
            return Result(
                partnership: opened.installation.rules.partnership.name, plans: shelf.versions.map(\.key.rawValue),
                administrator: adminEmail.trimmed, password: password, masterKey: folder.keyFile.path)
        } catch {
            switch (place, error) {
            // Of a database that is another's nothing was made.
            case (.folder, _), (.postgres, JournalFault.masterKeyWrong): throw error
            // It belongs to the key that was made for it by now, or may.
            case (.postgres, _): throw HalfMade(cause: error)
            }
        }
    }

    /// Registers the partnership and who administers it.
    ///
    /// - Returns: the password, shown once.
    private func administrator(of installation: Installation) async throws -> String? {
        let partnership = installation.rules.partnership
        try await installation.register(
            Organisation(id: .partnership, kind: "partnership", name: partnership.name, code: partnership.code), as: .program)
        let (person, password) = try await installation.register(name: adminName, email: adminEmail, as: .program)
        let grant = FunctionGrant(
            id: installation.chance.key(),
            held: HeldFunction(function: Person.administrator, organisation: .partnership, from: installation.today))
        _ = try await installation.perform(.grant(grant), on: person, as: .program)
        return password
    }

    private func tell(_ result: Result, _ shelf: PlanShelf) throws {
        if json { return try Output.json(result) }
        let today = SystemClock().now().day
        Output.line("\(directory): an installation for \(result.partnership)")
        Output.line("plan           \(result.plans.joined(separator: ", "))")
        if let first = shelf.versions.map(\.inForce).min(), first > today {
            Output.line("               in force from \(first), and followed until then as well: there is no other")
        }
        Output.line("master key     \(result.masterKey)")
        Output.line("administrator  \(result.administrator)")
        if let password = result.password { Output.line("password       \(password)   shown once: change it after signing in") }
        Output.line("Keep a copy of the master key somewhere else: without it nothing can be read.")
    }
}
