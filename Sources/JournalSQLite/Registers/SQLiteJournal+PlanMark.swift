import GRDB
import Journal

extension SQLiteJournal: PlanMark {
    package func planOfRegisters() async throws -> String? {
        try await store.read { db in try String.fetchOne(db, sql: "SELECT plan FROM plan_of_registers") }
    }

    package func setPlanOfRegisters(_ plan: String) async throws {
        try await store.write { db in
            try db.execute(
                sql: "INSERT INTO plan_of_registers (one, plan) VALUES (1, ?) ON CONFLICT DO UPDATE SET plan = excluded.plan",
                arguments: [plan])
        }
    }
}
