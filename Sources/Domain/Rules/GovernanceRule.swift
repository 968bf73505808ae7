/// How a partnership comes to a version of its plan: who writes, asks, consents, agrees, adopts, puts in force and reports.
///
/// WPO art. 18a lid 7, 9 and 10, and WMS art. 14a, name the organs; the plan itself says who acts for them.
package struct GovernanceRule: Hashable, Sendable {
    /// One thing that is done with a version.
    package enum Act: String, Hashable, Sendable, Codable, CaseIterable {
        /// Begins a draft and changes its files.
        case write
        /// Lays a draft before the council, takes it back to draft, or withdraws it.
        case submit
        /// Asks a question about a chapter, for the council.
        case ask
        /// Answers the council's questions.
        case answer
        /// Consents for the council, or says that it does not.
        case consent
        /// Agrees for a municipality, after the consultation aimed at agreement (OOGO).
        case agree
        /// Records how each board voted.
        case adopt
        /// Says from which day the version is in force.
        case enact
        /// Records that the inspectorate was sent the version.
        case report

        /// Whether it is a step on a day, which a paper can show; writing, asking and answering are none.
        package var isStep: Bool {
            switch self {
            case .write, .ask, .answer: false
            case .submit, .consent, .agree, .adopt, .enact, .report: true
            }
        }
    }

    /// Who does it.
    package struct Role: Hashable, Sendable {
        /// Functions whose holders may.
        package let by: [String]
        /// Acts on the same version that somebody else must have done.
        package let notActorOf: [Act]
        /// The paper that shows that it was done, such as a letter of consent: without it the step is not recorded. Nil when
        /// a day is enough.
        package let paper: Localized?
        package let source: String
        package init(by: [String], notActorOf: [Act] = [], paper: Localized? = nil, source: String) {
            self.by = by
            self.notActorOf = notActorOf
            self.paper = paper
            self.source = source
        }
    }

    /// A municipality that must agree, or a board that has a vote.
    package struct Party: Hashable, Sendable {
        package let id: String
        package let title: Localized
        /// Functions that act for this one alone; those of the act itself when empty.
        package let by: [String]
        package init(id: String, title: Localized, by: [String] = []) {
            self.id = id
            self.title = title
            self.by = by
        }
    }

    /// When a vote carries.
    package enum Majority: String, Hashable, Sendable, Codable, CaseIterable {
        /// Every board is in favour.
        case unanimous
        /// More than half of all boards are in favour.
        case majority
    }

    /// A day of every year before which something must have been done.
    package struct YearDay: Hashable, Sendable, CustomStringConvertible {
        package let month: Int
        package let day: Int

        /// Reads `05-01`: month and day.
        package init?(_ text: String) {
            guard text.utf8.count == 5, let day = Day("2001-\(text)") else { return nil }
            month = day.month
            self.day = day.day
        }

        /// The last such day that is not after another.
        package func last(by other: Day) -> Day {
            let own = Day(year: other.year, month: month, day: day) ?? other
            return own <= other ? own : Day(year: other.year - 1, month: month, day: day) ?? other
        }

        package var description: String { "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }
    }

    package let source: String
    /// What is arranged, and by whom; an act that is not here is none of this plan's.
    package let roles: [Act: Role]
    /// Work groups of the council, in which its questions are asked.
    package let groups: [Field.Option]
    /// Municipalities that must each agree.
    package let municipalities: [Party]
    /// Boards that each have a vote.
    package let boards: [Party]
    package let majority: Majority
    /// How long a plan is in force at most (WPO art. 18a lid 7: four years).
    package let atMost: Period?
    /// Day before which the inspectorate has a plan for the period that follows (WPO art. 18a lid 10).
    package let reportBefore: YearDay?

    package init(
        source: String, roles: [Act: Role], groups: [Field.Option] = [], municipalities: [Party] = [], boards: [Party] = [],
        majority: Majority = .unanimous, atMost: Period? = nil, reportBefore: YearDay? = nil
    ) {
        self.source = source
        self.roles = roles
        self.groups = groups
        self.municipalities = municipalities
        self.boards = boards
        self.majority = majority
        self.atMost = atMost
        self.reportBefore = reportBefore
    }
}

extension GovernanceRule {
    /// The functions that act for a party: its own, or else those of the act.
    package func functions(for act: Act, party: String? = nil) -> [String] {
        guard let role = roles[act] else { return [] }
        let own = (act == .agree ? municipalities : boards).first { $0.id == party }?.by ?? []
        return own.isEmpty ? role.by : own
    }

    /// Every function that has a part in a version: these see drafts.
    package var functions: Set<String> {
        Set(roles.values.flatMap(\.by) + municipalities.flatMap(\.by) + boards.flatMap(\.by))
    }

    /// The organs that a version passes, in order: those that this plan has.
    package var stages: [Act] { [.consent, .agree, .adopt].filter { roles[$0] != nil } }
}
