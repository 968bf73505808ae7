import Domain
import Synchronization

extension MemoryJournal: Registers {
    private var registers: MemoryRegisters { state.withLock { $0.registers } }

    package func openings(of dossier: DossierID) async throws(JournalFault) -> [OpeningRow] {
        registers.all(OpeningRow.self).filter { $0.dossier == dossier }.sorted { $0.principal.precedesByBytes($1.principal) }
    }

    package func openings(for principals: [String], of dossier: DossierID) async throws(JournalFault) -> [OpeningRow] {
        let wanted = Set(principals)
        return try await openings(of: dossier).filter { wanted.contains($0.principal) }
    }

    package func askedInEnding(
        from first: Day, through last: Day, for principals: [String], limit: Int
    ) async throws(JournalFault) -> [OpeningRow] {
        let wanted = Set(principals)
        let all = registers.all(OpeningRow.self)
        let seen = Set(
            all.filter { row in wanted.contains(row.principal) && row.until.map { first <= $0 } ?? true }.map(\.dossier))
        let found = all.filter { row in
            row.principal.hasPrefix(Principal.askedInPrefix) && seen.contains(row.dossier)
                && row.until.map { (first...last).contains($0) } ?? false
        }
        return Array(
            found.sorted { one, other in
                func order(_ row: OpeningRow) -> [RegisterValue] {
                    [RegisterValue(row.until), RegisterValue(row.dossier), .text(row.principal)]
                }
                return order(one).precedes(order(other))
            }.prefix(max(0, limit)))
    }

    package func dossier(_ id: DossierID) async throws(JournalFault) -> DossierRow? { registers.row(RegisterValue(id)) }

    package func dossiers(named nameKey: String, born: Day) async throws(JournalFault) -> [DossierRow] {
        registers.all(DossierRow.self).filter { $0.nameKey == nameKey && $0.born == born }
            .sorted { $0.id.rawValue.precedesByBytes($1.id.rawValue) }
    }

    package func dossiers(
        for principals: [String], on day: Day, search: String?, filter: DossierFilter, after: PageKey?, limit: Int
    ) async throws(JournalFault) -> [DossierRow] {
        let words = NameKey.searchWords(search)
        let rows = visible(to: principals, on: day).filter { row in
            passes(row, filter, principals, day) && NameKey.matches(row.nameKey, words: words)
                && after.map { $0 < PageKey(row) } ?? true
        }
        return Array(rows.sorted { PageKey($0) < PageKey($1) }.prefix(max(0, limit)))
    }

    /// Whether a dossier is among what a list is narrowed down to, for somebody to whom these principals open it.
    private func passes(_ row: DossierRow, _ filter: DossierFilter, _ principals: [String], _ day: Day) -> Bool {
        let registers = registers
        let wanted = Set(principals)
        let openings = registers.all(OpeningRow.self).filter { opening in
            opening.dossier == row.id && wanted.contains(opening.principal) && opening.until.map { day <= $0 } ?? true
        }
        // One and the same opening has to show all that is asked about.
        let parts =
            (filter.group == nil ? [] : [DossierFilter.child])
            + (filter.procedure == nil && !filter.isLate ? [] : [DossierFilter.procedures])
        guard openings.contains(where: { Set($0.parts.split(separator: ",").map(String.init)).isSuperset(of: parts) }) else {
            return false
        }
        let tasks = registers.all(TaskRow.self).filter { $0.dossier == row.id }
        let running = registers.all(ProcedureRow.self).filter { procedure in
            procedure.dossier == row.id && procedure.ended == nil
                && (filter.procedure.map { $0 == procedure.procedure } ?? true)
        }
        func isLate(_ procedure: ProcedureRow) -> Bool {
            procedure.due.map { $0 < day } == true
                || tasks.contains { $0.instance == procedure.instance && $0.due.map { $0 < day } == true }
        }
        return (filter.school.map { $0 == row.school } ?? true) && (filter.group.map { $0 == row.group } ?? true)
            && (filter.procedure == nil || !running.isEmpty) && (!filter.isLate || running.contains(where: isLate))
            && (!filter.isWaiting || tasks.contains { $0.kind == .act && wanted.contains($0.principal) })
    }

