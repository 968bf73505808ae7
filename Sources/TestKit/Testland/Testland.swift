import Domain
import Testing

/// An invented partnership with invented people, for tests of the engine: nothing of it exists.
package enum Testland {
    /// The school of the child, and one beside it.
    package static let school = OrganisationID("school-de-lindeboom")
    package static let otherSchool = OrganisationID("school-de-vuurtoren")

    private static let since = Day.of("2018-08-01")

    private static func staff(
        _ person: String, _ function: String, at organisation: OrganisationID = .partnership, discipline: String? = nil
    ) -> Actor {
        Actor(
            person: PersonID(person),
            functions: [HeldFunction(function: function, organisation: organisation, discipline: discipline, from: since)])
    }

    package static let ib = staff("p-ib", "ib", at: school)
    package static let otherIB = staff("p-other-ib", "ib", at: otherSchool)
    package static let director = staff("p-director", "school-director", at: school)
    package static let teacher = staff("p-teacher", "teacher", at: school)
    package static let otherTeacher = staff("p-other-teacher", "teacher", at: school)
    package static let adviser = staff("p-adviser", "adviser", discipline: "orthopedagoog")
    /// Advises, and can be asked as an expert too: the case in which one person must not do both.
    package static let doubleAdviser = Actor(
        person: PersonID("p-double"),
        functions: [
            HeldFunction(function: "adviser", organisation: .partnership, discipline: "psycholoog", from: since),
            HeldFunction(function: "expert", organisation: .partnership, discipline: "arts", from: since),
        ])
    /// An adviser without one of the disciplines that the law asks.
    package static let plainAdviser = staff("p-plain-adviser", "adviser")
    package static let expert = staff("p-expert", "expert", discipline: "arts")
    package static let otherExpert = staff("p-other-expert", "expert", discipline: "pedagoog")
    /// An expert who works at the child's school as well.
    package static let boundExpert = Actor(
        person: PersonID("p-bound"),
        functions: [
            HeldFunction(function: "expert", organisation: .partnership, discipline: "arts", from: since),
            HeldFunction(function: "teacher", organisation: school, from: since),
        ])
    package static let secretary = staff("p-secretary", "secretary")
    package static let decider = staff("p-decider", "decider")
    package static let privacyOfficer = staff("p-privacy", "privacy-officer")
    package static let board = staff("p-board", "board")
    package static let administrator = staff("p-administrator", Person.administrator)

    /// Guardians with accounts of their own.
    package static let mother = Actor(person: PersonID("p-mother"))
    package static let father = Actor(person: PersonID("p-father"))
    package static let stepfather = Actor(person: PersonID("p-stepfather"))
    /// Somebody with an account and nothing else.
    package static let stranger = Actor(person: PersonID("p-stranger"))

    /// Everybody by key.
    package static let people: [PersonID: Actor] = Dictionary(
        [
            ib, otherIB, director, teacher, otherTeacher, adviser, doubleAdviser, plainAdviser, expert, otherExpert,
            boundExpert, secretary, decider, privacyOfficer, board, administrator, mother, father, stepfather, stranger,
        ].map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })

    /// The child: seven years old in the autumn of 2021, in group 4.
    package static let child = Child(givenName: "Pim", familyName: "Pluis", born: .of("2014-03-10"), group: "4")

    package static let motherInDossier = Guardian(
        id: GuardianID("g-mother"), name: "Mies Pluis", relation: "mother", authority: true, person: mother.person)
    /// With authority, without an account: the school records what he says.
    package static let fatherInDossier = Guardian(
        id: GuardianID("g-father"), name: "Piet Pluis", relation: "father", authority: true)
    package static let stepfatherInDossier = Guardian(
        id: GuardianID("g-stepfather"), name: "Sjef Stief", relation: "stepparent", authority: false,
        person: stepfather.person)

    /// The opening of the child's dossier at the school.
    package static let open = DossierCommand.open(
        .init(
            child: child, school: school, guardians: [motherInDossier, fatherInDossier, stepfatherInDossier],
            named: [NamedPerson(person: teacher.person, function: "teacher")]))
}
