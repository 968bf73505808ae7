extension RoutePicture {
    /// Distances of a drawing, in units that are pixels on the page it is made for.
    struct Measure: Sendable {
        let name: String
        let width: Double
        /// How many steps stand side by side at most.
        let columns: Int
        let title: Double
        let small: Double
        /// Between two lines that run beside each other.
        let lane: Double

        static let wide = Measure(name: "wide", width: 660, columns: 3, title: 14.5, small: 13.5, lane: 9)
        static let narrow = Measure(name: "narrow", width: 280, columns: 2, title: 13.5, small: 12.5, lane: 8)

        let padding = 10.0
        /// From the left of a box to the line that leaves it at the bottom.
        let trunk = 16.0
        var titleLine: Double { title * 1.22 }
        var smallLine: Double { small * 1.24 }
        /// From this width on a choice and where it leads stand beside each other.
        let besides = 300.0
        /// From this width on the words of a step stand beside its number.
        let beside = 170.0
    }

    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
    }

    struct Rect: Sendable, Hashable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double
        var right: Double { x + width }
        var bottom: Double { y + height }

        func moved(_ dx: Double, _ dy: Double) -> Rect { Rect(x: x + dx, y: y + dy, width: width, height: height) }
    }

    /// Something with an outline.
    struct Box: Sendable {
        enum Kind: Sendable, Hashable {
            case start
            case step(Int)
            case end(End)
        }
        let kind: Kind
        var rect: Rect
    }

    /// A line of text; `rect` is what it takes up.
    struct Line: Sendable {
        enum Style: String, Sendable { case begin, title, who, label, note, end }
        let text: String
        let style: Style
        let size: Double
        var rect: Rect
        var baseline: Double { rect.y + size * 0.96 }
    }

    /// A small sign.
    struct Mark: Sendable {
        enum Kind: Sendable, Hashable {
            case number(Int)
            /// Where a line leads that runs aside.
            case goal(Int)
            case meeting
            case note(Note.Kind)
        }
        let kind: Kind
        var rect: Rect
    }

    /// A line from a choice to where it leads.
    struct Wire: Sendable {
        var points: [Point]
        let arrow: Bool
        /// Whether it leads back up.
        let isLoop: Bool
        /// The step that it leads to; nil within a block.
        let goal: Int?
    }

    /// Where everything stands.
    struct Layout: Sendable {
        let measure: Measure
        let height: Double
        let boxes: [Box]
        let lines: [Line]
        let marks: [Mark]
        let wires: [Wire]
    }

    /// Where everything stands in a drawing.
    func layout(_ measure: Measure) -> Layout {
        var plan = Placing(self, measure)
        return plan.layout()
    }
}

extension RoutePicture {
    /// In which order steps stand, and which lines lead back up.
    struct Order: Sendable {
        /// Steps that stand beside each other, from top to bottom.
        let rows: [[Int]]
        /// The row of each step; the start is row 0 and the first steps are in row 1.
        let row: [Int: Int]
        /// How many steps follow at most.
        let depth: [Int: Int]
        private let back: Set<[Int]>

        /// Whether a line leads back up.
        func isLoop(_ from: Int, _ to: Int) -> Bool { back.contains([from, to]) }

        init(_ picture: RoutePicture, columns: Int) {
            let next = picture.steps.map { step in
                var seen: Set<Int> = []
                return step.choices.flatMap { choice -> [Int] in
                    guard case .steps(let steps) = choice.next else { return [] }
                    return steps
                }.filter { picture.steps.indices.contains($0) && seen.insert($0).inserted }.sorted()
            }
            var back: Set<[Int]> = []
            var order: [Int] = []
            var state = [Int](repeating: 0, count: next.count)
            func visit(_ step: Int) {
                state[step] = 1
                for other in next[step] {
                    if state[other] == 1 { back.insert([step, other]) } else if state[other] == 0 { visit(other) }
                }
                state[step] = 2
                order.insert(step, at: 0)
            }
            // What nothing leads to stands in the picture too: a plan that is being written is looked at as well.
            let roots = picture.start.opens.filter(next.indices.contains).sorted() + next.indices
            for root in roots where state[root] == 0 { visit(root) }
            let forward = next.enumerated().map { from, goals in goals.filter { !back.contains([from, $0]) } }
            var layer = [Int](repeating: 0, count: next.count)
            for step in order { for other in forward[step] { layer[other] = max(layer[other], layer[step] + 1) } }
            var depth: [Int: Int] = [:]
            for step in order.reversed() { depth[step] = (forward[step].compactMap { depth[$0] }.max() ?? -1) + 1 }
            self.depth = depth
            self.back = back
            let forks =
                [picture.start.opens]
                + picture.steps.flatMap { step in
                    step.choices.compactMap { choice -> [Int]? in
                        guard case .steps(let steps) = choice.next, steps.count > 1 else { return nil }
                        return steps
                    }
                }
            var rows: [[Int]] = []
            for level in Set(layer).sorted() {
                let steps = next.indices.filter { layer[$0] == level }
                rows += Self.rows(of: steps, forks, depth, columns)
            }
            self.rows = rows
            row = Dictionary(
                rows.enumerated().flatMap { place, steps in steps.map { ($0, place + 1) } },
                uniquingKeysWith: { first, _ in first }
            )
        }

