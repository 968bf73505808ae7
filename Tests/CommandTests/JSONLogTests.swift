import Foundation
import Logging
import Testing

@testable import sentrum

@Suite("What the program says to those who keep the machine")
struct JSONLogTests {
    private struct Line: Decodable {
        let time: String
        let level: String
        let source: String
        let message: String
        let status: String?
    }

    /// What was written, line by line.
    private final class Written: @unchecked Sendable {
        private let lock = NSLock()
        private var data = Data()
        func add(_ more: Data) { lock.withLock { data += more } }
        var lines: [Substring] { lock.withLock { String(decoding: data, as: UTF8.self) }.split(separator: "\n") }
    }

    @Test("is one JSON object a line, whatever stands in it, with its own names beside the four that every line has")
    func lines() throws {
        let written = Written()
        var logger = Logger(label: "sentrum") { JSONLog(label: $0) { written.add($0) } }
        logger.logLevel = .notice
        logger.notice("a \"word\"\nand another", metadata: ["status": "503", "level": "none of this"])
        logger.debug("nothing")
        #expect(written.lines.count == 1)
        let line = try JSONDecoder().decode(Line.self, from: Data(try #require(written.lines.first).utf8))
        #expect(line.message == "a \"word\"\nand another")
        #expect((line.level, line.source, line.status) == ("notice", "sentrum", "503"))
        #expect(line.time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/) != nil, "\(line.time)")
    }
}
