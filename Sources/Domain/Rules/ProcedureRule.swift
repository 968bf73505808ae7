/// One route of a plan: how it starts, its steps with who acts, its clocks, and what can come out.
package struct ProcedureRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    /// What it is for, in words for a parent; also the "why" of an invitation.
    package let why: Localized
    /// Key of the support form of the waaier that this route stands for; `{field}` in it is an answer (`PlanRules.forms`).
    package let form: String?
    package let start: StartRule
    package let steps: [StepRule]
    package let clocks: [ClockRule]
    package let outcomes: [OutcomeRule]
    package let source: String

    package init(
        id: String, title: Localized, why: Localized, form: String?, start: StartRule, steps: [StepRule], clocks: [ClockRule],
        outcomes: [OutcomeRule], source: String
    ) {
        self.id = id
        self.title = title
        self.why = why
        self.form = form
        self.start = start
        self.steps = steps
        self.clocks = clocks
        self.outcomes = outcomes
        self.source = source
    }

    /// The step with this key.
    package func step(_ id: String) -> StepRule? { steps.first { $0.id == id } }

    /// The outcome with this key.
    package func outcome(_ id: String) -> OutcomeRule? { outcomes.first { $0.id == id } }
}

/// Who starts a route, after what, and what must be known by then.
package struct StartRule: Hashable, Sendable {
    /// A procedure that must have ended with one of the outcomes before.
    package struct After: Hashable, Sendable {
        package let procedure: String
        package let outcomes: [String]
        /// How long after that ending this can still start; nil for ever.
        package let within: Period?
        package init(procedure: String, outcomes: [String], within: Period? = nil) {
            self.procedure = procedure
            self.outcomes = outcomes
            self.within = within
        }
    }

    /// Functions whose holders may start it.
    package let by: [String]
    /// One of these must have happened; empty when it can start from nothing.
    package let after: [After]
    /// For which child, school or time of year there is such a route at all.
    package let when: Condition
    package let asks: [Ask]
    package let needs: [Need]
    /// The step that the start plans a meeting for.
    package let plans: String?
    /// Whether the groeidocument is locked as a version by starting, because it is shared from then on.
    package let locksGroeidocument: Bool
    /// Steps that open at the start.
    package let opens: [String]
    /// Whether a second one may run beside a running one.
    package let repeatable: Bool
    /// For which children it is due each school year; nil when it is not.
    package let inventory: InventoryRule?

    package init(
        by: [String], after: [After] = [], when: Condition = .always, asks: [Ask] = [], needs: [Need] = [],
        plans: String? = nil, locksGroeidocument: Bool = false, opens: [String], repeatable: Bool = false,
        inventory: InventoryRule? = nil
    ) {
        self.by = by
        self.after = after
        self.when = when
        self.asks = asks
        self.needs = needs
        self.plans = plans
        self.locksGroeidocument = locksGroeidocument
        self.opens = opens
        self.repeatable = repeatable
        self.inventory = inventory
    }
}

/// A field as asked at one place.
package struct Ask: Hashable, Sendable {
    package let field: String
    package let required: Bool
    /// Ask again although an answer is known: what is asked is about this moment, such as the minutes of a meeting.
    package let anew: Bool
    package let when: Condition

    package init(field: String, required: Bool = true, anew: Bool = false, when: Condition = .always) {
        self.field = field
        self.required = required
        self.anew = anew
        self.when = when
    }
}

/// Something that must be there before a start or a choice.
package struct Need: Hashable, Sendable {
    /// What is needed.
    package enum Kind: Hashable, Sendable {
        /// Agreement for a purpose of every guardian with authority.
        case agreement(purpose: String)
        /// Required fields of these parts filled in, and the youngest change not older than the period.
        case groeidocument(parts: [String], notOlderThan: Period?)
        /// One field known, such as what the child thinks of it.
        case field(String)
        /// A document of the kind, added to the dossier.
        case evidence(kind: String)
        /// The locked version signed by every guardian with authority, by account or on paper.
        case signature
    }

    /// Key within its list, stable for links and texts.
    package let id: String
    package let kind: Kind
    package let why: Localized
    package let when: Condition
    package let source: String?

    package init(id: String, kind: Kind, why: Localized, when: Condition = .always, source: String? = nil) {
        self.id = id
        self.kind = kind
        self.why = why
        self.when = when
        self.source = source
    }
}

