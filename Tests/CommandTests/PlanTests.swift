import Foundation
import Testing

@Suite("sentrum plan")
struct PlanCommandTests {
    @Test("the plans that come along are good, with every example as expected")
    func good() throws {
        let run = try Tool.sentrum("plan", "check", "plans/spow", "--json")
        #expect(run.status == 0, "\(run.out)")
        struct Result: Decodable {
            struct Example: Decodable { let id: String }
            let plan: String
            let examples: Int
            let failed: [Example]
        }
        let results = try run.json([Result].self)
        #expect(results.count >= 2)
        #expect(results.allSatisfy { $0.examples > 0 && $0.failed.isEmpty })
    }

    @Test("a broken plan ends with 2 and says file, line and what was meant")
    func broken() throws {
        let scratch = try Scratch()
        let plans = try BrokenPlan.make(in: scratch)
        let run = try Tool.sentrum("plan", "check", plans + "/2020-2024")
        #expect(run.status == 2)
        let line = try #require(run.out.split(separator: "\n").first { $0.contains("wizard") })
        #expect(line.contains(#/procedures/sot\.yaml:[0-9]+: /#))
        #expect(line.contains("unknown-reference"))
        let dutch = try Tool.sentrum("plan", "check", plans + "/2020-2024", "--language", "nl")
        #expect(dutch.out.contains("geen bekende functie"))
    }

    @Test("an example that comes out otherwise ends with 2")
    func failedExample() throws {
        let scratch = try Scratch()
        let plans = scratch.folder.appending(path: "plans")
        try FileManager.default.createDirectory(at: plans, withIntermediateDirectories: true)
        for name in ["spow", "law"] {
            try FileManager.default.copyItem(at: Tool.project.appending(path: "plans/\(name)"), to: plans.appending(path: name))
        }
        let file = plans.appending(path: "spow/2020-2024/examples/wrong.yaml")
        try """
        wrong:
          kind: term
          why: { nl: Dit komt anders uit, en: This comes out otherwise }
          term: P1W
          from: 2026-11-02
          expect: { due: 2026-11-10 }
        """.write(to: file, atomically: true, encoding: .utf8)
        let run = try Tool.sentrum("plan", "check", plans.appending(path: "spow/2020-2024").path)
        #expect(run.status == 2)
        #expect(run.out.contains("expected due 2026-11-10, got due 2026-11-09"))
    }

    @Test("versions that begin on one day, or before what they amend, are told with the version, also when it is checked alone")
    func clashes() throws {
        let scratch = try Scratch()
        let plans = scratch.folder.appending(path: "plans")
        try FileManager.default.createDirectory(at: plans, withIntermediateDirectories: true)
        for name in ["spow", "law"] {
            try FileManager.default.copyItem(at: Tool.project.appending(path: "plans/\(name)"), to: plans.appending(path: name))
        }
        let file = plans.appending(path: "spow/2020-2024-addendum/plan.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        for (day, said) in [("2020-08-01", "two versions begin on 2020-08-01"), ("2020-07-31", "which it amends")] {
            try text.replacing(#/(?m)^in-force: .*$/#, with: "in-force: \(day)").write(
                to: file, atomically: true, encoding: .utf8)
            for folder in ["spow", "spow/2020-2024-addendum"] {
                let run = try Tool.sentrum("plan", "check", plans.appending(path: folder).path)
                #expect(run.status == 2)
                let line = try #require(run.out.split(separator: "\n").first { $0.contains("[versions-clash]") })
                #expect(line.contains(said) && line.contains("spow/2020-2024-addendum/plan.yaml:"))
            }
        }
    }

