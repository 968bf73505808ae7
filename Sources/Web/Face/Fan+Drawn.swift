import Synchronization

extension Fan.Drawing {
    /// Blades as they were drawn before: the children of a partnership stand in few different ways on the same fan.
    ///
    /// Kept by what is drawn and nothing else, so there is no word about a child in it; its name is in what is put around.
    final class Drawn: Sendable {
        static let shared = Drawn()

        /// At some ten kilobytes each; beyond this many the memory starts anew.
        private static let most = 200

        private let known = Mutex<[[String]: String]>([:])

        /// The blades of a drawing, drawn only if they were not yet.
        func blades(of drawing: Fan.Drawing, draw: () -> String) -> String {
            var key = [drawing.now]
            for tier in drawing.tiers {
                key.append(tier.title)
                for form in tier.forms {
                    key.append(form.standing.rawValue)
                    key.append(form.title)
                }
                // Ends the tier: no standing is called so.
                key.append("")
            }
            if let drawn = known.withLock({ $0[key] }) { return drawn }
            let drawn = draw()
            known.withLock { known in
                if known.count >= Self.most { known = [:] }
                known[key] = drawn
            }
            return drawn
        }
    }
}
