import Domain
import Foundation
import Testing

@testable import Web

@Suite("The pages")
struct PagesTests {
    static func exhibits(_ language: Language) throws -> [Gallery.Exhibit] {
        Gallery(face: try Face(resources: Folders.resources), language: language).all
    }

    /// Set `SENTRUM_PAGES` to a folder to have every page written there with its style sheet, for looking at.
    @Test("Every page can be drawn and written down for looking at", arguments: Language.allCases)
    func draw(_ language: Language) throws {
        let exhibits = try Self.exhibits(language)
        #expect(exhibits.count > 25)
        guard let path = ProcessInfo.processInfo.environment["SENTRUM_PAGES"] else { return }
        let folder = URL(filePath: path).appending(path: language.rawValue)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for exhibit in exhibits {
            let local = exhibit.html.replacing(/\/static\/([a-z.]+)\?v=[0-9a-f]+/) { "../" + $0.1 }
            try Data(local.utf8).write(to: folder.appending(path: exhibit.name + ".html"))
        }
        let files = Folders.resources.appending(path: "Public")
        for name in try FileManager.default.contentsOfDirectory(atPath: files.path) where !name.hasPrefix(".") {
            try Data(contentsOf: files.appending(path: name)).write(to: URL(filePath: path).appending(path: name))
        }
    }

    /// Set `SENTRUM_RECORD=1` to write the golden pages anew, and read the difference before keeping it.
    @Test("Every page is drawn exactly as it was agreed")
    func golden() throws {
        let record = ProcessInfo.processInfo.environment["SENTRUM_RECORD"] == "1"
        for exhibit in try Self.exhibits(.nl) {
            let file = Folders.golden.appending(path: exhibit.name + ".html")
            let html = exhibit.html.replacing(/\?v=[0-9a-f]+/, with: "?v=")
            if record { try Data(html.utf8).write(to: file) }
            let agreed = try? String(contentsOf: file, encoding: .utf8)
            #expect(agreed == html, "\(exhibit.name) differs from its golden page")
        }
    }

    @Test(
        "Every page is well formed, has one first heading, and nothing that the content policy refuses",
        arguments: Language.allCases)
    func wellFormed(_ language: Language) throws {
        for exhibit in try Self.exhibits(language) {
            let page = Markup(exhibit.html)
            #expect(page.unbalanced == nil, "\(exhibit.name)")
            #expect(exhibit.html.hasPrefix("<!doctype html>\n<html lang=\"\(language.rawValue)\">"), "\(exhibit.name)")
            #expect(page.tags("h1").count == 1, "\(exhibit.name) has \(page.tags("h1").count) first headings")
            #expect(page.tags("main").count == 1, "\(exhibit.name)")
            #expect(page.tags("style").isEmpty, "\(exhibit.name)")
            for tag in page.opened {
                #expect(tag.attributes["style"] == nil, "\(exhibit.name): \(tag)")
                #expect(tag.attributes.keys.allSatisfy { !$0.hasPrefix("on") }, "\(exhibit.name): \(tag)")
            }
            #expect(page.tags("script").allSatisfy { $0.attributes["src"] != nil }, "\(exhibit.name)")
            #expect(!exhibit.html.contains("{{") && !exhibit.html.contains("Optional("), "\(exhibit.name)")
        }
    }

    @Test("What is typed of a password is covered, and may be pasted or filled in by a program")
    func passwords() throws {
        var seen = 0
        for exhibit in try Self.exhibits(.nl) {
            let page = Markup(exhibit.html)
            for tag in page.tags("input") {
                let isPassword = tag.attributes["autocomplete"]?.hasSuffix("-password") == true
                #expect((tag.attributes["type"] == "password") == isPassword, "\(exhibit.name): \(tag)")
                seen += isPassword ? 1 : 0
            }
            #expect(page.opened.allSatisfy { $0.attributes["onpaste"] == nil }, "\(exhibit.name)")
        }
        #expect(seen >= 5)
        let script = try String(contentsOf: Folders.resources.appending(path: "Public/face.js"), encoding: .utf8)
        #expect(!script.contains("paste"))
    }

