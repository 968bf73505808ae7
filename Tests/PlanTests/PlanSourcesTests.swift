import Domain
import Plan
import Testing

@Suite("The sources of a plan")
struct PlanSourcesTests {
    private static func outline() throws -> PlanOutline {
        try PlanLoader.open(PlanKey("spow/2020-2024-addendum"), from: RealPlans.folder).rules.outline
    }

    static let written: [(source: String, names: [String])] = [
        ("deel 2, 1.7.4", ["deel 2, 1.7.4"]),
        ("deel 2, 1.2, 3.3 en 3.6.1", ["deel 2, 1.2", "deel 2, 3.3", "deel 2, 3.6.1"]),
        ("deel 2, 1.4 (Steunpunt HB) en 2.1", ["deel 2, 1.4 (Steunpunt HB)", "deel 2, 2.1"]),
        ("deel 2, 2.4.1 stap 3", ["deel 2, 2.4.1 stap 3"]),
        ("addendum, Stappenplan stap 3.1 d en e", ["addendum, Stappenplan stap 3.1 d", "addendum, Stappenplan stap 3.1 e"]),
        ("addendum, Terugplaatsingsbeleid en Stappenplan", ["addendum, Terugplaatsingsbeleid", "addendum, Stappenplan"]),
        ("Awb art. 7:10 lid 1 en 2 en 7:13", ["Awb art. 7:10 lid 1", "Awb art. 7:10 lid 2", "Awb art. 7:13"]),
        ("WPO art. 40 lid 4; deel 2, 1.1", ["WPO art. 40 lid 4", "deel 2, 1.1"]),
        ("AVG art. 37 tot en met 39", ["AVG art. 37", "AVG art. 39"]),
    ]

    @Test("one source can name several paragraphs and articles, and each is found", arguments: written)
    func several(_ source: String, _ names: [String]) throws {
        let references = try Self.outline().references(in: source)
        #expect(references.map(\.text) == names)
        for reference in references {
            switch reference.target {
            case .paragraph(let paragraph): #expect(reference.text.hasPrefix(paragraph.reference))
            case .law(let article): #expect(reference.text.hasPrefix(article.reference))
            case .chosen, .unknown: Issue.record("\(reference.text) names nothing")
            }
        }
    }

    @Test("a choice of the writer says so, and can name the note which tells it")
    func chosen() throws {
        let outline = try Self.outline()
        #expect(outline.references(in: "gekozen").map(\.target) == [.chosen(note: nil)])
        #expect(outline.references(in: "gekozen (NOTES.md, 7)").map(\.target) == [.chosen(note: 7)])
        #expect(outline.references(in: "gekozen, staat niet in de bron (NOTES.md, 12)").map(\.target) == [.chosen(note: 12)])
        #expect(outline.references(in: "gekozenen").map(\.target) == [.unknown])
    }

    @Test(
        "what is no paragraph and no article is unknown",
        arguments: ["deel 2, 1.7.9", "deel 2, 1.7.4 en 9.9", "WPO art. 99", "WPO art. 40 lid", "hoofdstuk 1", "deel 2"])
    func unknown(_ source: String) throws {
        #expect(try Self.outline().references(in: source).contains { $0.target == .unknown })
    }

    @Test("an amending version has the chapters of the version it amends and its own")
    func inherits() throws {
        let outline = try Self.outline()
        #expect(outline.chapters.last?.id == "addendum")
        #expect(outline.chapters.contains { $0.id == "inrichting" })
        #expect(outline.paragraph("deel 2, 1.8.1")?.chapter == "inrichting")
    }

    @Test("a source that names nothing is told with file, line, keys and the nearest")
    func told() throws {
        let texts = try SmallPlan.replacing("source: par. 6 b", with: "source: par. 6 d", in: "rules/duur.yaml")
        let problems = SmallPlan.problems(texts)
        #expect(SmallPlan.summary(problems) == ["unknown-source duur.yaml:5 rules.duur.rows.week-jong.source"])
        #expect(problems.first?.hint.en == "did you mean ‘par. 6 a’?")
    }

    @Test("a note that does not exist is told, and one that does is not")
    func notes() throws {
        var texts = try SmallPlan.replacing("source: par. 6 b", with: "source: \"gekozen (NOTES.md, 2)\"", in: "rules/duur.yaml")
        texts["wold/NOTES.md"] = "# Gekozen\n\n1. Een.\n2. Twee.\n"
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == [])
        texts["wold/NOTES.md"] = "# Gekozen\n\n1. Een.\n"
        #expect(SmallPlan.problems(texts).map(\.message.en) == ["NOTES.md has no item 2"])
    }

    @Test("a plan without a table of contents is an error of the check, and stops no installation that follows it")
    func noOutline() throws {
        var texts = SmallPlan.texts
        texts["wold/2020/paragraphs.yaml"] = nil
        #expect(SmallPlan.problems(texts).map(\.code) == [.missingFile])
        #expect(throws: Never.self) { try PlanLoader.load(SmallPlan.key, from: PlanTexts(texts)) }
    }

    @Test("a paragraph in two chapters is told")
    func twice() throws {
        var texts = SmallPlan.texts
        texts["wold/2020/paragraphs.yaml", default: ""] += """

            nog-een:
              title: { nl: Nog een, en: Another }
              paragraphs: { par. 6: { nl: Hoe lang, en: How long } }
            """
        #expect(SmallPlan.problems(texts).map(\.code) == [.duplicateKey])
    }

    @Test("articles that somebody compared say with what")
    func checked() throws {
        let outline = try PlanLoader.open(SmallPlan.key, from: PlanTexts(SmallPlan.texts)).rules.outline
        #expect(outline.article("Atw art. 1")?.checked == "Stb. 314")
        #expect(outline.article("Atw art. 2")?.checked == nil)
        #expect(outline.article("Atw art. 2")?.title.en == "Short")
    }
}