    @Test("an outcome is explained line by line, in both languages")
    func explain() throws {
        let child = [
            "plan", "explain", "plans/spow/2020-2024-addendum", "--decision", "tlv.granted", "--group", "5", "--born",
            "2016-03-04", "--decided", "2026-01-12", "--begin", "2026-02-01", "--answer", "school-type=sbo",
        ]
        let english = try Tool.run(Tool.program, child + ["--language", "en"])
        #expect(english.status == 0, "\(english.err)")
        #expect(english.out.contains("31 July 2029"))
        let dutch = try Tool.run(Tool.program, child)
        #expect(dutch.out != english.out)
        #expect(dutch.out.contains("31 juli 2029"))
        #expect(try Tool.run(Tool.program, child + ["--answer", "school-type=palace"]).status == 2)
        #expect(try Tool.run(Tool.program, child + ["--answer", "nonsense"]).status == 64)
    }

    @Test("files and folders without a plan, as a pattern names them, are passed over; alone they are refused")
    func pattern() throws {
        let run = try Tool.sentrum(
            "plan", "check", "plans/heuvelrug/2022-2026", "plans/het-anker/2020", "plans/spow/NOTES.md", "plans/spow/demo",
            "plans/law")
        #expect(run.status == 0, "\(run.out)")
        #expect(run.out.contains("2 plans in "))
        #expect(try Tool.sentrum("plan", "check", "plans/law").status == 2)
    }

    @Test("what the law asks of a plan and the plan leaves to paper is told")
    func paper() throws {
        let run = try Tool.sentrum("plan", "check", "plans/heuvelrug/2022-2026", "--language", "nl")
        #expect(run.out.contains("op papier, b: "))
        #expect(run.out.contains("De meerjarenbegroting"))
    }

    @Test("an example is explained: the row, the paragraph, and what another group would make of it")
    func explainExample() throws {
        let plan = ["plan", "explain", "plans/spow/2020-2024-addendum"]
        let one = try Tool.run(Tool.program, plan + ["tlv-duration.yaml#sbo-group-3-whole", "--language", "nl"])
        #expect(one.status == 0, "\(one.err)")
        #expect(one.out.contains("rij tlv-duration.sbo-group-3-whole: past (addendum, 1)"))
        #expect(one.out.contains("rij tlv-duration.sbo-from-group-4: past niet"))
        #expect(one.out.contains("in groep 4 in plaats van groep 3: tot en met 31 juli 2026"))
        #expect(try Tool.run(Tool.program, plan + ["tlv-duration.yaml#nothing"]).status == 2)
        #expect(try Tool.run(Tool.program, plan).status == 64)
    }

    @Test("what is refused is told in a sentence, in either language, and never as a code")
    func explainRefusal() throws {
        let route = ["plan", "explain", "plans/spow/2020-2024", "wegen.yaml"]
        let dutch = try Tool.run(Tool.program, route)
        #expect(dutch.status == 0, "\(dutch.err)")
        #expect(dutch.out.contains("geweigerd: er ontbreekt iets wat er eerst moet zijn"))
        let english = try Tool.run(Tool.program, route + ["--language", "en"])
        #expect(english.out.contains("refused: something that must be there first is missing"))
        for out in [dutch.out, english.out] {
            #expect(out.firstMatch(of: /(geweigerd|refused): [a-z]+[A-Z]/) == nil)
        }
        let pages = try Tool.run(Tool.program, ["plan", "explain", "plans/spow/2020-2024", "paragrafen.yaml"])
        #expect(pages.out.contains("Uitkomst: zoals het er staat"))
        #expect(!pages.out.contains("anders dan het er staat"))
    }

