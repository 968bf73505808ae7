import Domain

/// What lists, search and figures are answered from; derived from the journal and always as new as it.
///
/// Whoever asks in the name of a user passes the user's principals: what no opening of theirs shows is not found.
package protocol Registers: Sendable {
    /// All openings of a dossier, in order of principal; also those that have ended.
    func openings(of dossier: DossierID) async throws(JournalFault) -> [OpeningRow]
    /// The openings of a dossier for any of these principals; also those that have ended.
    func openings(for principals: [String], of dossier: DossierID) async throws(JournalFault) -> [OpeningRow]
    /// The same of several dossiers; one without any is left out.
    func openings(
        for principals: [String], of dossiers: [DossierID]
    ) async throws(JournalFault) -> [DossierID: [OpeningRow]]
    /// The openings of people asked in from outside that end between two days, in dossiers that any of these principals may see
    /// on the first of them, in order of end, dossier and principal.
    func askedInEnding(
        from first: Day, through last: Day, for principals: [String], limit: Int
    ) async throws(JournalFault) -> [OpeningRow]
    /// The row of a dossier, whoever asks.
    func dossier(_ id: DossierID) async throws(JournalFault) -> DossierRow?
    /// The rows of several dossiers, whoever asks; one that does not exist is left out.
    func dossiers(_ ids: [DossierID]) async throws(JournalFault) -> [DossierID: DossierRow]
    /// The dossiers of a child of exactly this name and day of birth, whoever asks, in order of key.
    func dossiers(named nameKey: String, born: Day) async throws(JournalFault) -> [DossierRow]
    /// The dossiers that any of these principals may see on a day, each once, in order of name key and then key.
    ///
    /// `search`: each of its words (the first eight count) must begin a word of the name. `limit`: the size of a page.
    func dossiers(
        for principals: [String], on day: Day, search: String?, filter: DossierFilter, after: PageKey?, limit: Int
    ) async throws(JournalFault) -> [DossierRow]
    /// What these principals have to do or wait for, the first due first and without a term last, then the oldest first.
    ///
    /// One step appears once, however many of the principals it is for.
    func tasks(for principals: [String], kind: TaskRow.Kind, limit: Int) async throws(JournalFault) -> [TaskRow]
    /// All tasks of a dossier, whosever they are, in order of key.
    func tasks(of dossier: DossierID) async throws(JournalFault) -> [TaskRow]
    /// The dossiers that these principals may see on a day and that changed last, newest first.
    func changed(for principals: [String], on day: Day, limit: Int) async throws(JournalFault) -> [DossierRow]
    /// The changes of one dossier, newest first.
    func changes(of dossier: DossierID, limit: Int) async throws(JournalFault) -> [ChangeRow]
    /// The same of several dossiers, so many of each at most; one without any is left out.
    func changes(of dossiers: [DossierID], limit: Int) async throws(JournalFault) -> [DossierID: [ChangeRow]]
    /// The procedures of a dossier, in order of start and then key.
    func procedures(of dossier: DossierID) async throws(JournalFault) -> [ProcedureRow]
    /// The same of several dossiers; one without any is left out.
    func procedures(of dossiers: [DossierID]) async throws(JournalFault) -> [DossierID: [ProcedureRow]]
    /// The procedures of one kind in one state, in order of start and then key; for queues and figures.
    func procedures(_ procedure: String, state: String, limit: Int) async throws(JournalFault) -> [ProcedureRow]
    /// One procedure.
    func procedure(_ instance: InstanceID) async throws(JournalFault) -> ProcedureRow?
    /// The decision of this number.
    func decision(number: String) async throws(JournalFault) -> DecisionRow?
    /// The decisions about a dossier, in order of issue and then number.
    func decisions(of dossier: DossierID) async throws(JournalFault) -> [DecisionRow]
    /// The decisions given from a day through a day, in order of issue and then number; for reports and handing over.
    func decisions(issuedFrom first: Day, through last: Day, limit: Int) async throws(JournalFault) -> [DecisionRow]
    /// The decisions that end in a time and that any of these principals may see on a day together with the child, each once, in
    /// order of last day and then number; nil principals: all of them, for figures.
    func ending(
        _ filter: EndingFilter, for principals: [String]?, on day: Day, after: EndingKey?, limit: Int
    ) async throws(JournalFault) -> [EndingDecision]
    /// How many there are of them; of those that an opening shows the procedures of too, how many nothing was begun for.
    func endingCount(
        _ filter: EndingFilter, for principals: [String]?, on day: Day
    ) async throws(JournalFault) -> EndingCount
    /// The dossiers whose last day of keeping lies before a day and that nothing holds back, whoever asks, the longest over
    /// first; for whoever sees to their destruction.
    func retentionOver(before day: Day, after: RetentionKey?, limit: Int) async throws(JournalFault) -> [RetentionRow]
    /// The dossiers whose destruction is so far, whoever asks, in order of key.
    func retention(_ stage: RetentionRow.Stage) async throws(JournalFault) -> [RetentionRow]
    /// What families asked and waits for somebody, whoever asks, what is due first on top; of these schools, or of all.
    func rights(at schools: [OrganisationID]?, limit: Int) async throws(JournalFault) -> [RightsRow]
    /// The people with this mail address, whatever its capitals; more than one only by mistake.
    func people(email: String) async throws(JournalFault) -> [PersonRow]
    /// One person.
    func person(_ id: PersonID) async throws(JournalFault) -> PersonRow?
    /// The people whose name fits the search (see `dossiers`), in order of name.
    func people(search: String?, limit: Int) async throws(JournalFault) -> [PersonRow]
    /// The people who hold, held or will hold a function at one of these organisations and whose name fits the search (see
    /// `dossiers`), in order of name; none without organisations.
    func people(
        at organisations: [OrganisationID], search: String?, limit: Int
    ) async throws(JournalFault) -> [PersonRow]
    /// The functions that a person holds on a day, in order of key.
    func functions(of person: PersonID, on day: Day) async throws(JournalFault) -> [FunctionRow]
    /// The functions held at an organisation on a day, all or one kind, in order of key.
    func functions(
        at organisation: OrganisationID, function: String?, on day: Day
    ) async throws(JournalFault) -> [FunctionRow]
    /// The functions of any of these kinds held at any of these organisations on a day, in order of key.
    func functions(
        _ functions: Set<String>, at organisations: Set<OrganisationID>, on day: Day
    ) async throws(JournalFault) -> [FunctionRow]
    /// The organisations of a kind (nil: all) whose name fits the search (see `dossiers`) or whose code is it, by name.
    func organisations(search: String?, kind: String?, limit: Int) async throws(JournalFault) -> [OrganisationRow]
    /// One organisation.
    func organisation(_ id: OrganisationID) async throws(JournalFault) -> OrganisationRow?
    /// The questions within reach that stand in one of these ways, the last changed first; none without reach.
    func questions(
        in reach: [QuestionReach], states: Set<SchoolQuestion.State>, limit: Int
    ) async throws(JournalFault) -> [QuestionRow]
    /// The questions of a kind that stand so and did not change since, whoever asks, the longest first; for whoever clears
    /// them away.
    func questions(
        of kind: String, state: SchoolQuestion.State, changedBefore: Instant, limit: Int
    ) async throws(JournalFault) -> [QuestionRow]
    /// How many rows there are of what.
    func counts() async throws(JournalFault) -> RegisterCounts
}

