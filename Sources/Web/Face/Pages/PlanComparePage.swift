/// What changes from one version of the plan to another, and for whom.
struct PlanComparePage: Page {
    static let template = "plan/compare"

    /// One thing that the other version says otherwise.
    struct Difference: Sendable {
        let sentence: String
        /// Whom it concerns.
        let concerns: [String]
        let sides: [Side]
    }

    /// What one of the versions says.
    struct Side: Sendable {
        let title: String
        let text: String?
        /// Whether it says nothing where the other does.
        var lacks = false
        let source: SourceNote?
    }

    struct Group: Sendable {
        let title: String
        let differences: [Difference]
    }

    /// An example that comes out otherwise.
    struct Example: Sendable {
        let situation: [String]
        let sides: [Side]
        let why: String
        let source: SourceNote?
    }

    struct Examples: Sendable {
        let title: String
        let examples: [Example]
    }

    /// A dossier in which something would have come out otherwise.
    struct Turn: Sendable {
        let name: Link
        let what: String
        let sides: [Side]
    }

    /// What would have become of dossiers.
    struct Dossiers: Sendable {
        let title: String
        /// Where the counting is asked for; nil once it was done.
        let ask: Link?
        let figures: [String]
        /// Those that the reader may see.
        let seen: [Turn]
        let seenNote: String?
    }

    let title: String
    let back: Link
    let before: [FormOption]
    let after: [FormOption]
    /// Whom it is asked for.
    let audience: [FormOption]
    let count: String
    let groups: [Group]
    let examplesTitle: String
    let examples: [Examples]
    /// Only for who is signed in.
    let dossiers: Dossiers?
}
