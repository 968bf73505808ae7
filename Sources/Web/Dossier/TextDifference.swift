/// What changed between two texts, word by word, as a reader sees it.
///
/// Blanks are not compared: a line that was broken elsewhere is no change. The stretches that stayed and those that came
/// are together exactly the new text. Texts of many thousands of words are compared sentence by sentence, and beyond that
/// as a whole, so that no pair of texts takes more than a moment.
enum TextDifference {
    /// A stretch of text that stayed, came or went.
    struct Piece: Hashable, Sendable {
        enum Change: Hashable, Sendable { case same, added, removed }
        var text: String
        let change: Change

        init(_ text: String, _ change: Change) {
            self.text = text
            self.change = change
        }
    }

    /// The most words, or sentences, of both texts together that are compared one by one.
    ///
    /// The comparison takes time and memory with the square of what differs: 2,000 is some 20 milliseconds at worst.
    static let most = 2_000

    /// The stretches in order; of what was replaced the old comes first.
    static func pieces(from old: String, to new: String) -> [Piece] {
        let words = (old: tokens(old, endsAfter: \.isWhitespace), new: tokens(new, endsAfter: \.isWhitespace))
        if let compared = compared(words.old, words.new) { return joined(compared) }
        let sentences = (old: tokens(old, endsAfter: isEndOfSentence), new: tokens(new, endsAfter: isEndOfSentence))
        guard let compared = compared(sentences.old, sentences.new) else {
            return [Piece(old, .removed), Piece(new, .added)].filter { !$0.text.isEmpty }
        }
        return joined(refined(joined(compared)))
    }

    /// Both texts in one, with the lines that they share only once: what somebody begins with who joins them.
    static func merged(_ first: String, _ second: String) -> String {
        func lines(_ text: String) -> [Token] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map { Token(word: String($0), blank: "") }
        }
        guard let compared = compared(lines(first), lines(second)) else { return first + "\n" + second }
        return compared.map(\.text).joined(separator: "\n")
    }

    // MARK: Tokens

    /// A word with the blanks behind it, which are kept but not compared.
    private struct Token: Hashable {
        let word: String
        let blank: String
        var text: String { word + blank }

        static func == (left: Self, right: Self) -> Bool { left.word == right.word }
        func hash(into hasher: inout Hasher) { hasher.combine(word) }
    }

    /// The text in pieces: each ends with the run of characters that end one.
    private static func tokens(_ text: String, endsAfter ends: (Character) -> Bool) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let words = rest.prefix { !ends($0) }
            var after = rest[words.endIndex...]
            let end = after.prefix { ends($0) }
            after = after[end.endIndex...]
            let blanks = after.prefix(while: \.isWhitespace)
            // A full stop belongs to its sentence; blanks belong to nothing.
            let mark = end.prefix { !$0.isWhitespace }
            tokens.append(Token(word: String(words + mark), blank: String(end[mark.endIndex...]) + String(blanks)))
            rest = after[blanks.endIndex...]
        }
        return tokens
    }

    private static func isEndOfSentence(_ character: Character) -> Bool { ".!?;\n".contains(character) }

    // MARK: Comparing

    /// The pieces in order, token by token; nil when there are too many.
    private static func compared(_ old: [Token], _ new: [Token]) -> [Piece]? {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old[head...].reversed(), new[head...].reversed()).prefix { $0 == $1 }.count
        let before = Array(old[head..<(old.count - tail)])
        let after = Array(new[head..<(new.count - tail)])
        guard before.isEmpty || after.isEmpty || before.count + after.count <= most else { return nil }
        var pieces = new[..<head].map { Piece($0.text, .same) }
        pieces += between(before, after)
        pieces += new[(new.count - tail)...].map { Piece($0.text, .same) }
        return pieces
    }

    private static func between(_ old: [Token], _ new: [Token]) -> [Piece] {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var pieces: [Piece] = []
        var (oldIndex, newIndex) = (0, 0)
        while oldIndex < old.count || newIndex < new.count {
            if removed.contains(oldIndex) {
                pieces.append(Piece(old[oldIndex].text, .removed))
                oldIndex += 1
            } else if inserted.contains(newIndex) {
                pieces.append(Piece(new[newIndex].text, .added))
                newIndex += 1
            } else if newIndex < new.count {
                pieces.append(Piece(new[newIndex].text, .same))
                oldIndex += 1
                newIndex += 1
            } else {
                break
            }
        }
        return pieces
    }

    /// Sentences that took the place of others, compared word by word where they are few enough.
    private static func refined(_ pieces: [Piece]) -> [Piece] {
        var refined: [Piece] = []
        var index = 0
        while index < pieces.count {
            let piece = pieces[index]
            if piece.change == .removed, index + 1 < pieces.count, pieces[index + 1].change == .added {
                let next = pieces[index + 1]
                refined +=
                    compared(tokens(piece.text, endsAfter: \.isWhitespace), tokens(next.text, endsAfter: \.isWhitespace))
                    ?? [piece, next]
                index += 2
            } else {
                refined.append(piece)
                index += 1
            }
        }
        return refined
    }

    /// Neighbours of one kind made one, and within a change what went before what came.
    private static func joined(_ pieces: [Piece]) -> [Piece] {
        var joined: [Piece] = []
        var removed = ""
        var added = ""
        func close() {
            if !removed.isEmpty { joined.append(Piece(removed, .removed)) }
            if !added.isEmpty { joined.append(Piece(added, .added)) }
            removed = ""
            added = ""
        }
        for piece in pieces {
            switch piece.change {
            case .removed: removed += piece.text
            case .added: added += piece.text
            case .same:
                close()
                if joined.last?.change == .same {
                    joined[joined.count - 1].text += piece.text
                } else {
                    joined.append(piece)
                }
            }
        }
        close()
        return joined
    }
}
