import Domain
import Foundation
import Testing

@testable import Journal

@Suite("The master key")
struct MasterKeyTests {
    @Test("is made once, in a file that only its owner may read, and read back")
    func createsAndLoads() throws {
        try inFolder { folder in
            let file = folder.appending(path: "master.key")
            let made = try MasterKey.create(at: file)
            #expect(try MasterKey.load(from: file).mark == made.mark)
            #expect(made.mark != MasterKey.generate().mark)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            #expect(throws: JournalFault.keyFile("exists already")) { try MasterKey.create(at: file) }
            #expect(try MasterKey.load(from: file).mark == made.mark)
        }
    }

    @Test("is refused when others may read it", arguments: [0o640, 0o604, 0o660, 0o622])
    func refusesExposed(mode: Int) throws {
        try inFolder { folder in
            let file = folder.appending(path: "master.key")
            _ = try MasterKey.create(at: file)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
            #expect(throws: JournalFault.keyFileExposed("mode \(String(mode, radix: 8))")) { try MasterKey.load(from: file) }
        }
    }

    @Test(
        "is refused when its file is not 64 hexadecimal digits",
        arguments: [
            "", "abc", String(repeating: "g", count: 64), String(repeating: "a", count: 63), String(repeating: "a", count: 66),
            String(repeating: "+1", count: 32),
        ])
    func refusesUnreadable(text: String) throws {
        try inFolder { folder in
            let file = folder.appending(path: "master.key")
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            #expect(throws: JournalFault.self) { try MasterKey.load(from: file) }
            #expect(throws: JournalFault.keyFile("missing")) {
                try MasterKey.load(from: folder.appending(path: "nothing"))
            }
        }
    }

    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-key-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}

@Suite("A stream key")
struct StreamKeyTests {
    @Test("is unwrapped by the same master key for the same stream only")
    func wraps() throws {
        let (master, key) = (MasterKey.generate(), StreamKey.generate())
        let wrapped = try key.wrapped(by: master, for: "dossier-1")
        let unwrapped = try StreamKey(wrapped: wrapped, by: master, for: "dossier-1")
        let (payload, version) = (Data("x".utf8), 1)
        #expect(
            SealedEvent.commitment(to: payload, version: version, key: unwrapped)
                == SealedEvent.commitment(to: payload, version: version, key: key))
        #expect(throws: JournalFault.masterKeyWrong) { try StreamKey(wrapped: wrapped, by: master, for: "dossier-2") }
        #expect(throws: JournalFault.masterKeyWrong) {
            try StreamKey(wrapped: wrapped, by: MasterKey.generate(), for: "dossier-1")
        }
        #expect(throws: JournalFault.masterKeyWrong) { try StreamKey(wrapped: Data(), by: master, for: "dossier-1") }
    }
}

@Suite("The cache of keys")
struct KeyCacheTests {
    @Test("never holds more than its cap and keeps what is in use")
    func keepsInUse() {
        var cache = KeyCache(capacity: 10)
        cache.insert(StreamKey.generate(), for: "used")
        for index in 0..<1000 {
            cache.insert(StreamKey.generate(), for: StreamID(rawValue: "stream-\(index)"))
            #expect(cache.key(of: "used") != nil)
            #expect(cache.count <= 10)
        }
        #expect(cache.key(of: "stream-999") != nil)
        #expect(cache.key(of: "stream-0") == nil)
    }

    @Test("forgets what is removed")
    func removes() {
        var cache = KeyCache(capacity: 4)
        for index in 0..<4 { cache.insert(StreamKey.generate(), for: StreamID(rawValue: "stream-\(index)")) }
        for index in 0..<4 {
            cache.remove(StreamID(rawValue: "stream-\(index)"))
            #expect(cache.key(of: StreamID(rawValue: "stream-\(index)")) == nil)
        }
        #expect(cache.count == 0)
    }
}
