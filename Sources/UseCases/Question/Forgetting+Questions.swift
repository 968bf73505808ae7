import Domain
import Journal

extension Forgetting {
    /// How many questions of a kind go at once; the rest follows the next time.
    private static let mostQuestions = 100

    /// Destroys what was said in questions that became a dossier, and in closed ones whose time is over.
    ///
    /// They name no child, so nobody is asked: what stays is that a school asked something. A kind that the plan in force has no
    /// more is kept no longer.
    /// - Returns: how many went.
    @discardableResult
    func forgetQuestions() async throws -> Int {
        let now = installation.clock.now()
        let registers = installation.registers
        var rows: [QuestionRow] = []
        // Whatever kind there ever was came with some version of the plan.
        for kind in Set(installation.shelf.versions.flatMap(\.questions).map(\.id)).sorted() {
            rows += try await registers.questions(
                of: kind, state: .brought, changedBefore: now, limit: Self.mostQuestions)
            // Of one kind those that changed longest ago are the first whose time is over.
            let closed = try await registers.questions(
                of: kind, state: .closed, changedBefore: now, limit: Self.mostQuestions)
            let kept = installation.rules.question(kind)?.kept
            rows += closed.filter { row in kept.map { $0.after(row.changedAt.day) < installation.today } ?? true }
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
