import Domain
import Journal
import UseCases

/// Says everything that is kept of a child to the guardian who asked it: what is the guardian's to know, and what happened to it.
///
/// What is private to the other guardians (their address, their own requests) is not in it. What a text tells about others is
/// for whoever handles the request to leave out.
struct CopyWords {
    let words: Words
    let handled: HandledRequest
    let shelf: PlanShelf
    let names: [PersonID: String]
    let school: String
    let reads: [LoggedRead]
    /// Whether there were more reads than are told.
    let hasMoreReads: Bool
    let checkpoint: [String]
    /// Who looks at it before it is given; nil for the copy itself.
    ///
    /// Whoever still has to look for themselves does not read here what another expert found beside them.
    let preparedBy: Actor?

    private var dossier: Dossier { handled.dossier }
    private var texts: Texts { words.texts }
    private var rules: PlanRules { words.rules }

    /// The parts that the guardian may read by the plan.
    private var parts: Set<DossierPart> { rules.function(PlanRules.guardian)?.reads ?? [] }

    private func who(_ person: PersonID) -> String { names[person] ?? texts("somebody") }
    private func day(_ day: Day) -> String { words.format.plainDay(day) }

    var copy: FamilyCopy {
        let sections: [(String, Bool, () -> [FamilyCopy.Passage])] = [
            ("request", true, { request }), ("child", parts.contains(.child), { child }),
            ("family", parts.contains(.family), { family }), ("agreements", parts.contains(.agreements), { agreements }),
            ("growth", parts.contains(.groeidocument), { growth }), ("versions", parts.contains(.groeidocument), { versions }),
            ("documents", parts.contains(.documents), { documents }), ("procedures", parts.contains(.procedures), { procedures }),
            ("decisions", parts.contains(.decisions), { decisions }), ("readers", true, { readers }), ("why", true, { why }),
            ("kept", true, { kept }), ("rights", true, { rights }), ("reads", parts.contains(.readLog), { log }),
        ]
        return FamilyCopy(
            title: texts("copy.title", ["child": dossier.child?.fullName ?? ""]), partnership: rules.partnership.name,
            made: words.today.description, language: words.language.rawValue,
            sections: sections.compactMap { key, isSeen, passages in
                let found = isSeen ? passages() : []
                guard !found.isEmpty else { return nil }
                return FamilyCopy.Section(
                    key: key, title: texts("copy.\(key).title"), lead: texts.ifKnown("copy.\(key).lead"), passages: found)
            }, checkpoint: checkpoint)
    }

    // MARK: What it is

    private var request: [FamilyCopy.Passage] {
        [
            .init(
                "request", texts("rights.right.\(handled.request.right.rawValue).title"),
                handled.request.words.flatMap { words.paragraphs($0) },
                note: words.askedBy(handled.request, in: dossier, recorder: handled.request.recordedBy.map(who)))
        ]
    }

    private var child: [FamilyCopy.Passage] {
        guard let child = dossier.child else { return [] }
        let group = rules.groups.first { $0.id == child.group }?.title[words.language] ?? child.group
        return [
            .init("child:name", texts("copy.name"), [child.fullName]),
            .init("child:born", texts("child.born"), [day(child.born)]),
            .init("child:group", texts("copy.group"), [group]), .init("child:school", texts("copy.school"), [school]),
            .init("child:opened", texts("copy.opened"), dossier.opened.map { [day($0)] } ?? []),
        ]
    }

    /// Of the other guardians no address: that can be secret.
    private var family: [FamilyCopy.Passage] {
        dossier.guardians.map { guardian in
            let isOwn = guardian.id == handled.request.asked.guardian
            return .init(
                "guardian:\(guardian.id)", guardian.name,
                [
                    words.relation(guardian),
                    texts(guardian.authority ? "dossier.withAuthority" : "dossier.withoutAuthority"),
                ] + (isOwn ? [guardian.email].compactMap(\.self) : []))
        }
    }

    private var agreements: [FamilyCopy.Passage] {
        dossier.agreements.enumerated().map { index, agreement in
            .init(
                "agreement:\(index)", rules.purpose(agreement.purpose)?.title[words.language] ?? agreement.purpose,
                [
                    texts(
                        "copy.word.\(agreement.word.rawValue)",
                        ["who": speaker(agreement)])
                ] + (agreement.recipient.map { [texts("family.recipient", ["who": $0])] } ?? []),
                note: day(agreement.on))
        }
    }

    /// Who gave a word: a guardian, or the child itself.
    private func speaker(_ agreement: Agreement) -> String {
        guard let guardian = agreement.guardian else { return dossier.child?.givenName ?? texts("somebody") }
        return dossier.guardian(guardian)?.name ?? texts("somebody")
    }

    // MARK: The groeidocument

    private var growth: [FamilyCopy.Passage] {
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
        dossier.statements(beside: subject).map { request in
            .init(
                "statement:\(request.id)", texts("rights.statement.about", ["what": about]),
                request.words.flatMap { words.paragraphs($0) }, note: day(request.on))
        }
    }

