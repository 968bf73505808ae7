import Domain
import Plan
import UseCases

/// One version of the plan as it is shown to one reader.
struct Approval {
    let words: Words
    let version: PlanVersion
    let shelf: PlanShelf
    /// Its rules as its files say now; nil when they do not read, and for one of which only the history is told.
    let rules: PlanRules?
    let reader: Actor?
    /// Whether the reader has a part in the plan: then questions, papers and names are shown.
    let isInside: Bool
    /// Whether the reader writes drafts: then the way to this one is shown.
    let mayWrite: Bool
    let names: [PersonID: String]
    let fault: PlanLibrary.Fault?
    /// Makes a form one that does its work once.
    let key: FormField

    /// The field that says when the answer was given that stood there when another was written.
    static let over = "eerder"

    /// What can be done on the page, by its word in the address.
    enum Act: String, CaseIterable {
        case record = "vastleggen"
        case submit = "voorleggen"
        case takeBack = "terugnemen"
        case withdraw = "intrekken"
        case ask = "vraag"
        case answer = "antwoord"
        case settle = "afronden"
        case consent = "instemmen"
        case refuse = "niet-instemmen"
        case agree = "overeenstemmen"
        case adopt = "vaststellen"
        case enact = "ingaan"
        case report = "inspectie"

        /// Keeps the forms of one page apart: each question and each municipality has its own.
        func scope(_ form: PostedForm) -> String {
            switch self {
            case .answer, .settle: "\(rawValue)-\(form["id"])"
            case .agree: "\(rawValue)-\(form["municipality"])"
            default: rawValue
            }
        }
    }

    /// Its rules, when it is followed or will be.
    var followed: PlanRules? { shelf[version.key] }

    var texts: Texts { words.texts }
    var language: Language { words.language }
    var rule: GovernanceRule? { words.rules.governance }

    func page(_ refusing: ApprovalRoutes.Refusing? = nil) -> PlanVersionPage {
        var refusing = refusing
        var actions = self.actions(&refusing)
        let chapters = self.chapters(&refusing)
        if let ask = askAction(&refusing) { actions.append(ask) }
        if let kept = keptAction(&refusing) { actions.insert(kept, at: 0) }
        // The form is not there any more: somebody else went further. What stopped it is said at the top.
        let left = refusing.map { $0.problems.map(\.text) } ?? []
        return PlanVersionPage(
            title: title, chip: chip, lead: lead, back: Link(texts("approval.list"), .planVersions),
            remarks: left + remarks, faults: (refusing?.faults ?? []) + faults, actions: actions, stages: stages,
            changes: changes, chapters: chapters, votes: isInside ? votes : [], earlier: isInside ? earlier : [], links: links)
    }

    private var title: String { (version.title ?? followed?.title)?[language] ?? version.key.rawValue }

    private func title(of key: PlanKey) -> String { shelf[key]?.title[language] ?? key.rawValue }

    /// The first day in force, as it was decided or as the folder of plans says.
    private var from: Day? { version.from ?? followed?.inForce }

    private var chip: Chip? {
        if fault != nil { return Chip(texts("approval.state.broken"), .late) }
        switch version.state {
        case .absent, .enacted:
            guard let from else { return nil }
            if from > words.today { return Chip(texts("approval.state.coming"), .wait) }
            return words.rules.key == version.key
                ? Chip(texts("approval.state.inForce"), .ok) : Chip(texts("approval.state.older"))
        // Of a version that is followed already only the history is told.
        case .draft, .submitted, .adopted, .withdrawn:
            return version.isKnown
                ? Chip(texts("approval.state.recording"), .wait)
                : Chip(texts("approval.state.\(version.state.rawValue)"), version.state == .withdrawn ? .plain : .wait)
        }
    }

    private var lead: String {
        var sentences: [String] = []
        if let amends = version.amends ?? followed?.amends {
            sentences.append(texts("approval.amends", ["version": title(of: amends)]))
        }
        if let from, version.state == .enacted || followed != nil {
            let until = (version.until ?? followed?.until).map { words.format.plainDay($0) }
            let day = words.format.plainDay(from)
            sentences.append(
                until.map { texts("approval.period", ["from": day, "until": $0]) } ?? texts("approval.from", ["from": day]))
        } else if version.state == .draft {
            sentences.append(texts("approval.draftLead"))
        } else if version.state == .submitted {
            sentences.append(texts("approval.submittedLead"))
        }
        return sentences.joined(separator: " ")
    }

    // MARK: What is said aloud

