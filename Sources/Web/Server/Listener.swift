import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore

/// Where a server listens, and what it takes of a connection.
package struct Listener: Sendable {
    private let host: String
    private let port: Int
    /// Connections at once; the next ones wait.
    private let most: Int
    /// How long a connection may be silent, and how long what comes before a body may take, in milliseconds.
    private let patience: Int64
    /// With what it answers over TLS; nil when a proxy does, or nobody.
    private let certificates: Certificates?
    private let logger: Logger
    private let started: @Sendable (Int) -> Void

    /// Most bytes and most lines of what comes before a body; a browser sends about 2 kB in 20.
    private static let header = HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)

    /// - Parameters:
    ///   - most: connections at once.
    ///   - patience: in milliseconds; half a minute, but for a test that does not wait that long.
    ///   - certificates: with what it answers over TLS; nil for a server without.
    ///   - started: what is done when it listens, with the port.
    package init(
        host: String, port: Int, most: Int, patience: Int64 = 30_000, certificates: Certificates? = nil, logger: Logger,
        started: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.most = most
        self.patience = patience
        self.certificates = certificates
        self.logger = logger
        self.started = started
    }

    /// Whether a server could not begin because another program listens on its address already.
    package static func isTaken(_ error: any Error) -> Bool { (error as? IOError)?.errnoCode == EADDRINUSE }

    /// A server of one site.
    package func application(_ server: WebServer) throws -> some ApplicationProtocol {
        try application(server.router().buildResponder())
    }

    /// A server of many sites, each under its name.
    ///
    /// - Parameters:
    ///   - secure: whether people come over TLS.
    ///   - isCounted: whether it is counted how many came to which site.
    package func application(
        _ sites: any HostedSites, face: Face, secure: Bool, isCounted: Bool
    ) throws -> some ApplicationProtocol {
        try application(ByHostName(sites: sites, face: face, secure: secure, isCounted: isCounted))
    }

    private func application<Answering: HTTPResponder>(_ responder: Answering) throws -> Application<Answering>
    where Answering.Context == SiteContext {
        let patience = TimeAmount.milliseconds(patience)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [RequestDeadline(patience: patience)], idleTimeout: patience,
                httpDecoderConfiguration: Self.header))
        return Application(
            responder: responder,
            server: try certificates.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain,
            configuration: .init(
                address: .hostname(host, port: port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(most, logger: logger)),
            onServerRunning: { started($0.localAddress?.port ?? 0) }, logger: logger)
    }
}
