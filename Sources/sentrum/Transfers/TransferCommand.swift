import ArgumentParser
import Domain
import Foundation
import Journal
import UseCases

/// Handing dossiers over to other partnerships: whom this one knows, and by what others know it.
struct TransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer", abstract: "Say which partnerships dossiers can be handed over to, and come from.",
        subcommands: [
            OwnCardCommand.self, TrustCardCommand.self, ListCardsCommand.self, ForgetCardCommand.self,
        ])
}

/// The data folder of which a command of `transfer` is; it opens no store.
struct PartnersOptions: ParsableArguments {
    @Argument(help: "The data folder.")
    var directory: String

    func partners() throws -> PartnersFolder {
        let folder = DataFolder(URL(filePath: directory, directoryHint: .isDirectory))
        guard FileManager.default.fileExists(atPath: folder.plans.path) else {
            throw CommandRefusal("\(directory) holds no installation: make one with `sentrum init` or `sentrum demo`")
        }
        return PartnersFolder(folder, name: try folder.shelf().inForce(on: SystemClock().now().day).partnership.name)
    }
}

/// Prints the card of this partnership, for others to keep.
struct OwnCardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Print the card of this partnership, to give to others; there is no secret in it.")

    @OptionGroup var place: PartnersOptions

    func run() async throws {
        let card = try place.partners().keyOrNew().card
        Output.line(card.description.trimmed)
        Output.problem("read this to each other: \(card.fingerprint)")
    }
}

/// Keeps the card of another partnership.
struct TrustCardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Keep the card of another partnership, after its signs were read to you by voice.")

    @OptionGroup var place: PartnersOptions

    @Argument(help: "The file with the card.")
    var card: String

    @Option(help: "What the other read to you, from `sentrum transfer card` there.")
    var fingerprint: String

    func run() async throws {
        guard let text = try? String(contentsOfFile: card, encoding: .utf8), let read = TransferCard(text) else {
            throw CommandRefusal("\(card) is no card")
        }
        // Whoever sent the card by mail could be somebody else.
        guard read.fingerprint == fingerprint.trimmed.lowercased() else {
            throw CommandRefusal(
                "these are not the signs of this card: nothing was kept",
                details: ["somebody may have put another card in its place; ask the other to read again"])
        }
        try place.partners().trust(read)
        Output.line("\(read.name) is known: dossiers can be handed over to it and come from it")
    }
}

/// Lists the partnerships that are known.
struct ListCardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the partnerships that are known.")

    @OptionGroup var place: PartnersOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Known: Encodable {
        let name: String
        let fingerprint: String
    }

    func run() async throws {
        let known = try place.partners().partners().map { Known(name: $0.name, fingerprint: $0.fingerprint) }
        if json { return try Output.json(known) }
        for card in known { Output.line("\(card.fingerprint)  \(card.name)") }
        if known.isEmpty { Output.line("no partnership is known yet") }
    }
}

/// Takes the card of another partnership away.
struct ForgetCardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Take the card of another partnership away: nothing goes there or comes from there from now on.")

    @OptionGroup var place: PartnersOptions

    @Argument(help: "The signs of the card, as `list` prints them.")
    var fingerprint: String

    func run() async throws {
        let found = try place.partners().files().filter { $0.card.fingerprint == fingerprint.trimmed.lowercased() }
        guard !found.isEmpty else { throw CommandRefusal("no card with these signs is kept") }
        for (file, card) in found {
            try FileManager.default.removeItem(at: file)
            Output.line("\(card.name) is not known any more")
        }
    }
}
