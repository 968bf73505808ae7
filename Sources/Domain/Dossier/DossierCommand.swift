/// What somebody wants to happen in a dossier.
package enum DossierCommand: Sendable, Hashable {
    case open(Open)
    case correctChild(Child)
    case recordGuardian(Guardian)
    case endGuardian(GuardianID)
    case recordAgreement(RecordAgreement)
    case write(Write)
    case lockVersion
    case signVersion(SignVersion)
    case addDocument(DossierDocument)
    case withdrawDocument(DocumentID)
    case namePerson(NamedPerson)
    case unnamePerson(NamedPerson)
    case start(Start)
    case take(Take)
    case reassign(Reassign)
    case move(Move)
    case askIn(AskIn)
    case prolongAskedIn(AskedIn.Prolonged)
    case withdrawAskedIn(AskedIn.Withdrawn)
    case handOver(AskedIn.HandedOver)
    case retention(RetentionCommand)
    case openInEmergency(OpenInEmergency)
    case rights(RightsCommand)

    /// A new dossier for a child of a school.
    package struct Open: Sendable, Hashable {
        package let child: Child
        package let school: OrganisationID
        package let guardians: [Guardian]
        package let named: [NamedPerson]
        package init(child: Child, school: OrganisationID, guardians: [Guardian], named: [NamedPerson] = []) {
            self.child = child
            self.school = school
            self.guardians = guardians
            self.named = named
        }
    }

    /// A guardian's word about a purpose.
    package struct RecordAgreement: Sendable, Hashable {
        /// Nil for the child's own word.
        package let guardian: GuardianID?
        package let purpose: String
        package let word: Agreement.Word
        package let way: Agreement.Way
        package let on: Day
        /// The person or organisation that receives; nil when it is about the purpose as such.
        package let recipient: String?
        /// How often this was answered before, as whoever records it had seen; nil when they did not say.
        package let after: Int?
        package init(
            guardian: GuardianID?, purpose: String, word: Agreement.Word, way: Agreement.Way, on: Day,
            recipient: String? = nil, after: Int? = nil
        ) {
            self.after = after
            self.recipient = recipient
            self.guardian = guardian
            self.purpose = purpose
            self.word = word
            self.way = way
            self.on = on
        }
    }

    /// Answers in one part of the groeidocument, each based on the revision that the writer had before them.
    package struct Write: Sendable, Hashable {
        package let part: String
        package let answers: Answers
        /// Revision of each field as it was read; a field not in it was empty.
        package let basedOn: [String: Int]
        package init(part: String, answers: Answers, basedOn: [String: Int]) {
            self.part = part
            self.answers = answers
            self.basedOn = basedOn
        }
    }

    /// A signature under a locked version.
    package struct SignVersion: Sendable, Hashable {
        package let number: Int
        /// Nil when the school signs.
        package let guardian: GuardianID?
        package let way: Agreement.Way
        package let on: Day
        package init(number: Int, guardian: GuardianID?, way: Agreement.Way, on: Day) {
            self.number = number
            self.guardian = guardian
            self.way = way
            self.on = on
        }
    }

    /// The start of a route.
    package struct Start: Sendable, Hashable {
        package let instance: InstanceID
        package let procedure: String
        package let answers: Answers
        package init(instance: InstanceID, procedure: String, answers: Answers) {
            self.instance = instance
            self.procedure = procedure
            self.answers = answers
        }
    }

    /// Another person chosen for an open step.
    package struct Reassign: Sendable, Hashable {
        package let instance: InstanceID
        package let step: String
        package let person: PersonID
        package let reason: String
        package init(instance: InstanceID, step: String, person: PersonID, reason: String) {
            self.instance = instance
            self.step = step
            self.person = person
            self.reason = reason
        }
    }

    /// A running procedure moved to another version of the plan.
    package struct Move: Sendable, Hashable {
        package let instance: InstanceID
        package let to: PlanKey
        package let reason: String
        /// The version of the dossier at which the consequences were shown.
        package let basedOn: Int
        package init(instance: InstanceID, to: PlanKey, reason: String, basedOn: Int) {
            self.instance = instance
            self.to = to
            self.reason = reason
            self.basedOn = basedOn
        }
    }

    /// A step done, with what came of it.
    package struct Take: Sendable, Hashable {
        package let instance: InstanceID
        package let step: String
        package let choice: String
        package let answers: Answers
        package init(instance: InstanceID, step: String, choice: String, answers: Answers) {
            self.instance = instance
            self.step = step
            self.choice = choice
            self.answers = answers
        }
    }
}

/// Everything a decision may depend on beside the dossier: the moment, who acts, the plan, and people named in answers.
package struct Setting: Sendable {
    package let now: Instant
    package let actor: Actor
    package let shelf: PlanShelf
    /// People that answers refer to, with their functions today.
    package let people: [PersonID: Actor]
    /// Schools that answers refer to, as they are registered.
    package let schools: [OrganisationID: KnownSchool]

    package init(
        now: Instant, actor: Actor, shelf: PlanShelf, people: [PersonID: Actor] = [:],
        schools: [OrganisationID: KnownSchool] = [:]
    ) {
        self.now = now
        self.actor = actor
        self.shelf = shelf
        self.people = people
        self.schools = schools
    }

    package var today: Day { now.day }
    /// The plan in force now.
    package var rules: PlanRules { shelf.inForce(on: today) }
}

/// What follows from a command: events, some of which wait for a number that only the store can draw without gaps.
package struct Decided: Sendable {
    /// Counters to draw one number from each, in order.
    package let draws: [String]
    private let make: @Sendable ([Int64]) -> [DossierEvent]

    package init(_ events: [DossierEvent]) {
        draws = []
        make = { _ in events }
    }

    package init(draws: [String], make: @escaping @Sendable ([Int64]) -> [DossierEvent]) {
        self.draws = draws
        self.make = make
    }

    /// The events, with the numbers drawn for them.
    package func events(_ drawn: [Int64]) -> [DossierEvent] { make(drawn) }
}
