/// A template that was read: what it says and where it asks for a value.
///
/// The language is Mustache as the pages use it: `{{name}}`, `{{{name}}}`, `{{#name}}`, `{{^name}}`, `{{^empty(name)}}`,
/// `{{>part}}`, and `{{<frame}}` with its blocks `{{$name}}`. Names are looked up from the innermost value outwards; `.` is
/// that value itself.
struct Template: Sendable {
    /// One piece of it.
    indirect enum Piece: Sendable {
        case text(String)
        /// The value of a name; `raw` is markup of our own that is not made safe.
        case value(Name, raw: Bool)
        /// Drawn for each of a list, once for anything else that is there; `inverted` only when nothing is.
        case section(Name, inverted: Bool, Template)
        /// Another template; `blocks` replace what it has by these names.
        case part(String, blocks: [String: Template])
        /// What a template around this one may replace.
        case block(String, Template)
    }

    /// The name of a value, in steps: `chrome.viewer` is `viewer` of `chrome`. No steps: the innermost value itself.
    struct Name: Sendable, Hashable {
        let steps: [String]
        /// Asks whether the list of this name has nothing in it, instead of for the list.
        let asksIfEmpty: Bool
    }

    let pieces: [Piece]
}
