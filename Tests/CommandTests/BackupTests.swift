import Foundation
import Testing

@Suite("sentrum backup and restore")
struct BackupTests {
    struct Tried: Decodable {
        let moment: String
        let keysOf: String
        let events: Int
        let opened: Int
        let destroyedAgain: Int
        let registersMended: [String]
    }

    struct Made: Decodable {
        let moment: String
        let bytes: Int
        let added: Int
        let events: Int
        let backups: Int
        let pruned: Int
        let checked: Tried?
        let leftOut: [String]
        let keepElsewhere: [String]
    }

    private struct Restored: Decodable {
        let restored: Tried
    }

    private struct Verification: Decodable {
        let whole: Bool
        let events: Int
    }

    /// An installation with places for its backups.
    private struct Site {
        let scratch: Scratch
        let data: String
        var to: String { scratch.path("to") }
        var keys: String { scratch.path("key-copies") }
        /// Where the master key is kept, for whoever has lost the folder.
        var safe: String { scratch.path("safe.key") }

        init(demo: Bool = false) throws {
            scratch = try Scratch()
            data = demo ? try scratch.demo(pupils: 4) : try scratch.installation()
            try FileManager.default.copyItem(atPath: data + "/keys/master.key", toPath: safe)
        }

        @discardableResult
        func back(_ flags: String...) throws -> Made {
            let run = try Tool.run(Tool.program, ["backup", data, to, "--keys", keys, "--json"] + flags)
            #expect(run.status == 0, "\(run.err)")
            return try run.json()
        }

        func restore(_ name: String = "back", _ flags: String...) throws -> Tool.Run {
            try Tool.run(
                Tool.program, ["restore", to, scratch.path(name), "--keys", keys, "--key-file", safe, "--json"] + flags)
        }

        /// That nothing was left where a backup was to be put.
        func expectNothing(_ name: String = "back") throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
            #expect(names.filter { $0.contains(name) && !$0.hasSuffix(".erasures") } == [])
        }

        func addPerson(_ name: String) throws {
            let run = try Tool.sentrum(
                "account", "add", data, "--name", "Persoon \(name)", "--email", "\(name)@example.org", "--function",
                "administrator")
            #expect(run.status == 0, "\(run.err)")
        }

        func files(_ folder: String) -> [URL] {
            let found = FileManager.default.enumerator(at: URL(filePath: folder), includingPropertiesForKeys: [.isRegularFileKey])
            return (found?.allObjects as? [URL] ?? []).filter {
                (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
            }
        }

        /// The files below a folder in which these bytes stand.
        func holding(_ bytes: Data, _ folder: String) throws -> [String] {
            try files(folder).filter { try Data(contentsOf: $0).range(of: bytes) != nil }.map(\.lastPathComponent)
        }
    }

    @Test("there and back: the same events, registers that a rebuild makes again, and the plan, settings and people")
    func thereAndBack() throws {
        let site = try Site(demo: true)
        try Data("providers:\n".utf8).write(to: URL(filePath: site.data + "/sign-in.yaml"))
        #expect(try Tool.sentrum("journal", "checkpoint", site.data).status == 0)
        let before = try Tool.sentrum("journal", "export", site.data).out
        let made = try site.back("--check")
        #expect(made.added == made.bytes || made.added > made.bytes / 2)
        #expect(made.checked?.events == made.events)
        #expect(made.keepElsewhere.count == 2)
        let restored = try site.restore()
        #expect(restored.status == 0, "\(restored.err)")
        let tried = try restored.json(Restored.self).restored
        #expect(tried.moment == made.moment)
        #expect(tried.events == made.events)
        #expect(tried.opened == made.events)
        #expect(tried.registersMended.isEmpty)
        let back = site.scratch.path("back")
        #expect(try Tool.sentrum("journal", "export", back, "--key-file", site.safe).out == before)
        #expect(before.count > 10_000)
        #expect(try Tool.sentrum("journal", "rebuild", back, "--key-file", site.safe).status == 0)
        // With the master key in its old place it is the folder that it was, but for what is of one folder alone.
        try FileManager.default.copyItem(atPath: site.safe, toPath: back + "/keys/master.key")
        func names(_ folder: String) -> Set<String> {
            Set(site.files(folder).map { $0.path.replacing(folder + "/", with: "") }.filter { !$0.contains(".sqlite-") })
        }
        #expect(names(site.data).subtracting(names(back)) == ["backup.json"])
        #expect(names(back).subtracting(names(site.data)) == [])
        #expect(FileManager.default.contentsEqual(atPath: site.data + "/plans", andPath: back + "/plans"))
        #expect(try Tool.sentrum("journal", "verify", back).status == 0)
    }

