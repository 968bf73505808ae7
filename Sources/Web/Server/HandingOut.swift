import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import UseCases

extension Response {
    /// A file that somebody added: always saved, never shown or run under this site's name.
    static func handingOut(_ contents: Data, named name: String, format: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: DocumentFormat(rawValue: format)?.contentType ?? "application/octet-stream",
                .contentLength: String(contents.count), .cacheControl: "no-store",
                .contentDisposition: FileName.attachment(name), .contentSecurityPolicy: "default-src 'none'; sandbox",
                .xContentTypeOptions: "nosniff",
            ], body: .init(byteBuffer: ByteBuffer(bytes: contents)))
    }
}
