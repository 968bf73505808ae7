import Foundation
import Testing

@Suite("sentrum import schools")
struct ImportTests {
    private struct Result: Decodable {
        let registered: Int
        let changed: Int
        let unchanged: Int
        let outsideArea: Int
        let problems: [Problem]
        struct Problem: Decodable {
            let line: Int
            let rowLeftOut: Bool
        }
    }

    private let file02 = "Tests/UseCaseTests/Import/Fixtures/duo-02.csv"
    private let file09 = "Tests/UseCaseTests/Import/Fixtures/duo-09.csv"

    @Test("the schools of the area are registered once; a second time changes nothing")
    func twice() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let first = try Tool.sentrum("import", "schools", data, file02, file09, "--json").json(Result.self)
        #expect(first.registered == 46)
        #expect(first.outsideArea == 8)
        #expect(first.changed == 0)
        let events = try Tool.sentrum("journal", "export", data).out
        #expect(events.contains("\"place\":\"'s-Gravenzande\""))
        #expect(events.contains("\"place\":\"Hoek van Holland\""))
        let second = try Tool.sentrum("import", "schools", data, file02, file09, "--json").json(Result.self)
        #expect(second.registered == 0 && second.changed == 0)
        #expect(second.unchanged == 46)
        #expect(try Tool.sentrum("journal", "export", data).out == events)
    }

    @Test("a file with a row that does not read is refused, by line, unless such rows may be left out")
    func badRow() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        var bytes = try Data(contentsOf: Tool.project.appending(path: file02))
        let header = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
        bytes.insert(contentsOf: Array("this row is cut off;\r\n".utf8), at: header + 1)
        let file = scratch.path("duo.csv")
        try bytes.write(to: URL(filePath: file))
        let refused = try Tool.sentrum("import", "schools", data, file)
        #expect(refused.status == 2)
        #expect(refused.err.contains("\(file):2:"))
        let taken = try Tool.sentrum("import", "schools", data, file, "--skip-bad-rows", "--json")
        let result = try taken.json(Result.self)
        #expect(result.registered == 42)
        #expect(result.problems.filter(\.rowLeftOut).map(\.line) == [2])
    }

    @Test("the other file, or no file, is refused")
    func otherFile() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        #expect(try Tool.sentrum("import", "schools", data, file09).status == 2)
        #expect(try Tool.sentrum("import", "schools", data, scratch.path("none.csv")).status == 2)
    }
}
