import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Who the interface for programs answers")
struct APIAccessTests {
    @Test("Without a token everything is unauthorised, and says how to come in")
    func guests() async throws {
        try await APICase.run { api in
            let guest = try await api.stage.program(nil)
            for route in api.routes {
                let answer = try await guest.ask(route.method, api.address(route))
                #expect(answer.status == .unauthorized, "\(route.method) \(route.path)")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"SENtrum\"")
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(answer.problem == "unauthorized")
            }
        }
    }

    @Test("A token that is none, has expired, was revoked, or whose account was closed, opens nothing")
    func wrongTokens() async throws {
        try await APICase.run { api in
            let accounts = api.stage.installation.vault.accounts
            let now = api.stage.clock.now()
            let person = try api.stage.holder("zorgcoach")
            func opens(_ token: String) async throws -> Bool {
                let answer = try await Program(client: api.stage.client, token: token).get("/account")
                if answer.status == .ok { return true }
                #expect(answer.status == .unauthorized)
                #expect(answer.headers[.wwwAuthenticate]?.contains("error=\"invalid_token\"") == true)
                return false
            }
            #expect(try await !opens("sen_\(String(repeating: "a", count: 43))"))
            #expect(try await !opens("kort"))
            let issued = try await accounts.issueToken(for: person, name: "kort", expires: now.adding(days: 1), at: now)
            #expect(try await opens(issued.secret.text))
            api.stage.clock.move(to: now.adding(days: 2))
            #expect(try await !opens(issued.secret.text), "expired")
            let second = try await accounts.issueToken(
                for: person, name: "lang", expires: now.adding(days: 9), at: api.stage.clock.now())
            #expect(try await accounts.revokeToken(second.token.id, of: person, at: api.stage.clock.now()))
            #expect(try await !opens(second.secret.text), "revoked")
            let third = try await accounts.issueToken(
                for: person, name: "lang", expires: now.adding(days: 9), at: api.stage.clock.now())
            try await accounts.disable(person, at: api.stage.clock.now())
            #expect(try await !opens(third.secret.text), "closed")
        }
    }

    @Test("A session of the pages is no token, so no other site can make a browser ask")
    func cookies() async throws {
        try await APICase.run { api in
            let person = try api.stage.holder("zorgcoach")
            let session = try await api.stage.installation.vault.accounts.begin(person, at: api.stage.clock.now())
            let answer = try await api.stage.program(nil).ask(
                .get, api.path, headers: [.cookie: "sessie=\(session.secret.text)"])
            #expect(answer.status == .unauthorized)
        }
    }

    @Test("Somebody of another school finds no dossier on any route, whatever they send, and changes nothing")
    func strangers() async throws {
        try await APICase.run { api in
            let before = try await api.version
            let reads = try await api.reads
            let stranger = try await api.stage.program(try api.stage.stranger("zorgcoach"))
            let administrator = try await api.stage.program(PersonID("p-administrator"))
            let newcomer = try await api.stage.program(try await api.stage.newcomer("nieuw"))
            for route in api.dossierRoutes {
                for body in [Data?.none, Data("{}".utf8), Data("geen json".utf8)] {
                    for program in [stranger, administrator, newcomer] {
                        let answer = try await program.send(
                            route.method, api.address(route), body, headers: [.contentType: "application/json"])
                        #expect(answer.status == .notFound, "\(route.method) \(route.path)")
                        #expect(answer.problem == "not-found")
                    }
                }
            }
            #expect(try await api.version == before)
            #expect(try await api.reads == reads)
            #expect(try await stranger.done(.get, "/dossiers")["dossiers"].list?.isEmpty == true)
            #expect(try await stranger.done(.post, "/dossiers/_zoek", ["zoek": "pim"])["dossiers"].list?.isEmpty == true)
            #expect(try await stranger.done(.get, "/taken")["wachtOpMij"].list?.isEmpty == true)
        }
    }

    @Test("A dossier that does not exist and one of another school cannot be told apart")
    func nothingToTell() async throws {
        try await APICase.run { api in
            let stranger = try await api.stage.program(try api.stage.stranger("zorgcoach"))
            let theirs = try await stranger.get(api.path)
            let none = try await stranger.get("/dossiers/bestaatniet")
            #expect(theirs.json == none.json)
            #expect(theirs.headers == none.headers)
        }
    }

