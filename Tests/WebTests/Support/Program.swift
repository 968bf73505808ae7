import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

/// A program that asks the interface for something, with a token or without.
struct Program: Sendable {
    let client: any TestClientProtocol
    let token: String?

    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let bytes: Data

        /// The body as JSON; null when it is none.
        var json: JSON { (try? JSONDecoder().decode(JSON.self, from: bytes)) ?? .null }
        subscript(_ name: String) -> JSON { json[name] }
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var location: String { headers[.location] ?? "" }

        /// The codes of everything that is wrong.
        var codes: [String] { errors.compactMap { $0["code"].text } }
        /// Where everything is that is wrong.
        var pointers: [String] { errors.compactMap { $0["location"]["pointer"].text ?? $0["location"]["name"].text } }
        var errors: [JSON] { self["errors"].list ?? [] }
        /// The end of the URI of the problem's type.
        var problem: String { self["type"].text?.split(separator: ":").last.map(String.init) ?? "" }
    }

    /// Asks for a path below `/v1`, or a whole path such as a `Location`.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, headers: HTTPFields = [:]
    ) async throws -> Answer {
        let bytes = try body.map { try JSONEncoder().encode($0) }
        var headers = headers
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return try await send(method, path, bytes, headers: headers)
    }

    /// Sends any bytes.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ bytes: Data?, headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        if let token, headers[.authorization] == nil { headers[.authorization] = "Bearer \(token)" }
        let response = try await client.execute(
            uri: path.hasPrefix("/v1") ? path : "/v1\(path)", method: method, headers: headers,
            body: bytes.map { ByteBuffer(bytes: $0) })
        return Answer(status: response.status, headers: response.headers, bytes: Data(response.body.readableBytesView))
    }

    func get(_ path: String) async throws -> Answer { try await ask(.get, path) }

    /// Asks for something that must go well; anything else fails the test here.
    func done(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let answer = try await ask(method, path, body)
        try #require(
            answer.status.kind == .successful, "\(method) \(path): \(answer.status) \(answer.text)",
            sourceLocation: sourceLocation)
        return answer
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(arrayLiteral elements: JSON...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
    }
}
