extension RoutePicture {
    /// A box with the choices below it, before it has its place: the box begins at 0, 0.
    struct Block: Sendable {
        /// Where a choice that leads to steps leaves the block.
        struct Exit: Sendable {
            let goals: [Int]
            /// Leaves at the bottom, in the line that comes from the box; otherwise at the right.
            let isTrunk: Bool
            var at: Point
        }

        let width: Double
        private(set) var height = 0.0
        private(set) var boxes: [Box] = []
        private(set) var lines: [Line] = []
        private(set) var marks: [Mark] = []
        private(set) var wires: [Wire] = []
        private(set) var exits: [Exit] = []
        private let measure: Measure

        /// The start of the route.
        init(_ start: Start, width: Double, _ measure: Measure) {
            self.measure = measure
            self.width = width
            let widest = start.notes.map { Fan.Label.width($0.text, size: measure.small) + 22 }.max() ?? 0
            let wanted = max(Fan.Label.width(start.title, size: measure.small) * 1.06, widest) + 34
            let box = min(width, max(wanted, 80))
            height = 7
            write(start.title, .begin, x: 17, room: box - 34)
            write(start.notes, x: 17, room: box - 34)
            height += 8
            boxes = [Box(kind: .start, rect: Rect(x: 0, y: 0, width: box, height: height))]
            exits = [Exit(goals: start.opens, isTrunk: true, at: Point(x: measure.trunk, y: height))]
        }

        /// A step with its choices; `main` is the one that the way on follows.
        init(_ step: Step, number: Int, main: Int?, width: Double, _ measure: Measure) {
            self.measure = measure
            self.width = width
            // In a narrow column words stand below the number, so that they keep the whole width.
            let isNarrow = width < measure.beside
            let indent = isNarrow ? measure.padding : measure.padding + 26
            let sign = step.isMeeting && !isNarrow ? 24.0 : 0
            height = measure.padding
            marks.append(Mark(kind: .number(number), rect: Rect(x: measure.trunk - 11, y: height - 2, width: 22, height: 22)))
            if step.isMeeting {
                marks.append(
                    Mark(kind: .meeting, rect: Rect(x: width - measure.padding - 20, y: height, width: 20, height: 18)))
            }
            if isNarrow { height += 24 }
            write(step.title, .title, x: indent, room: width - indent - measure.padding - sign)
            write(step.who, .who, x: indent, room: width - indent - measure.padding - sign)
            write(step.notes, x: indent, room: width - indent - measure.padding)
            height += measure.padding - 3
            boxes = [Box(kind: .step(number - 1), rect: Rect(x: 0, y: 0, width: width, height: height))]
            let bottom = height
            let others = step.choices.indices.filter { $0 != main }
            var last = bottom
            for choice in others.map({ step.choices[$0] }) {
                height += 9
                last = row(choice)
            }
            if let main {
                height += 9
                last = leading(step.choices[main])
            }
            if last > bottom {
                wires.insert(
                    Wire(
                        points: [Point(x: measure.trunk, y: bottom), Point(x: measure.trunk, y: last)], arrow: false,
                        isLoop: false, goal: nil), at: 0)
            }
        }

        /// Shifts everything to its place.
        mutating func move(to x: Double, _ y: Double) {
            for place in boxes.indices { boxes[place].rect = boxes[place].rect.moved(x, y) }
            for place in lines.indices { lines[place].rect = lines[place].rect.moved(x, y) }
            for place in marks.indices { marks[place].rect = marks[place].rect.moved(x, y) }
            for place in wires.indices {
                wires[place].points = wires[place].points.map { Point(x: $0.x + x, y: $0.y + y) }
            }
            for place in exits.indices { exits[place].at = Point(x: exits[place].at.x + x, y: exits[place].at.y + y) }
        }

        // MARK: Choices

        /// A choice that branches off; returns the height of its line.
        private mutating func row(_ choice: Choice) -> Double {
            let from = measure.trunk
            switch choice.next {
            case .end(let end):
                let isSame = choice.title.lowercased() == end.title.lowercased()
                guard !isSame, width >= measure.besides else { return below(choice, end, isSame ? nil : choice.title) }
                let top = height
                let start = start(of: end, choice.title)
                let lines = label(choice, x: from + 18, room: start - from - 18 - 24)
                let labelHeight = height - top
                height = top
                let pill = pill(end, x: start, room: width - start)
                let rowHeight = max(labelHeight, pill.height)
                // The words stand in the middle of their row.
                shift(lines, by: (rowHeight - labelHeight) / 2)
                movePill(by: (rowHeight - pill.height) / 2)
                let line = top + rowHeight / 2
                height = top + rowHeight
                branch(line, to: from + 13)
                wire([Point(x: from + 18 + lines.width + 6, y: line), Point(x: pill.x, y: line)], arrow: true)
                return line
            case .steps(let goals):
                let room = width - from - 18 - Double(goals.count) * 24 - 12
                let top = height
                let lines = label(choice, x: from + 18, room: room)
                let line = top + max(height - top, 20) / 2
                shift(lines, by: max(0, 20 - (height - top)) / 2)
                height = max(height, top + 20)
                branch(line, to: from + 13)
                let badges = width - Double(goals.count) * 24 - 6
                if badges - (from + 18 + lines.width + 6) > 8 {
                    wire([Point(x: from + 18 + lines.width + 6, y: line), Point(x: badges, y: line)], arrow: false)
                }
                self.goals(goals, x: badges, y: line - 10)
                wire([Point(x: width - 6, y: line), Point(x: width, y: line)], arrow: false)
                exits.append(Exit(goals: goals, isTrunk: false, at: Point(x: width, y: line)))
                return line
            }
        }

