import Domain
import Foundation
import Journal
import JournalSQLite
import Testing

@Suite("A place of backups")
struct BackupPlaceTests {
    /// A folder with files to back up, a place for the backups, and room to put them back.
    private final class Room {
        let root = FileManager.default.temporaryDirectory.appending(path: "sentrum-backup-\(UUID().uuidString)")
        var data: URL { root.appending(path: "data", directoryHint: .isDirectory) }
        var place: URL { root.appending(path: "place", directoryHint: .isDirectory) }

        init() throws { try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(at: root) }

        func write(_ name: String, _ bytes: Data) throws { try bytes.write(to: data.appending(path: name)) }

        func sources(fixed: Bool = false) throws -> [BackupSource] {
            try FileManager.default.contentsOfDirectory(atPath: data.path).map {
                BackupSource("files/\($0)", at: data.appending(path: $0), isFixed: fixed)
            }
        }

        @discardableResult
        func add(_ place: BackupPlace, at moment: Instant, fixed: Bool = false) throws -> Int64 {
            try place.add(try sources(fixed: fixed)) { files in
                BackupManifest(moment: moment, files: files, origin: "aa", erased: [])
            }.added
        }

        /// What comes back, by name.
        func back(_ place: BackupPlace, _ manifest: BackupManifest) throws -> [String: Data] {
            let target = root.appending(path: "back-\(UUID().uuidString)", directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: target) }
            try place.restore(manifest, into: target)
            let folder = target.appending(path: "files")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return Dictionary(
                uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) })
        }

        /// Every piece that lies there.
        func pieces() throws -> [URL] {
            let found = FileManager.default.enumerator(at: place.appending(path: "pieces"), includingPropertiesForKeys: nil)
            return (found?.allObjects as? [URL] ?? []).filter { $0.lastPathComponent.count == 64 }
        }
    }

    /// Bytes that look like nothing, always the same.
    private static func noise(_ count: Int, _ seed: UInt64) -> Data {
        var state = seed
        return Data(
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            })
    }

    private static let sizes = [0, 1, 65_535, 65_536, 65_537, 200_000]

    @Test("gives back every byte, of files of any size, for their owner alone")
    func thereAndBack() throws {
        let room = try Room()
        for (index, size) in Self.sizes.enumerated() { try room.write("f\(index)", Self.noise(size, UInt64(index))) }
        let place = try BackupPlace.make(room.place, .keys)
        try room.add(place, at: minute(1))
        let back = try room.back(place, try place.newest())
        #expect(back.count == Self.sizes.count)
        for (index, size) in Self.sizes.enumerated() { #expect(back["f\(index)"] == Self.noise(size, UInt64(index))) }
        for piece in try room.pieces() {
            let mode = try FileManager.default.attributesOfItem(atPath: piece.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
        }
    }

    @Test("stores what did not change once, whether it is read again or not", arguments: [false, true])
    func incremental(fixed: Bool) throws {
        let room = try Room()
        var large = Self.noise(1_000_000, 5)
        try room.write("large", large)
        try room.write("same", large)
        let place = try BackupPlace.make(room.place, .keys)
        let first = try room.add(place, at: minute(1), fixed: fixed)
        // Two files of the same bytes are stored once.
        #expect((1_000_000..<1_100_000).contains(first))
        large[500_000] ^= 1
        if !fixed { try room.write("large", large) }
        try room.write("new", Self.noise(10_000, 6))
        let second = try room.add(place, at: minute(2), fixed: fixed)
        #expect((10_000..<90_000).contains(second))
        #expect(try room.back(place, try place.newest())["large"] == (fixed ? Self.noise(1_000_000, 5) : large))
        #expect(try room.back(place, try place.newest(at: minute(1)))["large"] == Self.noise(1_000_000, 5))
    }

    @Test("gives the newest at or before a moment, and says when there is none")
    func moments() throws {
        let room = try Room()
        let place = try BackupPlace.make(room.place, .keys)
        #expect(throws: BackupFault.none(room.place.path(percentEncoded: false))) { try place.newest() }
        for number in 1...3 {
            try room.write("count", Data("\(number)".utf8))
            try room.add(place, at: minute(Int64(number) * 10))
        }
        func count(_ moment: Instant?) throws -> String? {
            try room.back(place, try place.newest(at: moment))["count"].map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(try count(nil) == "3")
        #expect(try count(minute(29)) == "2")
        #expect(try count(minute(20)) == "2")
        #expect(try count(minute(10)) == "1")
        #expect(throws: BackupFault.none(room.place.path(percentEncoded: false))) { try place.newest(at: minute(9)) }
        #expect(try place.manifests().map(\.moment) == [minute(10), minute(20), minute(30)])
    }

    @Test("has backups of one installation alone")
    func origin() throws {
        let room = try Room()
        let place = try BackupPlace.make(room.place, .keys)
        try place.hold(to: "bb")
        try room.add(place, at: minute(1))
        try place.hold(to: "aa")
        #expect(throws: BackupFault.otherInstallation(room.place.path(percentEncoded: false))) { try place.hold(to: "bb") }
    }

    /// What can happen to a piece on a disk.
    enum Spoiling: CaseIterable, Sendable {
        case gone, cut, longer, flipped

        func spoil(_ piece: URL) throws {
            var bytes = try Data(contentsOf: piece)
            switch self {
            case .gone: return try FileManager.default.removeItem(at: piece)
            case .cut: bytes = bytes.dropLast()
            case .longer: bytes.append(0)
            case .flipped: bytes[bytes.count / 2] ^= 0x10
            }
            try bytes.write(to: piece)
        }
    }

    @Test("refuses a piece that is not what it was and names the file that it is of", arguments: Spoiling.allCases)
    func damaged(_ spoiling: Spoiling) throws {
        let room = try Room()
        try room.write("first", Self.noise(70_000, 1))
        try room.write("second", Self.noise(1_000, 2))
        let place = try BackupPlace.make(room.place, .keys)
        try room.add(place, at: minute(1))
        let name = try #require(try place.newest().files.first { $0.path == "files/second" }?.pieces.first)
        let piece = try #require(try room.pieces().first { $0.lastPathComponent == name })
        try spoiling.spoil(piece)
        #expect(
            throws: BackupFault.damaged(
                file: "files/second", piece: name, reason: spoiling == .gone ? .missing : .altered)
        ) { try room.back(place, try place.newest()) }
    }

    @Test("set aside on trial, a spoiled piece is written anew by the next backup, and the earlier one is whole again")
    func heals() throws {
        let room = try Room()
        try room.write("only", Self.noise(1_000, 2))
        let place = try BackupPlace.make(room.place, .keys)
        try room.add(place, at: minute(1), fixed: true)
        try Spoiling.flipped.spoil(try #require(try room.pieces().first))
        let trial = room.root.appending(path: "trial", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: trial, withIntermediateDirectories: true)
        #expect(throws: BackupFault.self) { try place.restore(try place.newest(), into: trial, settingAside: true) }
        try place.clear()
        #expect(try room.add(place, at: minute(2), fixed: true) > 1_000)
        #expect(try room.back(place, try place.newest(at: minute(1)))["only"] == Self.noise(1_000, 2))
    }

    @Test("refuses a manifest that is cut off, of a later release, under another name, or that leads out of the folder")
    func manifests() throws {
        let room = try Room()
        try room.write("only", Self.noise(1_000, 2))
        let place = try BackupPlace.make(room.place, .keys)
        try room.add(place, at: minute(1))
        let folder = room.place.appending(path: "moments")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let file = folder.appending(path: name)
        let text = try String(contentsOf: file, encoding: .utf8)
        let fault = BackupFault.manifest(file.path(percentEncoded: false))
        for spoiled in [
            String(text.prefix(text.count / 2)), "", text.replacing("\"format\":1", with: "\"format\":2"),
            text.replacing("files/only", with: "../only"), text.replacing("files/only", with: "/only"),
            text.replacing("files/only", with: "files/./only"),
            text.replacing("\"moment\":\"2026-01-01T00:01", with: "\"moment\":\"2026-01-01T00:02"),
        ] {
            #expect(spoiled != text)
            try Data(spoiled.utf8).write(to: file)
            #expect(throws: fault, "\(spoiled)") { try place.newest() }
            // Nothing is thrown away while it is not known what is needed.
            #expect(throws: fault) { try place.prune { Set($0) } }
            #expect(try !room.pieces().isEmpty)
        }
        try Data(text.utf8).write(to: file)
        #expect(try room.back(place, try place.newest()).count == 1)
    }

    @Test("broken off in the middle it leaves the earlier backups whole, and is cleared away at the next")
    func brokenOff() throws {
        let room = try Room()
        try room.write("a", Self.noise(100_000, 1))
        let place = try BackupPlace.make(room.place, .keys)
        try room.add(place, at: minute(1))
        try room.write("b", Self.noise(100_000, 2))
        // The pieces of the first file are there, and then one goes away: as far as a stop could come.
        let sources = try room.sources() + [BackupSource("files/z", at: room.data.appending(path: "z"))]
        #expect(throws: BackupFault.vanished("files/z")) {
            try place.add(sources) { BackupManifest(moment: minute(2), files: $0, origin: "aa", erased: []) }
        }
        try Data("half".utf8).write(to: place.unfinished.appending(path: "half"))
        #expect(try place.manifests().map(\.moment) == [minute(1)])
        #expect(try room.back(place, try place.newest()) == ["a": Self.noise(100_000, 1)])
        let again = try BackupPlace.make(room.place, .keys)
        try again.clear()
        #expect(try FileManager.default.contentsOfDirectory(atPath: again.unfinished.path).isEmpty)
        // What was written before the stop is taken away when nothing comes to need it.
        #expect(try again.prune { Set($0) }.pieces > 0)
        #expect(try room.back(again, try again.newest()) == ["a": Self.noise(100_000, 1)])
    }

    @Test("pruned, it still has all that the kept backups need, and nothing else")
    func pruned() throws {
        let room = try Room()
        let place = try BackupPlace.make(room.place, .keys)
        var all = Self.noise(400_000, 1)
        var states: [Data] = []
        for number in 0..<6 {
            all[number * 65_536 + 7] ^= 0xFF
            states.append(all)
            try room.write("all", all)
            try room.add(place, at: minute(Int64(number)))
        }
        let kept: Set<Instant> = [minute(1), minute(4)]
        let pruned = try place.prune { moments in
            #expect(moments.count == 6)
            return kept
        }
        #expect(pruned.backups == 4)
        #expect(pruned.pieces > 0)
        #expect(try place.manifests().map(\.moment) == kept.sorted())
        for moment in [1, 4] {
            #expect(try room.back(place, try place.newest(at: minute(Int64(moment))))["all"] == states[moment])
        }
        let needed = Set(try place.manifests().flatMap { $0.files.flatMap(\.pieces) })
        #expect(Set(try room.pieces().map(\.lastPathComponent)) == needed)
    }

    @Test("is worked in by one at a time; others may read together, and the end of a program lets go")
    func locked() throws {
        let room = try Room()
        let place = try BackupPlace.make(room.place, .keys)
        var lock: BackupLock? = try BackupLock(place.folder)
        let busy = BackupFault.busy(place.folder.path(percentEncoded: false))
        #expect(throws: busy) { try BackupLock(place.folder) }
        #expect(throws: busy) { try BackupLock(place.folder, shared: true) }
        lock = nil
        #expect(lock == nil)
        let readers = [try BackupLock(place.folder, shared: true), try BackupLock(place.folder, shared: true)]
        #expect(throws: busy) { try BackupLock(place.folder) }
        #expect(readers.count == 2)
    }

    @Test("is never made of a folder that holds something else, and keys are no contents")
    func notOurs() throws {
        let room = try Room()
        try room.write("somebody's", Data("x".utf8))
        let path = room.data.path(percentEncoded: false)
        #expect(throws: BackupFault.notEmpty(path)) { try BackupPlace.make(room.data, .contents) }
        #expect(throws: BackupFault.notOurs(path)) { try BackupPlace(room.data, .contents) }
        _ = try BackupPlace.make(room.place, .keys)
        #expect(throws: BackupFault.notOurs(room.place.path(percentEncoded: false))) {
            try BackupPlace.make(room.place, .contents)
        }
    }
}

