import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

// Routes of the plan in a dossier: what can start, how they stand, their forms and steps.
extension APIRoutes {
    // MARK: Starting

    /// The routes that this person can start now.
    func startForms(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.procedures]) { seen in
            .object([
                "procedures": .list(
                    installation.startable(in: seen).map {
                        .object([
                            "procedure": .text($0.id), "titel": JSON($0.title), "waarom": JSON($0.why), "bron": .text($0.source),
                        ])
                    })
            ])
        }
    }

    func startForm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let procedure = try context.parameter("procedure")
        return try await showing(context, Self.ofForms, all: false) { seen in
            let form = try await installation.startForm(procedure, in: seen)
            return .compact([
                "procedure": .text(form.route.id), "titel": JSON(form.route.title), "waarom": JSON(form.route.why),
                "bron": .text(form.route.source), "vragen": questions(form.asked, form.route.start.asks, form, seen),
                "nodig": needs(form.route.start.needs, form.needs, asking: form.route.start.asks, form, seen),
                "overleg": form.meeting.map { shown($0, seen) } ?? .null,
            ])
        }
    }

    /// Parts that a form shows something of; whoever acts need not see every procedure of the dossier.
    private static let ofForms: Set<DossierPart> = [.child, .groeidocument, .procedures]

    private func questions(_ asked: [AskedField], _ asks: [Ask], _ form: ProcedureForm, _ seen: SeenDossier) -> JSON {
        .list(asked.map { question($0, asks, form, seen) })
    }

    func startProcedure(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let (procedure, answers) = try await body(request) { ($0.text("procedure"), $0.answers("antwoorden")) }
        let (_, instance) = try await placing(BodyPlace.answers) {
            try await installation.start(procedure, answers: answers, in: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.procedures], status: .created, location: "/procedures/\(instance)") { seen in
            guard let started = seen.dossier.procedure(instance) else { return nil }
            return try await shown(started, seen)
        }
    }

    // MARK: How it stands

    func procedures(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await showing(context, [.procedures]) { seen in
            .object(["procedures": .list(seen.dossier.procedures.map { summary($0, seen) })])
        }
    }

    func procedure(_ request: Request, _ context: SiteContext) async throws -> Response {
        let instance = InstanceID(try context.parameter("instantie"))
        return try await showing(context, [.procedures]) { seen in
            guard let procedure = seen.dossier.procedure(instance) else { throw NotFound() }
            return try await shown(procedure, seen)
        }
    }

    /// A procedure without what was answered in its steps.
    func summary(_ procedure: Procedure, _ seen: SeenDossier) -> JSON { .compact(members(procedure, seen)) }

    private func members(_ procedure: Procedure, _ seen: SeenDossier) -> [String: JSON] {
        let rules = installation.shelf[procedure.plan] ?? seen.rules
        let route = rules.procedure(procedure.rule)
        let mine = seen.actor.principals(on: seen.today)
        let open = procedure.open.map { open -> JSON in
            let step = route?.step(open.step)
            let principals = step.map { seen.dossier.principals(for: $0, in: procedure, rules) } ?? []
            return .compact([
                "stap": .text(open.step), "titel": step.map { JSON($0.title) } ?? .null, "sinds": .text(open.since.description),
                "uiterlijk": .optional(route.flatMap { procedure.due(open, $0, rules.holidays) }),
                "functies": .texts(step?.by.functions ?? []), "wachtOpMij": .bool(principals.contains(where: mine.contains)),
            ])
        }
        let clocks = (route.map { procedure.clocks($0, rules.holidays) } ?? []).map { state -> JSON in
            .compact([
                "id": .text(state.rule.id), "titel": JSON(state.rule.title), "bron": .text(state.rule.source),
                "begonnen": .bool(state.clock != nil), "uiterlijk": .optional(state.due),
                "staatStil": state.clock.flatMap { standstill($0, rules, seen.today) } ?? .null,
            ])
        }
        return [
            "id": .text(procedure.id.rawValue), "procedure": .text(procedure.rule), "plan": .text(procedure.plan.rawValue),
            "gestart": .text(procedure.startedAt.description), "ontvangen": .text(procedure.received.description),
            "compleet": .optional(procedure.complete), "openStappen": .list(open), "termijnen": .list(clocks),
            "uitkomst": .optional(procedure.ended?.outcome), "beeindigd": .optional(procedure.ended?.at),
            "overleggen": .list(
                procedure.meetings.map {
                    .compact([
                        "stap": .text($0.step), "moment": .text($0.moment), "plaats": .text($0.place), "ook": .texts($0.also),
                        "reden": .optional($0.reason),
                    ])
                }),
        ]
    }

    func shown(_ procedure: Procedure, _ seen: SeenDossier) async throws -> JSON {
        let names = try await names(procedure.actors + procedure.replaced.flatMap { [$0.from, $0.to, $0.by] })
        var members = members(procedure, seen)
        members["vervangen"] = .list(
            procedure.replaced.map { replaced in
                .object([
                    "vraag": .text(replaced.field), "van": somebody(replaced.from, names), "naar": somebody(replaced.to, names),
                    "reden": .text(replaced.reason), "door": somebody(replaced.by, names), "op": .text(replaced.at.description),
                ])
            })
        members["gestartDoor"] = somebody(procedure.startedBy, names)
        members["antwoorden"] = JSON(procedure.answers)
        members["gedaan"] = .list(
            procedure.done.map { done in
                .compact([
                    "stap": .text(done.step), "keuze": .text(done.choice), "antwoorden": JSON(done.answers),
                    "door": somebody(done.by, names), "op": .text(done.at.description),
                    "deskundigheid": .optional(done.discipline),
                ])
            })
        if seen.sight.sees(.decisions) {
            members["besluit"] = .optional(seen.dossier.decisions.last { $0.instance == procedure.id }?.number)
        }
        return .compact(members)
    }

    // MARK: Steps

    /// The form of a step: what is asked in any case, and the choices, each with what it asks and needs.
    func stepForm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let step = try context.parameter("stap")
        let instance = InstanceID(try context.parameter("instantie"))
        return try await showing(context, Self.ofForms, all: false) { seen in
            shown(try await installation.stepForm(step, of: instance, in: seen), seen)
        }
    }

    private func shown(_ form: ProcedureForm, _ seen: SeenDossier) -> JSON {
        let texts = [site.face.texts(.nl), site.face.texts(.en)].map { Words($0, form.rules, today: seen.today) }
        return .compact([
            "procedure": .text(form.route.id), "stap": .optional(form.step?.id),
            "titel": form.step.map { JSON($0.title) } ?? .null,
            "uitleg": form.step?.explanation.map { JSON($0) } ?? .null, "bron": .optional(form.step?.source),
            "vragen": questions(form.asked, form.step?.asks ?? [], form, seen),
            "zelfdePersoonAls": form.overlaps.isEmpty ? .null : .texts(form.overlaps),
            "keuzes": .list(
                form.choices.map { choice in
                    var outcome: String?
                    if case .end(let id) = choice.rule.then { outcome = id }
                    return .compact([
                        "id": .text(choice.rule.id), "titel": JSON(choice.rule.title),
                        "uitleg": choice.rule.explanation.map { JSON($0) } ?? .null,
                        "vragen": questions(choice.asked, choice.asks, form, seen),
                        "nodig": needs(
                            choice.rule.needs, choice.needs, asking: (form.step?.asks ?? []) + choice.asks, form, seen),
                        "overleg": choice.meeting.map { shown($0, seen) } ?? .null, "uitkomst": .optional(outcome),
                        "geldigheid": choice.validity.map { shown($0, texts) } ?? .null,
                    ])
                }),
        ])
    }

    /// What the plan says of begin and end, with the counting in both languages.
    private func shown(_ validity: Validity, _ words: [Words]) -> JSON {
        .compact([
            "begin": .text(validity.begin.description), "einde": .optional(validity.proposed),
            "uiterste": .text(validity.latest.description), "vroegste": .optional(validity.earliest),
            "botst": .bool(validity.clashes), "bron": .text(validity.row.source),
            "uitleg": .list(
                validity.explanation.map { line in
                    .object(
                        Dictionary(
                            words.map { ($0.language.rawValue, .text($0.explained(line))) },
                            uniquingKeysWith: { first, _ in first }))
                }),
        ])
    }

    func takeStep(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let step = try context.parameter("stap")
        let instance = InstanceID(try context.parameter("instantie"))
        let (choice, answers) = try await body(request) { ($0.text("keuze"), $0.answers("antwoorden")) }
        _ = try await placing(BodyPlace.answers, unknown: [.unknownProcedure, .unknownStep]) {
            try await installation.take(step, choice, answers: answers, of: instance, in: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.procedures]) { seen in
            guard let procedure = seen.dossier.procedure(instance) else { return nil }
            return try await shown(procedure, seen)
        }
    }

    /// Since when a clock stands still on a day, and until which day at most; nil when it runs.
    private func standstill(_ clock: TermClock, _ rules: PlanRules, _ day: Day) -> JSON? {
        guard case .paused(let since, _) = clock.status(on: day, warn: [], holidays: rules.holidays) else { return nil }
        let last = clock.pauses.first { $0.isUnused && $0.first == since }?.last
        return .compact(["vanaf": .text(since.description), "totEnMet": .optional(last)])
    }

    // MARK: Another person

    /// Who is chosen for an open step, and who else can be.
    func reassignForm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let step = try context.parameter("stap")
        let instance = InstanceID(try context.parameter("instantie"))
        return try await showing(context, [.procedures]) { seen in
            // Who may not is told why, by the same rule that a change would meet.
            guard let form = try await installation.reassignForm(step, of: instance, in: seen) else {
                let nothing = DossierCommand.reassign(.init(instance: instance, step: step, person: PersonID(""), reason: ""))
                let reasons = installation.refusals(of: nothing, in: seen)
                if reasons.contains(where: { $0.code == .unknownProcedure || $0.code == .unknownStep }) { throw NotFound() }
                throw Refused(reasons)
            }
            return .object([
                "vraag": .text(form.field.id), "nu": somebody(form.current, try await names([form.current])),
                "heeftFunctie": .bool(form.isHeld), "kandidaten": candidates(form.candidates),
            ])
        }
    }

    func reassign(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entered = try await entered(context)
        let step = try context.parameter("stap")
        let instance = InstanceID(try context.parameter("instantie"))
        let (person, reason) = try await body(request) { ($0.text("persoon"), $0.text("reden")) }
        let place: (Refusal) -> String? = { $0.field.map { $0 == ReassignField.reason ? "/reden" : "/persoon" } }
        _ = try await placing(place, unknown: [.unknownProcedure, .unknownStep]) {
            try await installation.reassign(
                step, to: PersonID(person), because: reason, of: instance, in: entered.dossier.id, as: entered.actor)
        }
        return try await changed(entered, [.procedures]) { seen in
            guard let procedure = seen.dossier.procedure(instance) else { return nil }
            return try await shown(procedure, seen)
        }
    }
}
