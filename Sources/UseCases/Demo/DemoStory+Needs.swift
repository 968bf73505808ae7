import Domain
import Journal

extension DemoStory {
    /// Brings about everything that is needed and lacks.
    ///
    /// - Returns: false when guardians do not want it, or it cannot be brought about.
    mutating func satisfy(_ needs: [Need], _ rules: PlanRules, also answers: Answers) throws(DemoHalt) -> Bool {
        for _ in 0..<6 {
            let facts = dossier.facts(rules, on: now.day, also: answers)
            let lacking = dossier.states(of: needs, rules, facts: facts, on: now.day).compactMap { state in
                state.lack.map { (state.need, $0) }
            }
            guard let (need, lack) = lacking.first else { return true }
            guard try supply(lack, for: need, rules) else { return false }
        }
        return false
    }

    private mutating func supply(_ lack: NeedState.Lack, for need: Need, _ rules: PlanRules) throws(DemoHalt) -> Bool {
        switch lack {
        case .agreements(let guardians):
            guard case .agreement(let purpose) = need.kind else { return false }
            return try askAgreement(guardians, to: purpose)
        case .childAgreement:
            guard case .agreement(let purpose) = need.kind, let acting = staff(for: .recordAgreement) else { return false }
            let word = DossierCommand.RecordAgreement(
                guardian: nil, purpose: purpose, word: .given, way: .spoken, on: now.day)
            return done("agreement") { story throws(Refused) in try story.act(.recordAgreement(word), by: acting) }
        case .noGuardian:
            return false
        case .fields(let fields):
            if case .groeidocument(let parts, _) = need.kind {
                for part in parts.compactMap(rules.part) where part.fields.contains(where: fields.contains) { try write(part) }
                return true
            }
            guard let part = rules.groeidocument.parts.first(where: { $0.fields.contains(where: fields.contains) }) else {
                return false
            }
            try write(part, only: fields)
            return true
        case .stale:
            guard case .groeidocument(let parts, _) = need.kind, let part = parts.last.flatMap(rules.part) else { return false }
            return try rewrite(part)
        case .evidence(let kind):
            return try addDocument(kind)
        case .noVersion:
            guard let acting = staff(for: .lock) else { return false }
            return done("lock") { story throws(Refused) in try story.act(.lockVersion, by: acting) }
        case .signatures(let guardians):
            return try askSignatures(guardians)
        }
    }

    /// Does something; notes the codes when it was refused.
    mutating func done(_ what: String, _ work: (inout DemoStory) throws(Refused) -> Void) -> Bool {
        do {
            try work(&self)
            return true
        } catch {
            fail(what, error)
            return false
        }
    }

    // MARK: Agreement and signatures

    private mutating func askAgreement(_ guardians: [GuardianID], to purpose: String) throws(DemoHalt) -> Bool {
        try pass(days: random.within(0...3), family: true)
        for guardian in guardians.compactMap({ dossier.guardian($0) }) {
            // Whoever leads a story to its end needs their yes; elsewhere some say no, and then it stops there.
            let agrees = pupil.aim != nil || !random.chance(settings.refusals)
            let own = acting(guardian)
            guard let acting = own ?? staff(for: .recordAgreement) else { return false }
            try pass(days: own == nil ? random.within(0...2) : 0, family: own != nil)
            let way: Agreement.Way = own != nil ? .account : random.chance(0.5) ? .paper : .spoken
            let word = DossierCommand.RecordAgreement(
                guardian: guardian.id, purpose: purpose, word: agrees ? .given : .refused, way: way, on: now.day)
            guard done("agreement", { story throws(Refused) in try story.act(.recordAgreement(word), by: acting) }), agrees else {
                return false
            }
        }
        return true
    }

    private mutating func askSignatures(_ guardians: [GuardianID]) throws(DemoHalt) -> Bool {
        guard let version = dossier.versions.last else { return false }
        for guardian in guardians.compactMap({ dossier.guardian($0) }) {
            try pass(days: random.within(0...3), family: true)
            let own = acting(guardian)
            if own == nil { try pass(days: 0) }
            guard let acting = own ?? staff(for: .recordSignature) else { return false }
            let signing = DossierCommand.SignVersion(
                number: version.number, guardian: guardian.id, way: own != nil ? .account : .paper, on: now.day)
            guard done("signature", { story throws(Refused) in try story.act(.signVersion(signing), by: acting) }) else {
                return false
            }
        }
        return true
    }

    // MARK: Groeidocument

