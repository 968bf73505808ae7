extension PlanVersion {
    /// Most letters of one file, more than any plan needs.
    package static let longestFile = 400_000

    /// What a command leads to, by the plan in force and for who asks it.
    ///
    /// Nothing to do gives no events, so that a second click is harmless.
    /// - Throws: `Refused`: `notArranged` where the plan says nothing of this act, `notAllowed`, `samePerson`, `notNow` out of
    ///   order, `frozen` for a change after it was laid before the council, `paperNeeded` for a step without the paper that
    ///   the plan asks of it, and what is wrong with the values.
    package func decide(
        _ command: PlanVersionCommand, _ setting: PlanVersionSetting
    ) throws(Refused) -> [PlanVersionEvent] {
        switch command {
        case .draft(let draft): return try decide(draft, setting)
        case .write(let changes, let basedOn): return try decide(changes, basedOn, setting)
        case .submit(let step):
            if state == .submitted, repeats(.submitted, step, setting) { return [] }
            let step = try taken(.submit, step, setting)
            if !isKnown {
                guard !files.isEmpty else { throw Refused(.nothingWritten) }
                try check(setting)
            }
            try shown(.submit, step, setting)
            return [.submitted(step)]
        case .takeBack(let step):
            let step = try taken(.submit, step, setting, needs: .takeBack)
            try reason(step)
            return [.returned(step)]
        case .withdraw(let step):
            if state == .withdrawn, repeats(.withdrawn, step, setting) { return [] }
            let step = try taken(.submit, step, setting, needs: .withdraw)
            try reason(step)
            return [.withdrawn(step)]
        case .ask(let question): return try decide(question, setting)
        case .answer(let id, let text, let over):
            try allow(.answer, setting)
            guard let question = questions.first(where: { $0.id == id }) else { throw Refused(.unknownQuestion) }
            guard question.settled == nil else { throw Refused(.questionSettled) }
            try told(text, field: "answer")
            // What a colleague answered meanwhile is read before it is answered anew.
            guard over == nil || over == question.answer?.at.description ?? "" || text == question.answer?.text else {
                throw Refused(.fieldChangedMeanwhile, field: "answer")
            }
            return question.answer?.text == text ? [] : [.questionAnswered(.init(id: id, text: text))]
        case .settle(let id):
            try allow(.ask, setting, needs: .settle)
            guard let question = questions.first(where: { $0.id == id }) else { throw Refused(.unknownQuestion) }
            return question.settled == nil ? [.questionSettled(.init(id: id))] : []
        case .consent(let step):
            if repeats(.consented, step, setting) { return [] }
            let step = try taken(.consent, step, setting)
            guard openQuestions.isEmpty else {
                throw Refused(.questionsOpen, values: ["count": String(openQuestions.count)])
            }
            try shown(.consent, step, setting)
            return [.consented(step)]
        case .refuseConsent(let step):
            let step = try taken(.consent, step, setting)
            try reason(step)
            return [.consentRefused(step)]
        case .agree(let municipality, let step):
            guard let rule = setting.rules.governance, rule.municipalities.contains(where: { $0.id == municipality }) else {
                throw Refused(.unknownParty, field: "municipality")
            }
            if repeats(.agreed, step, party: municipality, setting) { return [] }
            let step = try taken(.agree, step, setting, party: municipality)
            try shown(.agree, step, setting)
            return [.agreed(.init(municipality: municipality, step: step))]
        case .adopt(let votes, let step):
            if state == .adopted, self.votes == votes, repeats(.adopted, step, setting) { return [] }
            return try decide(votes, step, setting)
        case .enact(let from, let until, let step):
            if state == .enacted, self.from == from, self.until == until, repeats(.enacted, step, setting) { return [] }
            return try decide(from: from, until: until, step, setting)
        case .report(let step):
            if repeats(.reported, step, setting) { return [] }
            let step = try taken(.report, step, setting)
            try shown(.report, step, setting)
            return [.reported(step)]
        }
    }

    /// Whether a step was taken just so by this person: the same click twice is no error, and what a colleague recorded otherwise
    /// is not taken for one's own.
    private func repeats(
        _ kind: Step.Kind, _ step: PlanStep, party: String? = nil, _ setting: PlanVersionSetting
    ) -> Bool {
        guard let taken = self.step(kind, party: party) else { return false }
        return taken.by == setting.actor.person && taken.day == step.day && taken.note ?? "" == step.note ?? ""
            && taken.document?.name == step.document?.name
    }

    /// One thing that can be done with a version; finer than what the plan hands out.
    package enum Doing: String, Sendable, Hashable, CaseIterable {
        case write, submit, takeBack = "take-back", withdraw, ask, answer, settle, consent, agree, adopt, enact, report

        /// What the plan calls it.
        package var act: GovernanceRule.Act {
            switch self {
            case .write: .write
            case .submit, .takeBack, .withdraw: .submit
            case .ask, .settle: .ask
            case .answer: .answer
            case .consent: .consent
            case .agree: .agree
            case .adopt: .adopt
            case .enact: .enact
            case .report: .report
            }
        }
    }

    /// What the version is ready for now, whoever does it.
    package func ready(_ rule: GovernanceRule, on today: Day) -> Set<Doing> {
        var ready: Set<Doing> = []
        let next = nextStage(rule)
        switch state {
        case .absent: ready = [.write]
        case .draft: ready = isKnown ? [.submit] : [.write, .submit, .withdraw, .answer, .settle]
        case .submitted:
            ready = [.takeBack, .withdraw, .ask, .answer, .settle]
            switch next {
            case .consent?: ready.insert(.consent)
            case .agree?: ready.insert(.agree)
            case .adopt?: ready.insert(.adopt)
            case nil: ready.insert(.enact)
            default: break
            }
        case .adopted: ready = [.enact, .report, .withdraw]
        // What is in force has been followed: it ends by another version, and not by being taken back.
        case .enacted: ready = from.map { today < $0 } == true ? [.report, .withdraw] : [.report]
        case .withdrawn: ready = []
        }
        if step(.reported) != nil { ready.remove(.report) }
        if state == .submitted, next != .consent { ready.remove(.ask) }
        return ready
    }

    /// The organ whose turn it is; nil when all that this plan has were passed.
    package func nextStage(_ rule: GovernanceRule) -> GovernanceRule.Act? {
        rule.stages.first { stage in
            switch stage {
            case .consent: step(.consented) == nil
            case .agree: !missing(rule).isEmpty
            default: step(.adopted) == nil
            }
        }
    }

    /// The municipalities that did not agree yet.
    package func missing(_ rule: GovernanceRule) -> [GovernanceRule.Party] {
        rule.municipalities.filter { step(.agreed, party: $0.id) == nil }
    }

    /// What a person may do with it now; a page offers just this.
    package func doings(of actor: Actor, _ rules: PlanRules, on today: Day) -> Set<Doing> {
        guard let rule = rules.governance else { return [] }
        return ready(rule, on: today).filter { doing in
            let parties: [GovernanceRule.Party?] = doing == .agree ? missing(rule) : [nil]
            return parties.contains { party in
                (try? self.function(of: actor, for: doing.act, party: party?.id, rule, on: today)) != nil
            }
        }
    }

    /// The municipalities for which a person may say now that they agree.
    package func mayAgree(_ actor: Actor, _ rules: PlanRules, on today: Day) -> [GovernanceRule.Party] {
        guard let rule = rules.governance, ready(rule, on: today).contains(.agree) else { return [] }
        return missing(rule).filter { (try? function(of: actor, for: .agree, party: $0.id, rule, on: today)) != nil }
    }

    // MARK: Who and when

    /// The function in which somebody acts.
    private func function(
        of actor: Actor, for act: GovernanceRule.Act, party: String?, _ rule: GovernanceRule, on today: Day
    ) throws(Refused) -> String {
        guard let role = rule.roles[act] else { throw Refused(.notArranged) }
        let wanted = rule.functions(for: act, party: party)
        guard let held = actor.functions.first(where: { wanted.contains($0.function) && $0.isHeld(on: today) }) else {
            throw Refused(.notAllowed, source: role.source)
        }
        for other in role.notActorOf where actors[other]?.contains(actor.person) == true {
            throw Refused(.samePerson, source: role.source)
        }
        return held.function
    }

    @discardableResult
    private func allow(
        _ act: GovernanceRule.Act, _ setting: PlanVersionSetting, needs doing: Doing? = nil, party: String? = nil
    ) throws(Refused) -> String {
        guard let rule = setting.rules.governance else { throw Refused(.notArranged) }
        let function = try function(of: setting.actor, for: act, party: party, rule, on: setting.today)
        let doing = doing ?? Doing(rawValue: act.rawValue) ?? .write
        guard ready(rule, on: setting.today).contains(doing) else {
            if doing == .write, exists { throw Refused(.frozen) }
            throw Refused(.notNow, values: ["state": state.rawValue])
        }
        return function
    }

    /// A step that may be taken now, with the function in which it is.
    private func taken(
        _ act: GovernanceRule.Act, _ step: PlanStep, _ setting: PlanVersionSetting, needs doing: Doing? = nil,
        party: String? = nil
    ) throws(Refused) -> PlanStep {
        let function = try allow(act, setting, needs: doing, party: party)
        guard step.day <= setting.today else { throw Refused(.dayInFuture, field: "day") }
        // What follows on something was not done before it.
        if let last = steps.last(where: { !$0.isVoid && $0.kind != .drafted }), step.day < last.day {
            throw Refused(.beforeLastStep, field: "day", values: ["day": last.day.description])
        }
        if let note = step.note { try told(note, field: "note") }
        return PlanStep(day: step.day, function: function, document: step.document, note: step.note)
    }

    /// The paper that the plan asks of an act is there. It is asked last: whoever is refused for something else need not look
    /// for it yet.
    private func shown(_ act: GovernanceRule.Act, _ step: PlanStep, _ setting: PlanVersionSetting) throws(Refused) {
        guard step.document == nil, let role = setting.rules.governance?.roles[act], role.paper != nil else { return }
        throw Refused(.paperNeeded, field: "file", source: role.source)
    }

    private func reason(_ step: PlanStep) throws(Refused) {
        guard step.note?.contains(where: { !$0.isWhitespace }) == true else { throw Refused(.reasonsRequired, field: "note") }
    }

    private func told(_ text: String, field: String) throws(Refused) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw Refused(.required, field: field) }
        guard !Field.isLonger(text, than: Field.longestParagraph) else {
            throw Refused(.tooLong, field: field, values: ["most": String(Field.longestParagraph)])
        }
    }

    /// A version goes to the council, and comes in force, only when it reads and does what its own examples say.
    private func check(_ setting: PlanVersionSetting) throws(Refused) {
        guard let trial = setting.trial, trial.errors > 0 || trial.failing > 0 else { return }
        throw Refused(.planHasFaults, values: ["errors": String(trial.errors), "failing": String(trial.failing)])
    }

    // MARK: What is done

    private func decide(
        _ draft: PlanVersionCommand.Draft, _ setting: PlanVersionSetting
    ) throws(Refused) -> [PlanVersionEvent] {
        guard !exists else {
            guard draft.title == title, draft.amends == amends else { throw Refused(.alreadyKnown, field: "key") }
            return []
        }
        try allow(.write, setting)
        let isKnown = setting.standing[key] != nil
        let parts = key.rawValue.split(separator: "/", omittingEmptySubsequences: false)
        let own = setting.rules.key.rawValue.prefix { $0 != "/" }
        guard parts.count == 2, parts[0] == own, Self.isKey(parts[1]) else { throw Refused(.badKey, field: "key") }
        // Of a version that is in force already the files stand where they are followed; nobody writes over them.
        guard !isKnown || draft.files.isEmpty else { throw Refused(.alreadyKnown, field: "key") }
        if let amends = draft.amends, setting.standing[amends] == nil { throw Refused(.unknownVersion, field: "amends") }
        for (field, title) in [("title-nl", draft.title.nl), ("title-en", draft.title.en)] {
            guard title.contains(where: { !$0.isWhitespace }) else { throw Refused(.required, field: field) }
            guard !Field.isLonger(title, than: Field.longestText) else {
                throw Refused(.tooLong, field: field, values: ["most": String(Field.longestText)])
            }
        }
        let drafted = PlanVersionEvent.Drafted(
            key: key, amends: draft.amends, title: draft.title, by: setting.actor.person, known: isKnown ? true : nil)
        var events: [PlanVersionEvent] = [.drafted(drafted)]
        for (file, text) in draft.files.sorted(by: { $0.key < $1.key }) {
            try check(file, text)
            events.append(.fileWritten(.init(file: file, text: text)))
        }
        return events
    }

    private func decide(
        _ changes: [PlanVersionCommand.FileChange], _ basedOn: Int?, _ setting: PlanVersionSetting
    ) throws(Refused) -> [PlanVersionEvent] {
        guard exists else { throw Refused(.unknownVersion) }
        try allow(.write, setting)
        var events: [PlanVersionEvent] = []
        for change in changes {
            try check(change.file, change.text ?? "")
            guard files[change.file]?.text != change.text else { continue }
            // Somebody else changed this file meanwhile: their work is not written over unseen.
            if let basedOn, let now = files[change.file], now.version > basedOn {
                throw Refused(.fieldChangedMeanwhile, field: change.file)
            }
            guard change.text != nil || change.file != "plan.yaml" else { throw Refused(.badFile, field: change.file) }
            events.append(.fileWritten(.init(file: change.file, text: change.text)))
        }
        return events
    }

    private func check(_ file: String, _ text: String) throws(Refused) {
        guard Self.isFile(file) else { throw Refused(.badFile, field: file) }
        guard text.utf8.count <= Self.longestFile else {
            throw Refused(.tooLong, field: file, values: ["most": String(Self.longestFile)])
        }
    }

    /// Whether a text can name a version: small letters, digits and hyphens.
    package static func isKey(_ text: some StringProtocol) -> Bool {
        (1...60).contains(text.utf8.count) && text.first != "-"
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }

    /// Whether a path is one of a file of a plan: never outside its own folder.
    package static func isFile(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let name = parts.last, path.utf8.count <= 150 else { return false }
        if parts.count == 2, !isKey(parts[0]) { return false }
        if name == "README.md" { return true }
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        guard words.count >= 2, words.allSatisfy({ isKey($0) }) else { return false }
        return words.count == 2 && words[1] == "yaml" || words.count == 3 && words[2] == "mustache"
    }

    private func decide(
        _ question: PlanVersionEvent.QuestionAsked, _ setting: PlanVersionSetting
    ) throws(Refused) -> [PlanVersionEvent] {
        try allow(.ask, setting)
        if questions.contains(where: { $0.id == question.id }) { return [] }
        try told(question.chapter, field: "chapter")
        let chapters = setting.rules.outline.chapters.map(\.id)
        guard chapters.isEmpty || chapters.contains(question.chapter) else { throw Refused(.notAnOption, field: "chapter") }
        guard !Field.isLonger(question.chapter, than: Field.longestText) else {
            throw Refused(.tooLong, field: "chapter", values: ["most": String(Field.longestText)])
        }
        try told(question.text, field: "question")
        if let group = question.group, setting.rules.governance?.groups.contains(where: { $0.id == group }) != true {
            throw Refused(.notAnOption, field: "group")
        }
        return [.questionAsked(question)]
    }

    private func decide(
        _ votes: [String: PlanVote], _ step: PlanStep, _ setting: PlanVersionSetting
    ) throws(Refused) -> [PlanVersionEvent] {
        let step = try taken(.adopt, step, setting)
        guard let rule = setting.rules.governance else { throw Refused(.notArranged) }
        let boards = rule.boards.map(\.id)
        guard votes.keys.allSatisfy({ boards.contains($0) }) else { throw Refused(.unknownParty) }
        let unsaid = boards.filter { votes[$0] == nil }
        guard unsaid.isEmpty else { throw Refused(unsaid.map { Refusal(.required, field: "vote-\($0)") }) }
        let inFavour = boards.filter { votes[$0] == .inFavour }.count
        let carried = rule.majority == .unanimous ? inFavour == boards.count : inFavour * 2 > boards.count
        guard carried else {
            throw Refused(
                .notCarried, values: ["rule": rule.majority.rawValue, "for": String(inFavour), "of": String(boards.count)],
                source: rule.roles[.adopt]?.source)
        }
        try shown(.adopt, step, setting)
        return [.adopted(.init(votes: votes, step: step))]
    }

    private func decide(
        from: Day, until: Day?, _ step: PlanStep, _ setting: PlanVersionSetting
    ) throws(Refused) -> [PlanVersionEvent] {
        let step = try taken(.enact, step, setting)
        if isKnown {
            guard setting.standing[key] == from else { throw Refused(.dayOfFolder, field: "from") }
        } else {
            guard from >= setting.today else { throw Refused(.dayInPast, field: "from") }
            if let other = setting.standing.first(where: { $0.key != key && $0.value == from })?.key {
                throw Refused(.dayTaken, field: "from", values: ["version": other.rawValue])
            }
            if let amends, let base = setting.standing[amends], from < base {
                throw Refused(.beforeEarliest, field: "from", values: ["day": base.description])
            }
        }
        if let until {
            guard until >= from else { throw Refused(.endBeforeBegin, field: "until") }
            if let most = setting.rules.governance?.atMost, until >= most.after(from) {
                throw Refused(
                    .longerThanAllowed, field: "until", values: ["day": most.after(from).adding(days: -1).description],
                    source: setting.rules.governance?.roles[.enact]?.source)
            }
        }
        if !isKnown { try check(setting) }
        try shown(.enact, step, setting)
        return [.enacted(.init(from: from, until: until, step: step))]
    }
}
