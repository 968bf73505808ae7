import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Files that are the same for everybody, whether the server is up, and what was signed of the journal.
struct AssetRoutes {
    let site: Site
    /// For how many days what the file about security says holds; RFC 9116 advises less than a year.
    private static let securityDays = 300

    /// Where somebody who found a weakness can tell it: at the address of the partnership (RFC 9116).
    private var securityText: String {
        let until = site.installation.today.adding(days: Self.securityDays)
        let languages = Language.allCases.map(\.rawValue).joined(separator: ", ")
        return """
            Contact: mailto:\(site.installation.rules.partnership.email)
            Expires: \(until)T00:00:00Z
            Preferred-Languages: \(languages)

            """
    }

    /// A file by its name; nil when there is none.
    static func asset(_ name: String, _ face: Face) -> Response? {
        face.assets.contents(of: name).map { contents in
            Response(
                status: .ok,
                headers: [
                    .contentType: Assets.contentType(of: name), .cacheControl: "public, max-age=31536000, immutable",
                    .contentLength: String(contents.count),
                ], body: .init(byteBuffer: ByteBuffer(bytes: contents)))
        }
    }

    func add(to router: Router<SiteContext>) {
        router.get("\(Assets.root):name") { _, context in
            guard let asset = Self.asset(try context.parameters.require("name"), site.face) else { throw HTTPError(.notFound) }
            return asset
        }
        router.get("/gezond") { _, _ in
            _ = try await site.installation.journal.head()
            return Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(string: "ok\n")))
        }
        router.get("/.well-known/security.txt") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=86400"],
                body: .init(byteBuffer: ByteBuffer(string: securityText)))
        }
        // Whoever keeps an eye on this journal fetches its last checkpoint; it tells nothing but how many rows there are.
        router.get("/controlepunt") { _, _ in
            guard let kept = try await site.installation.checkpoints?.lastCheckpoint() else { throw HTTPError(.notFound) }
            return Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(string: kept.note)))
        }
        router.get("/robots.txt") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: "User-agent: *\nDisallow: /\n")))
        }
    }
}
