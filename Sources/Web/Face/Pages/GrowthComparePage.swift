/// What changed between two versions of the groeidocument.
struct GrowthComparePage: Page {
    static let template = "growth/compare"

    /// A stretch of text that stayed, came or went.
    struct Segment: Sendable, Derived {
        enum Change: Sendable { case same, added, removed }
        let text: String
        let change: Change

        init(_ text: String, _ change: Change = .same) {
            self.text = text
            self.change = change
        }

        var derived: [String: Any] { ["added": change == .added, "removed": change == .removed, "same": change == .same] }
    }

    struct Field: Sendable {
        let label: String
        let segments: [Segment]
        /// "gewijzigd door Iris Bakker, 4 maart"
        let note: String?
    }

    struct Part: Sendable {
        let title: String
        /// Only the fields that differ.
        let fields: [Field]
    }

    let title: String
    let frame: DossierFrame
    /// The choice of versions, sent as `van` and `naar` with GET.
    let choice: Form
    /// "6 velden veranderd, in 2 delen."
    let summary: String
    let parts: [Part]
}
