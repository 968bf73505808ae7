/// One procedure of the plan, for a parent as well as for a lawyer.
struct PlanProcedurePage: Page {
    static let template = "plan/procedure"

    /// A question, with why it is asked.
    struct Asked: Sendable {
        let title: String
        let why: String?
        /// "Alleen als schoolsoort: so."
        let note: String
        let options: [String]
        let source: SourceNote?
    }

    struct Line: Sendable {
        var anchor: String?
        let title: String
        let text: [String]
        let source: SourceNote?
        /// That this version changed it.
        var mark: String?
    }

    /// A way to end a step.
    struct Choice: Sendable {
        let title: String
        let about: [String]
        /// The steps that open, or the outcome.
        let goals: [Link]
        let isEnd: Bool
        /// What else it does: the request is complete, a meeting is planned.
        let notes: [String]
        let asks: [Asked]
        let needs: [Line]
    }

    struct Step: Sendable {
        let anchor: String
        let title: String
        let who: String
        let text: [String]
        /// "binnen 2 weken"
        let terms: [String]
        /// Who comes to the meeting, and what they think about beforehand.
        let meeting: [Fact]
        let questions: [String]
        let asks: [Asked]
        let choices: [Choice]
        let source: SourceNote?
        var mark: String?
    }

    /// How it can end, and what follows.
    struct Outcome: Sendable {
        let anchor: String
        let title: String
        let text: [String]
        let facts: [Fact]
        /// What can be started because of it, the letter and the table.
        let links: [Link]
        let source: SourceNote?
        var mark: String?
    }

    let title: String
    let back: Link
    /// That this version is not the one in force, and which it is.
    let version: String?
    let about: [String]
    let picture: RoutePicture
    let facts: [Fact]
    let after: [Link]
    let needs: [Line]
    /// What is asked at the start because it is not known yet.
    let asks: [Asked]
    let steps: [Step]
    let terms: [Line]
    let outcomes: [Outcome]
    let tables: [PlanTable]
    /// Where sources clash and what was chosen.
    let conflicts: [Line]
    let examples: PlanExamplesPart?
    var cards: [PlanCardsPart] = []
    let source: SourceNote?
    /// That this version changed it, and how to begin it.
    var mark: String?
    var startMark: String?
    /// What of it can be changed in a draft, for whoever writes them: itself first, then its terms.
    var edits: [Link] = []
}