    @Test("Every input has a label, every reference an aim, every id is unique, every post carries its token")
    func accessible() throws {
        for exhibit in try Self.exhibits(.nl) {
            let page = Markup(exhibit.html.replacing(/<template.*?<\/template>/.dotMatchesNewlines(), with: ""))
            let ids = page.opened.compactMap { $0.attributes["id"] }
            let twice = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys
            #expect(twice.isEmpty, "\(exhibit.name): \(twice.sorted())")
            let labelled = Set(page.tags("label").compactMap { $0.attributes["for"] })
            for tag in page.opened where ["input", "select", "textarea"].contains(tag.name) && tag.attributes["type"] != "hidden"
            {
                #expect(tag.attributes["id"].map(labelled.contains) ?? false, "\(exhibit.name): no label for \(tag)")
            }
            for tag in page.opened {
                let named = ["aria-describedby", "aria-labelledby", "for"].compactMap { tag.attributes[$0] }.flatMap {
                    $0.split(separator: " ")
                }
                for name in named { #expect(ids.contains(String(name)), "\(exhibit.name): nothing is called \(name)") }
                if let href = tag.attributes["href"], href.hasPrefix("#field") {
                    #expect(ids.contains(String(href.dropFirst())), "\(exhibit.name): nothing at \(href)")
                }
            }
            let posts = page.tags("form").filter { $0.attributes["method"] == "post" }.count
            let tokens = page.tags("input").filter { $0.attributes["name"] == "_csrf" }.count
            #expect(posts == tokens, "\(exhibit.name): \(posts) forms, \(tokens) tokens")
        }
    }

    @Test("A page of fifty rows is drawn in a few milliseconds")
    func speed() throws {
        let gallery = Gallery(face: try Face(resources: Folders.resources), language: .nl)
        let few = gallery.pupils
        let page = PupilsPage(
            title: few.title, query: nil, isNarrowed: false, summary: few.summary,
            rows: (0..<10).flatMap { _ in few.rows }, next: few.next, first: nil, found: nil, new: few.new)
        let chrome = gallery.chrome(.pupils, viewer: gallery.sanne)
        var longest = Duration.zero
        var shortest = Duration.seconds(60)
        for _ in 0..<20 {
            let time = ContinuousClock().measure { _ = gallery.face.render(page, chrome) }
            longest = max(longest, time)
            shortest = min(shortest, time)
        }
        // Generous, for debug builds on a busy machine: it catches a mistake of a factor, not of a percent.
        #expect(shortest < .milliseconds(60), "\(shortest) … \(longest)")
    }
}

@Suite("Values in templates")
struct ShownValueTests {
    private struct Row {
        let name: String
        let note: String?
    }

    private struct Sheet {
        let note: String?
        let rows: [Row]
    }

    @Test("A row without a note does not show the note of what surrounds it")
    func absence() throws {
        let shown = Shown(of: Sheet(note: "outer", rows: [Row(name: "a", note: nil)]))
        var pen = Template.Pen([shown], templates: [:])
        pen.draw(try Template("{{note}}:{{#rows}}{{name}}{{note}}{{/rows}}"))
        #expect(pen.text == "outer:a")
    }

    @Test("What somebody typed never becomes markup")
    func escaping() throws {
        let gallery = Gallery(face: try Face(resources: Folders.resources), language: .nl)
        let evil = "</textarea><script>alert(1)</script>\" onfocus=\"x"
        let page = ConfirmPage(
            title: evil, frame: nil, lead: evil, facts: [Fact(evil, evil, note: evil)], consequences: [evil],
            form: Form(
                action: "/", button: evil,
                fields: [
                    FormField(name: "a", label: evil, kind: .paragraph, value: evil),
                    FormField(name: "b", label: evil, kind: .text, value: evil, why: evil),
                    FormField(name: "c", label: evil, kind: .choice, options: [FormOption("x", evil, hint: evil)]),
                ], problems: [FormProblem(evil, field: "a")]), isGrave: false)
        let html = gallery.face.render(page, gallery.chrome(nil, viewer: gallery.sanne))
        #expect(!html.contains("<script>alert"))
        #expect(Markup(html).unbalanced == nil)
        #expect(Markup(html).opened.allSatisfy { $0.attributes["onfocus"] == nil })
        let fan = Fan([Fan.Tier(evil, [Fan.Form(evil, .now)])], child: evil, texts: gallery.texts)
        #expect(Markup(fan.svg).unbalanced == nil)
        #expect(!fan.svg.contains("<script"))
    }
}
