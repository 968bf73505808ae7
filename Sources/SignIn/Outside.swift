import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import UseCases

/// Asks another machine something.
package protocol Outside: Sendable {
    /// What a page holds.
    ///
    /// - Parameter bearer: an access token that goes along.
    /// - Throws: `SignInTrouble.unreachable` when no answer of 200 came in time.
    func get(_ address: String, bearer: String?) async throws(SignInTrouble) -> Data
    /// What is answered to a form, with the status.
    ///
    /// - Parameter authorization: the header with that name; nil for none.
    func post(
        _ address: String, form: [(String, String)], authorization: String?
    ) async throws(SignInTrouble) -> (status: Int, body: Data)
}

/// The web, with little patience: no redirect is followed, and a long answer is not read to its end.
package struct OutsideWeb: Outside {
    /// One for the whole program, as long as it runs.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(4), read: .seconds(6)))
        configuration.httpVersion = .http1Only
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
    /// The most bytes of an answer; a set of keys has some thousands.
    private static let longest = 200_000
    private static let patience = TimeAmount.seconds(8)

    package init() {}

    package func get(_ address: String, bearer: String?) async throws(SignInTrouble) -> Data {
        var request = HTTPClientRequest(url: address)
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        let (status, body) = try await answer(request)
        guard status == 200 else { throw .unreachable }
        return body
    }

    package func post(
        _ address: String, form: [(String, String)], authorization: String?
    ) async throws(SignInTrouble) -> (status: Int, body: Data) {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: FormText.encoded(form)))
        return try await answer(request)
    }

    private func answer(_ request: HTTPClientRequest) async throws(SignInTrouble) -> (status: Int, body: Data) {
        var request = request
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "SENtrum")
        do {
            let response = try await Self.client.execute(request, timeout: Self.patience)
            let body = try await response.body.collect(upTo: Self.longest)
            return (Int(response.status.code), Data(body.readableBytesView))
        } catch {
            // Whatever went wrong, a library's own words may hold an address with a secret in it.
            throw .unreachable
        }
    }
}

/// Text as forms and addresses carry it.
enum FormText {
    private static let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }

    static func encoded(_ form: [(String, String)]) -> String {
        form.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }
}
