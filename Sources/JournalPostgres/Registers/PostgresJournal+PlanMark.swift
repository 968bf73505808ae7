import Journal

extension PostgresJournal: PlanMark {
    package func planOfRegisters() async throws -> String? {
        try await store.ask { db in try db.rows("SELECT plan FROM plan_of_registers").first?.text(0) }
    }

    package func setPlanOfRegisters(_ plan: String) async throws {
        try await store.change { db in
            _ = try db.execute(
                "INSERT INTO plan_of_registers (one, plan) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET plan = excluded.plan",
                [.text(plan)])
        }
    }
}
