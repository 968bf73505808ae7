import Domain
import Foundation
import Mustache

/// Everything that turns a page into HTML: templates, sentences and the files beside them, read once at start.
package struct Face: Sendable {
    /// The files under `/static/`.
    package let assets: Assets
    private let voices: [Language: Voice]

    private struct Voice: Sendable {
        let texts: Texts
        let library: MustacheLibrary
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
            var library = MustacheLibrary()
            for source in sources {
                do {
                    try library.register(try source.resolved(texts), named: source.name)
                } catch let error as MustacheTemplate.ParserError {
                    throw UnreadableTemplate(
                        template: source.name, line: error.context.lineNumber, text: "\(error.error) \(error.context.line)")
                }
            }
            voices[language] = Voice(texts: texts, library: library)
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
        let frame = Frame(page: ShownValue.of(page) as? ShownValue, chrome: ShownValue.of(chrome) as? ShownValue)
        return voices[chrome.language]?.library.render(frame, withTemplate: template) ?? ""
    }
}

/// What a template sees at the root: the page's own names, and `chrome`.
private final class Frame: MustacheParent {
    let page: ShownValue?
    let chrome: ShownValue?

    init(page: ShownValue?, chrome: ShownValue?) {
        self.page = page
        self.chrome = chrome
    }

    func child(named name: String) -> Any? {
        name == "chrome" ? chrome : page?.child(named: name)
    }
}
