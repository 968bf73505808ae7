extension Template {
    /// What one drawing of a page goes through: the values it is inside of, and the text as far as it came.
    struct Pen {
        private(set) var text = ""
        /// The innermost value last.
        private var values: [Shown]
        private let templates: [String: Template]

        /// - Parameters:
        ///   - values: where names are looked up, in the last one first.
        ///   - templates: the parts by name.
        init(_ values: [Shown], templates: [String: Template]) {
            self.values = values
            self.templates = templates
            text.reserveCapacity(32_000)
        }

        /// Draws the template at the end of the text; `blocks` stand for its own blocks of the same names.
        mutating func draw(_ template: Template, _ blocks: [String: Template] = [:]) {
            for piece in template.pieces {
                switch piece {
                case .text(let text): self.text += text
                case .value(let name, let raw): write(value(name), raw: raw)
                case .section(let name, let inverted, let inside): section(value(name), inverted, inside, blocks)
                case .part(let name, let own):
                    guard let part = templates[name] else { continue }
                    // What stands around a frame says what is in it: the outermost word counts.
                    draw(part, own.isEmpty ? blocks : blocks.isEmpty ? own : blocks.merging(own) { outer, _ in outer })
                case .block(let name, let inside): draw(blocks[name] ?? inside, blocks)
                }
            }
        }

        private mutating func section(_ value: Shown, _ inverted: Bool, _ inside: Template, _ blocks: [String: Template]) {
            guard value.isThere != inverted else { return }
            switch value {
            case .truth, .absent: draw(inside, blocks)
            case .list(let elements) where !inverted: for element in elements { draw(inside, blocks, with: element) }
            default: if inverted { draw(inside, blocks) } else { draw(inside, blocks, with: value) }
            }
        }

        private mutating func draw(_ template: Template, _ blocks: [String: Template], with value: Shown) {
            values.append(value)
            draw(template, blocks)
            values.removeLast()
        }

        private func value(_ name: Name) -> Shown {
            let found = value(name.steps)
            guard name.asksIfEmpty else { return found }
            return switch found {
            case .list(let elements): .truth(elements.isEmpty)
            case .text: .truth(false)
            default: .absent
            }
        }

        private func value(_ steps: [String]) -> Shown {
            guard let first = steps.first else { return values.last ?? .absent }
            for value in values.reversed() {
                guard var found = value.part(named: first) else { continue }
                for step in steps.dropFirst() { found = found.part(named: step) ?? .absent }
                return found
            }
            return .absent
        }

        private mutating func write(_ value: Shown, raw: Bool) {
            switch value {
            case .text(let text):
                if raw { self.text += text } else { TemplateSource.escape(text, onto: &self.text) }
            case .number(let number): text += String(number)
            case .truth(let truth): text += truth ? "true" : "false"
            case .absent, .list, .parts: break
            }
        }
    }
}

extension Shown {
    /// Whether a section of this value is drawn.
    fileprivate var isThere: Bool {
        switch self {
        case .absent: false
        case .truth(let truth): truth
        case .list(let elements): !elements.isEmpty
        case .text, .number, .parts: true
        }
    }
}