        /// Steps of one layer in rows: what opens at once stands together; where there is room all do, what leads on first.
        ///
        /// What only leads back stands above what leads on, so that the way on is not cut off.
        private static func rows(of steps: [Int], _ forks: [[Int]], _ depth: [Int: Int], _ columns: Int) -> [[Int]] {
            var groups: [[Int]] = []
            var left = steps
            while let first = left.first {
                let group = forks.first { $0.contains(first) && $0.count { left.contains($0) } > 1 }?.filter(left.contains)
                groups.append((group ?? [first]).sorted())
                left.removeAll { groups[groups.count - 1].contains($0) }
            }
            func follow(_ group: [Int]) -> Int { group.compactMap { depth[$0] }.max() ?? 0 }
            if columns > 2, steps.count <= columns {
                return [
                    groups.enumerated().sorted { (-follow($0.element), $0.offset) < (-follow($1.element), $1.offset) }
                        .flatMap(\.element)
                ]
            }
            return groups.enumerated().sorted { (follow($0.element), $0.offset) < (follow($1.element), $1.offset) }
                .flatMap { group in
                    stride(from: 0, to: group.element.count, by: columns).map {
                        Array(group.element[$0..<min($0 + columns, group.element.count)])
                    }
                }
        }
    }
}

extension RoutePicture {
    /// After how many letters a word that is too long is broken: between two syllables, as far as letters tell.
    private static func broken(_ word: String, _ most: Int) -> Int {
        let letters = Array(word.lowercased())
        let isVowel = { (letter: Character) in "aeiouyëïéèü".contains(letter) }
        let pairs: Set<String> = [
            "ch", "sch", "ng", "nk", "th", "ph", "ck", "st", "sp", "pr", "tr", "kr", "br", "dr", "gr", "vr", "sl", "sc",
        ]
        let places = (3..<max(4, most + 1)).filter { place in
            guard place <= most, letters.count - place >= 3 else { return false }
            let (before, after) = (letters[place - 1], letters[place])
            if before == "-" { return true }
            // The s that joins two Dutch words belongs to the first: ondersteunings-adviseur.
            if place > 4, String(letters[place - 4..<place]) == "ings" { return true }
            if place > 4, after == "s", String(letters[place - 3..<place]) == "ing" { return false }
            let next = letters[place + 1]
            if isVowel(before) { return !isVowel(after) && isVowel(next) }
            return !isVowel(after) && isVowel(next) && !pairs.contains(String([before, after]))
        }
        let joints = places.filter { letters[$0 - 1] == "-" || $0 > 4 && String(letters[$0 - 4..<$0]) == "ings" }
        // Where two words meet reads best, unless hardly anything would stand before it.
        if let joint = joints.last, joint * 2 >= most { return joint }
        return places.last ?? most
    }

    /// Breaks a text into lines that fit; a word that is too long is broken too.
    static func wrapped(_ text: String, size: Double, to room: Double) -> [String] {
        func fits(_ text: String) -> Bool { Fan.Label.width(text, size: size) <= room }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map(String.init) {
            let longer = line.isEmpty ? word : line + " " + word
            if fits(longer) {
                line = longer
                continue
            }
            var rest = word
            if !line.isEmpty {
                lines.append(line)
                line = ""
            }
            while !fits(rest) {
                var most = rest.count
                while most > 1, !fits(rest.prefix(most) + "-") { most -= 1 }
                let kept = String(rest.prefix(broken(rest, most)))
                lines.append(kept.hasSuffix("-") ? kept : kept + "-")
                rest = String(rest.dropFirst(kept.count))
            }
            line = rest
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
