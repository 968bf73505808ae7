extension RoutePicture {
    /// The picture as one SVG element.
    ///
    /// Every number is rounded to a tenth, so that the same route always gives the same text. Colours come from classes in
    /// the style sheet, with attributes beside them for where there is none.
    func svg(_ measure: Measure) -> String {
        let layout = layout(measure)
        let name = "\(id)-\(measure.name)"
        var parts = [
            """
            <svg class="route-picture \(measure.name)" viewBox="0 0 \(number(measure.width)) \(number(layout.height))" \
            role="img" aria-labelledby="\(name)-title \(name)-description" xmlns="http://www.w3.org/2000/svg">
            <title id="\(name)-title">\(TemplateSource.escape(title))</title>
            <desc id="\(name)-description">\(TemplateSource.escape(description))</desc>
            """
        ]
        // Lines that lead on lie over those that lead back.
        for wire in layout.wires.filter(\.isLoop) + layout.wires.filter({ !$0.isLoop }) { parts.append(drawn(wire)) }
        parts += layout.boxes.map { drawn($0) }
        for step in layout.boxes { parts.append(bar(step)) }
        parts += layout.marks.map { drawn($0) }
        parts += layout.lines.map { drawn($0) }
        for box in layout.boxes { parts.append(seal(box)) }
        parts.append("</svg>")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func drawn(_ wire: Wire) -> String {
        let points = Self.simplified(wire.points)
        guard let first = points.first, let last = points.last, points.count > 1 else { return "" }
        var end = last
        let before = points[points.count - 2]
        if wire.arrow {
            if before.x == last.x { end.y -= 5 } else { end.x -= 5 }
        }
        var path = "M" + at(first)
        for (place, corner) in points.enumerated().dropFirst().dropLast() {
            let (from, to) = (points[place - 1], points[place + 1])
            let radius = min(5, Self.length(from, corner) / 2, Self.length(corner, to) / 2)
            path += " L" + at(Self.towards(from, corner, radius)) + " Q" + at(corner) + " " + at(Self.towards(to, corner, radius))
        }
        path += " L" + at(end)
        let dashes = wire.isLoop ? " stroke-dasharray=\"4 3\"" : ""
        var drawing =
            "<path class=\"\(wire.isLoop ? "wire loop" : "wire")\" d=\"\(path)\" fill=\"none\" stroke=\"#5d5869\" "
            + "stroke-width=\"1.5\"\(dashes)/>"
        if wire.arrow {
            let isDown = before.x == last.x
            let tip =
                isDown
                ? "M\(at(last)) l-4 -7.5 h8 Z" : "M\(at(last)) l-7.5 -4 v8 Z"
            drawing += "<path class=\"tip\" d=\"\(tip)\" fill=\"#5d5869\"/>"
        }
        return drawing
    }

    private func drawn(_ box: Box) -> String {
        let (kind, fill, stroke, radius): (String, String, String, Double) =
            switch box.kind {
            case .start: ("start", "#e3f0e9", "#1d6b50", 15)
            case .step: ("step", "#ffffff", "#857f8f", 8)
            case .end(let end):
                (
                    end.isDecision ? "end decision" : "end", end.isDecision ? "#e3f0e9" : "#f4f0e6",
                    end.isDecision ? "#1d6b50" : "#857f8f", 13
                )
            }
        let rect = box.rect
        return "<rect class=\"\(kind)\" x=\"\(number(rect.x))\" y=\"\(number(rect.y))\" width=\"\(number(rect.width))\" "
            + "height=\"\(number(rect.height))\" rx=\"\(number(min(radius, rect.height / 2)))\" fill=\"\(fill)\" "
            + "stroke=\"\(stroke)\" stroke-width=\"1.2\"/>"
    }

    /// The bar on a step that waits for several: the sign of a join.
    private func bar(_ box: Box) -> String {
        guard case .step(let step) = box.kind, steps[step].waitsFor > 1 else { return "" }
        return "<path class=\"bar\" d=\"M\(number(box.rect.x + 4)) \(number(box.rect.y + 0.8)) H\(number(box.rect.right - 4))\" "
            + "stroke=\"#22202b\" stroke-width=\"4\" stroke-linecap=\"round\"/>"
    }

    /// The sign of a decision: a sheet with a seal.
    private func seal(_ box: Box) -> String {
        guard case .end(let end) = box.kind, end.isDecision else { return "" }
        return
            "<g class=\"sign\" transform=\"translate(\(number(box.rect.x + 11)) \(number(box.rect.y + box.rect.height / 2 - 8)))\" "
            + "fill=\"none\" stroke=\"#124a37\" stroke-width=\"1.3\" stroke-linejoin=\"round\">"
            + "<path d=\"M1 1h8l3.5 3.5V15H1Z\"/><path d=\"M3.5 6h5M3.5 9h4\"/><circle cx=\"9.5\" cy=\"11.5\" r=\"2\"/></g>"
    }

    private func drawn(_ line: Line) -> String {
        let (fill, weight): (String, String) =
            switch line.style {
            case .begin: ("#124a37", " font-weight=\"600\"")
            case .title: ("#22202b", " font-weight=\"600\"")
            case .who: ("#5a5566", "")
            case .label: ("#22202b", "")
            case .note: ("#7d5200", "")
            case .end: ("#22202b", " font-weight=\"600\"")
            }
        return "<text class=\"\(line.style)\" x=\"\(number(line.rect.x))\" y=\"\(number(line.baseline))\" "
            + "font-size=\"\(number(line.size))\" fill=\"\(fill)\"\(weight)>"
            + "\(TemplateSource.escape(line.text))</text>"
    }

    private func drawn(_ mark: Mark) -> String {
        let rect = mark.rect
        let centre = Point(x: rect.x + rect.width / 2, y: rect.y + rect.height / 2)
        switch mark.kind {
        case .number(let number), .goal(let number):
            let isOwn = if case .number = mark.kind { true } else { false }
            return
                "<circle class=\"\(isOwn ? "number" : "goal")\" cx=\"\(self.number(centre.x))\" cy=\"\(self.number(centre.y))\" "
                + "r=\"\(isOwn ? "10.5" : "9.5")\" fill=\"\(isOwn ? "#e3f0e9" : "#ffffff")\" stroke=\"#1d6b50\" "
                + "stroke-width=\"1.2\"/><text class=\"\(isOwn ? "number" : "goal")\" x=\"\(self.number(centre.x))\" "
                + "y=\"\(self.number(centre.y + 4.3))\" font-size=\"12\" text-anchor=\"middle\" fill=\"#124a37\" "
                + "font-weight=\"600\">\(number)</text>"
        case .meeting:
            // Heads around a table, seen from above.
            return "<g class=\"sign\" transform=\"translate(\(number(rect.x)) \(number(rect.y)))\" fill=\"none\" "
                + "stroke=\"#124a37\" stroke-width=\"1.3\"><ellipse cx=\"10\" cy=\"9\" rx=\"4.5\" ry=\"3\"/>"
                + "<circle cx=\"10\" cy=\"2.5\" r=\"2\"/><circle cx=\"2.5\" cy=\"9\" r=\"2\"/><circle cx=\"17.5\" cy=\"9\" r=\"2\"/>"
                + "<circle cx=\"10\" cy=\"15.5\" r=\"2\"/></g>"
        case .note(let kind):
            return "<g class=\"sign note\" transform=\"translate(\(number(rect.x)) \(number(rect.y)))\" fill=\"none\" "
                + "stroke=\"#7d5200\" stroke-width=\"1.4\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\(Self.sign(kind))</g>"
        }
    }

    private static func sign(_ kind: Note.Kind) -> String {
        switch kind {
        case .due, .begins: "<circle cx=\"7.5\" cy=\"7.5\" r=\"6\"/><path d=\"M7.5 4v3.7l2.4 1.5\"/>"
        case .pauses: "<circle cx=\"7.5\" cy=\"7.5\" r=\"6\"/><path d=\"M5.8 5.2v4.6M9.2 5.2v4.6\"/>"
        case .met: "<circle cx=\"7.5\" cy=\"7.5\" r=\"6\"/><path d=\"M4.8 7.6l2 2 3.4-4\"/>"
        case .joins: "<path d=\"M3.5 2v4.5h8V2M7.5 6.5v4M2.5 12.5h10\"/>"
        }
    }

    // MARK: Numbers

    /// The points without those on a straight way and without those that stand in one place.
    private static func simplified(_ points: [Point]) -> [Point] {
        var kept: [Point] = []
        for point in points {
            if let last = kept.last, length(last, point) < 0.05 { continue }
            if kept.count > 1 {
                let (before, last) = (kept[kept.count - 2], kept[kept.count - 1])
                if abs(before.x - last.x) < 0.05 && abs(last.x - point.x) < 0.05
                    || abs(before.y - last.y) < 0.05 && abs(last.y - point.y) < 0.05
                {
                    kept.removeLast()
                }
            }
            kept.append(point)
        }
        return kept
    }

    private static func length(_ from: Point, _ to: Point) -> Double { max(abs(from.x - to.x), abs(from.y - to.y)) }

    /// A point at a distance from the corner on the way to another; ways are level or upright.
    private static func towards(_ other: Point, _ corner: Point, _ distance: Double) -> Point {
        let (dx, dy) = (other.x - corner.x, other.y - corner.y)
        return abs(dx) > abs(dy)
            ? Point(x: corner.x + (dx > 0 ? distance : -distance), y: corner.y)
            : Point(x: corner.x, y: corner.y + (dy > 0 ? distance : -distance))
    }

    private func at(_ point: Point) -> String { number(point.x) + " " + number(point.y) }

    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
