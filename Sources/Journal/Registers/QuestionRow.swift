import Domain

/// A question about a child that nobody named, without its words.
package struct QuestionRow: RegisterRow {
    /// Its key.
    package var id: QuestionID
    /// Which kind of the plan's questions it is.
    package var kind: String
    /// The school that asks.
    package var school: OrganisationID
    /// Who asked.
    package var asker: PersonID
    /// The group that the child is in; nil when it was not said.
    package var group: String?
    package var state: SchoolQuestion.State
    package var asked: Instant
    package var changedAt: Instant

    package init(
        id: QuestionID, kind: String, school: OrganisationID, asker: PersonID, group: String?, state: SchoolQuestion.State,
        asked: Instant, changedAt: Instant
    ) {
        self.id = id
        self.kind = kind
        self.school = school
        self.asker = asker
        self.group = group
        self.state = state
        self.asked = asked
        self.changedAt = changedAt
    }
}

extension QuestionRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "questions", key: ["id"],
        columns: ["kind", "school", "asker", "child_group", "state", "asked_at", "changed_at"])

    package var values: [RegisterValue] {
        [
            RegisterValue(id), .text(kind), RegisterValue(school), RegisterValue(asker), RegisterValue(group),
            .text(state.rawValue), RegisterValue(asked), RegisterValue(changedAt),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        id = try reader.id()
        kind = try reader.text()
        school = try reader.id()
        asker = try reader.id()
        group = try reader.optionalText()
        guard let state = SchoolQuestion.State(rawValue: try reader.text()) else { throw reader.fault }
        self.state = state
        asked = try reader.instant()
        changedAt = try reader.instant()
    }
}

/// Which questions somebody reads: those of one kind, of one school or of all.
package struct QuestionReach: Hashable, Sendable {
    package let kind: String
    /// Nil for every school.
    package let school: OrganisationID?

    package init(kind: String, school: OrganisationID?) {
        self.kind = kind
        self.school = school
    }

    /// Whether a question is among them.
    package func holds(_ row: QuestionRow) -> Bool { row.kind == kind && (school == nil || row.school == school) }
}
