/// Somebody who was asked in: to read named parts of one dossier, for one thing, until a date.
package struct AskedIn: Sendable, Hashable {
    /// What was asked, as it is stored.
    package struct Asked: Sendable, Hashable {
        package let id: AskedInID
        /// Key of the plan's rule.
        package let kind: String
        package let person: PersonID
        package let parts: Set<DossierPart>
        /// What for, in one or two sentences that the family reads.
        package let purpose: String
        /// The purpose of agreement that permits it; nil when the law does.
        package let agreement: String?
        /// For whom the family agreed to that: the person, or the organisation; nil when the law permits it, and for who was
        /// asked in when agreement was to the purpose as such.
        package let recipient: String?
        /// The last day.
        package let until: Day
        /// Why it is right to go beyond what the law gives; nil when the law is the ground.
        package let weighing: Weighing?

        package init(
            id: AskedInID, kind: String, person: PersonID, parts: Set<DossierPart>, purpose: String, agreement: String?,
            recipient: String? = nil, until: Day, weighing: Weighing?
        ) {
            self.id = id
            self.kind = kind
            self.person = person
            self.parts = parts
            self.purpose = purpose
            self.agreement = agreement
            self.recipient = recipient
            self.until = until
            self.weighing = weighing
        }
    }

    /// A later last day.
    package struct Prolonged: Sendable, Hashable, Codable {
        package let id: AskedInID
        package let until: Day
        package let reason: String
        package init(id: AskedInID, until: Day, reason: String) {
            self.id = id
            self.until = until
            self.reason = reason
        }
    }

    package struct Withdrawn: Sendable, Hashable, Codable {
        package let id: AskedInID
        package init(id: AskedInID) { self.id = id }
    }

    /// A sealed package with what could be read, made for the partnership of whoever was asked in. It does not close: what was
    /// handed over is the other's to keep and to answer for.
    package struct HandedOver: Sendable, Hashable, Codable {
        package let id: AskedInID
        /// The name of the other partnership, as it stands on its card.
        package let to: String
        /// The fingerprint of that card.
        package let card: String
        /// What was in it.
        package let parts: [DossierPart]
        /// SHA-256 of the package, in hexadecimal, by which it is known again.
        package let digest: String

        package init(id: AskedInID, to: String, card: String, parts: Set<DossierPart>, digest: String) {
            self.id = id
            self.to = to
            self.card = card
            self.parts = parts.sorted { $0.rawValue < $1.rawValue }
            self.digest = digest
        }
    }

    /// What was handed over, by whom and when.
    package struct Handing: Sendable, Hashable {
        package let what: HandedOver
        package let by: PersonID
        package let at: Instant
    }

    /// Why it closed before its last day.
    package enum Closing: String, Sendable, Hashable, CaseIterable {
        /// Whoever asked took it back.
        case withdrawn
        /// Not every guardian with authority agrees any more.
        case agreementGone
        /// The child went to another school, which asks for itself.
        case moved
    }

    /// When and why it closed before its last day.
    package struct Closed: Sendable, Hashable {
        package let why: Closing
        package let by: PersonID
        package let at: Instant
    }

    package let asked: Asked
    package let by: PersonID
    package let at: Instant
    /// The last day as it is now.
    package internal(set) var until: Day
    /// How often and why it was prolonged, oldest first.
    package internal(set) var prolonged: [Prolonged] = []
    package internal(set) var closed: Closed?
    /// What was handed over sealed, oldest first.
    package internal(set) var handedOver: [Handing] = []

    init(_ asked: Asked, by: PersonID, at: Instant) {
        self.asked = asked
        self.by = by
        self.at = at
        until = asked.until
    }

    package var id: AskedInID { asked.id }

    /// Whether it is open on a day.
    package func isOpen(on day: Day) -> Bool { closed == nil && day <= until }
}

/// One time that somebody was asked in.
package struct AskedInID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// Why something is shared beyond what the law gives, in three sentences.
///
/// The three questions of *Samenwerken in de jeugdketen* (Ministry of VWS), as Achttien praktijken verrassend passend asks
/// them in chapter 15.
package struct Weighing: Sendable, Hashable, Codable {
    /// Does what is shared stand in proportion to what it is for?
    package let proportionality: String
    /// Is it really necessary, or can less do?
    package let subsidiarity: String
    /// Does it reach what it is for?
    package let effectiveness: String

    package init(proportionality: String, subsidiarity: String, effectiveness: String) {
        self.proportionality = proportionality
        self.subsidiarity = subsidiarity
        self.effectiveness = effectiveness
    }

    /// Each sentence with the name of its field.
    package var sentences: [(field: String, text: String)] {
        [("proportionality", proportionality), ("subsidiarity", subsidiarity), ("effectiveness", effectiveness)]
    }
}

extension AskedIn.Asked: Codable {
    private enum CodingKeys: String, CodingKey { case id, kind, person, parts, purpose, agreement, recipient, until, weighing }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(AskedInID.self, forKey: .id)
        kind = try container.decode(String.self, forKey: .kind)
        person = try container.decode(PersonID.self, forKey: .person)
        parts = Set(try container.decode([DossierPart].self, forKey: .parts))
        purpose = try container.decode(String.self, forKey: .purpose)
        agreement = try container.decodeIfPresent(String.self, forKey: .agreement)
        recipient = try container.decodeIfPresent(String.self, forKey: .recipient)
        until = try container.decode(Day.self, forKey: .until)
        weighing = try container.decodeIfPresent(Weighing.self, forKey: .weighing)
    }

    /// Parts in a fixed order, so that equal events are equal bytes.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(kind, forKey: .kind)
        try container.encode(person, forKey: .person)
        try container.encode(parts.sorted { $0.rawValue < $1.rawValue }, forKey: .parts)
        try container.encode(purpose, forKey: .purpose)
        try container.encodeIfPresent(agreement, forKey: .agreement)
        try container.encodeIfPresent(recipient, forKey: .recipient)
        try container.encode(until, forKey: .until)
        try container.encodeIfPresent(weighing, forKey: .weighing)
    }
}
