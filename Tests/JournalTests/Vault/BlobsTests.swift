import Domain
import Foundation
import GRDB
import JournalSQLite
import Synchronization
import Testing

@testable import Journal

@Suite("Contents of documents")
final class BlobsTests: Sendable {
    private let folder: URL
    private let store: SQLiteStore
    private let blobs: SQLiteBlobs
    private let stream = StreamID("dossier-mila")
    private let start = Instant(milliseconds: 1_800_000_000_000)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "blobs-\(UUID().uuidString)")
        store = try SQLiteStore.open(directory: folder, master: .generate())
        blobs = SQLiteBlobs(store, directory: folder)
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    private var files: [String] {
        let path = folder.appending(path: "blobs").path(percentEncoded: false)
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    private func bytes(_ count: Int) -> Data { Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }) }

    private func file(_ reference: BlobReference) -> URL { folder.appending(path: "blobs/\(reference.id)") }

    @Test(
        "contents of every size come back as they were; large ones lie in a file",
        arguments: [0, 1, 99_999, 100_000, 100_001, 1_048_575, 1_048_576, 1_048_577, 3_145_733])
    func sizes(count: Int) async throws {
        let contents = bytes(count)
        let reference = try await blobs.store(contents, for: stream, at: start)
        #expect(reference.size == count)
        #expect(reference.isOf(contents))
        #expect(try await blobs.read(reference, of: stream) == contents)
        #expect(files == (count > 100_000 ? [reference.id] : []))
        guard count > 100_000 else { return }
        let path = folder.appending(path: "blobs").path(percentEncoded: false)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o700)
    }

    @Test("without a folder everything lies in the table")
    func noFolder() async throws {
        let blobs = SQLiteBlobs(store, directory: nil)
        let contents = bytes(2_500_000)
        let reference = try await blobs.store(contents, for: stream, at: start)
        #expect(try await blobs.read(reference, of: stream) == contents)
        #expect(files.isEmpty)
    }

    @Test("nothing of the contents can be read in database or file")
    func sealed() async throws {
        let secret = Data("Mila leest graag over egels".utf8)
        let small = try await blobs.store(secret, for: stream, at: start)
        let large = try await blobs.store(secret + bytes(200_000) + secret, for: stream, at: start)
        let inTable = try await store.read { db in
            try Data.fetchOne(db, sql: "SELECT sealed FROM blobs WHERE id = ?", arguments: [small.id])
        }
        #expect(inTable?.range(of: secret) == nil)
        #expect(try Data(contentsOf: file(large)).range(of: secret) == nil)
        #expect(small.sha256.count == 64)
        #expect(small.id.count == 32)
    }

    @Test("whatever is done to a file shows: a bit, its end, its pieces, another file in its place")
    func tampered() async throws {
        let contents = bytes(3_145_733)
        let reference = try await blobs.store(contents, for: stream, at: start)
        let other = try await blobs.store(contents, for: stream, at: start)
        let whole = try Data(contentsOf: file(reference))
        let piece = VaultSeal.chunk + 28
        #expect(whole.count == contents.count + 4 * 28)
        var swapped = whole[piece..<(2 * piece)] + whole[..<piece]
        swapped += whole[(2 * piece)...]
        var changed: [Data] = [
            Data(), whole.dropLast(1), whole.prefix(3 * piece), whole.prefix(piece), whole + Data([0]), whole + whole.suffix(33),
            swapped,
            whole.dropFirst(piece), Data(contents), try Data(contentsOf: file(other)),
        ]
        for place in [0, 11, 12, piece - 1, piece, 2 * piece + 500, whole.count - 1] {
            var flipped = whole
            flipped[place] ^= 0x10
            changed.append(flipped)
        }
        for bytes in changed {
            try bytes.write(to: file(reference))
            await #expect(throws: VaultFault.blobDamaged(reference.id)) { _ = try await blobs.read(reference, of: stream) }
        }
        try whole.write(to: file(reference))
        #expect(try await blobs.read(reference, of: stream) == contents)
        try FileManager.default.removeItem(at: file(reference))
        await #expect(throws: VaultFault.blobMissing(reference.id)) { _ = try await blobs.read(reference, of: stream) }
    }

    @Test("what the event says of the contents is checked as well")
    func reference() async throws {
        let reference = try await blobs.store(bytes(10), for: stream, at: start)
        let lying = BlobReference(id: reference.id, sha256: BlobReference.fresh(bytes(11)).sha256, size: 10)
        await #expect(throws: VaultFault.blobDamaged(reference.id)) { _ = try await blobs.read(lying, of: stream) }
        let longer = BlobReference(id: reference.id, sha256: reference.sha256, size: 11)
        await #expect(throws: VaultFault.blobDamaged(reference.id)) { _ = try await blobs.read(longer, of: stream) }
    }

    @Test("contents of one dossier do not open in another, not even when the row is moved there")
    func otherStream() async throws {
        let reference = try await blobs.store(bytes(10), for: stream, at: start)
        let other = StreamID("dossier-sem")
        let own = try await blobs.store(bytes(10), for: other, at: start)
        await #expect(throws: VaultFault.blobMissing(reference.id)) { _ = try await blobs.read(reference, of: other) }
        try await store.write { db in
            try db.execute(sql: "UPDATE blobs SET stream = 'dossier-sem' WHERE id = ?", arguments: [reference.id])
        }
        await #expect(throws: VaultFault.blobDamaged(reference.id)) { _ = try await blobs.read(reference, of: other) }
        #expect(try await blobs.read(own, of: other) == bytes(10))
    }

    @Test("a forgotten dossier's contents are unreadable at once, and then gone")
    func erased() async throws {
        let small = try await blobs.store(bytes(10), for: stream, at: start)
        let large = try await blobs.store(bytes(200_000), for: stream, at: start)
        let other = try await blobs.store(bytes(200_000), for: StreamID("dossier-sem"), at: start)
        try await SQLiteJournal(store).erase([stream], at: start, registers: RegisterChange())
        for reference in [small, large] {
            await #expect(throws: JournalFault.erased(stream)) { _ = try await blobs.read(reference, of: stream) }
        }
        for count in [10, 200_000] {
            await #expect(throws: JournalFault.erased(stream)) { _ = try await blobs.store(bytes(count), for: stream, at: start) }
        }
        try await blobs.forget([stream])
        #expect(files == [other.id])
        let rows = try await store.read { db in try String.fetchAll(db, sql: "SELECT id FROM blobs") }
        #expect(rows == [other.id])
    }

    @Test("a sweep deletes what no event mentions and what was never finished, and nothing else")
    func sweep() async throws {
        // Files carry the machine's own time, so here the moments are real ones.
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let before = now.adding(days: -2)
        let until = now.adding(days: -1)
        let kept = [
            try await blobs.store(bytes(10), for: stream, at: before),
            try await blobs.store(bytes(150_000), for: stream, at: before),
        ]
        let lost = [
            try await blobs.store(bytes(11), for: stream, at: before),
            try await blobs.store(bytes(150_001), for: stream, at: before),
        ]
        let late = try await blobs.store(bytes(150_002), for: stream, at: now)
        for (name, age) in [("aaaa", 2), ("bbbb.part", 2), ("cccc", 0), ("dddd.part", 0)] {
            let file = folder.appending(path: "blobs/\(name)")
            try Data([1]).write(to: file)
            let date = Date(timeIntervalSinceNow: Double(-age * 86_400))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path(percentEncoded: false))
        }
        let mentioned = Set(kept.map(\.id))
        let swept = try await blobs.sweep(from: before, until: until) { stream, id in
            stream.rawValue == "dossier-mila" && mentioned.contains(id)
        }
        #expect(swept == 4)
        #expect(files == [kept[1].id, late.id, "cccc", "dddd.part"].sorted())
        for reference in kept + [late] { #expect(try await blobs.read(reference, of: stream).count == reference.size) }
        for reference in lost {
            await #expect(throws: VaultFault.blobMissing(reference.id)) { _ = try await blobs.read(reference, of: stream) }
        }
        #expect(try await blobs.sweep(from: until, until: now) { _, _ in true } == 0, "earlier ones were looked at before")
    }

    @Test("a sweep over many pages asks about each of them once")
    func sweepPages() async throws {
        let blobs = blobs
        let stream = stream
        let start = start
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<1203 {
                group.addTask {
                    _ = try await blobs.store(Data([1]), for: stream, at: start.adding(milliseconds: Int64(index / 700)))
                }
            }
            try await group.waitForAll()
        }
        let asked = Counter()
        #expect(
            try await blobs.sweep(from: start, until: start.adding(days: 1)) { _, _ in asked.next().isMultiple(of: 2) } == 601)
        #expect(asked.count == 1203)
        #expect(try await blobs.sweep(from: start, until: start.adding(days: 1)) { _, _ in true } == 0)
    }

    @Test("many large documents at once are all stored whole")
    func parallel() async throws {
        let blobs = blobs
        let stream = stream
        let start = start
        let contents = (0..<12).map { bytes(150_000 + $0) }
        let stored = try await withThrowingTaskGroup(of: (Int, BlobReference).self) { group in
            for (index, bytes) in contents.enumerated() {
                group.addTask { (index, try await blobs.store(bytes, for: stream, at: start)) }
            }
            return try await group.reduce(into: [(Int, BlobReference)]()) { $0.append($1) }
        }
        for (index, reference) in stored { #expect(try await blobs.read(reference, of: stream) == contents[index]) }
        #expect(files.count == 12)
    }

    @Test("a full or closed folder fails the storing and leaves no row")
    func unwritable() async throws {
        try Data().write(to: folder.appending(path: "blobs"))
        await #expect(throws: VaultFault.self) { _ = try await blobs.store(bytes(200_000), for: stream, at: start) }
        let rows = try await store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM blobs") }
        #expect(rows == 0)
    }
}

/// Counts from several tasks.
private final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }
            return value
        }
    }
}
