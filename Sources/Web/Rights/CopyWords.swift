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
    /// What stands in the dossier.
    private var told: DossierWords {
        DossierWords(
            words: words, dossier: dossier, shelf: shelf, names: names, school: school, preparedBy: preparedBy)
    }
    private var texts: Texts { words.texts }
    private var rules: PlanRules { words.rules }

    /// The parts that the guardian may read by the plan.
    private var parts: Set<DossierPart> { rules.function(PlanRules.guardian)?.reads ?? [] }

    private func who(_ person: PersonID) -> String { names[person] ?? texts("somebody") }
    private func day(_ day: Day) -> String { words.format.plainDay(day) }

    var copy: FamilyCopy {
        let sections: [(String, Bool, () -> [FamilyCopy.Passage])] = [
            ("request", true, { request }), ("child", parts.contains(.child), { told.child }),
            ("family", parts.contains(.family), { told.family(for: handled.request.asked.guardian) }),
            ("agreements", parts.contains(.agreements), { agreements }),
            ("growth", parts.contains(.groeidocument), { told.growth }),
            ("versions", parts.contains(.groeidocument), { told.versions }),
            ("documents", parts.contains(.documents), { told.documents }),
            ("procedures", parts.contains(.procedures), { told.procedures }),
            ("decisions", parts.contains(.decisions), { told.decisions }), ("readers", true, { readers }), ("why", true, { why }),
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
                handled.request.firstWords.flatMap { words.paragraphs($0) },
                note: words.askedBy(handled.request, in: dossier, names: names))
        ] + further(handled.request, "request")
    }

    /// What came in later of a request, as it was written down for the guardian.
    private func further(_ request: RightsRequest, _ place: String) -> [FamilyCopy.Passage] {
        request.furtherWords.enumerated().map { index, one in
            .init(
                "\(place):\(index)", texts("recording.further.fact"), words.paragraphs(one.said.what.words),
                note: words.came(one.received, one.said.by, names))
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
                    + (one.asked.weighing?.sentences.map { "\(texts("askedIn.\($0.0)")) \($0.1)" } ?? [])
                    + one.handedOver.map { texts("transfer.handedOver", ["to": $0.what.to, "day": day($0.at.day)]) },
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
        return own.flatMap { request -> [FamilyCopy.Passage] in
            let came = [words.withdrawn(request, names)].compactMap(\.self)
            return [
                .init(
                    "asked:\(request.id)", texts("rights.right.\(request.right.rawValue).title"),
                    request.firstWords.flatMap { words.paragraphs($0) } + came
                        + (request.decided.map { [texts("rights.outcome.\($0.what.outcome.rawValue)"), $0.what.reason] } ?? []),
                    note: day(request.on))
            ] + further(request, "asked:\(request.id)")
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
        var people = Set(reads.map(\.read.person)).union(installation.people(in: dossier))
        people.formUnion(dossier.askedIn.map(\.asked.person))
        people.formUnion(dossier.keeping.people)
        people.formUnion(dossier.rights.flatMap(\.writers))
        let school = try await school(of: dossier)
        let checkpoint = try await installation.checkpoints?.lastCheckpoint()?.note ?? ""
        return CopyWords(
            words: words, handled: handled, shelf: installation.shelf, names: try await installation.names.people(people),
            school: school, reads: Array(reads.prefix(Self.mostReads)), hasMoreReads: reads.count > Self.mostReads,
            checkpoint: checkpoint.split(separator: "\n").map(String.init), preparedBy: preparedBy
        ).copy
    }

    /// The name of the school of a child; empty where it has none.
    func school(of dossier: Dossier) async throws -> String {
        guard let id = dossier.school else { return "" }
        return try await installation.names.organisation(id)?.name ?? ""
    }

    /// The same with what is about others left out.
    func copy(for handled: HandledRequest, _ words: Words, preparedBy: Actor? = nil) async throws -> FamilyCopy {
        try await wholeCopy(for: handled, words, preparedBy: preparedBy).without(
            handled.request.shields, mark: words.texts("copy.leftOut"))
    }
}
