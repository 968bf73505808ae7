import Domain
import Foundation
import Hummingbird
import Plan
import UseCases

/// The versions of the plan and how each comes about: public where it was adopted, and for those with a part in it before.
struct ApprovalRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/plan/versies", use: list)
        let version = pages.group("/plan/versies/:partnership/:version")
        version.get("", use: show)
        version.post("/:act", use: act)
        version.get("/stukken/:document", use: paper)
    }

    /// What was refused: beside which form, why, and what was typed.
    struct Refusing {
        let act: Approval.Act
        let scope: String
        let problems: [FormProblem]
        let form: PostedForm
        var faults: [DraftPage.Line] = []
    }

    private func key(_ context: SiteContext) throws -> PlanKey {
        PlanKey("\(try context.parameter("partnership"))/\(try context.parameter("version"))")
    }

    /// The version of the address, for a reader who may see it; a guest with a part in it signs in first.
    private func version(_ context: SiteContext) async throws -> PlanVersion {
        try await site.installation.planVersion(try key(context), for: context.actor)
    }

    // MARK: Reading

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let words = site.words(context)
        let installation = site.installation
        let versions = try await installation.planVersions()
            .filter { $0.isSeen(by: context.actor, words.rules, on: words.today) }
        let isInside = context.actor.map { installation.hasPart($0) } ?? false
        let page = words.versionsPage(
            followed: installation.shelf.versions, inForce: installation.rules, versions: versions,
            broken: isInside ? installation.plans.faults.keys.sorted() : [])
        return try await site.show(page, request, context, .plan)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await page(try await version(context), request, context)
    }

    private func page(
        _ version: PlanVersion, _ request: Request, _ context: SiteContext, refusing: Refusing? = nil
    ) async throws -> Response {
        let words = site.words(context)
        let installation = site.installation
        let isInside = context.actor.map { installation.hasPart($0) } ?? false
        let people: Set<PersonID> =
            isInside
            ? Set(version.steps.map(\.by) + version.questions.flatMap { [$0.by] + ($0.answer.map { [$0.by] } ?? []) }) : []
        let approval = Approval(
            words: words, version: version, shelf: installation.shelf,
            rules: version.isKnown ? nil : installation.plans.rules(of: version), reader: context.actor,
            isInside: isInside, mayWrite: context.actor.map { installation.mayWrite($0) } ?? false,
            names: try await installation.names.people(people),
            fault: installation.plans.faults[version.key], key: site.keyField())
        return try await site.show(
            approval.page(refusing), request, context, .plan, status: refusing == nil ? .ok : .unprocessableContent)
    }

    private func paper(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (document, contents) = try await site.installation.planDocument(
            DocumentID(try context.parameter("document")), of: try key(context), as: try context.signedIn)
        return .handingOut(contents, named: document.name, format: document.format)
    }

    // MARK: Doing

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let version = try await version(context)
        guard let act = Approval.Act(rawValue: try context.parameter("act")) else { throw NotFound() }
        guard site.installation.hasPart(actor) else { throw Refused(.notAllowed) }
        let words = site.words(context)
        let form = context.form
        let scope = act.scope(form)
        var faults: [DraftPage.Line] = []
        do {
            let command = try await command(act, form, version, actor)
            _ = try await site.installation.perform(command, on: version.key, as: actor)
            return site.redirect(.planVersion(version.key.rawValue), done: "plan-\(act.rawValue)")
        } catch let refusal as DocumentRefusal {
            let problem = FormProblem(words.texts(refusal.code), field: "file")
            return try await page(
                version, request, context, refusing: Refusing(act: act, scope: scope, problems: [problem], form: form))
        } catch let refused as Refused {
            if refused.reasons.contains(where: { $0.code == .planHasFaults }) {
                faults = try await self.faults(of: version, actor, words)
            }
            // Somebody may have gone further meanwhile: what is shown is how it is now.
            let now = try await site.installation.planVersion(version.key)
            return try await page(
                now, request, context,
                refusing: Refusing(
                    act: act, scope: scope, problems: words.problems(refused.reasons), form: form,
                    faults: Array(faults.prefix(20))))
        }
    }

    /// What is wrong with a version, each with the place in the draft where it can be mended for whoever writes it.
    private func faults(of version: PlanVersion, _ actor: Actor, _ words: Words) async throws -> [DraftPage.Line] {
        let installation = site.installation
        if version.isOpen, installation.mayWrite(actor), let files = installation.plans.files,
            let amends = version.amends, let rules = installation.shelf[amends],
            let ground = try? installation.grounds.ground(rules, in: files)
        {
            let draft = PlanDraft(version.key, files: version.texts, over: ground)
            let judgement = installation.grounds.judgement(of: draft)
            let said = DraftWords(words.texts, draft, judgement, today: installation.today) { DraftRoutes.part(version.key, $0) }
            return said.red
        }
        let tried = installation.tryOut(version)
        let rules = tried.plan?.rules ?? words.rules
        let plan = PlanWords(Words(words.texts, rules, today: installation.today), isNamed: false)
        func line(_ example: PlanExample, _ expected: String, _ got: String) -> DraftPage.Line {
            DraftPage.Line(
                text: example.why[words.language],
                note: words.texts(
                    "draftPlan.turnedLine",
                    ["was": plan.outcome(expected, of: example), "now": plan.outcome(got, of: example)]), place: nil)
        }
        return tried.errors.map { problem in
            DraftPage.Line(
                text: problem.message[words.language] + " (\(problem.hint[words.language]))",
                note: problem.place.map {
                    "\($0.file), \(words.texts("draftPlan.lineNumber", ["n": String($0.line)]))"
                }, place: nil)
        } + tried.failing.map { line($0.example, $0.expected, $0.got) }
            + tried.turned.map { line($0.example, $0.expected, $0.got) }
    }

    /// What the form asks for; a wrong date is an error of the form here, never deeper.
    private func command(
        _ act: Approval.Act, _ form: PostedForm, _ version: PlanVersion, _ actor: Actor
    ) async throws -> PlanVersionCommand {
        switch act {
        case .record:
            guard let rules = site.installation.shelf[version.key] else { throw NotFound() }
            return .draft(.init(title: rules.title, amends: rules.amends))
        case .ask:
            let group = form["group"]
            let id = site.installation.key(of: form[PostedForm.key], for: "plan/\(version.key)", by: actor.person)
            return .ask(
                .init(
                    id: id, chapter: form["chapter"].trimmed, text: form["question"].trimmed,
                    group: group.isEmpty ? nil : group))
        case .answer:
            return .answer(id: form["id"], text: form["answer"].trimmed, over: form.fields[Approval.over]?.first)
        case .settle: return .settle(id: form["id"])
        default: break
        }
        guard let day = Day(form["day"]) else { throw Refused(form["day"].isEmpty ? .required : .notADay, field: "day") }
        var from: Day?
        var until: Day?
        if act == .enact {
            guard let first = Day(form["from"]) else {
                throw Refused(form["from"].isEmpty ? .required : .notADay, field: "from")
            }
            from = first
            if !form["until"].isEmpty {
                guard let last = Day(form["until"]) else { throw Refused(.notADay, field: "until") }
                until = last
            }
        }
        let step = PlanStep(
            day: day, document: try await paper(form, version, actor), note: form["note"].trimmed.nilWhenEmpty)
        return try act.command(
            step, municipality: form["municipality"], votes: act == .adopt ? try votes(form) : [:], from: from, until: until)
    }

    /// Who is ticked as in favour or against; a board that is neither was absent.
    private func votes(_ form: PostedForm) throws -> [String: PlanVote] {
        let inFavour = Set(form.values("for"))
        let against = Set(form.values("against"))
        guard inFavour.isDisjoint(with: against) else { throw Refused(.notAnOption, field: "against") }
        let boards = site.installation.rules.governance?.boards ?? []
        return Dictionary(
            boards.map { board -> (String, PlanVote) in
                (board.id, inFavour.contains(board.id) ? .inFavour : against.contains(board.id) ? .against : .absent)
            }, uniquingKeysWith: { first, _ in first })
    }

    private func paper(_ form: PostedForm, _ version: PlanVersion, _ actor: Actor) async throws -> PlanDocument? {
        guard let file = form.files["file"], !(file.name.isEmpty && file.contents.isEmpty) else { return nil }
        return try await site.installation.addPlanDocument(file.contents, name: file.name, to: version.key, as: actor)
    }
}
