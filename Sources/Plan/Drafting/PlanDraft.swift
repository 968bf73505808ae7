import Domain

/// A version that is being written: files that hold only what differs from the version it changes.
///
/// It reads as far as it can: what is wrong with it is told, and never keeps anybody from going on writing.
package struct PlanDraft: Sendable {
    package let key: PlanKey
    /// The version that it changes.
    package let ground: PlanGround
    /// The text of each file by its path inside the folder of the version.
    package let files: [String: String]
    /// What could be read of the whole plan; nil when not even the first file can be.
    package let plan: LoadedPlan?
    /// What keeps it from being read as a plan.
    package let unread: [PlanProblem]
    /// The whole plan and what the draft's own files say, as trees.
    let root: PlanNode
    let own: PlanNode
    /// Its own files of examples, as they are written.
    let ownExampleFiles: [(file: String, node: PlanNode)]
    let shapes: PlanShapes
    let outline: DraftOutline
    let inspection: PlanInspection.Found?

    package init(_ key: PlanKey, files: [String: String], over ground: PlanGround) {
        self.key = key
        self.ground = ground
        self.files = files
        let overlay = PlanOverlay(ground.files, [key: files])
        let trees = PlanTrees(overlay, known: [ground.key: ground.tree])
        let reading = PlanReading()
        reading.shapes = PlanShapes()
        let read = PlanLoader.read(key, trees, reading)
        plan = read.plan
        unread = read.problems.inOrder()
        let none = PlanNode(.map([]), at: PlanPlace(file: "\(key)/plan.yaml", line: 1))
        root = trees.tree(key)?.root ?? none
        own = trees.own(key)?.root ?? none
        ownExampleFiles = trees.own(key)?.examples ?? []
        shapes = reading.shapes ?? PlanShapes()
        outline = DraftOutline(shapes)
        inspection = plan.map { PlanCheck.found(in: $0) }
    }

    /// What differs from the version it changes, value by value.
    package var touched: [PlanTouch] { plan?.touched ?? [] }

    /// The rules as far as they can be read, else those of the version it changes.
    package var rules: PlanRules { plan?.rules ?? ground.plan.rules }

    var groups: [String] { rules.groups.map(\.id) }
}

/// What reading, checking and trying a draft gave.
package struct PlanJudgement: Sendable {
    /// What keeps it from being read, or else what the check finds.
    package let problems: [PlanProblem]
    /// Its own examples that do not come out as they say.
    package let failing: [ExampleTurn]
    /// Examples that hold in the version it changes and come out otherwise, without the draft saying of them what comes out
    /// instead: meant or not, whoever writes has to look.
    package let turned: [ExampleTurn]
    /// Cards that tell what is otherwise in the draft: what follows from the differences, and nothing that must be answered.
    package let cards: [ToldCard]
    /// How many examples were tried.
    package let tried: Int
    /// What the draft says otherwise.
    package let differences: [PlanDifference]

    package var errors: [PlanProblem] { problems.filter { $0.severity == .error } }
    package var warnings: [PlanProblem] { problems.filter { $0.severity == .warning } }
    /// Whether it reads, holds together and does what every example says: only then it can be laid before the council.
    package var isSound: Bool { errors.isEmpty && failing.isEmpty && turned.isEmpty }
}

extension PlanDraft {
    /// Reads, checks and tries the draft, by its own examples and by those of the version it changes.
    package func judgement() -> PlanJudgement {
        guard let plan, unread.isEmpty, let inspection else {
            return PlanJudgement(problems: unread, failing: [], turned: [], cards: [], tried: 0, differences: [])
        }
        let inherited = ground.standing.filter { !plan.answers($0) }
        return PlanJudgement(
            problems: inspection.problems, failing: ExampleTurn.turned(plan, by: plan.rules, rows: true),
            turned: ExampleTurn.unanswered(ground, by: plan), cards: cards.filter { !$0.isSame },
            tried: plan.examples.count + inherited.count,
            differences: PlanComparison.differences(from: ground.plan.rules, to: plan.rules).filter { $0.code != .planInForce })
    }
}
