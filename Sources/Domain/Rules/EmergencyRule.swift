/// Who may open a dossier that is closed to them when a child needs it now, and what they read of it then.
package struct EmergencyRule: Hashable, Sendable {
    /// Functions of the school or the partnership whose holders may.
    package let by: [String]
    package let parts: Set<DossierPart>
    /// To a parent: when this is for.
    package let explanation: Localized
    package let source: String

    package init(by: [String], parts: Set<DossierPart>, explanation: Localized, source: String) {
        self.by = by
        self.parts = parts
        self.explanation = explanation
        self.source = source
    }

    /// The function by which somebody may; nil for everybody else.
    package func function(of actor: Actor, on day: Day) -> String? {
        by.first { function in actor.functions.contains { $0.function == function && $0.isHeld(on: day) } }
    }
}