    private func visible(to principals: [String], on day: Day) -> [DossierRow] {
        let registers = registers
        let wanted = Set(principals)
        let open = Set(
            registers.all(OpeningRow.self)
                .filter { opening in wanted.contains(opening.principal) && opening.until.map { day <= $0 } ?? true }
                .map(\.dossier))
        return registers.all(DossierRow.self).filter { open.contains($0.id) }
    }

    package func tasks(
        for principals: [String], kind: TaskRow.Kind, limit: Int
    ) async throws(JournalFault) -> [TaskRow] {
        let registers = registers
        let wanted = Set(principals)
        let found = registers.all(TaskRow.self).filter { $0.kind == kind && wanted.contains($0.principal) }
            .sorted { $0.comesBefore($1) }
        var seen: Set<[String]> = []
        var entries: [TaskRow] = []
        for task in found {
            guard entries.count < limit else { break }
            let dossier: DossierRow? = registers.row(RegisterValue(task.dossier))
            guard dossier != nil, seen.insert([task.instance.rawValue, task.step]).inserted else { continue }
            entries.append(task)
        }
        return entries
    }

    package func tasks(of dossier: DossierID) async throws(JournalFault) -> [TaskRow] {
        registers.all(TaskRow.self).filter { $0.dossier == dossier }.sorted { $0.values.precedes($1.values) }
    }

    package func changed(for principals: [String], on day: Day, limit: Int) async throws(JournalFault) -> [DossierRow] {
        let newest = visible(to: principals, on: day).sorted { left, right in
            left.changedAt == right.changedAt
                ? left.id.rawValue.precedesByBytes(right.id.rawValue) : left.changedAt > right.changedAt
        }
        return Array(newest.prefix(max(0, limit)))
    }

    package func changes(of dossier: DossierID, limit: Int) async throws(JournalFault) -> [ChangeRow] {
        let rows = registers.all(ChangeRow.self).filter { $0.dossier == dossier }.sorted { $0.version > $1.version }
        return Array(rows.prefix(max(0, limit)))
    }

    package func procedures(of dossier: DossierID) async throws(JournalFault) -> [ProcedureRow] {
        registers.all(ProcedureRow.self).filter { $0.dossier == dossier }.sorted { $0.comesBefore($1) }
    }

    package func procedures(_ procedure: String, state: String, limit: Int) async throws(JournalFault) -> [ProcedureRow] {
        let rows = registers.all(ProcedureRow.self).filter { $0.procedure == procedure && $0.state == state }
        return Array(rows.sorted { $0.comesBefore($1) }.prefix(max(0, limit)))
    }

    package func procedure(_ instance: InstanceID) async throws(JournalFault) -> ProcedureRow? {
        registers.row(RegisterValue(instance))
    }

    package func decision(number: String) async throws(JournalFault) -> DecisionRow? {
        registers.all(DecisionRow.self).first { $0.number == number }
    }

    package func decisions(of dossier: DossierID) async throws(JournalFault) -> [DecisionRow] {
        registers.all(DecisionRow.self).filter { $0.dossier == dossier }.sorted { $0.comesBefore($1) }
    }

    package func decisions(
        issuedFrom first: Day, through last: Day, limit: Int
    ) async throws(JournalFault) -> [DecisionRow] {
        let rows = registers.all(DecisionRow.self).filter { first <= $0.issued && $0.issued <= last }
        return Array(rows.sorted { $0.comesBefore($1) }.prefix(max(0, limit)))
    }

    package func ending(
        _ filter: EndingFilter, for principals: [String]?, on day: Day, after: EndingKey?, limit: Int
    ) async throws(JournalFault) -> [EndingDecision] {
        let registers = registers
        let openings = registers.all(OpeningRow.self).filter { opening in
            let parts = Set(opening.parts.split(separator: ",").map(String.init))
            return principals?.contains(opening.principal) == true && opening.until.map { day <= $0 } ?? true
                && parts.isSuperset(of: [DossierFilter.child, EndingDecision.decisions])
        }
        let open = principals == nil ? nil : Set(openings.map(\.dossier))
        let procedures = registers.all(ProcedureRow.self)
        let rows = registers.all(DecisionRow.self).compactMap { decision -> (EndingKey, EndingDecision)? in
            guard let end = decision.end, filter.first <= end, end <= filter.last, open?.contains(decision.dossier) ?? true,
                let dossier: DossierRow = registers.row(RegisterValue(decision.dossier)),
                filter.school.map({ $0 == dossier.school }) ?? true, filter.dossier.map({ $0 == dossier.id }) ?? true,
                let from = procedures.first(where: { $0.instance == decision.instance }),
                filter.of.contains("\(from.procedure).\(decision.outcome)")
            else { return nil }
            let begun = procedures.filter {
                $0.dossier == decision.dossier && $0.procedure == filter.follows && $0.started >= decision.issued
                    && $0.instance != decision.instance
            }.max { $0.comesBefore($1) }
            return (
                EndingKey(ends: end, number: decision.number), EndingDecision(decision: decision, dossier: dossier, begun: begun)
            )
        }.sorted { $0.0.comesBefore($1.0) }
        return rows.filter { after?.comesBefore($0.0) ?? true }.prefix(max(0, limit)).map(\.1)
    }

