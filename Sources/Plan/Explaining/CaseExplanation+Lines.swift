import Domain

extension CaseExplanation {
    /// The whole explanation as lines of text.
    ///
    /// - Parameters:
    ///   - counted: turns a code with its values into a sentence.
    ///   - refused: says why something is refused.
    package func lines(
        in language: Language, counted told: (Explained) -> String, refused why: (Refusal.Code) -> String
    ) -> [String] {
        let say = { (nl: String, en: String) in language == .nl ? nl : en }
        var lines = [
            "\(title[language]) (\(plan)), \(say("geldt vanaf", "in force since")) \(inForce.said[language]); \(document)"
        ]
        lines.append("\(route[language]) (\(source))")
        lines += paragraphs.map { "  → \($0[language])" }
        if let startedUnder { lines.append("\(say("Begonnen onder", "Started under")) \(startedUnder)") }
        if let outcome {
            let said = outcome.refused.map { "\(outcome[language]): \(why($0))" } ?? outcome[language]
            lines.append("\(say("Uitkomst", "Outcome")): \(said)")
            if deviates { lines.append("  " + say("afgeweken van de tabel, met reden", "deviates from the table, with reasons")) }
            if let meaning { lines.append("  \(meaning[language])") }
        } else if started != nil {
            lines.append(say("Uitkomst: die is er nog niet, het loopt nog", "Outcome: there is none yet, it still runs"))
        }
        for step in steps { lines.append("- \(step.text[language])" + (step.source.map { " (\($0))" } ?? "")) }
        if !known.isEmpty { lines.append(say("Hierbij was bekend:", "What was known:")) }
        lines += known.map { "  \($0.question[language]): \($0.value[language])" }
        for row in rows { lines += row.lines(in: language) }
        lines += counted.map { "= " + told($0) }
        lines += open.flatMap { $0.lines(in: language) }
        lines += clocks.flatMap { $0.lines(in: language, counted: told) }
        if !ahead.isEmpty { lines.append(say("Dit kan nog komen:", "This can still come:")) }
        lines += ahead.map { "  \($0[language])" }
        if !outcomes.isEmpty {
            lines.append(say("Mogelijke uitkomsten: ", "Possible outcomes: ") + Localized.list(outcomes)[language])
        }
        lines += next.map { $0[language] }
        if !otherwise.isEmpty || (started != nil && !ways.isEmpty) {
            lines.append(say("Anders zou het zijn:", "It would be otherwise:"))
        }
        for other in otherwise {
            let said = other.outcome.refused.map { "\(other.outcome[language]): \(why($0))" } ?? other.outcome[language]
            lines.append("  \(other.change[language]): \(said)")
        }
        return lines + ways.flatMap { $0.lines(in: language, hadBeen: started != nil) }
    }
}

extension PlanExplanation.Row {
    /// Whether it applied, and by which answers.
    func lines(in language: Language) -> [String] {
        let nl = language == .nl
        let verdict = matched ? (nl ? "past" : "applies") : (nl ? "past niet" : "does not apply")
        var lines = ["\(nl ? "rij" : "row") \(table).\(row): \(verdict) (\(source))"]
        lines += clauses.map { "  " + $0.line(in: language) }
        if matched, let note { lines.append("  \(note[language])") }
        if matched { lines += paragraphs.map { "  → \($0[language])" } }
        return lines
    }
}

extension PlanExplanation.Clause {
    /// What was asked, what was known, and whether that is as it must be.
    func line(in language: Language) -> String {
        let nl = language == .nl
        let value = value?[language] ?? (nl ? "niet bekend" : "not known")
        return "\(holds ? "✓" : "✗") \(question[language]): \(value); \(nl ? "gevraagd" : "asked"): \(wanted[language])"
    }
}

extension CaseExplanation.Way {
    fileprivate func lines(in language: Language, hadBeen: Bool) -> [String] {
        let say = { (nl: String, en: String) in language == .nl ? nl : en }
        let verdict =
            isOpen
            ? (hadBeen ? say("kon", "was possible") : say("kan", "is possible"))
            : (hadBeen ? say("kon niet", "was not possible") : say("kan nog niet", "is not possible yet"))
        let place = source.map { " (\($0))" } ?? ""
        var lines = ["  \(choice[language]) → \(leadsTo[language])\(lasts.map { ", \($0[language])" } ?? ""): \(verdict)\(place)"]
        if !isFree {
            lines += after.isEmpty ? ["    ✗ " + say("dit kan één keer, en dat is gedaan", "this can be done once, and was")] : []
        }
        if !after.isEmpty {
            lines.append("    \(isFree ? "✓" : "✗") \(say("na", "after")): \(Localized.list(after)[language])")
        }
        lines += clauses.map { "    " + $0.line(in: language) }
        for need in needs {
            let state = need.lacks.map { ": \($0[language])" } ?? ""
            lines.append(
                "    \(need.lacks == nil ? "✓" : "✗") \(need.what[language])\(state)\(need.source.map { " (\($0))" } ?? "")")
        }
        if !asks.isEmpty, !hadBeen {
            lines.append("    \(say("in te vullen", "to fill in")): \(Localized.list(asks)[language])")
        }
        return lines
    }
}

extension CaseExplanation.Waiting {
    fileprivate func lines(in language: Language) -> [String] {
        let say = { (nl: String, en: String) in language == .nl ? nl : en }
        let place = source.map { " (\($0))" } ?? ""
        var lines = [
            "\(say("Aan de beurt", "Now")): \(step[language]), \(say("door", "by")) \(by[language])\(place)",
            "  \(say("sinds", "since")) \(since.said[language]): \(because[language])",
        ]
        if let meeting { lines.append("  \(say("overleg op", "meeting on")) \(meeting.said[language])") }
        if let due {
            let term = within.map { say("; binnen \($0.nl)", "; within \($0.en)") } ?? ""
            lines.append("  \(say("uiterlijk", "by")) \(due.said[language])\(term)")
        }
        lines += paragraphs.map { "  → \($0[language])" }
        return lines + ways.flatMap { $0.lines(in: language, hadBeen: false) }
    }
}

extension CaseExplanation.Running {
    fileprivate func lines(in language: Language, counted told: (Explained) -> String) -> [String] {
        let say = { (nl: String, en: String) in language == .nl ? nl : en }
        var lines = [
            "\(say("Termijn", "Term")) ‘\(clock[language])’: \(within[language]) \(from[language]) (\(source))",
            "  \(ground[language]); \(standing[language])",
        ]
        if let started { lines.append("  \(say("begonnen op", "started on")) \(started.said[language])") }
        if let due { lines.append("  \(say("tot en met", "until")) \(due.said[language])") }
        lines += counted.map { "  = " + told($0) }
        return lines + paragraphs.map { "  → \($0[language])" }
    }
}
