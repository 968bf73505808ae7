import Domain

/// Reads one route.
struct ProcedureReader {
    let fields: [String: Field]

    /// The route with the given key.
    func procedure(_ id: String, _ section: PlanSection) -> ProcedureRule {
        let nobody = StartRule(by: [], opens: [])
        return ProcedureRule(
            id: id, title: section.text("title"), why: section.text("why"), form: section.optionalString("form"),
            start: section.needed("start").map { section.reading.section($0, path: section.path("start"), start) } ?? nobody,
            steps: section.things("steps", step), clocks: section.things("clocks", needed: false, clock),
            outcomes: section.things("outcomes", outcome), holds: section.words("holds"), source: section.string("source"))
    }

    private func start(_ section: PlanSection) -> StartRule {
        StartRule(
            by: section.neededKeys("by"),
            after: section.list("after") { node, path in
                section.reading.section(node, path: path) { section in
                    StartRule.After(
                        procedure: section.string("procedure"), outcomes: section.keys("outcomes"),
                        within: section.optionalPeriod("within"))
                }
            }, when: section.condition("when"), asks: section.asks(), needs: section.needs(),
            plans: section.optionalString("plans"),
            locksGroeidocument: section.flag("locks-groeidocument"), opens: section.neededKeys("opens"),
            repeatable: section.flag("repeatable"), inventory: section.inner("inventory", inventory))
    }

