import Domain
import Testing

extension Given {
    /// The child's dossier, opened by its school on 1 September 2021.
    package static func opened(shelf: PlanShelf = .of([.invented])) -> Given {
        Given(shelf: shelf).after(Testland.open, on: "2021-09-01")
    }

    /// Opened, and every required field of the groeidocument written on 2 September 2021.
    package static func written(shelf: PlanShelf = .of([.invented])) -> Given {
        Testland.everyPart.reduce(opened(shelf: shelf)) { $0.after(.write($1), on: "2021-09-02") }
    }

    /// Written, and both guardians with authority agreed to a talk on 3 September 2021.
    package static func agreed(shelf: PlanShelf = .of([.invented])) -> Given {
        written(shelf: shelf)
            .after(Testland.agrees(Testland.motherInDossier), as: Testland.mother, on: "2021-09-03")
            .after(Testland.agrees(Testland.fatherInDossier), on: "2021-09-03")
    }

    /// Agreed, and a talk started on 6 September 2021 for 20 September.
    package static func talking(shelf: PlanShelf = .of([.invented])) -> Given {
        agreed(shelf: shelf).after(Testland.startTalk(), on: "2021-09-06")
    }

    /// After a talk that said on 20 September 2021 that wider support is needed.
    package static func wider(shelf: PlanShelf = .of([.invented])) -> Given {
        talking(shelf: shelf).after(Testland.talked("wider"), on: "2021-09-20", at: "16:30")
    }

    /// Entry to a special primary school asked on 1 October 2021.
    package static func asking(_ answers: Answers = Testland.toSBO, shelf: PlanShelf = .of([.invented])) -> Given {
        wider(shelf: shelf).after(Testland.startEntry(answers), on: "2021-10-01")
    }

    /// Asked, and found complete on 4 October 2021, with a second expert chosen.
    package static func complete(_ answers: Answers = Testland.toSBO, shelf: PlanShelf = .of([.invented])) -> Given {
        asking(answers, shelf: shelf).after(Testland.foundComplete(), as: Testland.secretary, on: "2021-10-04")
    }

    /// Complete, and both advices written on 11 and 12 October 2021.
    package static func advised(_ answers: Answers = Testland.toSBO, shelf: PlanShelf = .of([.invented])) -> Given {
        complete(answers, shelf: shelf)
            .after(Testland.advisesFirst, as: Testland.adviser, on: "2021-10-11")
            .after(Testland.advisesSecond, as: Testland.expert, on: "2021-10-12")
    }

    /// Advised, and granted on 18 October 2021.
    package static func granted(_ answers: Answers = Testland.toSBO, shelf: PlanShelf = .of([.invented])) -> Given {
        advised(answers, shelf: shelf).after(Testland.decides("grant"), as: Testland.decider, on: "2021-10-18")
    }

    /// The procedure with this key.
    package func procedure(_ id: InstanceID) -> Procedure? { dossier.procedure(id) }

    /// Keys of the open steps of a procedure.
    package func open(_ id: InstanceID) -> [String] { dossier.procedure(id)?.open.map(\.step) ?? [] }
}

extension Testland {
    /// Keys of the two procedures in the stories.
    package static let talkInstance = InstanceID("i-talk")
    package static let entryInstance = InstanceID("i-entry")

    /// Every part of the groeidocument with its required answers.
    package static let everyPart: [DossierCommand.Write] = [
        .init(part: "general", answers: ["language": .text("Nederlands"), "signal": .text("Is vaak moe.")], basedOn: [:]),
        .init(
            part: "observe",
            answers: [
                "strengths": .text("Bouwt graag."), "parents-view": .text("Slaapt slecht."), "child-view": .text("Het is druk."),
            ], basedOn: [:]),
        .init(part: "strategy", answers: ["goal": .text("Uitgerust naar school.")], basedOn: [:]),
    ]

    /// A guardian's agreement to a talk.
    package static func agrees(
        _ guardian: Guardian, _ word: Agreement.Word = .given, on day: String = "2021-09-03", way: Agreement.Way = .spoken
    ) -> DossierCommand {
        .recordAgreement(.init(guardian: guardian.id, purpose: "talk", word: word, way: way, on: .of(day)))
    }

    /// Where and when a talk is.
    package static func meeting(
        _ moment: String = "2021-09-20T15:30", place: String = "Lokaal 3", reason: String? = nil
    ) -> Answers {
        var answers: Answers = [MeetingField.moment: .text(moment), MeetingField.place: .text(place)]
        answers[MeetingField.reason] = reason.map { .text($0) }
        return answers
    }

    /// The start of a talk.
    package static func startTalk(_ answers: Answers = meeting(), instance: InstanceID = talkInstance) -> DossierCommand {
        .start(.init(instance: instance, procedure: "talk", answers: answers))
    }

    /// What came of a talk.
    package static func talked(_ choice: String, _ answers: Answers = [:]) -> DossierCommand {
        .take(
            .init(
                instance: talkInstance, step: "meet", choice: choice,
                answers: answers.merging(["minutes": .text("Besproken.")]) { own, _ in own }))
    }

    /// What is asked for at an entry to a special primary school.
    package static let toSBO: Answers = ["school-type": .text("sbo"), "begin": .text("2022-01-10")]
    /// The same for a school for special education.
    package static let toSO: Answers = ["school-type": .text("so"), "category": .text("low"), "begin": .text("2022-01-10")]

    /// The request of entry.
    package static func startEntry(_ answers: Answers = toSBO, instance: InstanceID = entryInstance) -> DossierCommand {
        .start(.init(instance: instance, procedure: "entry", answers: answers))
    }

    /// A step of the request taken.
    package static func take(_ step: String, _ choice: String, _ answers: Answers = [:]) -> DossierCommand {
        .take(.init(instance: entryInstance, step: step, choice: choice, answers: answers))
    }

    /// The request found complete, with a second expert.
    package static func foundComplete(choosing expert: Actor = expert) -> DossierCommand {
        take("check", "complete", ["second-expert": .text(expert.person.rawValue)])
    }

    /// The two advices.
    package static let advisesFirst = take("first", "done", ["first-advice": .text("Ja, passend.")])
    package static let advisesSecond = take("second", "done", ["second-advice": .text("Ook passend.")])

    /// What is decided, with reasons.
    package static func decides(_ choice: String, _ answers: Answers = [:]) -> DossierCommand {
        take("decide", choice, answers.merging(["reasons": .text("Beide adviezen zijn het eens.")]) { own, _ in own })
    }

    /// A document of a kind, added on a day by somebody.
    package static func document(
        _ kind: String = "report", id: String = "doc-1", by actor: Actor = ib, on day: String = "2021-09-10"
    ) -> DossierDocument {
        DossierDocument(
            id: DocumentID(id), name: "verslag.pdf", kind: kind, format: "pdf", size: 1200,
            digest: String(repeating: "ab", count: 32), blob: "blob-1", by: actor.person, at: .of(day))
    }
}
