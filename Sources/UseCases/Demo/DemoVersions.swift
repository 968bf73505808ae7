import Domain
import Journal
import Plan

/// How the versions of the plan came about, and what is under discussion: `versions.yaml` of a demo.
struct DemoVersion: Decodable, Sendable {
    /// A version of the folder of plans, of which the history is told; or a new name for a draft that is begun here.
    let key: String
    /// Of a draft.
    let title: DemoText?
    /// Files of a draft by path.
    let files: [String: String]?
    let steps: [Step]

    /// One thing that was done with it.
    struct Step: Decodable, Sendable {
        /// The function of who did it.
        let by: String
        let act: String
        /// The day, or how many days before the end of the demo.
        let day: String?
        let ago: Int?
        /// A municipality.
        let party: String?
        /// Of a question: its key, its chapter, the work group that asks, and the words of question or answer.
        let id: String?
        let chapter: String?
        let group: String?
        let text: String?
        let note: String?

        enum CodingKeys: String, CodingKey {
            case by, day, ago, party, id, chapter, group, text, note
            case act = "do"
        }
    }
}

/// Tells the versions of a demo, every step really decided.
struct DemoVersions {
    let stage: DemoStage
    /// Where the papers of the steps are kept.
    let blobs: any Blobs
    private var random: SeededRandom
    /// Why a step could not be taken, as codes; none when plan and demo fit.
    private(set) var failures: [String: Int] = [:]

    init(_ stage: DemoStage, _ blobs: any Blobs) {
        self.stage = stage
        self.blobs = blobs
        random = SeededRandom(seed: stage.seed ^ 0x7A_9E52, part: 0)
    }

    /// The acts of all versions in the order of time.
    mutating func appendings() async throws -> [Appending] {
        var found: [Appending] = []
        for version in stage.content.versions { found += try await appendings(of: version) }
        return found.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private mutating func appendings(of told: DemoVersion) async throws -> [Appending] {
        let standing = Dictionary(stage.shelf.versions.map { ($0.key, $0.inForce) }, uniquingKeysWith: { first, _ in first })
        var version = PlanVersion(key: PlanKey(told.key))
        var found: [Appending] = []
        // Nobody worked with the program before the demo begins; the days of the steps may lie before that.
        let begin = stage.first.adding(days: -25)
        for (index, step) in told.steps.enumerated() {
            let day = step.day.flatMap { Day($0) } ?? stage.until.day.adding(days: -(step.ago ?? 0))
            let at = Instant.amsterdam(max(day, begin), hour: 10, minute: index)
            guard at < stage.until else { break }
            let actor = stage.world.holders(of: step.by, at: .partnership).first.flatMap { stage.world.actor($0) }
            guard let actor else { return fail("nobody", found) }
            let rules = stage.shelf.inForce(on: at.day)
            let taken = PlanStep(
                day: day, document: try await paper(of: step, day, told, rules, version.key, at), note: step.note)
            do throws(Refused) {
                let setting = PlanVersionSetting(now: at, actor: actor, rules: rules, standing: standing)
                let events = try version.decide(command(step, taken, told), setting)
                let act = Act(events: try made(events))
                found.append(
                    Appending(
                        stream: Projection.stream(version.key), expectedVersion: version.version, at: at, actor: actor.person,
                        make: { _ in act }))
                for event in events {
                    version.apply(event, EventContext(version: version.version + 1, at: at, actor: actor.person))
                }
            } catch {
                return fail(error.reasons.first?.code.rawValue ?? "refused", found)
            }
        }
        return found
    }

    private mutating func fail(_ code: String, _ found: [Appending]) -> [Appending] {
        failures["plan.\(code)", default: 0] += 1
        return found
    }

    private func made(_ events: [PlanVersionEvent]) throws(Refused) -> [NewEvent] {
        do {
            return try events.map { NewEvent(type: $0.name, payload: try $0.payload()) }
        } catch {
            throw Refused(.badFile)
        }
    }

    /// The paper that the plan asks of a step, with what was done and when on its one page; nil when it asks none.
    private mutating func paper(
        of step: DemoVersion.Step, _ day: Day, _ told: DemoVersion, _ rules: PlanRules, _ key: PlanKey, _ at: Instant
    ) async throws -> PlanDocument? {
        guard let act = GovernanceRule.Act(rawValue: step.act), let title = rules.governance?.roles[act]?.paper?.nl else {
            return nil
        }
        let about = stage.shelf[key]?.title.nl ?? told.title?.nl ?? key.rawValue
        let lines = [about, day.description] + (step.note.map { ["", $0] } ?? [])
        let blob = try await blobs.store(
            DemoPage.pdf(title: title, lines: lines), for: Projection.stream(key), at: at)
        return PlanDocument(
            id: DocumentID(random.key()), name: "\(title).pdf", format: DocumentFormat.pdf.rawValue, size: blob.size,
            digest: blob.sha256, blob: blob.id)
    }

    private func command(
        _ step: DemoVersion.Step, _ taken: PlanStep, _ told: DemoVersion
    ) throws(Refused) -> PlanVersionCommand {
        let key = PlanKey(told.key)
        let known = stage.shelf[key]
        let rules = stage.rules
        switch step.act {
        case "draft":
            if let known { return .draft(.init(title: known.title, amends: known.amends)) }
            let title = told.title.map { Localized(nl: $0.nl, en: $0.en) } ?? rules.title
            let summer = Day(year: stage.until.day.year + 1, month: 8, day: 1) ?? stage.until.day
            let plan = PlanFileText.beginning(key, amends: rules.key, title: title, from: summer)
            return .draft(
                .init(
                    title: title, amends: rules.key,
                    files: (told.files ?? [:]).merging(["plan.yaml": plan]) { own, _ in own }))
        case "submit": return .submit(taken)
        case "take-back": return .takeBack(taken)
        case "ask":
            return .ask(
                .init(id: step.id ?? "", chapter: step.chapter ?? "", text: step.text ?? "", group: step.group))
        case "answer": return .answer(id: step.id ?? "", text: step.text ?? "")
        case "settle": return .settle(id: step.id ?? "")
        case "consent": return .consent(taken)
        case "agree": return .agree(municipality: step.party ?? "", taken)
        case "adopt":
            let boards = rules.governance?.boards ?? []
            return .adopt(
                votes: Dictionary(boards.map { ($0.id, .inFavour) }, uniquingKeysWith: { first, _ in first }), taken)
        case "enact": return .enact(from: known?.inForce ?? taken.day, until: nil, taken)
        case "report": return .report(taken)
        default: throw Refused(.unknownChoice)
        }
    }
}
