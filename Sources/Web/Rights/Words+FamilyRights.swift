import Domain
import Journal
import UseCases

// What a family asks with its rights, in words.
extension Words {
    func title(_ right: Right) -> String { texts("rights.right.\(right.rawValue).title") }

    /// What it is about: "Algemeen", "verslag.pdf", "alles".
    func subject(_ subject: RightsRequest.Subject, in dossier: Dossier) -> String {
        switch subject {
        case .all: texts("rights.subject.all")
        case .part(let part): rules.part(part)?.title[language] ?? part
        case .document(let id): dossier.documents.first { $0.id == id }?.name ?? texts("rights.subject.document")
        }
    }

    /// How near the end of its term a request is, or what came of it.
    func chip(_ request: RightsRequest) -> Chip {
        if request.withdrawn != nil { return Chip(texts("rights.state.withdrawn")) }
        if let decided = request.decided {
            return Chip(
                texts("rights.outcome.\(decided.what.outcome.rawValue)"), decided.what.outcome == .refused ? .plain : .ok)
        }
        return dueChip(request.due)
    }

    /// What waits: by when it must be answered, or that others are still to be told.
    func chip(_ row: RightsRow) -> Chip {
        row.state == .telling ? Chip(texts("rights.handled.tell"), .wait) : dueChip(row.due)
    }

    /// "nog 12 dagen", "3 dagen te laat"
    private func dueChip(_ due: Day) -> Chip {
        let text = format.due(due, today: today)
        if due < today { return Chip(text, .late) }
        return today.days(until: due) <= 7 ? Chip(text, .wait) : Chip(text)
    }

    /// The guardian of a request, by name.
    func guardian(of request: RightsRequest, in dossier: Dossier) -> String {
        dossier.guardian(request.asked.guardian)?.name ?? texts("somebody")
    }

    /// Who asked it and when; of what came in a letter or was said aloud also who wrote it down.
    ///
    /// - Parameter names: of who wrote it down.
    func askedBy(_ request: RightsRequest, in dossier: Dossier, names: [PersonID: String]) -> String {
        let guardian = guardian(of: request, in: dossier)
        let day = format.plainDay(request.on)
        guard let received = request.asked.received else {
            return texts("rights.askedBy", ["who": guardian, "day": day])
        }
        return texts(
            "recording.askedBy.\(received.way.rawValue)",
            [
                "guardian": guardian, "day": day, "who": request.recordedBy.flatMap { names[$0] } ?? texts("somebody"),
                "on": format.plainDay(request.at.day),
            ])
    }

    /// What was asked, for whoever follows or handles it.
    ///
    /// - Parameter names: of who wrote something down for the guardian.
    func facts(_ request: RightsRequest, in dossier: Dossier, names: [PersonID: String]) -> [Fact] {
        var facts = [
            Fact(texts("rights.fact.about"), subject(request.asked.subject, in: dossier)),
            Fact(
                texts("rights.fact.words"),
                lines: request.firstWords.flatMap { paragraphs($0) },
                note: askedBy(request, in: dossier, names: names)),
        ]
        facts += request.furtherWords.map { said, received in
            Fact(
                texts("recording.further.fact"), lines: paragraphs(said.what.words), note: came(received, said.by, names))
        }
        if let view = request.asked.childView { facts.append(Fact(texts("rights.fact.childView"), view)) }
        if request.asked.childAsks { facts.append(Fact(texts("rights.fact.childAsks"), texts("rights.fact.childAsksYes"))) }
        facts.append(Fact(texts("rights.fact.due"), format.day(request.due), note: request.asked.source))
        if let prolonged = request.prolonged {
            facts.append(
                Fact(
                    texts("rights.fact.prolonged"), prolonged.what.reason,
                    note: texts("rights.fact.prolongedOn", ["day": format.plainDay(prolonged.at.day)])))
        }
        for corrected in request.corrected {
            facts.append(
                Fact(
                    texts("rights.fact.corrected"),
                    lines: corrected.what.answers.keys.sorted().map { field($0) },
                    note: format.plainDay(corrected.at.day)))
        }
        return facts
    }

    /// How something came in later, and who wrote it down: "in een brief die op 5 september 2021 binnenkwam; opgeschreven door …".
    func came(_ received: RightsRequest.Received, _ writer: PersonID, _ names: [PersonID: String]) -> String {
        texts(
            "recording.further.\(received.way.rawValue)",
            ["day": format.plainDay(received.on), "who": names[writer] ?? texts("somebody")])
    }

    /// That a request was taken back: by the guardian here, or as somebody wrote it down for the guardian.
    func withdrawn(_ request: RightsRequest, _ names: [PersonID: String]) -> String? {
        guard let withdrawn = request.withdrawn else { return nil }
        guard let received = withdrawn.what.received else { return texts("rights.said.withdrawn") }
        return texts("recording.further.withdrawn", ["how": came(received, withdrawn.by, names)])
    }

    /// What was answered.
    func answer(_ request: RightsRequest) -> [Fact] {
        guard let decided = request.decided else { return [] }
        var facts = [
            Fact(
                texts("rights.fact.outcome"), texts("rights.outcome.\(decided.what.outcome.rawValue)"),
                note: format.plainDay(decided.at.day))
        ]
        if !decided.what.reason.isEmpty {
            facts.append(Fact(texts("rights.fact.reason"), lines: paragraphs(decided.what.reason)))
        }
        if let source = decided.what.ground {
            let title = rules.rights?.law.grounds.first { $0.source == source }?.title[language]
            facts.append(Fact(texts("rights.fact.ground"), title ?? source, note: title == nil ? nil : source))
        }
        if let lifting = request.lifting {
            facts.append(
                Fact(
                    texts("rights.fact.lifting"), format.day(lifting.what.on), note: lifting.what.reason))
        }
        return facts
    }

    /// What stands over something that rests, in one sentence.
    func restingBanner(_ requests: [RightsRequest]) -> String? {
        guard let request = requests.first else { return nil }
        guard let lifting = request.lifting else { return texts("rights.resting.banner") }
        return texts("rights.resting.until", ["day": format.plainDay(lifting.what.on)])
    }

    /// The words of a request, each with the day on which they came in.
    func statement(_ request: RightsRequest) -> [(lines: [String], day: String)] {
        [(request.firstWords.flatMap { paragraphs($0) }, format.plainDay(request.on))]
            + request.furtherWords.map { (paragraphs($0.said.what.words), format.plainDay($0.received.on)) }
    }

    /// What the family said beside something.
    func statements(beside subject: RightsRequest.Subject, in dossier: Dossier) -> [Fact] {
        dossier.statements(beside: subject).flatMap { request in
            statement(request).map { Fact(texts("rights.statement.title"), lines: $0.lines, note: $0.day) }
        }
    }
}
