import Domain

// What a plan is, its short lists, its waaier and its letters.
extension PlanComparison {
    private var plan: Spot {
        Spot(
            path: "plan", thing: after.title, concerns: [.everyone],
            sources: PlanSources(before.document, after.document))
    }

    /// The head of a plan and its short lists.
    func compareHead() {
        let spot = plan
        reworded(.planTitle, spot, before.title, after.title)
        changed(.planInForce, spot, before.inForce, after.inForce) { .day($0) }
        changed(.planUntil, spot, before.until, after.until) { $0.map { .day($0) } }
        changed(.planDocument, spot, before.document, after.document) { .written($0) }
        changed(.planAges, spot, before.ages, after.ages) { .written("\($0.lowerBound)–\($0.upperBound)") }
        if before.partnership != after.partnership { add(.partnership, spot) }
        if before.holidays != after.holidays { add(.holidays, spot) }
        compareOptions(before.groups, after.groups, "groups", concerns: [.everyone])
        compareOptions(before.disciplines, after.disciplines, "disciplines", concerns: [.everyone])
        comparePurposes()
        compareAskedIn()
        compareEmergency()
        compareSchoolQuestions()
        compareRelations()
        compareEvidence()
        compareGovernance()
        compareRetention()
        compareRights()
        compareContents()
        let told: Set = [
            "key", "title", "partnership", "inForce", "until", "amends", "document", "functions", "disciplines", "relations",
            "purposes", "evidence", "groups", "tiers", "groeidocument", "fields", "procedures", "tables", "letters", "ages",
            "holidays", "askedIn", "emergency", "questions", "governance", "retention", "rights", "contents",
            // Reckoned from the rest.
            "scales", "oneProcedure",
        ]
        node(
            Spot(path: "plan", thing: after.title, concerns: [.everyone], sources: PlanSources(nil, nil)), before, after,
            told: told
        ) {}
    }

    func compareOptions(_ old: [Field.Option], _ new: [Field.Option], _ list: String, concerns: [PlanAudience]) {
        let at = { (option: Field.Option) in
            Spot(path: "\(list).\(option.id)", thing: option.title, concerns: concerns, sources: PlanSources(nil, nil))
        }
        things(
            old, new, key: \.id,
            order: Spot(path: list, thing: after.title, concerns: concerns, sources: PlanSources(nil, nil))
        ) {
            add(.listAdded, at($0))
        } removed: {
            add(.listRemoved, at($0))
        } both: { was, now in
            reworded(.title, at(now), was.title, now.title)
        }
    }

    private func comparePurposes() {
        let at = { (purpose: PlanRules.Purpose, sources: PlanSources) in
            Spot(path: "purposes.\(purpose.id)", thing: purpose.title, concerns: [.parents], sources: sources)
        }
        things(before.purposes, after.purposes, key: \.id) {
            add(.listAdded, at($0, PlanSources(nil, $0.source)))
        } removed: {
            add(.listRemoved, at($0, PlanSources($0.source, nil)))
        } both: { was, now in
            let spot = at(now, PlanSources(was.source, now.source))
            node(spot, was, now, told: ["title", "explanation"]) {
                reworded(.title, spot, was.title, now.title)
                reworded(.explanation, spot, was.explanation, now.explanation)
            }
        }
    }

    private func compareRelations() {
        let at = { (relation: PlanRules.Relation) in
            Spot(path: "relations.\(relation.id)", thing: relation.title, concerns: [.parents], sources: PlanSources(nil, nil))
        }
        things(before.relations, after.relations, key: \.id) {
            add(.listAdded, at($0))
        } removed: {
            add(.listRemoved, at($0))
        } both: { was, now in
            node(at(now), was, now, told: ["title", "authority"]) {
                reworded(.title, at(now), was.title, now.title)
                changed(.authority, at(now), was.authority, now.authority) { .yesNo($0) }
            }
        }
    }

