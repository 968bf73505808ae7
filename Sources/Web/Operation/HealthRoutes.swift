import Domain
import HTTPTypes
import Hummingbird
import UseCases

/// Whether all is well, in one look: for the administrator.
struct HealthRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.health.path), use: show)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try AdministrationRoutes(site: site).administrator(context)
        let page = HealthPage(await site.healthWatch.look(), site.texts(context))
        return try await site.show(page, request, context, .administration)
    }
}

extension HealthPage {
    init(_ health: Health, _ texts: Texts) {
        let format = LocalFormat(texts)
        self.init(
            title: texts("health.title"), tabs: Tab.administration(.health, texts: texts),
            isBad: health.state != .well, summary: texts("health.summary.\(health.state.rawValue)"),
            parts: health.findings.map { finding in
                let values = [
                    "at": finding.at.map { format.moment($0) } ?? "",
                    "number": finding.number.map { format.number(Int($0)) } ?? "",
                    "size": finding.number.map { format.size(bytes: Int($0)) } ?? "",
                    "code": finding.code ?? "",
                ]
                let key = "health.\(finding.part.rawValue)"
                let isNew = finding.at == nil && texts.has("\(key).\(finding.state.rawValue)Never")
                return Part(
                    title: texts("\(key).title"),
                    chip: Chip(texts("health.state.\(finding.state.rawValue)"), finding.state.tone),
                    text: texts("\(key).\(finding.state.rawValue)\(isNew ? "Never" : "")", values))
            })
    }
}

extension Health.State {
    fileprivate var tone: Chip.Tone {
        switch self {
        case .well: .ok
        case .attention: .wait
        case .trouble: .late
        }
    }
}
