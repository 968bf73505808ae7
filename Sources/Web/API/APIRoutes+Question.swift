import Domain
import UseCases

// Questions of a plan and what is asked around them, as JSON.
extension APIRoutes {
    func options(_ options: [Field.Option]) -> JSON {
        .list(options.map { .object(["id": .text($0.id), "titel": JSON($0.title)]) })
    }

    func candidates(_ people: [ProcedureForm.Candidate]) -> JSON {
        .list(
            people.map {
                .compact([
                    "persoon": .text($0.key), "naam": .text($0.name), "deskundigheid": .optional($0.discipline),
                    "plaats": .optional($0.place),
                ])
            })
    }

    /// A question, with all that a program must know to answer it.
    func question(
        _ field: Field, conditional: Bool = false, when clauses: [Condition.Clause]? = nil,
        people: [ProcedureForm.Candidate]? = nil
    ) -> JSON {
        let (kind, longest): (String, Int?) =
            switch field.kind {
            case .text: ("tekst", Field.longestText)
            case .paragraph: ("alinea", Field.longestParagraph)
            case .day: ("dag", nil)
            case .moment: ("moment", nil)
            case .choice: ("keuze", nil)
            case .choices: ("keuzes", nil)
            case .yesNo: ("janee", nil)
            case .number: ("getal", nil)
            case .texts: ("teksten", Field.longestText)
            case .person: ("persoon", nil)
            case .school: ("school", nil)
            case .week: ("week", nil)
            }
        let clauses = clauses ?? field.when.clauses
        var members: [String: JSON] = [
            "id": .text(field.id), "titel": JSON(field.title), "waarom": field.why.map { JSON($0) } ?? .null,
            "soort": .text(kind), "verplicht": .bool(field.required), "langste": longest.map { .int($0) } ?? .null,
            "voorwaardelijk": .bool(conditional),
            "wanneer": clauses.isEmpty ? .null : .list(clauses.map { shown($0) }), "stem": .optional(field.voice),
            "opties": field.options.isEmpty ? .null : options(field.options),
            "kandidaten": people.map { candidates($0) } ?? .null, "bron": .optional(field.source),
        ]
        members.merge(bounds(field)) { _, new in new }
        return .compact(members)
    }

    /// Between which bounds a number lies, and how many several answers are; nothing for other kinds.
    private func bounds(_ field: Field) -> [String: JSON] {
        switch field.kind {
        case .number(let rule):
            var members: [String: JSON] = [
                "eenheid": .text(rule.unit.rawValue), "minste": .int(rule.least), "meeste": .int(rule.most),
            ]
            members["nietMeerDan"] = .optional(rule.mostField)
            if !rule.togetherWith.isEmpty { members["samenMet"] = .texts(rule.togetherWith) }
            return members
        case .choices, .texts:
            var members: [String: JSON] = ["tenMinste": .int(field.atLeast)]
            if let most = field.atMost { members["tenHoogste"] = .int(most) }
            return members
        case .week(let rule):
            // An answer is a list of `dag.dagdeel.plek`, with the places among the options.
            var members: [String: JSON] = ["dagen": .texts(WeekRule.days.map(\.key)), "dagdelen": options(rule.dayparts)]
            if !rule.own.isEmpty { members["eigen"] = .texts(rule.own) }
            if let most = rule.mostElsewhere { members["tenHoogsteElders"] = .int(most) }
            return members
        default: return [:]
        }
    }

    /// One thing that must be so before a question is asked.
    private func shown(_ clause: Condition.Clause) -> JSON {
        switch clause.match {
        case .oneOf(let values): .object(["feit": .text(clause.fact), "waarden": .texts(values)])
        case .calendar(let from, let to):
            .compact(["feit": .text(clause.fact), "vanDag": .optional(from), "totEnMetDag": .optional(to)])
        case .absent: .object(["feit": .text(clause.fact), "leeg": .bool(true)])
        case .present: .object(["feit": .text(clause.fact), "leeg": .bool(false)])
        case .range(let from, let to):
            .compact([
                "feit": .text(clause.fact), "van": from.map { .int($0) } ?? .null, "totEnMet": to.map { .int($0) } ?? .null,
            ])
        }
    }

    /// A question as a form asks it: whether the answer is known, and the answer when it is in sight.
    func question(_ asked: AskedField, _ asks: [Ask], _ form: ProcedureForm, _ seen: SeenDossier) -> JSON {
        let field = asked.field
        let clauses = field.when.clauses + asks.filter { $0.field == field.id }.flatMap(\.when.clauses)
        var people: [ProcedureForm.Candidate]?
        switch field.kind {
        case .person, .school: people = form.people[field.id] ?? []
        default: break
        }
        guard case .object(var members) = question(field, conditional: asked.isConditional, when: clauses, people: people)
        else { return .null }
        members["bekend"] = .bool(asked.known != nil)
        let isInDocument = form.rules.groeidocument.parts.contains { $0.fields.contains(field.id) }
        if let known = asked.known, seen.sight.sees(isInDocument ? .groeidocument : .procedures) {
            members["antwoord"] = JSON(known)
        }
        return .object(members)
    }

