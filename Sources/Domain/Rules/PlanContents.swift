/// Where a plan has each thing that the law says it must contain, and what of it the program carries out.
package struct PlanContents: Hashable, Sendable {
    /// A list of law: WPO art. 18a lid 8 for primary schools, the WVO's for secondary schools.
    package struct List: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let items: [Item]
        package let source: String
        package init(id: String, title: Localized, items: [Item], source: String) {
            self.id = id
            self.title = title
            self.items = items
            self.source = source
        }
    }

    /// One thing that a plan must contain.
    package struct Item: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let source: String
        package init(id: String, title: Localized, source: String) {
            self.id = id
            self.title = title
            self.source = source
        }
    }

    /// Where a plan has one of them.
    package struct Entry: Hashable, Sendable {
        /// Key of the item.
        package let id: String
        /// The paragraphs; nil when the document says nothing of it.
        package let source: String?
        /// What of this plan's files carries it out, by the keys that lead there: `procedures.tlv`.
        package let files: [String]
        /// What is left to paper; nil when the files carry out all.
        package let paper: Localized?
        package init(id: String, source: String?, files: [String], paper: Localized?) {
            self.id = id
            self.source = source
            self.files = files
            self.paper = paper
        }
    }

    /// The list that applies; nil when none does, and then `reason` says why.
    package let list: List?
    package let reason: Localized?
    package let entries: [Entry]
    package init(list: List?, reason: Localized?, entries: [Entry]) {
        self.list = list
        self.reason = reason
        self.entries = entries
    }

    /// What is left to paper, with the item of law it belongs to.
    package var onPaper: [(item: Item, paper: Localized)] {
        entries.compactMap { entry in
            guard let paper = entry.paper, let item = list?.items.first(where: { $0.id == entry.id }) else { return nil }
            return (item, paper)
        }
    }
}
