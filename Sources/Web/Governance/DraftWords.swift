import Domain
import Foundation
import Plan
import UseCases

/// Says what a draft changes and what that does, and makes its pages.
struct DraftWords {
    /// Name of the hidden field with the version of the draft that a form was made from.
    static let version = "versie"
    /// Name of the hidden fields that say which values a form asks.
    static let asked = "gevraagd"

    let texts: Texts
    let draft: PlanDraft
    let words: Words
    let fields: DraftFields
    /// The address of a part of the draft.
    let href: (String) -> String
    /// What the draft comes to, found once for a page.
    let judgement: PlanJudgement

    init(_ texts: Texts, _ draft: PlanDraft, _ judgement: PlanJudgement, today: Day, href: @escaping (String) -> String) {
        self.texts = texts
        self.draft = draft
        self.href = href
        words = Words(texts, draft.rules, today: today)
        fields = DraftFields(words: words, draft: draft)
        self.judgement = judgement
    }

    var language: Language { texts.language }
    var key: String { draft.key.rawValue }

    // MARK: What is found

    private var said: DifferenceWords { DifferenceWords(texts, before: draft.ground.plan.rules, after: draft.rules) }

    var verdict: String {
        if judgement.isSound {
            return texts.count("draftPlan.sound", judgement.tried)
        }
        var parts: [String] = []
        if !judgement.errors.isEmpty { parts.append(texts.count("draftPlan.countErrors", judgement.errors.count)) }
        let red = judgement.failing.count + judgement.turned.count
        if red > 0 { parts.append(texts.count("draftPlan.countRed", red)) }
        return parts.joined(separator: " ")
    }

    func line(_ problem: PlanProblem) -> DraftPage.Line {
        if let example = example(of: problem) { return example }
        let thing = draft.thing(holding: problem.path)
        return DraftPage.Line(
            text: problem.message[language] + " (\(problem.hint[language]))",
            note: problem.place.map { "\($0.file), \(texts("draftPlan.lineNumber", ["n": String($0.line)]))" },
            place: thing.map { Link(texts("draftPlan.to", ["thing": fields.title($0)]), href($0.path)) })
    }

    /// What is wrong in an example, with the way to that example.
    private func example(of problem: PlanProblem) -> DraftPage.Line? {
        guard problem.path.hasPrefix("examples.") else { return nil }
        let path = problem.path.split(separator: ".").dropFirst().prefix(2).joined(separator: ".")
        guard let found = draft.example(at: path) else { return nil }
        return DraftPage.Line(
            text: problem.message[language] + " (\(problem.hint[language]))", note: nil,
            place: Link(texts("draftPlan.to", ["thing": found.example.why[language]]), href(example: path)))
    }

    /// An example by what it shows: its key says nothing to whoever edits the plan.
    func line(_ turn: ExampleTurn) -> DraftPage.Line {
        DraftPage.Line(
            text: Self.sentence(turn.example.why[language]),
            note: texts(
                "draftPlan.turnedLine",
                ["was": outcome(turn.expected, turn.example), "now": outcome(turn.got, turn.example)]),
            place: Link(texts("draftPlan.toExample"), href(example: turn.example.path)))
    }

    private func line(_ example: DraftExample) -> DraftPage.Line {
        DraftPage.Line(
            text: Self.sentence(example.example.why[language]),
            note: example.isDropped
                ? texts("draftPlan.dropped") : texts("draftPlan.says", ["now": outcome(example.expected, example.example)]),
            place: Link(texts("draftPlan.toExample"), href(example: example.path)))
    }

