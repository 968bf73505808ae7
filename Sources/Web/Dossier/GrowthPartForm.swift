import Domain
import UseCases

/// The form of one part of the groeidocument: the questions that the reader may answer, the rest shown.
struct GrowthPartForm {
    let document: GrowthWords
    let part: PlanRules.Groeidocument.Part
    /// People who can be chosen, by field.
    let people: [String: [ProcedureForm.Candidate]]
    let sent: PostedForm?
    let refused: [Refusal]

    private var words: Words { document.words }
    private var asked: [AskedField] { document.asked(part) }

    /// Whether there is anything to write in.
    var mayWrite: Bool { asked.contains { isOpen($0.field) } }

    /// Whether a field stands open: what was typed in it and refused stays, also when nobody may write in it any more.
    private func isOpen(_ field: Field) -> Bool { document.mayWrite(field) || refused.contains { $0.field == field.id } }

    private func known(_ field: Field) -> KnownAnswer? { document.seen.dossier.known[field.id] }

    private func isConflict(_ field: Field) -> Bool {
        refused.contains { $0.field == field.id && $0.code == .fieldChangedMeanwhile }
    }

    // MARK: Showing

    /// The fields to write in and to read; one that somebody else changed stands among the conflicts instead.
    var fields: [FormField] {
        asked.filter { !isConflict($0.field) }.map { asked in
            let known = known(asked.field)
            guard isOpen(asked.field) else { return shown(asked.field, known) }
            let problems = refused.filter { $0.field == asked.field.id }
            // What was saved stands as it was saved; what was refused as it was typed.
            let typed = problems.isEmpty ? nil : answer(to: asked.field)
            var field = words.field(
                asked.field, value: typed ?? known?.answer, conditional: asked.isConditional, problems: problems,
                people: people[asked.field.id] ?? [])
            field.revision = revision(of: asked.field, refused: !problems.isEmpty)
            field.changed = document.changed(known)
            field.rows = 5
            return field
        }
    }

    private func shown(_ asked: Field, _ known: KnownAnswer?) -> FormField {
        var field = FormField(
            name: asked.id, label: asked.title[words.language], kind: .shown,
            value: known.map { words.answer($0.answer, to: asked, people: names) } ?? "")
        field.voice = asked.voice.map { words.voice($0) }
        field.changed = document.changed(known)
        return field
    }

    private var names: [PersonID: String] {
        Dictionary(people.values.joined().map { ($0.person, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the next save is based on: for a refused field what the writer had before, else what is there now.
    private func revision(of field: Field, refused: Bool) -> String {
        let before = sent?["\(field.id).revision"] ?? ""
        return refused && !before.isEmpty ? before : String(known(field)?.revision ?? 0)
    }

    var problems: [FormProblem] { words.problems(refused) }

    /// The fields in which somebody else wrote meanwhile, with both texts.
    var conflicts: [GrowthPartPage.Conflict] {
        asked.filter { isConflict($0.field) }.map { asked in
            let field = asked.field
            let theirs = known(field)
            let mine = answer(to: field) ?? .text("")
            let isText = field.kind == .text || field.kind == .paragraph
            let theirText = theirs?.answer.text ?? ""
            return GrowthPartPage.Conflict(
                name: field.id, label: field.title[words.language],
                mine: words.answer(mine, to: field, people: names),
                theirs: theirs.map { words.answer($0.answer, to: field, people: names) } ?? "",
                theirsBy: document.changed(theirs) ?? words.texts("somebody"),
                merged: isText ? merged(theirText, mine.text, as: field.kind) : "",
                revision: String(theirs?.revision ?? 0),
                sent: field.kind == .texts ? mine.values.joined(separator: "\n") : mine.text, isText: isText)
        }
    }

    private func merged(_ theirs: String, _ mine: String, as kind: Field.Kind) -> String {
        // A text of one line stays one line.
        kind == .text ? [theirs, mine].filter { !$0.isEmpty }.joined(separator: " / ") : TextDifference.merged(theirs, mine)
    }

    // MARK: Reading

    /// What was sent, each answer with the revision that it is based on. What is only shown is not sent; whether the rest may still
    /// be written is for the rules to say, or it would be gone without a word.
    func read() -> DossierCommand.Write {
        guard let sent else { return DossierCommand.Write(part: part.id, answers: [:], basedOn: [:]) }
        var answers: Answers = [:]
        var basedOn: [String: Int] = [:]
        for field in asked.map(\.field) {
            guard let answer = answer(to: field) else { continue }
            // Keeping what the other wrote is writing nothing.
            if sent["\(field.id).keuze"] == "theirs" { continue }
            answers[field.id] = answer
            basedOn[field.id] = Int(sent["\(field.id).revision"]) ?? 0
        }
        return DossierCommand.Write(part: part.id, answers: answers, basedOn: basedOn)
    }

    /// What was sent for a field; nil when it was not on the form.
    private func answer(to field: Field) -> Answer? {
        guard let sent else { return nil }
        if sent["\(field.id).keuze"] == "mine" {
            let mine = sent["\(field.id).mine"].replacing("\r\n", with: "\n")
            if case .texts = field.kind { return .list(PostedForm.lines(mine)) }
            switch field.kind {
            case .choices, .week: return .list(mine.split(separator: ",").map(String.init))
            default: break
            }
            return .text(mine)
        }
        if let answer = sent.answer(field.id, severalFor: field.kind) { return answer }
        // Boxes that are not ticked are not sent; the revision that goes with each field tells that it was there.
        guard sent.fields["\(field.id).revision"] != nil else { return nil }
        switch field.kind {
        case .choices, .texts, .week: return .list([])
        default: return .text("")
        }
    }
}