    @Test("Whoever may open no dossier at a school opens none, there or at their own")
    func opening() async throws {
        try await APICase.run { api in
            let body: JSON = [
                "kind": ["voornaam": "Puk", "achternaam": "Pluis", "geboortedatum": "2016-02-01", "groep": "4"],
                "school": .text(PlanStage.school.rawValue),
            ]
            for person in [try api.stage.stranger("zorgcoach"), try api.stage.holder("trajectleider")] {
                let answer = try await api.stage.program(person).ask(.post, "/dossiers", body)
                #expect(answer.status == .forbidden)
                #expect(answer.codes == ["notAllowed"])
            }
        }
    }

    @Test("A part of the dossier that a function does not read is not found, and not in what it may read")
    func parts() async throws {
        try await APICase.run { api in
            // A class leader reads the child and the child plan only.
            let leader = try await api.stage.program(try api.stage.holder("groepsleider"))
            let dossier = try await leader.done(.get, api.path)
            #expect(dossier["delen"] == ["child", "groeidocument"])
            for member in ["verzorgers", "toestemmingen", "procedures", "besluiten"] { #expect(dossier[member] == .null) }
            for closed in ["verzorgers", "toestemmingen", "documenten", "documenten/\(api.document)", "procedures", "besluiten"] {
                #expect(try await leader.get("\(api.path)/\(closed)").status == .notFound, "\(closed)")
            }
            #expect(try await leader.get("\(api.path)/groeidocument").status == .ok)
            // To lock is more than to write.
            let lock = try await leader.ask(.post, "\(api.path)/groeidocument-versies")
            #expect(lock.status == .forbidden)
        }
    }

    @Test("Everything that shows a dossier is in its read log, also what a form shows")
    func logged() async throws {
        try await APICase.run { api in
            for route in api.dossierRoutes where route.method == .get && !route.path.hasSuffix("leesregels") {
                let before = try await api.reads
                let answer = try await api.school.get(api.address(route))
                // Nothing was decided yet, and the route runs already: those two show nothing.
                guard answer.status == .ok else { continue }
                let entries = try await api.stage.installation.vault.reads.reads(
                    of: DossierID(api.filler.dossier), before: nil, limit: 1000)
                #expect(entries.count == before + 1, "\(route.path)")
                #expect(entries.first?.read.kind == .api)
                #expect(entries.first?.read.person == (try api.stage.holder("zorgcoach")))
            }
            let mother = try await guardianProgram(api)
            let log = try await mother.done(.get, "\(api.path)/leesregels?aantal=1")
            #expect(log["leesregels"].list?.count == 1)
            #expect(log["leesregels"].list?.first?["functie"] == "guardian", "reading the log is logged")
            let next = try #require(log["volgende"].int)
            let older = try await mother.done(.get, "\(api.path)/leesregels?aantal=1&voor=\(next)")
            #expect(older["leesregels"].list?.first?["functie"] == "zorgcoach")
            #expect(older["leesregels"].list?.first?["naam"].text?.hasPrefix("Naam van") == true)
            let leader = try await api.stage.program(try api.stage.holder("trajectleider"))
            #expect(try await leader.get("\(api.path)/leesregels").status == .notFound)
        }
    }

    @Test("What shows nothing is no reading: no line in the log for what is not there or not to be shown now")
    func nothingRead() async throws {
        try await APICase.run { api in
            let before = try await api.reads
            for path in [
                "verzorgers/onbekend", "groeidocument/onbekend", "groeidocument-versies/9", "documenten/onbekend",
                "procedure-formulieren/onbekend", "procedure-formulieren/toewijzing", "procedures/onbekend",
                "procedures/\(api.instance)/stappen/onbekend", "besluiten/onbekend", "besluiten/\(api.instance)/brief",
            ] { #expect(try await api.school.get("\(api.path)/\(path)").status.kind == .clientError, "\(path)") }
            #expect(try await api.reads == before)
        }
    }

    /// The first guardian with a program of their own.
    private func guardianProgram(_ api: APICase) async throws -> Program {
        _ = try await api.school.done(.post, "\(api.path)/verzorgers/\(api.guardian)/accounts")
        let dossier = try await api.stage.installation.load(DossierID(api.filler.dossier))
        let person = try #require(dossier.guardian(GuardianID(api.guardian))?.person)
        try await api.stage.choosePassword(person)
        return try await api.stage.program(person)
    }
}
