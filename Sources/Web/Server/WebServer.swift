import Domain
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import UseCases

/// The site as a program: a router with all routes behind the same few layers.
package struct WebServer: Sendable {
    package let site: Site

    package init(site: Site) { self.site = site }

    /// Everything that answers a request, without a socket: for the server and for tests.
    func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        if site.options.isCounted { router.add(middleware: MetricsMiddleware()) }
        router.add(middleware: SecurityHeaders(secure: site.options.secureCookies))
        Routes.add(to: router, site)
        return router
    }
}