    @Test("while it is served and written to, each backup is whole, and the program goes on")
    func whileServed() async throws {
        let site = try Site()
        let served = Process()
        served.executableURL = Tool.program
        served.arguments = ["serve", site.data, "--port", "0"]
        served.standardOutput = FileHandle.nullDevice
        served.standardError = FileHandle.nullDevice
        try served.run()
        defer {
            served.terminate()
            served.waitUntilExit()
        }
        async let writing: Void = Task.detached { for number in 1...8 { try site.addPerson("w\(number)") } }.value
        var made: [Made] = []
        for _ in 1...4 { made.append(try site.back()) }
        try await writing
        made.append(try site.back("--check"))
        #expect(served.isRunning)
        for (index, backup) in made.enumerated() {
            let run = try site.restore("back-\(index)", "--at", backup.moment)
            #expect(run.status == 0, "\(run.err)")
            let tried = try run.json(Restored.self).restored
            #expect(tried.moment == backup.moment)
            #expect(tried.events == backup.events)
        }
        #expect((made.last?.events ?? 0) > (made.first?.events ?? 0))
    }

    @Test("the second one adds little, and each gives back its own moment")
    func moments() throws {
        let site = try Site(demo: true)
        let first = try site.back()
        try site.addPerson("later")
        let second = try site.back()
        #expect(second.added < first.added / 3, "\(second.added) of \(first.added)")
        #expect(second.events > first.events)
        let list = try Tool.sentrum("backup", "list", site.to)
        #expect(list.out.contains(first.moment))
        #expect(list.out.contains(second.moment))
        #expect(try site.restore("old", "--at", first.moment).json(Restored.self).restored.events == first.events)
        #expect(try site.restore("new").json(Restored.self).restored.events == second.events)
        for (name, isThere) in [("old", false), ("new", true)] {
            let export = try Tool.sentrum("journal", "export", site.scratch.path(name), "--key-file", site.safe)
            #expect(export.out.contains("later@example.org") == isThere)
        }
        let none = try site.restore("none", "--at", "2020-01-01T09:00")
        #expect(none.status == 2)
        try site.expectNothing("none")
        // The clock of people is taken too.
        #expect(try site.restore("far", "--at", "2999-01-01T09:00").status == 0)
    }

