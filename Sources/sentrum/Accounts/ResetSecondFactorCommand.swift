import ArgumentParser
import Domain
import Journal
import UseCases

/// Takes the second factor of somebody away whose telephone is gone.
struct ResetSecondFactorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset-second-factor",
        abstract: "Take the second factor of somebody away whose telephone and recovery codes are gone; every session ends.",
        discussion: "Make sure who asks: it is what an impostor would ask for. They set it up anew when they sign in.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Mail address of the person.")
    var email: String

    func run() async throws {
        let opened = try await place.open()
        let person = try await opened.installation.person(email: email)
        guard try await opened.installation.vault.accounts.secondFactor(of: person.id) != nil else {
            throw CommandRefusal("this person has no second factor")
        }
        try await opened.installation.resetSecondFactor(of: person.id, as: .program)
        try await opened.close()
        Output.line("the second factor is gone; it is set up anew when this person signs in")
    }
}
