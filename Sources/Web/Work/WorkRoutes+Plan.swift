import Domain
import UseCases

extension WorkRoutes {
    /// What waits for somebody with a part in the plan: a version that is theirs to submit, judge, adopt or put in force.
    func planAsks(_ actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        guard site.installation.hasPart(actor) else { return [] }
        return try await site.installation.planVersions().flatMap { version -> [WorkPage.Item] in
            guard version.isSeen(by: actor, words.rules, on: words.today) else { return [] }
            return version.asked(of: actor, words.rules, on: words.today).map { doing in
                let what =
                    doing == .answer
                    ? words.texts.count("approval.work.answer", version.openQuestions.count)
                    : words.texts("approval.work.\(doing.rawValue)")
                return WorkPage.Item(
                    what: what, href: Address.planVersion(version.key.rawValue).path,
                    who: version.title?[words.language] ?? version.key.rawValue, place: nil, note: nil, chip: nil)
            }
        }
    }
}

extension PlanVersion {
    /// What somebody may do that the version waits for: not what is only possible, such as taking it back.
    func asked(of actor: Actor, _ rules: PlanRules, on today: Day) -> [Doing] {
        guard !isKnown || state != .draft else { return [] }
        let doings = doings(of: actor, rules, on: today)
        return Doing.allCases.filter { doing in
            guard doings.contains(doing) else { return false }
            switch doing {
            case .write, .takeBack, .withdraw, .settle: return false
            case .answer: return !openQuestions.isEmpty
            // Whoever consents is told so already.
            case .ask: return !doings.contains(.consent)
            case .submit, .consent, .agree, .adopt, .enact, .report: return true
            }
        }
    }
}
