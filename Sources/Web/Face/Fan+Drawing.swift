import Foundation

extension Fan {
    /// The geometry of the picture: a folding fan of pleated blades around one rivet, light on the left, heavy on the right.
    ///
    /// Every number is rounded to a tenth, so that the same fan always gives the same text. Colours come from classes in the
    /// style sheet, with attributes beside them for where there is none; a standing is also told by a mark and an outline.
    struct Drawing {
        let tiers: [Tier]
        let title: String
        let description: String
        /// The word in the mark of the blade that plays now.
        let now: String
        /// Whether any blade has a standing of its own; the fan of the plan has none and is coloured by tier instead.
        private var shows: Bool { tiers.contains { $0.forms.contains { $0.standing != .offered } } }

        /// Distances in units of the drawing, which is 640 wide.
        private enum Measure {
            static let width = 640.0
            static let height = 334.0
            static let centre = 320.0
            static let pivot = 306.0
            static let inner = 62.0
            static let outer = 250.0
            static let raised = 266.0
            static let rim = 282.0
            static let sweep = 176.0
            static let gap = 0.9
            static let tierGap = 2.6
            static let corner = 6.0
        }

        private struct Blade {
            let form: Form
            let tier: Int
            /// Degrees from the left horizontal, clockwise.
            let from: Double
            let to: Double
            var middle: Double { (from + to) / 2 }
            var radius: Double { form.standing == .now ? Measure.raised : Measure.outer }
        }

        var svg: String {
            let head = """
                <svg class="fan" viewBox="0 0 \(number(Measure.width)) \(number(Measure.height))" role="img" \
                aria-labelledby="fan-title fan-description" xmlns="http://www.w3.org/2000/svg">
                <title id="fan-title">\(TemplateSource.escape(title))</title>
                <desc id="fan-description">\(TemplateSource.escape(description))</desc>

                """
            return head + Drawn.shared.blades(of: self) { bladesDrawn } + "\n</svg>"
        }

        /// All that depends on the plan and the standings alone.
        private var bladesDrawn: String {
            let blades = blades
            let width = blades.first.map { $0.to - $0.from } ?? 0
            let size = blades.count <= 8 ? 13.5 : blades.count <= 12 ? 12.5 : 11.5
            var parts = ribs(blades)
            // The raised blade is drawn last, so that it lies over its neighbours.
            for blade in blades.filter({ $0.form.standing != .now }) + blades.filter({ $0.form.standing == .now }) {
                parts.append(drawn(blade))
                parts.append(label(blade, size: size, sweep: width))
                parts.append(mark(blade))
            }
            parts += rim(blades)
            parts.append(
                "<circle class=\"fan-rivet\" cx=\"\(number(Measure.centre))\" cy=\"\(number(Measure.pivot))\" r=\"9\" "
                    + "fill=\"#fff\" stroke=\"#5d5869\" stroke-width=\"2.5\"/>")
            return parts.filter { !$0.isEmpty }.joined(separator: "\n")
        }

        private var blades: [Blade] {
            let count = tiers.reduce(0) { $0 + $1.forms.count }
            guard count > 0 else { return [] }
            let gaps = Double(count - tiers.count) * Measure.gap + Double(tiers.count - 1) * Measure.tierGap
            // A fan of few blades is not opened all the way: wide blades would be slices of a cake.
            let width = min((Measure.sweep - gaps) / Double(count), 26)
            var angle = (180 - (width * Double(count) + gaps)) / 2
            var blades: [Blade] = []
            for (index, tier) in tiers.enumerated() {
                for form in tier.forms {
                    blades.append(Blade(form: form, tier: index, from: angle, to: angle + width))
                    angle += width + Measure.gap
                }
                angle += Measure.tierGap - Measure.gap
            }
            return blades
        }

        // MARK: Blades

        private func drawn(_ blade: Blade) -> String {
            let (fill, stroke) =
                switch blade.form.standing {
                case .past: ("#9cc8b2", "#4d9274")
                case .now: ("#b3321f", "#8f2516")
                case .possible: ("#ffffff", "#1d6b50")
                case .offered:
                    shows ? (Self.pale[min(blade.tier, 3)], "#d9d3c4") : (Self.warm[min(blade.tier, 3)], "#a9a18e")
                }
            let dashes = blade.form.standing == .possible ? " stroke-dasharray=\"5 4\"" : ""
            let weight = blade.form.standing == .possible ? "1.8" : "1"
            return """
                <g class="blade \(blade.form.standing) tier-\(blade.tier + 1)">\
                <path d="\(outline(blade, from: blade.from, to: blade.to))" fill="\(fill)" stroke="\(stroke)" \
                stroke-width="\(weight)"\(dashes)/>\
                <path class="pleat" d="\(outline(blade, from: blade.middle, to: blade.to))" fill="#22202b" \
                fill-opacity=".05"/></g>
                """
        }

