import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Logging
import Testing
import UseCases

@testable import Web

@Suite("What closes, closes at once")
struct AtOnceTests {
    /// Pages and answers that somebody of the school has open.
    private static func open(_ stage: AccessStage) -> [String] {
        [
            "/leerlingen/\(stage.dossier)", "/leerlingen/\(stage.dossier)/groeidocument",
            "/leerlingen/\(stage.dossier)/procedures/nieuw/sot",
        ]
    }

    /// Who was in is out, in the same session and with the same key, and finds no trace in any list.
    private func closes(
        _ relation: Relation, by act: @Sendable (AccessStage) async throws -> Void
    ) async throws {
        try await AccessStage.run(at: .opened) { stage in
            let visitor = try await stage.visitor(relation)
            let program = try await stage.stage.program(stage.people[relation])
            for page in Self.open(stage) { #expect(try await visitor.get(page).status == .ok, "\(page)") }
            #expect(try await program.get("/dossiers/\(stage.dossier)").status == .ok)
            try await act(stage)
            let before = try await stage.newestRead?.sequence
            for page in Self.open(stage) {
                let answer = try await visitor.get(page)
                #expect(answer.status == .notFound, "\(page)")
                #expect(!answer.text.contains(AccessStage.given))
            }
            for page in ["/", "/leerlingen"] {
                #expect(!(try await visitor.get(page).text.contains(AccessStage.given)), "\(page)")
            }
            #expect(try await program.get("/dossiers/\(stage.dossier)").status == .notFound)
            #expect(!(try await program.done(.get, "/dossiers").text.contains(AccessStage.given)))
            #expect(try await stage.newestRead?.sequence == before, "nothing was read, so nothing is logged")
        }
    }

    @Test("A function that ends opens nothing from that minute on, also in a session that is open")
    func functionEnded() async throws {
        try await closes(.ib) { stage in
            let person = try #require(stage.people[.ib])
            let grant = try #require(try await stage.stage.installation.person(person).functions.first)
            let yesterday = stage.stage.clock.now().day.adding(days: -1)
            _ = try await stage.stage.installation.perform(
                PersonCommand.end(id: grant.id, until: yesterday), on: person, as: .program)
        }
    }

    @Test("A function held until today opens nothing tomorrow, without anybody doing anything")
    func functionRanOut() async throws {
        try await closes(.ib) { stage in
            let person = try #require(stage.people[.ib])
            let grant = try #require(try await stage.stage.installation.person(person).functions.first)
            let now = stage.stage.clock.now()
            _ = try await stage.stage.installation.perform(
                PersonCommand.end(id: grant.id, until: now.day), on: person, as: .program)
            let visitor = try await stage.visitor(.ib)
            #expect(try await visitor.get("/leerlingen/\(stage.dossier)").status == .ok, "the last day counts")
            stage.stage.clock.move(to: Instant.amsterdam(now.day.adding(days: 1), hour: 0, minute: 0))
            // The session of yesterday morning has ended as well; a new one opens nothing either.
            let tomorrow = try await stage.visitor(.ib)
            #expect(try await tomorrow.get("/leerlingen/\(stage.dossier)").status == .notFound)
            stage.stage.clock.move(to: now)
            _ = try await stage.stage.installation.perform(
                PersonCommand.end(id: grant.id, until: now.day.adding(days: -1)), on: person, as: .program)
        }
    }

    @Test("A teacher who is named no longer is out")
    func unnamed() async throws {
        try await closes(.teacher) { stage in
            let ib = try await stage.stage.installation.actor(try #require(stage.people[.ib]))
            let person = NamedPerson(person: try #require(stage.people[.teacher]), function: "teacher")
            _ = try await stage.stage.installation.perform(.unnamePerson(person), on: stage.dossier, as: ib)
        }
    }

    @Test("A guardian who is guardian no longer is out")
    func guardianEnded() async throws {
        try await AccessStage.run(at: .opened) { stage in
            let visitor = try await stage.visitor(.guardian)
            #expect(try await visitor.get("/leerlingen/\(stage.dossier)").status == .ok)
            let ib = try await stage.stage.installation.actor(try #require(stage.people[.ib]))
            _ = try await stage.stage.installation.perform(.endGuardian(stage.guardian), on: stage.dossier, as: ib)
            #expect(try await visitor.get("/leerlingen/\(stage.dossier)").status == .notFound)
            #expect(!(try await visitor.get("/leerlingen").text.contains(AccessStage.given)))
        }
    }

    @Test("A closed account opens nothing: no session, no key, no signing in by practice")
    func accountClosed() async throws {
        try await AccessStage.run(at: .opened) { stage in
            let visitor = try await stage.visitor(.ib)
            let program = try await stage.stage.program(stage.people[.ib])
            #expect(try await visitor.get("/").status == .ok)
            try await stage.stage.installation.vault.accounts.disable(
                try #require(stage.people[.ib]), at: stage.stage.clock.now())
            #expect(try await visitor.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
        }
    }

    @Test("A new password from the administrator ends every session and every key for a program")
    func passwordRenewed() async throws {
        try await AccessStage.run(at: .opened) { stage in
            let visitor = try await stage.visitor(.ib)
            let program = try await stage.stage.program(stage.people[.ib])
            let administrator = try await stage.visitor(.administrator)
            let person = try #require(stage.people[.ib])
            #expect(try await administrator.post("/beheer/mensen/\(person)/wachtwoord").status == .ok)
            #expect(try await visitor.get("/").status == .seeOther)
            #expect(try await program.get("/account").status == .unauthorized)
        }
    }

    // MARK: The read log

    /// A log that cannot be written, as with a full disk.
    private struct FullLog: Reads {
        struct Full: Error {}
        let inner: any Reads
        func log(_ reads: [ReadEntry]) async throws { throw Full() }
        func reads(of dossier: DossierID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
            try await inner.reads(of: dossier, before: before, limit: limit)
        }
        func latest(before: Int64?, limit: Int) async throws -> [LoggedRead] {
            try await inner.latest(before: before, limit: limit)
        }
        func reads(by person: PersonID, before: Int64?, limit: Int) async throws -> [LoggedRead] {
            try await inner.reads(by: person, before: before, limit: limit)
        }
        func lookedVersions(_ person: PersonID, dossiers: [DossierID]) async throws -> [DossierID: Int] {
            try await inner.lookedVersions(person, dossiers: dossiers)
        }
    }

    @Test("Nothing of a dossier is shown by any way when the log of reads cannot be written")
    func noLogNoPage() async throws {
        try await AccessStage.run(at: .decided) { stage in
            let known = stage.stage.installation
            let installation = Installation(
                journal: known.journal, registers: known.registers,
                vault: Vault(
                    accounts: known.vault.accounts, reads: FullLog(inner: known.vault.reads), drafts: known.vault.drafts,
                    blobs: known.vault.blobs), shelf: known.shelf, clock: known.clock)
            let site = Site(
                installation: installation, face: stage.stage.site.face, options: stage.stage.site.options,
                paper: stage.stage.site.paper)
            let document = try await stage.freshDocument()
            let cookie = try await stage.visitor(.guardian).cookie
            let token = try #require(try await stage.stage.program(stage.people[.guardian]).token)
            let names = [
                "dossier": stage.dossier.rawValue, "guardian": stage.guardian.rawValue, "verzorger": stage.guardian.rawValue,
                "part": "algemeen", "deel": "algemeen", "number": "1", "nummer": "1", "document": document.rawValue,
                "instance": stage.instances["tlv"] ?? "", "instantie": stage.instances["tlv"] ?? "", "step": "decide",
                "stap": "decide", "procedure": "sot",
            ]
            let pages = RouteTable.pages.filter { $0.value.room == .dossier && $0.key.hasPrefix("GET ") }.map(\.key)
            let answers = RouteTable.interface.filter { $0.value.room == .dossier && $0.key.hasPrefix("GET ") }.map(\.key)
            let paths = pages.map { String($0.dropFirst(4)) } + answers.map { "/v1\($0.dropFirst(4))" }
            let application = Application(router: WebServer(site: site).router(), logger: .silent)
            try await application.test(.router) { client in
                for path in paths.sorted() {
                    let address = path.split(separator: "/").map { part in
                        names[part.trimmingCharacters(in: CharacterSet(charactersIn: ":{}"))] ?? String(part)
                    }.joined(separator: "/")
                    let response = try await client.execute(
                        uri: "/\(address)", method: .get, headers: [.cookie: cookie, .authorization: "Bearer \(token)"])
                    // A form that is not for this person is refused, or not there, before anything is shown of it.
                    let isForm =
                        path.contains("{stap}") || path.contains("{procedure}") || path.hasSuffix("/rechten/vastleggen")
                    let refused: [HTTPResponse.Status] = isForm ? [.forbidden, .conflict] : [.notFound]
                    let mayBeRefused = isForm || path.hasSuffix("{instantie}/versie")
                    #expect(
                        response.status == .internalServerError || mayBeRefused && refused.contains(response.status),
                        "\(path) gave \(response.status)")
                    #expect(!String(buffer: response.body).contains(AccessStage.given), "\(path)")
                }
            }
        }
    }

    // MARK: Lists

    @Test("News tells nobody of a part that they may not read")
    func news() async throws {
        try await AccessStage.run(at: .decided) { stage in
            _ = try await stage.freshDocument()
            _ = try await stage.freshGuardian()
            let work = try await stage.stage.installation.worklist(
                for: try await stage.stage.installation.actor(try #require(stage.people[.guardianWithoutAuthority])))
            let told = Set(work.news.flatMap(\.changes).compactMap { DossierPart(ofHistory: $0.code) })
            let reads = try #require(stage.rules.function("guardian-without-authority")).reads
            #expect(told.contains(.decisions))
            #expect(told.isSubset(of: reads), "\(told)")
            let page = try await stage.visitor(.guardianWithoutAuthority).get("/")
            #expect(page.status == .ok)
        }
    }

    @Test("Work of a function that sees a dossier by name is for whom it names, and for no colleague")
    func work() async throws {
        try await AccessStage.run(at: .opened) { stage in
            let started = try await stage.filler.start("extra-ondersteuning")
            func waits(_ relation: Relation) async throws -> Bool {
                let program = try await stage.stage.program(stage.people[relation])
                let tasks = try await program.done(.get, "/taken")["wachtOpMij"].list ?? []
                return tasks.contains { $0["instantie"].text == started }
            }
            for (relation, expected) in [(Relation.teacher, true), (.otherTeacher, false), (.ibElsewhere, false)] {
                let waits = try await waits(relation)
                #expect(waits == expected, "\(relation)")
            }
        }
    }

    @Test("Who opens a dossier twice hears of the first only when it is open to them")
    func alike() async throws {
        try await AccessStage.run(at: .opened) { stage in
            let same: [String: JSON] = [
                "kind": [
                    "voornaam": .text(AccessStage.given), "achternaam": "van den Berg", "geboortedatum": "2015-03-10",
                    "groep": "5",
                ]
            ]
            func opens(_ relation: Relation, at school: OrganisationID) async throws -> Int {
                let program = try await stage.stage.program(stage.people[relation])
                return try await program.ask(
                    .post, "/dossiers", .object(same.merging(["school": .text(school.rawValue)]) { $1 })
                ).status.code
            }
            let cases: [(Relation, OrganisationID, Int)] = [
                (.ib, PlanStage.school, 409), (.ibElsewhere, PlanStage.school, 403), (.otherTeacher, PlanStage.school, 403),
                // As if there were none.
                (.ibElsewhere, PlanStage.otherSchool, 201),
            ]
            for (relation, school, status) in cases {
                let given = try await opens(relation, at: school)
                #expect(given == status, "\(relation) at \(school)")
            }
        }
    }
}
