import Domain
import Journal

extension Forgetting {
    /// How many questions go at once; the rest follows the next time.
    private static let mostQuestions = 100

    /// Destroys what was said in questions that became a dossier, and in closed ones whose time is over.
    ///
    /// They name no child, so nobody is asked: what stays is that a school asked something. A kind that the plan in force has no
    /// more is kept no longer.
    /// - Returns: how many went.
    @discardableResult
    func forgetQuestions() async throws -> Int {
        let now = installation.clock.now()
        var rows = try await installation.registers.questions(in: .brought, changedBefore: now, limit: Self.mostQuestions)
        let closed = try await installation.registers.questions(
            in: .closed, changedBefore: now, limit: Self.mostQuestions)
        rows += closed.filter { row in
            installation.rules.question(row.kind).map { $0.kept.after(row.changedAt.day) < installation.today } ?? true
        }
        guard !rows.isEmpty else { return 0 }
        try await upkeep.erase(
            rows.map { Projection.stream($0.id) }, at: now,
            registers: RegisterChange(deletes: rows.map { RegisterKey(table: QuestionRow.table, values: [RegisterValue($0.id)]) })
        )
        try await upkeep.settle()
        return rows.count
    }
}
