import Domain
import Testing

/// What people might do in a dossier, drawn from a seed, by whatever plan: often what comes next, now and then nonsense.
package struct Invention: Sendable {
    package var random: SeededRandom
    package let staff: [Staff]
    /// Accounts of guardians, to be named in dossiers.
    package let family: [PersonID]
    package let shelf: PlanShelf
    /// Schools where dossiers are opened.
    package let schools: [OrganisationID]
    /// Whether children go from one of them to another.
    package let withMoves: Bool

    package init(
        random: SeededRandom, staff: [Staff], family: [PersonID], shelf: PlanShelf, schools: [OrganisationID],
        withMoves: Bool = false
    ) {
        self.random = random
        self.staff = staff
        self.family = family
        self.shelf = shelf
        self.schools = schools
        self.withMoves = withMoves
    }

    /// Somebody with one function.
    package struct Staff: Sendable, Hashable {
        package let person: PersonID
        package let held: HeldFunction

        /// Key of the grant by which it is held.
        package var grant: String { "grant-\(person)" }
    }

    /// What somebody does.
    package struct Deed: Sendable {
        package let command: DossierCommand
        package let person: PersonID
    }

    /// Everybody whom a plan needs at these schools and at the partnership: two of each function and discipline.
    package static func staff(of rules: PlanRules, at schools: [OrganisationID], since: Day) -> [Staff] {
        rules.functions.flatMap { function -> [Staff] in
            let places: [OrganisationID] =
                switch function.place {
                case .school: schools
                case .partnership: [.partnership]
                case .family, .outside: []
                }
            let disciplines: [String?] = function.disciplines.isEmpty ? [nil, nil] : function.disciplines + function.disciplines
            return places.flatMap { place in
                disciplines.enumerated().map { index, discipline in
                    Staff(
                        person: PersonID("p-\(function.id)-\(place)-\(index)"),
                        held: HeldFunction(function: function.id, organisation: place, discipline: discipline, from: since))
                }
            }
        }
    }

    /// The next deed in a dossier as it is now.
    package mutating func deed(in dossier: Dossier, at now: Instant) -> Deed {
        let rules = shelf.inForce(on: now.day)
        guard dossier.exists else {
            let open = opening(rules, now)
            return Deed(
                command: .open(open),
                person: random.happens(90)
                    ? holder(rules.functions.filter { $0.may.contains(.openDossier) }.map(\.id), at: open.school) : anybody)
        }
        let command =
            random.happens(70) ? onward(dossier, rules, now) ?? aside(dossier, rules, now) : aside(dossier, rules, now)
        return Deed(command: command, person: random.happens(90) ? actor(for: command, dossier, rules) : anybody)
    }

    // MARK: Who

    private var everybody: [PersonID] { staff.map(\.person) + family }
    /// Whoever comes along.
    package var anybody: PersonID { mutating get { random.one(of: everybody) ?? Actor.program.person } }

    private mutating func holder(_ functions: [String], at school: OrganisationID?) -> PersonID {
        let fitting = staff.filter {
            functions.contains($0.held.function) && ($0.held.organisation == school || $0.held.organisation == .partnership)
        }
        return random.one(of: fitting)?.person ?? anybody
    }

    private mutating func mayDo(_ act: DossierAct, _ dossier: Dossier, _ rules: PlanRules) -> PersonID {
        // Who sees the dossier anyway, mostly; the others have to be named first.
        let named = random.happens(15)
        return holder(
            rules.functions.filter { $0.may.contains(act) && $0.place == .school && (named || $0.sight == [.always]) }.map(\.id),
            at: dossier.school)
    }

    /// Somebody who may well do this.
    private mutating func actor(for command: DossierCommand, _ dossier: Dossier, _ rules: PlanRules) -> PersonID {
        switch command {
        case .open(let open):
            return holder(rules.functions.filter { $0.may.contains(.openDossier) }.map(\.id), at: open.school)
        case .take(let take):
            guard let procedure = dossier.procedure(take.instance), let plan = shelf[procedure.plan],
                let step = plan.procedure(procedure.rule)?.step(take.step)
            else { return anybody }
            if let field = step.by.chosenIn, let chosen = procedure.answers[field] { return PersonID(chosen.text) }
            let places = dossier.principals(for: step, in: procedure, plan)
            let fitting = everybody.filter { person in
                staff.contains { one in
                    one.person == person && places.contains(.holders(of: one.held.function, at: one.held.organisation))
                        && (step.by.disciplines.isEmpty || one.held.discipline.map(step.by.disciplines.contains) == true)
                } || places.contains(.guardian(person, authority: true))
            }
            return random.one(of: fitting) ?? anybody
        case .reassign(let reassign):
            guard let procedure = dossier.procedure(reassign.instance),
                let route = shelf[procedure.plan]?.procedure(procedure.rule), let field = route.step(reassign.step)?.by.chosenIn
            else { return anybody }
            let choosers = route.steps.filter { step in
                (step.asks + step.choices.flatMap(\.asks)).contains { $0.field == field }
            }
            return holder(choosers.flatMap(\.by.functions), at: dossier.school)
        case .move:
            return holder(rules.functions.filter { $0.may.contains(.moveProcedure) }.map(\.id), at: dossier.school)
        case .start(let start):
            let by = rules.procedure(start.procedure)?.start.by ?? []
            let guardians = dossier.guardians.compactMap(\.person)
            if by.contains(PlanRules.guardian), let parent = random.one(of: guardians), random.happens(50) { return parent }
            return holder(by, at: dossier.school)
        case .write:
            let parents = dossier.guardians.compactMap(\.person)
            return random.happens(10) ? random.one(of: parents) ?? anybody : mayDo(.write, dossier, rules)
        case .recordAgreement(let agreement):
            let own = agreement.guardian.flatMap { dossier.guardian($0)?.person }
            return random.happens(60) ? own ?? mayDo(.recordAgreement, dossier, rules) : mayDo(.recordAgreement, dossier, rules)
        case .signVersion: return mayDo(.recordSignature, dossier, rules)
        case .lockVersion: return mayDo(.lock, dossier, rules)
        case .addDocument, .withdrawDocument: return mayDo(.addDocument, dossier, rules)
        case .namePerson, .unnamePerson: return mayDo(.namePeople, dossier, rules)
        case .recordGuardian, .endGuardian: return mayDo(.editFamily, dossier, rules)
        case .correctChild: return mayDo(.correctChild, dossier, rules)
        case .askIn, .prolongAskedIn, .withdrawAskedIn, .handOver:
            return holder(rules.askedIn.flatMap(\.by), at: dossier.school)
        case .retention: return holder(rules.retention.map { $0.announces + $0.agrees } ?? [], at: nil)
        case .openInEmergency:
            return holder(rules.emergency?.by ?? [], at: dossier.school)
        case .rights(.ask), .rights(.add), .rights(.withdraw):
            return random.one(of: dossier.guardians.compactMap(\.person)) ?? anybody
        case .rights(.record): return mayDo(.recordAgreement, dossier, rules)
        case .rights: return holder(rules.rights?.handledBy ?? [], at: dossier.school)
        }
    }

    // MARK: What comes next

    /// A step that waits, a route that can begin, or what either still lacks.
    private mutating func onward(_ dossier: Dossier, _ rules: PlanRules, _ now: Instant) -> DossierCommand? {
        let running = dossier.procedures.filter(\.isRunning)
        if let procedure = random.one(of: running), random.happens(85), let plan = shelf[procedure.plan],
            let route = plan.procedure(procedure.rule), let open = random.one(of: procedure.open),
            let step = route.step(open.step),
            let choice = random.one(of: step.choices.flatMap { Array(repeating: $0, count: leads(on: $0, route) ? 5 : 1) })
        {
            if let field = step.by.chosenIn, random.happens(10),
                let other = answers([Ask(field: field, anew: true)], dossier, plan, now)[field]
            {
                return .reassign(
                    .init(instance: procedure.id, step: step.id, person: PersonID(other.text), reason: "Vertrokken"))
            }
            let facts = dossier.facts(plan, on: now.day, in: procedure)
            if let lacking = lacking(choice.needs, dossier, plan, facts, now) { return lacking }
            return .take(
                .init(
                    instance: procedure.id, step: step.id, choice: choice.id,
                    answers: answers(step.asks + choice.asks, dossier, plan, now)
                        .merging(meeting(choice.plans, route, now)) { _, new in new }))
        }
        let startable = rules.procedures.filter { route in
            dossier.mayStart(route, rules, on: now.day) && !running.contains { $0.rule == route.id }
        }
        // Routes that others lead to are rare, so what can begin by them goes first.
        guard let route = random.one(of: startable.flatMap { Array(repeating: $0, count: $0.start.after.isEmpty ? 1 : 5) })
        else { return nil }
        if let lacking = lacking(route.start.needs, dossier, rules, dossier.facts(rules, on: now.day, in: nil), now) {
            return lacking
        }
        return .start(
            .init(
                instance: InstanceID("i-\(random.key())"), procedure: route.id,
                answers: answers(route.start.asks, dossier, rules, now)
                    .merging(meeting(route.start.plans, route, now)) { _, new in new }))
    }

    /// Whether more comes after a choice: a further step, a decision, another route.
    private func leads(on choice: ChoiceRule, _ route: ProcedureRule) -> Bool {
        guard case .end(let id) = choice.then, let outcome = route.outcome(id) else { return true }
        return outcome.decision != nil || !outcome.leadsTo.isEmpty
    }

    /// Something that is needed and not there yet.
    private mutating func lacking(
        _ needs: [Need], _ dossier: Dossier, _ rules: PlanRules, _ facts: Facts, _ now: Instant
    ) -> DossierCommand? {
        guard random.happens(95),
            let state = dossier.states(of: needs, rules, facts: facts, on: now.day).first(where: { !$0.isMet })
        else { return nil }
        switch (state.lack, state.need.kind) {
        case (.agreements(let guardians), .agreement(let purpose)):
            return random.one(of: guardians).map { agreement($0, purpose, .given, now) }
        case (.childAgreement, .agreement(let purpose)): return agreement(nil, purpose, .given, now)
        case (.noGuardian, _): return .recordGuardian(guardian(1, rules))
        case (.fields(let fields), _):
            guard let part = rules.groeidocument.parts.first(where: { !Set($0.fields).isDisjoint(with: fields) }) else {
                return nil
            }
            return write(part, part.fields.filter(fields.contains), dossier, rules, now)
        case (.stale, .groeidocument(let parts, _)):
            return parts.first.flatMap(rules.part).map { write($0, $0.fields, dossier, rules, now) }
        case (.evidence(let kind), _): return .addDocument(document(kind))
        case (.noVersion, _): return .lockVersion
        case (.signatures(let guardians), _):
            return random.one(of: guardians).map {
                .signVersion(.init(number: dossier.versions.count, guardian: $0, way: .paper, on: now.day))
            }
        default: return nil
        }
    }

    // MARK: What happens beside

    private mutating func aside(_ dossier: Dossier, _ rules: PlanRules, _ now: Instant) -> DossierCommand {
        switch random.number(1...100) {
        case ...40:
            guard let part = random.one(of: rules.groeidocument.parts) else { return .lockVersion }
            return write(part, part.fields.filter { _ in random.happens(50) }, dossier, rules, now)
        case ...52:
            let guardian = random.one(of: dossier.guardians)?.id ?? GuardianID("g-none")
            let word = random.happens(75) ? .given : random.one(of: Agreement.Word.allCases) ?? .refused
            let purpose = random.one(of: rules.purposes)?.id ?? ""
            let isShared = !rules.askedIn(needingAgreementTo: purpose).isEmpty && random.happens(70)
            return agreement(
                guardian, purpose, word, now, for: isShared ? random.happens(70) ? Testland.practice : "Praktijk Zuid" : nil)
        case ...60: return .addDocument(document(random.one(of: rules.evidence)?.id ?? "song"))
        case ...63: return .withdrawDocument(random.one(of: dossier.documents)?.id ?? DocumentID("doc-none"))
        case ...68: return .lockVersion
        case ...72:
            return .signVersion(
                .init(
                    number: dossier.versions.count, guardian: random.one(of: dossier.guardians)?.id,
                    way: random.one(of: Agreement.Way.allCases) ?? .paper, on: now.day))
        case ...80:
            let named = NamedPerson(person: anybody, function: random.one(of: rules.functions)?.id ?? "")
            return random.happens(70) ? .namePerson(named) : .unnamePerson(random.one(of: dossier.named) ?? named)
        case ...86: return .recordGuardian(guardian(random.number(1...3), rules))
        case ...89: return .endGuardian(random.one(of: dossier.guardians)?.id ?? GuardianID("g-none"))
        case ...94:
            var child = dossier.child ?? Testland.child
            child.group = random.one(of: rules.groups)?.id ?? ""
            child.familyName = random.happens(90) ? "Achternaam \(random.number(1...9))" : " "
            return .correctChild(child)
        case ...97:
            // A step that is not open, or not there at all.
            let procedure = random.one(of: dossier.procedures)
            let route = procedure.flatMap { shelf[$0.plan]?.procedure($0.rule) }
            let step = random.one(of: route?.steps ?? [])
            return .take(
                .init(
                    instance: procedure?.id ?? InstanceID("i-none"), step: step?.id ?? "nothing",
                    choice: step?.choices.first?.id ?? "nothing", answers: [:]))
        case ...98: return random.happens(40) ? .open(opening(rules, now)) : right(dossier, rules, now)
        default: return askingIn(dossier, rules, now)
        }
    }

    /// Something asked with a right, or what comes of it.
    private mutating func right(_ dossier: Dossier, _ rules: PlanRules, _ now: Instant) -> DossierCommand {
        guard let one = random.one(of: dossier.rights.filter(\.isRunning)), random.happens(60) else {
            let subjects: [RightsRequest.Subject] =
                [.all] + rules.groeidocument.parts.map { .part($0.id) } + dossier.documents.map { .document($0.id) }
            let ask = RightsCommand.Ask(
                id: RightsRequestID("r-\(random.key())"), right: random.one(of: Right.allCases) ?? .access,
                subject: random.one(of: subjects) ?? .all, words: "Graag.")
            guard random.happens(30), let guardian = random.one(of: dossier.guardians) else { return .rights(.ask(ask)) }
            let day = now.day.adding(days: -random.number(0...20))
            return .rights(.record(ask, of: guardian.id, .init(on: day, way: random.happens(50) ? .paper : .spoken)))
        }
        switch random.number(1...5) {
        case 1: return .rights(.withdraw(one.id))
        case 5:
            let received = RightsRequest.Received(on: now.day.adding(days: -random.number(0...9)), way: .paper)
            return .rights(.further(.init(id: one.id, words: "Nog iets.", received: received, withdraws: random.happens(40))))
        case 2: return .rights(.prolong(one.id, reason: "Het is veel."))
        case 3: return .rights(.add(.init(id: one.id, words: "En dit ook.")))
        default:
            let outcome = random.one(of: RightsRequest.Outcome.allCases) ?? .refused
            return .rights(
                .decide(
                    .init(
                        id: one.id, outcome: outcome, reason: "Daarom.",
                        ground: outcome == .granted ? nil : rules.rights?.law.grounds(for: one.right).first?.source,
                        copy: one.right.isAnsweredByCopy && outcome != .refused ? Testland.copy : nil)))
        }
    }

    /// Somebody from outside asked in, given more time or stopped; or an emergency.
    private mutating func askingIn(_ dossier: Dossier, _ rules: PlanRules, _ now: Instant) -> DossierCommand {
        if random.happens(30) { return .openInEmergency(.init(reason: random.happens(90) ? "Niemand is er." : " ")) }
        if let one = random.one(of: dossier.askedIn), random.happens(50) {
            if random.happens(30) {
                let parts = rules.askedIn(one.asked.kind).map { dossier.parts(of: one, $0, on: now.day) } ?? []
                return .handOver(.init(id: one.id, to: "Elders", card: "abcd", parts: parts, digest: random.key()))
            }
            return random.happens(50)
                ? .withdrawAskedIn(.init(id: one.id))
                : .prolongAskedIn(.init(id: one.id, until: now.day.adding(days: random.number(0...40)), reason: "Nog even."))
        }
        let rule = random.one(of: rules.askedIn)
        let recipients = rule?.ground.purpose.map { dossier.recipients(of: $0) } ?? []
        return .askIn(
            .init(
                id: AskedInID("a-\(random.key())"), kind: rule?.id ?? "nobody", person: anybody,
                parts: rule?.parts ?? [.child], purpose: "Om mee te denken.",
                recipient: random.one(of: recipients) ?? Testland.practice, until: now.day.adding(days: random.number(0...20)),
                weighing: Testland.weighing))
    }

    private mutating func opening(_ rules: PlanRules, _ now: Instant) -> DossierCommand.Open {
        let school = random.one(of: schools) ?? .partnership
        // Young in whatever year the story has come to, or a long one runs out of children.
        let child = Child(
            givenName: "Kind \(random.number(1...9))", familyName: "Achternaam \(random.number(1...9))",
            born: now.day.adding(years: -9),
            group: random.one(of: rules.groups)?.id ?? "")
        let named = rules.functions.filter { $0.place == .school && $0.sight.contains(.named) }.map {
            NamedPerson(person: holder([$0.id], at: school), function: $0.id)
        }
        return .init(
            child: child, school: school, guardians: [guardian(1, rules), guardian(2, rules)],
            named: random.happens(80) ? named : [])
    }

    private mutating func guardian(_ number: Int, _ rules: PlanRules) -> Guardian {
        let relation = random.one(of: rules.relations)
        return Guardian(
            id: GuardianID("g-\(number)"), name: "Ouder \(random.number(1...9))", relation: relation?.id ?? "aunt",
            authority: number == 3 ? false : random.happens(90), email: nil,
            person: random.happens(70) ? random.one(of: family) : nil)
    }

    private func agreement(
        _ guardian: GuardianID?, _ purpose: String, _ word: Agreement.Word, _ now: Instant, for recipient: String? = nil
    ) -> DossierCommand {
        .recordAgreement(
            .init(guardian: guardian, purpose: purpose, word: word, way: .spoken, on: now.day, recipient: recipient))
    }

    private mutating func document(_ kind: String) -> DossierDocument {
        DossierDocument(
            id: DocumentID("doc-\(random.key())"), name: "verslag.pdf", kind: kind, format: "pdf", size: 1200,
            digest: String(repeating: "ab", count: 32), blob: "blob-\(random.key())", by: Actor.program.person,
            at: Instant(milliseconds: 0))
    }

    private mutating func write(
        _ part: PlanRules.Groeidocument.Part, _ fields: [String], _ dossier: Dossier, _ rules: PlanRules, _ now: Instant
    ) -> DossierCommand {
        var basedOn: [String: Int] = [:]
        for field in fields where random.happens(95) { basedOn[field] = dossier.known[field]?.revision }
        return .write(
            .init(
                part: part.id, answers: answers(fields.map { Ask(field: $0) }, dossier, rules, now), basedOn: basedOn))
    }

    // MARK: Answers

    private mutating func answers(_ asks: [Ask], _ dossier: Dossier, _ rules: PlanRules, _ now: Instant) -> Answers {
        var answers: Answers = [:]
        for ask in asks {
            guard let field = rules.fields[ask.field], random.happens(ask.required && field.required ? 98 : 15) else { continue }
            answers[ask.field] = answer(field, dossier, rules, now)
        }
        return answers
    }

    private mutating func answer(_ field: Field, _ dossier: Dossier, _ rules: PlanRules, _ now: Instant) -> Answer {
        if random.happens(1) { return .text(random.one(of: ["", " ", "2021-02-30", "onzin", "a,b"]) ?? "") }
        switch field.kind {
        case .text, .paragraph: return .text("woord \(random.number(1...9))")
        case .day: return .text(now.day.adding(days: random.number(1...200)).description)
        case .moment: return .text("\(now.day.adding(days: random.number(1...30)))T15:30")
        case .choice: return .text(random.one(of: field.options)?.id ?? "")
        case .choices:
            let chosen = field.options.map(\.id).filter { _ in random.happens(50) }
            return .list(chosen.count < field.atLeast ? field.options.prefix(field.atLeast).map(\.id) : chosen)
        case .number(let rule):
            let most = rule.mostField.flatMap { dossier.known[$0]?.answer }.flatMap { NumberRule.number($0.text) } ?? rule.most
            return .text(String(random.number(rule.least...max(rule.least, min(rule.most, most, rule.least + 1000)))))
        case .texts: return .list((1...max(field.atLeast, 1)).map { "woord \($0)" })
        case .yesNo: return .text(random.happens(50) ? "yes" : "no")
        case .week(let rule):
            let parts = WeekRule.days.flatMap { day in
                rule.dayparts.compactMap { part in
                    random.one(of: field.options).map { "\(day.key).\(part.id).\($0.id)" }
                }
            }
            return .list(parts.filter { _ in random.happens(80) })
        case .school: return .text(withMoves ? random.one(of: schools)?.rawValue ?? "" : "")
        case .person(let function, let disciplines):
            let fitting = staff.filter { one in
                one.held.function == function
                    && (one.held.organisation == dossier.school || one.held.organisation == .partnership)
                    && (disciplines.isEmpty || one.held.discipline.map(disciplines.contains) == true)
            }
            return .text((random.one(of: fitting)?.person ?? anybody).rawValue)
        }
    }

    /// Place and time of the meeting that a choice plans; nothing when it plans none.
    private mutating func meeting(_ step: String?, _ route: ProcedureRule, _ now: Instant) -> Answers {
        guard let step, route.step(step)?.meeting != nil else { return [:] }
        return Testland.meeting(
            "\(now.day.adding(days: random.number(8...21)))T15:30", reason: random.happens(20) ? "Spoed" : nil)
    }
}
