import Domain
import Foundation

/// Everything that turns a page into HTML: templates, sentences and the files beside them, read once at start.
package struct Face: Sendable {
    /// The files under `/static/`.
    package let assets: Assets
    private let voices: [Language: Voice]

    private struct Voice: Sendable {
        let texts: Texts
        let templates: [String: Template]
    }

    /// Thrown at start when a template cannot be parsed.
    package struct UnreadableTemplate: Error, CustomStringConvertible {
        package let template: String
        package let line: Int
        package let text: String
        package var description: String { "template \(template), line \(line): \(text)" }
    }

    /// Reads `Templates`, `Texts` and `Public` in the folder, and checks that every sentence asked for exists.
    package init(resources: URL) throws {
        assets = try Assets(folder: resources.appending(path: "Public"))
        let sources = try TemplateSource.all(in: resources.appending(path: "Templates"))
        var voices: [Language: Voice] = [:]
        for language in Language.allCases {
            let texts = try Texts.load(language, from: resources.appending(path: "Texts"))
            var templates: [String: Template] = [:]
            for source in sources {
                do {
                    templates[source.name] = try Template(try source.resolved(texts))
                } catch let error as Template.Unreadable {
                    throw UnreadableTemplate(template: source.name, line: error.line, text: error.problem.rawValue)
                }
            }
            voices[language] = Voice(texts: texts, templates: templates)
        }
        self.voices = voices
    }

    /// The sentences in a language.
    package func texts(_ language: Language) -> Texts {
        voices[language]?.texts ?? Texts(language: language, sentences: [:])
    }

    /// The whole page as HTML, in the language of the chrome.
    func render<P: Page>(_ page: P, _ chrome: Chrome) -> String {
        render(page, chrome, template: P.template)
    }

    /// A part of a page alone, for scripts that replace it: the template is drawn with the same values.
    func render<P: Page>(_ page: P, _ chrome: Chrome, template: String) -> String {
        guard let templates = voices[chrome.language]?.templates, let template = templates[template] else { return "" }
        // The page lies within its chrome, so that no name of the chrome takes the place of one of its own.
        var pen = Template.Pen([["chrome": chrome.shown], Shown(of: page)], templates: templates)
        pen.draw(template)
        return pen.text
    }
}
