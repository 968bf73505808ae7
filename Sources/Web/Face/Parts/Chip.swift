/// A word or two about a state, with a colour that only underlines what the words say.
struct Chip: Sendable {
    /// What the colour underlines; red is kept for what is now or too late.
    enum Tone: String, Showing, Sendable { case plain, ok, wait, now, late }
    let text: String
    let tone: Tone

    init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }
}

extension Chip: Showing {
    var shown: Shown {
        ["text": text.shown, "tone": tone.shown]
    }
}
