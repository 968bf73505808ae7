import Domain
import Foundation
import UseCases

extension PlanWords {
    /// The plan as one page.
    func page(version: String?, versions: [Link], comparisons: [Link], examples: String?) -> PlanPage {
        let until = rules.until.map { texts("plan.until", ["day": words.format.plainDay($0)]) } ?? ""
        let terms = terms
        let tables = rules.tables.values.sorted { $0.id < $1.id }.map { table($0) }
        let letters = letters
        return PlanPage(
            title: rules.title[language],
            lead: texts(
                "plan.lead", ["document": rules.document, "from": words.format.plainDay(rules.inForce), "until": until]
            ).trimmed,
            version: version, contents: contents(terms.isEmpty, tables.isEmpty, letters.isEmpty), fan: fan,
            tiers: rules.tiers.map { tier in
                PlanPage.Tier(
                    title: tier.title[language],
                    forms: tier.forms.map { form in
                        PlanPage.Form(
                            anchor: PlanPlace.form(form.id), title: form.title[language], href: href(ofForm: form.id),
                            about: form.explanation[language], source: source(form.source))
                    })
            },
            procedures: routes, people: people, purposes: purposes, document: document, terms: terms, tables: tables,
            letters: letters,
            paper: (rules.contents?.onPaper ?? []).map { left in
                PlanProcedurePage.Line(
                    title: left.item.title[language], text: [left.paper[language]],
                    // The law asks it of every plan; this one makes nothing of it that its sources could lead to.
                    source: SourceNote([SourceNote.Piece(text: left.item.source, href: nil)]))
            }, chapters: chapters, sources: Link(texts("plan.sources"), place.href(.planSource)), versions: versions,
            comparisons: comparisons, examples: examples)
    }

    private func contents(_ hasNoTerms: Bool, _ hasNoTables: Bool, _ hasNoLetters: Bool) -> [Link] {
        var contents = [Link(texts("plan.fan"), "#waaier"), Link(texts("plan.procedures"), "#wegen")]
        if !hasNoTerms { contents.append(Link(texts("planPage.terms"), "#termijnen")) }
        if !hasNoTables { contents.append(Link(texts("planPage.tables"), "#tabellen")) }
        contents.append(Link(texts("planPage.people"), "#mensen"))
        if !rules.purposes.isEmpty { contents.append(Link(texts("planPage.purposes"), "#toestemming")) }
        contents.append(Link(rules.groeidocument.title[language], "#document"))
        if !hasNoLetters { contents.append(Link(texts("planPage.letters"), "#brieven")) }
        contents.append(Link(texts("planPage.source"), "#bron"))
        return contents
    }

    /// The routes of the fan, from light to heavy, and then those beside it: nobody looks for help below an objection.
    private var routes: [PlanPage.Routes] {
        let forms = rules.tiers.flatMap(\.forms)
        let onFan = forms.flatMap { rules.procedures(ofForm: $0.id) }.reduce(into: [ProcedureRule]()) { found, route in
            if !found.contains(where: { $0.id == route.id }) { found.append(route) }
        }
        let beside = rules.procedures.filter { route in !onFan.contains { $0.id == route.id } }
        guard !onFan.isEmpty, !beside.isEmpty else {
            return [PlanPage.Routes(title: nil, routes: rules.procedures.map(procedure))]
        }
        return [
            PlanPage.Routes(title: texts("planPage.onFan"), routes: onFan.map(procedure)),
            PlanPage.Routes(title: texts("planPage.besideFan"), routes: beside.map(procedure)),
        ]
    }

    private func procedure(_ route: ProcedureRule) -> PlanPage.Procedure {
        PlanPage.Procedure(
            title: route.title[language], href: place.href(.planProcedure(route.id)), about: route.why[language],
            terms: route.clocks.map { $0.title[language] },
            starts: texts("plan.startedBy", ["who": words.format.list(route.start.by.map { words.function($0) })]),
            mark: mark(at: "procedures.\(route.id)"))
    }

    private func href(ofForm form: String) -> String? {
        rules.procedures(ofForm: form).first.map { place.href(.planProcedure($0.id)) }
    }

    /// The fan of the plan itself.
    private var fan: Fan {
        Fan(
            rules.tiers.map { tier in
                Fan.Tier(
                    tier.title[language], tier.forms.map { Fan.Form($0.short[language], href: href(ofForm: $0.id)) })
            }, child: nil, texts: texts)
    }

    // MARK: People

    private var people: [PlanPage.People] {
        FunctionRule.Place.allCases.compactMap { held in
            let functions = rules.functions.filter { $0.place == held }
            guard !functions.isEmpty else { return nil }
            return PlanPage.People(title: texts("planPage.place.\(held.rawValue)"), people: functions.map { person($0) })
        }
    }

