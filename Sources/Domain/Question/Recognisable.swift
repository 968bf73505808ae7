/// Something in a text by which a child would be recognised.
package enum Recognisable: Sendable, Hashable {
    /// A child of the school is called so.
    case name(String)
    /// A day on which a child of school age may have been born.
    case birthday(String)
    /// A number that could be a citizen service number.
    case number(String)

    /// Ages of children whom a school asks about, wide enough for every kind of school.
    private static let ages = (least: 2, most: 20)

    /// The first thing in a text that says who the child is.
    ///
    /// It helps whoever writes in a hurry; it is no proof that nobody can be recognised.
    /// - Parameter names: words by which children are called, as they are written; words of one or two letters are no names.
    package static func found(in text: String, names: Set<String>, on day: Day) -> Recognisable? {
        let known = Set(names.filter { $0.count > 2 }.map { $0.lowercased() })
        let words = text.split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
        // A name has a capital: ‘roos’ and ‘bos’ are words as well.
        if let name = words.first(where: { $0.first?.isUppercase == true && known.contains($0.lowercased()) }) {
            return .name(name)
        }
        for digits in text.split(whereSeparator: { !$0.isNumber && !"-/.".contains($0) }) {
            let written = String(digits).trimmingDots
            let parts = written.split { "-/.".contains($0) }.compactMap { Int($0) }
            if parts.count == 3, let born = birthday(parts), isOfAge(born, on: day) { return .birthday(written) }
            let number = written.filter(\.isNumber)
            if number.count == 9, isServiceNumber(number) { return .number(written) }
        }
        return wordedBirthday(in: text, on: day)
    }

    /// The refusal of a text in which it stands.
    func refusal(field: String, source: String? = nil) -> Refusal {
        let (code, word): (Refusal.Code, String) =
            switch self {
            case .name(let word): (.tellsName, word)
            case .birthday(let word): (.tellsBirthday, word)
            case .number(let word): (.tellsNumber, word)
            }
        return Refusal(code, field: field, values: ["word": word], source: source)
    }

    /// The words of a name by which somebody is recognised: ‘de’ and ‘van’ are no names.
    package static func words(of name: String) -> Set<String> {
        Set(
            name.split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init).filter { $0.first?.isUppercase == true })
    }

    private static func isOfAge(_ born: Day, on day: Day) -> Bool {
        born.adding(years: ages.least) <= day && day < born.adding(years: ages.most + 1)
    }

    private static func birthday(_ parts: [Int]) -> Day? {
        parts[0] > 31 ? Day(year: parts[0], month: parts[1], day: parts[2]) : Day(year: parts[2], month: parts[1], day: parts[0])
    }

    private static let months = [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december",
    ]

    /// "3 mei 2015"
    private static func wordedBirthday(in text: String, on day: Day) -> Recognisable? {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        for (index, word) in words.enumerated() where index > 0 && index + 1 < words.count {
            guard let month = months.firstIndex(of: word), let date = Int(words[index - 1]), let year = Int(words[index + 1]),
                let born = Day(year: year, month: month + 1, day: date), isOfAge(born, on: day)
            else { continue }
            return .birthday("\(date) \(word) \(year)")
        }
        return nil
    }

    /// The test of eleven that every citizen service number passes.
    private static func isServiceNumber(_ digits: String) -> Bool {
        let values = digits.compactMap(\.wholeNumberValue)
        let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
        let sum = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return values.contains { $0 != 0 } && sum % 11 == 0
    }
}

extension String {
    /// Without the stop of a sentence behind a number.
    fileprivate var trimmingDots: String {
        var text = self[...]
        while let last = text.last, "-/.".contains(last) { text.removeLast() }
        while let first = text.first, "-/.".contains(first) { text.removeFirst() }
        return String(text)
    }
}
