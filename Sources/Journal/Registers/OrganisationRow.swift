import Domain

/// One school location or other organisation.
package struct OrganisationRow: RegisterRow {
    /// The organisation.
    package var id: OrganisationID
    /// What it is, in the words of the domain.
    package var kind: String
    /// The name as it is shown.
    package var name: String
    /// Its public code, such as the BRIN of a school location.
    package var code: String?
    /// The postcode of its address.
    package var postcode: String?
    /// The town of its address.
    package var place: String?
    /// The first day on which it no longer exists; nil while nothing ends it.
    package var closed: Day?

    package init(
        id: OrganisationID, kind: String, name: String, code: String? = nil, postcode: String? = nil, place: String? = nil,
        closed: Day? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.code = code
        self.postcode = postcode
        self.place = place
        self.closed = closed
    }
}

extension OrganisationRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "organisations", key: ["id"],
        columns: ["kind", "name", "code", "postcode", "place", "closed", "name_key"])

    package var values: [RegisterValue] {
        [
            RegisterValue(id), .text(kind), .text(name), RegisterValue(code), RegisterValue(postcode), RegisterValue(place),
            RegisterValue(closed), .text(NameKey.fold(name)),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        id = try reader.id()
        kind = try reader.text()
        name = try reader.text()
        code = try reader.optionalText()
        postcode = try reader.optionalText()
        place = try reader.optionalText()
        closed = try reader.optionalDay()
    }
}
