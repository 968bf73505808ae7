import Domain
import Plan
import UseCases

/// Says what a draft changes and what that does, and makes its pages.
struct DraftWords {
    /// Name of the hidden field with the version of the draft that a form was made from.
    static let version = "versie"

    let texts: Texts
    let draft: PlanDraft
    let words: Words
    let fields: DraftFields
    /// The address of a part of the draft.
    let href: (String) -> String

    init(_ texts: Texts, _ draft: PlanDraft, today: Day, href: @escaping (String) -> String) {
        self.texts = texts
        self.draft = draft
        self.href = href
        words = Words(texts, draft.rules, today: today)
        fields = DraftFields(words: words)
    }

    private var language: Language { texts.language }

    // MARK: What is found

    private var said: DifferenceWords { DifferenceWords(texts, before: draft.ground.plan.rules, after: draft.rules) }

    private func verdict(_ judgement: PlanJudgement) -> String {
        if judgement.isSound, judgement.turned.isEmpty {
            return texts.count("draftPlan.sound", judgement.tried)
        }
        var parts: [String] = []
        if !judgement.errors.isEmpty { parts.append(texts.count("draftPlan.countErrors", judgement.errors.count)) }
        let red = judgement.failing.count + judgement.turned.count
        if red > 0 { parts.append(texts.count("draftPlan.countRed", red)) }
        return parts.joined(separator: " ")
    }

    private func line(_ problem: PlanProblem) -> DraftPage.Line {
        let thing = draft.thing(holding: problem.path)
        return DraftPage.Line(
            text: problem.message[language] + (problem.hint.map { " (\($0[language]))" } ?? ""),
            note: problem.place.map { "\($0.file), \(texts("draftPlan.lineNumber", ["n": String($0.line)]))" },
            place: thing.map { Link(texts("draftPlan.to", ["thing": fields.title($0)]), href($0.path)) })
    }

    private func line(_ turn: ExampleTurn) -> DraftPage.Line {
        DraftPage.Line(text: said.line(turn), note: turn.example.source, place: nil)
    }

    // MARK: The whole draft

    /// The overview of the draft.
    func page(_ version: PlanVersion) -> DraftPage {
        let judgement = draft.judgement()
        let groups = draft.things(of: "")
        return DraftPage(
            title: version.title?[language] ?? draft.key.rawValue, back: Link(texts("draftPlan.title"), .planDrafts),
            verdict: verdict(judgement), isSound: judgement.isSound && judgement.turned.isEmpty,
            failing: judgement.failing.map(line), errors: judgement.errors.map(line), turned: judgement.turned.map(line),
            warnings: judgement.warnings.map(line),
            differences: judgement.differences.map { "\(said.heading($0)): \(said.sentence($0))" },
            changes: draft.touched.filter { $0.path != "title" }.map { touch in
                let thing = draft.thing(holding: touch.path)
                return DraftPage.Change(
                    text: ([thing.map(fields.title)] + [label(of: touch.path)]).compactMap(\.self).joined(separator: ": "),
                    note: note(touch), path: touch.path, label: texts("draftPlan.back"),
                    place: thing.map { Link(texts("draftPlan.to", ["thing": fields.title($0)]), href($0.path)) })
            }, undo: Address.planDraftAct(draft.key.rawValue, "terug").path,
            parts: [DraftPage.Group(title: texts("draftPlan.plan"), links: [Link(texts("draftPlan.planItself"), href(""))])]
                + groups.filter { !$0.things.isEmpty }.map { group in
                    DraftPage.Group(title: fields.group(group.key), links: group.things.map(link))
                },
            files: draft.files.keys.sorted().map { Link($0, "\(Address.planDraftFile(draft.key.rawValue).path)?naam=\($0)") },
            approval: Link(texts("draftPlan.plan"), .plan))
    }

    private func label(of path: String) -> String? { draft.value(at: path).map { fields.label($0) } }

    private func note(_ touch: PlanTouch) -> String {
        if let value = draft.value(at: touch.path) {
            return texts(
                "draftPlan.changed",
                ["was": fields.sentence(value.was, value), "now": fields.sentence(value.said, value)])
        }
        return texts("draftPlan.touched.\(touch.kind.rawValue)")
    }

    private func link(_ thing: PlanThing) -> Link {
        Link(fields.title(thing) + (thing.isChanged ? " " + texts("draftPlan.isChanged") : ""), href(thing.path))
    }

    // MARK: One thing

    /// Whether a value was in a form: one that was hidden, because nothing stands there, was not.
    func isAsked(_ value: PlanValue, _ form: PostedForm) -> Bool { form.values("gevraagd").contains(value.path) }

