import Domain

/// One child's dossier, as lists show it.
package struct DossierRow: RegisterRow {
    /// The dossier.
    package var id: DossierID
    /// The school that the child is enrolled at.
    package var school: OrganisationID
    /// The child's given name.
    package var givenName: String
    /// The child's family name, with its prefix.
    package var familyName: String
    /// The name as it is sorted and searched: see `NameKey`.
    package var nameKey: String
    /// The child's group or class.
    package var group: String
    /// The day of birth.
    package var born: Day
    /// Where the dossier stands, in the words of the domain.
    package var state: String
    /// The version of the stream that this row shows.
    package var version: Int
    /// When the dossier last changed.
    package var changedAt: Instant
    /// The day on which the dossier was begun.
    package var opened: Day

    package init(
        id: DossierID, school: OrganisationID, givenName: String, familyName: String, nameKey: String, group: String, born: Day,
        state: String, version: Int, changedAt: Instant, opened: Day
    ) {
        self.id = id
        self.school = school
        self.givenName = givenName
        self.familyName = familyName
        self.nameKey = nameKey
        self.group = group
        self.born = born
        self.state = state
        self.version = version
        self.changedAt = changedAt
        self.opened = opened
    }
}

extension DossierRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "dossiers", key: ["id"],
        columns: [
            "school", "given_name", "family_name", "name_key", "class_group", "born", "state", "version", "changed_at", "opened",
        ])

    package var values: [RegisterValue] {
        [
            RegisterValue(id), RegisterValue(school), .text(givenName), .text(familyName), .text(nameKey), .text(group),
            RegisterValue(born), .text(state), RegisterValue(version), RegisterValue(changedAt), RegisterValue(opened),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        id = try reader.id()
        school = try reader.id()
        givenName = try reader.text()
        familyName = try reader.text()
        nameKey = try reader.text()
        group = try reader.text()
        born = try reader.day()
        state = try reader.text()
        version = Int(try reader.int())
        changedAt = try reader.instant()
        opened = try reader.day()
    }
}

extension DossierRow {
    /// The row of a child of this name; the name key follows from it.
    package init(
        id: DossierID, school: OrganisationID, givenName: String, familyName: String, group: String, born: Day, state: String,
        version: Int, changedAt: Instant, opened: Day
    ) {
        self.init(
            id: id, school: school, givenName: givenName, familyName: familyName,
            nameKey: NameKey.of(given: givenName, family: familyName), group: group, born: born, state: state,
            version: version, changedAt: changedAt, opened: opened)
    }
}