extension Registers {
    package func openings(
        for principals: [String], of dossiers: [DossierID]
    ) async throws(JournalFault) -> [DossierID: [OpeningRow]] {
        var found: [DossierID: [OpeningRow]] = [:]
        for dossier in dossiers {
            let openings = try await openings(for: principals, of: dossier)
            if !openings.isEmpty { found[dossier] = openings }
        }
        return found
    }

    package func procedures(of dossiers: [DossierID]) async throws(JournalFault) -> [DossierID: [ProcedureRow]] {
        var found: [DossierID: [ProcedureRow]] = [:]
        for dossier in dossiers {
            let procedures = try await procedures(of: dossier)
            if !procedures.isEmpty { found[dossier] = procedures }
        }
        return found
    }

    package func dossiers(_ ids: [DossierID]) async throws(JournalFault) -> [DossierID: DossierRow] {
        var found: [DossierID: DossierRow] = [:]
        for id in ids { found[id] = try await dossier(id) }
        return found
    }

    package func changes(of dossiers: [DossierID], limit: Int) async throws(JournalFault) -> [DossierID: [ChangeRow]] {
        var found: [DossierID: [ChangeRow]] = [:]
        for dossier in dossiers {
            let changes = try await changes(of: dossier, limit: limit)
            if !changes.isEmpty { found[dossier] = changes }
        }
        return found
    }
}

/// Where a page of dossiers ended; the next one begins after it.
package struct PageKey: Hashable, Sendable, Comparable {
    /// The name key of the last row.
    package let nameKey: String
    /// The key of the last row.
    package let dossier: DossierID

    package init(nameKey: String, dossier: DossierID) {
        self.nameKey = nameKey
        self.dossier = dossier
    }

    /// The end of a page whose last row is this.
    package init(_ row: DossierRow) { self.init(nameKey: row.nameKey, dossier: row.id) }

    package static func < (left: Self, right: Self) -> Bool {
        left.nameKey == right.nameKey
            ? left.dossier.rawValue.precedesByBytes(right.dossier.rawValue) : left.nameKey.precedesByBytes(right.nameKey)
    }
}

/// How many rows there are of what; goes through whole registers, so for reports and not for pages.
package struct RegisterCounts: Hashable, Sendable {
    /// Dossiers by state.
    package var dossiers: [String: Int] = [:]
    /// Procedures by name and then by state.
    package var procedures: [String: [String: Int]] = [:]
    package var decisions = 0
    package var people = 0
    package var organisations = 0

    package init() {}
}