@Suite("Which backups are kept")
struct BackupKeepTests {
    private static func at(_ day: Int, _ hour: Int = 3) -> Instant { .amsterdam(day2026(day), hour: hour, minute: 0) }

    /// A day of 2026; the first is a Thursday.
    private static func day2026(_ number: Int) -> Day { Day(daysSinceEpoch: 20_453 + number) }

    @Test("the newest of each of the last days and weeks that have one, and the newest of all, whatever is asked")
    func rule() {
        let all = (1...60).flatMap { [Self.at($0), Self.at($0, 15)] }
        #expect(BackupKeep(daily: 0, weekly: 0).kept(all) == [Self.at(60, 15)])
        #expect(BackupKeep(daily: 3, weekly: 0).kept(all) == [Self.at(60, 15), Self.at(59, 15), Self.at(58, 15)])
        // The 60th day is a Sunday, so each week ends on one.
        #expect(BackupKeep(daily: 0, weekly: 3).kept(all) == [Self.at(60, 15), Self.at(53, 15), Self.at(46, 15)])
        #expect(
            BackupKeep(daily: 2, weekly: 2).kept(all) == [Self.at(60, 15), Self.at(59, 15), Self.at(53, 15)])
    }

    @Test("days without a backup do not count")
    func gaps() {
        let some = [Self.at(1), Self.at(2), Self.at(30)]
        #expect(BackupKeep(daily: 2, weekly: 0).kept(some) == [Self.at(30), Self.at(2)])
        #expect(BackupKeep(daily: 5, weekly: 0).kept([]) == [])
    }
}

@Suite("The record of the last backup")
struct BackupRecordTests {
    @Test("is read as it was written, and is nothing where there is none or it cannot be read")
    func record() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(BackupRecord.read(in: folder) == nil)
        var record = BackupRecord(at: minute(1), bytes: 10, added: 3)
        try record.write(in: folder)
        #expect(BackupRecord.read(in: folder) == record)
        record.checkedAt = minute(2)
        try record.write(in: folder)
        #expect(BackupRecord.read(in: folder) == record)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [BackupRecord.fileName])
        try Data("{".utf8).write(to: folder.appending(path: BackupRecord.fileName))
        #expect(BackupRecord.read(in: folder) == nil)
    }
}
