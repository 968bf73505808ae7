import Hummingbird

/// Everything that a site answers, without a socket.
package struct SiteAnswer: Sendable {
    private let respond: @Sendable (Request, SiteContext) async throws -> Response

    /// What a site answers by its routes.
    ///
    /// - Parameter lane: where its work waits for its turn; nil where nobody else works.
    package init(_ server: WebServer, on lane: Turns.Lane? = nil) {
        let responder = server.router().buildResponder()
        respond = { request, context in
            try await withTaskExecutorPreference(lane) { try await responder.respond(to: request, context: context) }
        }
    }

    /// An answer that is always the same.
    init(_ response: @escaping @Sendable () -> Response) { respond = { _, _ in response() } }

    func callAsFunction(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await respond(request, context)
    }
}
