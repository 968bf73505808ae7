import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a script is told that saves while one types: a sentence to show, and what the next save is based on.
struct ScriptAnswer: Encodable {
    let status: String
    let text: String
    var revisions: [String: String]?
    /// Where to go on, with the words of the link.
    var href: String?
    var link: String?

    func response(_ status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(self))))
    }
}
