import Foundation
import Testing
import UseCases

@testable import Web

@Suite("Mail by the machine's own program")
struct SendmailTests {
    /// A program that does this with what comes in.
    private func program(_ lines: String, _ body: (String, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "sendmail")
        try "#!/bin/sh\n\(lines)\n".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        try await body(file.path, folder)
    }

    private let mail = OutgoingMail(
        to: "getuige@example.org", subject: "Controlepunt één\r\nBcc: iemand@example.org, en nog een lange regel erbij",
        text: "Bewaar dit.\n.\n— één\n")

    @Test("a message arrives letter for letter, and a header holds one line")
    func arrives() async throws {
        try await program("cd $(dirname $0); cat > message; echo \"$@\" > arguments") { program, folder in
            try await Sendmail(program: program, from: "swv@example.org").send(mail)
            let arguments = try String(contentsOf: folder.appending(path: "arguments"), encoding: .utf8)
            #expect(arguments == "-t -i -f swv@example.org\n")
            let message = try String(contentsOf: folder.appending(path: "message"), encoding: .utf8)
            let gap = try #require(message.range(of: "\n\n"))
            let headers = message[..<gap.lowerBound].split(separator: "\n").map(String.init)
            #expect(headers[0] == "From: swv@example.org")
            #expect(headers[1] == "To: getuige@example.org")
            #expect(!message.contains("Bcc:"))
            #expect(headers.allSatisfy { $0.utf8.count <= 78 })
            let subject = headers.drop { !$0.hasPrefix("Subject:") }.prefix { $0.hasPrefix("Subject:") || $0.hasPrefix(" ") }
            let words = subject.flatMap { $0.split(separator: " ").filter { $0.hasPrefix("=?") } }
            let text = words.compactMap { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) }
                .map { String(decoding: $0, as: UTF8.self) }.joined()
            #expect(text == "Controlepunt éénBcc: iemand@example.org, en nog een lange regel erbij")
            #expect(message[gap.upperBound...] == mail.text + "\n")
            #expect(headers.contains("Content-Transfer-Encoding: 8bit"))
        }
    }

    @Test("a line that mail may not have goes another way")
    func longLine() async throws {
        try await program("cd $(dirname $0); cat > message") { program, folder in
            let text = String(repeating: "lang ", count: 300)
            try await Sendmail(program: program, from: "swv@example.org").send(
                OutgoingMail(to: "getuige@example.org", subject: "Lang", text: text))
            let message = try String(contentsOf: folder.appending(path: "message"), encoding: .utf8)
            #expect(message.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
            let gap = try #require(message.range(of: "\n\n"))
            let body = Data(base64Encoded: String(message[gap.upperBound...]), options: .ignoreUnknownCharacters)
            #expect(body.map { String(decoding: $0, as: UTF8.self) } == text)
        }
    }

    @Test("a program that refuses, or is not there, says so")
    func fails() async throws {
        try await program("cat > /dev/null; exit 75") { program, _ in
            await #expect(throws: PostUnavailable(reason: "failed")) {
                try await Sendmail(program: program, from: "swv@example.org").send(mail)
            }
        }
        await #expect(throws: PostUnavailable.self) {
            try await Sendmail(program: "/nergens/sendmail", from: "swv@example.org").send(mail)
        }
    }
}
