import Domain

/// One thing that another plan says otherwise, with those it concerns.
///
/// What is said of it is a sentence of the catalogue by `code`, so that a plan's difference reads in both languages.
package struct PlanDifference: Hashable, Sendable {
    /// What differs.
    package let code: Code
    /// The keys that lead to it, with dots between them, as problems of a plan name it.
    package let path: String
    /// What it stands in, widest first: a procedure, then its step.
    package let within: [Thing]
    /// The thing itself.
    package let thing: Thing
    /// What the first plan says; nil when it says nothing.
    package let before: PlanPhrase?
    /// What the second plan says; nil when it says nothing.
    package let after: PlanPhrase?
    /// Whom it concerns; never empty.
    package let concerns: [PlanAudience]
    package let sources: PlanSources
}

/// Somebody to whom a difference of plans matters.
package enum PlanAudience: Hashable, Sendable {
    case everyone
    /// Guardians, with authority or without.
    case parents
    case child
    /// The holders of a function of one of the plans.
    case function(String)

    /// The functions of guardians are the parents, whatever a plan calls them.
    init(function: String) { self = PlanFacts.guardians.contains(function) ? .parents : .function(function) }

    /// Whose words a field holds: a function, `parents` or `child`.
    init(voice: String) {
        switch voice {
        case "parents": self = .parents
        case "child": self = .child
        default: self.init(function: voice)
        }
    }

    /// Its name where programs read it: `everyone`, `parents`, `child`, or the key of the function.
    package var key: String {
        switch self {
        case .everyone: "everyone"
        case .parents: "parents"
        case .child: "child"
        case .function(let id): id
        }
    }
}

/// The paragraphs that two plans give for what differs; nil on the side that has nothing.
package struct PlanSources: Hashable, Sendable {
    package let before: String?
    package let after: String?

    init(_ before: String?, _ after: String?) {
        self.before = before
        self.after = after
    }
}

/// A piece of a plan as a difference speaks of it; how it is worded depends on the plan it comes from.
package indirect enum PlanPhrase: Hashable, Sendable {
    /// Words of the plan itself.
    case text(Localized)
    /// A key or a template, as written.
    case written(String)
    case day(Day)
    case period(Period)
    case term(Term)
    case yesNo(Bool)
    case count(Int)
    case condition(Condition)
    case until(UntilRule)
    case need(Need.Kind, when: Condition)
    case sees(FunctionRule.Sight)
    case place(FunctionRule.Place)
    case part(DossierPart)
    case act(DossierAct)
    case function(String)
    case discipline(String)
    case kind(Field.Kind)
    case voice(String)
    case hit(DecisionTable.HitPolicy)
    case from(ClockRule.From)
    case watch(ReadingWatch)
    case majority(GovernanceRule.Majority)
    case yearDay(GovernanceRule.YearDay)
    /// Something that the engine has a word for.
    case word(PlanDifference.Word)
    /// A row of a table.
    case rule(Condition, UntilRule)
    /// Facts, each with the values that it has in these situations, and what follows; nil where no row is for them.
    case situation([Fact], UntilRule?)
    case list([PlanPhrase])

    /// One fact of a situation.
    package struct Fact: Hashable, Sendable {
        package let name: String
        /// In the order of the plan; nil is ‘not known’.
        package let values: [String?]
    }
}

extension PlanDifference {
    /// What differs: a thing that the plan gives a title, or one that the engine has a word for.
    package enum Thing: Hashable, Sendable {
        case titled(Localized)
        case word(Word)
    }

    /// What a plan arranges without giving it a title; the catalogue names it.
    package enum Word: String, Hashable, Sendable, CaseIterable {
        case emergency
        case contents
        case write = "version.write"
        case submit = "version.submit"
        case ask = "version.ask"
        case answer = "version.answer"
        case consent = "version.consent"
        case agree = "version.agree"
        case adopt = "version.adopt"
        case enact = "version.enact"
        case report = "version.report"
        case version
        case retention
        case announcing = "retention.announcing"
        case agreeing = "retention.agreeing"
        case stopping = "retention.stopping"
        case rights

        init(_ act: GovernanceRule.Act) {
            self =
                switch act {
                case .write: .write
                case .submit: .submit
                case .ask: .ask
                case .answer: .answer
                case .consent: .consent
                case .agree: .agree
                case .adopt: .adopt
                case .enact: .enact
                case .report: .report
                }
        }
    }

    /// What is told by its name alone, because the values would say a reader nothing, or because only their order differs.
    package static let further = [
        "after", "replacedBy", "metBy", "outline", "files", "law", "municipalities", "boards", "groups", "reason",
    ]

