import Domain

/// Something that a family asked with its rights and that waits for somebody: for an answer, or for others to hear of it.
package struct RightsRow: RegisterRow {
    /// What it waits for.
    package enum State: String, Hashable, Sendable {
        case running
        /// Those who had received it are to be told.
        case telling
    }

    package var dossier: DossierID
    package var request: RightsRequestID
    /// The school that the child is enrolled at.
    package var school: OrganisationID
    package var right: Right
    /// The day on which it was asked.
    package var asked: Day
    /// The last day on which there must be an answer.
    package var due: Day
    package var state: State

    package init(
        dossier: DossierID, request: RightsRequestID, school: OrganisationID, right: Right, asked: Day, due: Day, state: State
    ) {
        self.dossier = dossier
        self.request = request
        self.school = school
        self.right = right
        self.asked = asked
        self.due = due
        self.state = state
    }
}

extension RightsRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "rights", key: ["dossier", "request"], columns: ["school", "kind", "asked", "due", "state"])

    package var values: [RegisterValue] {
        [
            RegisterValue(dossier), RegisterValue(request), RegisterValue(school), .text(right.rawValue), RegisterValue(asked),
            RegisterValue(due), .text(state.rawValue),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        dossier = try reader.id()
        request = try reader.id()
        school = try reader.id()
        guard let right = Right(rawValue: try reader.text()) else { throw reader.fault }
        self.right = right
        asked = try reader.day()
        due = try reader.day()
        guard let state = State(rawValue: try reader.text()) else { throw reader.fault }
        self.state = state
    }
}
