import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

// The decision that a procedure ended with, and its letter.
extension ProcedureRoutes {
    func showDecision(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(
            try context.dossierID, [.procedures, .decisions], as: try context.signedIn)
        let instance = try context.instanceID
        let (decision, procedure, rules, route, rule) = try await site.installation.decision(of: instance, in: seen)
        let words = site.words(context, rules)
        let id = seen.dossier.id.rawValue
        let names = try await site.installation.names.people([decision.by] + decision.advices.map(\.by))
        let outcome = route.outcome(decision.outcome)
        var facts: [Fact] = []
        for field in rule.copies {
            guard let answer = decision.copies[field], let known = rules.fields[field] else { continue }
            facts.append(Fact(known.title[words.language], words.answer(answer, to: known)))
        }
        if let begin = decision.begin { facts.append(Fact(words.texts("decision.begin"), words.format.day(begin))) }
        if let end = decision.end { facts.append(Fact(words.texts("decision.end"), words.format.day(end))) }
        facts.append(Fact(words.texts("decision.issued"), words.format.day(decision.issued)))
        facts.append(Fact(words.texts("decision.by"), names[decision.by] ?? ""))
        let page = DecisionPage(
            title: outcome?.title[words.language] ?? route.title[words.language],
            frame: try await site.frame(seen, current: nil, words),
            procedure: Link(route.title[words.language], .procedure(id, instance.rawValue)),
            chip: words.standing(of: procedure, route), number: decision.number, facts: facts,
            reasons: words.paragraphs(decision.reasons),
            experts: decision.advices.map { advice in
                let done = procedure.lastDone(advice.step)
                let step = route.step(advice.step)
                let asks = (step?.asks ?? []) + (done.flatMap { step?.choice($0.choice)?.asks } ?? [])
                let text = asks.compactMap { ask -> String? in
                    guard let field = rules.fields[ask.field], field.kind == .paragraph else { return nil }
                    return done?.answers[ask.field]?.text
                }
                return DecisionPage.Expert(
                    name: names[advice.by] ?? "",
                    discipline: advice.discipline.flatMap { id in rules.disciplines.first { $0.id == id }?.title[words.language] }
                        ?? "",
                    date: words.texts("decision.adviceOf", ["day": words.format.plainDay(advice.on)]),
                    advice: text.flatMap { words.paragraphs($0) })
            }, explanations: words.explanation(of: decision, rule, route),
            objection: Self.objection(to: decision, rules, words), objectUntil: Self.until(decision, words),
            file: Link(words.texts("decision.file"), .decisionFile(id, instance.rawValue)),
            // What it leads to is for the one to begin, and for the other to know from the letter.
            source: outcome.map { words.paragraph(of: $0, route) } ?? words.paragraph(of: route),
            version: Link(rules.title[words.language], PlanPlace(key: rules.key, isNamed: true).href(.plan)),
            next: site.installation.startable(in: seen).filter { outcome?.leadsTo.contains($0.id) == true }.map {
                Link($0.title[words.language], .newProcedure(id, $0.id))
            })
        return try await site.show(page, request, context, .pupils)
    }

    /// How one goes against a decision: by objection, or to the court when it is on an objection itself.
    private static func objection(to decision: Decision, _ rules: PlanRules, _ words: Words) -> [String] {
        guard decision.objectionUntil != nil else {
            return decision.appealUntil == nil ? [] : [words.texts("decision.appeal")]
        }
        let partnership = rules.partnership
        return [
            words.texts(
                "decision.objection",
                [
                    "partnership": partnership.name, "address": partnership.address.joined(separator: ", "),
                    "email": partnership.email,
                ])
        ]
    }

    /// Until when that is possible.
    private static func until(_ decision: Decision, _ words: Words) -> String? {
        if let day = decision.objectionUntil { return words.texts("decision.objectUntil", ["day": words.format.day(day)]) }
        return decision.appealUntil.map { words.texts("decision.appealUntil", ["day": words.format.day($0)]) }
    }

    func decisionFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(
            try context.dossierID, [.decisions], as: try context.signedIn, kind: .document)
        let (html, number) = try await letter(try context.instanceID, seen, context)
        return try await site.onPaper(html, named: "\(number.replacing("/", with: "-")).pdf", context.language)
    }

    /// The letter as a page on paper, in the reader's language.
    func letter(
        _ instance: InstanceID, _ seen: SeenDossier, _ context: SiteContext
    ) async throws -> (html: String, number: String) {
        let (decision, _, rules, route, _) = try await site.installation.decision(of: instance, in: seen)
        let words = site.words(context, rules)
        let values = try await site.installation.letter(
            of: instance, in: seen, language: words.language, day: { words.format.plainDay($0) },
            value: { words.answer($0, to: $1) }, explained: { words.explained($0) })
        let page = LetterPage(
            title: values.letter.title[words.language], sender: rules.partnership.name,
            body: try values.drawn(words.language),
            source: route.outcome(decision.outcome).map { words.paragraph(of: $0, route) } ?? words.paragraph(of: route),
            version: rules.title[words.language], style: site.face.assets.address(of: "letter.css"))
        return (site.face.render(page, site.guestChrome(words)), decision.number)
    }
}

extension LetterValues {
    /// The text of the letter with its values filled in, each made safe as on every page.
    ///
    /// - Throws: `Template.Unreadable` for a letter that the check of its plan would have refused.
    func drawn(_ language: Language) throws -> String {
        let template = try Template(letter.body[language])
        var parts = texts.map { (name: $0.key, value: $0.value.shown) }
        parts.append((name: "experts", value: .list(experts.map { expert in .parts(expert.map { ($0.key, $0.value.shown) }) })))
        var pen = Template.Pen([.parts(parts)], templates: [:])
        pen.draw(template)
        return pen.text
    }
}
