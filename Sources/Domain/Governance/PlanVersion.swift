/// One version of the plan on its way from draft to in force, folded from its own stream.
///
/// The order is: draft, laid before the council, consent, agreement with the municipalities, adoption, in force from a day,
/// reported to the inspectorate (WPO art. 18a lid 7–10, WMS art. 14a); an organ that the plan does not name is passed over.
package struct PlanVersion: Sendable, Hashable {
    /// How far a version is.
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing was recorded of it.
        case absent
        /// Its files can be changed.
        case draft
        /// Laid before the council: its files are frozen.
        case submitted
        case adopted
        /// It is decided from which day it is in force; that day may be to come.
        case enacted
        case withdrawn
    }

    /// One file of the version.
    package struct File: Sendable, Hashable {
        package let text: String
        /// Version of the stream at which it was written last; what a change of it is based on.
        package let version: Int
        package let by: PersonID
        package let at: Instant
    }

    /// A question about a chapter, with its answer.
    package struct Question: Sendable, Hashable {
        package let id: String
        package let chapter: String
        package let text: String
        package let group: String?
        package let by: PersonID
        package let at: Instant
        package internal(set) var answer: Answer?
        /// When whoever asks said that it is answered well enough.
        package internal(set) var settled: Instant?

        package struct Answer: Sendable, Hashable {
            package let text: String
            package let by: PersonID
            package let at: Instant
        }
    }

    /// One dated step that was taken.
    package struct Step: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable, CaseIterable {
            case drafted, submitted, returned, consented, consentRefused = "consent-refused", agreed, adopted, enacted
            case reported, withdrawn
        }
        package let kind: Kind
        /// The day on which it was done.
        package let day: Day
        /// When it was recorded, by whom, and in what function.
        package let at: Instant
        package let by: PersonID
        package let function: String?
        /// The municipality that agreed.
        package let party: String?
        package let document: PlanDocument?
        package let note: String?
        /// True when the draft was taken back afterwards, so that it has no effect any more.
        package internal(set) var isVoid = false
    }

    package let key: PlanKey
    /// Version of the stream, 0 when nothing was recorded.
    package internal(set) var version = 0
    package internal(set) var state = State.absent
    package internal(set) var title: Localized?
    package internal(set) var amends: PlanKey?
    /// In force before it was recorded here: only how it came about is told.
    package internal(set) var isKnown = false
    /// Its files by their path inside its folder; empty for one that is known.
    package internal(set) var files: [String: File] = [:]
    /// Every dated step in the order of recording, void ones as well.
    package internal(set) var steps: [Step] = []
    package internal(set) var questions: [Question] = []
    /// How each board voted when it was adopted.
    package internal(set) var votes: [String: PlanVote] = [:]
    /// The first and last day in force, once decided.
    package internal(set) var from: Day?
    package internal(set) var until: Day?
    /// Who did what with it, for "not the same person".
    var actors: [GovernanceRule.Act: Set<PersonID>] = [:]

    package init(key: PlanKey) { self.key = key }

    package var exists: Bool { version > 0 }
    /// Whether its files can be changed.
    package var isOpen: Bool { state == .draft && !isKnown }

    /// The step of a kind that has effect.
    package func step(_ kind: Step.Kind, party: String? = nil) -> Step? {
        steps.last { $0.kind == kind && !$0.isVoid && (party == nil || $0.party == party) }
    }

    /// Questions that nobody answered or settled.
    package var openQuestions: [Question] { questions.filter { $0.answer == nil && $0.settled == nil } }

    /// The text of each file.
    package var texts: [String: String] { files.mapValues(\.text) }

    /// Whether it begins a period of the plan, rather than changing the plan within one.
    package var beginsPeriod: Bool { amends == nil || until != nil }
}

extension PlanVersion {
    /// Folds one event in.
    package mutating func apply(_ event: PlanVersionEvent, _ context: EventContext) {
        version = context.version
        switch event {
        case .drafted(let drafted):
            state = .draft
            title = drafted.title
            amends = drafted.amends
            isKnown = drafted.known == true
            note(.write, context)
            append(.drafted, PlanStep(day: context.at.day), context)
        case .fileWritten(let written):
            note(.write, context)
            files[written.file] = written.text.map {
                File(text: $0, version: context.version, by: context.actor, at: context.at)
            }
        case .submitted(let step):
            state = .submitted
            note(.submit, context)
            append(.submitted, step, context)
        case .returned(let step):
            state = .draft
            for index in steps.indices where steps[index].kind != .drafted { steps[index].isVoid = true }
            votes = [:]
            append(.returned, step, context)
        case .questionAsked(let asked):
            note(.ask, context)
            questions.append(
                Question(
                    id: asked.id, chapter: asked.chapter, text: asked.text, group: asked.group, by: context.actor,
                    at: context.at))
        case .questionAnswered(let answered):
            note(.answer, context)
            change(answered.id) { $0.answer = .init(text: answered.text, by: context.actor, at: context.at) }
        case .questionSettled(let settled):
            change(settled.id) { $0.settled = context.at }
        case .consented(let step):
            note(.consent, context)
            append(.consented, step, context)
        case .consentRefused(let step):
            append(.consentRefused, step, context)
        case .agreed(let agreed):
            note(.agree, context)
            append(.agreed, agreed.step, context, party: agreed.municipality)
        case .adopted(let adopted):
            state = .adopted
            votes = adopted.votes
            note(.adopt, context)
            append(.adopted, adopted.step, context)
        case .enacted(let enacted):
            state = .enacted
            from = enacted.from
            until = enacted.until
            note(.enact, context)
            append(.enacted, enacted.step, context)
        case .reported(let step):
            note(.report, context)
            append(.reported, step, context)
        case .withdrawn(let step):
            state = .withdrawn
            append(.withdrawn, step, context)
        }
    }

    private mutating func note(_ act: GovernanceRule.Act, _ context: EventContext) {
        actors[act, default: []].insert(context.actor)
    }

    private mutating func append(_ kind: Step.Kind, _ step: PlanStep, _ context: EventContext, party: String? = nil) {
        steps.append(
            Step(
                kind: kind, day: step.day, at: context.at, by: context.actor, function: step.function, party: party,
                document: step.document, note: step.note))
    }

    private mutating func change(_ id: String, _ change: (inout Question) -> Void) {
        guard let index = questions.firstIndex(where: { $0.id == id }) else { return }
        change(&questions[index])
    }
}

extension PlanVersion {
    /// Whether somebody may see that it is there: what was adopted is public, a draft is for those with a part in it.
    package func isSeen(by actor: Actor?, _ rules: PlanRules, on today: Day) -> Bool {
        switch state {
        case .absent: false
        case .adopted, .enacted: true
        // Of a version that is in force the text is public already.
        case .draft, .submitted, .withdrawn: isKnown || actor?.hasPart(in: rules, on: today) == true
        }
    }
}

extension Actor {
    /// Whether the plan gives this person a part in how it comes about.
    package func hasPart(in rules: PlanRules, on today: Day) -> Bool {
        guard let governance = rules.governance else { return false }
        let wanted = governance.functions
        return functions.contains { wanted.contains($0.function) && $0.isHeld(on: today) }
    }
}