/// One step: who does what, and which choices end it.
package struct StepRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    package let explanation: Localized?
    package let by: ActorRule
    package let asks: [Ask]
    package let choices: [ChoiceRule]
    /// How long the actor has from the opening of the step; a promise, not a legal term.
    package let due: Term?
    /// Present when the step is a meeting that was planned.
    package let meeting: MeetingRule?
    /// Steps that must all be done before this one opens.
    package let waitsFor: [String]
    package let source: String?

    package init(
        id: String, title: Localized, explanation: Localized? = nil, by: ActorRule, asks: [Ask] = [], choices: [ChoiceRule],
        due: Term? = nil, meeting: MeetingRule? = nil, waitsFor: [String] = [], source: String? = nil
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.by = by
        self.asks = asks
        self.choices = choices
        self.due = due
        self.meeting = meeting
        self.waitsFor = waitsFor
        self.source = source
    }

    /// The choice with this key.
    package func choice(_ id: String) -> ChoiceRule? { choices.first { $0.id == id } }
}

/// Who may act in a step.
package struct ActorRule: Hashable, Sendable {
    /// Holders of one of these functions; at the child's school when the function is held at a school.
    package let functions: [String]
    /// Field in which the person was chosen; then nobody else may act.
    package let chosenIn: String?
    /// Disciplines of which the actor must have one.
    package let disciplines: [String]
    /// Steps whose actor may not be the same person; `procedure.step` for a step of another route, as it was done last.
    package let notActorOf: [String]
    /// Steps whose actor had better not be the same person: allowed, but said aloud.
    package let warnActorOf: [String]
    /// Whether the actor may hold no function at the child's school.
    package let notOfThisSchool: Bool
    /// Functions that may choose another person, beside whoever chose the first.
    package let replacedBy: [String]
    package let source: String?

    package init(
        functions: [String], chosenIn: String? = nil, disciplines: [String] = [], notActorOf: [String] = [],
        warnActorOf: [String] = [], notOfThisSchool: Bool = false, replacedBy: [String] = [], source: String? = nil
    ) {
        self.functions = functions
        self.chosenIn = chosenIn
        self.disciplines = disciplines
        self.notActorOf = notActorOf
        self.warnActorOf = warnActorOf
        self.notOfThisSchool = notOfThisSchool
        self.replacedBy = replacedBy
        self.source = source
    }
}

extension ActorRule {
    /// The route and step of another route that is written `procedure.step`; nil for a step of the own route.
    package static func elsewhere(_ written: String) -> (procedure: String, step: String)? {
        let parts = written.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
}

/// One way to end a step.
package struct ChoiceRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    package let explanation: Localized?
    /// In which case it can be chosen at all.
    package let when: Condition
    /// Whether it can be made only once in a procedure, such as a delay of which the law allows one.
    package let once: Bool
    package let asks: [Ask]
    package let needs: [Need]
    package let then: Next
    /// Whether the request is complete from this day on.
    package let marksComplete: Bool
    /// The step that this choice plans a meeting for.
    package let plans: String?

    /// Where the procedure goes.
    package enum Next: Hashable, Sendable {
        case open([String])
        case end(outcome: String)
    }

    package init(
        id: String, title: Localized, explanation: Localized? = nil, when: Condition = .always, once: Bool = false,
        asks: [Ask] = [], needs: [Need] = [], then: Next, marksComplete: Bool = false, plans: String? = nil
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.when = when
        self.once = once
        self.asks = asks
        self.needs = needs
        self.then = then
        self.marksComplete = marksComplete
        self.plans = plans
    }
}

/// A planned meeting: who comes, why, and how far ahead it is announced.
package struct MeetingRule: Hashable, Sendable {
    /// Function that leads it.
    package let chair: String
    /// Functions that are there in any case.
    package let required: [String]
    /// Functions that can be invited too.
    package let optional: [String]
    /// How long before the meeting it must be registered.
    package let ahead: Period?
    package let aheadSource: String?
    /// Questions that those invited may think about beforehand.
    package let questions: [Localized]
    /// What parents may bring or whom.
    package let bring: Localized?

    package init(
        chair: String, required: [String], optional: [String] = [], ahead: Period? = nil, aheadSource: String? = nil,
        questions: [Localized] = [], bring: Localized? = nil
    ) {
        self.chair = chair
        self.required = required
        self.optional = optional
        self.ahead = ahead
        self.aheadSource = aheadSource
        self.questions = questions
        self.bring = bring
    }
}

