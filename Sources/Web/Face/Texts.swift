import Domain
import Foundation

/// All sentences of the program in one language, by dotted key: `work.empty.title`.
///
/// The catalogues `Texts/nl*.json` and `Texts/en*.json`, one file a slice, hold the same keys. `{name}` in a sentence is a
/// place for a value: given here in Swift, or taken from the page where a template says `{{t.key}}`.
package struct Texts: Sendable {
    package let language: Language
    /// Every sentence by its full key.
    let sentences: [String: String]
    /// Keys that more than one file has, with the later file.
    let repeated: [String]

    init(language: Language, sentences: [String: String], repeated: [String] = []) {
        self.language = language
        self.sentences = sentences
        self.repeated = repeated
    }

    /// The sentence of a key with its places filled; the key itself when there is none, so that a gap shows.
    ///
    /// Places without a value stay as they are.
    package func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        guard let sentence = sentences[key] else { return key }
        return values.isEmpty ? sentence : Texts.fill(sentence, values)
    }

    /// The sentence if the catalogue has this key; for keys that come from a plan or from the rules.
    package func ifKnown(_ key: String, _ values: [String: String] = [:]) -> String? {
        sentences[key].map { Texts.fill($0, values) }
    }

    /// Whether the catalogue has this key.
    package func has(_ key: String) -> Bool { sentences[key] != nil }

    /// The sentence for a number: `key.one` for exactly one, `key.other` for the rest, with `{n}` filled.
    package func count(_ key: String, _ number: Int, _ values: [String: String] = [:]) -> String {
        self(key + (number == 1 ? ".one" : ".other"), values.merging(["n": String(number)]) { given, _ in given })
    }

    /// The sentence with each `{name}` replaced by its value.
    static func fill(_ sentence: String, _ values: [String: String]) -> String {
        guard sentence.utf8.contains(UInt8(ascii: "{")) else { return sentence }
        var filled = ""
        var rest = Substring(sentence)
        while let place = firstPlace(in: rest) {
            filled += rest[..<place.start]
            filled += values[String(place.name)] ?? String(rest[place.start..<place.end])
            rest = rest[place.end...]
        }
        return filled + rest
    }

    /// The names of the places in a sentence.
    static func places(in sentence: String) -> Set<String> {
        var names: Set<String> = []
        var rest = Substring(sentence)
        while let place = firstPlace(in: rest) {
            names.insert(String(place.name))
            rest = rest[place.end...]
        }
        return names
    }

    /// The first `{name}`: a letter, then letters, digits and dots. Sought by hand, because every sentence of a page passes here.
    private static func firstPlace(
        in text: Substring
    ) -> (start: String.Index, name: Substring, end: String.Index)? {
        let bytes = text.utf8
        var position = bytes.startIndex
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "{")) {
            let first = bytes.index(after: start)
            let end = bytes[first...].firstIndex { !isNamed($0) } ?? bytes.endIndex
            if end < bytes.endIndex, end > first, isLetter(bytes[first]), bytes[end] == UInt8(ascii: "}") {
                return (start, text[first..<end], bytes.index(after: end))
            }
            position = first
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isNamed(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
    }
}

extension Texts {
    /// Thrown when a catalogue cannot be read.
    package enum Unreadable: Error, Equatable {
        /// The file is not a tree of texts; `key` is where it goes wrong.
        case notTexts(file: String, key: String)
    }

    /// Reads `<language>.json` and every `<language>-<slice>.json` in the folder: objects in objects, a text at every end.
    ///
    /// A key should stand in one file only (a test sees to that); if not, the file of the slice holds.
    static func load(_ language: Language, from folder: URL) throws -> Texts {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { name in
            name == "\(language.rawValue).json" || name.hasPrefix("\(language.rawValue)-") && name.hasSuffix(".json")
        }
        var sentences: [String: String] = [:]
        var repeated: [String] = []
        for name in names.sorted(by: { ($0.count, $0) < ($1.count, $1) }) {
            func add(_ value: Any, _ key: String) throws {
                switch value {
                case let text as String:
                    if sentences.updateValue(text, forKey: key) != nil { repeated.append("\(name): \(key)") }
                case let branch as [String: Any]:
                    for (name, child) in branch { try add(child, key.isEmpty ? name : key + "." + name) }
                default: throw Unreadable.notTexts(file: name, key: key)
                }
            }
            try add(try JSONSerialization.jsonObject(with: try Data(contentsOf: folder.appending(path: name))), "")
        }
        return Texts(language: language, sentences: sentences, repeated: repeated.sorted())
    }
}
