import Domain
import Foundation
import Plan
import Testing

@testable import Web

@Suite("A route as a picture")
struct RoutePictureTests {
    /// A route of a plan of this repository, in one language.
    struct Case: Sendable, CustomTestStringConvertible {
        let words: PlanWords
        let route: ProcedureRule
        var testDescription: String { "\(words.rules.key) \(route.id) \(words.language.rawValue)" }
        var picture: RoutePicture { words.picture(of: route) }
    }

    static let cases: [Case] = {
        let plans = PlanStage.plans
        return PlanLoader.partnerships(in: plans).flatMap { partnership -> [Case] in
            guard let shelf = try? PlanLoader.shelf(partnership, from: plans) else { return [] }
            return Language.allCases.flatMap { language -> [Case] in
                guard let texts = try? Texts.load(language, from: Folders.texts) else { return [] }
                return shelf.versions.flatMap { rules in
                    let words = PlanWords(Words(texts, rules, today: rules.inForce), isNamed: false)
                    return rules.procedures.map { Case(words: words, route: $0) }
                }
            }
        }
    }()

    private static let measures = [RoutePicture.Measure.wide, .narrow]

    @Test("Every plan of this repository has its routes drawn")
    func covers() { #expect(Set(Self.cases.map(\.words.rules.key)).count >= 8) }

    @Test("Every step, every choice and where it leads is drawn, in every route of every plan", arguments: cases)
    func complete(_ drawn: Case) {
        let picture = drawn.picture
        for measure in Self.measures {
            let layout = picture.layout(measure)
            let route = drawn.route
            let boxes = layout.boxes.map(\.kind)
            for step in route.steps.indices { #expect(boxes.count { $0 == .step(step) } == 1) }
            let choices = route.steps.flatMap(\.choices)
            let ends = choices.count { if case .end = $0.then { true } else { false } }
            #expect(boxes.count { if case .end = $0 { true } else { false } } == ends)
            for outcome in route.outcomes {
                #expect(
                    boxes.contains { box in
                        if case .end(let end) = box { end.title == outcome.title[drawn.words.language] } else { false }
                    }, "\(outcome.id) is not drawn")
            }
            // Every choice that opens steps has a line with an arrow to each of them.
            let leading = choices.reduce(0) { sum, choice in
                if case .open(let steps) = choice.then { sum + steps.count } else { sum }
            }
            #expect(layout.wires.count { $0.goal != nil } == leading + route.start.opens.count)
            let written = layout.lines.map(\.text).joined(separator: " ").replacing("- ", with: "")
            for text in picture.steps.flatMap({ [$0.title] + $0.choices.map(\.title) + $0.notes.map(\.text) }) {
                let joined = text.replacing("- ", with: "").replacing(" ", with: "").replacing("-", with: "")
                #expect(
                    written.replacing(" ", with: "").replacing("-", with: "").contains(joined), "‘\(text)’ is not written")
            }
        }
    }

