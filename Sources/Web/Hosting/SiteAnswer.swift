import Hummingbird

/// Everything that a site answers, without a socket.
package struct SiteAnswer: Sendable {
    private let respond: @Sendable (Request, SiteContext) async throws -> Response

    /// What a site answers by its routes.
    package init(_ server: WebServer) {
        let responder = server.router().buildResponder()
        respond = { request, context in try await responder.respond(to: request, context: context) }
    }

    /// An answer that is always the same.
    init(_ response: @escaping @Sendable () -> Response) { respond = { _, _ in response() } }

    func callAsFunction(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await respond(request, context)
    }
}
