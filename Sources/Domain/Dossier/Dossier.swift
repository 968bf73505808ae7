/// One child's dossier as folded from its events: everything the rules need to know, and nothing that only a page needs.
package struct Dossier: Sendable, Equatable {
    package let id: DossierID
    /// Number of events folded; 0 for a dossier that does not exist.
    package var version = 0
    package var child: Child?
    package var school: OrganisationID?
    /// The kind of that school as it is registered now (`SchoolLocation.Kind`): no event of the dossier tells it, so whoever
    /// loads the dossier fills it in; nil while it is not known.
    package var schoolKind: String?
    package var opened: Day?
    /// The last change, by whom and when.
    package var changedAt: Instant?
    package var guardians: [Guardian] = []
    package var agreements: [Agreement] = []
    /// Answers by field, each with who gave it and when.
    package var known: [String: KnownAnswer] = [:]
    package var versions: [LockedVersion] = []
    package var documents: [DossierDocument] = []
    package var procedures: [Procedure] = []
    package var decisions: [Decision] = []
    /// People named around the child by function, such as the teacher.
    package var named: [NamedPerson] = []
    /// The times that the child went to another school, oldest first.
    package var moves: [SchoolMove] = []
    /// What the present school does not read because the parents have not agreed; nil when it reads what its functions read.
    package var withheld: Withheld?
    /// Everybody who was asked in from outside, oldest first.
    package var askedIn: [AskedIn] = []
    /// What was said about keeping and destroying it.
    package var keeping = Keeping()
    /// The times that somebody opened it in an emergency, oldest first.
    package var emergencies: [Emergency] = []
    /// What the family asked with its rights, oldest first.
    package var rights: [RightsRequest] = []
    /// What happened, oldest first: codes only, for timeline and worklist.
    package var history: [HistoryEntry] = []

    package init(id: DossierID) { self.id = id }

    /// Whether the dossier was opened.
    package var exists: Bool { child != nil }
}

/// Who the dossier is about. There is no field for a citizen service number, by law and by choice.
package struct Child: Sendable, Hashable, Codable {
    package var givenName: String
    package var familyName: String
    package var born: Day
    /// Key of the group in the plan's list.
    package var group: String

    package init(givenName: String, familyName: String, born: Day, group: String) {
        self.givenName = givenName
        self.familyName = familyName
        self.born = born
        self.group = group
    }

    package var fullName: String { "\(givenName) \(familyName)" }

    /// Age in whole years on a day.
    package func age(on day: Day) -> Int {
        let years = day.year - born.year
        return born.adding(years: years) > day ? years - 1 : years
    }
}

/// A guardian of the child, with or without parental authority, with or without an account.
package struct Guardian: Sendable, Hashable, Codable {
    package let id: GuardianID
    package var name: String
    /// Kind of relation, a key of the plan.
    package var relation: String
    package var authority: Bool
    package var email: String?
    /// The account that acts for this guardian.
    package var person: PersonID?

    package init(
        id: GuardianID, name: String, relation: String, authority: Bool, email: String? = nil, person: PersonID? = nil
    ) {
        self.id = id
        self.name = name
        self.relation = relation
        self.authority = authority
        self.email = email
        self.person = person
    }
}

/// What one guardian, or the child itself, said about one purpose; the last word counts.
package struct Agreement: Sendable, Hashable, Codable {
    package enum Word: String, Sendable, Codable, CaseIterable {
        case given, refused, withdrawn
    }

    /// How it was given.
    package enum Way: String, Sendable, Codable, CaseIterable {
        /// By the guardian's own account.
        case account
        /// On paper, kept by the school.
        case paper
        /// Said in a conversation, written down by the school.
        case spoken
    }

    /// Nil for the child's own word.
    package let guardian: GuardianID?
    package let purpose: String
    package let word: Word
    package let way: Way
    package let on: Day
    package let recordedBy: PersonID
    /// True for a guardian's yes that does not do without the child's own, because the child was old enough on that day to decide
    /// itself; nil for every other word.
    package let besideChild: Bool?
    /// The person or organisation that receives, as the family was asked about them; nil when it is about the purpose as such.
    package let recipient: String?

    package init(
        guardian: GuardianID?, purpose: String, word: Word, way: Way, on: Day, recordedBy: PersonID, besideChild: Bool? = nil,
        recipient: String? = nil
    ) {
        self.guardian = guardian
        self.purpose = purpose
        self.word = word
        self.way = way
        self.on = on
        self.recordedBy = recordedBy
        self.besideChild = besideChild
        self.recipient = recipient
    }
}

