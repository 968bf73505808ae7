import Domain

// The groeidocument, and questions wherever they are asked.
extension PlanComparison {
    /// Those who may write in the groeidocument, in either plan.
    private var writers: [PlanAudience] {
        audience([before, after].flatMap { rules in rules.functions.filter { $0.may.contains(.write) }.map(\.id) })
    }

    /// The parts of the groeidocument and which questions stand in them.
    func compareGroeidocument() {
        let (old, new) = (before.groeidocument, after.groeidocument)
        let document = Spot(
            path: "groeidocument", thing: new.title, concerns: writers, sources: PlanSources(old.source, new.source))
        node(document, old, new, told: ["title", "inSentence", "parts"]) {
            reworded(.title, document, old.title, new.title)
            // Without words of its own a sentence uses the title, which is told already.
            if (old.inSentence, new.inSentence) != (old.title, new.title) {
                reworded(.inSentence, document, old.inSentence, new.inSentence)
            }
            things(old.parts, new.parts, key: \.id, order: document) { part in
                let spot = document.inner("parts.\(part.id)", part.title, sources: PlanSources(nil, part.source))
                add(.partAdded, spot, nil, .list(part.fields.compactMap { after.fields[$0] }.map { .text($0.title) }))
            } removed: { part in
                let spot = document.inner("parts.\(part.id)", part.title, sources: PlanSources(part.source, nil))
                add(.partRemoved, spot, .list(part.fields.compactMap { before.fields[$0] }.map { .text($0.title) }), nil)
            } both: { was, now in
                let spot = document.inner("parts.\(now.id)", now.title, sources: PlanSources(was.source, now.source))
                node(spot, was, now, told: ["title", "explanation", "fields"]) { compare(was, now, spot) }
            }
        }
    }

    private func compare(_ old: PlanRules.Groeidocument.Part, _ new: PlanRules.Groeidocument.Part, _ spot: Spot) {
        reworded(.title, spot, old.title, new.title)
        reworded(.explanation, spot, old.explanation, new.explanation)
        things(old.fields, new.fields, key: \.self, order: spot) { id in
            guard let field = after.fields[id] else { return }
            add(.askAdded, question(id, field.title, in: spot))
        } removed: { id in
            guard let field = before.fields[id] else { return }
            add(.askRemoved, question(id, field.title, in: spot))
        } both: { _, _ in
        }
    }

    /// A question of a part, for whose words it asks; for all writers when it is anybody's.
    private func question(_ id: String, _ title: Localized, in spot: Spot) -> Spot {
        let voices = [before, after].compactMap { $0.fields[id]?.voice }.map { PlanAudience(voice: $0) }
        return spot.inner("fields.\(id)", title, concerns: voices.isEmpty ? nil : voices)
    }

    /// Questions that both plans ask, each once however often they are asked.
    func compareFields() {
        let keys = Set(before.fields.keys).union(after.fields.keys).sorted()
        for id in keys {
            switch (before.fields[id], after.fields[id]) {
            case (let was?, let now?) where was != now:
                let spot = place(of: now, PlanSources(was.source, now.source))
                let told: Set = [
                    "title", "why", "kind", "options", "required", "atLeast", "atMost", "when", "voice", "withoutName",
                ]
                node(spot, was, now, told: told) { compare(was, now, spot) }
            // A question that is asked is told where it is asked.
            case (let was?, nil) where !before.asks(id): add(.fieldRemoved, place(of: was, PlanSources(was.source, nil)))
            case (nil, let now?) where !after.asks(id): add(.fieldAdded, place(of: now, PlanSources(nil, now.source)))
            default: break
            }
        }
    }

    private func compare(_ old: Field, _ new: Field, _ spot: Spot) {
        reworded(.reworded, spot, old.title, new.title)
        reworded(.why, spot, old.why, new.why)
        changed(.kind, spot, old.kind, new.kind) { .kind($0) }
        things(old.options, new.options, key: \.id, order: spot) { option in
            add(.optionsGained, spot, nil, .text(option.title))
        } removed: { option in
            add(.optionsLost, spot, .text(option.title), nil)
        } both: { was, now in
            reworded(.optionReworded, spot, was.title, now.title)
        }
        changed(.fieldRequired, spot, old.required, new.required) { .yesNo($0) }
        changed(.atLeast, spot, old.atLeast, new.atLeast) { .count($0) }
        changed(.atMost, spot, old.atMost, new.atMost) { $0.map { .count($0) } }
        changed(.fieldWhen, spot, old.when, new.when) { .condition($0) }
        changed(.withoutName, spot, old.withoutName, new.withoutName) { .yesNo($0) }
        changed(.voice, spot, old.voice, new.voice) { $0.map { .voice($0) } }
    }