    /// What comes out of an example, in words, without the stop at its end.
    func outcome(_ words: String, _ example: PlanExample) -> String {
        let text = plan.outcome(words, of: example)
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    var plan: PlanWords { PlanWords(words, isNamed: false) }

    static func sentence(_ text: String) -> String {
        text.last.map { ".?!".contains($0) } == true ? text : text + "."
    }

    func href(example path: String, _ name: String = "naam") -> String {
        "\(Address.planDraftExample(key).path)?\(name)=\(path.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: ".-"))) ?? "")"
    }

    // MARK: The whole draft

    /// The overview of the draft.
    ///
    /// - Parameter query: a word to look for in the plan; nil for none.
    func page(_ version: PlanVersion, query: String? = nil) -> DraftPage {
        let groups = draft.things(of: "").filter { !$0.things.isEmpty || !$0.removed.isEmpty }
        let isPlanChanged = draft.touched.contains { touch in
            touch.path != "title" && draft.thing(holding: touch.path) == nil
        }
        let own = draft.parts(of: "").things
        let itself = DraftPage.Group(
            title: texts("draftPlan.plan"), isChanged: isPlanChanged || own.contains(where: \.isChanged),
            links: [Link(texts("draftPlan.planItself"), href(""))] + own.map(link))
        let parts = [itself] + groups.map(group)
        return DraftPage(
            title: version.title?[language] ?? draft.key.rawValue, back: Link(texts("draftPlan.title"), .planDrafts),
            verdict: verdict, isSound: judgement.isSound,
            next: texts(judgement.isSound ? "draftPlan.nextSound" : "draftPlan.nextUnsound"),
            approval: Link(texts("draftPlan.approval"), .planVersion(key)),
            failing: judgement.failing.map(line), errors: judgement.errors.map(line), turned: judgement.turned.map(line),
            cards: judgement.cards.map(line), answered: draft.ownExamples.map(line),
            warnings: judgement.warnings.map(line),
            differences: judgement.differences.map { "\(said.heading($0)): \(said.sentence($0))" },
            changes: draft.touched.filter { $0.path != "title" }.map { touch in
                let thing = draft.thing(holding: touch.path)
                return DraftPage.Change(
                    text: ([thing.map(fields.title)] + [label(of: touch.path)]).compactMap(\.self).joined(separator: ": "),
                    note: note(touch), path: touch.path, label: texts("draftPlan.back"),
                    place: thing.map { Link(texts("draftPlan.to", ["thing": fields.title($0)]), href($0.path)) })
            }, undo: Address.planDraftAct(draft.key.rawValue, "terug").path, search: search(query),
            // What was changed first: that is where whoever writes goes on.
            parts: parts.filter(\.isChanged) + parts.filter { !$0.isChanged },
            files: draft.files.keys.sorted().map { Link($0, "\(Address.planDraftFile(draft.key.rawValue).path)?naam=\($0)") })
    }

    private func group(_ things: PlanThings) -> DraftPage.Group {
        let changed = things.things.count { $0.isChanged } + things.removed.count
        let title = fields.group(things.key)
        let count = String(things.things.count)
        return DraftPage.Group(
            title: changed == 0
                ? texts("draftPlan.group", ["title": title, "n": count])
                : texts("draftPlan.groupChanged", ["title": title, "n": count, "changed": String(changed)]),
            isChanged: changed > 0,
            links: (things.things.filter(\.isChanged) + things.things.filter { !$0.isChanged }).map(link))
    }

    /// How many things a search gives at most.
    private static let mostFound = 40

    private func search(_ query: String?) -> DraftPage.Search {
        let query = query.map { String($0.prefix(100)).trimmed } ?? ""
        let found = draft.things(saying: query, most: Self.mostFound)
        let lead = query.isEmpty ? nil : texts.count("draftPlan.found", found.count, ["query": query])
        return DraftPage.Search(
            action: Address.planDraft(key).path, query: query, lead: lead,
            found: found.map { thing in
                let around = draft.around(thing.path).map(fields.title) + [fields.title(thing)]
                return Link(around.joined(separator: " › "), href(thing.path))
            })
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

    /// What keeps the draft from going to the council.
    var red: [DraftPage.Line] { judgement.errors.map(line) + (judgement.failing + judgement.turned).map(line) }

    /// How much of what is red stands beside a form; the rest stands in the overview.
    private static let mostRed = 8

    /// Whether a value was in a form: one that was hidden, because nothing stands there, was not.
    func isAsked(_ value: PlanValue, _ form: PostedForm) -> Bool { form.values(Self.asked).contains(value.path) }

    /// One thing as a form.
    func part(_ path: String, _ version: Int, isWhole: Bool, _ problems: [FormProblem]) -> DraftPartPage {
        let values = draft.values(of: path)
        let asked = values.filter { isWhole || $0.isThere || $0.isChanged }
        let title = draft.thing(at: path).map { path.isEmpty ? texts("draftPlan.planItself") : fields.title($0) }
        let known = asked.lazy.compactMap { value -> String? in
            guard value.within == ["source"], case .line(let line)? = value.said else { return nil }
            return line
        }.first
        var inputs = asked.flatMap { value in
            fields.fields(value, known: known) + [FormField(name: Self.asked, label: "", kind: .hidden, value: value.path)]
        }
        inputs.append(FormField(name: Self.version, label: "", kind: .hidden, value: String(version)))
        let around =
            [Link(texts("draftPlan.draft"), .planDraft(key))] + draft.around(path).map { Link(fields.title($0), href($0.path)) }
        return DraftPartPage(
            title: title ?? path, around: around, notice: nil, verdict: verdict, isSound: judgement.isSound,
            red: Array(red.prefix(Self.mostRed)),
            moreRed: red.count > Self.mostRed
                ? Link(texts("draftPlan.moreRed", ["n": String(red.count - Self.mostRed)]), .planDraft(key)) : nil,
            form: asked.isEmpty
                ? nil
                : Form(
                    action: href(path), button: texts("draftPlan.save"), fields: inputs, problems: problems,
                    cancel: Link(texts("draftPlan.toDraft"), .planDraft(key))),
            more: isWhole || asked.count == values.count
                ? nil : Link(texts("draftPlan.whole"), href(path) + "&alles=ja"),
            groups: ([draft.parts(of: path)].filter { !$0.things.isEmpty } + draft.things(of: path)).map(group)
                + [options(path), asks(path)].compactMap(\.self),
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
            }, remove: things.isFixed ? [] : things.things.map(takingOut), add: things.isFixed ? nil : adding(to: things),
            opener: things.things.count > Self.longList
                ? texts("draftPlan.openList", ["n": String(things.things.count)]) : nil)
    }

    /// More than this would hide what stands below it.
    private static let longList = 15

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
