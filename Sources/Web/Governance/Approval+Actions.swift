import Domain
import UseCases

// The forms of a version: what one reader may do with it.
extension Approval {
    /// Asking a question about a chapter, for the council.
    func askAction(_ refusing: inout ApprovalRoutes.Refusing?) -> PlanVersionPage.Action? {
        guard let reader, let rule, version.doings(of: reader, words.rules, on: words.today).contains(.ask) else { return nil }
        var question = FormField(name: "question", label: texts("approval.question.label"), kind: .paragraph)
        question.rows = 3
        let chapters = words.rules.outline.chapters
        var chapter = FormField(name: "chapter", label: texts("approval.chapter"), kind: chapters.isEmpty ? .text : .select)
        if chapters.isEmpty {
            chapter.hint = texts("approval.chapterHint")
        } else {
            chapter.options =
                [FormOption("", texts("form.choose"), selected: true)] + chapters.map { FormOption($0.id, $0.title[language]) }
        }
        var fields = [chapter, question]
        if !rule.groups.isEmpty {
            var group = FormField(
                name: "group", label: texts("approval.group"), kind: .select,
                options: [FormOption("", texts("approval.noGroup"), selected: true)]
                    + rule.groups.map { FormOption($0.id, $0.title[language]) })
            group.required = false
            fields.insert(group, at: 1)
        }
        return action(.ask, scope: Act.ask.rawValue, fields + [key], &refusing)
    }

    // MARK: What the reader may do

    func actions(_ refusing: inout ApprovalRoutes.Refusing?) -> [PlanVersionPage.Action] {
        guard let reader, let rule else { return [] }
        let doings = version.doings(of: reader, words.rules, on: words.today)
        var actions: [PlanVersionPage.Action] = []
        if !version.exists {
            guard followed != nil, doings.contains(.write) else { return [] }
            return [action(.record, scope: Act.record.rawValue, [], &refusing)]
        }
        func add(_ act: Act, _ doing: PlanVersion.Doing, _ fields: [FormField], grave: Bool = false) {
            guard doings.contains(doing) else { return }
            actions.append(action(act, scope: act.rawValue, fields, grave: grave, &refusing))
        }
        add(.submit, .submit, step(.submit))
        add(.consent, .consent, step(.consent))
        for party in version.mayAgree(reader, words.rules, on: words.today) {
            let municipality = FormField(name: "municipality", label: "", kind: .hidden, value: party.id)
            actions.append(
                action(
                    .agree, scope: "\(Act.agree.rawValue)-\(party.id)", step(.agree) + [municipality],
                    values: ["party": party.title[language]], &refusing))
        }
        if doings.contains(.adopt) {
            let boards = rule.boards.map { FormOption($0.id, $0.title[language]) }
            var inFavour = FormField(name: "for", label: texts("approval.inFavour"), kind: .choices, options: boards)
            inFavour.hint = texts("approval.majority.\(rule.majority.rawValue)")
            var against = FormField(name: "against", label: texts("approval.against"), kind: .choices, options: boards)
            against.hint = texts("approval.absentHint")
            against.required = false
            add(.adopt, .adopt, [inFavour, against] + step(.adopt))
        }
        if doings.contains(.enact) {
            var from = FormField(
                name: "from", label: texts("approval.enactFrom"), kind: .date, value: followed?.inForce.description ?? "")
            if !version.isKnown { from.least = words.today.description }
            var until = FormField(name: "until", label: texts("approval.enactUntil"), kind: .date)
            until.required = false
            add(.enact, .enact, [from, until] + step(.enact))
        }
        add(.report, .report, step(.report))
        add(.refuse, .consent, step(nil), grave: true)
        add(.takeBack, .takeBack, step(nil), grave: true)
        add(.withdraw, .withdraw, step(nil), grave: true)
        return actions
    }