    /// Writes what is empty in a part: parents and child in their own words, the teacher hers, the school the rest.
    mutating func write(_ part: PlanRules.Groeidocument.Part, only wanted: [String]? = nil) throws(DemoHalt) {
        // Some fields are asked only after others are answered; what was left empty once stays so.
        for round in 0..<3 {
            let rules = rules
            let empty = (wanted ?? part.fields).compactMap { rules.fields[$0] }.filter { field in
                (dossier.known[field.id]?.answer.isEmpty ?? true) && (round == 0 || field.required)
            }
            let answers = fill(empty.map { Ask(field: $0.id, required: $0.required || wanted != nil) }, rules)
            guard !answers.isEmpty else { return }
            for (acting, fields) in writers(of: answers.keys.sorted(), rules) {
                try pass(
                    days: acting.function == PlanRules.guardian ? random.within(0...2) : 0,
                    family: acting.function == PlanRules.guardian)
                // Over the summer a child gets another teacher.
                let isTeacher = rules.function(acting.function)?.sight.contains(.named) == true
                let moved = isTeacher && !dossier.named.contains { $0.person == acting.actor.person }
                guard let acting = moved ? staff(for: .write) : acting else { return }
                let own = answers.filter { fields.contains($0.key) }
                guard
                    done(
                        "write",
                        { story throws(Refused) in
                            try story.act(.write(.init(part: part.id, answers: own, basedOn: [:])), by: acting)
                        })
                else { return }
            }
        }
    }

    /// Who writes which fields, in the order in which they are first met.
    private mutating func writers(of fields: [String], _ rules: PlanRules) -> [(DemoActing, Set<String>)] {
        guard let school = staff(for: .write) else { return [] }
        let guardian = dossier.guardians.first { $0.person != nil && $0.authority }.flatMap(acting)
        let byParents = guardian != nil && random.chance(0.7)
        var found: [(DemoActing, Set<String>)] = []
        for field in fields {
            let voice = rules.fields[field]?.voice
            let writer: DemoActing
            if voice == "parents", byParents, let guardian {
                writer = guardian
            } else if let voice, let teacher = teacher(voice == "child" ? nil : voice, rules) {
                writer = teacher
            } else {
                writer = school
            }
            if let index = found.firstIndex(where: { $0.0.actor.person == writer.actor.person }) {
                found[index].1.insert(field)
            } else {
                found.append((writer, [field]))
            }
        }
        return found
    }

    /// Who is named for this child and may write; of one function, or of any.
    private func teacher(_ function: String?, _ rules: PlanRules) -> DemoActing? {
        for named in dossier.named where function == nil || named.function == function {
            guard rules.function(named.function)?.may.contains(.write) == true, let actor = stage.world.actor(named.person) else {
                continue
            }
            return DemoActing(actor: actor, function: named.function)
        }
        return nil
    }

    /// Brings a part up to date: one of its texts is written anew.
    private mutating func rewrite(_ part: PlanRules.Groeidocument.Part) throws(DemoHalt) -> Bool {
        try pass(days: random.within(0...2))
        let rules = rules
        guard let acting = staff(for: .write) else { return false }
        for id in part.fields {
            guard let field = rules.fields[id], case .paragraph = field.kind, field.voice == nil, let known = dossier.known[id],
                let answer = answer(to: field, rules)
            else { continue }
            let text =
                answer == known.answer
                ? .text(answer.text + " " + words.filled(random.pick(stage.content.phrases.general) ?? "")) : answer
            let write = DossierCommand.Write(part: part.id, answers: [id: text], basedOn: [id: known.revision])
            return done("rewrite") { story throws(Refused) in try story.act(.write(write), by: acting) }
        }
        return false
    }

    // MARK: Documents

    /// Now and then somebody adds a document that nobody asked for.
    mutating func addPapers() throws(DemoHalt) {
        for (kind, paper) in settings.papers.sorted(by: { $0.key < $1.key }) {
            guard rules.evidence.contains(where: { $0.id == kind }), !dossier.documents.contains(where: { $0.kind == kind }),
                paper.after.map({ route in dossier.procedures.contains { $0.rule == route } }) ?? true, random.chance(paper.share)
            else { continue }
            _ = try addDocument(kind, byFamily: paper.byFamily ?? false)
        }
    }

    /// Adds a document of a kind, such as a school or a family would send.
    mutating func addDocument(_ kind: String, byFamily: Bool = false) throws(DemoHalt) -> Bool {
        let guardian = byFamily ? dossier.guardians.first { $0.person != nil && $0.authority }.flatMap(acting) : nil
        try pass(days: random.within(0...3), family: guardian != nil)
        guard let acting = guardian ?? staff(for: .addDocument) else { return false }
        let paper =
            random.pick(stage.content.phrases.documents[kind] ?? [])
            ?? DemoPaper(name: kind, lines: stage.content.phrases.general)
        let document = DocumentID(random.key())
        let title = words.filled(paper.name)
        let lines = ["\(pupil.school.name), \(now.day)", ""] + paper.lines.map { words.filled($0) }
        let blob = DemoBlob(document: document, bytes: { [UInt8](DemoPage.pdf(title: title, lines: lines)) }, at: now)
        let added = DossierDocument(
            id: document, name: "\(title).pdf", kind: kind, format: DocumentFormat.pdf.rawValue, size: 0, digest: "", blob: "",
            by: acting.actor.person, at: now)
        guard done("document", { story throws(Refused) in try story.act(.addDocument(added), by: acting) }) else { return false }
        blobs.append(blob)
        return true
    }
}