        /// Tints of the tiers where they are the background to a child's own road, and where they are the subject.
        private static let pale = ["#eef3ee", "#e9f0ea", "#f3ede0", "#efe6d8"]
        private static let warm = ["#dcebe1", "#b5d5c4", "#efe0c4", "#e6cfae"]

        private func outline(_ blade: Blade, from: Double, to: Double) -> String {
            let outer = blade.radius
            let corner = Measure.corner / outer * 180 / .pi
            let inset = outer - Measure.corner
            let roundsStart = from == blade.from
            var path = "M" + point(Measure.inner, from)
            if roundsStart {
                path += " L" + point(inset, from) + " Q" + point(outer, from) + " " + point(outer, from + corner)
            } else {
                path += " L" + point(outer, from)
            }
            path += " A\(number(outer)) \(number(outer)) 0 0 1 " + point(outer, to - corner)
            path += " Q" + point(outer, to) + " " + point(inset, to) + " L" + point(Measure.inner, to)
            path += " A\(number(Measure.inner)) \(number(Measure.inner)) 0 0 0 " + point(Measure.inner, from) + "Z"
            return path
        }

        private func ribs(_ blades: [Blade]) -> [String] {
            blades.map { blade in
                let end = at(Measure.inner, blade.middle)
                return "<line class=\"fan-rib\" x1=\"\(number(Measure.centre))\" y1=\"\(number(Measure.pivot))\" "
                    + "x2=\"\(number(end.x))\" y2=\"\(number(end.y))\" stroke=\"#c9c1ae\" stroke-width=\"2.5\"/>"
            }
        }

        // MARK: Words

        private func label(_ blade: Blade, size: Double, sweep: Double) -> String {
            let raised = blade.form.standing == .now
            let outer = blade.radius - (blade.form.standing == .offered ? 12 : 20)
            let label = Label(
                blade.form.title, size: raised ? (size + 1) * 1.06 : size, outer: outer, inner: Measure.inner + 8, sweep: sweep)
            let lines = label.lines
            // Bold letters are measured wider than they are drawn.
            let size = raised ? label.size / 1.06 : label.size
            let left = blade.middle < 90
            let place = at(outer, blade.middle)
            let turn = left ? blade.middle : blade.middle - 180
            let step = size * 1.12
            let first = -step * Double(lines.count - 1) / 2 + size * 0.34
            let spans = lines.enumerated().map { index, line in
                "<tspan x=\"0\" y=\"\(number(first + step * Double(index)))\">\(TemplateSource.escape(line))</tspan>"
            }
            return """
                <text class="fan-label \(blade.form.standing)" \
                transform="translate(\(number(place.x)) \(number(place.y))) rotate(\(number(turn)))" \
                text-anchor="\(left ? "start" : "end")" font-size="\(number(size))" \
                fill="\(raised ? "#fff" : "#22202b")"\(raised ? " font-weight=\"700\"" : "")>\(spans.joined())</text>
                """
        }

        /// A badge on the outer edge: a tick for what was, the word for now, a ring for what may come.
        private func mark(_ blade: Blade) -> String {
            let place = at(blade.radius - (blade.form.standing == .now ? 0 : 2), blade.middle)
            let group = "<g class=\"fan-mark\" transform=\"translate(\(number(place.x)) \(number(place.y)))\">"
            switch blade.form.standing {
            case .past:
                return group + "<circle r=\"8.5\" fill=\"#1d6b50\" stroke=\"#fff\" stroke-width=\"1.5\"/>"
                    + "<path d=\"M-3.8 .2-1.2 2.9 3.9-2.7\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2\" "
                    + "stroke-linecap=\"round\" stroke-linejoin=\"round\"/></g>"
            case .now:
                return group + "<circle r=\"12\" fill=\"#fff\" stroke=\"#b3321f\" stroke-width=\"2\"/>"
                    + "<text text-anchor=\"middle\" y=\"3.6\" font-size=\"\(now.count > 2 ? "9" : "10.5")\" font-weight=\"700\" "
                    + "fill=\"#8f2516\">\(TemplateSource.escape(now))</text></g>"
            case .possible:
                return group + "<circle r=\"7.5\" fill=\"#fff\" stroke=\"#1d6b50\" stroke-width=\"1.8\"/>"
                    + "<circle r=\"2.4\" fill=\"#1d6b50\"/></g>"
            case .offered:
                return ""
            }
        }

