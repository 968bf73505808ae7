import Domain

/// Reads the national rules that every plan uses.
struct LawReading {
    let reading: PlanReading

    init(_ reading: PlanReading) { self.reading = reading }

    /// The file of the Algemene termijnenwet.
    static let termijnenwet = "law/termijnenwet.yaml"

    /// The file of the articles that plans name as a source.
    static let articles = "law/articles.yaml"

    /// The file of what a plan must contain.
    static let contents = "law/ondersteuningsplan.yaml"

    /// No feestdag and no limit: stands in while a problem with the file is told.
    private static let unknown = Holidays(
        rules: [], extra: [], limits: Holidays.Limits(longest: [], protectedFromDays: 0, workingDays: 0))

    /// The articles that sources may name; none when there is no such file, as in an installation from before it.
    func articles(_ trees: PlanTrees) -> [PlanOutline.LawArticle] {
        guard trees.files.text(of: LawReading.articles) != nil, let node = trees.sharedNode(LawReading.articles) else {
            return []
        }
        return reading.things(node, path: "law.articles") { _, section in
            let law = section.text("title")
            let checked = section.optionalString("checked")
            let unchecked = section.texts("unchecked", needed: false).map { reference, title in
                PlanOutline.LawArticle(reference: reference, title: title, law: law, checked: nil)
            }
            if section.has("articles") != (checked != nil) {
                section.bad(
                    section.node, section.path, nl: "‘articles’ en ‘checked’ horen bij elkaar: waarmee zijn ze vergeleken?",
                    en: "‘articles’ and ‘checked’ belong together: what were they compared with?")
            }
            return section.texts("articles", needed: false).map { reference, title in
                PlanOutline.LawArticle(reference: reference, title: title, law: law, checked: checked)
            } + unchecked
        }.flatMap(\.self)
    }

    /// What the law says that plans must contain, by kind of partnership; none when there is no such file.
    func lists(_ trees: PlanTrees) -> [PlanContents.List] {
        guard trees.files.text(of: LawReading.contents) != nil, let node = trees.sharedNode(LawReading.contents) else {
            return []
        }
        return reading.things(node, path: "law.ondersteuningsplan") { id, section in
            PlanContents.List(
                id: id, title: section.text("title"),
                items: section.things("items") { id, section in
                    PlanContents.Item(id: id, title: section.text("title"), source: section.string("source"))
                }, source: section.string("source"))
        }
    }

    /// The feestdagen and the limits of the Algemene termijnenwet.
    func holidays(_ trees: PlanTrees) -> Holidays {
        let file = LawReading.termijnenwet
        guard trees.files.text(of: file) != nil else {
            reading.add(
                .missingFile, at: PlanPlace(file: file, line: 1), path: "", nl: "dit bestand met de wet ontbreekt",
                en: "this file with the law is missing")
            return Self.unknown
        }
        guard let node = trees.sharedNode(file) else { return Self.unknown }
        return reading.section(node, path: "law.termijnenwet", holidays)
    }

    private func holidays(_ section: PlanSection) -> Holidays {
        _ = (section.string("law"), section.text("title"), section.string("source"))
        _ = section.needed("holidays")
        let rules = section.list("holidays") { node, path in reading.section(node, path: path, rule) }
        let extra = section.inner("extra") { section in
            _ = section.optionalString("source")
            return section.list("days") { node, path in
                reading.section(node, path: path) { section in
                    _ = section.string("source")
                    return section.day("day")
                }
            }
        }
        guard let node = section.needed("thresholds") else {
            return Holidays(rules: rules.compactMap(\.self), extra: Set(extra ?? []), limits: Self.unknown.limits)
        }
        return Holidays(
            rules: rules.compactMap(\.self), extra: Set(extra ?? []),
            limits: reading.section(node, path: section.path("thresholds"), limits))
    }

    private func rule(_ section: PlanSection) -> Holidays.Rule? {
        _ = (section.text("name"), section.string("source"))
        guard section.has("fixed") != section.has("easter") else {
            section.bad(
                section.node, section.path, nl: "hier hoort precies één van deze: fixed, easter",
                en: "exactly one of these belongs here: fixed, easter",
                hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
            return nil
        }
        if section.has("easter") {
            return section.number("easter").map { .easter(offset: $0) }
        }
        return section.inner("fixed") { section in
            let moved = section.optionalString("moved-from-sunday")
            if let moved, moved != "previous" {
                section.bad(
                    section.node, section.path("moved-from-sunday"), nl: "alleen ‘previous’", en: "only ‘previous’")
            }
            let (month, day) = (section.number("month") ?? 1, section.number("day") ?? 1)
            // 2024 is a leap year, so 29 February is let through.
            if Day(year: 2024, month: month, day: day) == nil {
                section.bad(section.node, section.path, nl: "deze datum bestaat niet", en: "there is no such date")
            }
            return .fixed(month: month, day: day, movedFromSundayToPrevious: moved != nil)
        }
    }

    private func limits(_ section: PlanSection) -> Holidays.Limits {
        _ = section.needed("longest")
        let longest = section.list("longest") { node, path in
            reading.section(node, path: path) { section in
                _ = section.string("source")
                return section.period("period")
            }
        }
        let short = section.needed("short-terms").map { node in
            reading.section(node, path: section.path("short-terms")) { section in
                _ = section.string("source")
                return (section.number("protected-from-days") ?? 0, section.number("working-days") ?? 0)
            }
        }
        return Holidays.Limits(longest: longest, protectedFromDays: short?.0 ?? 0, workingDays: short?.1 ?? 0)
    }
}
