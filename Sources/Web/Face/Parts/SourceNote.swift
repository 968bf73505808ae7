/// Where something stands in the plan's source: each paragraph, with the place where this site shows all that was made of it.
struct SourceNote: Sendable, Showing {
    /// One paragraph or article.
    struct Piece: Sendable, Showing {
        let text: String
        let href: String?
        /// "; " where another follows.
        var separator = ""

        var shown: Shown { ["text": text.shown, "href": href.shown, "separator": separator.shown] }
    }

    let pieces: [Piece]

    /// - Returns: nil when there is nothing to name.
    init?(_ pieces: [Piece]) {
        guard !pieces.isEmpty else { return nil }
        self.pieces = pieces.enumerated().map { place, piece in
            var piece = piece
            piece.separator = place < pieces.count - 1 ? "; " : ""
            return piece
        }
    }

    /// What is named, as it is written.
    var text: String { pieces.map { $0.text + $0.separator }.joined() }

    var shown: Shown { ["pieces": pieces.shown] }
}
