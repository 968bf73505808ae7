import HTTPTypes
import Hummingbird

/// One thing that a program can ask for.
struct APIRoute: Sendable {
    let method: HTTPRequest.Method
    /// Path below `/v1`, as OpenAPI writes it: `/dossiers/{dossier}`.
    let path: String
    let answer: @Sendable (Request, SiteContext) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ path: String,
        _ answer: @escaping @Sendable (Request, SiteContext) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.answer = answer
    }
}
