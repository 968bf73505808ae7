/// One version of the plan, for everybody: who there are, what can be given, how a child comes to it, and within which terms.
struct PlanPage: Page {
    static let template = "plan/plan"

    struct Form: Sendable {
        let anchor: String
        let title: String
        let href: String?
        let about: String?
        let source: SourceNote?
    }

    struct Tier: Sendable {
        let title: String
        let forms: [Form]
    }

    /// Routes that belong together.
    struct Routes: Sendable {
        /// Nil when there is nothing to tell apart.
        let title: String?
        let routes: [Procedure]
    }

    struct Procedure: Sendable {
        let title: String
        let href: String
        let about: String
        /// "Besluit binnen 6 weken"
        let terms: [String]
        /// "School vraagt aan"
        let starts: String?
        /// That this version changed it.
        var mark: String?
    }

    /// Somebody there is: what they do, when they see a dossier and what of it.
    struct Person: Sendable {
        let anchor: String
        let title: String
        let about: String
        let facts: [Fact]
        let source: SourceNote?
        var mark: String?
    }

    /// People who are held at one place.
    struct People: Sendable {
        let title: String
        let people: [Person]
    }

    /// What parents are asked to agree to.
    struct Purpose: Sendable {
        let anchor: String
        let title: String
        let about: String
        /// Where it is asked.
        let asked: [Link]
        let source: SourceNote?
    }

    /// A part of the document of the child, with its questions.
    struct Part: Sendable {
        let anchor: String
        let title: String
        let about: String
        let questions: [PlanProcedurePage.Asked]
        let source: SourceNote?
    }

    struct Document: Sendable {
        let title: String
        let parts: [Part]
        let source: SourceNote?
    }

    /// One term that somebody can hold the partnership to, or a promise.
    struct Term: Sendable {
        let title: String
        let route: Link
        /// "6 weken"
        let length: String
        let from: String
        /// Whose rule it is.
        let ground: String
        let source: SourceNote?
        var mark: String?
    }

    /// A letter as it is worded, with what is filled in between guillemets.
    struct Letter: Sendable {
        let anchor: String
        let title: String
        let text: [String]
    }

    let title: String
    /// "Geldt van 1 augustus 2020 tot en met 31 juli 2024. Met addendum van …"
    let lead: String
    /// That this version is not the one in force, and which it is.
    let version: String?
    /// The parts of this page, to go to.
    let contents: [Link]
    let fan: Fan
    let tiers: [Tier]
    /// Those of the fan in its order, then the others.
    let procedures: [Routes]
    let people: [People]
    let purposes: [Purpose]
    let document: Document
    let terms: [Term]
    let tables: [PlanTable]
    let letters: [Letter]
    /// What the law asks a plan to hold and this one leaves to paper.
    let paper: [PlanProcedurePage.Line]
    /// The chapters of the source.
    let chapters: [Link]
    let sources: Link
    /// Other versions of the plan.
    let versions: [Link]
    /// What differs from the other versions.
    let comparisons: [Link]
    let examples: String?
    /// Cards of who reads along, of how questions are answered, and of the plan itself; each stands beside what it tells of.
    var sightCards: [PlanCardsPart] = []
    var formCards: [PlanCardsPart] = []
    var planCards: [PlanCardsPart] = []
    /// To the drafts, for whoever writes them.
    var edit: Link?
}