    private func person(_ function: FunctionRule) -> PlanPage.Person {
        var facts = [
            Fact(
                texts("planPage.sees"),
                lines: function.sight.isEmpty ? [texts("planPage.seesNothing")] : function.sight.map { words.sees($0) })
        ]
        let parts = DossierPart.allCases.filter(function.reads.contains)
        if !parts.isEmpty {
            let all = parts.count == DossierPart.allCases.count
            facts.append(
                Fact(
                    texts("planPage.reads"),
                    all ? texts("planPage.readsAll") : words.format.list(parts.map { texts("dossierPart.\($0.rawValue)") })))
        }
        let acts = DossierAct.allCases.filter(function.may.contains)
        if !acts.isEmpty {
            facts.append(
                Fact(texts("planPage.may"), words.format.list(acts.map { texts("comparing.act.\($0.rawValue)") })))
        }
        return PlanPage.Person(
            anchor: PlanPlace.function(function.id), title: function.title[language], about: function.explanation[language],
            facts: facts, source: source(function.source), mark: mark(at: "functions.\(function.id)"))
    }

    private var purposes: [PlanPage.Purpose] {
        rules.purposes.map { purpose in
            PlanPage.Purpose(
                anchor: PlanPlace.purpose(purpose.id), title: purpose.title[language], about: purpose.explanation[language],
                asked: rules.procedures.filter { asks($0, for: purpose.id) }.map { link(route: $0.id) },
                source: source(purpose.source))
        }
    }

    private func asks(_ route: ProcedureRule, for purpose: String) -> Bool {
        let needs = route.start.needs + route.steps.flatMap(\.choices).flatMap(\.needs)
        return needs.contains { $0.kind == .agreement(purpose: purpose) }
    }

    private var document: PlanPage.Document {
        PlanPage.Document(
            title: rules.groeidocument.title[language],
            parts: rules.groeidocument.parts.map { part in
                PlanPage.Part(
                    anchor: PlanPlace.part(part.id), title: part.title[language], about: part.explanation[language],
                    questions: part.fields.map { asked(Ask(field: $0)) }, source: source(part.source))
            }, source: source(rules.groeidocument.source))
    }

    // MARK: Terms

    /// Every term of the plan: clocks, promises of steps, how far ahead a meeting is announced, and objection.
    private var terms: [PlanPage.Term] {
        rules.procedures.flatMap { route -> [PlanPage.Term] in
            var terms = route.clocks.map { clock in
                PlanPage.Term(
                    title: clock.title[language], route: link(route: route.id), length: length(clock.within),
                    from: from(clock.from, of: route), ground: clock.ground[language], source: source(clock.source),
                    mark: mark(at: "procedures.\(route.id).clocks.\(clock.id)"))
            }
            for step in route.steps {
                if let due = step.due {
                    terms.append(
                        PlanPage.Term(
                            title: step.title[language], route: link(route: route.id), length: length(due),
                            from: texts("planPage.fromOpening"), ground: texts("planPage.groundStep"),
                            source: source(step.source), mark: mark(at: "procedures.\(route.id).steps.\(step.id).due")))
                }
                if let meeting = step.meeting, let ahead = meeting.ahead {
                    terms.append(
                        PlanPage.Term(
                            title: texts("planPage.announce", ["meeting": step.title[language]]), route: link(route: route.id),
                            length: words.period(ahead), from: texts("planPage.fromMeeting"),
                            ground: texts("planPage.groundStep"), source: source(meeting.aheadSource)))
                }
            }
            for outcome in route.outcomes {
                guard let decision = outcome.decision, let objection = decision.objection else { continue }
                terms.append(
                    PlanPage.Term(
                        title: texts("planPage.objectTo", ["outcome": outcome.title[language]]), route: link(route: route.id),
                        length: length(objection), from: texts("planPage.fromDecision"), ground: texts("planPage.groundLaw"),
                        source: source(decision.source)))
            }
            return terms
        }
    }

    // MARK: Letters

    private var letters: [PlanPage.Letter] {
        rules.letters.values.sorted { $0.id < $1.id }.map { letter in
            PlanPage.Letter(
                anchor: PlanPlace.letter(letter.id), title: letter.title[language], text: text(ofLetter: letter.body[language]))
        }
    }

    /// The words of a letter without its markup; what is filled in stands between guillemets.
    private func text(ofLetter body: String) -> [String] {
        var text = body.replacing("\n", with: " ")
        for ending in ["</p>", "</h1>", "</h2>", "</h3>", "</dd>", "</li>", "<br>"] { text = text.replacing(ending, with: "\n") }
        text = text.replacing("</dt>", with: ": ")
        var plain = ""
        var rest = text[...]
        while let next = rest.firstIndex(where: { $0 == "<" || $0 == "{" }) {
            plain += rest[..<next]
            let isTag = rest[next] == "<"
            let close = isTag ? ">" : "}}"
            guard let end = rest[next...].firstRange(of: close) else { break }
            if !isTag {
                let word = rest[next..<end.lowerBound].drop { $0 == "{" }
                if let first = word.first, first.isLetter { plain += "‹\(filled(String(word)))›" }
            }
            rest = rest[end.upperBound...]
        }
        plain += rest
        return plain.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }
    }

    /// What a word of a letter stands for.
    private func filled(_ word: String) -> String {
        if let known = texts.ifKnown("letterWord.\(word)") { return known }
        let field = rules.fields.values.first { LetterWords.word(ofField: $0.id) == word }
        return field?.title[language] ?? word
    }

    /// The chapters of the document, each with its paragraphs on the page of sources.
    private var chapters: [Link] {
        rules.outline.chapters.map { Link($0.title[language], place.href(.planSource, PlanPlace.chapter($0.id))) }
    }
}
