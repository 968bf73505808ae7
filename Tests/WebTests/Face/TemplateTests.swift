import Domain
import Foundation
import Testing

@testable import Web

@Suite("Templates")
struct TemplateTests {
    private func drawn(_ text: String, _ value: Shown, parts: [String: String] = [:]) throws -> String {
        var pen = Template.Pen([value], templates: try parts.mapValues { try Template($0) })
        pen.draw(try Template(text))
        return pen.text
    }

    @Test("A value is made safe, and markup of our own is not")
    func values() throws {
        let value: Shown = ["name": "<b>'Jan' & \"Ot\"</b>".shown, "count": 3.shown]
        #expect(try drawn("{{name}}", value) == "&lt;b&gt;&#39;Jan&#39; &amp; &quot;Ot&quot;&lt;/b&gt;")
        #expect(try drawn("{{{name}}}-{{&name}}", value) == "<b>'Jan' & \"Ot\"</b>-<b>'Jan' & \"Ot\"</b>")
        #expect(try drawn("{{count}}{{nothing}}", value) == "3")
    }

    @Test("A quote with an accent on it does not end an attribute")
    func accents() throws {
        let html = try drawn("<a title=\"{{x}}\">", ["x": "\"\u{301} onfocus=\"\u{308}<\u{338}".shown])
        #expect(html.utf8.count { $0 == UInt8(ascii: "\"") } == 2)
        #expect(html.utf8.count { $0 == UInt8(ascii: "<") } == 1)
        #expect(html.contains("é") == false && html.unicodeScalars.contains("\u{301}"))
    }

    @Test("A section is drawn for each of a list, once for what is there, and not for what is absent, empty or untrue")
    func sections() throws {
        let value: Shown = [
            "list": ["a", "b"].shown, "none": [String]().shown, "text": "t".shown, "blank": "".shown, "yes": true.shown,
            "no": false.shown, "zero": 0.shown, "row": ["name": "n".shown],
        ]
        #expect(try drawn("{{#list}}[{{.}}]{{/list}}{{^list}}-{{/list}}", value) == "[a][b]")
        for (name, there) in [("none", false), ("text", true), ("blank", false), ("yes", true), ("no", false), ("zero", true)] {
            #expect(try drawn("{{#\(name)}}+{{/\(name)}}{{^\(name)}}-{{/\(name)}}", value) == (there ? "+" : "-"), "\(name)")
        }
        #expect(try drawn("{{#row}}{{name}}{{text}}{{/row}} {{row.name}}", value) == "nt n")
        #expect(try drawn("{{^empty(list)}}+{{/empty(list)}}{{^empty(none)}}-{{/empty(none)}}", value) == "+")
        #expect(try drawn("{{^empty(unknown)}}+{{/empty(unknown)}}", value) == "+")
    }

    @Test("A tag that stands alone takes its line with it; one within a line leaves it")
    func lines() throws {
        let value: Shown = ["on": true.shown]
        #expect(try drawn("a\n{{#on}}\nb\n{{/on}}\nc\n", value) == "a\nb\nc\n")
        #expect(try drawn("a {{#on}}b{{/on}}\nc\n{{! not told }}\nd", value) == "a b\nc\nd")
        #expect(try drawn("a\n{{>p}}\nb", value, parts: ["p": "x\n"]) == "a\nx\nb")
    }

    @Test("A frame takes the blocks of what stands in it, the outermost first")
    func frames() throws {
        let parts = [
            "frame": "<{{$main}}own{{/main}}|{{$side}}side{{/side}}>", "mid": "{{<frame}}{{$main}}mid{{/main}}{{/frame}}",
        ]
        #expect(try drawn("{{>frame}}", .absent, parts: parts) == "<own|side>")
        #expect(try drawn("{{<frame}}\n{{$main}}\nx\n{{/main}}\n{{/frame}}", .absent, parts: parts) == "<x\n|side>")
        #expect(try drawn("{{<mid}}{{$main}}top{{/main}}{{/mid}}", .absent, parts: parts) == "<top|side>")
        #expect(try drawn("{{>mid}}", .absent, parts: parts) == "<mid|side>")
    }

    @Test(
        "A template that cannot be read says what is wrong and where",
        arguments: [
            ("a\n{{#x}}\n", Template.Unreadable.Problem.missingEnd, 3), ("{{#x}}{{/y}}", .wrongEnd, 1), ("\n{{x", .openTag, 2),
            ("{{x}", .openTag, 1), ("{{=<% %>=}}", .unknownTag, 1), ("{{}}", .unknownTag, 1),
            ("{{<f}}{{x}}{{/f}}", .notABlock, 1),
        ])
    func unreadable(_ text: String, _ problem: Template.Unreadable.Problem, _ line: Int) {
        #expect(throws: Template.Unreadable(problem: problem, line: line)) { try Template(text) }
    }

    @Test("What says itself what it shows leaves out no property that its mirror has")
    func complete() throws {
        let gallery = Gallery(face: try Face(resources: Folders.resources), language: .nl)
        var seen: Set<String> = []
        func walk(_ value: Any) {
            let mirror = Mirror(reflecting: value)
            if mirror.displayStyle == .struct, let showing = value as? any Showing, !(value is Fan), !(value is RoutePicture),
                !(value is String)
            {
                let type = String(reflecting: type(of: value))
                for child in mirror.children where seen.insert("\(type).\(child.label ?? "")").inserted {
                    #expect(child.label.flatMap { showing.shown.part(named: $0) } != nil, "\(type).\(child.label ?? "")")
                }
            }
            for child in mirror.children where !(child.value is String) { walk(child.value) }
        }
        let chrome = gallery.chrome(.pupils, viewer: gallery.sanne)
        for exhibit in gallery.all { walk(exhibit.page) }
        walk(chrome)
        #expect(seen.count > 100)
    }
}

extension Shown {
    /// The text, when this is one.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
