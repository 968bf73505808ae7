import Foundation
import UseCases

/// Hands mail to the machine's own mail program, as every Debian has one: `sendmail -t`.
///
/// It queues and tries again by itself; so a message that was taken is not lost with the network.
package struct Sendmail: Post {
    private let program: OutsideProgram
    private let from: String

    /// - Parameters:
    ///   - program: path of the program, or its name to be looked up.
    ///   - from: the address that the mail comes from.
    package init(program: String, from: String) {
        self.program = OutsideProgram(program, patience: .seconds(30))
        self.from = from
    }

    package func send(_ mail: OutgoingMail) async throws {
        do {
            // -i: a line with only a dot does not end the message.
            _ = try await program.run(["-t", "-i", "-f", from], input: message(mail), most: 100_000)
        } catch let trouble as OutsideProgram.Trouble {
            throw PostUnavailable(reason: trouble.rawValue)
        } catch {
            throw PostUnavailable(reason: "\(type(of: error))")
        }
    }

    /// The longest line that mail may have, in bytes (RFC 5321, 4.5.3.1.6).
    private static let longestLine = 998

    /// The message as the program takes it.
    ///
    /// The text stands in it as it is, so that whoever keeps the file of the message can read it and check what is signed in
    /// it; base 64 only where a line would be too long.
    private func message(_ mail: OutgoingMail) -> String {
        let isPlain = mail.text.split(separator: "\n").allSatisfy { $0.utf8.count <= Self.longestLine }
        let body =
            isPlain
            ? mail.text
            : Data(mail.text.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return """
            From: \(Self.oneLine(from))
            To: \(Self.oneLine(mail.to))
            Subject: \(Self.word(mail.subject))
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: \(isPlain ? "8bit" : "base64")
            Auto-Submitted: auto-generated

            \(body)

            """
    }

    /// A header ends at a line end, so what stands in one has none.
    private static func oneLine(_ text: String) -> String { String(text.unicodeScalars.filter { $0.value >= 0x20 }) }

    /// RFC 2047, in words of at most 75 characters.
    private static func word(_ text: String) -> String {
        var words: [String] = []
        var piece = ""
        for character in oneLine(text) {
            if (piece + String(character)).utf8.count > 42 {
                words.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        words.append(piece)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\n ")
    }
}
