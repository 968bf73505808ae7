import Testing

/// Everybody who could knock at the door of one child's dossier.
enum Relation: String, CaseIterable, Sendable {
    case guest
    case ib, director
    /// The teacher whom the dossier names, and one of the same school whom it does not.
    case teacher, otherTeacher
    case ibElsewhere, adviserElsewhere
    case adviser, secretary, decisionMaker
    /// The expert chosen for this request, and one who was not.
    case expertAsked, expertNotAsked
    case boskSpecialist, privacyOfficer, partnershipDirector, administrator
    /// Looks after the people of the child's school, and holds nothing else.
    case schoolAdministrator
    case guardian, guardianWithoutAuthority, guardianOfAnother
    /// Special needs coordinator of this school until yesterday.
    case formerIB
    /// The same, from a day that comes after the last moment.
    case futureIB
    /// Stands in for the teacher whom the dossier names, and stood in for the coordinator until yesterday.
    case standsIn, stoodIn
    /// Asked in from outside: now, until yesterday, and taken back.
    case askedIn, askedInUntilYesterday, askedInWithdrawn
    /// Advisers of no school who opened the dossier in an emergency: this hour, and yesterday.
    case emergencyNow, emergencyOver
}

/// A moment in the life of the dossier.
enum LifeStage: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// Written in, nothing asked for yet.
    case opened
    /// The same, while everything rests because a guardian asked that it does (AVG art. 18).
    case resting
    /// A TLV is asked for; the second expert is chosen and has to advise.
    case running
    /// The TLV is granted, today.
    case decided
    /// Nine weeks later: all terms of looking along are over, that of the office too, which waits for an objection.
    case later
    /// The TLV was granted and the child began at the other school, today; the parents agreed that it reads the dossier.
    case moved
    /// Years later: the time of keeping is over and it was announced that the dossier will be destroyed.
    case announced

    /// When the step of the address is over: the decision was taken.
    static let afterDeciding: Set<LifeStage> = [.decided, .later, .moved, .announced]

    var testDescription: String { rawValue }
}

extension Relation {
    /// The function of the plan through which the dossier is open to somebody, as the plan's prose has it; nil when it is not.
    ///
    /// | | opened, resting | running | decided | later | moved | announced |
    /// |---|---|---|---|---|---|---|
    /// | coordinator and head | open | open | open | open | to read | open |
    /// | those of the other school | | | | | open | |
    /// | named teacher | open | open | open | open | | open |
    /// | who stands in for the teacher, for a year | open | open | open | open | | |
    /// | guardians, privacy officer | open | open | open | open | open | open |
    /// | adviser of the school | | open | open | | to read | |
    /// | office, decision maker, expert who was asked | | open | open | | open | |
    /// | who is asked in, to read what was named and does not rest | open | open | open | open | | |
    /// | who opened it in an emergency this hour, to read and in no list | open | open | open | open | open | open |
    /// | everybody else | | | | | | |
    func function(at stage: LifeStage) -> String? {
        switch self {
        case .ib: stage == .moved ? AccessStage.left("ib") : "ib"
        case .director: stage == .moved ? AccessStage.left("school-director") : "school-director"
        case .ibElsewhere: stage == .moved ? "ib" : nil
        case .teacher: stage == .moved ? nil : "teacher"
        case .standsIn: [.moved, .announced].contains(stage) ? nil : "teacher"
        case .guardian: "guardian"
        case .guardianWithoutAuthority: "guardian-without-authority"
        case .privacyOfficer: "privacy-officer"
        case .adviser: stage == .moved ? AccessStage.left("adviser") : whileAsked("adviser", stage)
        case .secretary: whileAsked("secretary", stage)
        case .decisionMaker: whileAsked("decision-maker", stage)
        case .expertAsked: whileAsked("expert", stage)
        case .askedIn: [.moved, .announced].contains(stage) ? nil : AccessStage.askedIn
        case .emergencyNow: AccessStage.emergency
        case .emergencyOver, .askedInUntilYesterday, .askedInWithdrawn: nil
        case .guest, .otherTeacher, .adviserElsewhere, .expertNotAsked, .boskSpecialist, .partnershipDirector,
            .administrator, .schoolAdministrator, .guardianOfAnother, .formerIB, .futureIB, .stoodIn:
            nil
        }
    }

    private func whileAsked(_ function: String, _ stage: LifeStage) -> String? {
        [.running, .decided, .moved].contains(stage) ? function : nil
    }
}