    /// Every kind of difference; `gained` and `lost` are parts of a list, the rest is whole.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case planTitle = "plan.title"
        case planInForce = "plan.in-force"
        case planUntil = "plan.until"
        case planDocument = "plan.document"
        case planAges = "plan.ages"
        case partnership = "plan.partnership"
        case holidays = "plan.holidays"
        case functionAdded = "function.added"
        case functionRemoved = "function.removed"
        case sees = "function.sees"
        case reads = "function.reads"
        case may = "function.may"
        case place = "function.place"
        case seesGained = "function.sees.gained"
        case seesLost = "function.sees.lost"
        case readsGained = "function.reads.gained"
        case readsLost = "function.reads.lost"
        case mayGained = "function.may.gained"
        case mayLost = "function.may.lost"
        case disciplinesGained = "function.disciplines.gained"
        case disciplinesLost = "function.disciplines.lost"
        case secondFactor = "function.second-factor"
        case watch = "function.watch"
        case askedByGained = "asked.by.gained"
        case askedByLost = "asked.by.lost"
        case answeredByGained = "asked.answered-by.gained"
        case answeredByLost = "asked.answered-by.lost"
        case writtenIn = "asked.written-in"
        case kept = "asked.kept"
        case groundOfLaw = "asked-in.law"
        case groundOfAgreement = "asked-in.agreement"
        case longest = "asked-in.longest"
        case remind = "asked-in.remind"
        case handsOver = "asked-in.hands-over"
        case paper = "version.paper"
        case votes = "version.majority"
        case planAtMost = "version.at-most"
        case reportBefore = "version.report-before"
        case municipalityAdded = "municipality.added"
        case municipalityRemoved = "municipality.removed"
        case boardAdded = "board.added"
        case boardRemoved = "board.removed"
        case onBehalfGained = "party.by.gained"
        case onBehalfLost = "party.by.lost"
        case keptByLaw = "retention.law"
        case waits = "retention.waits"
        case contentsList = "contents.list"
        case onPaper = "contents.paper"
        case procedureAdded = "procedure.added"
        case procedureRemoved = "procedure.removed"
        case why
        case form = "procedure.form"
        case startByGained = "start.by.gained"
        case startByLost = "start.by.lost"
        case startAfter = "start.after"
        case startAfterGained = "start.after.gained"
        case startAfterLost = "start.after.lost"
        case startWhen = "start.when"
        case startOpens = "start.opens"
        case startPlans = "start.plans"
        case startLocks = "start.locks"
        case startRepeatable = "start.repeatable"
        case inventoryAdded = "inventory.added"
        case inventoryRemoved = "inventory.removed"
        case inventoryOf = "inventory.of"
        case inventoryOfGained = "inventory.of.gained"
        case inventoryOfLost = "inventory.of.lost"
        case inventoryFills = "inventory.fills"
        case inventoryShows = "inventory.shows"
        case askAdded = "ask.added"
        case askRemoved = "ask.removed"
        case askRequired = "ask.required"
        case askAnew = "ask.anew"
        case askWhen = "ask.when"
        case needAdded = "need.added"
        case needRemoved = "need.removed"
        case needKind = "need.kind"
        case needWhy = "need.why"
        case needWhen = "need.when"
        case stepAdded = "step.added"
        case stepRemoved = "step.removed"
        case actorsGained = "step.by.gained"
        case actorsLost = "step.by.lost"
        case chosenIn = "step.chosen-in"
        case actorDisciplinesGained = "step.disciplines.gained"
        case actorDisciplinesLost = "step.disciplines.lost"
        case notActorOfGained = "step.not-actor-of.gained"
        case notActorOfLost = "step.not-actor-of.lost"
        case warnActorOfGained = "step.warn-actor-of.gained"
        case warnActorOfLost = "step.warn-actor-of.lost"
        case notOfThisSchool = "step.not-of-this-school"
        case due = "step.due"
        case waitsFor = "step.waits-for"
        case waitsForGained = "step.waits-for.gained"
        case waitsForLost = "step.waits-for.lost"
        case meetingAdded = "meeting.added"
        case meetingRemoved = "meeting.removed"
        case chair = "meeting.chair"
        case requiredGained = "meeting.required.gained"
        case requiredLost = "meeting.required.lost"
        case optionalGained = "meeting.optional.gained"
        case optionalLost = "meeting.optional.lost"
        case ahead = "meeting.ahead"
        case meetingQuestions = "meeting.questions"
        case meetingQuestionsGained = "meeting.questions.gained"
        case meetingQuestionsLost = "meeting.questions.lost"
        case bring = "meeting.bring"
        case choiceAdded = "choice.added"
        case choiceRemoved = "choice.removed"
        case then = "choice.then"
        case marksComplete = "choice.marks-complete"
        case choiceWhen = "choice.when"
        case choiceOnce = "choice.once"
        case choicePlans = "choice.plans"
        case clockAdded = "clock.added"
        case clockRemoved = "clock.removed"
        case within = "clock.within"
        case countsBy = "clock.counts-by"
        case clockFrom = "clock.from"
        case pausedIn = "clock.paused-in"
        case pausedInGained = "clock.paused-in.gained"
        case pausedInLost = "clock.paused-in.lost"
        case warn = "clock.warn"
        case clockWhen = "clock.when"
        case clockExtended = "clock.extended"
        case clockExtendedBy = "clock.extended.by"
        case ground = "clock.ground"
        case outcomeAdded = "outcome.added"
        case outcomeRemoved = "outcome.removed"
        case leadsToGained = "outcome.leads-to.gained"
        case leadsToLost = "outcome.leads-to.lost"
        case grants = "outcome.grants"
        case movesTo = "outcome.moves-to"
        case movesToAgreement = "outcome.moves-to.agreement"
        case movesToWithout = "outcome.moves-to.without"
        case movesToWithoutGained = "outcome.moves-to.without.gained"
        case movesToWithoutLost = "outcome.moves-to.without.lost"
        case decisionAdded = "decision.added"
        case decisionRemoved = "decision.removed"
        case number = "decision.number"
        case counter = "decision.counter"
        case decisionLetter = "decision.letter"
        case reasonsField = "decision.reasons-field"
        case advices = "decision.advices"
        case advicesGained = "decision.advices.gained"
        case advicesLost = "decision.advices.lost"
        case copies = "decision.copies"
        case copiesGained = "decision.copies.gained"
        case copiesLost = "decision.copies.lost"
        case objection = "decision.objection"
        case appeal = "decision.appeal"
        case validity = "decision.validity"
        case neverLater = "decision.never-later"
        case tableAdded = "table.added"
        case tableRemoved = "table.removed"
        case hit = "table.hit"
        case rowAdded = "row.added"
        case rowRemoved = "row.removed"
        case rowWhen = "row.when"
        case rowUntil = "row.until"
        case note = "row.note"
        case situation
        case tooManySituations = "situation.too-many"
        case fieldAdded = "field.added"
        case fieldRemoved = "field.removed"
        case reworded = "field.title"
        case kind = "field.kind"
        case optionsGained = "field.options.gained"
        case optionsLost = "field.options.lost"
        case optionReworded = "field.option"
        case fieldRequired = "field.required"
        case fieldWhen = "field.when"
        case atLeast = "field.at-least"
        case atMost = "field.at-most"
        case voice = "field.voice"
        case inSentence = "groeidocument.in-sentence"
        case partAdded = "part.added"
        case partRemoved = "part.removed"
        case tierAdded = "tier.added"
        case tierRemoved = "tier.removed"
        case formAdded = "form.added"
        case formRemoved = "form.removed"
        case short = "form.short"
        case letterAdded = "letter.added"
        case letterRemoved = "letter.removed"
        case letterBody = "letter.body"
        case listAdded = "list.added"
        case listRemoved = "list.removed"
        case authority = "relation.authority"
        case title
        case explanation
        case remark = "note"
        case withoutName = "field.without-name"
        case order
        case source
        case further
    }
}

extension PlanDifference {
    /// The codes of a list: told as a whole, or by what came and what went.
    struct Parts {
        let whole: Code
        let gained: Code
        let lost: Code

        static let after = Parts(whole: .startAfter, gained: .startAfterGained, lost: .startAfterLost)
        static let inventory = Parts(whole: .inventoryOf, gained: .inventoryOfGained, lost: .inventoryOfLost)
        static let waitsFor = Parts(whole: .waitsFor, gained: .waitsForGained, lost: .waitsForLost)
        static let questions = Parts(
            whole: .meetingQuestions, gained: .meetingQuestionsGained, lost: .meetingQuestionsLost)
        static let pausedIn = Parts(whole: .pausedIn, gained: .pausedInGained, lost: .pausedInLost)
        static let advices = Parts(whole: .advices, gained: .advicesGained, lost: .advicesLost)
        static let copies = Parts(whole: .copies, gained: .copiesGained, lost: .copiesLost)
        static let without = Parts(
            whole: .movesToWithout, gained: .movesToWithoutGained, lost: .movesToWithoutLost)
    }
}
