import Foundation
import GRDB
import Journal
import Testing

@testable import JournalPostgres
@testable import JournalSQLite

@Suite("Why nothing can be written")
struct WriteOutageTests {
    @Test(
        "is told of SQLite",
        arguments: [
            (ResultCode.SQLITE_FULL, WriteOutage.diskFull), (.SQLITE_READONLY, .diskReadOnly),
            (.SQLITE_READONLY_DBMOVED, .diskReadOnly), (.SQLITE_IOERR, .diskFailed), (.SQLITE_IOERR_FSYNC, .diskFailed),
            (.SQLITE_IOERR_WRITE, .diskFailed), (.SQLITE_CANTOPEN, .diskFailed),
        ])
    func sqlite(_ code: ResultCode, _ outage: WriteOutage) {
        #expect(WriteOutage(JournalFault(DatabaseError(resultCode: code))) == outage)
    }

    @Test(
        "is told of PostgreSQL",
        arguments: [
            ("53100", WriteOutage.diskFull), ("25006", .diskReadOnly), ("58030", .diskFailed), ("57P01", .storeAway),
            ("57P02", .storeAway), ("57P03", .storeAway), ("08006", .storeAway), ("53300", .storeBusy),
        ])
    func postgres(_ state: String, _ outage: WriteOutage) {
        let error = PostgresError(state: state, constraint: nil, table: nil, guardWords: nil, isLost: false)
        #expect(WriteOutage(JournalFault(error)) == outage)
    }

    @Test("is told of files", arguments: [(ENOSPC, WriteOutage.diskFull), (EROFS, .diskReadOnly), (EIO, .diskFailed)])
    func files(_ code: Int32, _ outage: WriteOutage) {
        #expect(WriteOutage(VaultFault.file("write", code: code)) == outage)
    }

    @Test("is not told of what is wrong with what was asked, or with the program")
    func others() {
        #expect(WriteOutage(JournalFault(DatabaseError(resultCode: .SQLITE_CONSTRAINT))) == nil)
        #expect(WriteOutage(JournalFault(DatabaseError(resultCode: .SQLITE_CORRUPT))) == nil)
        #expect(WriteOutage(VaultFault.file("open", code: EACCES)) == nil)
        #expect(WriteOutage(VaultFault.blobMissing("b")) == nil)
        #expect(WriteOutage(JournalFault.closed) == nil)
    }
}
