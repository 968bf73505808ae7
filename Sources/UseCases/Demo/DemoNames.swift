import Foundation

/// Names to combine: `names.yaml`. Every combination is invented.
struct DemoNames: Decodable, Sendable {
    /// Names that go together, because families choose them so.
    struct Circle: Decodable, Sendable {
        let name: String
        /// What is spoken at home, as somebody would write it.
        let languages: String
        let weight: Double
        let girls: [String]
        let boys: [String]
        let women: [String]
        let men: [String]
        let families: [String]
    }

    /// Who are around a child.
    struct Family: Decodable, Sendable {
        let weight: Double
        let guardians: [Member]
    }

    /// One guardian of a family.
    struct Member: Decodable, Sendable {
        /// Key of the plan's relation.
        let relation: String
        let sex: Sex
        /// Bears the child's family name.
        let shares: Bool?
    }

    enum Sex: String, Decodable, Sendable {
        case female, male
    }

    let circles: [Circle]
    /// How often given name and family name are of two circles.
    let mixed: Double
    let families: [Family]
}

extension DemoNames {
    /// A circle, by weight.
    func circle(_ random: inout SeededRandom, among names: [String]? = nil) -> Circle {
        random.pick(circles) { names?.contains($0.name) ?? true ? $0.weight : 0 } ?? circles[0]
    }

    /// A grown-up's given name.
    func given(_ sex: Sex, _ circle: Circle, _ random: inout SeededRandom) -> String {
        random.pick(sex == .female ? circle.women : circle.men) ?? ""
    }

    /// A child's given name.
    func child(_ sex: Sex, _ circle: Circle, _ random: inout SeededRandom) -> String {
        random.pick(sex == .female ? circle.girls : circle.boys) ?? ""
    }
}

/// An address made from a name, and what makes it the only one.
enum DemoMail {
    static func address(given: String, family: String, only: String, at host: String) -> String {
        "\(folded(given)).\(folded(family))\(only)@\(host)"
    }

    /// Small ASCII letters with hyphens for what stands between words.
    static func folded(_ text: String) -> String {
        let plain = text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil).lowercased()
        let letters: [Character: String] = ["ı": "i", "ł": "l", "ø": "o", "ß": "ss", "đ": "d", "æ": "ae"]
        let words = plain.split { $0 == " " || $0 == "-" }.map { word in
            word.map { letters[$0] ?? String($0) }.joined().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        return words.filter { !$0.isEmpty }.joined(separator: "-")
    }
}