    private var remarks: [String] {
        var remarks: [String] = []
        switch fault {
        case .dayTaken(let other)?: remarks.append(texts("approval.fault.dayTaken", ["version": title(of: other)]))
        case .unreadable?: remarks.append(texts("approval.fault.unreadable"))
        case .problems?: remarks.append(texts("approval.fault.problems"))
        case nil: break
        }
        guard let rule else { return remarks + [texts("approval.notArranged")] }
        if !version.exists {
            remarks.append(texts("approval.notRecorded"))
            return remarks
        }
        if version.state == .draft, version.steps.contains(where: { $0.kind == .returned }) {
            remarks.append(texts("approval.returned"))
        }
        if isInside, let refused = version.step(.consentRefused), version.step(.consented) == nil {
            remarks.append(texts("approval.refused", ["day": words.format.plainDay(refused.day)]))
        }
        if isInside, let from = version.from, version.beginsPeriod, let before = rule.reportBefore?.last(by: from),
            rule.roles[.report] != nil
        {
            let day = words.format.plainDay(before)
            if let reported = version.step(.reported) {
                if reported.day >= before { remarks.append(texts("approval.reportedLate", ["day": day])) }
            } else {
                remarks.append(texts(words.today >= before ? "approval.reportLate" : "approval.reportBefore", ["day": day]))
            }
        }
        if isInside, let from = version.from, let most = rule.atMost, version.until == nil, version.beginsPeriod {
            let last = most.after(from).adding(days: -1)
            if last >= words.today {
                remarks.append(texts("approval.atMost", ["day": words.format.plainDay(last)]))
            } else {
                remarks.append(texts("approval.outlived", ["day": words.format.plainDay(last)]))
            }
        }
        return remarks
    }

    private var faults: [DraftPage.Line] {
        guard isInside, case .problems(let problems)? = fault else { return [] }
        return problems.prefix(20).map { problem in
            DraftPage.Line(
                text: problem.message[language] + " (\(problem.hint[language]))",
                note: problem.place.map { "\($0.file), \(texts("draftPlan.lineNumber", ["n": String($0.line)]))" }, place: nil)
        }
    }

    // MARK: The way it goes

    private var stages: [PlanVersionPage.Stage] {
        guard version.exists else { return [] }
        let rule = rule
        var kinds: [(key: String, kind: PlanVersion.Step.Kind, act: GovernanceRule.Act)] = [
            ("drafted", .drafted, .write), ("submitted", .submitted, .submit), ("consented", .consented, .consent),
            ("agreed", .agreed, .agree), ("adopted", .adopted, .adopt), ("enacted", .enacted, .enact),
            ("reported", .reported, .report),
        ]
        if version.isKnown { kinds.removeFirst() }
        if version.state == .withdrawn { kinds.append(("withdrawn", .withdrawn, .submit)) }
        let ready = rule.map { Set(version.ready($0, on: words.today).map(\.act)) } ?? []
        return kinds.compactMap { key, kind, act in
            let steps = version.steps.filter { $0.kind == kind && !$0.isVoid }
            guard !steps.isEmpty || rule?.roles[act] != nil else { return nil }
            let missing = act == .agree ? rule.map { version.missing($0) } ?? [] : []
            let isDone = !steps.isEmpty && missing.isEmpty
            // It can be sent before the day in force is decided; its turn is after that.
            let isNow =
                !isDone && ready.contains(act) && kind != .drafted && (kind != .reported || version.state == .enacted)
            let who = rule.map { words.functions(Array(Set(turn(act, $0, missing))).sorted()) } ?? ""
            let waiting = missing.isEmpty ? who : words.format.list(missing.map { $0.title[language] })
            let title =
                kind == .enacted && version.from.map({ $0 > words.today }) == true
                ? "approval.stage.coming" : "approval.stage.\(key)"
            return PlanVersionPage.Stage(
                title: texts(title), state: isDone ? .done : isNow ? .now : .ahead, entries: steps.map(entry),
                note: isDone || waiting.isEmpty ? nil : texts("approval.by", ["who": waiting]))
        }
    }

    private func turn(
        _ act: GovernanceRule.Act, _ rule: GovernanceRule, _ missing: [GovernanceRule.Party]
    ) -> [String] {
        missing.isEmpty ? rule.functions(for: act) : missing.flatMap { rule.functions(for: act, party: $0.id) }
    }

    private func entry(_ step: PlanVersion.Step) -> PlanVersionPage.Entry {
        let party = step.party.map { id in rule?.municipalities.first { $0.id == id }?.title[language] ?? id }
        let day = words.format.plainDay(step.day)
        let shown =
            step.kind == .enacted
            ? version.from.map { texts("approval.enactedOn", ["day": day, "from": words.format.plainDay($0)]) } ?? day : day
        return PlanVersionPage.Entry(
            day: shown, party: party, who: isInside ? who(step) : nil, note: isInside ? step.note : nil,
            paper: isInside
                ? step.document.map {
                    Link(
                        texts("approval.paper", ["name": $0.name, "size": words.format.size(bytes: $0.size)]),
                        .planVersionPaper(version.key.rawValue, $0.id.rawValue))
                } : nil)
    }