    private func compareEvidence() {
        // Who has to have the document: those who act where it is asked.
        let at = { (kind: PlanRules.EvidenceKind) in
            let needed = [self.before, self.after].flatMap { rules in
                rules.procedures.flatMap { route in
                    (route.start.needs.asks(for: kind.id) ? route.start.by : [])
                        + route.steps.filter { $0.choices.contains { $0.needs.asks(for: kind.id) } }.flatMap(\.by.functions)
                }
            }
            return Spot(
                path: "evidence.\(kind.id)", thing: kind.title, concerns: self.audience(needed), sources: PlanSources(nil, nil))
        }
        things(before.evidence, after.evidence, key: \.id) {
            add(.listAdded, at($0))
        } removed: {
            add(.listRemoved, at($0))
        } both: { was, now in
            node(at(now), was, now, told: ["title", "explanation"]) {
                reworded(.title, at(now), was.title, now.title)
                reworded(.explanation, at(now), was.explanation, now.explanation)
            }
        }
    }

    /// The forms of support in their tiers.
    func compareWaaier() {
        let at = { (tier: PlanRules.Tier) in
            Spot(path: "waaier.\(tier.id)", thing: tier.title, concerns: [.everyone], sources: PlanSources(nil, nil))
        }
        things(
            before.tiers, after.tiers, key: \.id,
            order: Spot(path: "waaier", thing: after.title, concerns: [.everyone], sources: PlanSources(nil, nil))
        ) { tier in
            add(.tierAdded, at(tier), nil, .list(tier.forms.map { .text($0.title) }))
        } removed: { tier in
            add(.tierRemoved, at(tier), .list(tier.forms.map { .text($0.title) }), nil)
        } both: { was, now in
            node(at(now), was, now, told: ["title", "forms"]) {
                reworded(.title, at(now), was.title, now.title)
                compareForms(was, now, at(now))
            }
        }
    }

    private func compareForms(_ old: PlanRules.Tier, _ new: PlanRules.Tier, _ tier: Spot) {
        things(old.forms, new.forms, key: \.id, order: tier) { form in
            add(.formAdded, tier.inner("forms.\(form.id)", form.title, sources: PlanSources(nil, form.source)))
        } removed: { form in
            add(.formRemoved, tier.inner("forms.\(form.id)", form.title, sources: PlanSources(form.source, nil)))
        } both: { was, now in
            let spot = tier.inner("forms.\(now.id)", now.title, sources: PlanSources(was.source, now.source))
            node(spot, was, now, told: ["title", "short", "explanation"]) {
                reworded(.title, spot, was.title, now.title)
                reworded(.short, spot, was.short, now.short)
                reworded(.explanation, spot, was.explanation, now.explanation)
            }
        }
    }

    /// The letters, for those who get them and those who send them.
    func compareLetters() {
        let at = { (letter: PlanRules.Letter) in
            var concerns: [PlanAudience] = [.parents]
            var sources: [String?] = []
            for rules in [self.before, self.after] {
                let sent = rules.procedures.flatMap { route in
                    route.outcomes.filter { $0.decision?.letter == letter.id }.map { (route, $0) }
                }
                concerns += sent.flatMap { route, outcome in self.audience(route.deciders(of: outcome.id)) }
                sources.append(sent.first?.1.decision?.source)
            }
            return Spot(
                path: "letters.\(letter.id)", thing: letter.title, concerns: concerns,
                sources: PlanSources(sources[0], sources[1]))
        }
        let sorted = { (rules: PlanRules) in rules.letters.values.sorted { $0.id < $1.id } }
        things(sorted(before), sorted(after), key: \.id) {
            add(.letterAdded, at($0))
        } removed: {
            add(.letterRemoved, at($0))
        } both: { was, now in
            node(at(now), was, now, told: ["title", "body"]) {
                reworded(.title, at(now), was.title, now.title)
                if was.body != now.body { add(.letterBody, at(now)) }
            }
        }
    }
}

extension [Need] {
    /// Whether a document of this kind is among what is needed.
    fileprivate func asks(for evidence: String) -> Bool { contains { $0.kind == .evidence(kind: evidence) } }
}

extension ProcedureRule {
    /// Functions whose holders can make the choice that ends in an outcome.
    func deciders(of outcome: String) -> [String] {
        steps.filter { $0.choices.contains { $0.then == .end(outcome: outcome) } }.flatMap(\.by.functions)
    }
}
