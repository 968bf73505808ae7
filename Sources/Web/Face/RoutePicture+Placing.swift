extension RoutePicture {
    /// Gives every block its place, and every line between them a way on which no word stands.
    ///
    /// Blocks stand in rows. Between two rows, right of every column and along both edges of the drawing there are lanes that
    /// hold nothing but lines: down the left edge what passes a row, up the right edge what leads back. Lines to the same
    /// step share their lane.
    struct Placing {
        private let picture: RoutePicture
        private let measure: Measure
        private let order: Order
        private var rows: [[Placed]] = []
        private var leftLanes: [Int: Int] = [:]
        private var rightLanes: [Int: Int] = [:]
        private var left = 0.0
        private var right = 0.0
        /// For each step the first of those in its row that the same choices open: their lines run as one.
        private var bundle: [Int: Int] = [:]

        private struct Placed {
            /// Nil for the start.
            let step: Int?
            var block: Block
            var x: Double
            /// The lanes right of it, by what leads down them.
            var lanes: [[Int]]
        }

        /// A line from an exit to a step, before it has its way.
        private struct Link {
            let row: Int
            let column: Int
            let exit: Int
            let goal: Int
        }

        init(_ picture: RoutePicture, _ measure: Measure) {
            self.picture = picture
            self.measure = measure
            order = Order(picture, columns: measure.columns)
            var openers: [Int: Set<[Int]>] = [:]
            for goal in picture.start.opens { openers[goal, default: []].insert([]) }
            for (step, rule) in picture.steps.enumerated() {
                for (place, choice) in rule.choices.enumerated() {
                    for goal in goals(choice) { openers[goal, default: []].insert([step, place]) }
                }
            }
            for goal in picture.steps.indices {
                bundle[goal] = picture.steps.indices.first {
                    order.row[$0] == order.row[goal] && openers[$0] == openers[goal]
                }
            }
        }

        mutating func layout() -> Layout {
            place()
            let links = self.links
            var y = 1.0
            var tops: [Double] = []
            var bottoms: [Double] = []
            var channels: [Channel] = []
            for row in rows.indices {
                tops.append(y)
                for column in rows[row].indices { rows[row][column].block.move(to: rows[row][column].x, y) }
                y += rows[row].map(\.block.height).max() ?? 0
                bottoms.append(y)
                let channel = channel(below: row, links, top: y)
                channels.append(channel)
                y = channel.bottom
            }
            var wires = rows.joined().flatMap(\.block.wires)
            for link in links { wires.append(wire(link, channels)) }
            let blocks = rows.joined().map(\.block)
            let lowest =
                blocks.flatMap(\.boxes).map(\.rect.bottom) + blocks.flatMap(\.lines).map(\.rect.bottom)
                + wires.flatMap(\.points).map(\.y)
            return Layout(
                measure: measure, height: (lowest.max() ?? 0) + 3, boxes: blocks.flatMap(\.boxes), lines: blocks.flatMap(\.lines),
                marks: blocks.flatMap(\.marks), wires: wires)
        }

        // MARK: Blocks

        private mutating func place() {
            lanes()
            let usable = measure.width - left - right
            rows = [[Placed(step: nil, block: Block(picture.start, width: usable, measure), x: left, lanes: [])]]
            for steps in order.rows {
                let lanes = steps.map { self.lanes(rightOf: $0, isLast: $0 == steps.last) }
                let gaps = lanes.enumerated().map { place, lanes in
                    let room = Double(lanes.count) * measure.lane + (lanes.isEmpty ? 0 : 4)
                    return place < steps.count - 1 ? room + 12 : room
                }
                let width = (usable - gaps.reduce(0, +)) / Double(steps.count)
                var x = left
                var row: [Placed] = []
                for (place, step) in steps.enumerated() {
                    let rule = picture.steps[step]
                    row.append(
                        Placed(
                            step: step,
                            block: Block(rule, number: step + 1, main: main(step), width: width, measure),
                            x: x, lanes: lanes[place]))
                    x += width + gaps[place]
                }
                rows.append(row)
            }
        }

        /// The choice that the way on follows: the first of those after which most still comes.
        private func main(_ step: Int) -> Int? {
            var best: (choice: Int, depth: Int)?
            for (place, choice) in picture.steps[step].choices.enumerated() {
                guard case .steps(let goals) = choice.next, !goals.isEmpty else { continue }
                guard !goals.contains(where: { order.isLoop(step, $0) }) else { continue }
                let depth = goals.compactMap { order.depth[$0] }.max() ?? 0
                if best.map({ depth > $0.depth }) ?? true { best = (place, depth) }
            }
            return best?.choice
        }

        private func goals(_ choice: Choice) -> [Int] {
            guard case .steps(let goals) = choice.next else { return [] }
            return goals.filter(picture.steps.indices.contains)
        }

        /// What leads down right of a step. Right of the last one, what leads back goes up the edge at once.
        private func lanes(rightOf step: Int, isLast: Bool) -> [[Int]] {
            let main = main(step)
            var lanes: [[Int]] = []
            for (place, choice) in picture.steps[step].choices.enumerated() where place != main {
                let goals = goals(choice)
                guard !goals.isEmpty, !lanes.contains(goals) else { continue }
                if isLast, goals.allSatisfy({ isBack(step, $0) }) { continue }
                lanes.append(goals)
            }
            return lanes
        }

        private func isBack(_ from: Int?, _ goal: Int) -> Bool {
            (order.row[goal] ?? 0) <= (from.flatMap { order.row[$0] } ?? 0)
        }

        /// Which lanes along the edges are needed, and by which step's lines.
        private mutating func lanes() {
            var passing: [Int: ClosedRange<Int>] = [:]
            var leading: [Int: ClosedRange<Int>] = [:]
            func grow(_ ranges: inout [Int: ClosedRange<Int>], _ goal: Int, _ first: Int, _ last: Int) {
                let known = ranges[goal] ?? first...last
                ranges[goal] = min(known.lowerBound, first)...max(known.upperBound, last)
            }
            func tell(_ from: Int?, _ goals: [Int]) {
                let row = from.flatMap { order.row[$0] } ?? 0
                for goal in goals where picture.steps.indices.contains(goal) {
                    let other = order.row[goal] ?? 0
                    if isBack(from, goal) {
                        grow(&leading, bundle[goal] ?? goal, other - 1, row)
                    } else if other > row + 1 {
                        grow(&passing, bundle[goal] ?? goal, row, other - 1)
                    }
                }
            }
            tell(nil, picture.start.opens)
            for (step, rule) in picture.steps.enumerated() { for choice in rule.choices { tell(step, goals(choice)) } }
            leftLanes = Self.assigned(passing)
            rightLanes = Self.assigned(leading)
            let lane = measure.lane
            let room = { (lanes: [Int: Int]) in
                lanes.isEmpty ? 1 : Double((lanes.values.max() ?? 0) + 1) * lane + 5
            }
            left = room(leftLanes)
            right = room(rightLanes)
        }

        /// The first lane for each range in which no other range stands; short ranges lie nearest to the blocks.
        private static func assigned(_ ranges: [Int: ClosedRange<Int>]) -> [Int: Int] {
            var lanes: [[ClosedRange<Int>]] = []
            var found: [Int: Int] = [:]
            for (goal, range) in ranges.sorted(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) {
                let lane = lanes.firstIndex { !$0.contains { $0.overlaps(range) } } ?? lanes.count
                if lane == lanes.count { lanes.append([]) }
                lanes[lane].append(range)
                found[goal] = lane
            }
            return found
        }

        // MARK: Lines

        private var links: [Link] {
            rows.enumerated().flatMap { row, placed in
                placed.enumerated().flatMap { column, placed in
                    placed.block.exits.enumerated().flatMap { exit, leaving in
                        leaving.goals.filter(picture.steps.indices.contains).map {
                            Link(row: row, column: column, exit: exit, goal: $0)
                        }
                    }
                }
            }
        }

        private func exit(_ link: Link) -> Block.Exit { rows[link.row][link.column].block.exits[link.exit] }

        private func isBack(_ link: Link) -> Bool { (order.row[link.goal] ?? 0) <= link.row }

        /// Whether a line reaches its step through the room right below its own row.
        private func isNext(_ link: Link) -> Bool { order.row[link.goal] == link.row + 1 }

        /// Whether a line that leads back goes to the edge without entering the room below its row.
        private func isAside(_ link: Link) -> Bool {
            isBack(link) && !exit(link).isTrunk && link.column == rows[link.row].count - 1
        }

        private func laneX(_ link: Link) -> Double {
            let leaving = exit(link)
            guard !leaving.isTrunk else { return leaving.at.x }
            let placed = rows[link.row][link.column]
            guard let lane = placed.lanes.firstIndex(of: leaving.goals) else { return leaving.at.x }
            return placed.x + placed.block.width + 4 + (Double(lane) + 0.5) * measure.lane
        }

        private func leftX(_ goal: Int) -> Double {
            left - 3 - (Double(leftLanes[bundle[goal] ?? goal] ?? 0) + 0.5) * measure.lane
        }

        private func rightX(_ goal: Int) -> Double {
            measure.width - right + 4 + (Double(rightLanes[bundle[goal] ?? goal] ?? 0) + 0.5) * measure.lane
        }

        private func box(_ step: Int) -> (x: Double, width: Double) {
            let placed = rows[order.row[step] ?? 0].first { $0.step == step }
            return (placed?.x ?? 0, placed?.block.width ?? 0)
        }

        /// The room between two rows, with the heights at which lines run across.
        private struct Channel {
            var tracks: [Int: Double] = [:]
            /// Where lines come down onto a step of the row below.
            var entries: [Int: Double] = [:]
            var bottom = 0.0
        }

        private func isStraight(_ link: Link) -> Bool {
            guard exit(link).isTrunk, isNext(link) else { return false }
            let box = box(link.goal)
            return exit(link).at.x > box.x + 10 && exit(link).at.x < box.x + box.width - 10
        }

        private func channel(below row: Int, _ links: [Link], top: Double) -> Channel {
            var channel = Channel()
            let here = links.filter { $0.row == row && !isAside($0) }
            let arriving = links.filter { order.row[$0.goal] == row + 1 }
            let goals = row + 1 < rows.count ? rows[row + 1].compactMap(\.step) : []
            for goal in goals {
                let own = arriving.filter { $0.goal == goal }
                let taken = here.filter { !isStraight($0) || $0.goal != goal }.map { laneX($0) } + channel.entries.values
                let box = box(goal)
                let straight = own.first(where: isStraight).map { exit($0).at.x }
                let tries = stride(from: box.x + measure.trunk, to: box.x + box.width - 10, by: 6)
                channel.entries[goal] =
                    straight ?? tries.first { x in taken.allSatisfy { abs($0 - x) > 7 } } ?? box.x + box.width / 2
            }
            // From where to where lines to each step run across this room.
            var across: [Int: ClosedRange<Double>] = [:]
            func run(_ goal: Int, _ from: Double, _ to: Double) {
                guard abs(from - to) > 0.5 else { return }
                let (first, last) = (min(from, to), max(from, to))
                let goal = bundle[goal] ?? goal
                let known = across[goal] ?? first...last
                across[goal] = min(known.lowerBound, first)...max(known.upperBound, last)
            }
            for link in here where !isStraight(link) {
                if isNext(link) {
                    run(link.goal, laneX(link), channel.entries[link.goal] ?? 0)
                } else {
                    run(link.goal, laneX(link), isBack(link) ? rightX(link.goal) : leftX(link.goal))
                }
            }
            for link in arriving where !isNext(link) {
                run(link.goal, isBack(link) ? rightX(link.goal) : leftX(link.goal), channel.entries[link.goal] ?? 0)
            }
            var tracks: [[ClosedRange<Double>]] = []
            for (goal, range) in across.sorted(by: { ($0.value.lowerBound, $0.key) < ($1.value.lowerBound, $1.key) }) {
                let wide = range.lowerBound - 6...range.upperBound + 6
                let track = tracks.firstIndex { !$0.contains { $0.overlaps(wide) } } ?? tracks.count
                if track == tracks.count { tracks.append([]) }
                tracks[track].append(wide)
                channel.tracks[goal] = top + 9 + Double(track) * measure.lane
            }
            let isUsed = !here.isEmpty || !arriving.isEmpty
            channel.bottom = top + (isUsed ? 9 + Double(tracks.count) * measure.lane + 11 : 12)
            return channel
        }

        private func wire(_ link: Link, _ channels: [Channel]) -> Wire {
            let leaving = exit(link)
            let isLoop = isBack(link)
            let entering = (order.row[link.goal] ?? 1) - 1
            let entry = channels[entering].entries[link.goal] ?? 0
            let end = channels[entering].bottom
            var points = [leaving.at]
            if isStraight(link) {
                points.append(Point(x: leaving.at.x, y: end))
                return Wire(points: points, arrow: true, isLoop: false, goal: link.goal)
            }
            let track = channels[entering].tracks[bundle[link.goal] ?? link.goal] ?? end
            if !isNext(link) {
                let edge = isLoop ? rightX(link.goal) : leftX(link.goal)
                if isAside(link) {
                    points.append(Point(x: edge, y: leaving.at.y))
                } else {
                    let across = channels[link.row].tracks[bundle[link.goal] ?? link.goal] ?? end
                    points += [
                        Point(x: laneX(link), y: leaving.at.y), Point(x: laneX(link), y: across), Point(x: edge, y: across),
                    ]
                }
                points.append(Point(x: edge, y: track))
            } else {
                points += [Point(x: laneX(link), y: leaving.at.y), Point(x: laneX(link), y: track)]
            }
            points += [Point(x: entry, y: track), Point(x: entry, y: end)]
            return Wire(points: points, arrow: true, isLoop: isLoop, goal: link.goal)
        }
    }
}
