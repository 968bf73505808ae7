import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing

@testable import Web

@Suite("The description of the interface for programs")
struct APIDescriptionTests {
    private static let methods = ["get", "post", "put", "patch", "delete"]

    @Test("It names every route of the router, and the router has every route that it names")
    func complete() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let description = try await stage.program(nil).done(.get, "/openapi.json")
            var described: Set<String> = []
            for (path, item) in try #require(description["paths"].object) {
                for method in Self.methods where item[method] != .null { described.insert("\(method.uppercased()) \(path)") }
            }
            let routes = APIRoutes(site: stage.site)
            #expect(described == Set((routes.open + routes.routes).map { "\($0.method.rawValue) \($0.path)" }))
            #expect(described.count == (routes.open + routes.routes).count, "no route twice")
        }
    }

    @Test("It is there without a token, also for pages of other sites, with the version that the answers have")
    func open() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let guest = try await stage.program(nil)
            let json = try await guest.done(.get, "/openapi.json")
            let yaml = try await guest.done(.get, "/openapi.yaml")
            for answer in [json, yaml] {
                #expect(answer.headers[.accessControlAllowOrigin] == "*")
                #expect(answer.headers[.cacheControl] == "public, max-age=3600")
            }
            #expect(json.headers[.contentType] == "application/json")
            #expect(yaml.headers[.contentType] == "application/yaml")
            #expect(json["info"]["version"].text == APIProblems.version)
            #expect(yaml.text.contains("version: \(APIProblems.version)"))
            #expect(json["servers"].list?.first?["url"].text == APIRoutes.root)
            // A day in an example is a text in both.
            let example = json["paths"]["/dossiers/{dossier}/kind"]["put"]["requestBody"]["content"]["application/json"][
                "example"]
            #expect(example["geboortedatum"] == "2018-03-10")
        }
    }

    @Test("Every kind of problem is described and has its sentences", arguments: APIProblem.Kind.allCases)
    func problems(_ kind: APIProblem.Kind) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let described = try await stage.program(nil).done(.get, "/openapi.json")
            let types = described["components"]["schemas"]["Probleem"]["properties"]["type"]["enum"].list ?? []
            #expect(types.contains(.text("urn:sentrum:problem:\(kind.rawValue)")))
            #expect(types.count == APIProblem.Kind.allCases.count)
            for language in Language.allCases {
                let texts = stage.site.face.texts(language)
                #expect(texts.has("api.problem.\(kind.rawValue).title"))
                #expect(texts.has("api.problem.\(kind.rawValue).detail"))
            }
        }
    }

    @Test(
        "Every fault of a body has its sentence",
        arguments: [
            UnreadableBody.Kind.json, .tooMany, .missing, .unknown, .type("text"), .type("boolean"), .type("integer"),
            .type("object"), .type("list"), .type("answer"), .code(["a"]), .day, .base64, .control,
        ])
    func faults(_ kind: UnreadableBody.Kind) throws {
        for language in Language.allCases {
            let texts = try Texts.load(language, from: Folders.texts)
            #expect(texts.has("api.fault.\(kind.code)"))
            if case .type(let type) = kind { #expect(texts.has("api.type.\(type)")) }
        }
    }
}
