/// What number a field asks: whole, in a unit, and within bounds.
///
/// Whole numbers only, because an amount, a share or a count that somebody is held to must read the same everywhere; what
/// needs a finer measure takes a smaller unit, such as minutes or half-days.
package struct NumberRule: Hashable, Sendable {
    /// What is counted.
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        /// Pieces or people: the question says what of.
        case count
        case percent
        /// Whole euros.
        case euro
        case minutes, hours
        /// Parts of a school day: a morning or an afternoon.
        case halfDays = "half-days"
        case days, weeks, months, years
    }

    package let unit: Unit
    /// 0 or more.
    package let least: Int
    package let most: Int
    /// A field that asks a number too; this answer may not be above that one.
    package let mostField: String?
    /// Fields whose numbers count along with this one: together they may not be above it.
    package let togetherWith: [String]

    /// No number of a plan is larger.
    package static let largest = 1_000_000_000

    package init(
        unit: Unit, least: Int = 0, most: Int = NumberRule.largest, mostField: String? = nil, togetherWith: [String] = []
    ) {
        self.unit = unit
        self.least = least
        self.most = most
        self.mostField = mostField
        self.togetherWith = togetherWith
    }

    /// The number that a text says: digits only, so that `1.500` and `1,5` are never taken for something else.
    package static func number(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 10, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
            number <= largest
        else { return nil }
        return number
    }

    func problems(with answer: Answer) -> [(code: Refusal.Code, values: [String: String])] {
        guard let number = Self.number(answer.text) else { return [(.notANumber, [:])] }
        if number < least { return [(.tooLittle, ["least": String(least), "unit": unit.rawValue])] }
        if number > most { return [(.tooMuch, ["most": String(most), "unit": unit.rawValue])] }
        return []
    }
}

extension Field {
    /// The reasons why an answer does not go with what else is known: a number above another one, alone or with others.
    ///
    /// Looked at when this field is answered; while one of the others is unknown or unreadable nothing is compared.
    package func problems(with answer: Answer, beside facts: Facts) -> [Refusal] {
        guard case .number(let rule) = kind, let other = rule.mostField, let number = NumberRule.number(answer.text),
            let ceiling = facts[other].flatMap({ NumberRule.number($0.text) })
        else { return [] }
        let beside = rule.togetherWith.map { facts[$0].flatMap { NumberRule.number($0.text) } }
        guard !beside.contains(nil) else { return [] }
        let most = max(0, ceiling - beside.compactMap(\.self).reduce(0, +))
        guard number > most else { return [] }
        return [
            Refusal(
                .moreThanOther, field: id, values: ["most": String(most), "unit": rule.unit.rawValue, "other": other],
                source: source)
        ]
    }
}
