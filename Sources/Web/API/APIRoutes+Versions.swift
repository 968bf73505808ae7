import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Plan
import UseCases

// The versions of the plan: how each comes about, what it changes, and whether it holds together.
extension APIRoutes {
    private func planKey(_ context: SiteContext) throws -> PlanKey {
        PlanKey("\(try context.parameter("samenwerkingsverband"))/\(try context.parameter("versie"))")
    }

    /// The version of the address for whoever may see it.
    private func planVersion(_ context: SiteContext) async throws -> PlanVersion {
        try await installation.planVersion(try planKey(context), for: try context.signedIn)
    }

    /// A draft of the address, for whoever writes it.
    private func planDraft(_ context: SiteContext) async throws -> (version: PlanVersion, draft: PlanDraft) {
        try await installation.draft(try planKey(context), as: try context.signedIn)
    }

    // MARK: Reading

    func planVersions(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let recorded = try await installation.planVersions()
            .filter { $0.isSeen(by: actor, installation.rules, on: installation.today) }
        let untold = installation.shelf.versions.filter { rules in !recorded.contains { $0.key == rules.key } }
            .map { PlanVersion(key: $0.key) }
        return APIProblems.json(
            .object([
                "planversies": .list((recorded + untold).sorted { $0.key < $1.key }.map { summary($0) })
            ]))
    }

    func readPlanVersion(_ request: Request, _ context: SiteContext) async throws -> Response {
        APIProblems.json(try await shown(try await planVersion(context), try context.signedIn))
    }

    private func summary(_ version: PlanVersion) -> JSON {
        let followed = installation.shelf[version.key]
        return .compact([
            "sleutel": .text(version.key.rawValue), "titel": (version.title ?? followed?.title).map { JSON($0) } ?? .null,
            "toestand": .text(state(version)),
            "wijzigt": .optional((version.amends ?? followed?.amends)?.rawValue),
            "geldigVanaf": .optional(version.from ?? followed?.inForce),
            "geldigTotEnMet": .optional(version.until ?? followed?.until),
            "geldtNu": .bool(installation.rules.key == version.key),
        ])
    }

    /// A version of the folder of plans is in force, whether its history was told or not.
    private func state(_ version: PlanVersion) -> String {
        version.isKnown || !version.exists ? PlanVersion.State.enacted.rawValue : version.state.rawValue
    }

    /// A version with its steps; questions, votes, papers and names only for those with a part in the plan.
    private func shown(_ version: PlanVersion, _ actor: Actor) async throws -> JSON {
        guard case .object(var object) = summary(version) else { return .null }
        let isInside = installation.hasPart(actor)
        object["stroomversie"] = .int(version.version)
        let people = version.steps.map(\.by) + version.questions.flatMap { [$0.by] + ($0.answer.map { [$0.by] } ?? []) }
        let names = isInside ? try await names(people) : [:]
        object["stappen"] = .list(
            version.steps.map { step in
                .compact([
                    "soort": .text(step.kind.rawValue), "dag": .text(step.day.description), "vervallen": .bool(step.isVoid),
                    "gemeente": .optional(step.party), "functie": .optional(step.function),
                    "door": isInside ? somebody(step.by, names) : .null, "toelichting": isInside ? .optional(step.note) : .null,
                    "stuk": isInside
                        ? step.document.map {
                            .object(["id": .text($0.id.rawValue), "naam": .text($0.name), "grootte": .int($0.size)])
                        } ?? .null : .null,
                ])
            })
        guard isInside else { return .object(object) }
        object["vragen"] = .list(
            version.questions.map { question in
                .compact([
                    "id": .text(question.id), "hoofdstuk": .text(question.chapter), "werkgroep": .optional(question.group),
                    "tekst": .text(question.text), "door": somebody(question.by, names),
                    "gesteld": .text(question.at.description), "antwoord": .optional(question.answer?.text),
                    "afgerond": .bool(question.settled != nil),
                ])
            })
        object["stemmen"] = .object(version.votes.mapValues { .text($0.rawValue) })
        let doings = version.doings(of: actor, installation.rules, on: installation.today)
        object["handelingen"] = .texts(
            Approval.Act.allCases.filter { act in act.doing.map(doings.contains) ?? false }.map(\.rawValue))
        return .object(object)
    }