    /// For which children a route is due each school year: those with one of these decisions, written `procedure.outcome`.
    private func inventory(_ section: PlanSection) -> InventoryRule {
        _ = section.needed("of")
        let of = section.keys("of").enumerated().compactMap { index, text -> InventoryRule.Of? in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                section.bad(
                    section.node, "\(section.path("of")).\(index + 1)", nl: "‘\(text)’ is geen procedure.uitkomst",
                    en: "‘\(text)’ is no procedure.outcome")
                return nil
            }
            return InventoryRule.Of(procedure: parts[0], outcome: parts[1])
        }
        return InventoryRule(
            title: section.text("title"), of: of, fills: section.optionalString("fills"),
            shows: section.optionalString("shows"), source: section.string("source"))
    }

    private func step(_ id: String, _ section: PlanSection) -> StepRule {
        StepRule(
            id: id, title: section.text("title"), explanation: section.optionalText("explanation"), by: actor(section),
            asks: section.asks(), choices: section.things("choices", choice), due: section.optionalTerm("due"),
            meeting: section.inner("meeting", meeting), waitsFor: section.keys("waits-for"),
            note: section.optionalText("note"), source: section.optionalString("source"))
    }

    private func actor(_ section: PlanSection) -> ActorRule {
        guard let node = section.needed("by"), node.isMap else { return ActorRule(functions: section.keys("by")) }
        return section.reading.section(node, path: section.path("by")) { section in
            let chosenIn = section.optionalString("chosen-in")
            var functions = section.keys("functions")
            // Who is chosen in a field holds the function that the field asks for.
            if functions.isEmpty, let chosenIn, case .person(let function, _)? = fields[chosenIn]?.kind { functions = [function] }
            return ActorRule(
                functions: functions, chosenIn: chosenIn,
                disciplines: section.keys("disciplines"), notActorOf: section.keys("not-actor-of"),
                warnActorOf: section.keys("warn-actor-of"), notOfThisSchool: section.flag("not-of-this-school"),
                replacedBy: section.keys("replaced-by"), source: section.optionalString("source"))
        }
    }

    private func choice(_ id: String, _ section: PlanSection) -> ChoiceRule {
        let then = section.keys("then")
        let end = section.optionalString("end")
        if section.has("then") == section.has("end"), section.node.isMap {
            section.bad(
                section.node, section.path, nl: "hier hoort precies één van deze: then, end",
                en: "exactly one of these belongs here: then, end",
                hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
        }
        return ChoiceRule(
            id: id, title: section.text("title"), explanation: section.optionalText("explanation"),
            when: section.condition("when"), once: section.flag("once"), asks: section.asks(), needs: section.needs(),
            then: end.map { .end(outcome: $0) } ?? .open(then),
            marksComplete: section.flag("marks-complete"), plans: section.optionalString("plans"))
    }

    private func meeting(_ section: PlanSection) -> MeetingRule {
        MeetingRule(
            chair: section.string("chair"), required: section.keys("required"), optional: section.keys("optional"),
            ahead: section.optionalPeriod("ahead"), aheadSource: section.optionalString("ahead-source"),
            questions: section.list("questions") { section.localized($0, $1) }, bring: section.optionalText("bring"))
    }

    private func clock(_ id: String, _ section: PlanSection) -> ClockRule {
        ClockRule(
            id: id, title: section.text("title"), when: section.condition("when"),
            within: Term(section.period("within"), countsBy: section.word("counts-by", else: .calendar)),
            from: section.needed("from").flatMap { clockStart($0, section) } ?? .received,
            pausedIn: section.keys("paused-in"), metBy: section.keys("met-by"),
            extended: section.inner("extended") { lengthening($0, of: section) },
            warn: section.periods("warn"), ground: section.text("ground"), note: section.optionalText("note"),
            source: section.string("source"))
    }

    /// One extension, counted as the term itself is where it does not say otherwise.
    private func lengthening(_ section: PlanSection, of clock: PlanSection) -> ClockRule.Extension {
        let countsBy: CountsBy = clock.word("counts-by", else: .calendar)
        return ClockRule.Extension(
            by: section.neededKeys("by"),
            with: Term(section.period("with"), countsBy: section.word("counts-by", else: countsBy)),
            source: section.string("source"))
    }

    private enum StartWord: String, CaseIterable { case received, complete }

    /// The day a clock counts from: a word, `field:` with the question that asks it, or `step:` when it is done.
    private func clockStart(_ node: PlanNode, _ section: PlanSection) -> ClockRule.From? {
        guard !node.isMap else {
            return section.reading.section(node, path: section.path("from")) { section in
                if section.has("field") == section.has("step") {
                    section.bad(
                        section.node, section.path, nl: "hier hoort precies één van deze: field, step",
                        en: "exactly one of these belongs here: field, step",
                        hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
                }
                return section.has("step") ? .step(section.string("step")) : .answer(section.string("field"))
            }
        }
        let word: StartWord? = section.word(node, section.path("from"))
        return word.map { $0 == .received ? .received : .complete }
    }

    private func outcome(_ id: String, _ section: PlanSection) -> OutcomeRule {
        OutcomeRule(
            id: id, title: section.text("title"), explanation: section.optionalText("explanation"),
            note: section.optionalText("note"), leadsTo: section.keys("leads-to"), grants: section.optionalString("grants"),
            movesTo: movesTo(section), decision: section.inner("decision", decision))
    }

    /// The school that the child goes to: the field alone, or with the agreement by which everything goes along.
    private func movesTo(_ section: PlanSection) -> MovesToRule? {
        section.inner("moves-to") { section in
            MovesToRule(
                field: section.string("field"), agreement: section.optionalString("agreement"),
                without: section.words("without"), source: section.string("source"))
        }
    }

    private func decision(_ section: PlanSection) -> DecisionRule {
        DecisionRule(
            number: section.string("number"), counter: section.string("counter"),
            validity: section.inner("validity", validity), letter: section.string("letter"),
            reasonsField: section.string("reasons-field"), advices: section.keys("advices"), copies: section.keys("copies"),
            objection: section.optionalTerm("objection"), appeal: section.optionalTerm("appeal"), source: section.string("source")
        )
    }

    private func validity(_ section: PlanSection) -> ValidityRule {
        ValidityRule(
            beginField: section.string("begin-field"), endField: section.string("end-field"),
            deviationField: section.optionalString("deviation-field"), table: section.string("table"),
            neverLater: section.flag("never-later"),
            wholeSchoolYears: section.optionalCondition("whole-school-years"),
            wholeSchoolYearsSource: section.optionalString("whole-school-years-source"),
            conflictField: section.optionalString("conflict-field"))
    }
}
