import Domain
import UseCases

/// Says what stands in a dossier, passage by passage, for a copy of it: to a family, or to another partnership.
struct DossierWords {
    let words: Words
    let dossier: Dossier
    let shelf: PlanShelf
    let names: [PersonID: String]
    let school: String
    /// Who looks at it before it is given; nil for the copy itself.
    ///
    /// Whoever still has to look for themselves does not read here what another expert found beside them.
    var preparedBy: Actor?

    private var texts: Texts { words.texts }
    private var rules: PlanRules { words.rules }

    private func who(_ person: PersonID) -> String { names[person] ?? texts("somebody") }
    private func day(_ day: Day) -> String { words.format.plainDay(day) }

    // MARK: The child

    var child: [FamilyCopy.Passage] {
        guard let child = dossier.child else { return [] }
        let group = rules.groups.first { $0.id == child.group }?.title[words.language] ?? child.group
        return [
            .init("child:name", texts("copy.name"), [child.fullName]),
            .init("child:born", texts("child.born"), [day(child.born)]),
            .init("child:group", texts("copy.group"), [group]), .init("child:school", texts("copy.school"), [school]),
            .init("child:opened", texts("copy.opened"), dossier.opened.map { [day($0)] } ?? []),
        ]
    }

    /// Of other guardians no address: that can be secret.
    ///
    /// - Parameter own: the guardian for whom it is; nil for whoever is none.
    func family(for own: GuardianID?) -> [FamilyCopy.Passage] {
        dossier.guardians.map { guardian in
            let isOwn = guardian.id == own
            return .init(
                "guardian:\(guardian.id)", guardian.name,
                [
                    words.relation(guardian),
                    texts(guardian.authority ? "dossier.withAuthority" : "dossier.withoutAuthority"),
                ] + (isOwn ? [guardian.email].compactMap(\.self) : []))
        }
    }

    // MARK: The groeidocument

    var growth: [FamilyCopy.Passage] {
        rules.groeidocument.parts.flatMap { part -> [FamilyCopy.Passage] in
            var passages: [FamilyCopy.Passage] = []
            for request in dossier.restrictions(ofPart: part.id, on: words.today) {
                passages.append(
                    .init("resting:\(part.id):\(request.id)", part.title[words.language], [texts("rights.resting.banner")]))
            }
            for id in part.fields {
                guard let field = rules.fields[id], let known = dossier.known[id], !known.answer.isEmpty else { continue }
                passages.append(
                    .init(
                        "field:\(id)", "\(part.title[words.language]): \(field.title[words.language])",
                        words.paragraphs(words.answer(known.answer, to: field, people: names)),
                        note: texts("copy.writtenBy", ["who": who(known.by), "day": day(known.at.day)])))
            }
            return passages + statements(.part(part.id), part.title[words.language])
        } + statements(.all, texts("rights.subject.all"))
    }

    private func statements(_ subject: RightsRequest.Subject, _ about: String) -> [FamilyCopy.Passage] {
        dossier.statements(beside: subject).flatMap { request in
            words.statement(request).enumerated().map { index, said in
                .init(
                    "statement:\(request.id)" + (index == 0 ? "" : ":\(index)"),
                    texts("rights.statement.about", ["what": about]), said.lines, note: said.day)
            }
        }
    }

    var versions: [FamilyCopy.Passage] {
        dossier.versions.map { version in
            .init(
                "version:\(version.number)", texts("growth.version", ["n": String(version.number)]),
                [texts("growth.locked", ["day": day(version.at.day), "who": who(version.by)])]
                    + version.signatures.map { signature in
                        let name = signature.guardian.flatMap { dossier.guardian($0)?.name } ?? texts("growth.school")
                        return texts("copy.signed", ["who": name, "day": day(signature.on)])
                    } + otherThen(version))
        }
    }

    /// What a version says that reads otherwise now; the rest stands in the groeidocument above.
    private func otherThen(_ version: LockedVersion) -> [String] {
        rules.groeidocument.parts.flatMap { part in
            part.fields.compactMap { id -> String? in
                guard let field = rules.fields[id], let then = version.answers[id], !then.isEmpty,
                    then.values != dossier.known[id]?.answer.values
                else { return nil }
                let said = words.paragraphs(words.answer(then, to: field, people: names)).joined(separator: " ")
                return texts("copy.then", ["field": field.title[words.language], "said": said])
            }
        }
    }

