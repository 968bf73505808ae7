import Domain
import Journal
import Testing

@Suite("The difference between two sets of rows")
struct RegisterChangeTests {
    private let anna = DossierRow.sample("dossier-1", "Anna", "Visser")
    private let bram = DossierRow.sample("dossier-2", "Bram", "Bakker")

    @Test("is empty when nothing changed, whatever the order")
    func empty() {
        let rows: [any RegisterRow] = [anna, bram, anna.opening(for: "ib@school-1")]
        #expect(RegisterChange.between(old: rows, new: rows.reversed()).isEmpty)
        #expect(RegisterChange.between(old: [], new: []).isEmpty)
    }

    @Test("has what is new and what is other as upserts, what is gone as deletes, and nothing else")
    func differs() {
        var older = anna
        older.state = "closed"
        let gone = anna.opening(for: "person:person-a")
        let change = RegisterChange.between(
            old: [anna, bram, gone, anna.opening(for: "ib@school-1")],
            new: [older, bram, anna.opening(for: "ib@school-1"), bram.opening(for: "ib@school-1")])
        #expect(change.upserts.map(\.key) == [anna.key, bram.opening(for: "ib@school-1").key])
        #expect(change.upserts.first?.values == older.values)
        #expect(change.deletes == [gone.key])
    }

    @Test("tells rows of different registers apart though their keys have the same values")
    func tellsTablesApart() {
        let person = PersonRow(id: "same", name: "A", email: "a@example.org")
        let organisation = OrganisationRow(id: "same", kind: "school", name: "A")
        let change = RegisterChange.between(old: [person], new: [organisation])
        #expect(change.upserts.map(\.key) == [organisation.key])
        #expect(change.deletes == [person.key])
    }

    @Test("takes the last of two new rows with one key, and deletes a doubled old row once")
    func takesLast() {
        var later = anna
        later.group = "6"
        #expect(RegisterChange.between(old: [], new: [anna, later]).upserts.map(\.values) == [later.values])
        #expect(RegisterChange.between(old: [later], new: [anna, later]).isEmpty)
        #expect(RegisterChange.between(old: [anna, anna], new: []).deletes == [anna.key])
    }
}

@Suite("A register row")
struct RegisterRowTests {
    @Test("reads back what it writes, with and without its optional values")
    func readsBack() throws {
        let anna = DossierRow.sample("dossier-1", "Anna", "Visser")
        let rows: [any RegisterRow] = [
            anna, anna.opening(for: "p", until: day(3)), anna.opening(for: "p"),
            anna.task(for: "p", .await, instance: "i", since: minute(2), due: day(4)),
            anna.task(for: "p", instance: "i", since: minute(2), due: nil), anna.procedure("i"),
            ProcedureRow(
                instance: "i", dossier: "d", procedure: "p", plan: "v", school: "s", state: "ended", outcome: "granted",
                started: day(1), received: day(2), complete: day(3), due: day(4), ended: day(5)),
            anna.decision("i", ordinal: 3),
            DecisionRow(dossier: "d", instance: "i", number: "n", counter: "c", ordinal: 1, outcome: "refused", issued: day(1)),
            ChangeRow(dossier: "d", version: 2, at: minute(1), actor: "a", code: "c", detail: "x"),
            PersonRow(id: "a", name: "Ä", email: "A@example.org"), OrganisationRow(id: "o", kind: "k", name: "n"),
            OrganisationRow(
                id: "o", kind: "k", name: "n", code: "01AB", postcode: "1234 AB", place: "Dorp", closed: day(1)),
            FunctionRow(id: "f", person: "a", function: "ib", organisation: "o", from: day(1)),
            FunctionRow(
                id: "f", person: "a", function: "expert", organisation: "o", discipline: "d", from: day(1), until: day(2),
                replaces: "b"),
            QuestionRow(
                id: QuestionID("q"), kind: "adviser", school: "o", asker: "a", group: nil, state: .open, asked: minute(1),
                changedAt: minute(2)),
            QuestionRow(
                id: QuestionID("q"), kind: "adviser", school: "o", asker: "a", group: "4", state: .brought, asked: minute(1),
                changedAt: minute(2)),
            RetentionRow(
                dossier: "d", school: "s", keptUntil: day(1), isHeld: true, stage: .announced, stopUntil: day(2)),
            RetentionRow(dossier: "d", school: "s", keptUntil: nil, isHeld: false, stage: .none, stopUntil: nil),
            RemainRow(statement: "s", place: 1, kind: "decision", what: "tlv", state: "granted", year: 2023, count: 1),
            RemainRow(statement: "s", place: 2, kind: "dossier", what: "dossier", state: "forgotten", year: nil, count: 1),
            RightsRow(
                dossier: "d", request: "r", school: "s", right: .copy, asked: day(1), due: day(2), state: .running),
            RightsRow(
                dossier: "d", request: "q", school: "s", right: .restriction, asked: day(1), due: day(2), state: .telling),
        ]
        for row in rows { try check(row) }
        #expect(Set(rows.map { type(of: $0).table.name }) == Set(RegisterRows.tables.map(\.name)))
    }

    private func check<Row: RegisterRow>(_ row: Row) throws {
        #expect(row.values.count == Row.table.columns.count)
        #expect(try Row(values: row.values) == row)
        let fault = JournalFault.unreadableRow(table: Row.table.name)
        #expect(throws: fault) { try Row(values: Array(row.values.prefix(1))) }
        #expect(throws: fault) { try Row(values: [.null] + row.values.dropFirst()) }
    }
}
