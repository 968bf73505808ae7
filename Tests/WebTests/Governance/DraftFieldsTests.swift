import Domain
import Foundation
import Plan
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("What the fields of a draft are called")
struct DraftFieldsTests {
    /// The plan that holds last in each folder of plans, as something to write on.
    private static let drafts: [PlanDraft] = {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: PlanStage.plans.root)) ?? []
        return all.filter { $0 != "law" }.compactMap { partnership in
            guard let last = (try? PlanLoader.shelf(partnership, from: PlanStage.plans))?.versions.last?.key,
                let ground = try? PlanGround(last, from: PlanStage.plans)
            else { return nil }
            let first = """
                key: \(partnership)/nieuw
                amends: \(last)
                title: { nl: Nieuw, en: New }
                in-force: 2040-08-01

                """
            return PlanDraft(PlanKey("\(partnership)/nieuw"), files: ["plan.yaml": first], over: ground)
        }
    }()

    /// Each value and each kind of things of a draft.
    private static func walk(_ draft: PlanDraft, _ thing: String, _ see: (PlanValue) -> Void, _ kind: (String) -> Void) {
        draft.values(of: thing).forEach(see)
        for things in [draft.parts(of: thing)].filter({ !$0.things.isEmpty }) + draft.things(of: thing) {
            kind(things.key)
            for inner in things.things { walk(draft, inner.path, see, kind) }
        }
    }

    @Test("Whoever writes a plan reads words of their own language, and no key of a file", arguments: Language.allCases)
    func words(language: Language) throws {
        let face = try Face(resources: Site.resources)
        let texts = face.texts(language)
        var raw: Set<String> = []
        #expect(Self.drafts.count > 5)
        for draft in Self.drafts {
            let fields = DraftFields(words: Words(texts, draft.rules, today: .of("2026-11-02")), draft: draft)
            Self.walk(
                draft, "",
                { value in
                    let label = fields.label(value)
                    // A letter is one of the law's list, a number a place in a list.
                    for key in value.within where Int(key) == nil && key.count > 1 {
                        if label.components(separatedBy: " › ").contains(key), language == .en { raw.insert("key \(value.path)") }
                    }
                    for option in value.options ?? [] where option.title.nl == option.id {
                        if fields.sentence(.line(option.id), value) == option.id { raw.insert("word \(option.id)") }
                    }
                },
                { key in if fields.group(key) == key { raw.insert("things \(key)") } })
        }
        #expect(raw.sorted() == [])
    }
}
