extension Dossier {
    /// The request with this key.
    package func request(_ id: RightsRequestID) -> RightsRequest? { rights.first { $0.id == id } }

    /// Folds in what happened to a request.
    mutating func apply(_ event: RightsEvent, _ context: EventContext) {
        func said<What>(_ what: What) -> RightsRequest.Said<What> { .init(what: what, by: context.actor, at: context.at) }
        if case .asked(let asked) = event {
            rights.append(RightsRequest(asked, by: context.actor, at: context.at))
            return
        }
        guard let index = rights.firstIndex(where: { $0.id == event.request }) else { return }
        switch event {
        case .asked: break
        case .added(let added): rights[index].added.append(said(added))
        case .withdrawn(let withdrawn): rights[index].withdrawn = said(withdrawn)
        case .prolonged(let prolonged):
            rights[index].due = prolonged.due
            rights[index].prolonged = said(prolonged)
        case .shielded(let shielded): rights[index].shields = shielded.shields
        case .corrected(let corrected): rights[index].corrected.append(said(corrected))
        case .decided(let decided): rights[index].decided = said(decided)
        case .lifting(let lifting): rights[index].lifting = said(lifting)
        case .told(let told): rights[index].told = said(told)
        }
    }

    /// Whose request it is: who asked it here, or the guardian for whom it was written down, once that one has an account.
    ///
    /// - Returns: nil while the guardian of a letter has no account, or is no guardian of this dossier any more.
    package func asker(of request: RightsRequest) -> PersonID? {
        request.recordedBy == nil ? request.by : guardian(request.asked.guardian)?.person
    }

    /// Whether two requests are of the same guardian, who may read of the one what came of the other.
    package func isSameAsker(_ one: RightsRequest, _ other: RightsRequest) -> Bool {
        guard asker(of: one) == asker(of: other) else { return false }
        return asker(of: one) != nil || one.asked.guardian == other.asked.guardian
    }

    /// Whether whoever asked still may have what was asked: a guardian of this dossier, with authority.
    package func stillHasAuthority(_ request: RightsRequest) -> Bool {
        guardian(request.asked.guardian).map { $0.authority && $0.person == asker(of: request) } ?? false
    }

    /// Whether the answer goes to the guardian on paper, by whoever handles it: there is no account to read it with.
    package func isAnsweredOnPaper(_ request: RightsRequest) -> Bool {
        request.recordedBy != nil && asker(of: request) == nil
    }

    /// Whether what comes in later of a request is written beside it by whoever handles it: it came in a letter or was said aloud,
    /// of a guardian of this dossier who has no account to say it with.
    package func isFollowedOnPaper(_ request: RightsRequest) -> Bool {
        request.recordedBy != nil && guardian(request.asked.guardian).map { $0.person == nil } ?? false
    }

    /// Whether somebody is of this family, and so handles none of its requests.
    package func isGuardian(_ person: PersonID) -> Bool { guardians.contains { $0.person == person } }

    // MARK: What rests, and what stands beside it

    /// The requests because of which a part of the groeidocument rests on a day.
    package func restrictions(ofPart part: String, on day: Day) -> [RightsRequest] {
        rights.filter { $0.restricts(on: day) && [.all, .part(part)].contains($0.asked.subject) }
    }

    /// The requests because of which a document rests on a day.
    package func restrictions(ofDocument document: DocumentID, on day: Day) -> [RightsRequest] {
        rights.filter { $0.restricts(on: day) && [.all, .document(document)].contains($0.asked.subject) }
    }

    /// The parts of the dossier of which something rests on a day.
    package func restrictedParts(on day: Day) -> Set<DossierPart> {
        rights.filter { $0.restricts(on: day) }.reduce(into: []) { $0.formUnion($1.place) }
    }

    /// The family's own words that stand beside something.
    package func statements(beside subject: RightsRequest.Subject) -> [RightsRequest] {
        rights.filter { $0.isStatement && $0.asked.subject == subject }
    }

    /// What of new answers stands in a part that rests: it is not changed until that is over.
    func restrictionProblems(_ answers: Answers, _ setting: Setting) -> [Refusal] {
        guard rights.contains(where: { $0.restricts(on: setting.today) }) else { return [] }
        return answers.keys.sorted().compactMap { field in
            guard known[field]?.answer.values != answers[field]?.values,
                let part = setting.rules.groeidocument.parts.first(where: { $0.fields.contains(field) }),
                let request = restrictions(ofPart: part.id, on: setting.today).first
            else { return nil }
            return Refusal(.resting, field: field, source: setting.rules.rights?.law.sources[request.right])
        }
    }

    /// Those who had received what a request is about: asked in to read it, or at a school where the child was.
    ///
    /// They are told when it was mended or rests (AVG art. 19).
    package func recipients(of request: RightsRequest) -> (people: [PersonID], schools: [OrganisationID]) {
        guard request.isGranted, request.right.restricts || request.right == .correction else { return ([], []) }
        let people = askedIn.filter { !$0.asked.parts.isDisjoint(with: request.place) }.map(\.asked.person)
        return (Set(people).sorted(), Set(moves.map(\.from)).subtracting([school].compactMap(\.self)).sorted())
    }

    /// Whether somebody still has to hear of what came of a request.
    package func mustTell(of request: RightsRequest) -> Bool {
        let recipients = recipients(of: request)
        return request.told == nil && !(recipients.people.isEmpty && recipients.schools.isEmpty)
    }

    // MARK: Who sees it because of that

    /// The names of those who handle the requests.
    package func handlers(_ rules: PlanRules) -> [Principal] {
        (rules.rights?.handledBy ?? []).compactMap { function in
            RightsRule.place(of: function, at: school, rules).map { .handling(function, at: $0) }
        }
    }

    /// The openings of those who handle a request, while it runs: the parts that it is about, to read, and in no list.
    func openingsForRights(_ rules: PlanRules) -> [Opening] {
        let parts = rights.filter(\.isRunning).reduce(into: Set<DossierPart>()) { $0.formUnion($1.parts) }
        guard !parts.isEmpty else { return [] }
        return (rules.rights?.handledBy ?? []).compactMap { function in
            RightsRule.place(of: function, at: school, rules).map {
                Opening(principal: .handling(function, at: $0), function: function, parts: parts, until: nil, ground: .rights)
            }
        }
    }
}

extension Principal {
    /// Whoever handles the requests of families by a function, at a place.
    package static func handling(_ function: String, at organisation: OrganisationID) -> Principal {
        Principal("rights-\(function)@\(organisation)")
    }
}
