import Domain
import UseCases

/// The vocabulary of a plan in sentences: what a page, a form and the public plan say in the same words.
extension Words {
    /// The title of a field, or its key when the plan has none.
    func field(_ id: String) -> String { rules.fields[id]?.title[language] ?? texts.ifKnown("fact.\(id)") ?? id }

    /// A value of a field as it is read.
    func value(_ value: String, of field: String) -> String {
        if field == PlanRules.schoolKind { return texts.ifKnown("schoolKind.\(value)") ?? value }
        if field == "group" { return rules.groups.first { $0.id == value }?.title[language] ?? value }
        guard let rule = rules.fields[field] else { return value }
        return answer(.text(value), to: rule)
    }

    /// A condition in words: "groep: vanaf groep 4; schoolsoort: so".
    func condition(_ condition: Condition) -> String {
        guard !condition.clauses.isEmpty else { return texts("rule.always") }
        return condition.clauses.map { clause in
            let what: String =
                switch clause.match {
                case .oneOf(let values): values.map { value($0, of: clause.fact) }.joined(separator: " \(texts("rule.or")) ")
                case .absent: texts("rule.absent")
                case .present: texts("rule.present")
                case .range(let from, let to): range(from, to, clause.fact)
                case .calendar(let from, let to): timeOfYear(from, to)
                }
            let name = field(clause.fact)
            return "\(name.hasSuffix("?") ? String(name.dropLast()) : name): \(what)"
        }.joined(separator: "; ")
    }

    private func range(_ from: Int?, _ to: Int?, _ fact: String) -> String {
        func named(_ position: Int) -> String {
            if case .number(let rule)? = rules.fields[fact]?.kind { return amount(position, rule.unit) }
            guard fact == "group", rules.groups.indices.contains(position - 1) else { return String(position) }
            return rules.groups[position - 1].title[language]
        }
        return switch (from, to) {
        case (let from?, nil): texts("rule.from", ["from": named(from)])
        case (nil, let to?): texts("rule.to", ["to": named(to)])
        case (let from?, let to?): texts("rule.fromTo", ["from": named(from), "to": named(to)])
        case (nil, nil): texts("rule.any")
        }
    }

    /// A time of the year in words: "1 mei tot en met 31 juli".
    private func timeOfYear(_ from: DayOfSchoolYear?, _ to: DayOfSchoolYear?) -> String {
        func named(_ day: DayOfSchoolYear) -> String {
            Day(year: 2000, month: day.month, day: day.day).map { format.dayAndMonth($0) } ?? day.description
        }
        return switch (from, to) {
        case (let from?, let to?) where from == to: named(from)
        case (let from?, nil): texts("rule.from", ["from": named(from)])
        case (nil, let to?): texts("rule.to", ["to": named(to)])
        case (let from?, let to?): texts("rule.fromTo", ["from": named(from), "to": named(to)])
        case (nil, nil): texts("rule.any")
        }
    }

    /// Until when something lasts, in words.
    func until(_ rule: UntilRule) -> String {
        switch rule {
        case .endOfGroup(let group): texts("until.endOfGroup", ["group": value(group, of: "group")])
        case .endOfFirstGroupOf(let groups):
            texts("until.endOfFirstGroupOf", ["groups": format.list(groups.map { value($0, of: "group") })])
        case .endOfSchoolYearOfAge(let age): texts("until.endOfSchoolYearOfAge", ["age": String(age)])
        case .endOfSchoolYear(let after): texts.count("until.endOfSchoolYear", after)
        case .period(let period): texts("until.period", ["period": self.period(period)])
        case .chosen(let most): texts("until.chosen", ["most": until(most)])
        }
    }

    /// Who acts in a step: the functions, and the conditions on the person.
    func actor(_ rule: ActorRule, of route: ProcedureRule) -> String {
        var sentence = functions(rule.functions)
        if !rule.disciplines.isEmpty {
            let disciplines = rule.disciplines.map { id in rules.disciplines.first { $0.id == id }?.title[language] ?? id }
            sentence += " (\(disciplines.joined(separator: " \(texts("rule.or")) ")))"
        }
        for other in rule.notActorOf {
            sentence += ", " + texts("rule.notActorOf", ["step": step(other, of: route)])
        }
        if rule.notOfThisSchool { sentence += ", " + texts("rule.notOfThisSchool") }
        return sentence
    }