    private func who(_ step: PlanVersion.Step) -> String {
        let name = step.by == reader?.person ? texts("you") : names[step.by] ?? texts("somebody")
        guard let function = step.function else { return texts("approval.recordedBy", ["who": name]) }
        return texts("approval.recordedBy", ["who": "\(name), \(words.functions([function]))"])
    }

    private var votes: [Fact] {
        guard let rule, !version.votes.isEmpty else { return [] }
        return PlanVote.allCases.compactMap { vote in
            let boards = rule.boards.filter { version.votes[$0.id] == vote }.map { $0.title[language] }
            return boards.isEmpty
                ? nil : Fact(texts("approval.vote.\(vote.rawValue)"), words.format.list(boards), note: String(boards.count))
        }
    }

    private var earlier: [Fact] {
        version.steps.filter { $0.isVoid || $0.kind == .returned || $0.kind == .consentRefused }.map { step in
            let party = step.party.flatMap { id in rule?.municipalities.first { $0.id == id }?.title[language] }
            let title = texts("approval.stage.\(step.kind.rawValue)")
            return Fact(
                party.map { "\(title): \($0)" } ?? title, "\(words.format.plainDay(step.day)), \(who(step))", note: step.note)
        }
    }

    /// What it changes in the version before it, under the headings of the comparison: so that nobody has to read all of it
    /// again.
    private var changes: [Fact] {
        guard let rules, let base = version.amends.flatMap({ shelf[$0] }) else { return [] }
        let said = DifferenceWords(texts, before: base, after: rules)
        var facts: [(heading: String, lines: [String])] = []
        for difference in PlanComparison.differences(from: base, to: rules).prefix(200) {
            let heading = said.heading(difference)
            if facts.last?.heading != heading { facts.append((heading, [])) }
            facts[facts.count - 1].lines.append(said.sentence(difference))
        }
        return facts.map { Fact($0.heading, lines: $0.lines) }
    }

    private var links: [Link] {
        var links: [Link] = []
        if mayWrite, version.isOpen, version.amends.map({ shelf[$0] != nil }) == true {
            links.append(Link(texts("approval.writeOn"), .planDraft(version.key.rawValue)))
        }
        if followed != nil { links.append(Link(texts("approval.readPlan"), "/plan?versie=\(version.key)")) }
        return links
    }

    // MARK: The council's questions

    private func chapters(_ refusing: inout ApprovalRoutes.Refusing?) -> [PlanVersionPage.Chapter] {
        guard isInside, let reader else { return [] }
        let doings = version.doings(of: reader, words.rules, on: words.today)
        let outline = words.rules.outline.chapters
        var order = outline.map(\.id)
        for question in version.questions where !order.contains(question.chapter) { order.append(question.chapter) }
        return order.compactMap { chapter in
            let asked = version.questions.filter { $0.chapter == chapter }
            guard !asked.isEmpty else { return nil }
            return PlanVersionPage.Chapter(
                title: outline.first { $0.id == chapter }?.title[language] ?? chapter,
                questions: asked.map { shown($0, doings, &refusing) })
        }
    }

    private func shown(
        _ question: PlanVersion.Question, _ doings: Set<PlanVersion.Doing>, _ refusing: inout ApprovalRoutes.Refusing?
    ) -> PlanVersionPage.Question {
        let group = question.group.flatMap { id in rule?.groups.first { $0.id == id }?.title[language] }
        func name(_ person: PersonID) -> String {
            person == reader?.person ? texts("you") : names[person] ?? texts("somebody")
        }
        let open = question.settled == nil
        let id = FormField(name: "id", label: "", kind: .hidden, value: question.id)
        var answer: Form?
        if open, doings.contains(.answer) {
            var field = FormField(
                name: "answer", label: texts(question.answer == nil ? "approval.answer" : "approval.answerAnew"),
                kind: .paragraph, value: question.answer?.text ?? "")
            field.rows = 3
            let over = FormField(name: Self.over, label: "", kind: .hidden, value: question.answer?.at.description ?? "")
            answer = form(.answer, scope: "antwoord-\(question.id)", [field, id, over], &refusing)
        }
        return PlanVersionPage.Question(
            paragraphs: words.paragraphs(question.text),
            by: [group, name(question.by), words.format.plainDay(question.at.day)].compactMap(\.self).joined(separator: ", "),
            chip: open
                ? question.answer == nil
                    ? Chip(texts("approval.question.open"), .wait) : Chip(texts("approval.question.answered"), .ok)
                : Chip(texts("approval.question.settled"), .ok),
            answer: question.answer.map { words.paragraphs($0.text) } ?? [],
            answered: question.answer.map {
                texts("approval.answeredBy", ["who": name($0.by), "day": words.format.plainDay($0.at.day)])
            }, form: answer,
            settle: open && doings.contains(.settle)
                ? form(.settle, scope: "afronden-\(question.id)", [id], &refusing) : nil)
    }
}