    package func endingCount(
        _ filter: EndingFilter, for principals: [String]?, on day: Day
    ) async throws(JournalFault) -> EndingCount {
        let all = try await ending(filter, for: principals, on: day, after: nil, limit: .max)
        let shown = Set(
            registers.all(OpeningRow.self).filter { opening in
                let parts = Set(opening.parts.split(separator: ",").map(String.init))
                return principals?.contains(opening.principal) == true && opening.until.map { day <= $0 } ?? true
                    && parts.isSuperset(of: [DossierFilter.child, EndingDecision.decisions, DossierFilter.procedures])
            }.map(\.dossier))
        return EndingCount(
            all: all.count, notBegun: all.count { $0.begun == nil && (principals == nil || shown.contains($0.dossier.id)) })
    }

    package func questions(
        in reach: [QuestionReach], states: Set<SchoolQuestion.State>, limit: Int
    ) async throws(JournalFault) -> [QuestionRow] {
        let rows = registers.all(QuestionRow.self).filter { row in
            states.contains(row.state) && reach.contains { $0.holds(row) }
        }
        return Array(rows.sorted { ($1.changedAt, $0.id) < ($0.changedAt, $1.id) }.prefix(max(0, limit)))
    }

    package func questions(
        of kind: String, state: SchoolQuestion.State, changedBefore: Instant, limit: Int
    ) async throws(JournalFault) -> [QuestionRow] {
        let rows = registers.all(QuestionRow.self).filter {
            $0.kind == kind && $0.state == state && $0.changedAt < changedBefore
        }
        return Array(rows.sorted { ($0.changedAt, $0.id) < ($1.changedAt, $1.id) }.prefix(max(0, limit)))
    }

    package func people(email: String) async throws(JournalFault) -> [PersonRow] {
        registers.all(PersonRow.self).filter { $0.email.lowercased() == email.lowercased() }
            .sorted { $0.id.rawValue.precedesByBytes($1.id.rawValue) }
    }

    package func person(_ id: PersonID) async throws(JournalFault) -> PersonRow? { registers.row(RegisterValue(id)) }

    package func people(search: String?, limit: Int) async throws(JournalFault) -> [PersonRow] {
        people(registers.all(PersonRow.self), search, limit)
    }

    package func people(
        at organisations: [OrganisationID], search: String?, limit: Int
    ) async throws(JournalFault) -> [PersonRow] {
        let holders = Set(registers.all(FunctionRow.self).filter { organisations.contains($0.organisation) }.map(\.person))
        return people(registers.all(PersonRow.self).filter { holders.contains($0.id) }, search, limit)
    }

    private func people(_ all: [PersonRow], _ search: String?, _ limit: Int) -> [PersonRow] {
        let words = NameKey.searchWords(search)
        let rows = all.map { (key: NameKey.fold($0.name), row: $0) }
            .filter { NameKey.matches($0.key, words: words) }
            .sorted { [.text($0.key), RegisterValue($0.row.id)].precedes([.text($1.key), RegisterValue($1.row.id)]) }
        return rows.prefix(max(0, limit)).map(\.row)
    }

    package func functions(of person: PersonID, on day: Day) async throws(JournalFault) -> [FunctionRow] {
        functions(on: day) { $0.person == person }
    }

    package func functions(
        at organisation: OrganisationID, function: String?, on day: Day
    ) async throws(JournalFault) -> [FunctionRow] {
        functions(on: day) { $0.organisation == organisation && (function ?? $0.function) == $0.function }
    }

