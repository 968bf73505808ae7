import Domain

// The steps of a route: who acts, who meets, and where each choice goes.
extension PlanComparison {
    /// One step that both routes have.
    func compareStep(
        _ old: StepRule, _ new: StepRule, _ routes: (old: ProcedureRule, new: ProcedureRule), _ route: Spot
    ) {
        let actors = audience(old.by.functions + new.by.functions)
        let sources = PlanSources(old.source ?? routes.old.source, new.source ?? routes.new.source)
        let spot = route.inner("steps.\(new.id)", new.title, concerns: actors, sources: sources)
        let told: Set = ["title", "explanation", "by", "asks", "choices", "due", "meeting", "waitsFor", "note"]
        node(spot, old, new, told: told) {
            reworded(.title, spot, old.title, new.title)
            reworded(.explanation, spot, old.explanation, new.explanation)
            reworded(.remark, spot, old.note, new.note)
            compare(old.by, new.by, routes, spot)
            changed(.due, spot.also([.parents]), old.due, new.due) { $0.map { .term($0) } }
            partly(.waitsFor, spot, old.waitsFor, new.waitsFor) { self.steps($0, routes) }
            compareAsks(old.asks, new.asks, spot)
            compareMeeting(old.meeting, new.meeting, spot)
            compareChoices(old, new, routes, spot)
        }
    }

    private func compare(
        _ old: ActorRule, _ new: ActorRule, _ routes: (old: ProcedureRule, new: ProcedureRule), _ step: Spot
    ) {
        var spot = step.also([.parents])
        spot.sources = PlanSources(old.source ?? step.sources.before, new.source ?? step.sources.after)
        let told: Set = ["functions", "chosenIn", "disciplines", "notActorOf", "warnActorOf", "notOfThisSchool"]
        let named = { (id: String) -> PlanPhrase in
            guard let (procedure, step) = ActorRule.elsewhere(id),
                let other = self.after.procedure(procedure) ?? self.before.procedure(procedure)
            else { return self.steps([id], routes) }
            let title = other.step(step)?.title ?? Localized(nl: step, en: step)
            return .text(Localized(nl: "\(other.title.nl): \(title.nl)", en: "\(other.title.en): \(title.en)"))
        }
        node(spot, old, new, told: told) {
            listed(.actorsGained, .actorsLost, spot, old.functions, new.functions) { .function($0) }
            changed(.chosenIn, spot, old.chosenIn, new.chosenIn) { id in
                id.map { id in (after.fields[id] ?? before.fields[id]).map { .text($0.title) } ?? .written(id) }
            }
            listed(.actorDisciplinesGained, .actorDisciplinesLost, spot, old.disciplines, new.disciplines) { .discipline($0) }
            listed(.notActorOfGained, .notActorOfLost, spot, old.notActorOf, new.notActorOf, named)
            listed(.warnActorOfGained, .warnActorOfLost, spot, old.warnActorOf, new.warnActorOf, named)
            changed(.notOfThisSchool, spot, old.notOfThisSchool, new.notOfThisSchool) { .yesNo($0) }
        }
    }

    private func compareMeeting(_ old: MeetingRule?, _ new: MeetingRule?, _ step: Spot) {
        let people = [old, new].compactMap(\.self).flatMap { [$0.chair] + $0.required + $0.optional }
        var spot = step.also([.parents] + audience(people))
        spot.path += ".meeting"
        switch (old, new) {
        case (nil, nil): break
        case (nil, let new?): add(.meetingAdded, spot, nil, titles(new.required))
        case (let old?, nil): add(.meetingRemoved, spot, titles(old.required), nil)
        case (let old?, let new?):
            let told: Set = ["chair", "required", "optional", "ahead", "aheadSource", "questions", "bring"]
            node(spot, old, new, told: told) {
                changed(.chair, spot, old.chair, new.chair) { .function($0) }
                listed(.requiredGained, .requiredLost, spot, old.required, new.required) { .function($0) }
                listed(.optionalGained, .optionalLost, spot, old.optional, new.optional) { .function($0) }
                var ahead = spot
                ahead.sources = PlanSources(old.aheadSource ?? spot.sources.before, new.aheadSource ?? spot.sources.after)
                if old.ahead != new.ahead {
                    changed(.ahead, ahead, old.ahead, new.ahead) { $0.map { .period($0) } }
                } else if old.aheadSource != new.aheadSource {
                    add(.source, ahead)
                }
                partly(.questions, spot, old.questions, new.questions) { .list($0.map { .text($0) }) }
                reworded(.bring, spot, old.bring, new.bring)
            }
        }
    }

    private func compareChoices(
        _ old: StepRule, _ new: StepRule, _ routes: (old: ProcedureRule, new: ProcedureRule), _ step: Spot
    ) {
        let at = { (choice: ChoiceRule) in step.inner("choices.\(choice.id)", choice.title) }
        let next = { (then: ChoiceRule.Next) -> PlanPhrase in
            switch then {
            case .open(let ids): self.steps(ids, routes)
            case .end(let id): (routes.new.outcome(id) ?? routes.old.outcome(id)).map { .text($0.title) } ?? .written(id)
            }
        }
        things(old.choices, new.choices, key: \.id, order: step) { choice in
            add(.choiceAdded, at(choice).also([.parents]), nil, next(choice.then))
        } removed: { choice in
            add(.choiceRemoved, at(choice).also([.parents]), next(choice.then), nil)
        } both: { was, now in
            let spot = at(now)
            let told: Set = ["title", "explanation", "when", "once", "asks", "needs", "then", "marksComplete", "plans"]
            node(spot, was, now, told: told) {
                reworded(.title, spot, was.title, now.title)
                reworded(.explanation, spot, was.explanation, now.explanation)
                changed(.choiceWhen, spot.also([.parents]), was.when, now.when) { .condition($0) }
                changed(.choiceOnce, spot.also([.parents]), was.once, now.once) { .yesNo($0) }
                changed(.then, spot.also([.parents]), was.then, now.then, next)
                changed(.marksComplete, spot.also([.parents]), was.marksComplete, now.marksComplete) { .yesNo($0) }
                changed(.choicePlans, spot, was.plans, now.plans) { $0.map { self.steps([$0], routes) } }
                compareAsks(was.asks, now.asks, spot)
                compareNeeds(was.needs, now.needs, spot)
            }
        }
    }
}
