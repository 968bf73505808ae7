import Domain

extension PlanInspection {
    /// The templates of numbers: known words, one sequence, and never the same number twice.
    func inspectNumbers() {
        var counters: [String: (counter: String, path: String)] = [:]
        for procedure in rules.procedures {
            for outcome in procedure.outcomes {
                guard let decision = outcome.decision else { continue }
                let path = "procedures.\(procedure.id).outcomes.\(outcome.id).decision"
                inspect(decision, path)
                if let other = counters[decision.number], other.counter != decision.counter {
                    add(
                        .numberRepeats, "\(path).counter",
                        nl: "twee besluiten hebben dezelfde nummers, maar een andere teller: ‘\(other.counter)’",
                        en: "two decisions have the same numbers, but another counter: ‘\(other.counter)’",
                        hint: Localized(
                            nl: "geef beide dezelfde ‘counter’, of maak de nummers verschillend",
                            en: "give both the same ‘counter’, or make the numbers differ"))
                }
                counters[decision.number] = (decision.counter, path)
            }
        }
    }

    private func inspect(_ decision: DecisionRule, _ path: String) {
        let number = NumberTemplate(decision.number).placeholders
        let counter = NumberTemplate(decision.counter).placeholders
        let known = ["swv", "school-year"] + PlanFacts.builtIn
        for (key, template, words) in [("number", decision.number, number), ("counter", decision.counter, counter)] {
            let path = "\(path).\(key)"
            let words = words.filter { $0 != "seq" && !known.contains($0) }
            for word in words where rules.fields[word] == nil {
                add(
                    .badTemplate, path, nl: "‘{\(word)}’ is geen bekend woord voor een nummer",
                    en: "‘{\(word)}’ is no known word for a number",
                    hint: Nearest.hint(for: word, among: known + ["seq"] + fieldKeys))
            }
            for word in words where rules.fields[word] != nil { referToField(word, at: path) }
            let braces = template.filter { "{}".contains($0) }
            if braces != String(repeating: "{}", count: braces.count / 2) {
                add(
                    .badTemplate, path, nl: "de accolades kloppen niet", en: "the braces do not match",
                    hint: Localized(nl: "schrijf elk woord als {woord}", en: "write each word as {word}"))
            }
        }
        if number.filter({ $0 == "seq" }).count != 1 {
            add(
                .badTemplate, "\(path).number", nl: "een nummer heeft precies één {seq}", en: "a number has exactly one {seq}",
                hint: Localized(nl: "bijvoorbeeld {seq:4}", en: "such as {seq:4}"))
        }
        if counter.contains("seq") {
            add(
                .badTemplate, "\(path).counter", nl: "een teller heeft geen {seq}", en: "a counter has no {seq}",
                hint: Localized(
                    nl: "haal {seq} weg: dat hoort alleen in ‘number’", en: "remove {seq}: it belongs in ‘number’ only"))
        }
        for word in counter where word != "seq" && !number.contains(word) {
            add(
                .numberRepeats, "\(path).number", nl: "per ‘{\(word)}’ wordt opnieuw geteld, dus hoort het in het nummer",
                en: "counting begins anew for each ‘{\(word)}’, so it belongs in the number",
                hint: Localized(nl: "zet {\(word)} ook in ‘number’", en: "put {\(word)} in ‘number’ too"))
        }
    }

    /// The letters: said in both languages, every section closed, and nothing in them but words that a decision fills.
    func inspectLetters() {
        for letter in rules.letters.values.sorted(by: { $0.id < $1.id }) {
            inspect(letter.title, at: "letters.\(letter.id).title")
            for language in Language.allCases {
                let path = "letters.\(letter.id).\(language.rawValue).mustache"
                let body = letter.body[language]
                if body.allSatisfy(\.isWhitespace) {
                    add(
                        .emptyText, path, nl: "deze brief is leeg", en: "this letter is empty",
                        hint: Localized(
                            nl: "schrijf de tekst van de brief in deze taal", en: "write the text of the letter in this language")
                    )
                }
                let template = LetterTemplate(body)
                if let tag = template.unclosed {
                    add(
                        .badTemplate, path, nl: "‘\(tag)’ wordt niet gesloten", en: "‘\(tag)’ is not closed",
                        hint: Localized(nl: "sluit het met }} of met {{/…}}", en: "close it with }} or with {{/…}}"))
                } else {
                    inspectWords(template, of: letter, at: path)
                }
                inspect(template, at: path)
            }
        }
    }

    /// What a letter may hold: words that are filled in as text, so that nobody's answer can become a part of the page.
    private func inspect(_ template: LetterTemplate, at path: String) {
        for tag in template.tags {
            switch tag.kind {
            case .escaped, .section: break
            case .unescaped:
                add(
                    .badTemplate, path, line: tag.line,
                    nl: "‘\(tag.written)’ zet wat iemand typte ongewijzigd in de pagina",
                    en: "‘\(tag.written)’ puts what somebody typed into the page as it is",
                    hint: Localized(nl: "schrijf {{\(tag.word)}}", en: "write {{\(tag.word)}}"))
            case .other:
                add(
                    .badTemplate, path, line: tag.line, nl: "‘\(tag.written)’ kan niet in een brief",
                    en: "‘\(tag.written)’ cannot be in a letter",
                    hint: Localized(
                        nl: "schrijf alleen {{woord}}, {{#woord}}…{{/woord}} en {{^woord}}…{{/woord}}",
                        en: "write only {{word}}, {{#word}}…{{/word}} and {{^word}}…{{/word}}"))
            }
        }
    }

    /// The words of a letter: each is filled by every decision that sends it, or stands in a section that is left out there.
    private func inspectWords(_ template: LetterTemplate, of letter: PlanRules.Letter, at path: String) {
        let decisions = rules.procedures.flatMap { procedure in
            procedure.outcomes.compactMap { outcome in
                outcome.decision.map { (name: "\(procedure.id).\(outcome.id)", rule: $0) }
            }
        }.filter { $0.rule.letter == letter.id }
        let tags = template.tags.filter { $0.kind == .escaped || $0.kind == .section }
        var told: Set<Int> = []
        for decision in decisions {
            let words = LetterWords(of: decision.rule)
            for (index, tag) in tags.enumerated() where !tag.isFilled(by: words) && told.insert(index).inserted {
                let known = words.texts.union(words.lists.keys).union(tag.sections.flatMap { words.lists[$0] ?? [] })
                add(
                    .unknownWord, path, line: tag.line, nl: "‘\(tag.word)’ wordt bij \(decision.name) door niets gevuld",
                    en: "‘\(tag.word)’ is filled by nothing at \(decision.name)",
                    hint: Nearest.hint(for: tag.word, among: known.sorted()))
            }
        }
    }
}
