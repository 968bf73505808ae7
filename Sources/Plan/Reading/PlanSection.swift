import Domain

/// A map of a plan's file while it is read: each key that is asked for is known, every other one is an error.
///
/// Whatever is missing or wrong is noted and a stand-in is returned, so that one reading finds all problems.
package final class PlanSection {
    let path: String
    let node: PlanNode
    let reading: PlanReading
    /// The node is no map or of no known kind: that is said already, so nothing is said about its keys.
    private var silent: Bool
    private var asked: [String] = []

    init(_ node: PlanNode, path: String, reading: PlanReading) {
        self.node = node
        self.path = path
        self.reading = reading
        silent = !node.isMap
    }

    /// Path of a key in this map.
    func path(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// The value of a key, which is known from now on; nil when it is not there.
    func value(_ key: String) -> PlanNode? {
        if !asked.contains(key) {
            asked.append(key)
            if !path.hasPrefix("examples"), !path.hasPrefix("law") { reading.words.insert(key) }
        }
        let value = node[key]
        if let value { reading.places[path(key)] = value.place }
        return value
    }

    package func has(_ key: String) -> Bool { value(key) != nil }

    /// The value of a key; a problem when it is not there.
    func needed(_ key: String) -> PlanNode? {
        let value = value(key)
        if value == nil, !silent {
            reading.add(
                .missingKey, at: node.place, path: path(key), nl: "‘\(key)’ ontbreekt", en: "‘\(key)’ is missing",
                hint: Nearest.word(to: key, among: node.entries.map(\.key)).map {
                    Localized(nl: "er staat wel ‘\($0)’", en: "there is ‘\($0)’")
                } ?? (key == "source" ? PlanProblem.Code.source : nil))
        }
        return value
    }

    /// Says nothing about other keys: without its kind nobody knows which belong here.
    func giveUp() { silent = true }

    /// Says which keys nobody asked for.
    func finish() {
        guard !silent else { return }
        for entry in node.entries where !asked.contains(entry.key) {
            reading.add(
                .unknownKey, at: entry.place, path: path(entry.key), nl: "‘\(entry.key)’ is hier geen bekende sleutel",
                en: "‘\(entry.key)’ is no known key here",
                hint: entry.key.contains(where: \.isWhitespace) ? Self.quote : Nearest.hint(for: entry.key, among: asked))
        }
    }

    /// Between braces a comma ends a text that has no quotation marks, and the rest looks like a key.
    private static let quote = Localized(
        nl: "zet een tekst met een komma of dubbele punt tussen aanhalingstekens",
        en: "put a text with a comma or colon between quotation marks")

    /// Notes what kind of value a key has.
    func note(_ shape: @autoclosure () -> PlanShape, _ key: String) {
        if reading.shapes != nil { reading.note(shape(), at: path(key)) }
    }

    func bad(_ node: PlanNode, _ path: String, nl: String, en: String, hint: Localized? = nil) {
        reading.add(.badValue, at: node.place, path: path, nl: nl, en: en, hint: hint)
    }
}

// Plain values.
extension PlanSection {
    package func string(_ key: String) -> String {
        note(.line, key)
        return needed(key).flatMap { scalar($0, path(key)) } ?? ""
    }

    package func optionalString(_ key: String) -> String? {
        note(.line, key)
        return value(key).flatMap { scalar($0, path(key)) }
    }

    /// A scalar with anything in it.
    func scalar(_ node: PlanNode, _ path: String) -> String? {
        guard let text = node.scalar else {
            reading.expected(node, path, nl: "één waarde", en: "one value")
            return nil
        }
        guard !text.allSatisfy(\.isWhitespace) else {
            reading.add(.emptyText, at: node.place, path: path, nl: "deze tekst is leeg", en: "this text is empty")
            return nil
        }
        return text
    }

    package func text(_ key: String) -> Localized {
        note(.text, key)
        return needed(key).map { localized($0, path(key)) } ?? Localized(nl: "", en: "")
    }

    func optionalText(_ key: String) -> Localized? {
        note(.text, key)
        return value(key).map { localized($0, path(key)) }
    }

    /// A text in both languages.
    func localized(_ node: PlanNode, _ path: String) -> Localized {
        reading.note(.text, at: path)
        guard node.isMap else {
            reading.expected(
                node, path, nl: "een tekst in twee talen", en: "a text in two languages",
                hint: Localized(nl: "schrijf { nl: …, en: … }", en: "write { nl: …, en: … }"))
            return Localized(nl: "", en: "")
        }
        return reading.section(node, path: path) { section in
            Localized(nl: section.string("nl").trimmed, en: section.string("en").trimmed)
        }
    }

    package func flag(_ key: String, else standard: Bool = false) -> Bool {
        note(.flag, key)
        guard let node = value(key) else { return standard }
        switch node.scalar {
        case "true": return true
        case "false": return false
        default:
            reading.expected(node, path(key), nl: "true of false", en: "true or false")
            return standard
        }
    }

    /// A whole number, -9999…9999: years, days and ages are never more.
    package func number(_ key: String) -> Int? {
        note(.number, key)
        guard let node = needed(key) else { return nil }
        guard let number = node.scalar.flatMap({ Int($0) }), (-9999...9999).contains(number) else {
            reading.expected(node, path(key), nl: "een heel getal", en: "a whole number")
            return nil
        }
        return number
    }

    /// A whole number from 0, as large as any number of a plan.
    func amount(_ key: String) -> Int? {
        note(.number, key)
        guard let node = needed(key) else { return nil }
        guard let number = node.scalar.flatMap({ NumberRule.number($0) }) else {
            reading.expected(node, path(key), nl: "een heel getal vanaf 0", en: "a whole number from 0")
            return nil
        }
        return number
    }

    func day(_ key: String) -> Day {
        note(.day, key)
        return needed(key).flatMap { day($0, path(key)) } ?? .earliest
    }

    func optionalDay(_ key: String) -> Day? {
        note(.day, key)
        return value(key).flatMap { day($0, path(key)) }
    }

    func day(_ node: PlanNode, _ path: String) -> Day? {
        guard let text = scalar(node, path) else { return nil }
        guard let day = Day(text) else {
            bad(
                node, path, nl: "‘\(text)’ is geen datum", en: "‘\(text)’ is no date",
                hint: Localized(nl: "schrijf jaar-maand-dag: 2021-08-01", en: "write year-month-day: 2021-08-01"))
            return nil
        }
        return day
    }

    func period(_ key: String) -> Period {
        note(.period, key)
        return needed(key).flatMap { period($0, path(key)) } ?? Period(0, .days)
    }

    func optionalPeriod(_ key: String) -> Period? {
        note(.period, key)
        return value(key).flatMap { period($0, path(key)) }
    }

    /// A list of periods; one alone may stand without brackets.
    func periods(_ key: String) -> [Period] {
        let texts = keys(key)
        // `keys` says that it is a list of words.
        note(.periods, key)
        return texts.enumerated().compactMap { index, text in
            value(key).flatMap { period(PlanNode(.scalar(text), at: $0.place), "\(path(key)).\(index + 1)") }
        }
    }

    func period(_ node: PlanNode, _ path: String) -> Period? {
        guard let text = scalar(node, path) else { return nil }
        guard let period = Period(text) else {
            bad(
                node, path, nl: "‘\(text)’ is geen duur", en: "‘\(text)’ is no period",
                hint: Localized(
                    nl: "schrijf P6W (weken), P3D (dagen), P2M (maanden) of P1Y (jaar)",
                    en: "write P6W (weeks), P3D (days), P2M (months) or P1Y (a year)"))
            return nil
        }
        return period
    }

    /// One of the cases of an enumeration, by its written name.
    package func word<Word: RawRepresentable & CaseIterable>(_ key: String, else standard: Word) -> Word
    where Word.RawValue == String {
        note(.word(Word.allCases.map(\.rawValue), standard: standard.rawValue), key)
        return value(key).flatMap { word($0, path(key)) } ?? standard
    }

    func word<Word: RawRepresentable & CaseIterable>(_ node: PlanNode, _ path: String) -> Word?
    where Word.RawValue == String {
        reading.note(.word(Word.allCases.map(\.rawValue), standard: nil), at: path)
        guard let text = scalar(node, path) else { return nil }
        if let word = Word(rawValue: text) { return word }
        bad(
            node, path, nl: "‘\(text)’ is hier geen bekend woord", en: "‘\(text)’ is no known word here",
            hint: Nearest.hint(for: text, among: Word.allCases.map(\.rawValue)))
        return nil
    }

    /// A term: a period alone counts calendar days.
    func optionalTerm(_ key: String) -> Term? {
        note(.term, key)
        guard let node = value(key) else { return nil }
        guard node.isMap else { return period(node, path(key)).map { Term($0, countsBy: .calendar) } }
        return reading.section(node, path: path(key)) { section in
            Term(section.period("within"), countsBy: section.word("counts-by", else: .calendar))
        }
    }
}

// Several values.
extension PlanSection {
    /// A list of keys; one alone may stand without brackets.
    package func keys(_ key: String) -> [String] {
        note(.lines, key)
        guard let node = value(key) else { return [] }
        let path = path(key)
        if node.scalar != nil { return scalar(node, path).map { [$0] } ?? [] }
        guard case .list(let nodes) = node.content else {
            reading.expected(node, path, nl: "een lijst", en: "a list")
            return []
        }
        var found: [String] = []
        for (index, node) in nodes.enumerated() {
            let path = "\(path).\(index + 1)"
            reading.places[path] = node.place
            guard let text = scalar(node, path) else { continue }
            if found.contains(text) {
                bad(node, path, nl: "‘\(text)’ staat er twee keer", en: "‘\(text)’ stands there twice")
            } else {
                found.append(text)
            }
        }
        return found
    }

    package func neededKeys(_ key: String) -> [String] {
        _ = needed(key)
        return keys(key)
    }

    /// A list of words of an enumeration, or `all`.
    func words<Word: RawRepresentable & CaseIterable & Hashable>(_ key: String) -> Set<Word>
    where Word.RawValue == String {
        note(.words(Word.allCases.map(\.rawValue)), key)
        guard let node = value(key) else { return [] }
        if node.scalar == "all" { return Set(Word.allCases) }
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        return Set(nodes.compactMap { word($0, path(key)) })
    }

    /// The items of a list, each read with its path.
    func list<Value>(_ key: String, _ read: (PlanNode, String) -> Value?) -> [Value] {
        note(.list, key)
        guard let node = value(key) else { return [] }
        guard case .list(let nodes) = node.content else {
            reading.expected(node, path(key), nl: "een lijst", en: "a list")
            return []
        }
        return nodes.enumerated().compactMap { index, node in
            let path = "\(path(key)).\(index + 1)"
            reading.places[path] = node.place
            return read(node, path)
        }
    }

    /// The things of a map by their keys, each read as a section.
    package func things<Value>(_ key: String, needed isNeeded: Bool = true, _ read: (String, PlanSection) -> Value?) -> [Value] {
        note(.things, key)
        guard let node = isNeeded ? needed(key) : value(key) else { return [] }
        return reading.things(node, path: path(key), read)
    }

    /// A map from keys to texts.
    func options(_ key: String, needed isNeeded: Bool = true) -> [Field.Option] {
        note(.options, key)
        guard let node = isNeeded ? needed(key) : value(key) else { return [] }
        guard node.isMap else {
            reading.expected(node, path(key), nl: "sleutels met teksten", en: "keys with texts")
            return []
        }
        return node.entries.compactMap { entry in
            let path = "\(path(key)).\(entry.key)"
            guard reading.isKey(entry, path) else { return nil }
            reading.places[path] = entry.place
            return Field.Option(id: entry.key, title: localized(entry.value, path))
        }
    }

    /// A map from names in a document's own words to texts, in order.
    func texts(_ key: String, needed isNeeded: Bool = true) -> [(name: String, text: Localized)] {
        guard let node = isNeeded ? needed(key) : value(key) else { return [] }
        guard node.isMap else {
            reading.expected(node, path(key), nl: "namen met teksten", en: "names with texts")
            return []
        }
        return node.entries.map { entry in
            let path = "\(path(key)).\(entry.key)"
            reading.places[path] = entry.place
            return (entry.key, localized(entry.value, path))
        }
    }

    /// What is read from a map under a key; nil when it is not there.
    package func inner<Value>(_ key: String, _ read: (PlanSection) -> Value) -> Value? {
        value(key).map { reading.section($0, path: path(key), read) }
    }

    /// The same for what is large enough to be looked at by itself, such as how a version comes about.
    package func part<Value>(_ key: String, _ read: (PlanSection) -> Value) -> Value? {
        note(.thing, key)
        return inner(key, read)
    }
}

extension PlanReading {
    /// The things of a map by their keys, each read as a section.
    func things<Value>(_ node: PlanNode, path: String, _ read: (String, PlanSection) -> Value?) -> [Value] {
        places[path] = node.place
        note(.things, at: path)
        guard node.isMap else {
            expected(node, path, nl: "‘sleutel: waarde’", en: "‘key: value’")
            return []
        }
        return node.entries.compactMap { entry in
            let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            guard isKey(entry, path) else { return nil }
            note(.thing, at: path)
            let value = section(entry.value, path: path) { read(entry.key, $0) }
            places[path] = entry.place
            return value
        }
    }

    /// Whether a key that a plan made up is written as keys are.
    func isKey(_ entry: PlanNode.Entry, _ path: String) -> Bool {
        let letters = entry.key.utf8
        let isGood =
            letters.first != UInt8(ascii: "-")
            && letters.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: "-") }
        if !isGood || letters.isEmpty {
            add(
                .badKey, at: entry.place, path: path, nl: "‘\(entry.key)’ kan geen sleutel zijn",
                en: "‘\(entry.key)’ cannot be a key",
                hint: Localized(nl: "kleine letters, cijfers en streepjes", en: "small letters, digits and hyphens"))
            return false
        }
        return true
    }
}

extension String {
    /// Without the blanks and line ends that block style leaves at the end.
    var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        while text.first?.isWhitespace == true { text.removeFirst() }
        return String(text)
    }
}
