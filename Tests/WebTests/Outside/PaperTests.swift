import Domain
import Foundation
import Testing

@testable import Web

@Suite("Paper by a program of its own")
struct PaperTests {
    /// A program that does this instead.
    private func program(_ lines: String, _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-paper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "weasyprint")
        try "#!/bin/sh\n\(lines)\n".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        try await body(file.path)
    }

    @Test("Two are made at once and some wait; who comes after those is told so at once, and the others get theirs")
    func busy() async throws {
        try await program("cat > /dev/null; sleep 2; echo %PDF-1.7") { program in
            let paper = WeasyPrint(program: program, style: "letter.css", waiting: 3)
            let outcomes = await withTaskGroup(of: String.self, returning: [String].self) { group in
                for _ in 0..<9 {
                    group.addTask {
                        do {
                            return try await paper.pdf(html: "<p>Brief</p>", language: .nl).isEmpty ? "empty" : "made"
                        } catch {
                            return (error as? PaperUnavailable)?.reason ?? "\(error)"
                        }
                    }
                }
                var outcomes: [String] = []
                for await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
            #expect(outcomes.filter { $0 == "made" }.count == 5)
            #expect(outcomes.filter { $0 == "busy" }.count == 4)
            #expect(outcomes.first == "busy", "nobody waits to hear that there is no place to wait")
            let again = try await paper.pdf(html: "<p>Brief</p>", language: .nl)
            #expect(!again.isEmpty, "places come free again")
        }
    }

    @Test("What is no PDF, and a program that fails or is not there, is no paper")
    func fails() async throws {
        for lines in ["cat > /dev/null; echo Sorry", "cat > /dev/null; echo %PDF-1.7; exit 3"] {
            try await program(lines) { program in
                let paper = WeasyPrint(program: program, style: "letter.css")
                await #expect(throws: PaperUnavailable.self) { try await paper.pdf(html: "<p>Brief</p>", language: .nl) }
            }
        }
        let paper = WeasyPrint(program: "/nergens/weasyprint", style: "letter.css")
        await #expect(throws: PaperUnavailable.self) { try await paper.pdf(html: "<p>Brief</p>", language: .nl) }
    }
}