    @Test("keys are in no byte of it, the master key in neither place, and the names of files say nothing")
    func keysApart() throws {
        let site = try Site(demo: true)
        #expect(try Tool.sentrum("journal", "checkpoint", site.data).status == 0)
        // Somebody left the next master key in the folder.
        let next = site.data + "/next.key"
        try FileManager.default.copyItem(atPath: site.safe, toPath: next)
        let made = try site.back()
        #expect(made.leftOut == ["keys/master.key", "next.key"])
        func bytes(_ hexadecimal: String) -> Data {
            let digits = Array(hexadecimal)
            return Data(
                stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) })
        }
        func digits(_ file: String) throws -> String {
            try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let master = try digits(site.safe)
        for place in [site.to, site.keys] {
            for secret in [Data(master.utf8), bytes(master)] { #expect(try site.holding(secret, place) == []) }
        }
        let checkpoints = try digits(site.data + "/keys/checkpoint.key")
        #expect(try site.holding(Data(checkpoints.utf8), site.to) == [])
        #expect(try site.holding(Data(checkpoints.utf8), site.keys).count == 1)
        guard Tool.hasSQLiteShell else { return }
        let wrapped = try Tool.run(Tool.sqliteShell, [site.data + "/keys.sqlite", "SELECT hex(wrapped) FROM keys"])
        let keys = wrapped.out.split(separator: "\n").map { bytes(String($0)) }
        #expect(keys.count > 20)
        let all = try site.files(site.to).map { try Data(contentsOf: $0) }
        for key in keys { #expect(!all.contains { $0.range(of: key) != nil }) }
        // Control: in the other place they are.
        #expect(try !site.holding(try #require(keys.first), site.keys).isEmpty)
        let manifests = site.files(site.to + "/moments")
        let told = try manifests.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        for person in ["@demo.example", "Emine", "Kaya"] { #expect(!told.contains(person)) }
        // The copies of the keys alone are no place to restore from, nor the other way round.
        let swapped = try Tool.sentrum(
            "restore", site.keys, site.scratch.path("back"), "--keys", site.to, "--key-file", site.safe)
        #expect(swapped.status == 2)
    }

    @Test(
        "damaged or missing pieces and manifests are refused with the name of the file, and nothing is left",
        arguments: ["flip", "cut", "remove", "manifest", "keys", "key-manifest"])
    func damaged(_ how: String) throws {
        let site = try Site()
        let first = try site.back()
        struct Manifest: Decodable {
            struct File: Decodable {
                let path: String
                let pieces: [String]
            }
            let files: [File]
        }
        let place = how.hasPrefix("key") ? site.keys : site.to
        let moments = try FileManager.default.contentsOfDirectory(atPath: place + "/moments")
        let manifest = URL(filePath: place + "/moments/" + (try #require(moments.first)))
        let database = how.hasPrefix("key") ? "keys.sqlite" : "journal.sqlite"
        let files = try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: manifest)).files
        let piece = try #require(files.first { $0.path == database }?.pieces.last)
        let file = URL(filePath: "\(place)/pieces/\(piece.prefix(2))/\(piece)")
        var bytes = try Data(contentsOf: file)
        switch how {
        case "flip", "keys":
            bytes[100] ^= 1
            try bytes.write(to: file)
        case "cut": try bytes.dropLast().write(to: file)
        case "remove": try FileManager.default.removeItem(at: file)
        default:
            let text = try Data(contentsOf: manifest)
            try text.prefix(text.count / 2).write(to: manifest)
        }
        let refused = try site.restore()
        #expect(refused.status == 2, "\(refused.err)")
        if !how.contains("manifest") { #expect(refused.err.contains(database)) }
        try site.expectNothing()
        let list = try Tool.sentrum("backup", "list", site.to)
        #expect(list.status == (how == "manifest" ? 2 : 0))
        let checked = try Tool.sentrum("backup", "check", site.data, site.to, "--keys", site.keys)
        #expect(checked.status == 2)
        #expect(!FileManager.default.fileExists(atPath: site.data + "/.checking"))
        guard ["flip", "cut", "keys"].contains(how) else { return }
        // The trial took the piece out of the way: the next backup writes it anew, and the first is whole again too.
        let next = try site.back("--check")
        #expect(next.backups == 2)
        #expect(try site.restore("newest").status == 0)
        #expect(try site.restore("first", "--at", first.moment).status == 0)
    }

    @Test("another master key, or keys of before the backup, open nothing and leave nothing")
    func wrongKeys() throws {
        let site = try Site()
        let other = try site.scratch.installation("other")
        try site.back()
        let wrong = try Tool.sentrum(
            "restore", site.to, site.scratch.path("back"), "--keys", site.keys, "--key-file", other + "/keys/master.key")
        #expect(wrong.status == 2)
        #expect(wrong.err.contains("master key"))
        try site.expectNothing()
        // The copies of the keys as they were.
        try FileManager.default.copyItem(atPath: site.keys, toPath: site.scratch.path("old-keys"))
        try site.addPerson("later")
        try site.back()
        let old = try Tool.sentrum(
            "restore", site.to, site.scratch.path("back"), "--keys", site.scratch.path("old-keys"), "--key-file", site.safe)
        #expect(old.status == 2)
        #expect(old.err.contains("older than the backup"))
        try site.expectNothing()
    }

    @Test("a list of erasures that is not there, or of before the newest backup, is refused; the one of today is followed")
    func lists() throws {
        let site = try Site()
        try site.back()
        let list = site.data + ".erasures"
        let before = site.scratch.path("before.list")
        try FileManager.default.copyItem(atPath: list, toPath: before)
        let entry =
            #"{"erase":{"at":"2026-01-01T09:00:00.000Z","dossiers":["d-1"],"id":"x-1","people":[],"statement":{"agreedBy":[],"announcedBy":[],"documents":0,"dossiers":1,"events":1,"grounds":[],"on":"2026-01-01","people":0,"remains":[]}}}"#
        let file = try #require(FileHandle(forWritingAtPath: list))
        try file.seekToEnd()
        try file.write(contentsOf: Data((entry + "\n").utf8))
        try file.close()
        let first = try Tool.sentrum("backup", "list", site.to).out.split(separator: " ").first.map(String.init)
        // The first backup knows of no destruction; the trial does not write that it is done, for the data has not done it yet.
        let checked = try Tool.sentrum("backup", "check", site.data, site.to, "--keys", site.keys, "--json")
        #expect(checked.status == 0, "\(checked.err)")
        #expect(try checked.json(Tried.self).destroyedAgain == 1)
        #expect(try !String(contentsOfFile: list, encoding: .utf8).contains("done"))
        try site.back()
        let old = try site.restore("back", "--erasures", before)
        #expect(old.status == 2)
        #expect(old.err.contains("list of today"))
        try site.expectNothing()
        let older = try site.restore("back", "--erasures", before, "--at", try #require(first))
        #expect(older.status == 2)
        let now = try site.restore("back", "--erasures", list, "--at", try #require(first))
        #expect(now.status == 0, "\(now.err)")
        #expect(try now.json(Restored.self).restored.destroyedAgain == 1)
        try FileManager.default.removeItem(atPath: list)
        let none = try site.restore("none")
        #expect(none.status == 2)
        #expect(none.err.contains("--erasures"))
        try site.expectNothing("none")
    }

    @Test("of two installations, neither goes where the other's are, nor is opened with its keys")
    func twoInstallations() throws {
        let site = try Site()
        let other = try site.scratch.installation("other")
        try site.back()
        let free = site.scratch.path("free")
        for (to, keys) in [(site.to, free), (free, site.keys)] {
            let run = try Tool.sentrum("backup", other, to, "--keys", keys)
            #expect(run.status == 2)
            #expect(run.err.contains("another installation"))
            try FileManager.default.removeItem(atPath: free)
        }
        #expect(try Tool.sentrum("backup", other, free, "--keys", free + "-keys").status == 0)
        let crossed = try Tool.sentrum(
            "restore", site.to, site.scratch.path("back"), "--keys", free + "-keys", "--key-file", site.safe)
        #expect(crossed.status == 2)
        #expect(crossed.err.contains("another installation"))
        try site.expectNothing()
        #expect(try site.restore().status == 0)
    }

    @Test("with keys lost from the data none is made, and the copies of before open what was", .enabled(if: Tool.hasSQLiteShell))
    func keysLost() throws {
        let site = try Site()
        let first = try site.back()
        try Tool.sqlite(URL(filePath: site.data + "/keys.sqlite"), "DELETE FROM keys WHERE stream LIKE 'person-%'")
        let refused = try Tool.sentrum("backup", site.data, site.to, "--keys", site.keys)
        #expect(refused.status == 2)
        #expect(refused.err.contains("no key"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.keys + "/moments").count == 1)
        #expect(try site.restore().json(Restored.self).restored.opened == first.events)
    }

    @Test("a newest copy of the keys that is damaged is passed over for an older one, where that is not of before the backup")
    func olderKeys() throws {
        let site = try Site()
        let first = try site.back()
        try site.addPerson("later")
        try site.back()
        let newest = try #require(try FileManager.default.contentsOfDirectory(atPath: site.keys + "/moments").max())
        let manifest = try String(contentsOfFile: "\(site.keys)/moments/\(newest)", encoding: .utf8)
        let oldest = try #require(try FileManager.default.contentsOfDirectory(atPath: site.keys + "/moments").min())
        let before = try String(contentsOfFile: "\(site.keys)/moments/\(oldest)", encoding: .utf8)
        // Of the newest copy alone.
        let piece = try #require(
            site.files(site.keys + "/pieces").first {
                manifest.contains($0.lastPathComponent) && !before.contains($0.lastPathComponent)
            })
        try FileManager.default.removeItem(at: piece)
        let run = try site.restore("old", "--at", first.moment)
        #expect(run.status == 0, "\(run.err)")
        #expect(run.err.contains("an older one is tried"))
        #expect(try run.json(Restored.self).restored.keysOf == first.moment)
        let refused = try site.restore("new")
        #expect(refused.status == 2)
        #expect(refused.err.contains("keys.sqlite"))
        try site.expectNothing("new")
    }

    @Test("killed at any moment, what was there before is whole, and the next one clears away what was left")
    func killed() throws {
        let site = try Site(demo: true)
        let first = try site.back()
        var stopped = 0
        for round in 0..<12 {
            try site.addPerson("k\(round)")
            let process = Process()
            process.executableURL = Tool.program
            process.arguments = ["backup", site.data, site.to, "--keys", site.keys]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32(15_000 + round * 10_000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal { stopped += 1 }
        }
        #expect(stopped > 3)
        let run = try site.restore("old", "--at", first.moment)
        #expect(run.status == 0, "\(run.err)")
        let last = try site.back("--check")
        #expect(last.events > first.events)
        for place in [site.to, site.keys] {
            #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/unfinished") == [])
        }
    }

    @Test("what a trial that was killed left is taken away by whoever opens the folder next")
    func abandoned() throws {
        let site = try Site()
        let trial = site.data + "/.checking"
        try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
        try Data("Kwiebelstam".utf8).write(to: URL(filePath: trial + "/journal.sqlite"))
        // Not while somebody is at it.
        let held = open(site.data, O_RDONLY | O_DIRECTORY)
        #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
        #expect(try Tool.sentrum("account", "list", site.data).status == 0)
        #expect(FileManager.default.fileExists(atPath: trial))
        close(held)
        #expect(try Tool.sentrum("account", "list", site.data).status == 0)
        #expect(!FileManager.default.fileExists(atPath: trial))
    }

    @Test("a disk that takes no more ends it with 70, and what was there before is whole")
    func full() throws {
        let site = try Site(demo: true)
        let first = try site.back()
        // No file may grow beyond 50 kB, which stands for a full disk: the copy of the journal is larger.
        let run = try Tool.run(
            URL(filePath: "/bin/bash"),
            ["-c", "trap '' XFSZ; ulimit -f 50; exec \"$0\" \"$@\"", Tool.program.path]
                + ["backup", site.data, site.to, "--keys", site.keys])
        #expect(run.status == 70, "\(run.err)")
        #expect(!run.err.isEmpty)
        for place in [site.to, site.keys] {
            #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/unfinished") == [])
        }
        #expect(try site.restore().json(Restored.self).restored.moment == first.moment)
    }

    @Test("a folder that holds something is not written to, and places that lie in one another are refused")
    func places() throws {
        let site = try Site()
        try site.back()
        let full = site.scratch.path("full")
        try FileManager.default.createDirectory(atPath: full, withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(filePath: full + "/note"))
        #expect(try site.restore("full").status == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: full) == ["note"])
        #expect(try Tool.sentrum("backup", site.data, full, "--keys", site.keys).status == 2)
        // An empty one is as good as none.
        try FileManager.default.createDirectory(atPath: site.scratch.path("empty"), withIntermediateDirectories: true)
        #expect(try site.restore("empty").status == 0)
        try FileManager.default.createSymbolicLink(atPath: site.scratch.path("link"), withDestinationPath: site.data)
        for (to, keys) in [
            (site.data + "/to", site.keys), (site.to, site.to + "/keys"), (site.to, site.to), (site.keys + "/to", site.keys),
            (site.to, site.data), (site.scratch.path("link") + "/to", site.keys), (site.scratch.folder.path, "/nowhere/keys"),
        ] {
            let run = try Tool.sentrum("backup", site.data, to, "--keys", keys)
            #expect(run.status == 2, "\(to) \(keys)")
            #expect(run.err.contains("apart"))
        }
        let inside = try site.restore("to/inside")
        #expect(inside.status == 2)
        #expect(inside.err.contains("apart"))
    }

    @Test("two at once into one folder: the second is refused in plain words, and a reader may read beside another")
    func together() throws {
        let site = try Site()
        try site.back()
        for place in [site.to, site.keys, site.data] {
            let held = open(place, O_RDONLY | O_DIRECTORY)
            #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
            let second = try Tool.sentrum("backup", site.data, site.to, "--keys", site.keys)
            #expect(second.status == 2)
            #expect(second.err.contains("somebody else is working"))
            close(held)
        }
        let reader = open(site.to, O_RDONLY | O_DIRECTORY)
        #expect(flock(reader, LOCK_SH | LOCK_NB) == 0)
        #expect(try site.restore().status == 0)
        #expect(try Tool.sentrum("backup", site.data, site.to, "--keys", site.keys).status == 2)
        close(reader)
        try site.back()
    }

    @Test("pruned, the kept ones are whole, and only the newest copies of the keys stay and open the oldest backup")
    func pruned() throws {
        let site = try Site()
        let first = try site.back()
        for number in 1...4 {
            try site.addPerson("p\(number)")
            try site.back()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.keys + "/moments").count == 3)
        #expect(try site.restore("oldest", "--at", first.moment).status == 0)
        let last = try site.back("--keep-daily", "1", "--check")
        #expect(last.backups == 1)
        #expect(last.pruned == 5)
        let run = try site.restore("newest")
        #expect(try run.json(Restored.self).restored.events == last.events)
        #expect(try site.restore("gone", "--at", first.moment).status == 2)
    }

    @Test("a record in the data folder tells when it last succeeded, how large it was, and when it was tried")
    func record() throws {
        struct Record: Decodable {
            let at: String
            let bytes: Int
            let added: Int
            let checkedAt: String?
        }
        let site = try Site()
        func record() throws -> Record {
            try JSONDecoder().decode(Record.self, from: Data(contentsOf: URL(filePath: site.data + "/backup.json")))
        }
        let made = try site.back()
        #expect(try record().at == made.moment)
        #expect(try record().bytes == made.bytes)
        #expect(try record().checkedAt == nil)
        #expect(try Tool.sentrum("backup", "check", site.data, site.to, "--keys", site.keys).status == 0)
        #expect(try record().checkedAt != nil)
        #expect(try record().at == made.moment)
    }

    @Test("stores in a database are refused with what to use instead, and what of the folder is needed")
    func postgres() throws {
        let site = try Site()
        let run = try Tool.sentrum(
            "backup", site.data, site.to, "--keys", site.keys, "--database", "postgresql://sentrum@nowhere.example/sentrum")
        #expect(run.status == 2)
        for word in ["pg_dump", "pg_basebackup", "run-for-many.md", "plans/", "checkpoint.key", "master.key"] {
            #expect(run.err.contains(word))
        }
    }

    @Test(
        "wrong usage ends with 64",
        arguments: [
            ["backup"], ["backup", "/nowhere", "/nowhere/to"], ["restore", "/a", "/b", "--keys", "/c"],
            ["backup", "/a", "/b", "--keys", "/c", "--keep-daily", "-1"],
            ["restore", "/a", "/b", "--keys", "/c", "--key-file", "/d", "--at", "yesterday"],
        ])
    func usage(_ arguments: [String]) throws {
        #expect(try Tool.run(Tool.program, arguments).status == 64)
    }
}
