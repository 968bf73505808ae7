/// A child that went to another school: from where, to where, and in which procedure that was settled.
package struct SchoolMove: Sendable, Hashable {
    package let from: OrganisationID
    package let to: OrganisationID
    package let instance: InstanceID
    package let by: PersonID
    package let at: Instant

    package init(from: OrganisationID, to: OrganisationID, instance: InstanceID, by: PersonID, at: Instant) {
        self.from = from
        self.to = to
        self.instance = instance
        self.by = by
        self.at = at
    }
}

/// What of a dossier stays closed to the people of the new school, until the parents agree.
///
/// The law gives the new school a report (WPO art. 42); the rest goes only with the parents' word (AVG art. 6).
package struct Withheld: Sendable, Hashable, Codable {
    /// The purpose that opens it as soon as every guardian with authority agreed.
    package let purpose: String
    package let parts: Set<DossierPart>

    package init(purpose: String, parts: Set<DossierPart>) {
        self.purpose = purpose
        self.parts = parts
    }

    private enum CodingKeys: String, CodingKey { case purpose, parts }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        purpose = try container.decode(String.self, forKey: .purpose)
        parts = Set(try container.decode([DossierPart].self, forKey: .parts))
    }

    /// In a fixed order, so that equal events are equal bytes.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(purpose, forKey: .purpose)
        try container.encode(parts.sorted { $0.rawValue < $1.rawValue }, forKey: .parts)
    }
}

extension Dossier {
    /// Opens what was withheld once every guardian with authority agreed; what was shared then stays shared.
    mutating func releaseWithheld() {
        guard let withheld, agrees(to: withheld.purpose) else { return }
        self.withheld = nil
    }

    /// The school that a procedure ran at last: where the child was when it ended, or where it is now.
    package func school(of procedure: Procedure) -> OrganisationID? {
        guard let ended = procedure.ended else { return school }
        return moves.first { ended.at <= $0.at }?.from ?? school
    }
}