    var documents: [FamilyCopy.Passage] {
        dossier.documentsInSight.flatMap { document -> [FamilyCopy.Passage] in
            let kind = rules.evidence.first { $0.id == document.kind }?.title[words.language] ?? document.kind
            return [
                .init(
                    "document:\(document.id)", document.name, [kind],
                    note: texts("documents.added", ["who": who(document.by), "day": day(document.at.day)]))
            ] + statements(.document(document.id), document.name)
        }
    }

    // MARK: What was done

    var procedures: [FamilyCopy.Passage] {
        dossier.procedures.flatMap { procedure -> [FamilyCopy.Passage] in
            guard let rules = shelf[procedure.plan], let route = rules.procedure(procedure.rule) else { return [] }
            let words = Words(texts, rules, today: self.words.today)
            let title = route.title[words.language]
            func lines(_ answers: Answers, known: Set<String> = []) -> [String] {
                answers.sorted { $0.key < $1.key }.flatMap { id, answer -> [String] in
                    guard !known.contains(id), !answer.isEmpty, let field = rules.fields[id] else { return [] }
                    let said = words.paragraphs(words.answer(answer, to: field, people: names))
                    return ["\(field.title[words.language]): \(said.first ?? "")"] + said.dropFirst()
                }
            }
            var passages = [
                FamilyCopy.Passage(
                    "procedure:\(procedure.id)", title,
                    [texts("copy.begun", ["who": who(procedure.startedBy), "day": day(procedure.startedAt.day)])]
                        + (procedure.ended.map { ended in
                            [
                                texts(
                                    "copy.ended",
                                    [
                                        "outcome": route.outcome(ended.outcome)?.title[words.language] ?? ended.outcome,
                                        "day": day(ended.at.day),
                                    ])
                            ]
                        } ?? []))
            ]
            let closed = preparedBy.map { actor in
                let told = procedure.told(toDo: dossier.toDo(in: procedure, route, rules, as: actor))
                return procedure.done.filter { !told.contains($0) }
            }
            for (index, done) in procedure.done.enumerated() {
                let step = route.step(done.step)
                passages.append(
                    .init(
                        "step:\(procedure.id):\(index)", "\(title): \(step?.title[words.language] ?? done.step)",
                        closed?.contains(done) == true
                            ? [texts("copy.notYetYours")]
                            : [step?.choice(done.choice)?.title[words.language] ?? done.choice] + lines(done.answers),
                        note: texts("copy.writtenBy", ["who": who(done.by), "day": day(done.at.day)])))
            }
            return passages
        }
    }

    var decisions: [FamilyCopy.Passage] {
        dossier.decisions.map { decision in
            let procedure = dossier.procedure(decision.instance)
            let route = procedure.flatMap { shelf[$0.plan]?.procedure($0.rule) }
            let outcome = route?.outcome(decision.outcome)?.title[words.language] ?? decision.outcome
            var lines = [texts("copy.number", ["number": decision.number])]
            if let begin = decision.begin { lines.append("\(texts("decision.begin")): \(day(begin))") }
            if let end = decision.end { lines.append("\(texts("decision.end")): \(day(end))") }
            return .init(
                "decision:\(decision.number)", outcome, lines + words.paragraphs(decision.reasons),
                note: texts("copy.decidedBy", ["who": who(decision.by), "day": day(decision.issued)]))
        }
    }
}

extension Installation {
    /// Everybody who wrote something that stands in a dossier, did something in it or was chosen.
    func people(in dossier: Dossier) -> Set<PersonID> {
        var people = Set(dossier.known.values.map(\.by)).union(dossier.history.map(\.actor))
        people.formUnion(dossier.documents.map(\.by))
        for procedure in dossier.procedures {
            for (id, answer) in procedure.answers {
                guard case .person? = shelf[procedure.plan]?.fields[id]?.kind else { continue }
                people.insert(PersonID(answer.text))
            }
        }
        return people
    }
}
