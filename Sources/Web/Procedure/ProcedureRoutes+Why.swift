import Domain
import Hummingbird
import Plan
import UseCases

/// Why a procedure stands as it does: what the plan says, row by row, and what would have made it another.
extension ProcedureRoutes {
    func showWhy(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.procedures], as: try context.signedIn)
        let instance = try context.instanceID
        guard let explained = try await site.installation.explanation(of: instance, in: seen),
            let rules = site.installation.shelf[explained.plan]
        else { throw NotFound() }
        let words = site.words(context, rules)
        let language = words.language
        // Rows and ways rest on answers, documents and agreements as well: who may not read all of those reads which row it
        // was and which ways there are, not by what, nor whether they are open.
        let readsAnswers = seen.sight.parts.isSuperset(of: [.groeidocument, .documents, .agreements])
        let lead =
            if let outcome = explained.outcome {
                words.texts("why.outcome", ["outcome": outcome[language]])
            } else {
                words.texts("why.running")
            }
        let page = WhyPage(
            title: words.texts(explained.outcome == nil ? "why.titleRunning" : "why.title"),
            frame: try await site.frame(seen, current: nil, words),
            procedure: Link(explained.route[language], .procedure(seen.dossier.id.rawValue, instance.rawValue)), lead: lead,
            meaning: explained.meaning?[language],
            plan: Link(rules.title[language], PlanPlace(key: rules.key, isNamed: true).href(.plan)),
            source: words.source(explained.source),
            known: readsAnswers ? explained.known.map { Fact($0.question[language], $0.value[language]) } : [],
            rows: explained.rows.sorted { $0.matched && !$1.matched }.map { words.why($0, readsAnswers) },
            counted: explained.counted.map { words.texts.explained($0) },
            steps: explained.steps.map { Fact($0.text[language], $0.source ?? "") },
            otherwise: readsAnswers
                ? explained.otherwise.map { WhyPage.Otherwise(change: $0.change[language], outcome: words.why($0.outcome)) } : [],
            waysTitle: words.texts(explained.outcome == nil ? "why.waysNow" : "why.waysThen"),
            ways: (explained.ways + explained.open.flatMap(\.ways)).map {
                words.why($0, hadBeen: explained.outcome != nil, readsAnswers)
            },
            ahead: explained.ahead.map { $0[language] })
        return try await site.show(page, request, context, .pupils)
    }
}

extension Words {
    fileprivate func why(_ clause: PlanExplanation.Clause) -> WhyPage.Clause {
        WhyPage.Clause(
            question: clause.question[language],
            told: texts(
                "why.clause",
                ["value": clause.value?[language] ?? texts("why.unknown"), "wanted": clause.wanted[language]]),
            holds: clause.holds)
    }

    fileprivate func why(_ row: PlanExplanation.Row, _ readsAnswers: Bool) -> WhyPage.Row {
        WhyPage.Row(
            title: texts(row.matched ? "why.applies" : "why.doesNotApply"), matched: row.matched,
            clauses: readsAnswers ? row.clauses.map { why($0) } : [],
            notes: row.matched ? ([row.note].compactMap(\.self) + row.paragraphs).map { $0[language] } : [],
            source: source(row.source))
    }

    fileprivate func why(_ outcome: PlanExplanation.Outcome) -> String {
        guard let code = outcome.refused else { return outcome[language] }
        return "\(outcome[language]): \(texts.whyNot(code.rawValue, ofEnd: true))"
    }

    fileprivate func why(_ way: CaseExplanation.Way, hadBeen: Bool, _ readsAnswers: Bool) -> WhyPage.Way {
        guard readsAnswers else {
            return WhyPage.Way(
                title: "\(way.choice[language]): \(way.leadsTo[language])", chip: nil, clauses: [], source: source(way.source))
        }
        let needed = way.needs.map { need in
            WhyPage.Clause(
                question: need.what[language], told: need.lacks.map { $0[language] } ?? texts("why.there"),
                holds: need.lacks == nil)
        }
        let chip =
            way.isOpen
            ? Chip(texts(hadBeen ? "why.could" : "why.can"), .ok) : Chip(texts(hadBeen ? "why.couldNot" : "why.cannotYet"))
        return WhyPage.Way(
            title: "\(way.choice[language]): \(way.leadsTo[language])", chip: chip,
            clauses: way.clauses.map { why($0) } + needed, source: source(way.source))
    }
}