    private var versions: [FamilyCopy.Passage] {
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

    private var documents: [FamilyCopy.Passage] {
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

    private var procedures: [FamilyCopy.Passage] {
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

    private var decisions: [FamilyCopy.Passage] {
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

    // MARK: Who reads, why and how long

    private var readers: [FamilyCopy.Passage] {
        let functions = rules.functions.filter { !$0.reads.isEmpty && !$0.sight.isEmpty }.map { function in
            FamilyCopy.Passage(
                "function:\(function.id)", function.title[words.language], function.sight.map { words.sees($0) },
                note: words.format.list(
                    DossierPart.allCases.filter(function.reads.contains).map { texts("dossierPart.\($0.rawValue)") }))
        }
        let asked = dossier.askedIn.map { one in
            FamilyCopy.Passage(
                "asked-in:\(one.id)", who(one.asked.person),
                [one.asked.purpose]
                    + (one.asked.weighing?.sentences.map { "\(texts("askedIn.\($0.0)")) \($0.1)" } ?? []),
                note: texts("around.until", ["day": day(one.until)]))
        }
        let emergencies = dossier.emergencies.enumerated().map { index, one in
            FamilyCopy.Passage(
                "emergency:\(index)", who(one.by), [texts("emergency.because", ["reason": one.opened.reason])],
                note: day(one.at.day))
        }
        return functions + asked + emergencies
    }

    private var why: [FamilyCopy.Passage] {
        [
            .init(
                "why:purpose", texts("privacy.term.purpose"), [texts("privacy.activity.dossiers.purpose")]),
            .init("why:ground", texts("privacy.term.ground"), [texts("privacy.activity.dossiers.ground")]),
        ]
            + rules.purposes.map { purpose in
                .init("purpose:\(purpose.id)", purpose.title[words.language], [purpose.explanation[words.language]])
            }
    }

    private var kept: [FamilyCopy.Passage] {
        guard let retention = dossier.retention(shelf, on: words.today) else {
            return [.init("kept", texts("privacy.term.kept"), [texts("privacy.activity.dossiers.kept")])]
        }
        return words.facts(retention, dossier.keeping, shelf, names: names).enumerated().map { index, fact in
            .init("kept:\(index)", fact.term, fact.lines, note: fact.note)
        }
    }

    private var rights: [FamilyCopy.Passage] {
        let law = handled.rule.law
        let own = dossier.rights.filter { $0.id != handled.request.id && dossier.isSameAsker($0, handled.request) }
        return own.map { request in
            .init(
                "asked:\(request.id)", texts("rights.right.\(request.right.rawValue).title"),
                request.words.flatMap { words.paragraphs($0) }
                    + (request.decided.map { [texts("rights.outcome.\($0.what.outcome.rawValue)"), $0.what.reason] } ?? []),
                note: day(request.on))
        } + [
            .init(
                "rights", texts("privacy.rights.title"),
                Right.allCases.map { right in
                    texts("rights.right.\(right.rawValue).title") + " (\(law.sources[right] ?? ""))"
                } + [texts("rights.complain", ["source": law.complaint])])
        ]
    }

    private var log: [FamilyCopy.Passage] {
        reads.map { line in
            let read = line.read
            let parts = read.parts.map { texts.ifKnown("dossierPart.\($0)") ?? $0 }
            return .init(
                "read:\(line.sequence)", "\(words.format.moment(read.at)): \(who(read.person)), \(words.function(read.function))",
                [words.format.list(parts), words.why(read, in: dossier, isTold: self.parts.contains(.agreements))],
                note: texts.ifKnown("readKind.\(read.kind.rawValue)"))
        } + (hasMoreReads ? [.init("read:more", texts("copy.moreReads"), [texts("copy.moreReadsText")])] : [])
    }
}

extension Site {
    /// How many lines of the read log a copy tells.
    private static let mostReads = 2_000

    /// What a request is answered with, in one language, with nothing left out yet.
    ///
    /// - Parameter preparedBy: who looks at it before it is given; nil for the copy itself.
    func wholeCopy(for handled: HandledRequest, _ words: Words, preparedBy: Actor? = nil) async throws -> FamilyCopy {
        let dossier = handled.dossier
        let reads = try await installation.vault.reads.reads(of: dossier.id, before: nil, limit: Self.mostReads + 1)
        var people = Set(reads.map(\.read.person)).union(dossier.known.values.map(\.by))
        people.formUnion(dossier.history.map(\.actor))
        people.formUnion(dossier.documents.map(\.by))
        people.formUnion(dossier.askedIn.map(\.asked.person))
        people.formUnion(dossier.keeping.people)
        for procedure in dossier.procedures {
            for (id, answer) in procedure.answers {
                guard case .person? = installation.shelf[procedure.plan]?.fields[id]?.kind else { continue }
                people.insert(PersonID(answer.text))
            }
        }
        let school: String =
            if let id = dossier.school { try await installation.names.organisation(id)?.name ?? "" } else { "" }
        let checkpoint = try await installation.checkpoints?.lastCheckpoint()?.note ?? ""
        return CopyWords(
            words: words, handled: handled, shelf: installation.shelf, names: try await installation.names.people(people),
            school: school, reads: Array(reads.prefix(Self.mostReads)), hasMoreReads: reads.count > Self.mostReads,
            checkpoint: checkpoint.split(separator: "\n").map(String.init), preparedBy: preparedBy
        ).copy
    }

    /// The same with what is about others left out.
    func copy(for handled: HandledRequest, _ words: Words, preparedBy: Actor? = nil) async throws -> FamilyCopy {
        try await wholeCopy(for: handled, words, preparedBy: preparedBy).without(
            handled.request.shields, mark: words.texts("copy.leftOut"))
    }
}