    /// A step by its title; one of another route with the title of that route.
    private func step(_ written: String, of route: ProcedureRule) -> String {
        guard let (procedure, step) = ActorRule.elsewhere(written) else { return route.step(written)?.title[language] ?? written }
        guard let other = rules.procedure(procedure) else { return written }
        return "\(other.title[language]): \(other.step(step)?.title[language] ?? step)"
    }

    /// What is needed, in a few words.
    func need(_ need: Need) -> String {
        switch need.kind {
        case .agreement(let purpose):
            texts("need.agreement", ["purpose": rules.purpose(purpose)?.title[language] ?? purpose])
        case .groeidocument(let parts, let notOlderThan):
            texts(
                notOlderThan == nil ? "need.groeidocument" : "need.groeidocumentYoung",
                [
                    "groeidocument": rules.groeidocument.title[language],
                    "parts": format.list(parts.map { rules.part($0)?.title[language] ?? $0 }),
                    "period": notOlderThan.map { period($0) } ?? "",
                ])
        case .field(let field): self.field(field)
        case .evidence(let kind): texts("need.evidence", ["kind": evidence(kind)])
        case .signature: texts("need.signature", ["groeidocument": rules.groeidocument.inSentence[language]])
        }
    }

    /// The title of a kind of document.
    func evidence(_ kind: String) -> String { rules.evidence.first { $0.id == kind }?.title[language] ?? kind }

    /// A need as a line that shows whether it is there, and where it can be done.
    func item(_ state: NeedState, in seen: SeenDossier) -> DossierPage.Item {
        let id = seen.dossier.id.rawValue
        let guardians = { (ids: [GuardianID]) in
            // Whoever may not read about the family reads how many, not who; a guardian knows their own name.
            guard seen.sight.sees(.family) || ids == [seen.ownGuardian?.id] else {
                return texts.count("needs.guardians", ids.count)
            }
            return format.list(ids.compactMap { seen.dossier.guardian($0)?.name })
        }
        var status = texts("needs.there")
        var href: String?
        // Who sees what is lacking does not always see the place where it is seen to.
        func place(_ address: Address, _ part: DossierPart) -> String? { seen.sight.sees(part) ? address.path : nil }
        switch state.lack {
        case nil: break
        case .agreements(let lacking):
            status = texts("needs.agreements", ["who": guardians(lacking)])
            href = place(.family(id), .agreements)
        case .childAgreement:
            status = texts("needs.childAgreement", ["given": given(seen)])
            href = place(.family(id), .agreements)
        case .noGuardian:
            status = texts("needs.noGuardian")
            href = place(.family(id), .family)
        case .fields(let fields):
            status = texts.count("needs.fields", fields.count)
            href = part(ofField: fields.first).flatMap { place(.growthPart(id, $0), .groeidocument) }
        case .stale(let day):
            status = texts("needs.stale", ["day": format.plainDay(day)])
            href = place(.growth(id), .groeidocument)
        case .evidence:
            status = texts("needs.evidence")
            href = place(.documents(id), .documents)
        case .noVersion:
            status = texts("needs.noVersion")
            href = place(.growth(id), .groeidocument)
        case .signatures(let lacking):
            status = texts("needs.signatures", ["who": guardians(lacking)])
            href = place(.growth(id), .groeidocument)
        }
        return DossierPage.Item(
            label: need(state.need), note: state.need.why[language], done: state.isMet, state: status, href: href)
    }

    private func part(ofField field: String?) -> String? {
        field.flatMap { field in rules.groeidocument.parts.first { $0.fields.contains(field) }?.id }
    }

    /// A term in words: "binnen 6 weken".
    func within(_ term: Term) -> String { texts("rule.within", ["period": period(term.period)]) }

    /// When the holders of a function see a dossier: "als het dossier de persoon noemt".
    func sees(_ sight: FunctionRule.Sight) -> String {
        let (sees, afterwards): (String, Period?) =
            switch sight {
            case .always: (texts("comparing.sees.always"), nil)
            case .named: (texts("comparing.sees.named"), nil)
            case .acting(let afterwards): (texts("comparing.sees.acting"), afterwards)
            case .left(let afterwards): (texts("comparing.sees.left"), afterwards)
            case .during(let procedures, let afterwards):
                (
                    texts(
                        "comparing.sees.during",
                        [
                            "procedures": procedures.count == rules.procedures.count
                                ? texts("comparing.sees.any")
                                : format.list(procedures.map { rules.procedure($0)?.title[language] ?? $0 })
                        ]), afterwards
                )
            }
        return afterwards.map { texts("comparing.sees.afterwards", ["sees": sees, "period": period($0)]) } ?? sees
    }
}
