import Domain
import Testing

extension Testland {
    /// A practitioner whom the parents agree to, and a receiving school that the law lets read the decisions.
    package static let askedIn: [AskedInRule] = [
        AskedInRule(
            id: "practitioner", title: words("Behandelaar", "Practitioner"),
            explanation: words("Kent uw kind van buiten school.", "Knows your child from outside school."),
            by: ["ib", "school-director"], parts: [.child, .groeidocument, .documents], ground: .agreement(purpose: "share"),
            longest: Period(6, .weeks), remind: Period(1, .weeks), source: "Testland, 4"),
        AskedInRule(
            id: "receiving-school", title: words("Ontvangende school", "Receiving school"),
            explanation: words("De school waar uw kind heen gaat.", "The school that your child goes to."), by: ["ib"],
            parts: [.child, .decisions],
            ground: .law(words("De wet vraagt dat de nieuwe school dit weet.", "The law wants the new school to know.")),
            longest: Period(2, .weeks), remind: Period(3, .days), handsOver: true,
            source: "Testland, 5"),
    ]

    /// The board may open a dossier in an emergency, and advisers.
    package static let emergency = EmergencyRule(
        by: ["board", "adviser"], parts: [.child, .family, .procedures],
        explanation: words("Als een kind nu hulp nodig heeft.", "When a child needs help now."), source: "Testland, 6")

    /// Somebody outside, with an account and without any function.
    package static let practitioner = Actor(person: PersonID("p-practitioner"))

    /// For whom the parents agree to sharing.
    package static let practice = "Praktijk De Brug"

    /// Why it is right to share.
    package static let weighing = Weighing(
        proportionality: "Alleen wat over de les gaat.", subsidiarity: "Bellen was niet genoeg.",
        effectiveness: "Zo sluit de hulp thuis aan.")

    /// The practitioner asked in, by a form with these words.
    package static func asksIn(
        _ person: PersonID = practitioner.person, kind: String = "practitioner",
        parts: Set<DossierPart> = [.child, .groeidocument], purpose: String = "Om de hulp op school en thuis te laten passen.",
        recipient: String? = practice, until: String = "2021-10-01", weighing: Weighing? = weighing, id: String = "a-1"
    ) -> DossierCommand {
        .askIn(
            .init(
                id: AskedInID(id), kind: kind, person: person, parts: parts, purpose: purpose, recipient: recipient,
                until: .of(until), weighing: weighing))
    }

    /// A guardian's word about sharing: with the practice, or as such (nil).
    package static func shares(
        _ guardian: Guardian, _ word: Agreement.Word = .given, with recipient: String? = practice, on day: String = "2021-09-03"
    ) -> DossierCommand {
        .recordAgreement(
            .init(guardian: guardian.id, purpose: "share", word: word, way: .spoken, on: .of(day), recipient: recipient))
    }
}

extension Given {
    /// Written, and both guardians with authority agreed on 3 September 2021 to sharing.
    package static func sharing(shelf: PlanShelf = .of([.invented])) -> Given {
        written(shelf: shelf)
            .after(Testland.shares(Testland.motherInDossier), on: "2021-09-03")
            .after(Testland.shares(Testland.fatherInDossier), on: "2021-09-03")
    }

    /// Shared, and the practitioner asked in on 6 September 2021, until 1 October.
    package static func askedIn(shelf: PlanShelf = .of([.invented])) -> Given {
        sharing(shelf: shelf).after(Testland.asksIn(), on: "2021-09-06")
    }
}
