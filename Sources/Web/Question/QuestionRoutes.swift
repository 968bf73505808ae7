import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Asking about a child without naming it, answering, and making a dossier of it when a name is needed.
struct QuestionRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.questions.path), use: list)
        pages.get("/vragen/nieuw", use: showNew)
        pages.post("/vragen/nieuw", use: ask)
        pages.get(RouterPath(Address.question(":question").path), use: show)
        pages.post(RouterPath(Address.question(":question").path), use: tell)
        pages.post(RouterPath(Address.questionEnd(":question").path), use: close)
    }

    /// The way to the questions, for whom there are any.
    static func link(for actor: Actor, _ site: Site, _ words: Words) -> [Link] {
        site.installation.hasQuestions(actor) ? [Link(words.texts("question.title"), .questions)] : []
    }

    private func entering(_ context: SiteContext) throws -> Actor {
        let actor = try context.signedIn
        guard site.installation.hasQuestions(actor) else { throw NotFound() }
        return actor
    }

    // MARK: The list

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try entering(context)
        let words = site.words(context)
        var rows: [QuestionsPage.Row] = []
        for row in try await site.installation.questions(for: actor) {
            rows.append(
                QuestionsPage.Row(
                    title: words.about(row.group), href: Address.question(row.id.rawValue).path,
                    school: try await site.installation.names.organisation(row.school)?.name ?? "",
                    asked: words.format.recent(row.asked, today: words.today), chip: words.chip(row.state)))
        }
        let asks = site.installation.asks(of: actor)
        var links: [Link] = []
        for ask in asks {
            let title = ask.rule.title[words.language]
            let school = asks.count > 1 ? try await site.installation.names.organisation(ask.school)?.name : nil
            links.append(
                Link(
                    school.map { words.texts("question.newAt", ["what": title, "school": $0]) } ?? title,
                    Address.newQuestion(ask.rule.id, ask.school.rawValue).path))
        }
        let page = QuestionsPage(
            title: words.texts("question.title"), lead: words.texts(asks.isEmpty ? "question.leadAnswer" : "question.lead"),
            rows: rows, ask: links)
        return try await site.show(page, request, context, .work)
    }

    // MARK: Asking

    /// The kind and the school that the form is about, when this person asks such questions there.
    private func asked(_ kind: String?, _ school: String?, _ actor: Actor) throws -> (rule: QuestionRule, school: OrganisationID)
    {
        let asks = site.installation.asks(of: actor)
        guard let found = asks.first(where: { $0.rule.id == kind && $0.school.rawValue == school }) else { throw NotFound() }
        return found
    }

    private func showNew(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try entering(context)
        let (rule, school) = try asked(
            request.uri.queryParameters["soort"].map(String.init), request.uri.queryParameters["school"].map(String.init), actor)
        let begun = try await site.installation.typed(in: .question(by: actor.person), by: actor.person)
        let sent = PostedForm(fields: begun?.fields ?? [:])
        return try await newPage(rule, school, sent, request, context)
    }

    private func newPage(
        _ rule: QuestionRule, _ school: OrganisationID, _ sent: PostedForm, _ request: Request, _ context: SiteContext,
        refused: [Refusal] = []
    ) async throws -> Response {
        let words = site.words(context)
        let texts = words.texts
        var group = FormField(
            name: "group", label: texts("question.group"), kind: .select, value: sent["group"],
            options: [FormOption("", texts("question.noGroup"), selected: sent["group"].isEmpty)]
                + words.rules.groups.map { FormOption($0.id, $0.title[words.language], selected: $0.id == sent["group"]) })
        group.required = false
        group.error = words.error("group", refused)
        var text = FormField(
            name: "text", label: texts("question.text"), kind: .paragraph, value: sent["text"], hint: texts("question.textHint"),
            rows: 8)
        text.error = words.error("text", refused)
        let page = NewQuestionPage(
            title: rule.title[words.language],
            lead: [rule.explanation[words.language], texts("question.noName")],
            back: Link(texts("question.title"), .questions),
            form: Form(
                action: "/vragen/nieuw", button: texts("question.ask"),
                fields: [
                    FormField(name: "soort", label: "", kind: .hidden, value: rule.id),
                    FormField(name: "school", label: "", kind: .hidden, value: school.rawValue), group, text, site.keyField(),
                ], problems: words.problems(refused)), source: words.source(rule.source))
        return try await site.show(page, request, context, .work, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    private func ask(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try await site.sender(context, address: .questions) { .question(by: $0) }
        guard site.installation.hasQuestions(actor) else { throw NotFound() }
        let form = context.form
        let (rule, school) = try asked(form["soort"], form["school"], actor)
        // Pressed twice: what was asked then is where one wants to be.
        let id = QuestionID(site.installation.key(of: form[PostedForm.key], for: "question", by: actor.person))
        do {
            try await site.installation.perform(
                .ask(kind: rule.id, school: school, group: form["group"].nilWhenEmpty, text: form["text"]), on: id, as: actor)
            try await site.installation.forget(typedIn: .question(by: actor.person), by: actor.person)
            return site.redirect(.question(id.rawValue), done: "vraag-gesteld")
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil }) {
            return try await newPage(rule, school, form, request, context, refused: refused.reasons)
        }
    }

    // MARK: One question

    private func id(_ context: SiteContext) throws -> QuestionID { QuestionID(try context.parameter("question")) }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try entering(context)
        return try await page(try await site.installation.question(try id(context), as: actor), request, context)
    }

    private func page(
        _ seen: SeenQuestion, _ request: Request, _ context: SiteContext, refused: [Refusal] = []
    ) async throws -> Response {
        let actor = try context.signedIn
        let words = site.words(context)
        let texts = words.texts
        let question = seen.question
        let names = try await site.installation.names.people(Set(question.lines.map(\.by)))
        let id = question.id.rawValue
        let isSchool = if case .school = seen.part { true } else { false }
        let isOpen = question.state != .closed && question.state != .brought
        var text = FormField(
            name: "text", label: texts(isSchool ? "question.askOn" : "question.answer"), kind: .paragraph,
            value: refused.isEmpty ? "" : context.form["text"], hint: texts("question.noNameShort"), rows: 6)
        text.error = words.error("text", refused)
        let school = question.asked?.school
        let opens = try await site.installation.openingPlaces(for: actor).contains { $0.school.id == school }
        let schoolName = if let school { try await name(of: school) ?? "" } else { "" }
        let page = QuestionPage(
            title: words.about(question.asked?.group),
            lead: texts("question.of", ["kind": seen.rule.title[words.language], "school": schoolName]),
            chip: words.chip(question.state), back: Link(texts("question.title"), .questions),
            lines: question.lines.map { line in
                QuestionPage.Line(
                    who: names[line.by] ?? texts("somebody"),
                    when: texts(
                        "question.when",
                        [
                            "function": words.function(line.function),
                            "when": words.format.recent(line.at, today: words.today),
                        ]), text: words.paragraphs(line.text),
                    isAnswer: line.isAnswer)
            },
            // What was typed stays, also when the question was closed meanwhile.
            tell: isOpen || !refused.isEmpty
                ? Form(
                    action: Address.question(id).path,
                    button: texts(isSchool ? "question.sendOn" : "question.sendAnswer"), scope: "zeggen", fields: [text],
                    problems: words.problems(refused)) : nil,
            close: isSchool && isOpen
                ? Form(action: Address.questionEnd(id).path, button: texts("question.close"), scope: "sluiten") : nil,
            open: isSchool && opens ? Link(texts("question.open"), .newDossierFrom(id)) : nil,
            kept: texts("question.kept", ["period": words.period(seen.rule.kept)]))
        return try await site.show(page, request, context, .work, status: refused.isEmpty ? .ok : .unprocessableContent)
    }

    private func name(of school: OrganisationID) async throws -> String? {
        try await site.installation.names.organisation(school)?.name
    }

    private func tell(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try entering(context)
        let seen = try await site.installation.question(try id(context), as: actor)
        do {
            try await site.installation.perform(.tell(text: context.form["text"]), on: seen.question.id, as: actor)
            return site.redirect(.question(seen.question.id.rawValue), done: "saved")
        } catch let refused as Refused where refused.reasons.allSatisfy({ $0.field != nil || $0.code == .closed }) {
            let now = try await site.installation.question(seen.question.id, as: actor)
            return try await page(now, request, context, refused: refused.reasons)
        }
    }

    private func close(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try entering(context)
        let seen = try await site.installation.question(try id(context), as: actor)
        try await site.installation.perform(.close, on: seen.question.id, as: actor)
        return site.redirect(.questions, done: "saved")
    }
}

extension Words {
    /// "Vraag over een kind in groep 4"
    func about(_ group: String?) -> String {
        guard let title = rules.groups.first(where: { $0.id == group })?.title[language] else { return texts("question.about") }
        return texts("question.aboutGroup", ["group": Self.withinSentence(title)])
    }

    func chip(_ state: SchoolQuestion.State) -> Chip {
        switch state {
        case .open: Chip(texts("question.state.open"), .wait)
        case .answered: Chip(texts("question.state.answered"), .ok)
        case .closed, .brought: Chip(texts("question.state.closed"))
        }
    }
}
