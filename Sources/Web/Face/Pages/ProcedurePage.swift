/// One procedure of a dossier: where it is, which terms run, who does what.
struct ProcedurePage: Page {
    static let template = "procedure/procedure"

    /// A step on the way.
    struct Step: Sendable, Derived {
        enum State: Sendable { case done, now, ahead, skipped }
        let title: String
        let state: State
        /// "Merel de Haan, 9 maart", or whose turn it is.
        let who: String?
        /// What came out, or what is expected.
        let note: String?
        let href: String?

        var derived: [String: Any] { ["isDone": state == .done, "isNow": state == .now] }
    }

    let title: String
    let frame: DossierFrame
    let chip: Chip
    /// "Wacht op het advies van de tweede deskundige, Ruud Evers."
    let sentence: String
    let asks: [DossierPage.Ask]
    let steps: [Step]
    let clocks: [Clock]
    /// What came out of it, if it ended.
    let outcome: Link?
    /// The paragraph of the plan that the outcome rests on.
    let outcomeSource: Link?
    let known: [FactGroup]
    let timeline: [DossierPage.Moment]
    let circles: [DossierPage.Circle]
    let documents: [DossierPage.Document]
    /// The plan's page and paragraph of this procedure.
    let source: Link?
    /// Row by row why it came out so, or what it takes to go on.
    let why: Link?
    /// The plan version it runs under, if that is no longer the newest.
    let planNote: String?
    /// Moving it to another plan version, for whoever may.
    var move: Link?
    let invitation: Link?
    let withdraw: Link?
}
