import Foundation
import Logging

/// Writes what the program has to say as one JSON object a line, for programs that gather logs: `time` (UTC), `level`, `source`,
/// `message`, and the rest of what is said under its own names.
///
/// The same words as in text and no more, so neither has anything of a person in it.
struct JSONLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .notice
    let label: String
    let write: @Sendable (Data) -> Void

    init(
        label: String, write: @escaping @Sendable (Data) -> Void = { FileHandle.standardError.write($0) }
    ) {
        self.label = label
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        write(Self.line(event, metadata.merging(event.metadata ?? [:]) { $1 }, label, at: Date()))
    }

    /// One line, with its end.
    static func line(_ event: LogEvent, _ metadata: Logger.Metadata, _ label: String, at moment: Date) -> Data {
        let fields = Fields(
            time: moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)), level: event.level.rawValue,
            source: label,
            message: event.message.description, more: metadata.mapValues { "\($0)" })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings alone always encode.
        return ((try? encoder.encode(fields)) ?? Data()) + Data("\n".utf8)
    }

    private struct Fields: Encodable {
        let time: String
        let level: String
        let source: String
        let message: String
        let more: [String: String]

        private struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Name.self)
            // What is said under one of the four names does not take their place.
            for (name, value) in more { try container.encode(value, forKey: Name(stringValue: name)) }
            try container.encode(time, forKey: Name(stringValue: "time"))
            try container.encode(level, forKey: Name(stringValue: "level"))
            try container.encode(source, forKey: Name(stringValue: "source"))
            try container.encode(message, forKey: Name(stringValue: "message"))
        }
    }
}
