import Domain
import Foundation

/// A template file before it is parsed: sentences of the catalogue are put in and indentation is taken out.
///
/// `{{t.key}}` becomes the sentence itself, made safe for HTML; `{{{t.key}}}` becomes it unchanged, for the few sentences
/// that hold markup. A place `{name}` in the sentence becomes `{{name}}` and so takes its value from the page. This way a
/// missing sentence stops the program at start instead of leaving a hole in a page, and costs nothing afterwards.
struct TemplateSource {
    let name: String
    let text: String

    /// Thrown when a template asks for a sentence that the catalogue does not have.
    struct MissingText: Error, Equatable {
        let template: String
        let key: String
        let language: String
    }

    /// The template in the language of the texts.
    func resolved(_ texts: Texts) throws -> String {
        var missing: MissingText?
        let filled = text.replacing(Self.reference) { match -> String in
            let key = String(match.2)
            guard let sentence = texts.sentences[key] else {
                missing = MissingText(template: name, key: key, language: texts.language.rawValue)
                return ""
            }
            let safe = match.1 == "{{{" ? sentence : Self.escape(sentence)
            return Texts.fill(safe, Dictionary(uniqueKeysWithValues: Texts.places(in: safe).map { ($0, "{{\($0)}}") }))
        }
        if let missing { throw missing }
        return filled.split(separator: "\n", omittingEmptySubsequences: true)
            .map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    /// The keys of the sentences that this template asks for.
    var keys: Set<String> { Set(text.matches(of: Self.reference).map { String($0.2) }) }

    /// The text with the five characters that HTML gives a meaning written as entities.
    static func escape(_ text: String) -> String {
        var escaped = ""
        escape(text, onto: &escaped)
        return escaped
    }

    /// Writes the text with the five characters that HTML gives a meaning as entities.
    ///
    /// Goes by bytes, as a browser reads: a quote with an accent on it is one character to Swift and ends an attribute anyway.
    static func escape(_ text: String, onto escaped: inout String) {
        guard text.utf8.contains(where: { entity($0) != nil }) else {
            escaped += text
            return
        }
        var rest = text[...]
        while let place = rest.utf8.firstIndex(where: { entity($0) != nil }) {
            escaped += rest[..<place]
            escaped += entity(rest.utf8[place]) ?? ""
            rest = rest[rest.utf8.index(after: place)...]
        }
        escaped += rest
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }

    /// Every template file below the folder, in the order of their names.
    static func all(in folder: URL) throws -> [TemplateSource] {
        let root = folder.resolvingSymlinksInPath().path
        guard let files = FileManager.default.enumerator(atPath: root) else { return [] }
        var sources: [TemplateSource] = []
        for case let path as String in files where path.hasSuffix(".mustache") {
            let text = try String(contentsOf: URL(filePath: root + "/" + path), encoding: .utf8)
            sources.append(TemplateSource(name: String(path.dropLast(".mustache".count)), text: text))
        }
        return sources.sorted { $0.name < $1.name }
    }

    private nonisolated(unsafe) static let reference = /(\{\{\{?)\s*t\.([a-zA-Z0-9_.\-]+)\s*\}\}\}?/
}
