import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import UseCases

/// The site as a program: a router with all routes behind the same few layers.
package struct WebServer: Sendable {
    package let site: Site
    private let logger: Logger
    /// How long a connection may be silent, and how long what comes before a body may take, in milliseconds.
    private let patience: Int64

    /// - Parameter patience: in milliseconds; half a minute, but for a test that does not wait that long.
    package init(site: Site, logger: Logger, patience: Int64 = 30_000) {
        self.site = site
        self.logger = logger
        self.patience = patience
    }

    /// Everything that answers a request, without a socket: for the server and for tests.
    func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        if site.options.isCounted { router.add(middleware: MetricsMiddleware()) }
        router.add(middleware: SecurityHeaders(secure: site.options.secureCookies))
        Routes.add(to: router, site)
        return router
    }

    /// Connections at once, below the 1024 open files that a process has by default; the next ones wait.
    private static let mostConnections = 900
    /// Most bytes and most lines of what comes before a body; a browser sends about 2 kB in 20.
    private static let header = HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)

    /// Whether a server could not begin because another program listens on its address already.
    package static func isTaken(_ error: any Error) -> Bool { (error as? IOError)?.errnoCode == EADDRINUSE }

    /// The server on an address.
    package func application(
        host: String, port: Int, onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let patience = TimeAmount.milliseconds(patience)
        return Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [RequestDeadline(patience: patience)], idleTimeout: patience,
                    httpDecoderConfiguration: Self.header)),
            configuration: .init(
                address: .hostname(host, port: port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections, logger: logger)),
            onServerRunning: onServerRunning, logger: logger)
    }
}