        /// The names of the tiers along the rim.
        private func rim(_ blades: [Blade]) -> [String] {
            var parts: [String] = []
            for (index, tier) in tiers.enumerated() {
                let own = blades.filter { $0.tier == index }
                guard let first = own.first, let last = own.last else { continue }
                let radius = number(Measure.rim)
                let line = "M" + point(Measure.rim, first.from) + " A\(radius) \(radius) 0 0 1 " + point(Measure.rim, last.to)
                let length = (last.to - first.from) / 180 * .pi * (Measure.rim + 5)
                let name = Label.shortened(tier.title, size: 12, to: length)
                parts.append("<path class=\"fan-rim\" d=\"\(line)\" fill=\"none\" stroke=\"#8d8796\" stroke-width=\"1\"/>")
                let path = Measure.rim + 6
                let curve = "M" + point(path, first.from) + " A\(number(path)) \(number(path)) 0 0 1 " + point(path, last.to)
                parts.append(
                    "<path id=\"fan-tier-\(index + 1)\" d=\"\(curve)\" fill=\"none\"/><text class=\"fan-label fan-tier\" "
                        + "font-size=\"12\" fill=\"#5d5869\" text-anchor=\"middle\"><textPath href=\"#fan-tier-\(index + 1)\" "
                        + "startOffset=\"50%\">\(TemplateSource.escape(name))</textPath></text>")
            }
            return parts
        }

        // MARK: Numbers

        private func at(_ radius: Double, _ degrees: Double) -> (x: Double, y: Double) {
            let angle = degrees * .pi / 180
            return (Measure.centre - radius * cos(angle), Measure.pivot - radius * sin(angle))
        }

        private func point(_ radius: Double, _ degrees: Double) -> String {
            let place = at(radius, degrees)
            return number(place.x) + " " + number(place.y)
        }

        private func number(_ value: Double) -> String {
            let tenths = Int((value * 10).rounded())
            let sign = tenths < 0 ? "-" : ""
            return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
        }
    }

    /// A title broken so that it fits along a blade: one line, two lines where the blade is wide enough, or shortened.
    struct Label {
        let lines: [String]

        /// The size of the letters that makes them fit: the one asked for, or up to a sixth smaller.
        let size: Double

        /// - Parameters:
        ///   - size: of the letters, in units of the drawing.
        ///   - outer: where the text begins, as a distance from the rivet.
        ///   - inner: where the blade begins.
        ///   - sweep: width of the blade in degrees.
        init(_ title: String, size: Double, outer: Double, inner: Double, sweep: Double) {
            let radians = sweep * .pi / 180
            func room(_ lines: Double, _ size: Double) -> Double {
                outer - max(inner, size * (lines * 1.12 + 0.1) / radians)
            }
            let words = title.split(separator: " ").map(String.init)
            let splits = words.indices.dropFirst().map { index in
                [words[..<index].joined(separator: " "), words[index...].joined(separator: " ")]
            }
            for size in [size, size * 0.92, size * 0.84] {
                if Self.width(title, size: size) <= room(1, size) {
                    self.size = size
                    lines = [title]
                    return
                }
                let fitting = splits.filter { $0.allSatisfy { Self.width($0, size: size) <= room(2, size) } }
                func imbalance(_ lines: [String]) -> Double {
                    abs(Self.width(lines[0], size: size) - Self.width(lines[1], size: size))
                }
                if let best = fitting.min(by: { imbalance($0) < imbalance($1) }) {
                    self.size = size
                    lines = best
                    return
                }
            }
            self.size = size * 0.84
            lines = [Self.shortened(title, size: size * 0.84, to: room(1, size * 0.84))]
        }

        /// The text, or as much of it as fits with an ellipsis.
        static func shortened(_ text: String, size: Double, to room: Double) -> String {
            guard width(text, size: size) > room else { return text }
            var kept = text
            while !kept.isEmpty, width(kept + "…", size: size) > room { kept.removeLast() }
            while kept.last == " " { kept.removeLast() }
            return kept.isEmpty ? "" : kept + "…"
        }

        /// The width of a text in a common sans serif, rather too wide than too narrow.
        static func width(_ text: String, size: Double) -> Double {
            text.reduce(0) { sum, letter in
                switch letter {
                case "i", "j", "l", "I", "'", ".", ",", ":", "|", "!": sum + 0.29
                case "f", "t", "r", " ", "-", "(", ")", "/": sum + 0.37
                case "m", "w", "M", "W", "…", "%", "@": sum + 0.9
                case _ where letter.isUppercase: sum + 0.69
                default: sum + 0.58
                }
            } * size
        }
    }
}
