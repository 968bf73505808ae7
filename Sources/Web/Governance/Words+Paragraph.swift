import Domain

extension Words {
    /// A paragraph as a link into the public plan, to the version that these words speak: under that version it ran.
    func paragraph(_ source: String, _ address: Address, _ anchor: String? = nil) -> Link {
        Link(
            texts("plan.paragraph", ["source": source]), PlanPlace(key: rules.key, isNamed: true).href(address, anchor))
    }

    /// The paragraph of a route.
    func paragraph(of route: ProcedureRule) -> Link { paragraph(route.source, .planProcedure(route.id)) }

    /// The paragraph that an outcome rests on: that of its decision, of the step that ends in it, or of the route.
    func paragraph(of outcome: OutcomeRule, _ route: ProcedureRule) -> Link {
        let ending = route.steps.first { $0.choices.contains { $0.then == .end(outcome: outcome.id) } }
        return paragraph(
            outcome.decision?.source ?? ending?.source ?? route.source, .planProcedure(route.id), PlanPlace.outcome(outcome.id))
    }

    /// A source with a link for each paragraph of this version.
    func source(_ source: String?) -> SourceNote? { PlanWords(self, isNamed: true).source(source) }
}
