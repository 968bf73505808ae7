import Domain
import Foundation
import UseCases

/// Everything that is kept of a child, as a family gets it: the same for the file on paper and the file for a program, so that
/// what is left out is in neither.
struct FamilyCopy: Codable, Sendable, Equatable {
    /// The smallest thing of which something can be left out.
    struct Passage: Codable, Sendable, Equatable {
        /// Where it stands, the same in every language: `field:signal`.
        let place: String
        var title: String
        var lines: [String]
        /// Who wrote it and when.
        var note: String?
        /// Why something is left out here; nil when all of it stands here.
        var leftOut: String?

        private enum CodingKeys: String, CodingKey {
            case place = "plaats"
            case title = "titel"
            case lines = "tekst"
            case note = "bij"
            case leftOut = "weggelaten"
        }

        init(_ place: String, _ title: String, _ lines: [String], note: String? = nil) {
            self.place = place
            self.title = title
            self.lines = lines
            self.note = note
        }
    }

    struct Section: Codable, Sendable, Equatable {
        let key: String
        let title: String
        let lead: String?
        var passages: [Passage]

        private enum CodingKeys: String, CodingKey {
            case key = "sleutel"
            case title = "titel"
            case lead = "uitleg"
            case passages = "stukken"
        }
    }

    var title: String
    let partnership: String
    /// The day on which it was made.
    let made: String
    let language: String
    var sections: [Section]
    /// The last signed checkpoint of the journal, by which can be proved later what was there; empty where none is made.
    let checkpoint: [String]

    private enum CodingKeys: String, CodingKey {
        case title = "titel"
        case partnership = "verband"
        case made = "gemaakt"
        case language = "taal"
        case sections = "onderdelen"
        case checkpoint = "controlepunt"
    }

    /// The copy without what is about others: a passage as a whole, or words wherever they stand.
    ///
    /// - Parameter mark: what stands in their place.
    func without(_ shields: [RightsRequest.Shield], mark: String) -> FamilyCopy {
        let hidden = shields.compactMap(\.words).sorted { $0.count > $1.count }
        func cleaned(_ text: String) -> String {
            hidden.reduce(text) { $0.replacingOccurrences(of: $1, with: mark, options: .caseInsensitive) }
        }
        func touched(_ passage: Passage) -> RightsRequest.Shield? {
            let texts = [passage.title] + passage.lines + [passage.note ?? ""]
            return shields.first { shield in
                guard let words = shield.words else { return shield.place == passage.place }
                return texts.contains { $0.range(of: words, options: .caseInsensitive) != nil }
            }
        }
        var copy = self
        copy.title = cleaned(title)
        for section in copy.sections.indices {
            for index in copy.sections[section].passages.indices {
                let before = sections[section].passages[index]
                guard let shield = touched(before) else { continue }
                var passage = before
                let isWhole = shields.contains { $0.words == nil && $0.place == before.place }
                // Whose document, or who was asked in, stands in the title.
                passage.title = isWhole ? mark : cleaned(before.title)
                passage.lines = isWhole ? [mark] : before.lines.map(cleaned)
                passage.note = isWhole ? nil : before.note.map(cleaned)
                // The reason may not say what it leaves out.
                passage.leftOut = cleaned(shield.reason)
                copy.sections[section].passages[index] = passage
            }
        }
        return copy
    }

    /// The file for a program.
    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

/// A copy as it is kept: in every language, made at one moment.
struct KeptCopy: Codable, Sendable, Equatable {
    let copies: [String: FamilyCopy]

    init(_ copies: [Language: FamilyCopy]) {
        self.copies = Dictionary(uniqueKeysWithValues: copies.map { ($0.key.rawValue, $0.value) })
    }

    subscript(_ language: Language) -> FamilyCopy? { copies[language.rawValue] }

    /// The copy in one language, out of what was kept.
    ///
    /// - Throws: `NotFound` for a language in which none was made.
    static func copy(in kept: Data, _ language: Language) throws -> FamilyCopy {
        guard let copy = try JSONDecoder().decode(KeptCopy.self, from: kept)[language] else { throw NotFound() }
        return copy
    }

    func data() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
