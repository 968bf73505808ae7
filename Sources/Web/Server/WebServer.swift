import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import UseCases

/// The site as a program: a router with all routes behind the same few layers.
package struct WebServer: Sendable {
    package let site: Site
    private let logger: Logger

    package init(site: Site, logger: Logger) {
        self.site = site
        self.logger = logger
    }

    /// Everything that answers a request, without a socket: for the server and for tests.
    func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self)
        router.add(middleware: SecurityHeaders(secure: site.options.secureCookies))
        Routes.add(to: router, site)
        return router
    }

    /// The server on an address.
    package func application(
        host: String, port: Int, onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router(),
            configuration: .init(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: onServerRunning, logger: logger)
    }
}
