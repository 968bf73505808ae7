import JournalSQLite
import ArgumentParser
import Domain
import Foundation
import Journal
import UseCases

/// Writes every event, opened, as lines of JSON.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write every event to standard output, opened, one line of JSON each.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Begin after the event with this sequence.")
    var after: Int64 = 0

    private struct Line: Encodable {
        let sequence: Int64
        let stream: String
        let version: Int
        let type: String
        let at: Instant
        let actor: String
        let onBehalfOf: String?
    }

    private static let page = 2_000

    func run() async throws {
        let opened = try await place.open()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var last = after
        while true {
            let events = try await opened.journal.events(after: last, limit: Self.page)
            guard let end = events.last else { break }
            var text = Data()
            for event in events {
                let line = try encoder.encode(
                    Line(
                        sequence: event.sequence, stream: event.stream.rawValue, version: event.version, type: event.type,
                        at: event.at, actor: event.actor.rawValue, onBehalfOf: event.onBehalfOf?.rawValue))
                // The contents are JSON already: they are put in as they are.
                text += line.dropLast() + Data(",\"payload\":".utf8) + event.payload + Data("}\n".utf8)
            }
            FileHandle.standardOutput.write(text)
            last = end.sequence
        }
        try await opened.close()
    }
}
