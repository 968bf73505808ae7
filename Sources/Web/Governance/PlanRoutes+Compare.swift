import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Plan
import UseCases

extension PlanRoutes {
    /// How many dossiers are listed at most, and how many are looked at for that.
    private static let mostListed = 25
    private static let mostTried = 500

    /// Two versions side by side: what changes for whom, and which examples and dossiers come out otherwise.
    func compare(_ request: Request, _ context: SiteContext) async throws -> Response {
        let shelf = site.installation.shelf
        let asked = request.uri.queryParameters
        func version(_ name: String, _ otherwise: PlanRules) throws -> PlanRules {
            guard let key = asked[Substring(name)] else { return otherwise }
            guard let rules = shelf[PlanKey(String(key))] else { throw NotFound() }
            return rules
        }
        let newest = shelf.versions[shelf.versions.count - 1]
        let after = try version("naar", newest)
        let earlier = shelf.versions.last { $0.inForce < after.inForce } ?? shelf.versions[0]
        let before = try version("van", earlier)
        let (old, new) = (
            PlanWords(site.words(context, before), isNamed: true), PlanWords(site.words(context, after), isNamed: true)
        )
        let comparison = ComparedPlans(old, new, audience: asked["voor"].map(String.init))
        let turns: [ExampleTurn] =
            if let one = site.installation.tried(before.key), let other = site.installation.tried(after.key) {
                ExampleTurn.all(one.plan, other.plan)
            } else {
                []
            }
        let page = comparison.page(
            versions: shelf.versions, turns: turns,
            dossiers: try await dossiers(comparison, isAsked: asked["dossiers"] == "ja", context))
        return try await site.show(page, request, context, .plan)
    }

    /// What would have become of dossiers: figures for who may read those, and each dossier that the reader may see.
    private func dossiers(
        _ plans: ComparedPlans, isAsked: Bool, _ context: SiteContext
    ) async throws -> PlanComparePage.Dossiers? {
        guard let actor = context.actor, plans.old.rules.key != plans.new.rules.key else { return nil }
        let title = plans.words.replayTitle
        let texts = plans.new.texts
        guard isAsked else {
            let path = plans.path + "&dossiers=ja#dossiers"
            return PlanComparePage.Dossiers(
                title: title, ask: Link(texts("planCompare.ask"), path), figures: [], seen: [], seenNote: nil)
        }
        let replay = try await replays.replay(from: plans.old.rules, by: plans.new.rules, site.installation)
        let (seen, isAll) = try await seen(replay, plans, actor)
        return PlanComparePage.Dossiers(
            title: title, ask: nil,
            figures: site.installation.mayReadFigures(actor)
                ? plans.words.publicFigures(replay) : [texts("planCompare.noFigures")],
            seen: seen, seenNote: seen.isEmpty ? texts("planCompare.seenNone") : isAll ? nil : texts("planCompare.seenMore"))
    }

    /// Every dossier of the result that the reader may see; looking at it is logged, as any other look.
    private func seen(
        _ replay: PlanReplay, _ plans: ComparedPlans, _ actor: Actor
    ) async throws -> (turns: [PlanComparePage.Turn], isAll: Bool) {
        var turns: [PlanComparePage.Turn] = []
        for (place, id) in replay.turnedDossiers.enumerated() {
            guard turns.count < Self.mostListed, place < Self.mostTried else { return (turns, false) }
            let seen: SeenDossier
            do {
                seen = try await site.installation.see(id, [.child, .procedures, .decisions], all: false, as: actor)
            } catch is NotFound {
                continue
            }
            let name =
                seen.sight.sees(.child) ? seen.dossier.child?.fullName ?? id.rawValue : plans.new.texts("planCompare.dossier")
            let link = Link(name, .dossier(id.rawValue))
            if seen.sight.sees(.decisions) {
                turns += replay.turnedDecisions.filter { $0.dossier == id }.map { plans.turn($0, link) }
            }
            if seen.sight.sees(.procedures) {
                turns += replay.turnedTerms.filter { $0.dossier == id }.map { plans.turn($0, link) }
                turns += replay.turnedActs.filter { $0.dossier == id && seen.tells($0, plans.old.rules) }
                    .map { plans.turn($0, link) }
            }
        }
        return (turns, true)
    }
}
