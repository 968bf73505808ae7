import Domain
import GRDB
import Journal
import Testing

@testable import JournalSQLite

@Suite("The tables of the registers")
struct RegisterSchemaTests {
    @Test("of an earlier release have openings by the hour and every word of their names, as if they were written now")
    func openings() throws {
        let rows = [
            DossierRow.sample("d-1", "Jan Jansen", "de Jong", changedAt: minute(95)),
            DossierRow.sample("d-2", "Zoë", "'t Hart", changedAt: Instant(milliseconds: -1)),
        ].flatMap { row in ["ib@s", "ib@s#p"].map { row.opening(for: $0, until: day(3)) } }
        func words(_ migrate: (Database) throws -> Void) throws -> [[DatabaseValue]] {
            let queue = try DatabaseQueue()
            return try queue.write { db in
                try migrate(db)
                let openings = try Row.fetchAll(db, sql: "SELECT principal, dossier, changed_at, '' FROM openings ORDER BY 1, 2")
                let words = try Row.fetchAll(
                    db, sql: "SELECT principal, word, dossier, until FROM opening_words ORDER BY 1, 2, 3")
                return (openings + words).map { Array($0.databaseValues) }
            }
        }
        let steps = SQLiteStore.registerMigrations
        let fresh = try words { db in
            for step in steps { try step.work(db) }
            for row in rows { try RegisterTables(db).insert(row) }
        }
        let earlier = try words { db in
            try steps[0].work(db)
            for row in rows { try RegisterTables(db).insert(row) }
            try db.execute(sql: "UPDATE openings SET changed_at = changed_at + 59 * 60000")
            for step in steps.dropFirst() { try step.work(db) }
        }
        #expect(fresh == earlier)
        let found = fresh.suffix(7).map { String.fromDatabaseValue($0[1]) }
        #expect(found == ["de", "hart", "jan", "jansen", "jong", "t", "zoe"])
        #expect(fresh.count == 4 + 7)
    }

    @Test("keep no word of a name in the index when its opening is renamed or goes")
    func words() throws {
        let queue = try DatabaseQueue()
        let left = try queue.write { db in
            for step in SQLiteStore.registerMigrations { try step.work(db) }
            let tables = RegisterTables(db)
            let row = DossierRow.sample("d-1", "Jan", "Jansen").opening(for: "ib@s")
            try tables.insert(row)
            try tables.apply(RegisterChange(upserts: [DossierRow.sample("d-1", "Jo", "Smit").opening(for: "ib@s")]))
            let renamed = try String.fetchAll(db, sql: "SELECT word FROM opening_words ORDER BY 1")
            try tables.apply(RegisterChange(deletes: [row.key]))
            return (renamed, try Int.fetchOne(db, sql: "SELECT count(*) FROM opening_words"))
        }
        #expect(left.0 == ["jo", "smit"])
        #expect(left.1 == 0)
    }
}
