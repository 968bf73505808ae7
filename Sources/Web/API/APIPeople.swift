import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// Finds out who asks, by the access token; without a good one nothing is answered, whatever is asked.
///
/// A cookie is never looked at, so no other site can make a browser ask here.
struct APIPeople: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
            throw SignInFirst()
        }
        let accounts = site.installation.vault.accounts
        guard
            let token = try await accounts.token(String(header.dropFirst(7)).trimmed, at: site.installation.clock.now()),
            let account = try await accounts.account(of: token.person), account.disabled == nil
        else {
            context.note(.keyRefused)
            // RFC 6750: a token was sent, and it opens nothing, or not any more.
            throw APIProblem(
                kind: .unauthorized, headers: [.wwwAuthenticate: "Bearer realm=\"SENtrum\", error=\"invalid_token\""])
        }
        var context = context
        context.actor = try await site.installation.actor(token.person)
        do {
            return try await next(request, context)
        } catch {
            context.note(refused: error)
            throw error
        }
    }
}
