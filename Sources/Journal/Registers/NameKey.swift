import Foundation

/// Names as they are sorted and searched: lower-case ASCII letters and digits, words parted by one space.
package enum NameKey {
    /// Folds a text: accents and ligatures to plain letters, everything else that is no letter or digit to a space.
    ///
    /// An apostrophe disappears, so `'t Hart` is found as `t hart` and `D'Arcy` as `darcy`.
    package static func fold(_ text: String) -> String {
        var folded = ""
        folded.reserveCapacity(text.utf8.count)
        var pendingSpace = false
        func add(_ letters: String) {
            if pendingSpace, !folded.isEmpty { folded.append(" ") }
            pendingSpace = false
            folded.append(letters)
        }
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": add(String(scalar))
            case "A"..."Z": add(scalar.properties.lowercaseMapping)
            case "'", "\u{2019}", "\u{2018}", "`", "\u{B4}": break
            default:
                if let letters = letters[scalar] {
                    add(letters)
                } else if scalar.properties.generalCategory == .nonspacingMark {
                    break
                } else if scalar.properties.isAlphabetic {
                    // A letter without a plain counterpart keeps its place in the order and can still be searched.
                    add(scalar.properties.lowercaseMapping)
                } else {
                    pendingSpace = true
                }
            }
        }
        return folded
    }

    /// The key of a person's name: family name first, so that lists are in the order of the school register.
    package static func of(given: String, family: String) -> String {
        [fold(family), fold(given)].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// True if each word that is searched for begins a word of the key; a search without words matches all.
    package static func matches(_ key: String, words: [String]) -> Bool {
        let found = key.split(separator: " ")
        return words.allSatisfy { word in found.contains { $0.hasPrefix(word) } }
    }

    /// The words that are searched for, the first eight; none without a search.
    package static func searchWords(_ search: String?) -> [String] {
        fold(search ?? "").split(separator: " ").prefix(8).map(String.init)
    }

    /// Letters that Unicode does not take apart.
    private static let letters: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d",
        "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ĳ": "ij", "Ĳ": "ij", "ə": "e", "Ə": "e", "ħ": "h",
        "Ħ": "h", "ŋ": "ng", "Ŋ": "ng",
    ]
}
