import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing

@testable import Web

@Suite("Bodies that a program sends")
struct APIBodyTests {
    private static let child: JSON = ["voornaam": "Puk", "achternaam": "Pluis", "geboortedatum": "2016-02-01", "groep": "4"]

    @Test("All faults of a body are told at once, each with its place")
    func allFaults() async throws {
        try await APICase.run { api in
            let answer = try await api.school.ask(
                .post, "/dossiers",
                [
                    "kind": ["voornaam": 5, "achternaam": "Plu\u{0}is", "geboortedatum": "31-02-2016", "leeftijd": 7],
                    "schol": "school-het-anker",
                    "verzorgers": [["naam": "Mies", "relatie": ["ouder"], "gezag": "ja"], "Piet"],
                ])
            #expect(answer.status == .badRequest)
            #expect(answer.problem == "unreadable")
            let found = zip(answer.pointers, answer.codes).map { "\($0) \($1)" }
            #expect(
                Set(found) == [
                    "/kind/voornaam type", "/kind/achternaam control", "/kind/geboortedatum day", "/kind/groep missing",
                    "/kind/leeftijd unknown", "/school missing", "/schol unknown", "/verzorgers/0/relatie type",
                    "/verzorgers/0/gezag type", "/verzorgers/1 type", "/verzorgers/1/naam missing",
                    "/verzorgers/1/relatie missing", "/verzorgers/1/gezag missing",
                ])
            for error in answer.errors { #expect(error["detail"].text?.isEmpty == false) }
        }
    }

