import Domain

/// Turns the tree of one version into rules.
struct PlanReader {
    let reading: PlanReading
    let key: PlanKey
    let holidays: Holidays
    let articles: [PlanOutline.LawArticle]
    let lists: [PlanContents.List]
    let retention: [RetentionLaw]
    let rights: RightsLaw?

    init(
        _ reading: PlanReading, key: PlanKey, holidays: Holidays, articles: [PlanOutline.LawArticle],
        lists: [PlanContents.List], retention: [RetentionLaw], rights: RightsLaw?
    ) {
        self.reading = reading
        self.key = key
        self.holidays = holidays
        self.articles = articles
        self.lists = lists
        self.retention = retention
        self.rights = rights
    }

    /// The whole plan from the root of its tree.
    func plan(_ root: PlanSection) -> PlanRules {
        // Groups come first, because conditions anywhere speak of them.
        let groups = root.options("groups")
        reading.groups = groups.map(\.id)
        let key = version(root)
        let fields = FieldsReader(reading)
        let groeidocument = fields.groeidocument(root)
        fields.shared(root)
        let procedures = root.things("procedures", needed: false) { id, section in
            ProcedureReader(fields: fields.all).procedure(id, section)
        }
        let tables = root.things("rules", needed: false) { id, section in table(id, section) }
        let letters = root.things("letters", needed: false) { id, section in letter(id, section) }
        let functions = functions(root, procedures: procedures.map(\.id))
        return PlanRules(
            key: key, title: root.text("title"), partnership: partnership(root), inForce: root.day("in-force"),
            until: root.optionalDay("until"), amends: root.optionalString("amends").map { PlanKey($0) },
            document: root.string("document"), functions: functions,
            disciplines: root.options("disciplines", needed: false), relations: relations(root), purposes: purposes(root),
            evidence: evidence(root), groups: groups, tiers: tiers(root), groeidocument: groeidocument, fields: fields.all,
            procedures: procedures, tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.id, $0) }),
            letters: Dictionary(uniqueKeysWithValues: letters.map { ($0.id, $0) }), ages: ages(root), holidays: holidays,
            governance: root.part("governance") { GovernanceReader().governance($0) },
            retention: root.part("retention") { RetentionReader(laws: retention).rule($0) },
            outline: PlanOutline(chapters: chapters(root), law: articles),
            contents: root.part("contents") { ContentsReader(lists: lists).contents($0) },
            askedIn: AskedInReader().rules(root), emergency: root.part("emergency") { EmergencyReader().rule($0) },
            rights: RightsReader(law: rights).rule(root, functions),
            questions: QuestionReader().rules(root))
    }

    private func version(_ root: PlanSection) -> PlanKey {
        guard let node = root.needed("key"), let text = root.scalar(node, "key") else { return key }
        if text != key.rawValue {
            let place = "\(key.rawValue)/plan.yaml"
            reading.add(
                .wrongVersion, at: node.place.file == place ? node.place : PlanPlace(file: place, line: 1), path: "key",
                nl: "deze versie heet ‘\(text)’, maar staat in de map ‘\(key)’",
                en: "this version is called ‘\(text)’, but stands in the folder ‘\(key)’")
        }
        return key
    }

    private func partnership(_ root: PlanSection) -> PlanRules.Partnership {
        guard let node = root.needed("partnership") else {
            return PlanRules.Partnership(name: "", shortName: "", code: "", postcodes: [], address: [], email: "")
        }
        return reading.section(node, path: "partnership") { section in
            PlanRules.Partnership(
                name: section.string("name"), shortName: section.string("short-name"), code: section.string("code"),
                postcodes: section.keys("postcodes"), address: section.keys("address"), email: section.string("email"))
        }
    }

    private func chapters(_ root: PlanSection) -> [PlanOutline.Chapter] {
        root.things("paragraphs", needed: false) { id, section in
            PlanOutline.Chapter(
                id: id, title: section.text("title"),
                paragraphs: section.texts("paragraphs").map { reference, title in
                    PlanOutline.Paragraph(reference: reference, title: title, chapter: id)
                })
        }
    }

    private func ages(_ root: PlanSection) -> ClosedRange<Int> {
        guard let node = root.needed("ages"), let text = root.scalar(node, "ages") else { return 0...99 }
        let ends = text.split(separator: ".", omittingEmptySubsequences: false)
        guard ends.count == 3, ends[1].isEmpty, let from = Int(ends[0]), let to = Int(ends[2]), 0 <= from, from <= to, to <= 150
        else {
            root.bad(
                node, "ages", nl: "‘\(text)’ is geen bereik van leeftijden", en: "‘\(text)’ is no range of ages",
                hint: Localized(nl: "schrijf 3..14", en: "write 3..14"))
            return 0...99
        }
        return from...to
    }

    private func relations(_ root: PlanSection) -> [PlanRules.Relation] {
        root.things("relations") { id, section in
            PlanRules.Relation(id: id, title: section.text("title"), authority: section.flag("authority"))
        }
    }

    private func purposes(_ root: PlanSection) -> [PlanRules.Purpose] {
        root.things("purposes", needed: false) { id, section in
            PlanRules.Purpose(
                id: id, title: section.text("title"), explanation: section.text("explanation"),
                without: section.optionalText("without"), source: section.string("source"))
        }
    }

    private func evidence(_ root: PlanSection) -> [PlanRules.EvidenceKind] {
        root.things("evidence", needed: false) { id, section in
            PlanRules.EvidenceKind(
                id: id, title: section.text("title"), explanation: section.optionalText("explanation"))
        }
    }

    private func tiers(_ root: PlanSection) -> [PlanRules.Tier] {
        root.things("waaier") { id, section in
            PlanRules.Tier(
                id: id, title: section.text("title"),
                forms: section.things("forms") { id, section in
                    PlanRules.SupportForm(
                        id: id, title: section.text("title"), short: section.text("short"),
                        explanation: section.text("explanation"), source: section.string("source"))
                })
        }
    }

    private func table(_ id: String, _ section: PlanSection) -> DecisionTable {
        DecisionTable(
            id: id, title: section.text("title"), hit: section.word("hit", else: DecisionTable.HitPolicy.exactlyOne),
            rows: section.things("rows") { id, section in
                DecisionTable.Row(
                    id: id, when: section.condition("when"), until: section.until("until"), source: section.string("source"),
                    note: section.optionalText("note"))
            }, source: section.string("source"))
    }

    private func letter(_ id: String, _ section: PlanSection) -> PlanRules.Letter {
        PlanRules.Letter(
            id: id, title: section.text("title"), body: Localized(nl: body(id, section, .nl), en: body(id, section, .en)))
    }

    private func body(_ id: String, _ section: PlanSection, _ language: Language) -> String {
        let name = "\(language.rawValue).mustache"
        defer { section.note(.letter, name) }
        guard !section.has(name) else { return section.string(name) }
        let file = "\(key.rawValue)/letters/\(id).\(name)"
        reading.add(
            .missingFile, at: PlanPlace(file: file, line: 1), path: section.path(name), nl: "de tekst van deze brief ontbreekt",
            en: "the text of this letter is missing")
        return ""
    }

    private func functions(_ root: PlanSection, procedures: [String]) -> [FunctionRule] {
        root.things("functions") { id, section in
            let place: FunctionRule.Place =
                section.needed("place").flatMap { section.word($0, section.path("place")) } ?? .outside
            return FunctionRule(
                id: id, title: section.text("title"), explanation: section.text("explanation"), place: place,
                sight: sight(section, procedures: procedures), reads: section.words("reads"), may: section.words("may"),
                disciplines: section.keys("disciplines"),
                // Whoever works with dossiers proves more than a password; families choose.
                secondFactor: section.flag("second-factor", else: place == .school || place == .partnership),
                watch: watch(section), source: section.string("source"))
        }
    }

    private func watch(_ section: PlanSection) -> ReadingWatch? {
        section.inner("told-of") { section in
            func number(_ key: String, _ range: ClosedRange<Int>) -> Int {
                guard let number = section.number(key) else { return range.lowerBound }
                guard range.contains(number) else {
                    reading.add(
                        .badValue, at: reading.places[section.path(key)], path: section.path(key),
                        nl: "een getal van \(range.lowerBound) tot en met \(range.upperBound)",
                        en: "a number from \(range.lowerBound) to \(range.upperBound)",
                        hint: Localized(nl: "verander het getal", en: "change the number"))
                    return range.lowerBound
                }
                return number
            }
            let before = number("before", 0...23)
            return ReadingWatch(
                dossiers: number("dossiers", 1...9999), before: before, after: number("after", (before + 1)...24),
                quiet: section.period("quiet"))
        }
    }

    private func sight(_ section: PlanSection, procedures: [String]) -> [FunctionRule.Sight] {
        guard let node = section.needed("sees") else { return [] }
        if node.scalar == "never" { return [] }
        let path = section.path("sees")
        guard case .list(let nodes) = node.content else { return [sight(section, node, path, procedures)].compactMap(\.self) }
        return nodes.enumerated().compactMap { sight(section, $1, "\(path).\($0 + 1)", procedures) }
    }

    private func sight(
        _ section: PlanSection, _ node: PlanNode, _ path: String, _ procedures: [String]
    ) -> FunctionRule.Sight? {
        reading.places[path] = node.place
        guard node.isMap else {
            switch section.scalar(node, path) {
            case "always": return .always
            case "named": return .named
            case let text?:
                section.bad(
                    node, path, nl: "‘\(text)’ is hier geen bekend woord", en: "‘\(text)’ is no known word here",
                    hint: Nearest.hint(for: text, among: ["always", "named", "never", "during", "acting", "left"]))
                return nil
            case nil: return nil
            }
        }
        return reading.section(node, path: path) { inner in
            if inner.has("left") { return .left(afterwards: inner.period("left")) }
            let afterwards = inner.optionalPeriod("afterwards")
            let during = inner.value("during")?.scalar == "all" ? procedures : inner.keys("during")
            let acting = inner.flag("acting")
            switch (during.isEmpty, acting) {
            case (false, false): return .during(procedures: during, afterwards: afterwards)
            case (true, true): return .acting(afterwards: afterwards)
            default:
                inner.bad(
                    node, path, nl: "hier hoort ‘during’, ‘acting: true’ of ‘left’",
                    en: "‘during’, ‘acting: true’ or ‘left’ belongs here")
                return nil
            }
        }
    }
}