    /// One thing as a form.
    func part(_ path: String, _ version: Int, isWhole: Bool, _ problems: [FormProblem]) -> DraftPartPage {
        let judgement = draft.judgement()
        let values = draft.values(of: path)
        let asked = values.filter { isWhole || $0.isThere || $0.isChanged }
        let key = draft.key.rawValue
        let title = draft.thing(at: path).map { path.isEmpty ? texts("draftPlan.planItself") : fields.title($0) }
        var inputs = asked.flatMap { value in
            fields.fields(value) + [FormField(name: "gevraagd", label: "", kind: .hidden, value: value.path)]
        }
        inputs.append(FormField(name: Self.version, label: "", kind: .hidden, value: String(version)))
        let around =
            [Link(texts("draftPlan.draft"), .planDraft(key))] + draft.around(path).map { Link(fields.title($0), href($0.path)) }
        let red = (judgement.failing + judgement.turned).map(line) + judgement.errors.map(line)
        return DraftPartPage(
            title: title ?? path, around: around, notice: nil, verdict: verdict(judgement),
            isSound: judgement.isSound && judgement.turned.isEmpty, red: Array(red.prefix(12)),
            form: asked.isEmpty
                ? nil
                : Form(
                    action: href(path), button: texts("draftPlan.save"), fields: inputs, problems: problems,
                    cancel: Link(texts("draftPlan.toDraft"), .planDraft(key))),
            more: isWhole || asked.count == values.count
                ? nil : Link(texts("draftPlan.whole"), href(path) + "&alles=ja"),
            groups: draft.things(of: path).map(group) + [options(path), asks(path)].compactMap(\.self),
            undo: Address.planDraftAct(key, "terug").path, takeOut: Address.planDraftAct(key, "weg").path)
    }

    /// The answers of a question, to take out and to add to.
    private func options(_ path: String) -> DraftPartPage.Group? {
        guard let options = draft.options(of: path) else { return nil }
        var key = FormField(name: "sleutel", label: texts("draftPlan.newKey"), kind: .text)
        key.hint = texts("draftPlan.keyHint")
        return DraftPartPage.Group(
            title: fields.group("options"), links: [], removed: [], remove: options.things.map(takingOut),
            add: Form(
                action: Address.planDraftAct(draft.key.rawValue, "erbij").path, button: texts("draftPlan.add"), scope: "answer",
                fields: [FormField(name: "pad", label: "", kind: .hidden, value: options.path), key]
                    + Language.allCases.map { language in
                        FormField(
                            name: language.rawValue,
                            label: texts("draftPlan.in.\(language.rawValue)", ["label": texts("draftPlan.key.title")]),
                            kind: .text)
                    }))
    }

    private func takingOut(_ thing: PlanThing) -> DraftPage.Change {
        DraftPage.Change(text: fields.title(thing), note: nil, path: thing.path, label: texts("draftPlan.takeOut"), place: nil)
    }

    /// What is asked in a step, a choice or a start, to take out and to add to.
    private func asks(_ path: String) -> DraftPartPage.Group? {
        guard let list = draft.listOfAsks(of: path) else { return nil }
        return DraftPartPage.Group(
            title: texts("draftPlan.asksTitle"), links: [], removed: [],
            remove: draft.asked(in: list).enumerated().map { index, field in
                DraftPage.Change(
                    text: words.field(field), note: nil, path: "\(list).\(index + 1)", label: texts("draftPlan.takeOut"),
                    place: nil)
            }, add: asking(list))
    }

    private func asking(_ list: String) -> Form {
        Form(
            action: Address.planDraftAct(draft.key.rawValue, "vraag").path, button: texts("draftPlan.ask"), scope: "vraag",
            fields: [
                FormField(name: "pad", label: "", kind: .hidden, value: list),
                FormField(
                    name: "veld", label: texts("draftPlan.field"), kind: .select,
                    options: draft.rules.fields.values.sorted { $0.title[language] < $1.title[language] }
                        .map { FormOption($0.id, $0.title[language]) }),
            ])
    }

    private func group(_ things: PlanThings) -> DraftPartPage.Group {
        DraftPartPage.Group(
            title: fields.group(things.key), links: things.things.map(link),
            removed: things.removed.map { thing in
                DraftPage.Change(
                    text: fields.title(thing), note: nil, path: thing.path, label: texts("draftPlan.back"), place: nil)
            }, remove: things.things.map(takingOut), add: adding(to: things))
    }

    private func adding(to things: PlanThings) -> Form? {
        var inputs = [FormField(name: "pad", label: "", kind: .hidden, value: things.path)]
        var key = FormField(name: "sleutel", label: texts("draftPlan.newKey"), kind: .text)
        key.hint = texts("draftPlan.keyHint")
        inputs.append(key)
        if things.key == "fields" {
            inputs += Language.allCases.map { language in
                FormField(
                    name: language.rawValue,
                    label: texts("draftPlan.in.\(language.rawValue)", ["label": texts("draftPlan.key.title")]), kind: .text)
            }
            inputs.append(
                FormField(
                    name: "soort", label: texts("draftPlan.key.kind"), kind: .select,
                    options: ["text", "paragraph", "day", "yes-no", "choice", "choices"].map {
                        FormOption($0, texts("draftPlan.word.\($0)"))
                    }))
        } else {
            guard !things.things.isEmpty else { return nil }
            inputs.append(
                FormField(
                    name: "zoals", label: texts("draftPlan.like"), kind: .select,
                    options: things.things.reversed().map { FormOption($0.key, fields.title($0)) }))
        }
        return Form(
            action: Address.planDraftAct(draft.key.rawValue, "erbij").path, button: texts("draftPlan.add"),
            scope: things.path.replacing(".", with: "-"), fields: inputs)
    }
}
