import Domain

extension PlanInspection {
    /// Looks whether every source names a paragraph of the plan's document, an article of law, or a note of who wrote it.
    ///
    /// - Parameter notes: numbers of the notes beside the plan.
    func inspect(sources: [WrittenSource], notes: Set<Int>) {
        let outline = rules.outline
        guard !outline.chapters.isEmpty else {
            return add(
                .missingFile, "", nl: "paragraphs.yaml ontbreekt: de inhoudsopgave van het document",
                en: "paragraphs.yaml is missing: the document's table of contents",
                hint: Localized(
                    nl: "zet daarin elke paragraaf die als bron wordt genoemd, met zijn titel",
                    en: "put every paragraph in it that is named as a source, with its title"))
        }
        var twice: Set<String> = []
        for paragraph in outline.paragraphs where !twice.insert(paragraph.reference).inserted {
            add(
                .duplicateKey, "paragraphs.\(paragraph.chapter)", nl: "‘\(paragraph.reference)’ staat in twee hoofdstukken",
                en: "‘\(paragraph.reference)’ stands in two chapters",
                hint: Localized(nl: "haal haar uit een van de twee weg", en: "remove it from one of the two"))
        }
        let known = outline.paragraphs.map(\.reference) + outline.law.map(\.reference)
        for source in sources {
            for reference in outline.references(in: source.text) {
                switch reference.target {
                case .paragraph, .law, .chosen(note: nil): break
                case .chosen(let note?):
                    guard !notes.contains(note) else { break }
                    add(
                        .unknownSource, source.path, at: source.place, nl: "NOTES.md heeft geen punt \(note)",
                        en: "NOTES.md has no item \(note)",
                        hint: Localized(
                            nl: "schrijf dat punt in NOTES.md, of noem het goede nummer",
                            en: "write that item in NOTES.md, or name the right number"))
                case .unknown:
                    add(
                        .unknownSource, source.path, at: source.place,
                        nl: "‘\(reference.text)’ is geen paragraaf van dit plan en geen artikel uit de lijst van wetten",
                        en: "‘\(reference.text)’ is no paragraph of this plan and no article of the law's list",
                        hint: Nearest.hint(for: reference.text, among: known))
                }
            }
        }
    }
}