    /// Everything that a form needs: what applies now, and what would with other answers on the same form.
    func needs(_ rules: [Need], _ states: [NeedState], asking asks: [Ask], _ form: ProcedureForm, _ seen: SeenDossier) -> JSON {
        let onForm = Set(asks.map(\.field) + [MeetingField.also])
        let applying = Set(states.map(\.need.id))
        let others = rules.filter { need in
            !applying.contains(need.id) && need.when.clauses.contains { onForm.contains($0.fact) }
        }
        // Without their condition, to see how it stands with what they ask.
        let bare = others.map { Need(id: $0.id, kind: $0.kind, why: $0.why, source: $0.source) }
        let more = seen.dossier.states(of: bare, form.rules, facts: seen.facts, on: seen.today)
        return .list(
            (states + more).map { state in
                let clauses = rules.first { $0.id == state.need.id }?.when.clauses.filter { onForm.contains($0.fact) } ?? []
                return shown(state, when: clauses)
            })
    }

    /// Something that must be there, whether it is, and what exactly lacks.
    private func shown(_ state: NeedState, when clauses: [Condition.Clause]) -> JSON {
        let need = state.need
        var members: [String: JSON] = [
            "id": .text(need.id), "waarom": JSON(need.why), "bron": .optional(need.source), "aanwezig": .bool(state.isMet),
            "voorwaardelijk": .bool(!clauses.isEmpty), "wanneer": clauses.isEmpty ? .null : .list(clauses.map { shown($0) }),
        ]
        switch need.kind {
        case .agreement(let purpose):
            members["soort"] = .text("toestemming")
            members["doel"] = .text(purpose)
        case .groeidocument(let parts, let notOlderThan):
            members["soort"] = .text("groeidocument")
            members["delen"] = .texts(parts)
            members["nietOuderDan"] = .optional(notOlderThan)
        case .field(let field):
            members["soort"] = .text("antwoord")
            members["vraag"] = .text(field)
        case .evidence(let kind):
            members["soort"] = .text("document")
            members["documentsoort"] = .text(kind)
        case .signature: members["soort"] = .text("handtekening")
        }
        members["ontbreekt"] = state.lack.map { shown($0) } ?? .null
        return .compact(members)
    }

    private func shown(_ lack: NeedState.Lack) -> JSON {
        func ids(_ guardians: [GuardianID]) -> JSON { .texts(guardians.map(\.rawValue)) }
        return switch lack {
        case .agreements(let guardians): .object(["wat": .text("toestemmingen"), "verzorgers": ids(guardians)])
        case .childAgreement: .object(["wat": .text("toestemming-kind")])
        case .noGuardian: .object(["wat": .text("verzorger-met-gezag")])
        case .fields(let fields): .object(["wat": .text("antwoorden"), "vragen": .texts(fields)])
        case .stale(let day): .object(["wat": .text("recente-wijziging"), "laatsteWijziging": .text(day.description)])
        case .evidence(let kind): .object(["wat": .text("document"), "documentsoort": .text(kind)])
        case .noVersion: .object(["wat": .text("vastgezette-versie")])
        case .signatures(let guardians): .object(["wat": .text("handtekeningen"), "verzorgers": ids(guardians)])
        }
    }

    /// A meeting that a form plans: who comes, how far ahead, and the questions that plan it.
    func shown(_ meeting: MeetingRule, _ seen: SeenDossier) -> JSON {
        func asked(_ id: String, _ key: String, _ kind: Field.Kind, options: [Field.Option] = [], required: Bool) -> JSON {
            question(
                Field(
                    id: id, title: Localized(nl: site.face.texts(.nl)(key), en: site.face.texts(.en)(key)), kind: kind,
                    options: options, required: required))
        }
        let optional = meeting.optional.compactMap { id in
            seen.rules.function(id).map { Field.Option(id: id, title: $0.title) }
        }
        return .compact([
            "voorzitter": .text(meeting.chair), "verplicht": .texts(meeting.required), "mogelijk": .texts(meeting.optional),
            "vooraf": .optional(meeting.ahead), "eerstZonderReden": .optional(meeting.ahead?.after(seen.today)),
            "bron": .optional(meeting.aheadSource),
            "vragen": .list(
                [
                    asked(MeetingField.moment, "meeting.moment", .moment, required: true),
                    asked(MeetingField.place, "meeting.place", .text, required: true),
                    asked(MeetingField.also, "meeting.also", .choices, options: optional, required: false),
                    asked(MeetingField.reason, "meeting.reason", .paragraph, required: false),
                ]),
        ])
    }
}
