import Domain
import Foundation
import HTTPTypes
import Hummingbird
import UseCases

/// The plan as a public document: its fan, its routes with steps and terms, its tables and sources.
struct PlanRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/plan", use: show)
        pages.get("/plan/bronnen", use: sources)
        pages.get("/plan/:procedure", use: procedure)
    }

    /// The version asked for with `?versie=`, or the one in force.
    private func rules(_ request: Request) -> PlanRules {
        request.uri.queryParameters["versie"].flatMap { site.installation.shelf[PlanKey(String($0))] } ?? site.installation.rules
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let rules = rules(request)
        let words = site.words(context, rules)
        let language = words.language
        let until = rules.until.map { words.texts("plan.until", ["day": words.format.plainDay($0)]) } ?? ""
        let page = PlanPage(
            title: rules.title[language],
            lead: words.texts(
                "plan.lead",
                ["document": rules.document, "from": words.format.plainDay(rules.inForce), "until": until]),
            fan: Fan(
                rules.tiers.map { tier in
                    Fan.Tier(
                        tier.title[language],
                        tier.forms.map { form in
                            Fan.Form(
                                form.short[language],
                                href: rules.procedures(ofForm: form.id).first.map { Address.planProcedure($0.id).path })
                        })
                }, child: nil, texts: words.texts),
            tiers: rules.tiers.map { tier in
                PlanPage.Tier(
                    title: tier.title[language],
                    forms: tier.forms.map { form in
                        PlanPage.Form(
                            title: form.title[language],
                            href: rules.procedures(ofForm: form.id).first.map { Address.planProcedure($0.id).path },
                            about: form.explanation[language], source: form.source)
                    })
            },
            procedures: rules.procedures.map { route in
                PlanPage.Procedure(
                    title: route.title[language], href: Address.planProcedure(route.id).path, about: route.why[language],
                    terms: route.clocks.map { $0.title[language] },
                    starts: words.texts(
                        "plan.startedBy", ["who": words.format.list(route.start.by.map { words.function($0) })]))
            }, sources: Link(words.texts("plan.sources"), .planSource),
            versions: site.installation.shelf.versions.filter { $0.key != rules.key }.map {
                Link($0.title[language], "/plan?versie=\($0.key)")
            })
        return try await site.show(page, request, context, .plan)
    }

    private func procedure(_ request: Request, _ context: SiteContext) async throws -> Response {
        let rules = rules(request)
        let words = site.words(context, rules)
        let language = words.language
        guard let route = rules.procedure(try context.parameter("procedure")) else { throw NotFound() }
        func line(_ field: String, _ note: String? = nil) -> PlanProcedurePage.Line {
            PlanProcedurePage.Line(
                title: words.field(field), text: rules.fields[field]?.why?[language] ?? note, source: rules.fields[field]?.source)
        }
        let forms = rules.forms(route.form).compactMap { rules.form($0)?.title[language] }
        let tables = Set(route.outcomes.compactMap { $0.decision?.validity?.table }).sorted().compactMap { rules.tables[$0] }
        let page = PlanProcedurePage(
            title: route.title[language], about: words.paragraphs(route.why[language]),
            facts: [
                Fact(words.texts("plan.who"), words.format.list(route.start.by.map { words.function($0) })),
                Fact(
                    words.texts("plan.form"),
                    forms.isEmpty ? words.texts("plan.noForm") : words.format.list(forms)),
            ],
            needs: route.start.needs.map {
                PlanProcedurePage.Line(title: words.need($0), text: $0.why[language], source: $0.source)
            }, asks: route.start.asks.map { line($0.field) },
            steps: route.steps.map { step in
                PlanProcedurePage.Step(
                    title: step.title[language], who: words.actor(step.by, of: route),
                    text: step.explanation.map { words.paragraphs($0[language]) } ?? [],
                    terms: step.due.map { [words.within($0)] } ?? [],
                    then: step.choices.map { choice in
                        let goal: String =
                            switch choice.then {
                            case .open(let steps):
                                words.format.list(steps.map { route.step($0)?.title[language] ?? $0 })
                            case .end(let outcome):
                                words.texts("plan.ends", ["outcome": route.outcome(outcome)?.title[language] ?? outcome])
                            }
                        return "\(choice.title[language]) → \(goal)"
                    }, source: step.source)
            },
            terms: route.clocks.map { clock in
                PlanProcedurePage.Line(
                    title: clock.title[language], text: clock.ground[language],
                    source: clock.source)
            },
            outcomes: route.outcomes.map {
                PlanProcedurePage.Line(title: $0.title[language], text: $0.explanation?[language], source: $0.decision?.source)
            },
            tables: tables.map { table in
                PlanProcedurePage.Table(
                    title: table.title[language], policy: words.texts("plan.hit.\(table.hit.rawValue)"),
                    columns: [words.texts("decision.when"), words.texts("decision.then")],
                    rows: table.rows.map { row in
                        PlanProcedurePage.Row(cells: [words.condition(row.when), words.until(row.until)], source: row.source)
                    }, source: table.source)
            },
            conflicts: route.outcomes.compactMap { outcome -> PlanProcedurePage.Line? in
                guard let field = outcome.decision?.validity?.conflictField, let known = rules.fields[field] else { return nil }
                return PlanProcedurePage.Line(title: known.title[language], text: known.why?[language], source: known.source)
            }, source: route.source)
        return try await site.show(page, request, context, .plan)
    }

    private func sources(_ request: Request, _ context: SiteContext) async throws -> Response {
        let rules = rules(request)
        let words = site.words(context, rules)
        let language = words.language
        var uses: [String: [Link]] = [:]
        func use(_ source: String?, _ title: String, _ address: Address) {
            guard let source, !source.isEmpty else { return }
            let link = Link(title, address)
            if uses[source]?.contains(where: { $0.label == link.label && $0.href == link.href }) != true {
                uses[source, default: []].append(link)
            }
        }
        for form in rules.tiers.flatMap(\.forms) { use(form.source, form.title[language], .plan) }
        for route in rules.procedures {
            let address = Address.planProcedure(route.id)
            use(route.source, route.title[language], address)
            for step in route.steps { use(step.source, "\(route.title[language]): \(step.title[language])", address) }
            for clock in route.clocks { use(clock.source, "\(route.title[language]): \(clock.title[language])", address) }
            for need in route.start.needs { use(need.source, "\(route.title[language]): \(words.need(need))", address) }
        }
        for part in rules.groeidocument.parts {
            use(part.source, "\(rules.groeidocument.title[language]): \(part.title[language])", .plan)
        }
        for table in rules.tables.values.sorted(by: { $0.id < $1.id }) {
            for row in table.rows { use(row.source, table.title[language], .plan) }
        }
        for purpose in rules.purposes { use(purpose.source, purpose.title[language], .plan) }
        let page = PlanSourcePage(
            title: words.texts("plan.sources"),
            lead: words.texts("plan.sourcesLead", ["document": rules.document]),
            paragraphs: uses.sorted { $0.key.compare($1.key, options: .numeric) == .orderedAscending }.map {
                PlanSourcePage.Paragraph(number: $0.key, title: nil, uses: $0.value)
            })
        return try await site.show(page, request, context, .plan)
    }
}
