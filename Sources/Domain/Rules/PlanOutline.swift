/// What a plan can name as the source of a value: the paragraphs of its own document, and articles of law.
package struct PlanOutline: Hashable, Sendable {
    /// A chapter of the document: the unit about which a council asks its questions.
    package struct Chapter: Hashable, Sendable {
        /// Key of the chapter, fit for an address.
        package let id: String
        package let title: Localized
        /// In the order of the document.
        package let paragraphs: [Paragraph]
        package init(id: String, title: Localized, paragraphs: [Paragraph]) {
            self.id = id
            self.title = title
            self.paragraphs = paragraphs
        }
    }

    /// A paragraph, or whatever the document counts in.
    package struct Paragraph: Hashable, Sendable {
        /// How a source names it: `deel 2, 1.7.4`.
        package let reference: String
        package let title: Localized
        /// Key of its chapter.
        package let chapter: String
        package init(reference: String, title: Localized, chapter: String) {
            self.reference = reference
            self.title = title
            self.chapter = chapter
        }
    }

    /// An article of law, or another public rule that plans rest on.
    package struct LawArticle: Hashable, Sendable {
        /// How a source names it, without its members: `Awb art. 7:10`.
        package let reference: String
        package let title: Localized
        /// Name of the law that it stands in.
        package let law: Localized
        /// With what text somebody compared it; nil when nobody did, and then it is read with care.
        package let checked: String?
        package init(reference: String, title: Localized, law: Localized, checked: String?) {
            self.reference = reference
            self.title = title
            self.law = law
            self.checked = checked
        }
    }

    package let chapters: [Chapter]
    package let law: [LawArticle]
    private let paragraphsByReference: [String: Paragraph]
    private let lawByReference: [String: LawArticle]

    package init(chapters: [Chapter] = [], law: [LawArticle] = []) {
        self.chapters = chapters
        self.law = law
        paragraphsByReference = Dictionary(chapters.flatMap(\.paragraphs).map { ($0.reference, $0) }) { first, _ in first }
        lawByReference = Dictionary(law.map { ($0.reference, $0) }) { first, _ in first }
    }

    /// Every paragraph in the order of the document.
    package var paragraphs: [Paragraph] { chapters.flatMap(\.paragraphs) }

    /// The chapter with this key.
    package func chapter(_ id: String) -> Chapter? { chapters.first { $0.id == id } }
    /// The paragraph that a source names so.
    package func paragraph(_ reference: String) -> Paragraph? { paragraphsByReference[reference] }
    /// The article of law that a source names so.
    package func article(_ reference: String) -> LawArticle? { lawByReference[reference] }
}
