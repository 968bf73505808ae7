/// One route of a plan as a picture: its steps from top to bottom, each choice as a labelled line to where it leads.
///
/// Drawn on the server twice, for a wide and for a narrow page, because letters that are shrunk with a picture cannot be
/// read; the style sheet shows one of them. The same is said in words in the list of steps beside it.
struct RoutePicture: Sendable, Showing {
    /// A small line with a mark before it: a term, or what a step waits for.
    struct Note: Sendable, Hashable {
        enum Kind: String, Sendable, CaseIterable {
            /// How long somebody has for a step.
            case due
            /// Here a clock begins to run.
            case begins
            /// Here a clock stands still.
            case pauses
            /// Here a clock is met.
            case met
            /// This step waits for several others.
            case joins
        }

        let kind: Kind
        let text: String

        init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    /// How a route ends.
    struct End: Sendable, Hashable {
        let title: String
        /// Whether a numbered decision with a letter comes out.
        let isDecision: Bool
    }

    /// One way to end a step.
    struct Choice: Sendable {
        enum Next: Sendable, Hashable {
            /// Steps by their place in the route; several open at once.
            case steps([Int])
            case end(End)
        }

        let title: String
        let notes: [Note]
        let next: Next

        init(_ title: String, _ next: Next, notes: [Note] = []) {
            self.title = title
            self.next = next
            self.notes = notes
        }
    }

    /// One step, numbered by its place.
    struct Step: Sendable {
        let title: String
        /// Who acts.
        let who: String
        let isMeeting: Bool
        let notes: [Note]
        let choices: [Choice]
        /// How many steps must be done before this one opens; none for most.
        let waitsFor: Int

        init(
            _ title: String, who: String, isMeeting: Bool = false, notes: [Note] = [], choices: [Choice], waitsFor: Int = 0
        ) {
            self.title = title
            self.who = who
            self.isMeeting = isMeeting
            self.notes = notes
            self.choices = choices
            self.waitsFor = waitsFor
        }
    }

    /// Where it begins.
    struct Start: Sendable {
        let title: String
        let notes: [Note]
        let opens: [Int]
    }

    /// What the picture is called, and what it shows, in words.
    let title: String
    let description: String
    /// Keeps the ids on the page apart; letters, digits and hyphens.
    let id: String
    let start: Start
    let steps: [Step]

    var shown: Shown {
        ["wide": svg(.wide).shown, "narrow": svg(.narrow).shown, "title": title.shown, "description": description.shown]
    }
}
