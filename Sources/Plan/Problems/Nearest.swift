import Domain

/// The known word that lies nearest to a wrong one, so that a typing mistake is mended at sight.
enum Nearest {
    /// The nearest of the known words; nil when none is near enough to be meant.
    static func word(to wrong: String, among known: some Sequence<String>) -> String? {
        let most = max(1, wrong.count / 3)
        var best: (word: String, distance: Int)?
        for word in known where abs(word.count - wrong.count) <= most {
            let found = distance(wrong, word)
            if found <= most, found < best?.distance ?? .max { best = (word, found) }
        }
        return best?.word
    }

    /// A hint that names the nearest word, or else every word that is known when they are few.
    static func hint(for wrong: String, among known: some Collection<String>) -> Localized? {
        if let near = word(to: wrong, among: known) {
            return Localized(nl: "bedoelt u ‘\(near)’?", en: "did you mean ‘\(near)’?")
        }
        guard !known.isEmpty, known.count <= 20 else { return nil }
        let all = known.joined(separator: ", ")
        return Localized(nl: "bekend: \(all)", en: "known: \(all)")
    }

    /// How many letters must be added, removed, replaced or swapped with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var before: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var least = Swift.min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { least = Swift.min(least, before[j - 1] + 1) }
                row.append(least)
            }
            before = last
            last = row
        }
        return last[right.count]
    }
}
