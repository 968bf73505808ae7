import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("How the interface for programs speaks HTTP")
struct APIProtocolTests {
    private static let version = HTTPField.Name("API-Version")

    @Test("Every answer below the root has the version, is not kept, and is JSON when something is wrong")
    func everywhere() async throws {
        try await APICase.run { api in
            let version = try #require(Self.version)
            let guest = try await api.stage.program(nil)
            let strange = try #require(HTTPRequest.Method("VIND"))
            let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options, strange]
            let paths = ["", "/", "/account", "/plan/", "/onbekend", "/dossiers/x/onbekend/y", api.path, "/Plan"]
            for program in [api.school, guest] {
                for path in paths {
                    for method in methods {
                        let answer = try await program.ask(method, "/v1\(path)")
                        #expect(answer.headers[version] == APIProblems.version, "\(method) \(path)")
                        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                        guard answer.status.code >= 400 else { continue }
                        #expect(answer.headers[.contentType] == "application/problem+json", "\(method) \(path)")
                        #expect(answer.headers[.cacheControl] == "no-store")
                        #expect(answer["status"].int == Int(answer.status.code))
                        for member in ["title", "detail"] { #expect(answer[member].text?.isEmpty == false) }
                    }
                }
            }
        }
    }

    @Test("A slash too many is another address, which is not found", arguments: ["/plan/", "//plan", "/dossiers//x", "/", ""])
    func slashes(_ path: String) async throws {
        try await APICase.run { api in
            let answer = try await api.school.ask(.get, "/v1\(path)")
            #expect(answer.status == .notFound)
        }
    }

    @Test("A method that a path does not know is told with those it knows; HEAD goes with GET")
    func methods() async throws {
        try await APICase.run { api in
            for (path, routes) in Dictionary(grouping: api.routes, by: \.path) {
                let known = Set(routes.map(\.method)).union(routes.contains { $0.method == .get } ? [.head] : [])
                for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options]
                where !known.contains(method) {
                    guard let route = routes.first else { continue }
                    let answer = try await api.school.ask(method, api.address(route))
                    #expect(answer.status == .methodNotAllowed, "\(method) \(path)")
                    #expect(answer.headers[.allow] == known.map(\.rawValue).sorted().joined(separator: ", "))
                }
            }
            let get = try await api.school.get(api.path)
            let head = try await api.school.ask(.head, api.path)
            #expect(head.status == .ok)
            #expect(head.bytes.isEmpty)
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
        }
    }

    @Test("A page of a list goes on where the last one ended, without a name in the address")
    func pages() async throws {
        try await APICase.run { api in
            for name in ["Aagje", "Bram", "Cor", "Dries"] { _ = try await MainJob.heuvelrug.open(api.stage, given: name) }
            var names: [String] = []
            var page = ""
            repeat {
                let answer = try await api.school.done(.get, "/dossiers?aantal=2\(page)")
                names += (answer["dossiers"].list ?? []).compactMap { $0["voornaam"].text }
                page = answer["volgende"].text.map { "&pagina=\($0)" } ?? ""
                #expect(!page.contains("Berg") && names.count <= 5)
            } while !page.isEmpty
            #expect(names.count == 5)
            #expect(Set(names) == ["Aagje", "Bram", "Cor", "Dries", "Pim"])
            let found = try await api.school.done(.post, "/dossiers/_zoek", ["zoek": "bra", "aantal": 1])
            #expect(found["dossiers"].list?.map { $0["voornaam"] } == ["Bram"])
        }
    }

    @Test("A page token of a dossier that somebody may not see tells them nothing")
    func foreignPage() async throws {
        try await APICase.run { api in
            let stranger = try await api.stage.program(try api.stage.stranger("zorgcoach"))
            let first = try await stranger.done(.get, "/dossiers")
            let after = try await stranger.done(.get, "/dossiers?pagina=\(api.filler.dossier)")
            #expect(first.json == after.json)
        }
    }

    @Test("A number in the address that is none, or out of bounds, is a fault", arguments: ["0", "201", "-1", "veel", "1e9", ""])
    func numbers(_ text: String) async throws {
        try await APICase.run { api in
            let answer = try await api.school.get("/dossiers?aantal=\(text)")
            #expect(answer.status == .badRequest)
            #expect(answer.errors.first?["in"] == "query")
            #expect(answer.pointers == ["aantal"])
        }
    }

    @Test("Sentences are in the language that is asked, codes in none")
    func languages() async throws {
        try await APICase.run { api in
            let dutch = try await api.school.ask(.post, "/dossiers/_zoek", [:], headers: [.acceptLanguage: "nl"])
            let english = try await api.school.ask(.post, "/dossiers/_zoek", [:], headers: [.acceptLanguage: "en-GB,en;q=0.9"])
            #expect(dutch.headers[.contentLanguage] == "nl")
            #expect(english.headers[.contentLanguage] == "en")
            #expect(dutch["title"] == "Dit verzoek is niet te lezen")
            #expect(english["title"] == "This request cannot be read")
            #expect(dutch.codes == english.codes)
        }
    }

    @Test("No address that the interface gives holds anything of the child or the family")
    func locations() async throws {
        try await APICase.run { api in
            let added = try await api.school.done(
                .post, "\(api.path)/verzorgers", ["naam": "Oma Pluis", "relatie": "pleegouder", "gezag": false])
            #expect(added.status == .created)
            #expect(added.location == "/v1\(api.path)/verzorgers/\(added["id"].text ?? "")")
            #expect(try await api.school.done(.get, added.location).json == added.json)
            for name in ["Pim", "Berg", "Oma", "Pluis"] { #expect(!added.location.contains(name)) }
        }
    }
}