/// An answer with its provenance.
package struct KnownAnswer: Sendable, Hashable, Codable {
    package let answer: Answer
    package let by: PersonID
    package let at: Instant
    /// Version of the dossier at which it was written: what an edit must be based on.
    package let revision: Int

    package init(answer: Answer, by: PersonID, at: Instant, revision: Int) {
        self.answer = answer
        self.by = by
        self.at = at
        self.revision = revision
    }
}

/// A fixed version of the groeidocument, as it was shared.
package struct LockedVersion: Sendable, Hashable {
    /// 1, 2, 3… within the dossier.
    package let number: Int
    package let at: Instant
    package let by: PersonID
    /// Why it was fixed: `procedure:<key>` or `hand`.
    package let reason: String
    package let answers: [String: Answer]
    package var signatures: [Signature]

    package init(
        number: Int, at: Instant, by: PersonID, reason: String, answers: [String: Answer], signatures: [Signature] = []
    ) {
        self.number = number
        self.at = at
        self.by = by
        self.reason = reason
        self.answers = answers
        self.signatures = signatures
    }
}

/// A signature under a locked version: that it was seen, not that all agree.
package struct Signature: Sendable, Hashable, Codable {
    package let version: Int
    /// Nil when the school signs.
    package let guardian: GuardianID?
    package let way: Agreement.Way
    package let on: Day
    package let recordedBy: PersonID

    package init(version: Int, guardian: GuardianID?, way: Agreement.Way, on: Day, recordedBy: PersonID) {
        self.version = version
        self.guardian = guardian
        self.way = way
        self.on = on
        self.recordedBy = recordedBy
    }
}

/// A file in the dossier: what it is and where its sealed contents are.
package struct DossierDocument: Sendable, Hashable, Codable {
    package let id: DocumentID
    package let name: String
    /// Kind of evidence, a key of the plan.
    package let kind: String
    /// Recognised format, by content.
    package let format: String
    package let size: Int
    /// SHA-256 of the contents, hexadecimal.
    package let digest: String
    /// Where the store keeps the sealed contents.
    package let blob: String
    package var by: PersonID
    package var at: Instant
    /// Set when it was taken out of sight; the journal keeps that it was there.
    package var withdrawn: Bool

    package init(
        id: DocumentID, name: String, kind: String, format: String, size: Int, digest: String, blob: String, by: PersonID,
        at: Instant, withdrawn: Bool = false
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.format = format
        self.size = size
        self.digest = digest
        self.blob = blob
        self.by = by
        self.at = at
        self.withdrawn = withdrawn
    }
}

/// A person named for this child by function, from a day on.
package struct NamedPerson: Sendable, Hashable, Codable {
    package let person: PersonID
    package let function: String
    package init(person: PersonID, function: String) {
        self.person = person
        self.function = function
    }
}

/// One line of what happened: codes only, no words about the child.
package struct HistoryEntry: Sendable, Hashable {
    package let version: Int
    package let at: Instant
    package let actor: PersonID
    /// Frozen name of the event without its version: `procedure.started`.
    package let code: String
    /// Keys that a sentence needs: procedure, step, choice, outcome, part, purpose, number.
    package let values: [String: String]

    package init(version: Int, at: Instant, actor: PersonID, code: String, values: [String: String]) {
        self.version = version
        self.at = at
        self.actor = actor
        self.code = code
        self.values = values
    }
}