    @Test("All refusals of the rules are told at once, each with its place in the body")
    func allRefusals() async throws {
        try await APICase.run { api in
            let answer = try await api.school.ask(
                .post, "/dossiers",
                [
                    "kind": ["voornaam": " ", "achternaam": "Pluis", "geboortedatum": "1990-02-01", "groep": "12"],
                    "school": .text(PlanStage.school.rawValue),
                    "verzorgers": [
                        ["naam": "Mies", "relatie": "ouder", "gezag": true],
                        ["naam": "", "relatie": "buurman", "gezag": true, "email": "geen adres"],
                    ],
                ])
            #expect(answer.status == .unprocessableContent)
            let found = zip(answer.pointers, answer.codes).map { "\($0) \($1)" }
            #expect(
                Set(found) == [
                    "/kind/voornaam required", "/kind/geboortedatum tooOld", "/kind/groep unknownGroup",
                    "/verzorgers/1/naam required", "/verzorgers/1/relatie guardianNeedsRelation",
                    "/verzorgers/1/email notAnEmail",
                ])
        }
    }

    @Test(
        "A wrong type of a member that may be absent is a fault, never taken for absent",
        arguments: [
            ("groeidocument-versies/1/handtekeningen", "verzorger", JSON.int(5)),
            ("groeidocument-versies/1/handtekeningen", "wijze", JSON.text("stempel")),
            ("groeidocument-versies/1/handtekeningen", "op", JSON.text("gisteren")),
            ("groeidocument/wat-helpt", "revisies", JSON.list([])),
            ("groeidocument/wat-helpt", "antwoorden", JSON.text("ja")),
            ("procedures", "antwoorden", JSON.list([.text("nee")])),
        ])
    func wrongTypes(_ path: String, _ member: String, _ value: JSON) async throws {
        try await APICase.run { api in
            let before = try await api.version
            let method: HTTPRequest.Method = path.hasPrefix("groeidocument/") ? .patch : .post
            let answer = try await api.school.ask(method, "\(api.path)/\(path)", .object([member: value]))
            #expect(answer.status == .badRequest)
            #expect(answer.pointers.contains("/\(member)"))
            #expect(try await api.version == before)
        }
    }

    @Test("An answer of another shape is a fault at that answer")
    func wrongAnswers() async throws {
        try await APICase.run { api in
            let answer = try await api.school.ask(
                .patch, "\(api.path)/groeidocument/wat-helpt",
                ["antwoorden": ["gedaan": ["tekst": "ja"], "rust": .number(1.5), "a/b": ["x", 5]]])
            #expect(answer.status == .badRequest)
            #expect(answer.pointers == ["/antwoorden/a~1b", "/antwoorden/gedaan", "/antwoorden/rust"])
        }
    }

    @Test("What is no JSON, or is sent as something else, is not read", arguments: ["", "{", "[1,2", "{\"a\":1}x", "\u{FEFF}"])
    func noJSON(_ text: String) async throws {
        try await APICase.run { api in
            let answer = try await api.school.send(
                .post, "/dossiers", Data(text.utf8), headers: [.contentType: "application/json"])
            #expect(answer.status == .badRequest)
            #expect(answer.codes == ["json"])
        }
    }

    @Test(
        "Another type of content is not accepted",
        arguments: [
            nil, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/json-patch+json",
        ])
    func mediaType(_ type: String?) async throws {
        try await APICase.run { api in
            let answer = try await api.school.send(
                .post, "/dossiers", Data("{}".utf8), headers: type.map { [.contentType: $0] } ?? [:])
            #expect(answer.status == .unsupportedMediaType)
            #expect(answer.problem == "media-type")
        }
    }

    @Test("A charset beside the type is no other type")
    func charset() async throws {
        try await APICase.run { api in
            let answer = try await api.school.send(
                .post, "/dossiers/_zoek", Data("{\"zoek\":\"pim\"}".utf8),
                headers: [.contentType: "Application/JSON; charset=utf-8"])
            #expect(answer.status == .ok)
        }
    }

    @Test("A body that is larger than the longest form is refused")
    func tooLarge() async throws {
        try await APICase.run { api in
            let large = Data("{\"zoek\":\"\(String(repeating: "a", count: APIRoutes.longestBody))\"}".utf8)
            let sent = try await api.school.send(
                .post, "/dossiers/_zoek", large, headers: [.contentType: "application/json"])
            #expect(sent.status == .contentTooLarge)
            #expect(sent.problem == "too-large")
        }
    }

    @Test(
        "A body that is deeper or has more values than any here is refused before it is decoded",
        arguments: [
            String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 5_000),
            "{\"a\":[\(String(repeating: "1,", count: 6_000))1]}",
            String(repeating: "[", count: 17) + String(repeating: "]", count: 17),
        ])
    func tooMany(_ text: String) async throws {
        try await APICase.run { api in
            let answer = try await api.school.send(
                .post, "/dossiers", Data(text.utf8), headers: [.contentType: "application/json"])
            #expect(answer.status == .badRequest)
            #expect(answer.codes == ["too-many"])
        }
    }

    @Test("Brackets and commas in a text count for nothing")
    func modest() throws {
        let text = #"{"a":"\#(String(repeating: "[{,", count: 9_000))\"\\","b":["[",1,true,null,1.5]}"#
        let json = try JSON.read(Data(text.utf8))
        #expect(json["b"] == .list(["[", 1, true, .null, .number(1.5)]))
    }

    @Test("Whatever bytes come, the answer is a fault and not a crash", arguments: 0..<200 as Range<UInt64>)
    func anything(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let pieces = [
            "{", "}", "[", "]", "\"", "\\", ":", ",", "\"a\"", "1", "-", "e9999", "true", "null", "\u{0}", "é", " ", "\\u",
        ]
        let text = (0..<random.number(0...60)).compactMap { _ in random.one(of: pieces) }.joined()
        let json = try? JSON.read(Data(text.utf8))
        #expect(json == nil || (try? JSONEncoder().encode(json)) != nil, "seed \(seed)")
    }

    @Test("A document goes in and comes out as it was, and never runs under this server's name")
    func documents() async throws {
        try await APICase.run { api in
            let address = "\(api.path)/documenten/\(api.document)"
            let file = try await api.school.done(.get, address)
            #expect(file.bytes == FormFiller.report)
            #expect(file.headers[.contentType] == "application/pdf")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            let policy = try #require(file.headers[.contentSecurityPolicy])
            for rule in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'", "sandbox"] {
                #expect(policy.contains(rule), "\(rule)")
            }
            let head = try await api.school.ask(.head, address)
            #expect(head.status == .ok)
            #expect(head.bytes.isEmpty)
            #expect(head.headers[.contentLength] == String(FormFiller.report.count))
            #expect(try await api.school.ask(.delete, address).status == .noContent)
            #expect(try await api.school.get(address).status == .notFound)
            #expect(try await api.school.ask(.delete, "\(api.path)/documenten/onbekend").status == .notFound)
        }
    }

    @Test("A document that is refused says why and where")
    func refusedDocuments() async throws {
        try await APICase.run { api in
            func add(_ contents: String, _ kind: JSON = "observatie") async throws -> Program.Answer {
                try await api.school.ask(
                    .post, "\(api.path)/documenten", ["naam": "verslag.pdf", "soort": kind, "inhoud": .text(contents)])
            }
            let program = try await add(Data([0x4D, 0x5A, 0x90, 0]).base64EncodedString())
            #expect(program.status == .unprocessableContent)
            #expect(program.pointers == ["/inhoud"])
            let kind = try await add(FormFiller.report.base64EncodedString(), "geheim")
            #expect(kind.pointers == ["/soort"])
            #expect(kind.codes == ["notAnOption"])
            let base64 = try await add("dit is geen base64!")
            #expect(base64.status == .badRequest)
            #expect(base64.codes == ["base64"])
        }
    }
}
