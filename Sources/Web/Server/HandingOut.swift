import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import UseCases

extension Response {
    /// What a file that somebody added may do, should a browser show it after all: nothing, and in no frame.
    static let sandboxed =
        "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

    /// A file that somebody added: always saved, never shown or run under this site's name.
    static func handingOut(_ contents: Data, named name: String, format: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: DocumentFormat(rawValue: format)?.contentType ?? "application/octet-stream",
                .contentLength: String(contents.count), .cacheControl: "no-store",
                .contentDisposition: FileName.attachment(name), .contentSecurityPolicy: sandboxed,
                .xContentTypeOptions: "nosniff",
            ], body: .init(byteBuffer: ByteBuffer(bytes: contents)))
    }
}

extension Site {
    /// A page on paper, to be saved as a PDF; without the program that makes those it is still there to print, and says so.
    func onPaper(_ html: String, named name: String, _ language: Language) async throws -> Response {
        do {
            let pdf = try await paper.pdf(html: html, language: language)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/pdf", .contentLength: String(pdf.count), .cacheControl: "no-store",
                    .contentDisposition: FileName.attachment(name),
                ], body: .init(byteBuffer: ByteBuffer(bytes: pdf)))
        } catch is PaperUnavailable {
            let sentence = "<p class=\"no-pdf\" role=\"status\">\(face.texts(language)("print.noPDF"))</p>"
            return Self.html(html.replacing("<body>", with: "<body>\n\(sentence)", maxReplacements: 1), language, .ok)
        }
    }
}
