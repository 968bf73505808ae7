import Domain

extension Installation {
    /// Whether somebody may read figures over all dossiers: who holds a function of the plan at the partnership.
    ///
    /// Figures name no child; counts under ten are left out by whoever shows them.
    package func mayReadFigures(_ actor: Actor) -> Bool {
        actor.functions.contains { held in
            held.organisation == .partnership && rules.function(held.function)?.place == .partnership
        }
    }
}
