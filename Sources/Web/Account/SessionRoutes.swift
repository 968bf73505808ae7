import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// How long the session of this browser lasts, for the script that takes a page off the screen when it is over.
///
/// Outside the groups in which a request counts as one: asking makes no session last longer.
struct SessionRoutes {
    let site: Site

    private struct Left: Encodable {
        /// Whole seconds until the session ends if nothing more is asked; 0 when there is none.
        var seconds = 0
        /// The key of whoever is signed in: another's page is not brought back to them.
        var person = ""
        /// The word for the forms of a page that waited for its owner to come back.
        var csrf = ""
    }

    func add(to router: Router<SiteContext>) {
        router.get(RouterPath(Address.sessionLeft.path), use: left)
    }

    private func left(_ request: Request, _ context: SiteContext) async throws -> Response {
        let accounts = site.installation.vault.accounts
        let now = site.installation.clock.now()
        var left = Left()
        if let secret = request.cookies[site.options.sessionCookie]?.value,
            let session = try await accounts.glance(secret, at: now)
        {
            left.seconds = max(1, Int((accounts.end(of: session).milliseconds - now.milliseconds) / 1000))
            left.person = session.person.rawValue
            left.csrf = session.csrf.text
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(left))))
    }
}
