import Domain

/// How an outcome came about by a plan, and what would have made it another: for whoever asks why.
package struct PlanExplanation: Hashable, Sendable, Codable {
    /// One condition of a row, with what was known.
    package struct Clause: Hashable, Sendable, Codable {
        package let fact: String
        /// The question as it is asked; the fact itself for what no plan asks.
        package let question: Localized
        package let wanted: Localized
        /// Nil when nothing is known.
        package let value: Localized?
        package let holds: Bool
    }

    /// One row of a table, and whether it applies.
    package struct Row: Hashable, Sendable, Codable {
        package let table: String
        package let row: String
        package let source: String
        /// What the source names, with the titles of the paragraphs.
        package let paragraphs: [Localized]
        package let note: Localized?
        package let clauses: [Clause]
        package var matched: Bool { clauses.allSatisfy(\.holds) }
    }

    /// One thing on the way that decided.
    package struct Step: Hashable, Sendable, Codable {
        package let text: Localized
        package let source: String?
    }

    /// What comes out, in words; of a refusal also why, by its code.
    package struct Outcome: Hashable, Sendable, Codable {
        package let nl: String
        package let en: String
        /// Nil when nothing was refused.
        package let refused: Refusal.Code?

        init(_ words: Localized, refused: Refusal.Code? = nil) {
            (nl, en) = (words.nl, words.en)
            self.refused = refused
        }

        package subscript(language: Language) -> String { Localized(nl: nl, en: en)[language] }
    }

    /// One fact that is other, with what comes out then.
    package struct Otherwise: Hashable, Sendable, Codable {
        package let change: Localized
        package let outcome: Outcome
    }

    package let plan: PlanKey
    package let title: Localized
    package let document: String
    /// The day from which this version holds.
    package let inForce: Day
    package let outcome: Outcome
    package let rows: [Row]
    package let steps: [Step]
    /// How the last day was counted, as codes with their values.
    package let counted: [Explained]
    package let otherwise: [Otherwise]
}

extension PlanExplanation {
    /// The whole explanation as lines of text.
    ///
    /// - Parameters:
    ///   - counted: turns a code with its values into a sentence.
    ///   - refused: says why something is refused.
    package func lines(
        in language: Language, counted told: (Explained) -> String, refused why: (Refusal.Code) -> String
    ) -> [String] {
        let nl = language == .nl
        func said(_ outcome: Outcome) -> String {
            guard let code = outcome.refused else { return outcome[language] }
            return "\(outcome[language]): \(why(code))"
        }
        var lines = [
            "\(title[language]) (\(plan)), \(nl ? "geldt vanaf" : "in force since") \(inForce.said[language]); \(document)"
        ]
        lines.append("\(nl ? "Uitkomst" : "Outcome"): \(said(outcome))")
        for row in rows { lines += row.lines(in: language) }
        for step in steps { lines.append("- \(step.text[language])" + (step.source.map { " (\($0))" } ?? "")) }
        lines += counted.map { "= " + told($0) }
        if !otherwise.isEmpty { lines.append(nl ? "Anders zou het zijn:" : "It would be otherwise:") }
        lines += otherwise.map { "  \($0.change[language]): \(said($0.outcome))" }
        return lines
    }
}
