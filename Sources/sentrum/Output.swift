import Foundation

/// What a command prints: results on standard output, problems and progress on standard error.
enum Output {
    static func line(_ text: String = "") { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    static func problem(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// A result as JSON, its keys in order, so that equal results are equal texts.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
    }
}
