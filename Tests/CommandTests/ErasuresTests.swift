import Foundation
import Testing

@Suite("The list of erasures of an installation")
struct ErasuresTests {
    @Test("is made outside the folder, for its owner alone, and names nothing yet")
    func made() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let list = data + ".erasures"
        let mode = try FileManager.default.attributesOfItem(atPath: list)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(try String(contentsOfFile: list, encoding: .utf8) == #"{"list":"sentrum erasures 1"}"# + "\n")
    }

    @Test("is found by a copy of the folder too, and without it nothing is opened")
    func missing() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let copy = scratch.path("copy")
        try FileManager.default.copyItem(atPath: data, toPath: copy)
        #expect(try Tool.sentrum("account", "list", copy).status == 0)
        let elsewhere = scratch.path("elsewhere.erasures")
        try FileManager.default.moveItem(atPath: data + ".erasures", toPath: elsewhere)
        for folder in [data, copy] {
            let refused = try Tool.sentrum("account", "list", folder)
            #expect(refused.status == 2)
            #expect(refused.err.contains("--erasures"))
        }
        #expect(try Tool.sentrum("account", "list", data, "--erasures", elsewhere).status == 0)
        // From then on the folder knows where it is.
        #expect(try Tool.sentrum("account", "list", data).status == 0)
        let nowhere = try Tool.sentrum("account", "list", data, "--erasures", scratch.path("nowhere"))
        #expect(nowhere.status == 2)
    }

    @Test("that cannot be read stops everything, for what must stay forgotten is not known then")
    func broken() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let file = try #require(FileHandle(forWritingAtPath: data + ".erasures"))
        try file.seekToEnd()
        try file.write(contentsOf: Data("{\"erase\":{}}\n".utf8))
        try file.close()
        let stopped = try Tool.sentrum("account", "list", data)
        #expect(stopped.status == 70)
        #expect(stopped.err.contains("journal.erasure-list"))
    }

    @Test("whose last line was being written when the machine stopped is read without that line")
    func unfinished() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let file = try #require(FileHandle(forWritingAtPath: data + ".erasures"))
        try file.seekToEnd()
        try file.write(contentsOf: Data("{\"erase\":{\"id\":\"x".utf8))
        try file.close()
        #expect(try Tool.sentrum("account", "list", data).status == 0)
    }
}
