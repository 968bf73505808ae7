import Domain
import Journal

/// Decides who the children of a demo are and tells their stories.
struct DemoCasting: Sendable {
    let stage: DemoStage
    let pupils: Int
    private let aims: [DemoAim.Cast]
    /// Days before the end in which no brief story begins.
    private static let recent = 14

    init(_ stage: DemoStage, pupils: Int) {
        self.stage = stage
        self.pupils = pupils
        // Some of the children go their own way, so that not everything is at its most interesting.
        let showpiece = DemoAim.told(stage.content.settings.showpiece, stage.rules).map {
            DemoAim.Cast(aim: $0, function: nil, isFirst: true)
        }
        aims = Array(
            ([showpiece].compactMap(\.self) + DemoAim.all(stage.rules, rare: stage.content.settings.rare ?? [])).prefix(
                max(pupils * 3 / 4, min(pupils, 3))))
    }

    /// The story of one child, always the same for the same seed.
    func story(_ index: Int) -> DemoStory {
        var random = SeededRandom(seed: stage.seed ^ 0x5EED_CA57, part: index)
        let pupil = pupil(index, &random)
        let last = stage.until.day
        if pupil.isBrief {
            // In the school year that runs, so that the child is in the group in which it began; and so long ago that a holiday
            // does not move it past the end.
            let days = SchoolYear(containing: last).first.days(until: last) - Self.recent
            return told(pupil, opening: last.adding(days: -Self.recent - random.below(max(1, days))))
        }
        guard let aim = pupil.aim else {
            // A start so late that nothing could be told yet is no use.
            let span = stage.first.days(until: last) - 20
            return told(pupil, opening: stage.first.adding(days: random.below(max(1, span))))
        }
        guard let held = aim.held else {
            return ended(pupil, recently: random.within(4...90))
        }
        return waiting(pupil, held.urgency, held.route, held.step, &random)
    }

    private func told(_ pupil: DemoPupil, opening: Day, until: Instant? = nil, variant: Int = 0) -> DemoStory {
        var story = DemoStory(
            pupil, on: stage, opening: min(max(opening, stage.first), stage.until.day.adding(days: -1)),
            until: until ?? stage.until, variant: variant)
        story.tell()
        return story
    }

    private func pupil(_ index: Int, _ random: inout SeededRandom) -> DemoPupil {
        let aimed = aims.indices.contains(index) ? aims[index] : nil
        let themes = stage.content.themes
        let theme =
            random.pick(themes) { theme in
                // A story about a route is told of a child for whom it is likely.
                let fits = aimed?.aim.legs.map { theme.routes[$0.route] ?? 1 }.reduce(1, *) ?? 1
                return theme.weight * fits
            } ?? themes[index % themes.count]
        let active = stage.world.schools.prefix(stage.world.active)
        let isLocal = aimed?.function.flatMap { stage.rules.function($0) }?.place != .partnership
        let school =
            aimed?.isFirst == true && isLocal ? active[active.startIndex] : active[active.startIndex + random.below(active.count)]
        return DemoPupil(
            index: index, school: school.organisation, theme: theme, girl: !random.chance(theme.boys),
            circle: stage.content.names.circle(&random, among: theme.circles), aim: aimed?.aim,
            isBrief: aimed == nil && index % stage.whole != 0, withAccount: aimed?.isFirst ?? false, withCarer: index == 1,
            prefersFirst: aimed != nil)
    }

    // MARK: Stories that end as they must

    /// A story whose last route ended so many days before the end.
    private func ended(_ pupil: DemoPupil, recently days: Int) -> DemoStory {
        let far = stage.until.adding(days: 1_200)
        var opening = stage.until.day.adding(days: -240)
        for _ in 0..<3 {
            guard let end = told(pupil, opening: opening, until: far).dossier.procedures.last?.ended?.at.day else { break }
            let late = end.days(until: stage.until.day) - days
            if (-2...25).contains(late) { break }
            opening = opening.adding(days: late)
        }
        var story = told(pupil, opening: opening)
        // What holidays moved past the end begins a little earlier.
        for _ in 0..<4 where story.dossier.procedures.last?.ended == nil {
            opening = opening.adding(days: -25)
            story = told(pupil, opening: opening)
        }
        return story
    }

    /// A story whose step stays open, so near its end as is asked; the nearest to it that can be found.
    private func waiting(
        _ pupil: DemoPupil, _ urgency: DemoAim.Urgency, _ route: String, _ step: String, _ random: inout SeededRandom
    ) -> DemoStory {
        let far = stage.until.adding(days: 1_200)
        let last = stage.until.adding(milliseconds: -7_200_000)
        let today = stage.until.day
        let wish = (late: random.within(1...8), soon: random.within(0...5), fresh: random.within(1...6))
        var best: (variant: Int, opening: Day)?
        // Holidays move things about; where days cannot be made to fit, another course of things is tried.
        for variant in 0..<(pupil.withAccount ? 8 : 3) {
            var opening = today.adding(days: -200)
            for _ in 0..<4 {
                let tried = told(pupil, opening: opening, until: far, variant: variant)
                guard let since = tried.heldSince, let open = tried.open(route, step) else { break }
                let span = open.due.map { since.day.days(until: $0) } ?? 0
                let isThere = since <= last && since.day.days(until: today) <= max(span, 60) + 10
                if isThere {
                    let isFar = urgency == .late && open.due.map { $0.days(until: today) > 21 } ?? false
                    if open.due == nil || open.urgency(today) == urgency && !isFar {
                        return told(pupil, opening: opening, variant: variant)
                    }
                    best = best ?? (variant, opening)
                }
                var shift = since.day.days(until: today) - min(wish.fresh, max(1, span / 4))
                if let due = open.due, span > 0 {
                    switch urgency {
                    case .late: shift = due.days(until: today) - wish.late
                    case .soon: shift = due.days(until: today) + min(wish.soon, span - 1)
                    case .calm: break
                    }
                }
                opening = opening.adding(days: shift == 0 ? -2 : shift)
            }
        }
        return told(pupil, opening: best?.opening ?? today.adding(days: -200), variant: best?.variant ?? 0)
    }
}

/// An open step of a story with the end of its time.
struct DemoOpenStep {
    let due: Day?
    let warnFrom: Day?

    /// How near its end it is, as the worklist shows it.
    func urgency(_ today: Day) -> DemoAim.Urgency {
        guard let due else { return .calm }
        if due < today { return .late }
        return warnFrom.map { $0 <= today } ?? false || today.days(until: due) <= 7 ? .soon : .calm
    }
}

extension DemoStory {
    /// The step of a route that is open at the end of the story.
    func open(_ route: String, _ step: String) -> DemoOpenStep? {
        guard let procedure = dossier.procedures.last(where: { $0.rule == route && $0.isRunning }),
            let open = procedure.open.first(where: { $0.step == step }), let rules = stage.shelf[procedure.plan],
            let rule = rules.procedure(route)
        else { return nil }
        return DemoOpenStep(
            due: procedure.due(open, rule, rules.holidays),
            warnFrom: procedure.warnFrom(open, rule, rules.holidays))
    }
}
