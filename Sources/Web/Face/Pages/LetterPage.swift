/// The letter of a decision on paper: the words are the plan's, the sheet is the same for every plan.
///
/// Drawn without the chrome, with `letter.css`, for paged media; the headings make it readable as tagged PDF.
struct LetterPage: Page {
    static let template = "procedure/letter"

    /// The subject, which is also the heading and the title of the file.
    let title: String
    /// Name of the partnership, at the top.
    let sender: String
    /// The letter as the plan words it: HTML whose values were escaped when they were filled in.
    let body: String
    /// The paragraph of the plan that the decision rests on.
    let source: Link
    /// Title of the version of the plan under which it was taken.
    let version: String
    /// Address of the style sheet for paper.
    let style: String
}
