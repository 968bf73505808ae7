import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Plan
import UseCases

/// The plan as a public document: its fan, its routes with steps and terms, its tables and sources.
struct PlanRoutes {
    let site: Site
    let replays = Replays()

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/plan", use: show)
        pages.get("/plan/bronnen", use: sources)
        pages.get("/plan/vergelijken", use: compare)
        pages.get("/plan/:procedure", use: procedure)
    }

    /// The version asked for with `?versie=`, or the one in force; every link on the page stays in what was asked for.
    private func plan(_ request: Request, _ context: SiteContext) throws -> PlanWords {
        guard let asked = request.uri.queryParameters["versie"] else {
            let rules = site.installation.rules
            return PlanWords(site.words(context, rules), isNamed: false, site.installation.tried(rules.key))
        }
        guard let rules = site.installation.shelf[PlanKey(String(asked))] else { throw NotFound() }
        return PlanWords(site.words(context, rules), isNamed: true, site.installation.tried(rules.key))
    }

    /// That the version on the page is not the one in force today.
    private func notice(_ plan: PlanWords) -> String? {
        let now = site.installation.rules
        guard now.key != plan.rules.key else { return nil }
        return plan.texts(
            plan.rules.inForce > site.installation.today ? "planPage.notYet" : "planPage.notNow",
            ["version": plan.rules.title[plan.language], "now": now.title[plan.language]])
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let plan = try plan(request, context)
        let others = site.installation.shelf.versions.filter { $0.key != plan.rules.key }
        var page = plan.page(
            version: notice(plan),
            versions: others.map { Link($0.title[plan.language], PlanPlace(key: $0.key, isNamed: true).href(.plan)) }
                + [Link(plan.texts("approval.list"), .planVersions)],
            comparisons: others.map { other in
                let (old, new) = other.inForce < plan.rules.inForce ? (other, plan.rules) : (plan.rules, other)
                return Link(
                    plan.texts(
                        "planPage.compare", ["before": old.title[plan.language], "after": new.title[plan.language]]),
                    "\(Address.planCompare.path)?van=\(old.key)&naar=\(new.key)")
            }, examples: plan.whole.map { plan.lead($0.results) })
        page.show(plan.whole?.cards ?? [], plan)
        page.edit = edit("", "draftPlan.title", context)
        return try await site.show(page, request, context, .plan)
    }

    /// A link to change a part of the plan, for whoever writes drafts.
    private func edit(_ part: String, _ label: String, _ context: SiteContext) -> Link? {
        guard let actor = context.actor, site.installation.mayWrite(actor) else { return nil }
        return Link(site.texts(context)(label), part.isEmpty ? Address.planDrafts.path : Self.drafting(part))
    }

    private static func drafting(_ part: String) -> String { "\(Address.planDrafts.path)?deel=\(part)" }

    private func procedure(_ request: Request, _ context: SiteContext) async throws -> Response {
        let plan = try plan(request, context)
        guard let route = plan.rules.procedure(try context.parameter("procedure")) else { throw NotFound() }
        let examples = plan.whole.flatMap { plan.examples($0.results, of: route) }
        var page = plan.page(of: route, version: notice(plan), examples: examples)
        page.cards = plan.cards(plan.whole?.cards ?? [], of: route).map { [$0] } ?? []
        if let edit = edit("procedures.\(route.id)", "draftPlan.editRoute", context) {
            page.edits =
                [edit]
                + route.clocks.map { Link($0.title[plan.language], Self.drafting("procedures.\(route.id).clocks.\($0.id)")) }
        }
        return try await site.show(page, request, context, .plan)
    }

    private func sources(_ request: Request, _ context: SiteContext) async throws -> Response {
        let plan = try plan(request, context)
        return try await site.show(
            plan.sourcePage(version: notice(plan), plan.whole?.results ?? [], plan.whole?.cards ?? []), request, context, .plan)
    }
}
