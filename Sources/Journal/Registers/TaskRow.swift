import Domain

/// Something that somebody has to do, or waits for.
package struct TaskRow: RegisterRow {
    /// Whose turn it is. The raw values are frozen.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// They have to do it.
        case act = "do"
        /// They wait for somebody else to do it.
        case await
    }

    /// Whose: a text such as `ib@<organisation>` or `person:<id>`.
    package var principal: String
    /// To be done by them, or awaited.
    package var kind: Kind
    /// The procedure that asks it.
    package var instance: InstanceID
    /// The step of the procedure.
    package var step: String
    /// The dossier that it is about.
    package var dossier: DossierID
    /// The plan's name of the procedure.
    package var procedure: String
    /// The version of the plan that the procedure follows.
    package var plan: String
    /// Since when it waits.
    package var since: Instant
    /// The last day on which it is in time; nil without a term.
    package var due: Day?
    /// The day from which it is shown as urgent; nil without a term.
    package var warnFrom: Day?
    /// The school that the child is enrolled at.
    package var school: OrganisationID

    package init(
        principal: String, kind: Kind, instance: InstanceID, step: String, dossier: DossierID, procedure: String, plan: String,
        since: Instant, due: Day? = nil, warnFrom: Day? = nil, school: OrganisationID
    ) {
        self.principal = principal
        self.kind = kind
        self.instance = instance
        self.step = step
        self.dossier = dossier
        self.procedure = procedure
        self.plan = plan
        self.since = since
        self.due = due
        self.warnFrom = warnFrom
        self.school = school
    }
}

extension TaskRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "tasks", key: ["principal", "kind", "instance", "step"],
        columns: ["dossier", "procedure", "plan", "since", "due", "warn_from", "school"])

    package var values: [RegisterValue] {
        [
            .text(principal), .text(kind.rawValue), RegisterValue(instance), .text(step), RegisterValue(dossier),
            .text(procedure), .text(plan), RegisterValue(since), RegisterValue(due), RegisterValue(warnFrom),
            RegisterValue(school),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        principal = try reader.text()
        guard let kind = Kind(rawValue: try reader.text()) else { throw reader.fault }
        self.kind = kind
        instance = try reader.id()
        step = try reader.text()
        dossier = try reader.id()
        procedure = try reader.text()
        plan = try reader.text()
        since = try reader.instant()
        due = try reader.optionalDay()
        warnFrom = try reader.optionalDay()
        school = try reader.id()
    }
}
