import Domain
import Foundation
import UseCases

/// The fields and files of a posted form.
struct PostedForm: Sendable {
    /// A file as it was sent.
    struct File: Sendable {
        let name: String
        let contents: Data
    }

    /// Name of the field with the key of a form that makes something, by which a second press is known.
    static let key = "_key"
    /// Name of the field with the word of the session, by which a form is known to come from a page of this site.
    static let csrf = "_csrf"

    /// Names of fields that hold what only their owner knows: a password, a code, and who confirms an act with one of those.
    static let secrets: Set<String> = ["password", "current", "new", "code", OwnerCheck.field]

    var fields: [String: [String]] = [:]
    var files: [String: File] = [:]

    /// The first value of a field; empty when it was not sent.
    subscript(_ name: String) -> String { fields[name]?.first ?? "" }

    /// Whether something stands in it that is never put in a page.
    var holdsSecret: Bool { Self.secrets.contains { !self[$0].isEmpty } }

    /// The most letters that are given back of one text, so that a page stays a page.
    private static let mostWritten = 20_000

    /// What stands in it in words, to be given back where no form can be; without what only its sender knows, and without what the
    /// page itself sent along.
    var written: [String] {
        fields.filter { name, _ in
            !name.hasPrefix("_") && !Self.secrets.contains(name) && !name.hasSuffix(".mine") && name != "recipient"
        }.sorted { $0.key < $1.key }
            .flatMap(\.value).filter { $0.contains(" ") }.map { String($0.prefix(Self.mostWritten)) }
    }

    /// All values of a field.
    func values(_ name: String) -> [String] { fields[name] ?? [] }

    /// The field as an answer: several values make a list.
    func answer(_ name: String, severalFor kind: Field.Kind?) -> Answer? {
        if case .week = kind { return week(name) }
        guard let values = fields[name] else { return nil }
        if case .choices = kind { return .list(values.filter { !$0.isEmpty }) }
        if case .texts = kind { return .list(Self.lines(values.joined(separator: "\n"))) }
        return .text(values.first?.replacing("\r\n", with: "\n") ?? "")
    }

    /// The parts of a week, each sent by a name that ends in its day and part; nil when none was on the form.
    private func week(_ name: String) -> Answer? {
        let sent = fields.filter { $0.key.hasPrefix(name + ".") }.compactMap { key, values -> (String, String)? in
            let part = String(key.dropFirst(name.count + 1))
            return part.split(separator: ".", omittingEmptySubsequences: false).count == 2 ? (part, values.first ?? "") : nil
        }
        guard !sent.isEmpty else { return nil }
        return .list(sent.filter { !$0.1.isEmpty }.map { "\($0.0).\($0.1)" }.sorted())
    }

    /// The lines of a text that say something, without the blanks around them.
    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// The most fields of one form; the longest has some hundreds.
    private static let mostFields = 2_000

    /// Reads `application/x-www-form-urlencoded`; nil when an escape or the UTF-8 is broken, or there are too many fields.
    static func urlEncoded(_ body: some Collection<UInt8>) -> PostedForm? {
        var form = PostedForm()
        guard body.count(where: { $0 == UInt8(ascii: "&") }) < mostFields else { return nil }
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = parts.count > 1 ? decoded(parts[1]) : "" else { return nil }
            form.fields[name, default: []].append(legible(value))
        }
        return form
    }

    /// A text as it can be shown, printed and stored everywhere: no control characters but tab and the ends of lines, and
    /// nothing that turns the reading direction of what stands around it.
    static func legible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { !isLegible($0) }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter(isLegible)))
    }

    private static func isLegible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\r": true
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": false
        default: scalar.properties.generalCategory != .control
        }
    }

    private static func decoded(_ bytes: some Collection<UInt8>) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hex), let low = iterator.next().flatMap(hex) else { return nil }
                result.append(high << 4 | low)
            default: result.append(byte)
            }
        }
        return String(validating: result, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Reads `multipart/form-data` (RFC 7578); nil when it is not well formed.
    static func multipart(_ body: Data, boundary: String) -> PostedForm? {
        guard !boundary.isEmpty, boundary.utf8.count <= 70 else { return nil }
        var form = PostedForm()
        let delimiter = Data("--\(boundary)".utf8)
        guard let first = body.range(of: delimiter), first.lowerBound == body.startIndex else { return nil }
        var position = first.upperBound
        var parts = 0
        while position < body.endIndex {
            if body[position...].starts(with: "--".utf8) { return form }
            guard body[position...].starts(with: "\r\n".utf8) else { return nil }
            let start = position + 2
            guard let end = body.range(of: Data("\r\n".utf8) + delimiter, in: start..<body.endIndex),
                let blank = body.range(of: Data("\r\n\r\n".utf8), in: start..<end.lowerBound)
            else { return nil }
            parts += 1
            guard parts <= 500, let header = String(validating: body[start..<blank.lowerBound], as: UTF8.self),
                let disposition = disposition(header), let name = disposition["name"]
            else { return nil }
            let contents = body[blank.upperBound..<end.lowerBound]
            if let file = disposition["filename"] {
                form.files[name] = File(name: file, contents: Data(contents))
            } else {
                guard let text = String(validating: contents, as: UTF8.self) else { return nil }
                form.fields[name, default: []].append(legible(text))
            }
            position = end.upperBound
        }
        return nil
    }

    /// The parameters of the part's `Content-Disposition`.
    private static func disposition(_ header: String) -> [String: String]? {
        guard
            let line = header.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix("content-disposition:") })
        else { return nil }
        var values: [String: String] = [:]
        var rest = line.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " }
            guard let equals = rest.firstIndex(of: "=") else { break }
            let name = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            if rest.first == "\"" {
                rest = rest.dropFirst()
                // Browsers escape a quote in a file name as %22; a backslash stays what it is.
                guard let close = rest.firstIndex(of: "\"") else { return nil }
                values[name] = String(rest[..<close]).replacing("%22", with: "\"")
                rest = rest[rest.index(after: close)...].drop { $0 == " " }
            } else {
                let value = rest.prefix { $0 != ";" }
                values[name] = String(value)
                rest = rest[value.endIndex...]
            }
        }
        return values
    }
}

extension String {
    /// A text of these bytes; nil when they are not well-formed.
    init?(validating bytes: some Collection<UInt8>, as: UTF8.Type) {
        let array = Array(bytes)
        guard let text = String(data: Data(array), encoding: .utf8) else { return nil }
        self = text
    }
}
