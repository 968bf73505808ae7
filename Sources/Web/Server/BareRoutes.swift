import Domain
import HTTPTypes
import Hummingbird
import Journal
import Mustache
import UseCases

/// The barest page that this server can give to somebody who is signed in: one question to the database, one template.
///
/// It is the yardstick that `make bench` holds the other pages against, and is there only when the site is measured.
struct BareRoutes {
    private let site: Site
    private let template: MustacheTemplate

    /// Nil when the site is not measured.
    init?(site: Site) {
        guard site.options.isMeasured else { return nil }
        let template = try? MustacheTemplate(
            string: """
                <!doctype html>
                <html lang="{{language}}"><head><title>{{name}}</title></head>
                <body><h1>{{name}}</h1><p>{{kind}}</p></body></html>

                """)
        guard let template else { return nil }
        self.site = site
        self.template = template
    }

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/gezond/kaal", use: show)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try context.signedIn
        guard let partnership = try await site.installation.registers.organisation(.partnership) else { throw NotFound() }
        let values = ["language": context.language.rawValue, "name": partnership.name, "kind": partnership.kind]
        return Site.html(template.render(values), context.language, .ok)
    }
}
