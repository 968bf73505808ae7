import Domain
import Plan

// What a version that amends another one changed, said beside it.
extension PlanWords {
    /// "Nieuw in deze versie" or "Gewijzigd in deze versie"; nil for what stayed as it was.
    func mark(at path: String) -> String? { mark(whole?.plan.news(at: path)) }

    /// The same of an example or a card.
    func mark(of example: PlanExample) -> String? { mark(whole?.news[example.path]) }

    /// The same of a question, wherever the plan has it.
    func mark(ofField field: String) -> String? {
        let part = rules.groeidocument.parts.first { $0.fields.contains(field) }
        return mark(at: part.map { "groeidocument.parts.\($0.id).fields.\(field)" } ?? "fields.\(field)")
    }

    private func mark(_ news: PlanTouch.Kind?) -> String? {
        switch news {
        case .added: texts("planPage.new")
        case .changed, .removed: texts("planPage.changed")
        case nil: nil
        }
    }
}
