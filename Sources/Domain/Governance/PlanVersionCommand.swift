/// What somebody wants to happen to a version of the plan.
package enum PlanVersionCommand: Sendable, Hashable {
    /// Begins a draft.
    case draft(Draft)
    /// Changes files of a draft, all of them or none.
    case write([FileChange], basedOn: Int?)
    /// Lays the draft before the council: from now on its files are frozen.
    case submit(PlanStep)
    /// Takes it back to draft; consent and agreement given so far are void. Asks a `note` with the reason.
    case takeBack(PlanStep)
    /// Ends it without it ever being in force. Asks a `note` with the reason.
    case withdraw(PlanStep)
    case ask(PlanVersionEvent.QuestionAsked)
    /// Answers a question of the council, or answers it anew.
    ///
    /// `over` is the moment of the answer that stood there when this one was written, empty for none; nil when whoever asks it did
    /// not say.
    case answer(id: String, text: String, over: String? = nil)
    case settle(id: String)
    case consent(PlanStep)
    /// The council does not consent. Asks a `note` with the reason.
    case refuseConsent(PlanStep)
    /// A municipality agrees.
    case agree(municipality: String, PlanStep)
    /// The boards voted.
    case adopt(votes: [String: PlanVote], PlanStep)
    /// It is in force from this day, until the last day when that is known.
    case enact(from: Day, until: Day?, PlanStep)
    /// The inspectorate was sent it.
    case report(PlanStep)

    /// A new draft.
    package struct Draft: Sendable, Hashable {
        package let title: Localized
        /// The version that it changes; nil when `files` are a whole plan.
        package let amends: PlanKey?
        /// Its first files, `plan.yaml` among them; none for a version whose files stand in the folder of plans already, of
        /// which only the history is recorded.
        package let files: [String: String]
        package init(title: Localized, amends: PlanKey?, files: [String: String] = [:]) {
            self.title = title
            self.amends = amends
            self.files = files
        }
    }

    /// What becomes of one file.
    package struct FileChange: Sendable, Hashable {
        /// Path inside the folder of the version: `procedures/entry.yaml`.
        package let file: String
        /// The whole new text; nil takes the file out of this version.
        package let text: String?
        package init(file: String, text: String?) {
            self.file = file
            self.text = text
        }
    }
}

/// What a decision on a version needs beside the version itself.
package struct PlanVersionSetting: Sendable {
    /// What reading and trying the version gave.
    package struct Trial: Sendable, Hashable {
        /// Errors that `plan check` finds.
        package let errors: Int
        /// Examples that do not come out as they say.
        package let failing: Int
        package init(errors: Int, failing: Int) {
            self.errors = errors
            self.failing = failing
        }
    }

    package let now: Instant
    package let actor: Actor
    /// The plan in force now: it says who may do what, also about its own successor.
    package let rules: PlanRules
    /// First days of the versions that are in force or will be.
    package let standing: [PlanKey: Day]
    /// Nil where nobody tried it: then it is taken to be in order.
    package let trial: Trial?

    package init(now: Instant, actor: Actor, rules: PlanRules, standing: [PlanKey: Day], trial: Trial? = nil) {
        self.now = now
        self.actor = actor
        self.rules = rules
        self.standing = standing
        self.trial = trial
    }

    package var today: Day { now.day }
}
