/// The words that the letter of a decision may use, by what the decision says: what the program fills in, and nothing else.
package struct LetterWords: Hashable, Sendable {
    /// Words for a text; a section of one is drawn when it is there.
    package let texts: Set<String>
    /// Sections that repeat, each with the words that are known inside it.
    package let lists: [String: Set<String>]

    /// Words of every letter.
    private static let always: Set<String> = [
        "number", "child", "given", "born", "school", "reasons", "decisionMaker", "decided", "partnership", "address", "email",
    ]
    /// The list of advices, and what is told of each.
    package static let experts = "experts"
    private static let ofExpert: Set<String> = ["name", "discipline", "day"]
    private static let ofValidity: Set<String> = ["begin", "end", "explanation"]
    private static let ofObjection: Set<String> = ["objectionUntil"]
    private static let ofAppeal: Set<String> = ["appealUntil"]

    /// The words of a letter of this decision.
    package init(of decision: DecisionRule) {
        var texts = Self.always
        if decision.validity != nil { texts.formUnion(Self.ofValidity) }
        if decision.objection != nil { texts.formUnion(Self.ofObjection) }
        if decision.appeal != nil { texts.formUnion(Self.ofAppeal) }
        texts.formUnion(decision.copies.map(Self.word))
        self.texts = texts
        lists = decision.advices.isEmpty ? [:] : [Self.experts: Self.ofExpert]
    }

    /// Whether some decision has this word, be it not this one: then a section of it is drawn there and left out here.
    package func isOfOthers(_ word: String) -> Bool {
        word == Self.experts || Self.ofValidity.contains(word) || Self.ofObjection.contains(word)
            || Self.ofAppeal.contains(word)
    }

    /// The key of a field as letters write it: `school-type` is `schoolType`.
    package static func word(ofField key: String) -> String {
        let parts = key.split(separator: "-")
        return (parts.prefix(1) + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }).joined()
    }
}
