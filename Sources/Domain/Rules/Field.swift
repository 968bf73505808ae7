/// One question of a plan: the same fact asked by two procedures is the same field, so it is typed once.
package struct Field: Hashable, Sendable {
    /// How the answer is given and read.
    package enum Kind: Hashable, Sendable {
        case text
        case paragraph
        case day
        /// Day and time of day, `YYYY-MM-DDTHH:MM` in local time.
        case moment
        case choice
        case choices
        case yesNo
        /// A whole number in a unit, within bounds.
        case number(NumberRule)
        /// Several short texts, none of them twice.
        case texts
        /// A person who holds the function, with one of the disciplines when any are named.
        case person(function: String, disciplines: [String])
        /// A school of the register, of one of these kinds (`bo`, `sbo`, `so`…) when any are named.
        case school(kinds: [String])
        /// Which part of the week at which of the options.
        case week(WeekRule)
    }

    /// One of the answers that may be chosen.
    package struct Option: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package init(id: String, title: Localized) {
            self.id = id
            self.title = title
        }
    }

    package let id: String
    package let title: Localized
    /// Why this is asked, in words for a parent.
    package let why: Localized?
    package let kind: Kind
    package let options: [Option]
    package let required: Bool
    /// How many of `choices` or `texts` an answer has at least; an empty answer is judged by `required`.
    package let atLeast: Int
    /// How many of `choices` or `texts` an answer has at most; nil for as many as there are.
    package let atMost: Int?
    /// Asked only when this holds for what is known already, this form's other answers included.
    package let when: Condition
    /// Whose words these are: a function of the plan (`parents`, `child`, `teacher`…); nil when anybody's who may write.
    package let voice: String?
    /// The answer is read by people who must not know which child it is: whatever names it is refused.
    package let withoutName: Bool
    package let source: String?

    package init(
        id: String, title: Localized, why: Localized? = nil, kind: Kind, options: [Option] = [], required: Bool = true,
        atLeast: Int = 1, atMost: Int? = nil,
        when: Condition = .always, voice: String? = nil, withoutName: Bool = false, source: String? = nil
    ) {
        self.id = id
        self.title = title
        self.why = why
        self.kind = kind
        self.options = options
        self.required = required
        self.atLeast = atLeast
        self.atMost = atMost
        self.when = when
        self.voice = voice
        self.withoutName = withoutName
        self.source = source
    }

    /// The same question, asked where an empty answer is accepted or not.
    package func asked(required: Bool) -> Field {
        Field(
            id: id, title: title, why: why, kind: kind, options: options, required: required, atLeast: atLeast, atMost: atMost,
            when: when, voice: voice, withoutName: withoutName, source: source)
    }

    /// Longest answer in characters; long enough for pages of text, short enough to refuse a flood.
    package static let longestText = 500
    package static let longestParagraph = 20_000
    /// The most texts of one answer, where the plan names no other number.
    package static let mostTexts = 10

    /// Whether a text is longer than allowed, counted in Unicode scalars: a letter may carry any number of accents.
    package static func isLonger(_ text: String, than most: Int) -> Bool {
        text.utf8.count > most && text.unicodeScalars.count > most
    }

    /// Too few, too many, or the same twice: what differs in capitals and blanks alone is the same.
    private func countProblems(_ values: [String]) -> [Refusal] {
        let spoken = values.map { $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        guard Set(spoken).count == spoken.count else { return [Refusal(.sameTwice, field: id, source: source)] }
        if values.count < atLeast {
            return [Refusal(.tooFew, field: id, values: ["least": String(atLeast)], source: source)]
        }
        if let most = atMost ?? (kind == .texts ? Self.mostTexts : nil), values.count > most {
            return [Refusal(.tooMany, field: id, values: ["most": String(most)], source: source)]
        }
        return []
    }

    /// The reasons why an answer cannot be read as this field asks; an empty answer is judged by `required` elsewhere.
    package func problems(with answer: Answer) -> [Refusal] {
        switch kind {
        case .text where Self.isLonger(answer.text, than: Self.longestText):
            return [Refusal(.tooLong, field: id, values: ["most": String(Self.longestText)])]
        case .paragraph where Self.isLonger(answer.text, than: Self.longestParagraph):
            return [Refusal(.tooLong, field: id, values: ["most": String(Self.longestParagraph)])]
        case .day where answer.day == nil:
            return [Refusal(.notADay, field: id)]
        case .moment where LocalMoment(answer.text) == nil:
            return [Refusal(.notAMoment, field: id)]
        case .choice, .choices:
            let known = Set(options.map(\.id))
            guard answer.values.allSatisfy(known.contains) else { return [Refusal(.notAnOption, field: id)] }
            if case .choice = kind { return answer.values.count > 1 ? [Refusal(.notAnOption, field: id)] : [] }
            return countProblems(answer.values)
        case .number(let rule):
            return rule.problems(with: answer).map { Refusal($0.code, field: id, values: $0.values, source: source) }
        case .texts:
            let texts = answer.values.filter { !$0.allSatisfy(\.isWhitespace) }
            if texts.contains(where: { Self.isLonger($0, than: Self.longestText) }) {
                return [Refusal(.tooLong, field: id, values: ["most": String(Self.longestText)])]
            }
            return countProblems(texts)
        case .week(let rule):
            return rule.problems(with: answer, places: options, id: id, source: source)
        case .yesNo where !["yes", "no"].contains(answer.text):
            return [Refusal(.notAnOption, field: id)]
        default:
            return []
        }
    }
}

extension Field.Kind {
    /// Whether a school is chosen.
    package var isSchool: Bool { if case .school = self { true } else { false } }

    /// Whether an answer can hold several options at once: a condition on one of them is met beside another.
    package var isSeveral: Bool {
        switch self {
        case .choices, .week: true
        default: false
        }
    }
}

/// A day and a time of day on the wall clock, as people agree on a meeting: `2026-11-10T15:30`.
package struct LocalMoment: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let day: Day
    package let hour: Int
    package let minute: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Day(String(parts[0])) else { return nil }
        // Browsers may add seconds; they are read and left out.
        let time = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard time.count == 2 || time.count == 3, time.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(Self.isDigit) }),
            let hour = Int(time[0]), let minute = Int(time[1]), (0..<24).contains(hour), (0..<60).contains(minute),
            time.count == 2 || Int(time[2]).map({ $0 < 60 }) == true
        else { return nil }
        self.day = day
        self.hour = hour
        self.minute = minute
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    package static func < (left: Self, right: Self) -> Bool {
        (left.day, left.hour, left.minute) < (right.day, right.hour, right.minute)
    }

    package var description: String {
        "\(day)T\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