/// A term that somebody can hold the partnership to.
package struct ClockRule: Hashable, Sendable {
    /// From when it runs.
    package enum From: Hashable, Sendable {
        case received, complete
        /// The day answered to a field of this procedure, such as the day on which a letter came in.
        case answer(String)
        /// The day on which a step was done for the first time, such as sending a request.
        case step(String)
    }

    /// One extension that somebody gives by a step, with notice to whoever waits (Awb 4:14, 7:10 lid 3; WPO 40.6).
    package struct Extension: Hashable, Sendable {
        /// A step, or one choice of it as `step.choice`; the first of these that is done in time extends it, and only once.
        package let by: [String]
        /// Counted from the end of the first period, as that was moved.
        package let with: Term
        package let source: String
        package init(by: [String], with: Term, source: String) {
            self.by = by
            self.with = with
            self.source = source
        }

        /// Whether this is what was done.
        package func isGiven(by done: Procedure.DoneStep) -> Bool {
            by.contains(done.step) || by.contains("\(done.step).\(done.choice)")
        }
    }

    package let id: String
    package let title: Localized
    /// In which case it runs, by what this procedure was told.
    package let when: Condition
    package let within: Term
    package let from: From
    /// While one of these steps is open, the clock stands still.
    package let pausedIn: [String]
    /// The first of these steps that is done meets it; without any, only the end of the procedure does.
    package let metBy: [String]
    /// Nil when it cannot be extended.
    package let extended: Extension?
    /// Warn this long before the end.
    package let warn: [Period]
    /// Whose rule it is: a promise of the plan or a term of law.
    package let ground: Localized
    package let source: String

    package init(
        id: String, title: Localized, when: Condition = .always, within: Term, from: From, pausedIn: [String] = [],
        metBy: [String] = [], extended: Extension? = nil, warn: [Period] = [], ground: Localized, source: String
    ) {
        self.id = id
        self.title = title
        self.when = when
        self.extended = extended
        self.within = within
        self.from = from
        self.pausedIn = pausedIn
        self.metBy = metBy
        self.warn = warn
        self.ground = ground
        self.source = source
    }
}

/// How a procedure can end, and what follows.
package struct OutcomeRule: Hashable, Sendable {
    package let id: String
    package let title: Localized
    /// What it means, in words for a parent.
    package let explanation: Localized?
    /// Procedures that can be started because of it.
    package let leadsTo: [String]
    /// The support form that this outcome grants or continues, written as `ProcedureRule.form` is.
    package let grants: String?
    /// The child goes to another school, and the dossier with it.
    package let movesTo: MovesToRule?
    package let decision: DecisionRule?

    package init(
        id: String, title: Localized, explanation: Localized? = nil, leadsTo: [String] = [], grants: String? = nil,
        movesTo: MovesToRule? = nil, decision: DecisionRule? = nil
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.leadsTo = leadsTo
        self.grants = grants
        self.movesTo = movesTo
        self.decision = decision
    }
}

/// A numbered decision with a letter.
package struct DecisionRule: Hashable, Sendable {
    /// Template of the number: `{swv}`, `{school-year}`, `{seq:4}` and `{field}` of any answer.
    package let number: String
    /// Name of the gap-free counter, a template too; one counter a name.
    package let counter: String
    package let validity: ValidityRule?
    /// Key of the letter.
    package let letter: String
    /// Field with the reasons of the decision.
    package let reasonsField: String
    /// Steps whose reports the decision rests on, in order.
    package let advices: [String]
    /// Fields copied to whoever carries the decision out, in order.
    package let copies: [String]
    /// Term of objection, from the day after it is made known.
    package let objection: Term?
    /// Term of appeal to the court, from the day after it is made known; for a decision on an objection (Awb 6:7).
    package let appeal: Term?
    package let source: String

    package init(
        number: String, counter: String, validity: ValidityRule?, letter: String, reasonsField: String, advices: [String],
        copies: [String], objection: Term?, appeal: Term? = nil, source: String
    ) {
        self.number = number
        self.counter = counter
        self.validity = validity
        self.letter = letter
        self.reasonsField = reasonsField
        self.advices = advices
        self.copies = copies
        self.objection = objection
        self.appeal = appeal
        self.source = source
    }
}
