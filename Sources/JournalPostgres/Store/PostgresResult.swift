import CLibPQ
import Domain
import Foundation
import Journal

/// What a statement gave: rows in the database's own form, and how many were changed.
struct PostgresResult {
    /// Frees the memory of libpq with the last who holds it.
    private final class Memory {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { PQclear(pointer) }
    }

    private let memory: Memory

    /// Takes over what libpq gave.
    init(_ pointer: OpaquePointer) { memory = Memory(pointer) }

    /// The number of rows that were inserted, updated or deleted.
    var changed: Int {
        guard let text = PQcmdTuples(memory.pointer) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    /// What was done, in the server's word: a transaction that failed answers `COMMIT` with `ROLLBACK`.
    var done: String { PQcmdStatus(memory.pointer).map { String(cString: $0) } ?? "" }

    var count: Int { Int(PQntuples(memory.pointer)) }

    /// The rows in order.
    var rows: [PostgresRow] { (0..<count).map { PostgresRow(result: self, index: Int32($0)) } }

    var first: PostgresRow? { count > 0 ? PostgresRow(result: self, index: 0) : nil }

    fileprivate var columns: Int32 { PQnfields(memory.pointer) }

    fileprivate func type(_ column: Int32) -> UInt32 { PQftype(memory.pointer, column) }

    fileprivate func bytes(_ row: Int32, _ column: Int32) -> UnsafeBufferPointer<UInt8>? {
        guard column < columns, PQgetisnull(memory.pointer, row, column) == 0, let start = PQgetvalue(memory.pointer, row, column)
        else { return nil }
        let count = Int(PQgetlength(memory.pointer, row, column))
        return UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: UInt8.self)
    }
}

/// One row of a result; its values are read by their place.
///
/// A value of another type than is asked for is no value: what must be there is asked for by `text`, `int` and `bytes`, which
/// throw.
struct PostgresRow {
    fileprivate let result: PostgresResult
    fileprivate let index: Int32

    /// The types of the server that are met: 64 and 32 bits, truth, text and bytes.
    private enum Oid {
        static let truth: UInt32 = 16
        static let bytes: UInt32 = 17
        static let int8: UInt32 = 20
        static let int4: UInt32 = 23
        static let texts: Set<UInt32> = [25, 1043, 19, 18, 1042]
    }

    func optionalInt(_ column: Int) -> Int64? {
        guard let bytes = result.bytes(index, Int32(column)) else { return nil }
        switch (result.type(Int32(column)), bytes.count) {
        case (Oid.int8, 8), (Oid.int4, 4):
            let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return bytes.count == 8 ? Int64(bitPattern: number) : Int64(Int32(truncatingIfNeeded: number))
        case (Oid.truth, 1): return Int64(bytes[0])
        default: return nil
        }
    }

    func optionalText(_ column: Int) -> String? {
        guard let bytes = result.bytes(index, Int32(column)), Oid.texts.contains(result.type(Int32(column))) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func optionalBytes(_ column: Int) -> Data? {
        guard let bytes = result.bytes(index, Int32(column)), result.type(Int32(column)) == Oid.bytes else { return nil }
        return Data(bytes)
    }

    func int(_ column: Int) throws(JournalFault) -> Int64 {
        guard let number = optionalInt(column) else { throw .unreadableRow(table: "column \(column)") }
        return number
    }

    func text(_ column: Int) throws(JournalFault) -> String {
        guard let text = optionalText(column) else { throw .unreadableRow(table: "column \(column)") }
        return text
    }

    func bytes(_ column: Int) throws(JournalFault) -> Data {
        guard let bytes = optionalBytes(column) else { throw .unreadableRow(table: "column \(column)") }
        return bytes
    }

    func truth(_ column: Int) throws(JournalFault) -> Bool { try int(column) != 0 }

    func moment(_ column: Int) throws(JournalFault) -> Instant { Instant(milliseconds: try int(column)) }

    func optionalMoment(_ column: Int) -> Instant? { optionalInt(column).map { Instant(milliseconds: $0) } }

    func id<ID: Identifier>(_ column: Int) throws(JournalFault) -> ID { ID(rawValue: try text(column)) }

    /// The value as a register has it; nil for a type that no register has.
    func registerValue(_ column: Int) -> RegisterValue? {
        guard result.bytes(index, Int32(column)) != nil else { return .null }
        if let number = optionalInt(column) { return .int(number) }
        return optionalText(column).map { .text($0) }
    }

    var columns: Int { Int(result.columns) }
}
