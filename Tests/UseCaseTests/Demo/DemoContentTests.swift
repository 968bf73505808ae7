import Domain
import Foundation
import Plan
import Testing

@testable import UseCases

/// The demo that comes with the plans, held to every version of them.
@Suite("The demo fits its plan")
struct DemoContentTests {
    private static let plans = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../plans")
        .standardizedFileURL

    /// Partnerships that have a demo.
    static let partnerships: [String] = PlanLoader.partnerships(in: PlanFolder(plans.path)).filter {
        FileManager.default.fileExists(atPath: plans.appending(path: "\($0)/demo").path)
    }

    private func demo(_ partnership: String) throws -> (content: DemoContent, shelf: PlanShelf) {
        (
            try DemoContent.read(Self.plans.appending(path: "\(partnership)/demo")),
            try PlanLoader.shelf(partnership, from: PlanFolder(Self.plans.path))
        )
    }

    @Test("there is a demo at all")
    func exists() { #expect(!Self.partnerships.isEmpty) }

    @Test("every question in which people write has words of its own", arguments: partnerships)
    func phrases(_ partnership: String) throws {
        let (content, shelf) = try demo(partnership)
        for rules in shelf.versions { #expect(content.fieldsWithoutPhrase(rules) == [], "\(rules.key)") }
    }

    @Test("no setting speaks of something that the plan does not know", arguments: partnerships)
    func keys(_ partnership: String) throws {
        let (content, shelf) = try demo(partnership)
        guard let newest = shelf.versions.last else { return }
        #expect(content.unknownKeys(newest) == [])
    }

    @Test("every word between braces is known", arguments: partnerships)
    func words(_ partnership: String) throws {
        let (content, _) = try demo(partnership)
        let known = Set(content.phrases.girl.keys).union([
            "name", "school", "languages", "group", "teacher",
        ])
        let all =
            content.themes.flatMap { $0.phrases.values.joined() } + content.phrases.phrases.values.joined()
            + content.phrases.said.values.flatMap { $0.values.joined() }
            + content.phrases.leaning.values.flatMap { $0.values.joined() } + content.phrases.places
            + content.phrases.documents.values.joined().flatMap { [$0.name] + $0.lines }
        #expect(Set(content.phrases.girl.keys) == Set(content.phrases.boy.keys))
        for phrase in all {
            for match in phrase.matches(of: /\{([^}]*)\}/) {
                #expect(known.contains(String(match.1)), "\(match.0) in: \(phrase)")
            }
        }
    }

    @Test("a proposal that lies before the council reads, and its examples come out", arguments: partnerships)
    func proposals(_ partnership: String) throws {
        let (content, shelf) = try demo(partnership)
        let base = try #require(shelf.versions.last)
        let drafts = content.versions.filter { shelf[PlanKey($0.key)] == nil }
        #expect(!drafts.isEmpty)
        for draft in drafts {
            let key = PlanKey(draft.key)
            let title = try #require(draft.title.map { Localized(nl: $0.nl, en: $0.en) })
            let plan = PlanFileText.beginning(key, amends: base.key, title: title, from: base.inForce.adding(days: 400))
            let files = PlanOverlay(
                PlanFolder(Self.plans.path), [key: (draft.files ?? [:]).merging(["plan.yaml": plan]) { $1 }])
            let trial = PlanTrial(key, amends: base.key, from: files)
            #expect(trial.errors.map { $0.line(in: .en) } == [])
            #expect(!trial.results.isEmpty)
            #expect(trial.failing.map(\.got) == [])
            #expect(trial.turned.map { "\($0.example.path): \($0.got)" } == [])
        }
    }
}