    /// Where a question stands first, and everybody who answers it.
    private func place(of field: Field, _ sources: PlanSources) -> Spot {
        var concerns = [before, after].compactMap { $0.fields[field.id]?.voice }.map { PlanAudience(voice: $0) }
        var within: [PlanDifference.Thing] = []
        var nearest: [String?] = []
        for rules in [after, before] {
            var source: String?
            for part in rules.groeidocument.parts where part.fields.contains(field.id) {
                if within.isEmpty { within = [.titled(rules.groeidocument.title), .titled(part.title)] }
                if concerns.isEmpty { concerns = writers }
                source = source ?? part.source
            }
            for route in rules.procedures where route.allAsks.contains(where: { $0.field == field.id }) {
                if within.isEmpty { within = [.titled(route.title)] }
                if route.start.asks.contains(where: { $0.field == field.id }) { concerns += audience(route.start.by) }
                for step in route.steps where (step.asks + step.choices.flatMap(\.asks)).contains(where: { $0.field == field.id })
                {
                    concerns += audience(step.by.functions)
                    source = source ?? step.source
                }
                source = source ?? route.source
            }
            nearest.append(rules.fields[field.id] == nil ? nil : source)
        }
        return Spot(
            path: "fields.\(field.id)", within: within, thing: .titled(field.title), concerns: concerns,
            sources: PlanSources(sources.before ?? nearest[1], sources.after ?? nearest[0]))
    }

    /// What is asked at one place.
    func compareAsks(_ old: [Ask], _ new: [Ask], _ spot: Spot) {
        // A field can be asked twice at one place, under different conditions.
        let numbered = { (asks: [Ask]) in
            asks.enumerated().map { index, ask in
                (key: "\(ask.field) \(asks[..<index].count { $0.field == ask.field })", ask: ask)
            }
        }
        let title = { (rules: PlanRules, id: String) in
            rules.fields[id]?.title ?? self.after.fields[id]?.title ?? Localized(nl: id, en: id)
        }
        let at = { (ask: Ask, old: PlanRules?, new: PlanRules?) in
            let voice = [old, new].compactMap { $0?.fields[ask.field]?.voice.map { PlanAudience(voice: $0) } }
            // The question may have a paragraph of its own, nearer than that of the step.
            let sources = PlanSources(
                old.flatMap { $0.fields[ask.field]?.source ?? spot.sources.before },
                new.flatMap { $0.fields[ask.field]?.source ?? spot.sources.after })
            return spot.inner("asks.\(ask.field)", title(new ?? self.before, ask.field), sources: sources).also(voice)
        }
        things(numbered(old), numbered(new), key: \.key, order: spot) { item in
            add(.askAdded, at(item.ask, nil, after), nil, item.ask.when == .always ? nil : .condition(item.ask.when))
        } removed: { item in
            add(.askRemoved, at(item.ask, before, nil))
        } both: { was, now in
            let spot = at(now.ask, before, after)
            node(spot, was.ask, now.ask, told: ["required", "anew", "when"]) {
                changed(.askRequired, spot, was.ask.required, now.ask.required) { .yesNo($0) }
                changed(.askAnew, spot, was.ask.anew, now.ask.anew) { .yesNo($0) }
                changed(.askWhen, spot, was.ask.when, now.ask.when) { .condition($0) }
            }
        }
    }

    /// What must be there first.
    func compareNeeds(_ old: [Need], _ new: [Need], _ spot: Spot) {
        let at = { (need: Need, sources: PlanSources) in
            let family: [PlanAudience]
            switch need.kind {
            // Without it nothing can be asked for their child.
            case .agreement, .signature, .evidence: family = [.parents]
            case .field(let id):
                family = (self.after.fields[id] ?? self.before.fields[id])?.voice.map { [PlanAudience(voice: $0)] } ?? []
            default: family = []
            }
            return spot.inner("needs.\(need.id)", need.why, sources: sources).also(family)
        }
        let here = spot.sources
        things(old, new, key: \.id) { need in
            add(.needAdded, at(need, PlanSources(nil, need.source ?? here.after)), nil, .need(need.kind, when: need.when))
        } removed: { need in
            add(.needRemoved, at(need, PlanSources(need.source ?? here.before, nil)), .need(need.kind, when: need.when), nil)
        } both: { was, now in
            let spot = at(now, PlanSources(was.source ?? here.before, now.source ?? here.after))
            node(spot, was, now, told: ["kind", "why", "when"]) {
                changed(.needKind, spot, was.kind, now.kind) { .need($0, when: .always) }
                reworded(.needWhy, spot, was.why, now.why)
                changed(.needWhen, spot, was.when, now.when) { .condition($0) }
            }
        }
    }
}

extension PlanRules {
    /// Whether a question is asked anywhere.
    fileprivate func asks(_ field: String) -> Bool {
        groeidocument.parts.contains { $0.fields.contains(field) }
            || procedures.contains { $0.allAsks.contains { $0.field == field } }
    }
}