    package func functions(
        _ functions: Set<String>, at organisations: Set<OrganisationID>, on day: Day
    ) async throws(JournalFault) -> [FunctionRow] {
        self.functions(on: day) { organisations.contains($0.organisation) && functions.contains($0.function) }
    }

    private func functions(on day: Day, where fits: (FunctionRow) -> Bool) -> [FunctionRow] {
        registers.all(FunctionRow.self)
            .filter { row in fits(row) && row.from <= day && row.until.map { day <= $0 } ?? true }
            .sorted { $0.id.precedesByBytes($1.id) }
    }

    package func organisations(
        search: String?, kind: String?, limit: Int
    ) async throws(JournalFault) -> [OrganisationRow] {
        let words = NameKey.searchWords(search)
        let code = search?.uppercased()
        let rows = registers.all(OrganisationRow.self).filter { (kind ?? $0.kind) == $0.kind }
            .map { (key: NameKey.fold($0.name), row: $0) }
            .filter { NameKey.matches($0.key, words: words) || (code != nil && $0.row.code == code) }
            .sorted { [.text($0.key), RegisterValue($0.row.id)].precedes([.text($1.key), RegisterValue($1.row.id)]) }
        return rows.prefix(max(0, limit)).map(\.row)
    }

    package func organisation(_ id: OrganisationID) async throws(JournalFault) -> OrganisationRow? {
        registers.row(RegisterValue(id))
    }

    package func retentionOver(
        before day: Day, after: RetentionKey?, limit: Int
    ) async throws(JournalFault) -> [RetentionRow] {
        let keyed = registers.all(RetentionRow.self).compactMap { row -> (key: RetentionKey, row: RetentionRow)? in
            guard !row.isHeld, let kept = row.keptUntil, kept < day else { return nil }
            return (RetentionKey(keptUntil: kept, dossier: row.dossier), row)
        }.sorted { $0.key.comesBefore($1.key) }
        return keyed.filter { after?.comesBefore($0.key) ?? true }.prefix(max(0, limit)).map(\.row)
    }

    package func retention(_ stage: RetentionRow.Stage) async throws(JournalFault) -> [RetentionRow] {
        registers.all(RetentionRow.self).filter { $0.stage == stage }
            .sorted { $0.dossier.rawValue.precedesByBytes($1.dossier.rawValue) }
    }

    package func rights(at schools: [OrganisationID]?, limit: Int) async throws(JournalFault) -> [RightsRow] {
        let found = registers.all(RightsRow.self).filter { schools?.contains($0.school) ?? true }.sorted { one, other in
            if one.due != other.due { return one.due < other.due }
            if one.dossier != other.dossier { return one.dossier.rawValue.precedesByBytes(other.dossier.rawValue) }
            return one.request.rawValue.precedesByBytes(other.request.rawValue)
        }
        return Array(found.prefix(max(0, limit)))
    }

    package func counts() async throws(JournalFault) -> RegisterCounts {
        let registers = registers
        var counts = RegisterCounts()
        for row in registers.all(DossierRow.self) { counts.dossiers[row.state, default: 0] += 1 }
        for row in registers.all(ProcedureRow.self) { counts.procedures[row.procedure, default: [:]][row.state, default: 0] += 1 }
        counts.decisions = registers.all(DecisionRow.self).count
        counts.people = registers.all(PersonRow.self).count
        counts.organisations = registers.all(OrganisationRow.self).count
        for remain in registers.all(RemainRow.self) { counts.add(remain) }
        return counts
    }
}

extension ProcedureRow {
    fileprivate func comesBefore(_ other: ProcedureRow) -> Bool {
        started == other.started ? instance.rawValue.precedesByBytes(other.instance.rawValue) : started < other.started
    }
}

extension EndingKey {
    fileprivate func comesBefore(_ other: EndingKey) -> Bool {
        ends == other.ends ? number.precedesByBytes(other.number) : ends < other.ends
    }
}

extension DecisionRow {
    fileprivate func comesBefore(_ other: DecisionRow) -> Bool {
        issued == other.issued ? number.precedesByBytes(other.number) : issued < other.issued
    }
}

extension RetentionKey {
    fileprivate func comesBefore(_ other: RetentionKey) -> Bool {
        keptUntil == other.keptUntil ? dossier.rawValue.precedesByBytes(other.dossier.rawValue) : keptUntil < other.keptUntil
    }
}