        /// Where an end begins that stands beside its words: half way, or farther to the right when the words need that room.
        private func start(of end: End, _ title: String) -> Double {
            let half = measure.trunk + (width - measure.trunk) / 2
            let words = measure.trunk + 18 + Fan.Label.width(title, size: measure.small) + 26
            let own = Fan.Label.width(end.title, size: measure.small * 1.07) + (end.isDecision ? 48 : 28)
            return max(half, min(words, width - own))
        }

        /// An end below its words, where there is no room beside them.
        private mutating func below(_ choice: Choice, _ end: End, _ title: String?) -> Double {
            let from = measure.trunk
            if let title { write(title, .label, x: from + 10, room: width - from - 10) }
            write(choice.notes, x: from + 10, room: width - from - 10)
            if title != nil || !choice.notes.isEmpty { height += 3 }
            let pill = pill(end, x: from + 24, room: width - from - 24)
            let line = pill.y + pill.height / 2
            wire([Point(x: from, y: line), Point(x: pill.x, y: line)], arrow: true)
            return line
        }

        /// The choice that the way on follows: beside the line that goes down.
        private mutating func leading(_ choice: Choice) -> Double {
            guard case .steps(let goals) = choice.next else { return row(choice) }
            let from = measure.trunk + 12
            let top = height
            let lines = label(choice, x: from, room: width - from - Double(goals.count) * 24 - 6)
            shift(lines, by: max(0, 20 - (height - top)) / 2)
            height = max(height, top + 20)
            self.goals(goals, x: from + lines.width + 8, y: (top + height) / 2 - 10)
            exits.append(Exit(goals: goals, isTrunk: true, at: Point(x: measure.trunk, y: height)))
            return height
        }

        private mutating func branch(_ line: Double, to x: Double) {
            wire([Point(x: measure.trunk, y: line), Point(x: x, y: line)], arrow: false)
        }

        private mutating func wire(_ points: [Point], arrow: Bool) {
            wires.append(Wire(points: points, arrow: arrow, isLoop: false, goal: nil))
        }

        private mutating func goals(_ goals: [Int], x: Double, y: Double) {
            for (place, goal) in goals.enumerated() {
                marks.append(
                    Mark(kind: .goal(goal + 1), rect: Rect(x: x + Double(place) * 24 + 1, y: y, width: 20, height: 20)))
            }
        }

        // MARK: Words

        private struct Written {
            let lines: Range<Int>
            let marks: Range<Int>
            let width: Double
        }

        private mutating func label(_ choice: Choice, x: Double, room: Double) -> Written {
            let (line, mark) = (lines.count, marks.count)
            write(choice.title, .label, x: x, room: room)
            write(choice.notes, x: x, room: room)
            let right = (lines[line...].map(\.rect.right) + marks[mark...].map(\.rect.right)).max() ?? x
            return Written(lines: line..<lines.count, marks: mark..<marks.count, width: right - x)
        }

        private mutating func shift(_ written: Written, by distance: Double) {
            for place in written.lines { lines[place].rect = lines[place].rect.moved(0, distance) }
            for place in written.marks { marks[place].rect = marks[place].rect.moved(0, distance) }
        }

        private mutating func write(_ text: String, _ style: Line.Style, x: Double, room: Double) {
            let size = style == .title ? measure.title : measure.small
            let step = style == .title ? measure.titleLine : measure.smallLine
            // Bold letters are wider than they are measured.
            let bold = [.title, .end, .begin].contains(style) ? 1.07 : 1
            for line in RoutePicture.wrapped(text, size: size * bold, to: room) {
                let width = Fan.Label.width(line, size: size * bold)
                lines.append(Line(text: line, style: style, size: size, rect: Rect(x: x, y: height, width: width, height: step)))
                height += step
            }
        }

        private mutating func write(_ notes: [Note], x: Double, room: Double) {
            for note in notes {
                height += 3
                marks.append(Mark(kind: .note(note.kind), rect: Rect(x: x, y: height + 1, width: 15, height: 15)))
                write(note.text, .note, x: x + 21, room: room - 21)
            }
        }

        private mutating func pill(_ end: End, x: Double, room: Double) -> Rect {
            let sign = end.isDecision ? 20.0 : 0
            let (top, first) = (height, lines.count)
            height += 5
            write(end.title, .end, x: x + 13 + sign, room: room - 26 - sign)
            height += 6
            let right = lines[first...].map(\.rect.right).max() ?? x
            let rect = Rect(x: x, y: top, width: right - x + 13, height: height - top)
            boxes.append(Box(kind: .end(end), rect: rect))
            return rect
        }

        private mutating func movePill(by distance: Double) {
            guard distance > 0, let box = boxes.indices.last else { return }
            let rect = boxes[box].rect
            boxes[box].rect = rect.moved(0, distance)
            for place in lines.indices where lines[place].style == .end && lines[place].rect.y >= rect.y {
                lines[place].rect = lines[place].rect.moved(0, distance)
            }
        }
    }
}