    /// What the version changes in the one that it amends.
    func planDifferences(_ request: Request, _ context: SiteContext) async throws -> Response {
        let version = try await planVersion(context)
        guard let rules = installation.shelf[version.key] ?? installation.plans.rules(of: version),
            let base = (version.amends ?? rules.amends).flatMap({ installation.shelf[$0] })
        else { return APIProblems.json(.object(["verschillen": .list([])])) }
        let said = DifferenceWords(site.texts(context), before: base, after: rules)
        return APIProblems.json(
            .object([
                "verschillen": .list(
                    PlanComparison.differences(from: base, to: rules).map { difference in
                        .object([
                            "code": .text(difference.code.rawValue), "pad": .text(difference.path),
                            "onderdeel": .text(said.heading(difference)), "zin": .text(said.sentence(difference)),
                        ])
                    })
            ]))
    }

    /// What the check and the examples say of a draft.
    func checkPlanDraft(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (version, draft) = try await planDraft(context)
        return APIProblems.json(found(installation.grounds.judgement(of: draft), version, context.language))
    }

    private func found(_ judgement: PlanJudgement, _ version: PlanVersion, _ language: Language) -> JSON {
        .object([
            "stroomversie": .int(version.version), "klopt": .bool(judgement.isSound), "geprobeerd": .int(judgement.tried),
            "bevindingen": .list(
                judgement.problems.map { problem in
                    .compact([
                        "code": .text(problem.code.rawValue), "ernst": .text(problem.severity.rawValue),
                        "bestand": .optional(problem.place?.file), "regel": problem.place.map { .int($0.line) } ?? .null,
                        "pad": .text(problem.path), "zin": .text(problem.message[language]),
                        "raad": .text(problem.hint[language]),
                    ])
                }),
            "voorbeelden": .list(
                (judgement.failing.map { ($0, true) } + judgement.turned.map { ($0, false) }).map { turn, isOwn in
                    .object([
                        "voorbeeld": .text(turn.example.path), "laatZien": .text(turn.example.why[language]),
                        "verwacht": .text(turn.expected), "uitkomst": .text(turn.got), "eigen": .bool(isOwn),
                    ])
                }),
        ])
    }

    // MARK: Writing a draft

    func beginPlanDraft(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        guard installation.mayWrite(actor) else { throw Refused(.notAllowed) }
        let (name, title, amends, from) = try await body(request) { body in
            let title = body.object("titel")
            return (
                body.text("versie"), Localized(nl: title.text("nl").trimmed, en: title.text("en").trimmed),
                body.text("wijzigt"), body.day("vanaf")
            )
        }
        let members = ["key": "versie", "title-nl": "titel/nl", "title-en": "titel/en", "amends": "wijzigt"]
        let version = try await placing(BodyPlace.members(members)) {
            try await installation.beginDraft(
                name.trimmed, title: title, amends: PlanKey(amends), from: from, as: actor)
        }
        var response = APIProblems.json(try await shown(version, actor), status: .created)
        response.headers[.location] = "\(Self.root)/planversies/\(version.key)"
        return response
    }

    func planFiles(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (version, _) = try await planDraft(context)
        return APIProblems.json(
            .object([
                "stroomversie": .int(version.version),
                "bestanden": .list(
                    version.dated.sorted { $0.key < $1.key }.map {
                        .object(["bestand": .text($0.key), "tekst": .text($0.value)])
                    }),
            ]))
    }

    /// Writes files of a draft, and answers at once what the check and the examples say.
    func writePlanFiles(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let (before, _) = try await planDraft(context)
        let (basis, changes) = try await body(request) { body in
            (
                body.optionalInt("stroomversie"),
                body.objects("bestanden").map { file in (file.text("bestand"), file.optionalText("tekst")) }
            )
        }
        let place = { (refusal: Refusal) -> String? in
            refusal.field.flatMap { name in changes.firstIndex { $0.0 == name } }.map { "/bestanden/\($0)" }
        }
        _ = try await placing(place) {
            try await installation.perform(
                .write(changes.map { .init(file: $0.0, text: $0.1) }, basedOn: basis ?? before.version), on: before.key, as: actor
            )
        }
        let (version, draft) = try await planDraft(context)
        return APIProblems.json(found(installation.grounds.judgement(of: draft), version, context.language))
    }