    @Test("Nothing lies over anything else, and nothing sticks out, in every route of every plan", arguments: cases)
    func apart(_ drawn: Case) {
        for measure in Self.measures {
            let layout = drawn.picture.layout(measure)
            for (place, box) in layout.boxes.enumerated() {
                #expect(box.rect.x >= 0 && box.rect.right <= measure.width && box.rect.bottom <= layout.height)
                for other in layout.boxes[(place + 1)...] {
                    #expect(!box.rect.meets(other.rect), "\(box) lies over \(other)")
                }
            }
            for (place, line) in layout.lines.enumerated() {
                #expect(line.rect.x >= 0 && line.rect.right <= measure.width, "‘\(line.text)’ sticks out")
                // A word stands in one box with all of it, or in none.
                for box in layout.boxes where box.rect.meets(line.rect) {
                    #expect(
                        line.rect.x >= box.rect.x && line.rect.right <= box.rect.right && line.rect.y >= box.rect.y
                            && line.rect.bottom <= box.rect.bottom + 1, "‘\(line.text)’ sticks out of its box")
                }
                for other in layout.lines[(place + 1)...] {
                    #expect(!line.rect.meets(other.rect), "‘\(line.text)’ lies over ‘\(other.text)’")
                }
                for mark in layout.marks { #expect(!line.rect.meets(mark.rect), "a sign lies over ‘\(line.text)’") }
                for wire in layout.wires { #expect(!wire.crosses(line.rect), "a line goes through ‘\(line.text)’") }
            }
            for wire in layout.wires where wire.goal != nil {
                for box in layout.boxes { #expect(!wire.crosses(box.rect), "a line goes through \(box)") }
                for point in wire.points { #expect(point.x >= 0 && point.x <= measure.width && point.y >= 0) }
            }
        }
    }

    @Test("A line ends on the step that it leads to", arguments: cases)
    func arrives(_ drawn: Case) throws {
        for measure in Self.measures {
            let layout = drawn.picture.layout(measure)
            for wire in layout.wires {
                guard let goal = wire.goal else { continue }
                let box = try #require(layout.boxes.first { $0.kind == .step(goal) })
                let end = try #require(wire.points.last)
                #expect(end.x > box.rect.x && end.x < box.rect.right && abs(end.y - box.rect.y) < 0.01)
            }
        }
    }

    @Test("Letters are never smaller than twelve pixels where the picture is as wide as the page that shows it")
    func letters() {
        for measure in Self.measures { #expect(min(measure.title, measure.small) >= 12.5) }
        // 360 pixels without the margins of the page and of the card.
        let room = 360.0 - 64 - 2
        #expect(RoutePicture.Measure.narrow.width <= room)
    }

    @Test("The drawing is well formed, names itself, and is always the same", arguments: cases)
    func markup(_ drawn: Case) {
        for measure in Self.measures {
            let svg = drawn.picture.svg(measure)
            #expect(svg == drawn.picture.svg(measure))
            let page = Markup(svg)
            #expect(page.unbalanced == nil)
            let ids = page.opened.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count)
            let label = page.opened.first?.attributes["aria-labelledby"]?.split(separator: " ").map(String.init) ?? []
            #expect(!label.isEmpty && label.allSatisfy(ids.contains))
            #expect(!svg.contains("style="))
        }
    }

    @Test("Steps that open at once stand side by side, what leads back is drawn aside, and a join has a bar")
    func shapes() throws {
        let gallery = Gallery(face: try Face(resources: Folders.resources), language: .nl)
        let layout = gallery.routePicture.layout(.wide)
        func box(_ step: Int) throws -> RoutePicture.Rect {
            try #require(layout.boxes.first { $0.kind == .step(step) }).rect
        }
        #expect(try box(2).y == box(3).y && box(2).right < box(3).x)
        #expect(try box(4).y > box(2).bottom)
        #expect(layout.wires.filter(\.isLoop).map(\.goal) == [0])
        #expect(layout.marks.contains { $0.kind == .note(.joins) })
        #expect(gallery.routePicture.svg(.wide).contains("class=\"bar\""))
        #expect(layout.marks.contains { $0.kind == .meeting })
    }

    @Test("A word that is too long for its column is broken between syllables")
    func words() {
        #expect(RoutePicture.wrapped("ondersteuningsadviseur", size: 12.5, to: 120) == ["ondersteunings-", "adviseur"])
        let broken = RoutePicture.wrapped("Handelingsgerichtintegraalarrangeren", size: 13, to: 90)
        #expect(broken.allSatisfy { Fan.Label.width($0, size: 13) <= 90 })
        #expect(broken.joined().replacing("-", with: "") == "Handelingsgerichtintegraalarrangeren")
        #expect(RoutePicture.wrapped("", size: 12, to: 50).isEmpty)
    }
}

extension RoutePicture.Rect {
    /// Whether two places share more than an edge.
    fileprivate func meets(_ other: RoutePicture.Rect) -> Bool {
        x < other.right - 0.01 && other.x < right - 0.01 && y < other.bottom - 0.01 && other.y < bottom - 0.01
    }
}

extension RoutePicture.Wire {
    /// Whether the line goes through the inside of a place.
    fileprivate func crosses(_ rect: RoutePicture.Rect) -> Bool {
        zip(points, points.dropFirst()).contains { from, to in
            min(from.x, to.x) < rect.right - 0.5 && max(from.x, to.x) > rect.x + 0.5 && min(from.y, to.y) < rect.bottom - 1
                && max(from.y, to.y) > rect.y + 2
        }
    }
}
