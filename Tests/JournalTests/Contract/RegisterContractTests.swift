import Domain
import Foundation
import Journal
import Testing

@Suite("Every store answers from its registers alike")
struct RegisterContractTests {
    private let anna = DossierRow.sample("dossier-a", "Anna", "Visser", changedAt: minute(10))
    private let bram = DossierRow.sample("dossier-b", "Bram", "de Bakker", changedAt: minute(30))
    private let celik = DossierRow.sample("dossier-c", "Deniz", "Çelik", changedAt: minute(20))

    @Test("Rows are added, replaced and deleted with the events", arguments: StoreKind.allCases)
    func upsertsAndDeletes(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await put([anna, bram], in: journal)
            var other = anna
            other.group = "6"
            try await put([other], deletes: [bram.key, celik.key], in: journal)
            #expect(try await journal.dossier("dossier-a") == other)
            #expect(try await journal.dossier("dossier-b") == nil)
        }
    }

    @Test("A child is found by exactly its name and day of birth, whoever asks", arguments: StoreKind.allCases)
    func findsOneChild(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await put([anna, bram, celik], in: journal)
            func found(_ given: String, _ family: String, _ born: Day) async throws -> [DossierID] {
                try await journal.dossiers(named: NameKey.of(given: given, family: family), born: born).map(\.id)
            }
            #expect(try await found("Deniz", "Çelik", celik.born) == ["dossier-c"])
            #expect(try await found("deniz", "celik", celik.born) == ["dossier-c"])
            #expect(try await found("Deni", "Çelik", celik.born) == [])
            #expect(try await found("Deniz", "Çelik", celik.born.adding(days: 1)) == [])
            #expect(try await found("", "", celik.born) == [])
        }
    }

    @Test(
        "Decisions that end in a time are listed with the child, to whom one opening shows both, a page at a time",
        arguments: StoreKind.allCases)
    func listsWhatEnds(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            func shows(_ row: DossierRow, _ principal: String, _ parts: String, until: Day? = nil) -> OpeningRow {
                OpeningRow(
                    principal: principal, dossier: row.id, parts: parts, until: until, ground: "function", nameKey: row.nameKey,
                    changedAt: row.changedAt)
            }
            let both = "child,decisions,procedures"
            func follow(_ row: DossierRow, _ instance: InstanceID, started: Day) -> ProcedureRow {
                ProcedureRow(
                    instance: instance, dossier: row.id, procedure: "again", plan: "2026", school: row.school, state: "look",
                    started: started)
            }
            try await put(
                [
                    anna, bram, celik, anna.procedure("a"), bram.procedure("b"), celik.procedure("c"),
                    anna.decision("a", ordinal: 1, issued: day(0)), bram.decision("b", ordinal: 2, issued: day(0)),
                    celik.decision("c", ordinal: 3, issued: day(1)), shows(anna, "ib@school-1", both),
                    shows(anna, "director@school-1", both), shows(bram, "ib@school-1", both, until: day(5)),
                    shows(celik, "ib@school-1", "child,procedures"), shows(celik, "person:p", both),
                    follow(anna, "old", started: day(-1)), follow(anna, "x", started: day(3)), follow(anna, "y", started: day(9)),
                ], in: journal)
            let (first, last) = (day(0).adding(years: 2), day(1).adding(years: 2))
            func list(
                _ principals: [String]?, on today: Day = day(5), _ change: (inout EndingFilter) -> Void = { _ in },
                from: Day? = nil, of: Set<String> = ["request.granted"], after: EndingKey? = nil, limit: Int = 9
            ) async throws -> [EndingDecision] {
                var filter = EndingFilter(first: from ?? first, last: last, of: of, follows: "again")
                change(&filter)
                return try await journal.ending(filter, for: principals, on: today, after: after, limit: limit)
            }
            func ids(_ found: [EndingDecision]) -> [String] { found.map(\.dossier.id.rawValue) }
            let found = try await list(["ib@school-1", "director@school-1"])
            #expect(ids(found) == ["dossier-a", "dossier-b"])
            // The last that was begun since the decision was given.
            #expect(found.map(\.begun?.instance) == ["y", nil])
            #expect(found.first?.decision == anna.decision("a", ordinal: 1, issued: day(0)))
            #expect(ids(try await list(["ib@school-1"], on: day(6))) == ["dossier-a"])
            #expect(ids(try await list(["person:p", "ib@school-1"])) == ["dossier-a", "dossier-b", "dossier-c"])
            #expect(ids(try await list(nil)) == ["dossier-a", "dossier-b", "dossier-c"])
            #expect(ids(try await list(nil, from: last)) == ["dossier-c"])
            #expect(ids(try await list(nil, { $0.school = "school-2" })).isEmpty)
            #expect(ids(try await list(nil, { $0.school = "school-1" })).count == 3)
            #expect(ids(try await list(nil, of: ["request.refused", "again.granted"])).isEmpty)
            #expect(try await list([]).isEmpty)
            #expect(try await list(nil, of: []).isEmpty)
            let page = try await list(nil, limit: 1)
            #expect(ids(page) == ["dossier-a"])
            #expect(ids(try await list(nil, { $0.dossier = "dossier-b" })) == ["dossier-b"])
            func count(_ principals: [String]?, _ change: (inout EndingFilter) -> Void = { _ in }) async throws -> EndingCount {
                var filter = EndingFilter(first: first, last: last, of: ["request.granted"], follows: "again")
                change(&filter)
                return try await journal.endingCount(filter, for: principals, on: day(5))
            }
            #expect(try await count(["ib@school-1"]) == EndingCount(all: 2, notBegun: 1))
            #expect(try await count(["person:p"]) == EndingCount(all: 1, notBegun: 1))
            #expect(try await count(nil) == EndingCount(all: 3, notBegun: 2))
            #expect(try await count(["ib@school-1", "director@school-1"]) == EndingCount(all: 2, notBegun: 1))
            #expect(try await count(nil, { $0.school = "school-2" }) == EndingCount(all: 0, notBegun: 0))
            #expect(try await count([]) == EndingCount(all: 0, notBegun: 0))
            let key = EndingKey(ends: first, number: "tlv-1")
            #expect(ids(try await list(nil, after: key)) == ["dossier-b", "dossier-c"])
        }
    }

    @Test("A dossier is listed to whom an opening shows it, as long as that holds", arguments: StoreKind.allCases)
    func listsWhatIsOpen(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await put(
                [
                    anna, bram, celik, anna.opening(for: "ib@school-1"), bram.opening(for: "ib@school-1", until: day(5)),
                    celik.opening(for: "person:p", until: day(4)), anna.opening(for: "person:p"),
                ], in: journal)
            func list(_ principals: [String], on today: Day) async throws -> [DossierID] {
                try await journal.dossiers(for: principals, on: today, search: nil, after: nil, limit: 9).map(\.id)
            }
            #expect(try await list(["ib@school-1"], on: day(5)) == ["dossier-b", "dossier-a"])
            #expect(try await list(["ib@school-1"], on: day(6)) == ["dossier-a"])
            #expect(try await list(["person:p", "ib@school-1"], on: day(4)) == ["dossier-c", "dossier-b", "dossier-a"])
            #expect(try await list(["person:p", "person:p"], on: day(5)) == ["dossier-a"])
            #expect(try await list(["nobody"], on: day(0)).isEmpty)
            #expect(try await list([], on: day(0)).isEmpty)
            #expect(try await journal.openings(of: "dossier-a").map(\.principal) == ["ib@school-1", "person:p"])
            #expect(try await journal.openings(for: ["person:p", "x"], of: "dossier-c").map(\.until) == [day(4)])
            #expect(try await journal.openings(for: ["x"], of: "dossier-c").isEmpty)
        }
    }

    @Test(
        "A search finds each word at the beginning of a word of the name", arguments: StoreKind.allCases,
        [
            ("", ["dossier-c", "dossier-b", "dossier-a"]), ("b", ["dossier-b"]), ("BAK br", ["dossier-b"]),
            ("çel", ["dossier-c"]), ("de", ["dossier-c", "dossier-b"]), ("isser", []), ("anna visser", ["dossier-a"]),
            ("anna bakker", []), ("%", ["dossier-c", "dossier-b", "dossier-a"]), ("_nna", []),
        ] as [(String, [DossierID])])
    func searches(kind: StoreKind, search: (text: String, found: [DossierID])) async throws {
        // "_nna": the underscore is no letter, so the word is "nna", and no name has a word that begins so.
        try await kind.withJournal { journal in
            let all = [anna, bram, celik]
            try await put(all + all.map { $0.opening(for: "ib@school-1") }, in: journal)
            let found = try await journal.dossiers(
                for: ["ib@school-1"], on: day(0), search: search.text, after: nil, limit: 9)
            #expect(found.map(\.id) == search.found)
        }
    }

    @Test("A search knows a new name at once, the old one no more, and nothing that was closed", arguments: StoreKind.allCases)
    func searchesWhatIsNow(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            func found(_ search: String, on today: Int = 0) async throws -> [DossierID] {
                try await journal.dossiers(for: ["ib@school-1"], on: day(today), search: search, after: nil, limit: 9).map(\.id)
            }
            try await put([anna, anna.opening(for: "ib@school-1"), bram, bram.opening(for: "ib@school-1")], in: journal)
            let renamed = DossierRow.sample("dossier-a", "Anna", "de Bakker-Visser", version: 2)
            try await put([renamed, renamed.opening(for: "ib@school-1", until: day(1))], in: journal)
            #expect(try await found("bak") == ["dossier-b", "dossier-a"])
            #expect(try await found("visser anna") == ["dossier-a"])
            #expect(try await found("anna", on: 2).isEmpty)
            try await put([renamed, renamed.opening(for: "ib@school-1")], in: journal)
            #expect(try await found("anna", on: 2) == ["dossier-a"])
            let key = bram.opening(for: "ib@school-1").key
            _ = try await journal.append(
                .noting("closed", in: "other", after: 0, registers: RegisterChange(deletes: [key])))
            #expect(try await found("bak") == ["dossier-a"])
        }
    }

    @Test("A name that many have is found page by page, and within it a rarer one", arguments: StoreKind.allCases)
    func searchesAmongMany(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            var rows: [any RegisterRow] = []
            for number in 0..<450 {
                let id = DossierID(rawValue: "dossier-\(1000 + number)")
                let row = DossierRow.sample(id, number % 90 == 7 ? "Zoë" : "Jan Jansen", "Jansen")
                rows += [row, row.opening(for: "office@swv"), row.opening(for: "office@swv#p")]
            }
            try await put(rows, in: journal)
            for principal in ["office@swv", "office@swv#p"] {
                var pages: [[DossierID]] = []
                var after: PageKey?
                repeat {
                    let page = try await journal.dossiers(
                        for: [principal], on: day(0), search: "jans", after: after, limit: 200)
                    pages.append(page.map(\.id))
                    after = page.last.map { PageKey($0) }
                } while after != nil
                #expect(pages.map(\.count) == [200, 200, 50, 0])
                #expect(Set(pages.joined()).count == 450)
                let rare = try await journal.dossiers(for: [principal], on: day(0), search: "jan zo", after: nil, limit: 200)
                #expect(rare.map(\.id) == ["dossier-1007", "dossier-1097", "dossier-1187", "dossier-1277", "dossier-1367"])
            }
        }
    }

    @Test("A list is narrowed down by all that is asked at once", arguments: StoreKind.allCases)
    func narrowed(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            var elsewhere = bram
            elsewhere.school = "school-2"
            elsewhere.group = "7"
            var own = anna.opening(for: "ib@school-1")
            own.parts = "child,procedures"
            var other = elsewhere.opening(for: "ib@school-1")
            other.parts = "child,procedures"
            var teachers = anna.opening(for: "teacher@school-1")
            teachers.parts = "child"
            var ended = anna.procedure("i-3")
            ended.procedure = "talk"
            ended.ended = day(1)
            try await put(
                [
                    anna, elsewhere, own, other, teachers, anna.procedure("i-1"), elsewhere.procedure("i-2", started: day(30)),
                    ended, anna.task(for: "ib@school-1", instance: "i-1", since: minute(1), due: day(9)),
                    elsewhere.task(for: "other", instance: "i-2", since: minute(1), due: day(44)),
                    elsewhere.task(for: "ib@school-1", .await, instance: "i-2", since: minute(1), due: nil),
                ], in: journal)
            func list(
                _ principals: [String] = ["ib@school-1", "person:p"], on today: Day = day(0), _ set: (inout DossierFilter) -> Void
            ) async throws -> [DossierID] {
                var filter = DossierFilter()
                set(&filter)
                return try await journal.dossiers(
                    for: principals, on: today, search: nil, filter: filter, after: nil, limit: 9
                ).map(\.id)
            }
            #expect(try await list { _ in } == ["dossier-b", "dossier-a"])
            #expect(try await list { $0.school = "school-2" } == ["dossier-b"])
            #expect(try await list { $0.group = "7" } == ["dossier-b"])
            #expect(
                try await list {
                    $0.school = "school-1"; $0.group = "7"
                }.isEmpty)
            #expect(try await list { $0.procedure = "request" } == ["dossier-b", "dossier-a"])
            #expect(try await list { $0.procedure = "talk" }.isEmpty, "it ended")
            #expect(try await list { $0.isWaiting = true } == ["dossier-a"])
            #expect(try await list { $0.isLate = true }.isEmpty)
            #expect(try await list(on: day(9)) { $0.isLate = true }.isEmpty, "the last day is in time")
            #expect(try await list(on: day(10)) { $0.isLate = true } == ["dossier-a"], "its step is past its day")
            #expect(
                try await list(on: day(43)) {
                    $0.isLate = true; $0.procedure = "request"
                } == ["dossier-a"])
            #expect(try await list(on: day(45)) { $0.isLate = true } == ["dossier-b", "dossier-a"])
            #expect(
                try await list(on: day(45)) {
                    $0.isLate = true; $0.procedure = "talk"
                }.isEmpty)
            #expect(
                try await list(on: day(45)) {
                    $0.isLate = true; $0.isWaiting = true
                } == ["dossier-a"])
            // To whom procedures are closed, a list tells nothing about them.
            #expect(try await list(["teacher@school-1"]) { $0.group = anna.group } == ["dossier-a"])
            #expect(try await list(["teacher@school-1"]) { $0.procedure = "request" }.isEmpty)
            #expect(try await list(["teacher@school-1"], on: day(45)) { $0.isLate = true }.isEmpty)
        }
    }

    @Test("Pages of any size give every dossier once, in order", arguments: StoreKind.allCases, [1, 3, 7, 100])
    func pages(kind: StoreKind, limit: Int) async throws {
        try await kind.withJournal { journal in
            let rows = (0..<20).map { index in
                DossierRow.sample(DossierID(rawValue: "dossier-\(index)"), index % 3 == 0 ? "Anna" : "Bo", "Naam\(index % 5)")
            }
            // Every dossier is open to one or two of three principals.
            let openings = rows.enumerated().flatMap { index, row in
                [row.opening(for: "p\(index % 3)"), row.opening(for: "p\(index * 7 % 3)")]
            }
            try await put(rows + openings, in: journal)
            var paged: [DossierRow] = []
            var after: PageKey?
            while true {
                let page = try await journal.dossiers(
                    for: ["p0", "p1", "p2"], on: day(0), search: nil, after: after, limit: limit)
                #expect(page.count <= limit)
                guard let last = page.last else { break }
                paged += page
                after = PageKey(last)
            }
            #expect(paged == rows.sorted { PageKey($0) < PageKey($1) })
        }
    }

    @Test("Tasks come first due first, without a term last, each step once", arguments: StoreKind.allCases)
    func tasks(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await put(
                [
                    anna, bram,
                    anna.task(for: "ib@school-1", instance: "i-1", since: minute(3), due: nil),
                    anna.task(for: "ib@school-1", instance: "i-2", since: minute(1), due: day(9)),
                    anna.task(for: "person:p", instance: "i-2", since: minute(1), due: day(9)),
                    bram.task(for: "person:p", instance: "i-3", since: minute(2), due: day(8)),
                    bram.task(for: "person:p", instance: "i-4", since: minute(1), due: day(8)),
                    bram.task(for: "person:p", instance: "i-4", step: "later", since: minute(2), due: nil),
                    bram.task(for: "person:p", .await, instance: "i-5", since: minute(1), due: day(1)),
                    bram.task(for: "person:q", instance: "i-6", since: minute(1), due: day(1)),
                ], in: journal)
            let both = ["ib@school-1", "person:p"]
            let tasks = try await journal.tasks(for: both, kind: .act, limit: 9)
            #expect(tasks.map(\.instance) == ["i-4", "i-3", "i-2", "i-4", "i-1"])
            #expect(tasks.map(\.dossier) == ["dossier-b", "dossier-b", "dossier-a", "dossier-b", "dossier-a"])
            let rows = try await journal.dossiers(tasks.map(\.dossier) + ["dossier-x"])
            #expect(rows == ["dossier-a": anna, "dossier-b": bram])
            #expect(try await journal.tasks(for: both, kind: .act, limit: 3) == Array(tasks.prefix(3)))
            #expect(try await journal.tasks(for: both, kind: .await, limit: 3).map(\.instance) == ["i-5"])
            #expect(try await journal.tasks(for: [], kind: .act, limit: 3).isEmpty)
            #expect(try await journal.tasks(of: "dossier-a").map(\.principal) == ["ib@school-1", "ib@school-1", "person:p"])
        }
    }

    @Test(
        "Those asked in whose days end are found in dossiers that one sees, the first to end first", arguments: StoreKind.allCases
    )
    func askedInEnding(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            func askedIn(_ person: String) -> String { Principal.askedIn(PersonID(rawValue: person)).rawValue }
            try await put(
                [
                    anna, bram, celik, anna.opening(for: "p"), bram.opening(for: "p", until: day(3)), celik.opening(for: "q"),
                    anna.opening(for: askedIn("a"), until: day(7)), anna.opening(for: askedIn("b"), until: day(4)),
                    anna.opening(for: askedIn("c"), until: day(2)), anna.opening(for: "asked", until: day(5)),
                    anna.opening(for: "asked-in$", until: day(5)), anna.opening(for: askedIn("d"), until: day(8)),
                    bram.opening(for: askedIn("a"), until: day(4)), celik.opening(for: askedIn("a"), until: day(5)),
                ], in: journal)
            func found(_ first: Int, _ last: Int, _ principals: [String] = ["p"], limit: Int = 9) async throws -> [String] {
                try await journal.askedInEnding(from: day(first), through: day(last), for: principals, limit: limit).map {
                    "\($0.dossier) \($0.principal.last ?? " ")"
                }
            }
            #expect(try await found(3, 7) == ["dossier-a b", "dossier-b a", "dossier-a a"])
            #expect(try await found(4, 7) == ["dossier-a b", "dossier-a a"], "the other is not seen any more")
            #expect(try await found(3, 7, ["q", "p"], limit: 3) == ["dossier-a b", "dossier-b a", "dossier-c a"])
            #expect(try await found(3, 7, []).isEmpty)
        }
    }

    @Test("The news is what may be seen and changed last, with its last changes", arguments: StoreKind.allCases)
    func news(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            var rows: [any RegisterRow] = [
                anna, bram, celik, anna.opening(for: "p"), anna.opening(for: "q"), bram.opening(for: "q", until: day(1)),
                celik.opening(for: "q"),
            ]
            for version in 1...5 {
                rows.append(
                    ChangeRow(
                        dossier: "dossier-c", version: version, at: minute(Int64(version)), actor: "person-a", code: "noted",
                        detail: "\(version)"))
            }
            try await put(rows, in: journal)
            let changed = try await journal.changed(for: ["p", "q"], on: day(1), limit: 9)
            #expect(changed.map(\.id) == ["dossier-b", "dossier-c", "dossier-a"])
            #expect(try await journal.changed(for: ["p", "q"], on: day(2), limit: 1).map(\.id) == ["dossier-c"])
            #expect(
                try await journal.changes(of: changed.map(\.id), limit: 3).mapValues { $0.map(\.version) } == [
                    "dossier-c": [5, 4, 3]
                ])
            #expect(try await journal.changes(of: "dossier-c", limit: 2).map(\.version) == [5, 4])
        }
    }

    @Test("Procedures and decisions are found by dossier, number, state and day", arguments: StoreKind.allCases)
    func proceduresAndDecisions(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await put(
                [
                    anna.procedure("i-2", started: day(2)), anna.procedure("i-1", state: "ended", started: day(3)),
                    bram.procedure("i-3", started: day(1)), anna.decision("i-2", ordinal: 1, issued: day(5)),
                    anna.decision("i-1", ordinal: 2, issued: day(4)), bram.decision("i-3", ordinal: 3, issued: day(6)),
                ], in: journal)
            #expect(try await journal.procedures(of: "dossier-a").map(\.instance) == ["i-2", "i-1"])
            let several = try await journal.procedures(of: ["dossier-a", "dossier-none"])
            #expect(several.mapValues { $0.map(\.instance) } == ["dossier-a": ["i-2", "i-1"]])
            #expect(try await journal.procedures("request", state: "running", limit: 9).map(\.instance) == ["i-3", "i-2"])
            #expect(try await journal.procedures("request", state: "running", limit: 1).map(\.instance) == ["i-3"])
            #expect(try await journal.procedure("i-1")?.state == "ended")
            #expect(try await journal.procedure("i-9") == nil)
            #expect(try await journal.decision(number: "tlv-2")?.instance == "i-1")
            #expect(try await journal.decision(number: "tlv-9") == nil)
            #expect(try await journal.decisions(of: "dossier-a").map(\.ordinal) == [2, 1])
            #expect(
                try await journal.decisions(issuedFrom: day(5), through: day(6), limit: 9).map(\.ordinal) == [1, 3])
            #expect(try await journal.decisions(issuedFrom: day(4), through: day(6), limit: 1).map(\.ordinal) == [2])
        }
    }

    @Test("No two decisions share a number or an ordinal, and one may be corrected in its place", arguments: StoreKind.allCases)
    func decisionsAreUnique(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            var first = anna.decision("i-1", ordinal: 1)
            try await put([first], in: journal)
            first.outcome = "corrected"
            try await put([first], in: journal)
            #expect(try await journal.decision(number: "tlv-1")?.outcome == "corrected")
            var sameOrdinal = bram.decision("i-2", ordinal: 1)
            sameOrdinal.number = "other"
            var sameNumber = bram.decision("i-2", ordinal: 2)
            sameNumber.number = "tlv-1"
            for clash in [sameOrdinal, sameNumber] {
                await #expect(throws: JournalFault.registerClash(table: "decisions")) { try await put([clash], in: journal) }
            }
            #expect(try await journal.counts().decisions == 1)
        }
    }

    @Test(
        "Questions are found by kind and school, the last changed first, and by state, the longest first",
        arguments: StoreKind.allCases)
    func questions(kind: StoreKind) async throws {
        func row(_ id: String, _ kind: String, _ school: String, _ state: SchoolQuestion.State, _ changed: Int64) -> QuestionRow {
            QuestionRow(
                id: QuestionID(id), kind: kind, school: OrganisationID(school), asker: "p", group: id == "q-1" ? "4" : nil,
                state: state, asked: minute(0), changedAt: minute(changed))
        }
        try await kind.withJournal { journal in
            try await put(
                [
                    row("q-1", "adviser", "o-1", .open, 3), row("q-2", "adviser", "o-2", .closed, 2),
                    row("q-3", "gifted", "o-1", .open, 3), row("q-4", "adviser", "o-1", .closed, 1),
                ], in: journal)
            func found(_ reach: QuestionReach..., limit: Int = 9) async throws -> [String] {
                try await journal.questions(in: reach, states: [.open, .closed], limit: limit).map(\.id.rawValue)
            }
            #expect(try await found() == [])
            #expect(try await found(QuestionReach(kind: "adviser", school: nil)) == ["q-1", "q-2", "q-4"])
            let two = try await found(
                QuestionReach(kind: "adviser", school: "o-1"), QuestionReach(kind: "gifted", school: "o-1"))
            #expect(two == ["q-1", "q-3", "q-4"])
            #expect(try await found(QuestionReach(kind: "adviser", school: nil), limit: 1) == ["q-1"])
            #expect(try await found(QuestionReach(kind: "adviser", school: "o-9")) == [])
            let open = try await journal.questions(
                in: [QuestionReach(kind: "adviser", school: nil), QuestionReach(kind: "gifted", school: "o-1")],
                states: [.open], limit: 9)
            #expect(open.map(\.id.rawValue) == ["q-1", "q-3"])
            #expect(try await journal.questions(of: "gifted", state: .closed, changedBefore: minute(9), limit: 9).isEmpty)
            let closed = try await journal.questions(of: "adviser", state: .closed, changedBefore: minute(2), limit: 9)
            #expect(closed.map(\.id.rawValue) == ["q-4"])
            let all = try await journal.questions(of: "adviser", state: .closed, changedBefore: minute(9), limit: 9)
            #expect(all.map(\.id.rawValue) == ["q-4", "q-2"])
            #expect(all.map(\.group) == [nil, nil])
        }
    }

    @Test("People, organisations and functions are found", arguments: StoreKind.allCases)
    func directory(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            try await put(
                [
                    PersonRow(id: "person-a", name: "Ödön Visser", email: "Odon@Example.org"),
                    PersonRow(id: "person-b", name: "Bea Vos", email: "bea@example.org"),
                    OrganisationRow(id: "o-1", kind: "school", name: "De Vlieger", code: "01AB00"),
                    OrganisationRow(id: "o-2", kind: "school", name: "Het Anker", code: "02CD00"),
                    OrganisationRow(id: "o-3", kind: "board", name: "Anker Bestuur"),
                    FunctionRow(id: "f-1", person: "person-a", function: "ib", organisation: "o-1", from: day(1), until: day(9)),
                    FunctionRow(id: "f-2", person: "person-a", function: "director", organisation: "o-2", from: day(5)),
                    FunctionRow(id: "f-3", person: "person-b", function: "ib", organisation: "o-1", from: day(3)),
                ], in: journal)
            #expect(try await journal.people(email: "odon@example.ORG").map(\.id) == ["person-a"])
            #expect(try await journal.people(email: "nobody@example.org").isEmpty)
            #expect(try await journal.person("person-b")?.name == "Bea Vos")
            #expect(try await journal.people(search: "v", limit: 9).map(\.id) == ["person-b", "person-a"])
            #expect(try await journal.people(search: "odon", limit: 9).map(\.id) == ["person-a"])
            #expect(try await journal.people(at: ["o-1"], search: nil, limit: 9).map(\.id) == ["person-b", "person-a"])
            #expect(try await journal.people(at: ["o-1", "o-2"], search: "odon", limit: 9).map(\.id) == ["person-a"])
            #expect(try await journal.people(at: ["o-2"], search: nil, limit: 9).map(\.id) == ["person-a"])
            #expect(try await journal.people(at: ["o-1"], search: nil, limit: 1).map(\.id) == ["person-b"])
            #expect(try await journal.people(at: ["o-3"], search: nil, limit: 9).isEmpty)
            #expect(try await journal.people(at: [], search: nil, limit: 9).isEmpty)
            #expect(try await journal.functions(of: "person-a", on: day(5)).map(\.id) == ["f-1", "f-2"])
            #expect(try await journal.functions(of: "person-a", on: day(10)).map(\.id) == ["f-2"])
            #expect(try await journal.functions(of: "person-a", on: day(0)).isEmpty)
            #expect(try await journal.functions(at: "o-1", function: "ib", on: day(3)).map(\.id) == ["f-1", "f-3"])
            #expect(try await journal.functions(at: "o-1", function: "director", on: day(3)).isEmpty)
            #expect(try await journal.functions(at: "o-1", function: nil, on: day(9)).map(\.id) == ["f-1", "f-3"])
            #expect(try await journal.functions(["ib"], at: ["o-1", "o-2"], on: day(3)).map(\.id) == ["f-1", "f-3"])
            #expect(
                try await journal.functions(["director", "ib"], at: ["o-2", "o-1"], on: day(6)).map(\.id)
                    == ["f-1", "f-2", "f-3"])
            #expect(try await journal.functions(["director"], at: ["o-1"], on: day(6)).isEmpty)
            #expect(try await journal.functions(["director"], at: ["o-2"], on: day(4)).isEmpty)
            #expect(try await journal.functions([], at: ["o-2"], on: day(6)).isEmpty)
            #expect(try await journal.functions(["ib"], at: [], on: day(6)).isEmpty)
            #expect(try await journal.organisations(search: "anker", kind: nil, limit: 9).map(\.id) == ["o-3", "o-2"])
            #expect(try await journal.organisations(search: "anker", kind: "school", limit: 9).map(\.id) == ["o-2"])
            #expect(try await journal.organisations(search: "01ab00", kind: nil, limit: 9).map(\.id) == ["o-1"])
            #expect(try await journal.organisations(search: nil, kind: "school", limit: 1).map(\.id) == ["o-1"])
            #expect(try await journal.organisation("o-3")?.kind == "board")
            #expect(try await journal.organisation("o-9") == nil)
        }
    }

    @Test("What families asked is found by school, what is due first on top", arguments: StoreKind.allCases)
    func rights(kind: StoreKind) async throws {
        func row(_ dossier: DossierID, _ request: RightsRequestID, _ school: OrganisationID, due: Int) -> RightsRow {
            RightsRow(
                dossier: dossier, request: request, school: school, right: .copy, asked: day(1), due: day(due), state: .running)
        }
        try await kind.withJournal { journal in
            try await put(
                [
                    row("d-1", "r-1", "s-1", due: 9), row("d-2", "r-2", "s-2", due: 3), row("d-1", "r-3", "s-1", due: 3),
                ], in: journal)
            #expect(try await journal.rights(at: nil, limit: 9).map(\.request) == ["r-3", "r-2", "r-1"])
            #expect(try await journal.rights(at: nil, limit: 2).map(\.request) == ["r-3", "r-2"])
            #expect(try await journal.rights(at: ["s-1"], limit: 9).map(\.request) == ["r-3", "r-1"])
            #expect(try await journal.rights(at: ["s-1", "s-2"], limit: 9).count == 3)
            #expect(try await journal.rights(at: [], limit: 9).isEmpty)
        }
    }

    @Test("Counts go by state", arguments: StoreKind.allCases)
    func counts(kind: StoreKind) async throws {
        try await kind.withJournal { journal in
            #expect(try await journal.counts() == RegisterCounts())
            var closed = bram
            closed.state = "closed"
            try await put(
                [
                    anna, celik, closed, anna.procedure("i-1"), bram.procedure("i-2", state: "ended"),
                    anna.decision("i-1", ordinal: 1), PersonRow(id: "p", name: "P", email: ""),
                    OrganisationRow(id: "o", kind: "school", name: "O"),
                ], in: journal)
            let counts = try await journal.counts()
            #expect(counts.dossiers == ["open": 2, "closed": 1])
            #expect(counts.procedures == ["request": ["running": 1, "ended": 1]])
            #expect((counts.decisions, counts.people, counts.organisations) == (1, 1, 1))
        }
    }

    @Test("Random rows give the same answers from memory and from the database", arguments: StoreKind.databases, 1...8)
    func agree(kind: StoreKind, seed: UInt64) async throws {
        var random = Numbers(seed: seed)
        let memory = MemoryJournal()
        try await kind.withJournal { database in
            for _ in 0..<3 {
                var rows: [any RegisterRow] = []
                for _ in 0..<60 {
                    let number = random.below(40)
                    // What a list sorts by stands in dossier and opening alike, so it depends on the dossier alone.
                    let dossier = DossierRow.sample(
                        DossierID(rawValue: "dossier-\(number)"), ["Anna", "Bo", "Chris"][number % 3],
                        ["van Dam", "Dam", "Özil", "de Wit"][number / 3 % 4], changedAt: minute(Int64(number * 7 % 20 * 10)))
                    let principal = ["p0", "p1", "p2", "p3", "q#3", "q#4"][random.below(6)]
                    let until = random.below(3) == 0 ? nil : day(random.below(6))
                    var opening = dossier.opening(for: principal, until: until)
                    opening.parts = random.below(2) == 0 ? "child" : "child,procedures"
                    rows += [
                        dossier, opening,
                        dossier.procedure(InstanceID(rawValue: "i-\(number)-0"), started: day(number % 5 - 44)),
                        dossier.task(
                            for: principal, random.below(3) == 0 ? .await : .act,
                            instance: InstanceID(rawValue: "i-\(number)-\(random.below(2))"),
                            since: minute(Int64(random.below(5))), due: random.below(3) == 0 ? nil : day(random.below(4))),
                        ChangeRow(
                            dossier: dossier.id, version: random.below(6), at: minute(1), actor: "person-a", code: "c", detail: ""
                        ),
                    ]
                }
                try await put(rows, in: memory)
                try await put(rows, in: database)
                for _ in 0..<40 {
                    let principals = (0..<random.below(5)).map { _ in ["p0", "p1", "p2", "p3", "q#3", "q#4"][random.below(6)] }
                    let today = day(random.below(7))
                    let limit = random.below(12)
                    let search = ["", "d", "v d", "an", "oz", "x", "dam bo"][random.below(7)]
                    let after = random.below(2) == 0 ? nil : PageKey(nameKey: "dam bo", dossier: "dossier-2")
                    let kind = TaskRow.Kind.allCases[random.below(2)]
                    var filter = DossierFilter()
                    if random.below(4) == 0 { filter.school = random.below(2) == 0 ? "school-1" : "school-2" }
                    filter.isWaiting = random.below(4) == 0
                    filter.isLate = random.below(4) == 0
                    if random.below(4) == 0 { filter.procedure = "request" }
                    let lists = [
                        try await memory.dossiers(
                            for: principals, on: today, search: search, filter: filter, after: after, limit: limit),
                        try await database.dossiers(
                            for: principals, on: today, search: search, filter: filter, after: after, limit: limit),
                    ]
                    #expect(lists[0] == lists[1])
                    let tasks = [
                        try await memory.tasks(for: principals, kind: kind, limit: limit),
                        try await database.tasks(for: principals, kind: kind, limit: limit),
                    ]
                    #expect(tasks[0] == tasks[1])
                    let news = [
                        try await memory.changed(for: principals, on: today, limit: limit),
                        try await database.changed(for: principals, on: today, limit: limit),
                    ]
                    #expect(news[0] == news[1])
                    let several = (0..<random.below(6)).map { _ in DossierID(rawValue: "dossier-\(random.below(45))") }
                    let openings = [
                        try await memory.openings(for: principals, of: several),
                        try await database.openings(for: principals, of: several),
                    ]
                    #expect(openings[0] == openings[1])
                    #expect(Set(openings[0].keys).isSubset(of: several))
                }
                let digests = [try await memory.registerDigests(), try await database.registerDigests()]
                #expect(digests[0] == digests[1])
            }
        }
    }
}

/// Numbers that look random and are the same for the same seed.
private struct Numbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// 0… below the bound.
    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % max(1, bound)
    }
}