    @Test("a decision that was taken is explained to whoever may see it, by the version it was taken under; to nobody else")
    func explainData() throws {
        let scratch = try Scratch()
        let data = try scratch.demo(pupils: 60)
        struct Account: Decodable {
            struct Held: Decodable { let function: String }
            let email: String?
            let functions: [Held]
        }
        let accounts = try Tool.sentrum("account", "list", data, "--limit", "1000", "--json").json([Account].self)
        let holders = { (function: String) in
            accounts.filter { $0.functions.contains { $0.function == function } }.compactMap(\.email)
        }
        // A TLV: of a decision with a table of many rows there is most to explain.
        let issued = try Tool.sentrum("journal", "export", data).out.split(separator: "\n").compactMap { line -> [String]? in
            guard line.contains("decision.issued.v1"), line.contains("tlv-duration"),
                let number = line.firstMatch(of: /"number":"([^"]+)"/), let end = line.firstMatch(of: /"end":"([0-9-]+)"/),
                let row = line.firstMatch(of: /"row":"([^"]+)"/)
            else { return nil }
            return [String(number.1), String(end.1), String(row.1)]
        }
        let decision = try #require(issued.last)
        let (number, end, row) = (decision[0], decision[1], decision[2])
        let ask = { (number: String, reader: String, more: [String]) in
            try Tool.run(Tool.program, ["plan", "explain", "--data", data, "--decision", number, "--as", reader] + more)
        }
        func reads() throws -> Int {
            let run = try Tool.run(Tool.sqliteShell, [data + "/journal.sqlite", "SELECT count(*) FROM reads"])
            return try #require(Int(run.out.filter(\.isNumber)), "\(run.err)")
        }
        // The coordinator of the school of this child, and no coordinator of another school.
        var found: (reader: String, run: Tool.Run)?
        for email in holders("ib") where found == nil {
            let run = try ask(number, email, [])
            if run.status == 0 { found = (email, run) } else { #expect(run.status == 2 && run.out.isEmpty) }
        }
        let (reader, dutch) = try #require(found)
        let last = try Self.said(end)
        #expect(dutch.out.contains("\(number), tot en met \(last.nl)\n"))
        #expect(dutch.out.contains("rij tlv-duration.\(row): past ("))
        #expect(dutch.out.contains(": past niet ("), "the rows that did not apply are told too")
        #expect(dutch.out.contains("(spow/2020-2024-addendum), geldt vanaf 1 augustus 2021"))
        #expect(dutch.out.contains(#/✓ .+: .+; gevraagd: /#))
        #expect(dutch.out.contains("Anders zou het zijn:"))
        #expect(dutch.out.contains(#/in groep [1-8] in plaats van groep [1-8]: /#))
        let english = try ask(number, reader, ["--language", "en"])
        #expect(english.out.contains("\(number), until \(last.en)\n"))
        for out in [dutch.out, english.out] {
            #expect(out.firstMatch(of: /\bP[0-9]+[DWMY]\b/) == nil, "periods are written out")
            #expect(out.firstMatch(of: /(geweigerd|refused): [a-z]+[A-Z]/) == nil)
        }
        // It speaks of the rules and of what they rest on: of nobody by name or address, nor of what somebody wrote.
        #expect(!dutch.out.contains("@") && !dutch.out.contains("dossier-"))
        for account in accounts { #expect(!dutch.out.contains(account.email ?? "@")) }
        // What may not be seen and what is not there get the same answer, and leave nothing behind.
        if Tool.hasSQLiteShell {
            let before = try reads()
            #expect(try ask(number, reader, []).status == 0)
            #expect(try reads() == before + 1, "the look stands in the read log")
        }
        let director = try #require(holders("swv-director").first)
        let hidden = try ask(number, director, [])
        let unknown = try ask("PO0000-0000-0000-0000", director, [])
        #expect((hidden.status, unknown.status) == (2, 2))
        #expect(hidden.err.contains("\(number) is no decision that this person may see"))
        #expect(hidden.err.replacing(number, with: "PO0000-0000-0000-0000") == unknown.err)
        // The whole dossier, to the same reader: every route, and what the start of one takes that never ran.
        struct Explained: Decodable {
            struct Waiting: Decodable { let due: String? }
            let started: String?
            let ended: String?
            let open: [Waiting]
        }
        let dossier = try #require(
            try Tool.sentrum("journal", "export", data).out.split(separator: "\n").first { $0.contains(number) }
                .flatMap { $0.firstMatch(of: /"stream":"dossier-([^"]+)"/) }.map { String($0.1) })
        let whole = { (more: [String]) in
            try Tool.run(Tool.program, ["plan", "explain", "--data", data, "--dossier", dossier, "--as", reader] + more)
        }
        let all = try whole(["--json"]).json([Explained].self)
        #expect(all.contains { $0.ended != nil } && all.allSatisfy { $0.started != nil && ($0.ended != nil) == $0.open.isEmpty })
        #expect(try whole([]).out.contains("\(number), tot en met \(last.nl)"))
        let routes = ["impasse", "overstap-vo", "second-opinion", "terugplaatsing"]
        let notRun = try #require(
            try routes.first { try whole(["--route", $0, "--json"]).json([Explained].self).first?.started == nil })
        #expect(try whole(["--route", notRun]).out.contains("Beginnen, door "))
        #expect(try whole(["--route", "palace"]).status == 2)
        #expect(
            try Tool.run(Tool.program, ["plan", "explain", "--data", data, "--dossier", dossier, "--as", director]).status == 2)
        #expect(try whole(["--decision", number]).status == 64)
        // A decision without an end: what it rests on, and what else it could have been.
        let endless = try Tool.sentrum("journal", "export", data).out.split(separator: "\n").compactMap { line -> String? in
            guard line.contains("decision.issued.v1"), !line.contains("\"end\":") else { return nil }
            return line.firstMatch(of: /"number":"([^"]+)"/).map { String($0.1) }
        }
        #expect(!endless.isEmpty)
        var refused: String?
        for number in endless.prefix(4) {
            for email in holders("ib") where refused == nil {
                let run = try ask(number, email, [])
                if run.status == 0 { refused = run.out }
            }
        }
        let refusal = try #require(refused)
        #expect(refusal.contains("Waarom, staat in het besluit zelf"))
        #expect(refusal.contains("Anders zou het zijn:") && refusal.contains(" → afgelopen met ‘"))
        #expect(refusal.firstMatch(of: /\bP[0-9]+[DWMY]\b|[0-9]{4}-[0-9]{2}-[0-9]{2}/) == nil)
        let stranger = try ask(number, "nobody@demo.example", [])
        #expect(stranger.status == 2 && stranger.err.contains("nobody has this mail address"))
        #expect(try Tool.sentrum("plan", "explain", "--data", data, "--decision", number).status == 64)
    }

    /// A day as people write it, in either language.
    private static func said(_ day: String) throws -> (nl: String, en: String) {
        let parts = day.split(separator: "-").compactMap { Int($0) }
        try #require(parts.count == 3)
        let nl = ["jan", "febr", "maart", "april", "mei", "juni", "juli", "augustus", "sept", "okt", "nov", "dec"]
        let en = ["Jan", "Febr", "March", "April", "May", "June", "July", "August", "Sept", "Oct", "Nov", "Dec"]
        let ends = [0: "uari", 1: "uari", 8: "ember", 9: "ober", 10: "ember", 11: "ember"]
        let english = [0: "uary", 1: "uary", 8: "ember", 9: "ober", 10: "ember", 11: "ember"]
        let month = parts[1] - 1
        return (
            "\(parts[2]) \(nl[month])\(ends[month] ?? "") \(parts[0])",
            "\(parts[2]) \(en[month])\(english[month] ?? "") \(parts[0])"
        )
    }

    @Test("a sample of changes is tried, the same for the same seed")
    func mutate() throws {
        struct Result: Decodable, Equatable {
            struct Survivor: Decodable, Equatable { let path: String }
            let changes: Int
            let noticed: Int
            let survivors: [Survivor]
        }
        let command = ["plan", "mutate", "plans/heuvelrug", "--sample", "6", "--seed", "7", "--least", "0", "--json"]
        let first = try Tool.run(Tool.program, command)
        #expect(first.status == 0, "\(first.err)")
        let results = try first.json([Result].self)
        #expect(results.map(\.changes) == [6])
        #expect(results.allSatisfy { $0.noticed + $0.survivors.count == $0.changes })
        #expect(try Tool.run(Tool.program, command).json([Result].self) == results)
    }

    @Test("what a plan says is written as examples")
    func says() throws {
        let run = try Tool.sentrum("plan", "says", "plans/heuvelrug/2022-2026")
        #expect(run.status == 0)
        #expect(run.out.contains("kind: says"))
        #expect(run.out.contains("procedures.toewijzing.start"))
    }

    @Test("the page of a plan names every procedure and its source", arguments: ["nl", "en"])
    func render(_ language: String) throws {
        let run = try Tool.sentrum("plan", "render", "plans/spow/2020-2024", "--language", language)
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("# "))
        #expect(run.out.contains("deel 2, 1.7.4"))
    }

    @Test("what changes is said for whom, in both languages, with the paragraphs and the examples that come out otherwise")
    func diff() throws {
        let plans = ["plan", "diff", "plans/spow/2020-2024", "plans/spow/2020-2024-addendum"]
        let dutch = try Tool.run(Tool.program, plans)
        #expect(dutch.status == 0, "\(dutch.err)")
        #expect(dutch.out.contains("## Ouders en verzorgers"))
        #expect(dutch.out.contains("Voortaan is nodig: Document: Verslag van het intensieve interventietraject"))
        #expect(dutch.out.contains("bron: addendum, 1; was: deel 2, 1.7.4"))
        #expect(dutch.out.contains("sbo-group-5-mid-year: verwacht tot en met 31 juli 2021, nu tot en met 31 juli 2024."))
        // Places that nobody filled, and keys without a sentence, would show like this.
        #expect(!dutch.out.contains(#/\{[a-z]+\}|comparing\./#))
        let english = try Tool.run(Tool.program, plans + ["--language", "en"])
        #expect(english.out.contains("## Parents and carers"))
        #expect(!english.out.contains(#/\{[a-z]+\}|comparing\./#))
        let one = try Tool.run(Tool.program, plans + ["--for", "adviser"])
        #expect(one.out.contains("## Ondersteuningsadviseur"))
        #expect(!one.out.contains("## Ouders en verzorgers"))
        #expect(try Tool.run(Tool.program, plans + ["--for", "wizard"]).status == 2)
        let same = try Tool.sentrum("plan", "diff", "plans/spow/2020-2024", "plans/spow/2020-2024")
        #expect(same.status == 0)
        #expect(same.out.contains("Er is geen verschil."))
    }

    @Test("the difference as JSON says of each line whom it concerns, and numbers them by whom")
    func diffJSON() throws {
        struct Result: Decodable {
            struct Difference: Decodable {
                let code: String
                let path: String
                let concerns: [String]
                let sourceAfter: String?
            }
            struct Example: Decodable {
                let id: String
                let expected: String
                let got: String
            }
            let before: String
            let after: String
            let differences: [Difference]
            let concerns: [String: [Int]]
            let examples: [Example]
        }
        let run = try Tool.sentrum("plan", "diff", "plans/spow/2020-2024", "plans/spow/2020-2024-addendum", "--json")
        let result = try run.json(Result.self)
        #expect((result.before, result.after) == ("spow/2020-2024", "spow/2020-2024-addendum"))
        for (number, difference) in result.differences.enumerated() {
            for audience in difference.concerns { #expect(result.concerns[audience]?.contains(number) == true) }
        }
        let path = "procedures.tlv.start.needs.interventietraject-sbo"
        let need = try #require(result.differences.first { $0.path == path })
        #expect(need.code == "need.added")
        #expect(need.concerns == ["ib", "school-director", "parents"])
        #expect(need.sourceAfter == "addendum, 1")
        #expect(
            result.examples.contains { $0.id == "sbo-group-4" && $0.expected == "end 2026-07-31" && $0.got == "end 2023-07-31" })
    }

    /// What `--data` adds to the result as JSON.
    private struct Replayed: Decodable {
        struct Replay: Decodable {
            struct Decision: Decodable {
                let number: String
                let would: String
            }
            struct Turn: Decodable {
                let dossier: String
                let what: String
                let was: String
                let would: String
            }
            let dossiers: Int
            let decisions: Int
            let decisionsOtherwise: Int
            let terms: Int
            let termsOtherwise: Int
            let acts: Int
            let actsOtherwise: Int
            let dossiersOtherwise: Int
            let seen: [Decision]
            let seenTerms: [Turn]
            let seenActs: [Turn]
        }
        let replay: Replay
    }

    private func replay(
        _ data: String, _ before: String, _ after: String, reader: String? = nil
    ) throws -> Replayed.Replay {
        let run = try Tool.run(
            Tool.program,
            ["plan", "diff", "plans/spow/\(before)", "plans/spow/\(after)", "--data", data, "--json"]
                + (reader.map { ["--as", $0] } ?? []))
        #expect(run.status == 0, "\(run.err)")
        return try run.json(Replayed.self).replay
    }

    @Test("dossiers are tried by another plan: figures for everybody, numbers only for who may see them")
    func diffData() throws {
        struct Person: Decodable {
            let role: String
            let email: String
        }
        let scratch = try Scratch()
        let data = try scratch.demo(pupils: 120)
        // By their own plan all decisions come out as they did.
        let own = try replay(data, "2020-2024-addendum", "2020-2024-addendum")
        #expect(own.decisions > 0)
        #expect(own.terms > 0)
        #expect((own.decisionsOtherwise, own.termsOtherwise) == (0, 0))
        #expect(own.acts > 0)
        #expect((own.actsOtherwise, own.dossiersOtherwise) == (0, 0), "nothing that was done is refused by its own plan")
        let other = try replay(data, "2020-2024-addendum", "2020-2024")
        #expect((other.dossiers, other.decisions) == (own.dossiers, own.decisions))
        #expect(other.decisionsOtherwise > 0)
        #expect(other.seen.isEmpty && other.seenTerms.isEmpty && other.seenActs.isEmpty, "nobody asked")
        #expect(other.acts == own.acts)
        let written = try Data(contentsOf: URL(filePath: data + "/demo-people.json"))
        let people = try JSONDecoder().decode([Person].self, from: written)
        let director = try #require(people.first { $0.role == "swv-director" })
        let figures = try replay(data, "2020-2024-addendum", "2020-2024", reader: director.email)
        #expect(figures.seen.isEmpty && figures.seenTerms.isEmpty && figures.seenActs.isEmpty, "sees no dossier at all")
        // Somebody of the school of such a child gets its number, and never more than there are.
        struct Account: Decodable {
            struct Held: Decodable { let function: String }
            let email: String?
            let functions: [Held]
        }
        let list = try Tool.sentrum("account", "list", data, "--limit", "1000", "--json")
        let accounts = try list.json([Account].self)
        let coordinators = accounts.filter { $0.functions.contains { $0.function == "ib" } }.compactMap(\.email)
        var (seen, turns): ([Replayed.Replay.Decision], [Replayed.Replay.Turn]) = ([], [])
        for email in coordinators where seen.isEmpty {
            let found = try replay(data, "2020-2024-addendum", "2020-2024", reader: email)
            seen += found.seen
            turns += found.seenTerms
        }
        #expect((1...other.decisionsOtherwise).contains(seen.count))
        #expect((0...other.termsOtherwise).contains(turns.count))
        #expect(turns.allSatisfy { !$0.dossier.isEmpty && !$0.what.isEmpty && $0.was != $0.would })
        let plain = try Tool.sentrum("plan", "diff", "plans/spow/2020-2024-addendum", "plans/spow/2020-2024", "--data", data)
        #expect(plain.out.contains("Besluiten: \(own.decisions); anders uitgekomen: \(other.decisionsOtherwise)"))
        #expect(!plain.out.contains(#/PO[0-9]{4}-/#), "no number without a reader")
        #expect(
            try Tool.sentrum("plan", "diff", "plans/spow/2020-2024", "plans/spow/2020-2024", "--as", "a@b.example").status == 64)
    }
}
