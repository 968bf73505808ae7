import Foundation
import Testing

@Suite("sentrum journal: checkpoints and proofs", .enabled(if: Tool.hasSQLiteShell))
struct JournalProofTests {
    private struct Verification: Decodable {
        struct Mismatch: Decodable {
            let size: Int
            let firstRow: Int
            let cutOff: Bool
        }
        let whole: Bool
        let checkpoints: Int
        let mismatch: Mismatch?
        let refusedCheckpoints: [String]
        let firstOtherThanCopy: Int?
    }

    /// A demo with a checkpoint that somebody else keeps, the key for it, and a copy made then.
    private struct Kept {
        let scratch = try? Scratch()
        let data: String
        let copy: String
        let mails: String
        let key: String
        let rows: Int

        init() throws {
            let scratch = try #require(scratch)
            data = try scratch.demo()
            copy = scratch.path("copy")
            mails = scratch.path("mails.txt")
            let made = try Tool.sentrum("journal", "checkpoint", data)
            #expect(made.status == 0, "\(made.err)")
            let lines = made.out.split(separator: "\n")
            #expect(lines.first == "sentrum/spow")
            rows = try #require(lines.dropFirst().first.flatMap { Int($0) })
            try "Dear witness,\r\n\r\n\(made.out.replacing("\n", with: "\r\n"))\r\nbye\r\n".write(
                toFile: mails, atomically: true, encoding: .utf8)
            let shown = try Tool.sentrum("journal", "checkpoint", data, "--key")
            key = shown.out.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(shown.out.split(separator: "\n").count == 1)
            // Without news the same one is printed, not another.
            #expect(try Tool.sentrum("journal", "checkpoint", data).out == made.out)
            try FileManager.default.copyItem(atPath: data, toPath: copy)
        }

        func change(_ statements: String) throws {
            let names = ["events_unchanged", "events_kept", "events_gapless", "checkpoints_kept"]
            let drops = names.map { "DROP TRIGGER IF EXISTS \($0);" }.joined()
            try Tool.sqlite(URL(filePath: data + "/journal.sqlite"), drops + statements)
        }

        func verify(_ flags: String...) throws -> (status: Int32, found: Verification) {
            let run = try Tool.run(Tool.program, ["journal", "verify", data, "--json"] + flags)
            return (run.status, try run.json())
        }
    }

    @Test("what was signed agrees with the rows, with keys and in a copy without them")
    func agrees() throws {
        let kept = try Kept()
        let here = try kept.verify()
        #expect(here.status == 0 && here.found.whole && here.found.checkpoints == 1)
        try FileManager.default.removeItem(atPath: kept.copy + "/keys")
        try FileManager.default.removeItem(atPath: kept.copy + "/keys.sqlite")
        let offline = try Tool.sentrum(
            "journal", "verify", kept.copy, "--without-keys", "--checkpoints", kept.mails, "--key", kept.key, "--json")
        #expect(offline.status == 0, "\(offline.err)")
        // The journal's own and the one from the mail.
        #expect(try offline.json(Verification.self).checkpoints == 2)
        let unkeyed = try Tool.sentrum("journal", "verify", kept.copy, "--without-keys", "--checkpoints", kept.mails)
        #expect(unkeyed.status == 2 && unkeyed.err.contains("--key"))
    }

    @Test("an end that was cut off is found by what somebody else kept, though nothing else shows it")
    func cutOff() throws {
        let kept = try Kept()
        try kept.change("DELETE FROM events WHERE sequence > \(kept.rows - 3); DELETE FROM checkpoints;")
        #expect(try kept.verify().found.mismatch == nil)
        let found = try kept.verify("--checkpoints", kept.mails, "--copy", kept.copy)
        #expect(found.status == 2)
        #expect(found.found.mismatch?.cutOff == true)
        #expect(found.found.mismatch?.firstRow == kept.rows - 2)
        #expect(found.found.firstOtherThanCopy == kept.rows - 2)
    }

    @Test("rows that changed places are found, and an older copy names the first")
    func swapped() throws {
        let kept = try Kept()
        // Two rows behind each other of different streams: their own chains do not show it.
        let pair =
            "SELECT a.sequence FROM events a JOIN events b ON b.sequence = a.sequence + 1 AND b.stream <> a.stream WHERE a.sequence > 40 LIMIT 1"
        try kept.change(
            """
            CREATE TEMP TABLE pair AS \(pair);
            UPDATE events SET sequence = 900000 WHERE sequence = (SELECT sequence FROM pair);
            UPDATE events SET sequence = sequence - 1 WHERE sequence = (SELECT sequence + 1 FROM pair);
            UPDATE events SET sequence = (SELECT sequence + 1 FROM pair) WHERE sequence = 900000;
            """)
        let found = try kept.verify("--copy", kept.copy)
        #expect(found.status == 2)
        #expect(found.found.mismatch?.size == kept.rows)
        let row = try #require(found.found.firstOtherThanCopy)
        #expect(row > 40)
        let words = try Tool.sentrum("journal", "verify", kept.data, "--copy", kept.copy)
        #expect(words.out.contains("altered: row \(row) is another than in the copy"))
    }

    @Test("a checkpoint signed with another key is not believed")
    func otherKey() throws {
        let kept = try Kept()
        try FileManager.default.removeItem(atPath: kept.data + "/keys/checkpoint.key")
        let other = try Tool.sentrum("journal", "checkpoint", kept.data, "--key").out
            .trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(other != kept.key)
        let found = try kept.verify("--checkpoints", kept.mails)
        #expect(found.status == 2)
        #expect(found.found.refusedCheckpoints.count == 2)
        #expect(try kept.verify("--key", kept.key, "--checkpoints", kept.mails).status == 0)
    }

    @Test("a proof convinces whoever has the checkpoints, and a forged one does not")
    func proofs() throws {
        let kept = try Kept()
        let scratch = try #require(kept.scratch)
        let file = scratch.path("proof.json")
        func check() throws -> Tool.Run {
            try Tool.sentrum("journal", "check-proof", file, "--checkpoints", kept.mails, "--key", kept.key)
        }
        let proof = try Tool.sentrum("journal", "prove", kept.data, "--row", "40")
        #expect(proof.status == 0, "\(proof.err)")
        try proof.out.write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try check().status == 0)
        try proof.out.replacing("\"row\" : 40", with: "\"row\" : 41").write(toFile: file, atomically: true, encoding: .utf8)
        let forged = try check()
        #expect(forged.status == 2 && forged.err.contains("does not hold"))

        // A smaller journal than any that was signed: whoever checks says that it cannot tell.
        let growth = try Tool.sentrum("journal", "prove", kept.data, "--since", "40")
        #expect(growth.status == 0)
        try growth.out.write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try check().err.contains("none of the checkpoints"))
        try Data("{}".utf8).write(to: URL(filePath: file))
        #expect(try check().status == 2)
        #expect(try Tool.sentrum("journal", "prove", kept.data, "--row", "9999999").status == 2)
        #expect(try Tool.sentrum("journal", "prove", kept.data).status == 64)
    }
}
