import Domain

/// One person who acts or is named.
package struct PersonRow: RegisterRow {
    /// The person.
    package var id: PersonID
    /// The name as it is shown.
    package var name: String
    /// The mail address, as it was typed.
    package var email: String

    package init(id: PersonID, name: String, email: String) {
        self.id = id
        self.name = name
        self.email = email
    }
}

extension PersonRow {
    /// The table's frozen names.
    package static let table = RegisterTable("people", key: ["id"], columns: ["name", "email", "name_key", "email_key"])

    package var values: [RegisterValue] {
        [
            RegisterValue(id), .text(name), .text(email), .text(NameKey.fold(name)), .text(email.lowercased()),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        id = try reader.id()
        name = try reader.text()
        email = try reader.text()
    }
}