    /// The form that was refused and stands nowhere any more, because somebody else went further: with the words that were typed
    /// in it. Nil when there were none.
    func keptAction(_ refusing: inout ApprovalRoutes.Refusing?) -> PlanVersionPage.Action? {
        guard let refused = refusing, !refused.problems.isEmpty else { return nil }
        let act = refused.act
        let labels = ["question": "approval.question.label", "answer": "approval.answer", "note": "approval.note"]
        let typed = labels.filter { !refused.form[$0.key].trimmed.isEmpty }.sorted { $0.key < $1.key }
        guard !typed.isEmpty else { return nil }
        let asked = ["id", "municipality", "chapter", "group", Self.over].filter { refused.form.fields[$0] != nil }
        let fields =
            typed.map { FormField(name: $0.key, label: texts($0.value), kind: .paragraph) }
            + asked.map { FormField(name: $0, label: "", kind: .hidden, value: refused.form[$0]) }
        return PlanVersionPage.Action(
            title: texts("approval.kept"), text: texts("form.kept"), form: form(act, scope: refused.scope, fields, &refusing),
            isGrave: false)
    }

    /// When it was done, by what paper, and what else there is to say; of what undoes a step, for what reason.
    private func step(_ act: GovernanceRule.Act?) -> [FormField] {
        let asked = act.flatMap { rule?.roles[$0]?.paper }
        var day = FormField(name: "day", label: texts("approval.day"), kind: .date, value: words.today.description)
        day.most = words.today.description
        var paper = FormField(name: "file", label: asked?[language] ?? texts("approval.file"), kind: .file)
        paper.accept = DocumentFormat.allCases.flatMap(\.fileExtensions).map { ".\($0)" }.joined(separator: ",")
        paper.required = asked != nil
        var note = FormField(
            name: "note", label: texts(act == nil ? "approval.reason" : "approval.note"), kind: .paragraph)
        note.required = act == nil
        note.rows = 2
        return act == nil ? [day, note, paper] : [day, paper, note]
    }

    private func action(
        _ act: Act, scope: String, _ fields: [FormField], grave: Bool = false, values: [String: String] = [:],
        _ refusing: inout ApprovalRoutes.Refusing?
    ) -> PlanVersionPage.Action {
        PlanVersionPage.Action(
            title: texts("approval.do.\(act.rawValue).title", values), text: texts("approval.do.\(act.rawValue).text", values),
            form: form(act, scope: scope, fields, &refusing), isGrave: grave)
    }

    /// A form, filled with what was sent when it is the one that was refused.
    func form(
        _ act: Act, scope: String, _ fields: [FormField], _ refusing: inout ApprovalRoutes.Refusing?
    ) -> Form {
        let isRefused = refusing?.scope == scope
        var form = Form(
            action: Address.planVersionAct(version.key.rawValue, act.rawValue).path,
            button: texts("approval.do.\(act.rawValue).button"), scope: scope,
            fields: isRefused && refusing?.form.files["file"]?.name.isEmpty == false ? fields.map(askedAgain) : fields)
        if isRefused, let refused = refusing {
            // What stands there now is what the next press is based on.
            form.fill(refused.form.fields.filter { $0.key != Self.over })
            form.refuse(refused.problems)
            refusing = ApprovalRoutes.Refusing(act: act, scope: "", problems: [], form: refused.form, faults: refused.faults)
        }
        return form
    }

    /// A browser does not hold on to a file that was sent; who chose one is told so.
    private func askedAgain(_ field: FormField) -> FormField {
        field.changed { field in
            if field.kind == .file { field.hint = texts("approval.fileAgain") }
        }
    }
}

extension Approval.Act {
    /// What is asked to be done by a step on a day; asking and answering are no steps.
    ///
    /// - Parameters:
    ///   - from: the first day in force; the day of the step when nil.
    func command(
        _ step: PlanStep, municipality: String, votes: [String: PlanVote], from: Day?, until: Day?
    ) throws -> PlanVersionCommand {
        switch self {
        case .submit: .submit(step)
        case .takeBack: .takeBack(step)
        case .withdraw: .withdraw(step)
        case .consent: .consent(step)
        case .refuse: .refuseConsent(step)
        case .agree: .agree(municipality: municipality, step)
        case .adopt: .adopt(votes: votes, step)
        case .enact: .enact(from: from ?? step.day, until: until, step)
        case .report: .report(step)
        case .record, .ask, .answer, .settle: throw NotFound()
        }
    }
}
