import Domain
import Journal

/// A question as one person reads it.
package struct SeenQuestion: Sendable {
    package let question: SchoolQuestion
    package let rule: QuestionRule
    package let part: QuestionPart
}

extension Installation {
    /// How many questions a list shows at most.
    package static let mostQuestions = 200
    /// Among how many children of a school a name is recognised.
    private static let mostNames = 1_000

    /// The kinds of question that somebody asks, each at a school of theirs.
    package func asks(of actor: Actor) -> [(rule: QuestionRule, school: OrganisationID)] {
        rules.questions.flatMap { rule in
            Set(actor.functions.map(\.organisation)).sorted().compactMap { school in
                guard case .school = actor.part(in: rule, of: school, rules, on: today) else { return nil }
                return (rule, school)
            }
        }
    }

    /// What somebody reads of all questions: of their schools, and of every school where they answer.
    private func reach(of actor: Actor) -> [QuestionReach] {
        let asked = asks(of: actor).map { QuestionReach(kind: $0.rule.id, school: $0.school) }
        return Array(Set(asked + answers(of: actor)))
    }

    /// The questions that somebody answers.
    private func answers(of actor: Actor) -> [QuestionReach] {
        rules.questions.flatMap { rule in
            actor.functions.filter { rule.answeredBy.contains($0.function) }.map { held in
                QuestionReach(kind: rule.id, school: held.organisation == .partnership ? nil : held.organisation)
            }
        }
    }

    /// Whether questions are there at all for somebody.
    package func hasQuestions(_ actor: Actor) -> Bool { !reach(of: actor).isEmpty }

    /// The questions that somebody reads, the last changed first.
    package func questions(for actor: Actor) async throws -> [QuestionRow] {
        let states = Set(SchoolQuestion.State.allCases).subtracting([.brought])
        return try await registers.questions(in: reach(of: actor), states: states, limit: Self.mostQuestions)
    }

    /// Those that wait for an answer of this person.
    package func questionsWaiting(for actor: Actor) async throws -> [QuestionRow] {
        try await registers.questions(
            in: answers(of: actor), states: [.open], limit: Self.mostQuestions
        ).filter { row in
            // Who asks there as well answers nothing there.
            guard let rule = rules.question(row.kind),
                case .answerer = actor.part(in: rule, of: row.school, rules, on: today)
            else { return false }
            return true
        }
    }

    /// One question as this person reads it.
    ///
    /// - Throws: `NotFound` when it is not there for them, or became a dossier.
    package func question(_ id: QuestionID, as actor: Actor) async throws -> SeenQuestion {
        let question = try await folded(id)
        guard question.state != .brought, let rule = question.asked.flatMap({ rules.question($0.kind) }),
            let part = try? question.part(of: actor, rules, on: today)
        else { throw NotFound() }
        return SeenQuestion(question: question, rule: rule, part: part)
    }

    /// Asks, answers, adds or closes.
    ///
    /// - Throws: `NotFound` when it is not there for this person, `Refused` with the reasons, or the journal's fault.
    @discardableResult
    package func perform(_ command: QuestionCommand, on id: QuestionID, as actor: Actor) async throws -> SchoolQuestion {
        try await deciding {
            let before = try await folded(id)
            let names: Set<String> =
                switch command {
                case .ask(_, let school, _, _): try await names(at: school, for: actor)
                case .tell: try await names(at: before.asked?.school, for: actor)
                case .close, .bring: []
                }
            let now = clock.now()
            let events: [QuestionEvent]
            do {
                events = try before.decide(command, names: names, by: actor, at: now, rules)
            } catch let error as Refused {
                if error.reasons.contains(where: { $0.code == .notOpened }) { throw NotFound() }
                throw error
            }
            guard !events.isEmpty else { return before }
            var after = before
            for (index, event) in events.enumerated() {
                after.apply(event, EventContext(version: before.version + 1 + index, at: now, actor: actor.person))
            }
            let act = Act(
                events: try events.map { NewEvent(type: $0.name, payload: try $0.payload()) },
                registers: .between(old: Projection.rows(of: before), new: Projection.rows(of: after)))
            _ = try await journal.append(
                Appending(
                    stream: Projection.stream(id), expectedVersion: before.version, at: now, actor: actor.person,
                    make: { _ in act }))
            return after
        }
    }

    /// Takes a question up in a dossier that was opened for it: what was said goes into the groeidocument, and the question is
    /// gone from the list at once, its words soon after.
    ///
    /// - Parameter told: turns a line into what is written, with who said it and when.
    /// - Throws: `NotFound` for who does not ask there; `Refused` when it cannot be written, because it is too long for one
    ///   answer or something stands there already: then it stays as it is. Or the journal's fault.
    package func bring(
        _ id: QuestionID, into dossier: DossierID, as actor: Actor, told: (SchoolQuestion.Line, String?) -> String
    ) async throws {
        let seen = try await question(id, as: actor)
        guard case .school = seen.part, try await load(dossier).school == seen.question.asked?.school else { throw NotFound() }
        guard let part = rules.groeidocument.parts.first(where: { $0.fields.contains(seen.rule.writtenIn) }) else {
            throw NotFound()
        }
        let people = try await names.people(Set(seen.question.lines.map(\.by)))
        let text = seen.question.lines.map { told($0, people[$0.by]) }.joined(separator: "\n\n")
        _ = try await perform(
            .write(.init(part: part.id, answers: [seen.rule.writtenIn: .text(text)], basedOn: [:])), on: dossier, as: actor)
        try await perform(.bring, on: id, as: actor)
    }

    /// The words by which children of a school are called, of those whom this person may see.
    private func names(at school: OrganisationID?, for actor: Actor) async throws -> Set<String> {
        guard let school else { return [] }
        var here = DossierFilter()
        here.school = school
        let rows = try await dossiers(for: actor, search: nil, filter: here, after: nil, limit: Self.mostNames).rows
        return Set(rows.flatMap { Recognisable.words(of: "\($0.givenName) \($0.familyName)") })
    }

    private func folded(_ id: QuestionID) async throws -> SchoolQuestion {
        var question = SchoolQuestion(id: id)
        do {
            for event in try await journal.read(Projection.stream(id)) { try question.fold(event) }
        } catch JournalFault.erased {
            throw NotFound()
        }
        return question
    }
}

extension SchoolQuestion {
    /// Folds a recorded event in.
    package mutating func fold(_ event: RecordedEvent) throws {
        apply(
            try QuestionEvent(name: event.type, payload: event.payload),
            EventContext(version: event.version, at: event.at, actor: event.actor))
    }
}

extension Projection {
    /// Stream of a question.
    package static func stream(_ id: QuestionID) -> StreamID { StreamID("question-\(id)") }

    /// The question that a stream holds; nil for a stream of another kind.
    package static func question(of stream: StreamID) -> QuestionID? {
        let prefix = "question-"
        guard stream.rawValue.hasPrefix(prefix), stream.rawValue.count > prefix.count else { return nil }
        return QuestionID(String(stream.rawValue.dropFirst(prefix.count)))
    }

    /// The row of one question.
    package static func rows(of question: SchoolQuestion) -> [any RegisterRow] {
        guard let asked = question.asked, let first = question.lines.first, let changed = question.changedAt else { return [] }
        return [
            QuestionRow(
                id: question.id, kind: asked.kind, school: asked.school, asker: first.by, group: asked.group,
                state: question.state, asked: first.at, changedAt: changed)
        ]
    }
}