    // MARK: The way of a version

    /// What a program asks to be done with a version, as its body says it.
    private struct AskedStep {
        let act: Approval.Act
        let day: Day
        let note: String?
        let paper: (name: String, contents: Data)?
        let municipality: String
        let votes: [String: String]
        let from: Day?
        let until: Day?
        let question: (id: String, chapter: String, group: String?, text: String)

        init(_ body: BodyReader, today: Day) {
            act = body.code("handeling", otherwise: .submit)
            day = body.day("dag", otherwise: today)
            note = body.optionalText("toelichting")?.trimmed.nilWhenEmpty
            let paper = body.objectIfThere("stuk")
            self.paper = paper.map { ($0.text("naam"), $0.bytes("inhoud")) }
            municipality = body.optionalText("gemeente") ?? ""
            votes = body.answers("stemmen").compactMapValues(\.values.first)
            from = act == .enact ? body.day("geldigVanaf") : nil
            until = act == .enact ? body.optionalDay("geldigTotEnMet") : nil
            question = (
                body.optionalText("vraag") ?? "", body.optionalText("hoofdstuk") ?? "", body.optionalText("werkgroep"),
                body.optionalText("tekst")?.trimmed ?? ""
            )
        }
    }

    private static let stepMembers = [
        "day": "dag", "file": "stuk/inhoud", "note": "toelichting", "municipality": "gemeente", "from": "geldigVanaf",
        "until": "geldigTotEnMet",
        "chapter": "hoofdstuk", "group": "werkgroep", "question": "tekst", "answer": "tekst", "votes": "stemmen",
    ]

    func takePlanStep(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let version = try await planVersion(context)
        guard installation.hasPart(actor) else { throw Refused(.notAllowed) }
        let today = installation.today
        let asked = try await body(request, upTo: Self.longestUpload) { AskedStep($0, today: today) }
        let place = { (refusal: Refusal) -> String? in
            guard let field = refusal.field else { return nil }
            if field.hasPrefix("vote-") { return "/stemmen/\(field.dropFirst(5))" }
            return Self.stepMembers[field].map { "/\($0)" }
        }
        do {
            let after = try await placing(place) {
                try await installation.perform(try await command(asked, version, actor), on: version.key, as: actor)
            }
            return APIProblems.json(try await shown(after, actor))
        } catch let refusal as DocumentRefusal {
            throw problem(with: refusal, at: "/stuk/inhoud", context)
        }
    }

    private func command(_ asked: AskedStep, _ version: PlanVersion, _ actor: Actor) async throws -> PlanVersionCommand {
        switch asked.act {
        case .record:
            guard let rules = installation.shelf[version.key] else { throw NotFound() }
            return .draft(.init(title: rules.title, amends: rules.amends))
        case .ask:
            let question = asked.question
            let id = question.id.isEmpty ? installation.chance.key() : question.id
            return .ask(.init(id: id, chapter: question.chapter, text: question.text, group: question.group))
        case .answer: return .answer(id: asked.question.id, text: asked.question.text)
        case .settle: return .settle(id: asked.question.id)
        default: break
        }
        var paper: PlanDocument?
        if let (name, contents) = asked.paper {
            paper = try await installation.addPlanDocument(contents, name: name, to: version.key, as: actor)
        }
        var votes: [String: PlanVote] = [:]
        for (board, word) in asked.act == .adopt ? asked.votes : [:] {
            guard let vote = PlanVote(rawValue: word) else { throw Refused(.notAnOption, field: "votes") }
            votes[board] = vote
        }
        return try asked.act.command(
            PlanStep(day: asked.day, document: paper, note: asked.note), municipality: asked.municipality, votes: votes,
            from: asked.from, until: asked.until)
    }
}

extension Approval.Act {
    /// What the rules call it; nil for telling the history of a version that is followed already.
    fileprivate var doing: PlanVersion.Doing? {
        switch self {
        case .record: nil
        case .submit: .submit
        case .takeBack: .takeBack
        case .withdraw: .withdraw
        case .ask: .ask
        case .answer: .answer
        case .settle: .settle
        case .consent, .refuse: .consent
        case .agree: .agree
        case .adopt: .adopt
        case .enact: .enact
        case .report: .report
        }
    }
}
