import Domain

/// One running or ended procedure.
package struct ProcedureRow: RegisterRow {
    /// The procedure.
    package var instance: InstanceID
    /// The dossier that it is about.
    package var dossier: DossierID
    /// The plan's name of the procedure.
    package var procedure: String
    /// The version of the plan that it follows.
    package var plan: String
    /// The school that the child was enrolled at.
    package var school: OrganisationID
    /// Where it stands, in the words of the domain.
    package var state: String
    /// How it ended; nil while it runs.
    package var outcome: String?
    /// The day on which it was begun.
    package var started: Day
    /// The day on which the request came in.
    package var received: Day?
    /// The day on which the request was complete.
    package var complete: Day?
    /// The last day on which it is decided in time.
    package var due: Day?
    /// The day on which it ended.
    package var ended: Day?

    package init(
        instance: InstanceID, dossier: DossierID, procedure: String, plan: String, school: OrganisationID, state: String,
        outcome: String? = nil, started: Day, received: Day? = nil, complete: Day? = nil, due: Day? = nil, ended: Day? = nil
    ) {
        self.instance = instance
        self.dossier = dossier
        self.procedure = procedure
        self.plan = plan
        self.school = school
        self.state = state
        self.outcome = outcome
        self.started = started
        self.received = received
        self.complete = complete
        self.due = due
        self.ended = ended
    }
}

extension ProcedureRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "procedures", key: ["instance"],
        columns: [
            "dossier", "procedure", "plan", "school", "state", "outcome", "started", "received", "complete", "due", "ended",
        ])

    package var values: [RegisterValue] {
        [
            RegisterValue(instance), RegisterValue(dossier), .text(procedure), .text(plan), RegisterValue(school), .text(state),
            RegisterValue(outcome), RegisterValue(started), RegisterValue(received), RegisterValue(complete),
            RegisterValue(due), RegisterValue(ended),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        instance = try reader.id()
        dossier = try reader.id()
        procedure = try reader.text()
        plan = try reader.text()
        school = try reader.id()
        state = try reader.text()
        outcome = try reader.optionalText()
        started = try reader.day()
        received = try reader.optionalDay()
        complete = try reader.optionalDay()
        due = try reader.optionalDay()
        ended = try reader.optionalDay()
    }
}
