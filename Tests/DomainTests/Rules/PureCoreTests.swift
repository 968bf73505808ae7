import Foundation
import Testing

@Suite("The core is pure")
struct PureCoreTests {
    /// Lines of code of the core, comments left out, with where they stand.
    private static let lines: [(place: String, text: String)] = {
        let domain = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Domain").resolvingSymlinksInPath()
        guard let files = FileManager.default.enumerator(at: domain, includingPropertiesForKeys: nil) else { return [] }
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.flatMap { file in
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                .map { (place: "\(file.lastPathComponent):\($0 + 1)", text: String($1)) }
                .filter { !$0.text.drop(while: \.isWhitespace).hasPrefix("//") }
        }
    }()

    @Test("the sources of the core are there to be read")
    func found() {
        #expect(Self.lines.count > 2000)
    }

    @Test("it imports nothing but Foundation")
    func imports() {
        let foreign = Self.lines.filter { line in
            let words = line.text.split(separator: " ")
            return words.contains("import") && words.first != "///" && words != ["import", "Foundation"]
        }
        #expect(foreign.map(\.place) == [])
    }

    @Test(
        "it has no clock, no randomness, no files, no output, and never gives up",
        arguments: [
            #"\bDate\("#, #"\bDate\.now"#, #"\bUUID\("#, #"\.random"#, #"SystemRandomNumberGenerator"#, #"\bshuffled\("#,
            #"\bprint\("#, #"\bNSLog\("#, #"FileManager"#, #"FileHandle"#, #"contentsOf:"#, #"ProcessInfo"#, #"TimeZone"#,
            #"\bLocale\b"#, #"DateFormatter"#, #"\bCalendar\("#, #"fatalError"#, #"precondition"#, #"try!"#, #"as!"#,
            #"uniqueKeysWithValues"#, #"\bTask\b"#, #"URLSession"#, #"ContinuousClock"#, #"\bthread"#,
        ])
    func nothing(_ pattern: String) throws {
        let regex = try Regex(pattern)
        #expect(Self.lines.filter { $0.text.contains(regex) }.map(\.place) == [])
    }

    @Test("it names no citizen service number and no partnership")
    func names() throws {
        let regex = try Regex(#"(?i)\bbsn\b|citizenService|spow|westland"#)
        #expect(Self.lines.filter { $0.text.contains(regex) }.map(\.place) == [])
    }
}
